"""The zip, unpacked into an empty profile, works; without its Python packages it says so."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import numpy as np
import pytest
import rasterio
from rasterio.transform import from_origin

pytestmark = pytest.mark.slow

PROGRAM = shutil.which("qgis_process.bin") or shutil.which("qgis_process")
TOOLS = {"convert", "query", "extract", "sample", "compare", "info", "verify"}
PACKAGES = ("mutagen", "pyflac", "soundfile", "requests", "rasterio")
#: As if these were not installed, whatever this system has.
HIDING = f"""
from importlib.machinery import PathFinder
find = PathFinder.find_spec.__func__

def find_spec(cls, name, *rest, **options):
    return None if name in {PACKAGES} else find(cls, name, *rest, **options)

PathFinder.find_spec = classmethod(find_spec)
"""


class Machine:
    """A stranger's QGIS."""

    def __init__(self, base: Path, plugin_zip: Path, python_path: str):
        self.plugins = base / "config" / "profiles" / "default" / "python" / "plugins"
        self.plugins.mkdir(parents=True)
        with zipfile.ZipFile(plugin_zip) as archive:
            archive.extractall(self.plugins)
        (base / "run").mkdir(mode=0o700)
        self.environment = {
            "PATH": os.environ["PATH"],
            "LANG": "C.UTF-8",
            "QT_QPA_PLATFORM": "offscreen",
            "QGIS_CUSTOM_CONFIG_PATH": str(base / "config"),
            "HOME": str(base),
            "XDG_RUNTIME_DIR": str(base / "run"),
            "PYTHONPATH": python_path,
            "PYTHONDONTWRITEBYTECODE": "1",
        }

    def run(self, *command: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            command, env=self.environment, capture_output=True, text=True, timeout=120
        )

    def qgis_process(self, *arguments: str) -> subprocess.CompletedProcess:
        return self.run(PROGRAM, *arguments)


@pytest.fixture(scope="module")
def full(tmp_path_factory, plugin_zip):
    """A machine with all packages."""
    packages = sysconfig.get_paths()["purelib"]
    machine = Machine(tmp_path_factory.mktemp("full"), plugin_zip, packages)
    assert machine.qgis_process("plugins", "enable", "flac_raster_qgis").returncode == 0
    return machine


@pytest.fixture(scope="module")
def bare(tmp_path_factory, plugin_zip):
    """A machine with none but numpy."""
    hiding = tmp_path_factory.mktemp("hiding")
    (hiding / "sitecustomize.py").write_text(HIDING)
    machine = Machine(tmp_path_factory.mktemp("bare"), plugin_zip, str(hiding))
    assert machine.qgis_process("plugins", "enable", "flac_raster_qgis").returncode == 0
    return machine


@pytest.fixture
def geotiff(tmp_path):
    path = tmp_path / "x.tif"
    described = {"crs": "EPSG:32633", "transform": from_origin(500000, 5000000, 10, 10)}
    with rasterio.open(path, "w", "GTiff", 90, 70, 1, dtype="int16", **described) as dataset:
        dataset.write(np.arange(6300, dtype="int16").reshape(1, 70, 90))
    return path


def tools_of(machine):
    listed = json.loads(machine.qgis_process("--json", "list").stdout)
    return set(listed["providers"]["flacraster"]["algorithms"])


def test_all_tools_are_there_with_and_without_packages(full, bare):
    assert tools_of(full) == tools_of(bare) == {f"flacraster:{name}" for name in TOOLS}


def test_converts_there_and_back(full, geotiff, tmp_path):
    for output, source in (("x.flac", geotiff), ("back.tif", tmp_path / "x.flac")):
        inputs = (f"INPUT={source}", f"OUTPUT={tmp_path / output}")
        done = full.qgis_process("run", "flacraster:convert", "--", *inputs)
        assert done.returncode == 0, done.stderr
    with rasterio.open(geotiff) as old, rasterio.open(tmp_path / "back.tif") as new:
        assert (old.read() == new.read()).all() and old.crs == new.crs


def test_without_packages_each_tool_names_those_that_it_needs(bare, geotiff, tmp_path):
    inputs = (f"INPUT={geotiff}", f"OUTPUT={tmp_path / 'x.flac'}")
    for tool, needed in (
        ("convert", "mutagen, soundfile, rasterio"),
        ("info", "mutagen, soundfile"),
    ):
        done = bare.qgis_process("run", f"flacraster:{tool}", "--", *inputs)
        assert done.returncode == 1
        assert f"not installed: {needed}. Install them" in done.stdout + done.stderr
        assert "Traceback" not in done.stdout + done.stderr
    assert not (tmp_path / "x.flac").exists()


def test_without_packages_help_is_there(bare):
    done = bare.qgis_process("help", "flacraster:convert")
    assert done.returncode == 0 and "lossless" in done.stdout


IN_QGIS = """
import ast, json, sys
from qgis.core import QgsApplication, QgsProviderRegistry
application = QgsApplication([], True)
application.initQgis()
sys.path[:0] = [PLUGINS, "/usr/share/qgis/python/plugins"]
from qgis import utils
from qgis.PyQt.QtCore import QObject
utils.plugin_paths = [PLUGINS]
utils.updateAvailablePlugins()
registry = QgsApplication.processingRegistry()


def is_code(name):  # a docstring alone cannot be out of date after an update
    with open(sys.modules[name].__file__) as source:
        return len(ast.parse(source.read()).body) > 1


def modules():
    return sorted(name for name in sys.modules if name.split(".")[0] in ("engine", NAME))


NAME = "flac_raster_qgis"
before = list(sys.path)
said = {"loaded": utils.loadPlugin(NAME), "started": utils.startProcessingPlugin(NAME)}
said["tools"] = len(registry.providerById("flacraster").algorithms())
said["heavy"] = sorted({"rasterio", "requests"} & {*sys.modules})
if CONVERT:
    from flac_raster_qgis.engine import convert, verify

    convert(*CONVERT)
    said["valid"] = verify(CONVERT[1]).valid
said["modules"] = modules()
said["unloaded"] = utils.unloadPlugin(NAME)
said["provider_left"] = registry.providerById("flacraster") is not None
said["modules_left"] = list(filter(is_code, modules()))
said["path_left"] = [folder for folder in sys.path if folder not in before]
print("SAID" + json.dumps(said))
application.exitQgis()
"""


@pytest.mark.parametrize("name", ["full", "bare"])
def test_loading_takes_little_and_unloading_leaves_nothing(request, name, geotiff, tmp_path):
    machine = request.getfixturevalue(name)
    convert = [str(geotiff), str(tmp_path / "x.flac")] if name == "full" else []
    given = f"PLUGINS, CONVERT = {str(machine.plugins)!r}, {convert}\n"
    python = Path(sys.executable).resolve()  # not that of a .venv, which has the packages anyway
    done = machine.run(str(python), "-c", given + IN_QGIS)
    (line,) = (line for line in done.stdout.splitlines() if line.startswith("SAID"))
    said = json.loads(line[4:])
    assert said["loaded"] and said["started"] and said["tools"] == len(TOOLS), done.stderr
    assert said.get("valid", True) and said["heavy"] == []
    assert "flac_raster_qgis" in said["modules"] and "engine" not in said["modules"]
    assert not [module for module in said["modules"] if module.startswith("engine.")]
    assert said["unloaded"] and not said["provider_left"]
    assert said["modules_left"] == [] and said["path_left"] == []
    assert done.returncode == 0 and "Traceback" not in done.stderr


def test_qgis_in_german_shows_german(full):
    ini = full.plugins.parents[1] / "QGIS" / "QGIS3.ini"
    before = ini.read_text()
    ini.write_text(f"{before}\n[locale]\noverrideFlag=true\nuserLocale=de\n")
    try:
        listed = json.loads(full.qgis_process("--json", "list").stdout)
        convert = listed["providers"]["flacraster"]["algorithms"]["flacraster:convert"]
        assert convert["name"] == "In FLAC oder aus FLAC konvertieren"
        helped = full.qgis_process("help", "flacraster:verify").stdout
        assert "Dekodiert jede Kachel eines FLAC-Rasters" in helped
    finally:
        ini.write_text(before)
