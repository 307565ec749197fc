"""What an area needs: the same as the engine's query says, and always of the last area."""

from __future__ import annotations

import threading

import numpy as np
import pytest
from flac_raster_qgis.engine import Area, Band, FlacRaster, query
from flac_raster_qgis.engine.errors import InputError
from kits.landscape import PLACE, mountains, write_flac
from kits.qgis.dock import area_request, open_in, until, want

from flac_raster_qgis.gui.dock import planner, strings
from flac_raster_qgis.gui.dock.planner import Planner, live_extents, plan_request

ROTATED = (8.0, 6.0, 400000.0, 6.0, -8.0, 5100000.0)
LEFT, TOP = PLACE[2], PLACE[5]


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    array = mountains(300, 400)
    bands = tuple(Band() for _ in range(6))
    return write_flac(
        tmp_path_factory.mktemp("plan") / "x.flac",
        np.concatenate([array + n for n in range(6)]),
        tile_size=64,
        bands=bands,
    )


@pytest.mark.parametrize("level", [0, 1, 2])
@pytest.mark.parametrize("bands", [None, (2,), (1, 6)])
def test_a_plan_is_that_of_a_query(qgis_app, path, level, bands):
    bounds = (LEFT + 700, TOP - 2000, LEFT + 2600, TOP - 400)
    with FlacRaster.open(path) as raster:
        plan = plan_request(
            area_request(raster, *bounds, crs="EPSG:32632", level=level, bands=bands)
        )
        found = query(raster, Area(bounds), level=level, bands=bands)
        assert plan.window == found.window
        assert (len(plan.tiles), plan.tile_bytes) == (len(found.tiles), found.tile_bytes)
        xs, ys = zip(*(corner for tile in found.tiles for corner in tile.corners))
        columns = [(x - LEFT) / 10 / 2**level for x in (min(xs), max(xs))]
        rows = [(TOP - y) / 10 / 2**level for y in (max(ys), min(ys))]
        window = plan.with_whole_tiles().window
        assert columns == [window.col_off, window.col_off + window.width]
        assert rows == [window.row_off, window.row_off + window.height]
        count = 6 if bands is None else len(bands)
        assert plan.uncompressed_bytes == window_pixels(found.window) * count * 2


def window_pixels(window):
    return window.width * window.height


def test_an_area_in_another_crs(qgis_app, path):
    with FlacRaster.open(path) as raster:
        degrees = (7.46, 46.38, 7.47, 46.39)
        plan = plan_request(area_request(raster, *degrees, crs="EPSG:4326"))
        found = query(raster, Area(degrees, crs="EPSG:4326"))
        assert np.allclose(plan.area.bbox, found.bounds, atol=10)
        assert len(plan.tiles) == len(found.tiles)


def test_a_rotated_raster(qgis_app, tmp_path):
    path = write_flac(tmp_path / "x.flac", mountains(300, 400), tile_size=64, transform=ROTATED)
    with FlacRaster.open(path) as raster:
        xmin, ymin, xmax, ymax = raster.metadata.bounds
        middle = ((xmin + xmax) / 2, (ymin + ymax) / 2)
        bounds = (middle[0] - 300, middle[1] - 300, middle[0] + 300, middle[1] + 300)
        plan = plan_request(area_request(raster, *bounds, crs="EPSG:32632"))
        assert plan.window == query(raster, Area(bounds)).window


def test_a_raster_without_place_is_upside_down_on_the_map(qgis_app, tmp_path):
    path = write_flac(
        tmp_path / "x.flac",
        mountains(300, 400),
        crs=None,
        transform=(1.0, 0.0, 0.0, 0.0, 1.0, 0.0),
    )
    with FlacRaster.open(path) as raster:
        plan = plan_request(area_request(raster, 10, -50, 110, -20, crs="EPSG:4326"))
        assert plan.window == (10, 20, 100, 30)
        assert tuple(live_extents(plan)) == ((10, -50, 110, -20),)


def test_an_area_outside_is_an_error(qgis_app, path):
    with FlacRaster.open(path) as raster, pytest.raises(InputError, match="outside"):
        plan_request(area_request(raster, 0, 0, 1, 1, crs="EPSG:32632"))


def test_only_the_last_wish_is_answered(qgis_app, path, monkeypatch):
    """The first is on its way when the others come; all but the last are dropped."""
    gate, asked = threading.Event(), []

    def slowly(request):
        asked.append(request)
        assert gate.wait(5)
        return plan_request(request)

    monkeypatch.setattr(planner, "plan_request", slowly)
    answers = []
    with FlacRaster.open(path) as raster:
        requests = [
            area_request(raster, LEFT, TOP - 100 * n, LEFT + 100, TOP) for n in (1, 2, 3, 4)
        ]
        planner_ = Planner()
        planner_.answered.connect(answers.append)
        planner_.ask(requests[0])
        until(lambda: asked)
        for one in requests[1:]:
            planner_.ask(one)
        gate.set()
        until(lambda: answers)
        assert [found.plan.area.bbox for found in answers] == [(LEFT, TOP - 400, LEFT + 100, TOP)]
        assert asked == [requests[0], requests[3]]
        planner_.close()
    until(lambda: not any("flac-raster-plan" in t.name for t in threading.enumerate()))


def test_what_is_cached_does_not_count(dock, server):
    """Neither what the dock streamed nor what a layer drew."""
    write_flac(server.folder / "x.flac", mountains(500, 700), tile_size=128)
    open_in(dock, server.url("x.flac"))
    plan = want(dock, LEFT, TOP - 2000, LEFT + 2000, TOP)
    assert plan.bytes_to_read > 0 and strings.plan_text(plan).startswith("4 tiles, ")
    dock.state.raster.read(plan.window)
    assert want(dock, LEFT, TOP - 2000, LEFT + 2000, TOP).bytes_to_read == 0
    assert dock.form.footer.plan_label.text() == "4 tiles, all cached: nothing to download"
    wider = want(dock, LEFT, TOP - 2000, LEFT + 4000, TOP)
    assert 0 < wider.bytes_to_read < wider.tile_bytes
    assert "of the tiles are cached" in dock.form.footer.result.text()
