"""Boxes on a map of longitudes: full turns away from the raster, over its seam, partly outside."""

from __future__ import annotations

import numpy as np
import pytest
from flac_raster_qgis.engine import FlacRaster
from flac_raster_qgis.engine.errors import DisjointArea
from kits.landscape import write_flac
from kits.qgis.dock import area_request, open_in, until, want
from qgis.core import QgsCoordinateReferenceSystem, QgsProject, QgsRectangle

from flac_raster_qgis.gui.dock import strings
from flac_raster_qgis.gui.dock.planner import live_extents, plan_request

PIXELS = np.random.default_rng(2).integers(0, 2**16, (1, 60, 144), "uint16")
DEGREES = "EPSG:4326"


def globe(path, first=0.0, pixel=2.5, columns=144):
    """A raster of longitudes from ``first`` on, in tiles of 16."""
    transform = (pixel, 0.0, first, 0.0, -2.5, 75.0)
    return write_flac(path, PIXELS[:, :, :columns], 16, crs=DEGREES, transform=transform)


def ends(raster, selection):
    """First and last column of each part."""
    return [
        (part.window.col_off, part.window.col_off + part.window.width) for part in selection.parts
    ]


def test_over_the_seam(qgis_app, tmp_path):
    with FlacRaster.open(globe(tmp_path / "x.flac")) as raster:
        plan = plan_request(area_request(raster, -10, 0, 10, 20, crs=DEGREES))
        assert ends(raster, plan) == [(140, 144), (0, 4)]
        assert ends(raster, plan.with_whole_tiles()) == [(128, 144), (0, 16)]
        assert tuple(live_extents(plan)) == ((350, 0, 370, 20), (-10, 0, 10, 20))
        assert len(plan.tiles) == 2 and plan.uncompressed_bytes == 8 * 8 * 2
        assert strings.result_text(plan).startswith("Result: 8 × 8 pixels")


@pytest.mark.parametrize("first", [0.0, -180.0])
def test_over_the_180th_meridian_in_metres(qgis_app, tmp_path, first):
    """UTM zone 1, whose west is zone 60."""
    with FlacRaster.open(globe(tmp_path / "x.flac", first)) as raster:
        plan = plan_request(area_request(raster, 0, 1e6, 600_000, 2e6, crs="EPSG:32601"))
    west, _, east, _ = plan.area.bbox
    assert 178 < west < 180 < east < 185
    assert plan.window.width in (3, 4)
    assert len(plan.parts) == (1 if first == 0 else 2)
    assert not plan.warnings


def test_a_view_around_a_pole_has_all_longitudes(qgis_app, tmp_path):
    with FlacRaster.open(globe(tmp_path / "x.flac")) as raster:
        plan = plan_request(area_request(raster, -3e6, -3e6, 3e6, 3e6, crs="EPSG:3413"))
        assert plan.window.width == 144
        assert 0 < plan.outside_fraction < 1  # north of 75 degrees


def test_both_ends_of_a_raster_with_a_gap_between(dock, tmp_path):
    path = globe(tmp_path / "x.flac", columns=140)
    open_in(dock, path)
    with pytest.raises(DisjointArea):
        plan_request(area_request(dock.state.raster, -20, 0, 10, 20, crs=DEGREES))
    box = QgsRectangle(-20, 0, 10, 20)
    dock.set_extent(box, QgsCoordinateReferenceSystem(DEGREES))
    footer = dock.form.footer
    until(lambda: footer.plan_label.text().startswith("The box reaches over both ends"))
    assert "Ask for each side: (-20, 0, -10, 20) and (0, 0, 10, 20)" in footer.plan_label.toolTip()
    assert not footer.stream_button.isEnabled()


def test_what_lies_outside_is_said(dock, tmp_path):
    open_in(dock, globe(tmp_path / "x.flac"))
    plan = want(dock, -10, 55, 10, 95, crs=DEGREES)
    assert plan.outside_fraction == pytest.approx(0.5)
    until(lambda: dock.form.footer.result.text().startswith("50.0 % of the box lies outside"))
    want(dock, -10, 55, 10, 75, crs=DEGREES)
    until(lambda: dock.form.footer.result.text().startswith("Result: 8 × 8 pixels"))


def test_the_streamed_layer_lies_where_the_box_is(dock, iface, tmp_path):
    open_in(dock, globe(tmp_path / "x.flac"))
    iface.canvas.setDestinationCrs(QgsCoordinateReferenceSystem(DEGREES))
    plan = want(dock, -10, 0, 10, 20, crs=DEGREES)
    drawn = dock.items.result.geometry.asGeometryCollection()
    boxes = [part.boundingBox() for part in drawn]
    assert [(box.xMinimum(), box.xMaximum()) for box in boxes] == [(-10, 0), (0, 10)]
    before = set(QgsProject.instance().mapLayers())
    dock.state.stream(plan, str(tmp_path / "out.tif"))
    layers = QgsProject.instance().mapLayers
    (added,) = until(lambda: set(layers()) - before)
    layer = QgsProject.instance().mapLayer(added)
    assert layer.extent() == QgsRectangle(-10, 0, 10, 20)
    found = layer.dataProvider().block(1, layer.extent(), 8, 8)
    expected = PIXELS[0, 22:30][:, [140, 141, 142, 143, 0, 1, 2, 3]]
    assert [found.value(row, column) for row in range(8) for column in range(8)] == list(
        expected.ravel()
    )
    QgsProject.instance().removeMapLayer(added)


def test_a_live_layer_at_each_end(dock, tmp_path):
    open_in(dock, globe(tmp_path / "x.flac"))
    plan = want(dock, -10, 0, 10, 20, crs=DEGREES)
    assert "one at each end of the raster" in strings.live_text(plan)
    before = set(QgsProject.instance().mapLayers())
    dock.state.make_live_layer(plan)
    until(lambda: len(set(QgsProject.instance().mapLayers()) - before) == 2)
    added = set(QgsProject.instance().mapLayers()) - before
    extents = [QgsProject.instance().mapLayer(name).extent() for name in added]
    assert sorted((extent.xMinimum(), extent.xMaximum()) for extent in extents) == [
        (0, 10),
        (350, 360),
    ]
    for name in added:
        QgsProject.instance().removeMapLayer(name)
