"""What the tests of installing packages share: a profile, an index, wheels, and the installer."""

from __future__ import annotations

import base64
import hashlib
import sys
import time
import zipfile
from pathlib import Path

import pytest
from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QCoreApplication

from flac_raster_qgis.dependencies import folder
from flac_raster_qgis.dependencies.installer import Installer


def make_wheel(place: Path, name: str, requires: str = "", code: str = "THERE = True\n") -> None:
    """Write a package that only says that it is there, or runs some code."""
    info = f"{name}-1.0.dist-info"
    metadata = f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n"
    files = {
        f"{name}.py": code,
        f"{info}/METADATA": metadata + (f"Requires-Dist: {requires}\n" if requires else ""),
        f"{info}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    records = []
    for path, text in files.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=")
        records.append(f"{path},sha256={digest.decode()},{len(text)}\n")
    files[f"{info}/RECORD"] = "".join(records) + f"{info}/RECORD,,\n"
    with zipfile.ZipFile(place / f"{name}-1.0-py3-none-any.whl", "w") as archive:
        for path, text in files.items():
            archive.writestr(path, text)


@pytest.fixture
def profile(tmp_path, monkeypatch):
    """A profile with nothing in it, in a place that needs quoting."""
    place = tmp_path / "Jörgs profile, 数据"
    monkeypatch.setattr(QgsApplication, "qgisSettingsDirPath", lambda: f"{place}/")
    yield place
    folder.deactivate()
    for name in ("flacprobe", "flacother"):
        sys.modules.pop(name, None)


@pytest.fixture
def index(tmp_path, monkeypatch):
    """An index of packages: two that exist nowhere else, and a numpy that nobody must get."""
    place = tmp_path / "index"
    place.mkdir()
    make_wheel(place, "flacprobe", "numpy>=1.20")
    make_wheel(place, "flacother")
    make_wheel(place, "flacgreedy", "numpy>=99")
    make_wheel(place, "numpy")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(place))
    monkeypatch.setenv("PIP_USER", "1")  # settings of users must not matter
    return place


def wait(is_so):
    """Let QGIS work until something is so."""
    deadline = time.monotonic() + 60
    while not is_so():
        assert time.monotonic() < deadline, "it did not happen"
        QCoreApplication.processEvents()
        time.sleep(0.01)


def install(*names):
    """Run the installer to its end; returns whether it went well, its message and its log."""
    installer = Installer(names)
    said, ended = [], []
    installer.output.connect(said.append)
    installer.finished.connect(lambda *how: ended.append(how))
    installer.start()
    wait(lambda: ended)
    return (*ended[0], "".join(said))
