"""Ways into QGIS that do not lead to a FLAC raster point to the one that does."""

from __future__ import annotations

import shutil

import pytest
from kits.desktop import Desktop
from kits.landscape import mountains, write_flac

pytestmark = pytest.mark.gui


def test_wrong_doors_and_cancelled_tasks(server, tmp_path):
    path = tmp_path / "the alps.flac"
    write_flac(path, mountains(1600, 2000))
    shutil.copy(path, server.folder / "alps.flac")
    song = tmp_path / "song.flac"
    song.write_bytes(path.read_bytes().replace(b"GEOSPATIAL_", b"GEOSPATIAL-"))
    given = {
        "path": str(path),
        "url": server.url("alps.flac"),
        "slow_url": server.url("slow/alps.flac"),
        "song": str(song),
    }
    found = Desktop("wrong_doors.py", tmp_path, given, settings="cache\\enabled=false").wait(80)

    for name, title in (("file", "the alps"), ("URL", "alps"), ("by script", "the alps")):
        (said,) = found[name]["said"]
        assert said.startswith(f"FLAC Raster: {title}.flac is a FLAC raster: use Layer ›"), name
        assert found[name]["layers"] == [[title, "flacraster"]]
    assert "FLAC Raster: " not in str(found["song"]["said"]) and found["song"]["layers"] == []
    assert "Stream" not in str(found["cancelled"])  # no “Task failed: Stream alps…”
