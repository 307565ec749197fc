"""Menu and signs of layers in the real desktop, with a real server that goes away."""

from __future__ import annotations

import shutil

import pytest
from affine import Affine
from kits.desktop import Desktop
from kits.geotiff import write_tif
from kits.landscape import mountains, write_flac

pytestmark = pytest.mark.gui

LOCAL = ["Show in Dock", "Convert…", "Tile Polygons…", "Verify…"]
REMOTE = [
    *LOCAL[:2],
    "Copy URL",
    "Save Offline Copy…",
    "Refresh from Server",
    *LOCAL[2:],
]


def test_menu_and_signs(server, control, tmp_path):
    array = mountains(1600, 2000)
    write_flac(server.folder / "alps.flac", array)
    shutil.copy(server.folder / "alps.flac", tmp_path / "local.flac")
    write_tif(tmp_path / "x.tif", crs="EPSG:32632", transform=Affine(30, 0, 4e5, 0, -30, 51e5))
    given = {
        "url": server.url("alps.flac") + "?token=secret",
        "path": str(tmp_path / "local.flac"),
        "tif": str(tmp_path / "x.tif"),
        "copy": str(tmp_path / "copy.flac"),
        "control": str(control.path),
    }
    desktop = Desktop("layers.py", tmp_path, given, settings="cache\\enabled=false")
    found = desktop.wait(150, control.obey)

    assert found["menus"] == {
        "remote": REMOTE,
        "local": LOCAL,
        "geotiff": ["Convert to FLAC Raster…"],
    }
    (tip,) = found["signs"].pop("remote")
    assert tip.startswith(f"Read from http://127.0.0.1:{server.port}; ")
    assert found["signs"] == {"local": [], "geotiff": []}
    assert found["copied"] == server.url("alps.flac") + "?token=…"
    assert found["saved"] == {"said": f"FLAC Raster: Saved as {given['copy']}.", "same": True}
    assert found["dock"] == given["url"]

    outage = found["outage"]
    (down,) = outage["down"]
    assert "Connection refused" in down and "secret" not in down
    assert outage["said"] == []
    assert outage["up"] == outage["moved"] == [tip]
