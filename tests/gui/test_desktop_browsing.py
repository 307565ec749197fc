"""Where users look for data in QGIS, tried in the real desktop against a real server."""

from __future__ import annotations

import shutil
import subprocess

import pytest
from kits.desktop import Desktop
from kits.landscape import mountains, write_flac

pytestmark = pytest.mark.gui


@pytest.fixture
def song(tmp_path):
    """A second of silence."""
    if shutil.which("flac") is None:
        pytest.skip("flac is not installed; `make setup` installs it")
    path = tmp_path / "song.flac"
    raw = "--force-raw-format --endian=little --channels=1 --bps=16 --sample-rate=44100"
    command = ["flac", "-s", *raw.split(), "--sign=signed", "-o", path, "-"]
    subprocess.run(command, input=bytes(88200), check=True)
    return path


def test_drops_browser_panel_and_data_source_manager(server, song, tmp_path):
    write_flac(server.folder / "alps.flac", mountains(800, 1000))
    shutil.copy(server.folder / "alps.flac", tmp_path / "local.flac")
    shutil.copy(song, server.folder / "song.flac")
    url, path = server.url("alps.flac"), str(tmp_path / "local.flac")
    song_url = server.url("song.flac") + "?key=secret"
    remote = ["alps", "flacraster", True, url]
    local = ["local", "flacraster", True, path]
    drops = {
        "file": [path],
        "URL": [url],
        "both": [path, url],
        "song": [str(song)],
        "song's URL": [song_url],
    }
    connections = {"On a server": url, "A file": path}
    given = {"drops": drops, "url": url, "connections": connections}
    desktop = Desktop("browsing.py", tmp_path, given, settings="cache\\enabled=false")
    found = desktop.wait(120)

    for name, layers in (("file", [local]), ("URL", [remote]), ("both", [remote, local])):
        assert found[name]["accepted"] and found[name]["layers"] == layers, name
        assert found[name]["said"] == []
    assert found["URL"]["stall"] < 0.5
    assert found["on the list of layers"]["layers"] == [remote]

    assert found["song"]["layers"] == found["song's URL"]["layers"] == []
    assert "FLAC Raster" not in str(found["song"]["said"])  # that is QGIS's own
    assert found["song's URL"]["said"] == [
        f"FLAC Raster: {server.url('song.flac')}?… cannot be opened."
    ]

    assert found["branch"] == ["A file", "On a server"]
    named = [["A file", *local[1:]], ["On a server", *remote[1:]]]
    assert found["double clicks"] == [[one] for one in named]
    assert found["dragged out"] == {"accepted": True, "layers": named}

    page = found["page"]
    assert page["shown"] and page["stays open"] and page["layers"] == [remote]
    assert page["tested"].startswith("1,000 × 800 pixels, bands: 1, uint16, EPSG:32632")

    for number, reload in enumerate(found["reloads"]):
        # its page of the data source manager is made again when that is open
        assert reload["without"] == [0, 0, 0, 0], number
        assert reload["with"][:3] == [1, 1, 1] and reload["with"][3] <= 1
        assert reload["names"] == ["A file", "On a server"]
    assert found["dropped at last"]["layers"] == [remote]
