"""Twelve months of a remote raster in the real desktop, played by the temporal controller."""

from __future__ import annotations

import numpy as np
import pytest
import rasterio
from kits.desktop import Desktop
from kits.landscape import PLACE, mountains, write_flac
from kits.qgis.dated_layers import dated, months

pytestmark = pytest.mark.gui

SIZE = 60


@pytest.fixture(scope="module")
def array():
    """Mountains of twelve months, with a strip of marks of which that of the month is bright."""
    relief = mountains(600, 800)[0].astype(float)
    snow = [1.0 + 0.35 * np.cos(2 * np.pi * month / 12) for month in range(12)]
    found = np.stack([np.clip(relief * factor, 1, 6000) for factor in snow]).astype("uint16")
    for month in range(12):
        for mark in range(12):
            place = np.s_[20 : 20 + SIZE, 40 + SIZE * mark : 40 + SIZE * (mark + 1)]
            found[(month, *place)] = 6000 if mark == month else 0
    return found


def on_map(row: int, column: int) -> tuple[float, float]:
    return PLACE[2] + 10 * (column + 0.5), PLACE[5] - 10 * (row + 0.5)


def test_twelve_months_are_played(server, control, array, tmp_path):
    bands = tuple(dated(month) for month in months(12, "2021-01"))
    write_flac(server.folder / "season.flac", array, bands=bands)
    given = {
        "url": server.url("season.flac"),
        "marks": [on_map(20 + SIZE // 2, 40 + SIZE // 2 + SIZE * mark) for mark in range(12)],
        "place": on_map(300, 400),
        "exported": str(tmp_path / "july.tif"),
        "control": str(control.path),
    }
    found = Desktop("dates.py", tmp_path, given).wait(120, control.obey)
    print(found)
    assert found["added"] == {"name": "season", "bands": 1, "strip": 11}
    assert found["page"] == ["Layer Properties — season — Temporal"]
    assert found["range"] == ["2021-01-01", "2022-01-01"]
    assert found["frames"] == list(range(12))
    near = array[:, 299:302, 399:402]  # those of July are far from all others
    assert not np.isin(near[6], near[[0, 1, 2, 3, 4, 5, 7, 8, 9, 10, 11]]).any()
    (value,) = (text for text in found["identified"] if text.startswith("Band 1="))
    assert int(value.partition("=")[2]) in near[6]
    with rasterio.open(tmp_path / "july.tif") as dataset:
        np.testing.assert_array_equal(dataset.read(), array[6:7])
    assert found["without"] == 11 and found["messages"] == []
