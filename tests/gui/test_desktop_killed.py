"""Two windows of QGIS on one project; what one leaves behind when it is killed."""

from __future__ import annotations

import json
import os
import signal
import sys

import pytest
from affine import Affine
from kits.desktop import Desktop
from kits.geotiff import write_tif
from kits.landscape import PLACE, UTM, mountains, write_flac
from kits.remote import until
from kits.server_processes import children, is_alive

pytestmark = pytest.mark.gui


def facts_of(path):
    """Return what a window has written, once it has."""

    def read():
        try:
            return json.loads(path.read_text())
        except (OSError, ValueError):
            return None

    until(read, 60)
    return read()


@pytest.mark.skipif(sys.platform != "linux", reason="looks at processes")
def test_a_killed_window_leaves_no_process_and_the_other_goes_on(server, tmp_path):
    array = mountains(300, 400)
    write_flac(server.folder / "alps.flac", array)
    write_tif(tmp_path / "alps.tif", array, crs=UTM, transform=Affine(*PLACE))
    given = {
        "url": server.url("alps.flac"),
        "tiff": str(tmp_path / "alps.tif"),
        "project": str(tmp_path / "alps.qgz"),
        "killed": str(tmp_path / "killed"),
    }
    windows, facts = [], []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        here = tmp_path / name / "facts.json"
        shared = {"settings": "cache\\enabled=false", "profiles": tmp_path / "profiles"}
        own = {**given, "here": str(here)}
        windows.append(Desktop("killed.py", tmp_path / name, own, **shared))
        facts.append(facts_of(here))
    killed, other = (children(window["pid"]) for window in facts)
    assert len(killed) == len(other) == 1
    assert facts[0]["same"] and facts[1]["same"]
    assert facts[0]["source"] != facts[1]["source"]

    os.kill(facts[0]["pid"], signal.SIGKILL)
    until(lambda: not any(map(is_alive, killed)), 10)
    windows[0].join(20)
    assert children(facts[1]["pid"]) == other and all(map(is_alive, other))
    (tmp_path / "killed").touch()
    assert windows[1].wait(60)["same"]
    assert not any(map(is_alive, other))
