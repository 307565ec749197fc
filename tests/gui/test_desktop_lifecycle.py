"""The plugin comes and goes in the real desktop, and leaves nothing behind."""

from __future__ import annotations

import numpy as np
import pytest
import rasterio
from kits.desktop import Desktop
from kits.landscape import mountains, write_flac

pytestmark = pytest.mark.gui


def test_reloading_leaves_nothing_behind(server, tmp_path):
    array = mountains(800, 1000)
    write_flac(server.folder / "alps.flac", array)
    desktop = Desktop(
        "lifecycle.py",
        tmp_path,
        {
            "url": server.url("alps.flac"),
            "slow_url": server.url("slow/alps.flac"),
            "output": str(tmp_path / "out.tif"),
        },
        settings="cache\\enabled=false",
    )
    found = desktop.wait(120)
    before = found["before"]
    assert before["docks"] == before["buttons"] == 1 and not before["threads"]
    assert found["quiet reloads"] == before
    busy = found["busy reloads"]
    assert busy.pop("longest") < 2 and busy.pop("layers") == 0
    # the dock that is there now has been shown, so it has a tool, and things on the map
    assert busy == {**before, "bands": before["bands"] + 5, "tools": 1}
    assert found["project closed"].pop("seconds") < 1
    assert found["project closed"] == {"layers": 0}
    with rasterio.open(tmp_path / "out.tif") as dataset:
        assert np.array_equal(dataset.read(), array)
    unloaded = found["unloaded while streaming"]
    assert unloaded == {
        **before,
        "docks": 0,
        "actions": 0,
        "buttons": 0,
    }
    assert found["place"] == {"shown": True, "left": True, "hidden": True}
