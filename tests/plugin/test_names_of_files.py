"""Names of files that are not UTF-8: as paths in Python, and written as URLs everywhere else."""

from __future__ import annotations

import json
import os
import sys

import pytest
from qgis.core import QgsRasterLayer

from flac_raster_qgis.core.layer_uri import LayerUri

pytestmark = pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="all names are Unicode")
LATIN = os.fsdecode(b"r\xe9gion")


@pytest.fixture
def named(geotiff):
    """The raster under a name in Latin-1, and the URL of its folder."""
    path = geotiff.with_name(f"{LATIN}.tif")
    geotiff.rename(path)
    return path, f"file://{path.parent}"


@pytest.mark.parametrize("as_url", [False, True])
def test_all_tools(run, named, as_url, tmp_path):
    path, folder = named
    source = f"{folder}/r%E9gion.tif" if as_url else str(path)
    output = f"{folder}/r%E9gion.flac" if as_url else str(path.with_suffix(".flac"))
    reports = {"OUTPUT_HTML": str(tmp_path / "r.html"), "OUTPUT_JSON": str(tmp_path / "r.json")}
    run("convert", INPUT=source, OUTPUT=output)
    assert path.with_suffix(".flac").exists()
    assert run("info", INPUT=source, **reports)["WIDTH"] == 200
    assert run("info", INPUT=output, **reports)["WIDTH"] == 200
    assert run("verify", INPUT=output, **reports)["VALID"]
    assert run("compare", INPUT_A=source, INPUT_B=output, **reports)["IDENTICAL"]
    assert run("query", INPUT=output, **reports)["TILES"] > 0
    assert run("extract", INPUT=output, OUTPUT=str(tmp_path / "part.tif"))["WIDTH"] == 200
    assert "gion.flac" in (tmp_path / "r.html").read_text("utf-8")
    json.loads((tmp_path / "r.json").read_text("utf-8"))


def test_a_layer(run, named):
    path, folder = named
    run("convert", INPUT=str(path), OUTPUT=str(path.with_suffix(".flac")))
    for name in (f"{folder}/r%E9gion.flac", str(path.with_suffix(".flac"))):
        assert LayerUri.parse(name).name == str(path.with_suffix(".flac"))
        layer = QgsRasterLayer(name, "x", "flacraster")
        assert layer.isValid(), layer.error().summary()
        assert run("info", INPUT=layer)["WIDTH"] == 200
