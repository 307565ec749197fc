"""Missing packages are named, and installed into a folder that only the plugin uses."""

from __future__ import annotations

import importlib
import os
import shlex
import socket
import sys
from importlib.metadata import version
from pathlib import Path

import pytest
from kits.qgis.packages import install, make_wheel, wait
from qgis.core import QgsApplication, QgsNetworkAccessManager, QgsSettings
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QGuiApplication

from flac_raster_qgis.dependencies import features, folder, pip
from flac_raster_qgis.dependencies.installer import Installer, constraints_file
from flac_raster_qgis.gui.packages.dialog import PackagesDialog


def test_a_package_can_be_imported_at_once(plugin, profile, index):
    done, message, log = install("flacprobe")
    assert done and message == "Installed: flacprobe." and "Successfully installed" in log
    assert importlib.import_module("flacprobe").THERE
    (place,) = folder.package_folders()
    assert place.startswith(str(profile)) and sys.path[-1] == place
    installed = {path.name for path in Path(place).iterdir()}
    assert "flacprobe.py" in installed and not any("numpy" in name for name in installed)
    assert not list(profile.rglob("*.part"))

    done, _, log = install("flacprobe", "flacother")  # joins the first
    assert done and "already satisfied: flacprobe" in log
    assert importlib.import_module("flacother") and sys.path.count(place) == 1


def test_what_pip_says_comes_line_by_line(plugin, profile, tmp_path, monkeypatch):
    slow = tmp_path / "python"
    slow.write_text("#!/bin/sh\nprintf '\\303'; sleep 0.3; printf '\\251 first\\nno end'\n")
    slow.chmod(0o755)
    monkeypatch.setattr(pip, "python_executable", lambda: str(slow))
    installer = Installer(["flacprobe"])
    said, ended = [], []
    installer.output.connect(said.append)
    installer.finished.connect(lambda *how: ended.append(how))
    installer.start()
    wait(lambda: ended)
    assert said[1:] == ["é first\n", "no end"]


def test_what_wants_another_numpy_is_refused(plugin, profile, index):
    done, message, log = install("flacgreedy")
    assert not done and "nothing was installed" in message
    assert "conflict" in log.lower() or "no matching distribution" in log.lower()
    assert not folder.package_folders() and not list(profile.rglob("*.part"))


def test_cancelling_leaves_nothing(plugin, profile, monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as silent:  # an index that never answers
        silent.settimeout(30)
        monkeypatch.setenv("PIP_INDEX_URL", f"http://127.0.0.1:{silent.getsockname()[1]}/")
        monkeypatch.delenv("PIP_FIND_LINKS", raising=False)
        installer, ended = Installer(["flacprobe"]), []
        installer.finished.connect(lambda *how: ended.append(how))
        installer.start()
        connection, _ = silent.accept()
        installer.cancel()
        wait(lambda: ended)
        connection.close()
    assert ended == [(False, "Cancelled; nothing was installed.")]
    assert not folder.package_folders() and not list(profile.rglob("*.part"))


def test_pip_goes_through_the_proxy_of_qgis(plugin, profile, monkeypatch):
    monkeypatch.setenv("PIP_INDEX_URL", "http://packages.invalid/simple")
    monkeypatch.setenv("PIP_TRUSTED_HOST", "packages.invalid")
    monkeypatch.delenv("PIP_FIND_LINKS", raising=False)
    settings = QgsSettings()
    with socket.create_server(("127.0.0.1", 0)) as proxy:
        proxy.settimeout(30)
        values = {
            "proxyEnabled": True,
            "proxyType": "HttpProxy",
            "proxyHost": "127.0.0.1",
            "proxyPort": str(proxy.getsockname()[1]),
        }
        for key, value in values.items():
            settings.setValue(f"proxy/{key}", value)
        QgsNetworkAccessManager.instance().setupDefaultProxyAndCache()
        try:
            installer, ended = Installer(["flacprobe"]), []
            installer.finished.connect(lambda *how: ended.append(how))
            installer.start()
            connection, _ = proxy.accept()
            asked = connection.recv(100)
            installer.cancel()
            wait(lambda: ended)
            connection.close()
        finally:
            settings.remove("proxy")
            QgsNetworkAccessManager.instance().setupDefaultProxyAndCache()
    assert asked.startswith(b"GET http://packages.invalid/simple/flacprobe/ ")


def test_a_python_that_cannot_be_started_is_a_sentence(plugin, profile, monkeypatch):
    monkeypatch.setattr(pip, "python_executable", lambda: "/nowhere/python3")
    done, message, _ = install("flacprobe")
    assert not done and message.startswith("/nowhere/python3 cannot be started: ")


def test_a_folder_that_cannot_be_written_is_a_sentence(plugin, tmp_path, monkeypatch):
    blocked = tmp_path / "file"
    blocked.write_text("")
    monkeypatch.setattr(QgsApplication, "qgisSettingsDirPath", lambda: f"{blocked}/")
    done, message, _ = install("flacprobe")
    assert not done and "cannot be written: " in message and str(blocked) in message


def test_constraints_name_what_is_there(plugin, tmp_path, monkeypatch):
    (tmp_path / "flacbroken-1.0.dist-info").mkdir()  # an uninstall left it behind
    monkeypatch.syspath_prepend(str(tmp_path))
    lines = pip.constraints().splitlines()
    assert f"numpy=={version('numpy')}" in lines
    assert len({line.split("==")[0].lower() for line in lines}) == len(lines)


# ---------------------------------------------------------------- the Python of QGIS


@pytest.fixture
def programs(tmp_path, monkeypatch):
    """Return a function that makes programs, and sets what Python says of itself."""

    def make(*names, **told):
        for name in names:
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("")
            path.chmod(0o755)
        for key, name in told.items():
            monkeypatch.setattr(sys, key, str(tmp_path / name))
        return tmp_path

    return make


NUMBER = f"{sys.version_info[0]}.{sys.version_info[1]}"


def test_python_on_linux_is_not_the_first_on_path(programs):
    base = programs(
        f"usr/bin/python{NUMBER}",
        "other/bin/python3",
        exec_prefix="usr",
        base_exec_prefix="usr",
        executable="other/bin/python3",
    )
    assert pip.python_executable() == str(base / f"usr/bin/python{NUMBER}")


def test_python_in_the_app_of_macos(programs):
    base = programs(
        "QGIS.app/Contents/MacOS/QGIS",
        "QGIS.app/Contents/MacOS/bin/python3",
        exec_prefix="QGIS.app/Contents/Resources/python",
        base_exec_prefix="QGIS.app/Contents/Resources/python",
        executable="QGIS.app/Contents/MacOS/QGIS",
    )
    assert pip.python_executable() == str(base / "QGIS.app/Contents/MacOS/bin/python3")


@pytest.fixture
def windows(monkeypatch):
    class Windows:
        name, access, X_OK, environ = "nt", os.access, os.X_OK, os.environ

    monkeypatch.setattr(pip, "os", Windows)


@pytest.mark.parametrize("root", ["OSGeo4W", "Program Files/QGIS 3.44.1", "Eigene Übungen/QGIS"])
@pytest.mark.parametrize("name", ["python.exe", "python3.exe"])
def test_python_beside_qgis_on_windows(programs, windows, root, name):
    base = programs(
        f"{root}/bin/qgis-bin.exe",
        f"{root}/bin/python3.exe",  # which works where PYTHONHOME is set only
        f"{root}/apps/Python312/{name}",
        f"{root}/apps/Python312/Scripts/pip.exe",
        exec_prefix=f"{root}/apps/Python312",
        base_exec_prefix=f"{root}/apps/Python312",
        executable=f"{root}/bin/qgis-bin.exe",
    )
    assert pip.python_executable() == str(base / f"{root}/apps/Python312/{name}")
    assert pip.has_pip()


@pytest.mark.parametrize(
    "path, quoted",
    [
        (r"C:\Program Files\QGIS\python.exe", True),
        (r"C:\OSGeo4W\apps\Python312\python.exe", False),
        (r"C:\Users\Jörg\python.exe", False),
        (r"C:\a&b\python.exe", True),
        (r"C:\a^b\python.exe", True),
        (r"C:\a,b;c=d\python.exe", True),
    ],
)
def test_a_command_for_windows(windows, monkeypatch, path, quoted):
    monkeypatch.setenv("PYTHONHOME", r"C:\OSGeo4W\apps\Python312")
    line = pip.command_line(path, ["-m", "pip", "--only-binary", ":all:"])
    assert line == (f'"{path}"' if quoted else path) + " -m pip --only-binary :all:"


def test_a_command_for_macos_sets_the_home_that_qgis_set(monkeypatch):
    monkeypatch.delenv("PYTHONHOME", raising=False)
    python = "/Applications/QGIS LTR.app/Contents/MacOS/bin/python3"
    assert pip.command_line(python, ["-m", "pip"]) == f"'{python}' -m pip"
    monkeypatch.setenv("PYTHONHOME", "/Applications/QGIS LTR.app/Contents/MacOS")
    line = pip.command_line(python, ["-m", "pip"])
    assert shlex.split(line) == [
        "env",
        "PYTHONHOME=/Applications/QGIS LTR.app/Contents/MacOS",
        python,
        "-m",
        "pip",
    ]


def test_qgis_is_never_started_in_the_place_of_its_python(programs, windows):
    programs(
        "bin/qgis-bin.exe", exec_prefix="x", base_exec_prefix="x", executable="bin/qgis-bin.exe"
    )
    assert pip.python_executable() == "python3" and not pip.has_pip()


def test_the_python_that_is_found_is_this_one(plugin):
    program = pip.python_executable()
    assert os.access(program, os.X_OK) and Path(program).name.startswith("python")


# ---------------------------------------------------------------- what is said


@pytest.fixture
def absent(monkeypatch):
    """Return a function that makes packages absent, unless the plugin's folder has them."""
    from importlib.util import find_spec

    def hide(*names):
        replaced = {"mutagen": "flacprobe", "rasterio": "flacother"}

        def find(name):
            return find_spec(replaced.get(name, name)) if name in names else find_spec(name)

        monkeypatch.setattr(features, "find_spec", find)

    return hide


def test_each_feature_names_what_it_lacks(absent):
    absent("mutagen", "rasterio")
    lacking = [features.missing(feature.packages) for feature in features.features()]
    assert lacking[:3] == [["mutagen"], [], ["rasterio"]]
    sentence = features.missing_packages(features.GEOTIFF)
    assert "not installed: mutagen, rasterio. Install" in sentence
    assert sentence.endswith(f"{pip.python_executable()} -m pip install mutagen rasterio")


def test_the_dialog_shows_and_mends(plugin, profile, index, absent, monkeypatch):
    make_wheel(index, "mutagen")  # stands for the real one, and is a name that pip knows
    monkeypatch.setattr(Installer, "start", _with_names(Installer.start, ["flacprobe"]))
    absent("mutagen", "rasterio")
    used = []
    dialog = PackagesDialog(lambda: used.append(True))
    dialog.show()
    rows = [dialog.tree.topLevelItem(row) for row in range(3)]
    assert [row.text(1) for row in rows] == [
        f"missing: mutagen; installed: numpy, {features.installed(features.READING)[-1]}",
        "installed: requests",
        "missing: rasterio",
    ]
    rows[2].setCheckState(0, Qt.CheckState.Unchecked)
    assert dialog.command.text().endswith(" mutagen")
    dialog.copy.click()
    assert QGuiApplication.clipboard().text() == dialog.command.text()
    assert str(constraints_file()) in dialog.command.text() and constraints_file().exists()
    assert dialog.install.isEnabled() and not dialog.cancel.isVisible()
    dialog.install.click()
    assert dialog.cancel.isVisible() and dialog.progress.isVisible()
    wait(lambda: used)
    rows = [dialog.tree.topLevelItem(row).text(1) for row in range(3)]
    assert rows[1:] == ["installed: requests", "missing: rasterio"]
    assert dialog.message.text().startswith("Installed: flacprobe. Next: the button FLAC Raster")
    assert "Successfully installed" in dialog.log.toPlainText()
    dialog.close()


def _with_names(start, names):
    def start_with(self):
        self.names = names
        start(self)

    return start_with


def test_closing_the_dialog_cancels(plugin, profile, absent, monkeypatch):
    absent("mutagen")
    cancelled = []
    monkeypatch.setattr(Installer, "start", lambda self: None)
    monkeypatch.setattr(Installer, "cancel", lambda self: cancelled.append(True))
    dialog = PackagesDialog(lambda: None)
    dialog.show()
    dialog.install.click()
    dialog.reject()
    assert cancelled == [True]


def test_nothing_to_install_is_said(plugin):
    dialog = PackagesDialog(lambda: None)
    dialog.show()
    rows = [dialog.tree.topLevelItem(row) for row in range(3)]
    assert all(row.text(1).startswith("installed: ") for row in rows)
    assert not dialog.install.isEnabled() and not dialog.command.isVisible()
    dialog.close()
