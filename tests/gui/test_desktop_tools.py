"""Tools of QGIS on a remote layer in the real desktop, with a real mouse and a real server."""

from __future__ import annotations

import json

import pytest
from affine import Affine
from kits.desktop import Desktop
from kits.geotiff import write_tif
from kits.landscape import PLACE, UTM, mountains, write_flac

pytestmark = pytest.mark.gui

MASK = [[381000, 5139000], [387000, 5138000], [384000, 5135500], [381000, 5139000]]


@pytest.fixture
def given(server, control, tmp_path):
    array = mountains(600, 800)
    write_flac(server.folder / "alps.flac", array)
    for name, pixels in (("same", array), ("other", array[:, ::-1])):
        write_tif(tmp_path / f"{name}.tif", pixels, crs=UTM, transform=Affine(*PLACE))
    geometry = {"type": "Polygon", "coordinates": [MASK]}
    crs = {"type": "name", "properties": {"name": UTM}}
    feature = {"type": "Feature", "properties": {"id": 1}, "geometry": geometry}
    mask = {"type": "FeatureCollection", "crs": crs, "features": [feature]}
    (tmp_path / "mask.geojson").write_text(json.dumps(mask))
    return {
        "url": server.url("alps.flac"),
        "tiff": str(tmp_path / "same.tif"),
        "other": str(tmp_path / "other.tif"),
        "mask": str(tmp_path / "mask.geojson"),
        "project": str(tmp_path / "alps.qgz"),
        "control": str(control.path),
    }


MADE = {
    "gdal:hillshade": "Hillshade",
    "native:slope": "Slope",
    "gdal:cliprasterbymasklayer": "Clipped (mask)",
    "gdal:contour": "Contours",
}


def check_tool(found, tool):
    assert found["tool"] == tool and found["chosen"] == "mountains [EPSG:32632]"
    assert found["made"] == MADE[tool] and found["said"] == []
    assert found["content"] == found["expected"] and found["content"][0] > 1000
    assert found["stall"] < 1


def test_tools_and_their_project(given, server, control, tmp_path):
    settings = f"cache\\enabled=true\ncache\\folder={tmp_path / 'cache'}"
    found = Desktop("tools.py", tmp_path, given, settings=settings).wait(120, control.obey)
    assert list(found) == list(MADE)
    for tool in MADE:
        check_tool(found[tool], tool)
    server.stop()
    found = Desktop("reopened.py", tmp_path, given).wait(120, control.obey)
    print(found)
    for offline in (found["with a cache"], found["without"]):
        assert offline["asked"] == ["Handle Unavailable Layers"]  # by QGIS
        assert not offline["valid"] and not offline["drawn"] and offline["stall"] < 2
        _, tip = sorted(offline["signs"])
        assert tip.startswith(f"The layer could not be opened: {given['url']} cannot be read: ")
        assert "Connection refused" in tip
    assert not found["with its server"]["asked"]
    for online in (found["opened meanwhile"], found["with its server"]):
        assert online["valid"] and online["drawn"] and online["said"] == []
        (tip,) = online["signs"]
        assert tip.startswith(f"Read from http://127.0.0.1:{server.port}; ")
    check_tool(found["tool"], "gdal:hillshade")
