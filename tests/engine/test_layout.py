"""The engine has one name, stands alone, and one version number."""

import re
import subprocess
import sys

import flac_raster_qgis.engine as engine
from kits import ROOT


def test_the_engine_is_importable_under_one_name_only():
    code = (
        "import sys, flac_raster_qgis.engine, flac_raster_qgis.engine.rasterio_io;"
        "sys.exit('engine' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT).returncode == 0


def test_only_the_command_line_knows_a_terminal():
    forbidden = re.compile(
        r"^\s*(?:from|import)\s+(qgis|PyQt\d|typer|rich|osgeo)\b|\bprint\(", re.M
    )
    for path in (ROOT / "engine").rglob("*.py"):
        if path.parent.name != "cli":
            assert not forbidden.search(path.read_text("utf-8")), path


def test_the_command_line_does_not_know_qgis():
    forbidden = re.compile(r"^\s*(?:from|import)\s+(qgis|PyQt\d|osgeo)\b", re.M)
    for path in (ROOT / "engine" / "cli").rglob("*.py"):
        assert not forbidden.search(path.read_text("utf-8")), path


def test_only_one_package_knows_rasterio():
    for path in (ROOT / "engine").rglob("*.py"):
        if path.parent.name != "rasterio_io":
            text = path.read_text("utf-8")
            assert not re.search(r"^\s*(?:from|import)\s+rasterio\b", text, re.M), path


def test_imports_inside_the_packages_are_relative():
    absolute = re.compile(r"^\s*(?:from|import)\s+(flac_raster_qgis|engine)\b", re.M)
    for folder in ("engine", "flac_raster_qgis"):
        for path in (ROOT / folder).rglob("*.py"):
            assert not absolute.search(path.read_text("utf-8")), path


def test_there_is_one_version_number():
    metadata = (ROOT / "metadata.txt").read_text("utf-8")
    assert re.search(r"^version=(.+)$", metadata, re.M)[1] == engine.__version__
