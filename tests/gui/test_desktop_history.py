"""The history of pixels in the real desktop, from a real server."""

from __future__ import annotations

import numpy as np
import pytest
from kits.desktop import Desktop
from kits.landscape import PLACE, temperatures, write_temperatures

pytestmark = pytest.mark.gui


def test_clicks_on_the_map_draw_a_chart(server, control, tmp_path):
    array = temperatures()
    write_temperatures(server.folder / "temperature.flac", array)
    np.save(tmp_path / "array.npy", array)
    given = {"url": server.url("temperature.flac"), "array": str(tmp_path / "array.npy")}
    given |= {"left": PLACE[2], "top": PLACE[5]}
    desktop = Desktop("history.py", tmp_path, given, settings="cache\\enabled=false")
    found = desktop.wait(120, control.obey)
    print(found)
    assert found["exact"] == [True] * 3 and found["tool back"] and found["hidden with the dock"]
    assert found["longest stall"] < 0.5
    assert found["status"].startswith("Place 3: 15 tiles, ") and "request" in found["status"]
    lines = found["text"].splitlines()
    assert lines[0] == "2019-08" and [line[:2] for line in lines[1:]] == ["1:", "2:", "3:"]
    assert all(line.endswith(" °C") for line in lines[1:])
    assert found["copied"] == 1 + 3 * len(array)
