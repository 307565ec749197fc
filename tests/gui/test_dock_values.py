"""Values of the chosen area, and areas narrowed to tiles with some values, before any download."""

from __future__ import annotations

import numpy as np
import pytest
from flac_raster_qgis.engine import Band, FlacRaster, Window
from kits.landscape import PLACE, write_flac
from kits.qgis.dock import area_request, open_in, until, want
from osgeo import gdal
from qgis.core import QgsProject

from flac_raster_qgis.gui.dock.planner import filtered_plan

LEFT, TOP = PLACE[2], PLACE[5]


@pytest.fixture(scope="module")
def array():
    """Each tile of 64 pixels has values of its own: 100 to 199, 200 to 299, …"""
    tile = np.arange(64 * 64).reshape(64, 64) % 100
    rows = [np.hstack([tile + 100 * (1 + 5 * row + n) for n in range(5)]) for row in range(4)]
    return np.vstack(rows).astype(np.int16)[None]


@pytest.fixture
def path(tmp_path, array):
    return write_flac(tmp_path / "x.flac", array, tile_size=64)


def shown(dock):
    row = dock.form.area.values
    return row.low.placeholderText(), row.high.placeholderText()


def test_the_values_of_raster_and_area_are_shown(dock, path):
    open_in(dock, path)
    until(lambda: shown(dock) == ("100", "2099"))
    want(dock, LEFT + 700, TOP - 1000, LEFT + 1900, TOP - 700)  # the second and third tile below
    assert shown(dock) == ("700", "899")
    assert "from the file header" in dock.form.area.values.toolTip()


def test_the_area_is_narrowed_to_tiles_with_values_in_the_range(dock, path, array):
    open_in(dock, path)
    dock.form.area.raster_extent_button.click()
    until(lambda: dock.state.area_plan)
    dock.form.area.values.low.setText("850")
    dock.form.area.values.high.setText("920")
    plan = until(lambda: dock.state.area_plan if len(dock.state.area_plan.tiles) == 2 else None)
    assert plan.window == (128, 64, 128, 64)
    footer = dock.form.footer
    assert footer.plan_label.text().startswith("2 tiles, ")
    assert footer.result.text().startswith("2 of 20 tiles have such values; the box is narrowed")
    assert shown(dock) == ("100", "2099")
    assert dock.items.tiles.geometry.area() == pytest.approx(2 * 640 * 640)
    footer.stream_button.click()
    (layer,) = until(lambda: list(QgsProject.instance().mapLayers().values()))
    part = gdal.Open(layer.source()).ReadAsArray()
    assert np.array_equal(part, array[0, 64:128, 128:256])
    dock.form.area.values.clear()
    until(lambda: dock.state.area_plan and len(dock.state.area_plan.tiles) == 20)


def test_tiles_far_apart_are_marked_one_by_one(dock, path):
    open_in(dock, path)
    want(dock, LEFT, TOP - 2560, LEFT + 3200, TOP)
    dock.form.area.values.high.setText("250")
    until(lambda: len(dock.state.area_plan.tiles) == 2)
    dock.form.area.values.clear()
    dock.form.area.values.low.setText("2,0e3")  # as some type it
    plan = until(lambda: dock.state.area_plan if len(dock.state.area_plan.tiles) == 1 else None)
    assert plan.window == (256, 192, 64, 64)


def test_no_tile_has_such_values(dock, path):
    open_in(dock, path)
    want(dock, LEFT, TOP - 600, LEFT + 600, TOP)
    dock.form.area.values.low.setText("5000")
    until(lambda: dock.form.footer.plan_label.text() == "No tile of the area has such values.")
    assert dock.state.area_plan is None and not dock.form.footer.stream_button.isEnabled()
    dock.form.area.values.low.clear()
    until(lambda: dock.form.footer.stream_button.isEnabled())


def test_only_part_of_a_tile_is_in_the_area(dock, path):
    open_in(dock, path)
    want(dock, LEFT + 100, TOP - 500, LEFT + 900, TOP - 100)
    dock.form.area.values.low.setText("250")
    plan = until(lambda: dock.state.area_plan if len(dock.state.area_plan.tiles) == 1 else None)
    assert plan.window == (64, 10, 26, 40)


def test_values_are_those_that_users_see(dock, tmp_path, array):
    bands = (Band(scale=0.1, offset=5.0),)
    open_in(dock, write_flac(tmp_path / "x.flac", array, tile_size=64, bands=bands))
    want(dock, LEFT, TOP - 2560, LEFT + 3200, TOP)
    assert shown(dock) == ("15", "214.9")
    dock.form.area.values.high.setText("20")
    until(lambda: len(dock.state.area_plan.tiles) == 1)


def test_bands_count_that_are_chosen(dock, tmp_path, array):
    both = np.concatenate([array, array[:, ::-1, ::-1]])
    open_in(dock, write_flac(tmp_path / "x.flac", both, tile_size=64))
    want(dock, LEFT, TOP - 2560, LEFT + 3200, TOP)
    dock.form.area.values.high.setText("150")
    until(lambda: len(dock.state.area_plan.tiles) == 20)  # one in each corner
    dock.form.area.bands.setCheckedItems(["Band 2"])
    plan = until(lambda: dock.state.area_plan if len(dock.state.area_plan.tiles) == 1 else None)
    assert plan.window == (256, 192, 64, 64)


@pytest.mark.parametrize("what", ["complex", "units"])
def test_where_they_are_unknown_the_row_is_off(dock, tmp_path, array, what):
    if what == "complex":
        path = write_flac(tmp_path / "x.flac", array.astype(np.complex64), tile_size=64)
    else:
        bands = (Band(scale=0.1), Band(scale=2.0))
        pixels = np.concatenate([array, array])
        path = write_flac(tmp_path / "x.flac", pixels, tile_size=64, bands=bands)
    open_in(dock, path)
    want(dock, LEFT, TOP - 1000, LEFT + 1000, TOP)
    row = dock.form.area.values
    assert not row.low.isEnabled() and shown(dock) == ("", "") and row.toolTip()


@pytest.mark.parametrize(
    "values, columns, parts",
    [
        (None, (-40, 40), 2),
        ((100.0, 2000.0), (-40, 40), 2),
        ((1200.0, None), (-8, 0), 1),  # the last tile of the raster, before the seam
        ((None, 150.0), (0, 32), 1),
    ],
)
def test_across_the_seam_of_a_globe(qgis_app, tmp_path, values, columns, parts):
    array = (100 * (1 + np.arange(180) // 16))[None, None].repeat(20, 1).astype(np.int16)
    place = {"crs": "EPSG:4326", "transform": (2.0, 0.0, 0.0, 0.0, -2.0, 20.0)}
    path = write_flac(tmp_path / "x.flac", array, tile_size=16, **place)
    with FlacRaster.open(path) as raster:
        request = area_request(raster, -40, -10, 40, 10, crs="EPSG:4326", values=values)
        found = filtered_plan(request)
        west, _, east, _ = found.plan.bounds
        assert ((west, east), len(found.plan.parts)) == (columns, parts)
        assert found.area.tiles.min_max == (100, 1200)


def test_a_rotated_raster_keeps_all_pixels_that_match(qgis_app, path, tmp_path, array):
    turned = (8.0, 6.0, 400000.0, 6.0, -8.0, 5100000.0)
    path = write_flac(tmp_path / "turned.flac", array, tile_size=64, transform=turned)
    with FlacRaster.open(path) as raster:
        bounds = raster.metadata.bounds
        request = area_request(raster, *bounds, crs="EPSG:32632", values=(850.0, 920.0))
        found = filtered_plan(request)
        window, wanted = found.plan.window, Window(128, 64, 128, 64)
        assert wanted.intersection(window) == wanted
        assert window.width * window.height < array.shape[1] * array.shape[2]
