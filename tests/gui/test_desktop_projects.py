"""Projects of FLAC layers in the real desktop: saved, opened, copied, drawn once."""

from __future__ import annotations

import pytest
from kits.desktop import Desktop
from kits.qgis.layers import random_array, write_flac, write_geotiff

pytestmark = pytest.mark.gui

#: Valid, with an address, in the CRS that the user chose.
GOOD = [True, True, "EPSG:32634"]


def test_projects(tmp_path):
    array = random_array("int16", 1, 300, 400)
    given = {
        "flac": str(write_flac(tmp_path / "x.flac", array)),
        "tiff": str(write_geotiff(tmp_path / "x.tif", array)),
        "project": str(tmp_path / "p.qgs"),
    }
    found = Desktop("projects.py", tmp_path, given).wait(120)
    of_tiff, of_flac = found["drawings"]
    assert of_flac <= of_tiff
    assert found["saved"] == [[True, *GOOD]] * 5
    assert found["opened"] == [[True, *GOOD]] * 3
    assert found["duplicate"] == GOOD
    assert found["copy"] == GOOD * 2
    assert found["unloaded"] == [True, *GOOD]
