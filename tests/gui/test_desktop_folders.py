"""Folders of a server in the Browser panel, tried in the real desktop against a real server."""

from __future__ import annotations

import pytest
from kits.desktop import Desktop
from kits.landscape import mountains, write_flac

pytestmark = pytest.mark.gui

STYLE = """<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.16"><pipe>
<rasterrenderer type="singlebandgray" grayBand="1" opacity="1" gradient="WhiteToBlack">
<contrastEnhancement><minValue>-4321</minValue><maxValue>4321</maxValue>
<algorithm>StretchToMinimumMaximum</algorithm></contrastEnhancement></rasterrenderer>
</pipe></qgis>"""


def test_folders_and_lists_expand_and_their_rasters_come_with_styles(server, tmp_path):
    write_flac(server.folder / "alps.flac", mountains(300, 400))
    for name in ("andes.flac", "2025/urals.flac"):
        (server.folder / name).parent.mkdir(exist_ok=True)
        (server.folder / name).write_bytes((server.folder / "alps.flac").read_bytes())
    (server.folder / "andes.qml").write_text(STYLE)
    (tmp_path / "list.txt").write_text(f"# mine\n{server.url('alps.flac')}\n")
    connections = {
        "rasters": server.url("listed/"),
        "JSON": server.url("json/"),
        "list": str(tmp_path / "list.txt"),
        "gone": server.url("listed/gone/"),
        "raster": server.url("alps.flac"),
    }
    given = {"connections": connections}
    desktop = Desktop("folders.py", tmp_path, given, settings="cache\\enabled=false")
    found = desktop.wait(120)
    assert found["connections"] == ["gone", "JSON", "list", "raster", "rasters"]
    assert found["rasters"] == found["JSON"] == ["2025", "alps.flac", "andes.flac"]
    assert found["rasters/2025"] == ["urals.flac"] and found["list"] == ["alps.flac"]
    (note,) = found["gone"]
    assert note.startswith("gone: the server answered 404 Not Found: there is no such file.")
    assert found["stall"] < 0.5
    assert found["added"] == 2 and found["lows"][0] == -4321 < found["lows"][1]
    assert found["again"] == found["rasters"]
