"""The box tool, and what the dock draws on the map."""

from __future__ import annotations

import pytest
from kits.landscape import PLACE, mountains, write_flac
from kits.qgis.dock import open_in, until, want
from qgis.core import QgsCoordinateReferenceSystem, QgsGeometry, QgsRectangle
from qgis.gui import QgsMapToolZoom, QgsRubberBand
from qgis.PyQt.QtCore import QEvent, QPoint, QPointF, Qt
from qgis.PyQt.QtGui import QMouseEvent
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QAction, QApplication

from flac_raster_qgis.gui.dock.map_items import MapItems
from flac_raster_qgis.gui.dock.map_tool import BoxTool

LEFT, TOP = PLACE[2], PLACE[5]
BUTTON, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def tool(iface):
    tool = BoxTool(iface.canvas)
    tool.events = []
    tool.changed.connect(lambda box: tool.events.append("changed"))
    tool.drawn.connect(lambda box: tool.events.append(box))
    tool.ended.connect(lambda: tool.events.append("ended"))
    iface.canvas.setExtent(QgsRectangle(LEFT, TOP - 3000, LEFT + 4000, TOP))
    yield tool
    tool.remove()


def drag(canvas, *points, button=BUTTON, let_go=True):
    first, *others = (QPoint(*point) for point in points)
    viewport = canvas.viewport()
    QTest.mousePress(viewport, button, NONE, first)
    for point in others:
        event = QMouseEvent(QEvent.Type.MouseMove, QPointF(point), button, button, NONE)
        QApplication.sendEvent(viewport, event)
    if let_go:
        QTest.mouseRelease(viewport, button, NONE, QPoint(*points[-1]))


def test_a_box_is_drawn_and_the_former_tool_returns(iface, tool):
    tool.start()
    assert iface.canvas.mapTool() is tool
    drag(iface.canvas, (100, 100), (150, 120), (300, 200))
    box = next(event for event in tool.events if isinstance(event, QgsRectangle))
    corners = [
        iface.canvas.getCoordinateTransform().toMapCoordinates(*p) for p in ((100, 100), (300, 200))
    ]
    assert box == QgsRectangle(*corners)
    assert tool.events.count("changed") == 2 and tool.events[-1] == "ended"
    assert iface.canvas.mapTool() is iface.pan


def test_a_click_is_no_box(iface, tool):
    tool.start()
    drag(iface.canvas, (100, 100), (101, 180))
    assert tool.events == [] and iface.canvas.mapTool() is tool
    drag(iface.canvas, (100, 100), (200, 200))
    assert len(tool.events) == 3


@pytest.mark.parametrize("dragging", [False, True])
def test_escape_gives_up(iface, tool, dragging):
    tool.start()
    if dragging:
        drag(iface.canvas, (100, 100), (200, 200), let_go=False)
    QTest.keyClick(iface.canvas, Qt.Key.Key_Escape)
    assert tool.events[-1] == "ended" and tool.item.geometry.isEmpty()
    if dragging:
        QTest.mouseRelease(iface.canvas.viewport(), BUTTON, NONE, QPoint(200, 200))
    assert iface.canvas.mapTool() is iface.pan
    assert not any(isinstance(event, QgsRectangle) for event in tool.events)


def test_a_right_click_gives_up(iface, tool):
    tool.start()
    drag(iface.canvas, (100, 100), button=Qt.MouseButton.RightButton)
    assert tool.events == ["ended"] and iface.canvas.mapTool() is iface.pan


def test_another_tool_that_is_chosen_stays(iface, tool):
    tool.start()
    drag(iface.canvas, (100, 100), (200, 200), let_go=False)
    zoom = QgsMapToolZoom(iface.canvas, False)
    iface.canvas.setMapTool(zoom)
    assert tool.events == ["changed", "ended"] and tool.item.geometry.isEmpty()
    tool.stop()
    assert iface.canvas.mapTool() is zoom
    iface.canvas.setMapTool(iface.pan)


def test_a_former_tool_that_is_gone_does_not_return(iface, tool):
    from qgis.PyQt import sip

    zoom = QgsMapToolZoom(iface.canvas, False)
    iface.canvas.setMapTool(zoom)
    tool.start()
    sip.delete(zoom)
    tool.stop()
    assert iface.canvas.mapTool() is None


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return write_flac(tmp_path_factory.mktemp("map") / "x.flac", mountains(300, 400), tile_size=64)


def test_footprint_and_tiles(dock, path):
    open_in(dock, path)
    items = dock.items
    whole = QgsRectangle(LEFT, TOP - 3000, LEFT + 4000, TOP)
    assert items.footprint.geometry.boundingBox() == whole
    assert len(items.grid.geometry.asMultiPolyline()) == 6 + 4
    want(dock, LEFT + 700, TOP - 1000, LEFT + 1900, TOP - 100)
    assert items.tiles.geometry.boundingBox() == QgsRectangle(
        LEFT + 640, TOP - 1280, LEFT + 1920, TOP
    )
    assert items.result.geometry.boundingBox() == QgsRectangle(
        LEFT + 700, TOP - 1000, LEFT + 1900, TOP - 100
    )
    dock.form.area.level.setCurrentIndex(1)
    assert len(items.grid.geometry.asMultiPolyline()) == 3 + 2
    dock.form.card.raster_page.tiles_button.click()
    assert items.footprint.geometry.isEmpty() and items.grid.geometry.isEmpty()
    dock.form.card.raster_page.tiles_button.click()
    assert not items.footprint.geometry.isEmpty()


def test_in_a_map_of_another_crs_edges_are_curved(dock, iface, path):
    open_in(dock, path)
    iface.canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:4326"))
    (polygon,) = dock.items.footprint.geometry.asMultiPolygon()
    assert len(polygon[0]) > 40
    box = dock.items.extent()
    assert 7.4 < box.xMinimum() < box.xMaximum() < 7.6 and 46 < box.yMinimum() < 47
    dock.zoom()
    assert iface.canvas.extent().contains(box)


def test_a_rotated_raster_has_a_rotated_footprint(dock, tmp_path):
    transform = (8.0, 6.0, 400000.0, 6.0, -8.0, 5100000.0)
    open_in(dock, write_flac(tmp_path / "x.flac", mountains(300, 400), transform=transform))
    footprint = dock.items.footprint.geometry
    assert abs(footprint.area() - 300 * 400 * 100) < 1
    assert footprint.boundingBox().width() > 4100


def test_a_raster_without_crs_is_drawn_as_it_is(dock, iface, tmp_path):
    path = write_flac(tmp_path / "x.flac", mountains(300, 400), crs=None)
    open_in(dock, path)
    assert dock.items.footprint.geometry.boundingBox().xMinimum() == LEFT
    assert dock.form.properties.rows()["CRS"] == "none"


def test_of_too_many_tiles_only_some_lines_are_drawn(iface, monkeypatch):
    from flac_raster_qgis.gui.dock.map_items import _edges

    assert list(_edges(300, 64)) == [64, 128, 192, 256]
    lines = _edges(10**6, 64)
    assert len(lines) <= 64 and lines.step % 64 == 0


def test_nothing_is_left_on_the_canvas(iface):
    def bands():
        return sum(isinstance(item, QgsRubberBand) for item in iface.canvas.scene().items())

    before = bands()
    items, tool = MapItems(iface.canvas), BoxTool(iface.canvas)
    assert bands() == before + 5
    items.result.show(QgsGeometry.fromRect(QgsRectangle(0, 0, 1, 1)))
    items.remove()
    tool.remove()
    assert bands() == before
    iface.canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:3857"))
    until(lambda: True)


@pytest.mark.parametrize("closed_by", ["its cross", "the toolbar", "the list of panels"])
def test_a_closed_dock_leaves_nothing_on_the_map(iface, tmp_path, closed_by):
    from flac_raster_qgis.gui.dock.dock import FlacRasterDock

    panel = FlacRasterDock(iface)
    action = QAction(panel)
    panel.setToggleVisibilityAction(action)
    close = {
        "its cross": panel.close,
        "the toolbar": action.trigger,
        "the list of panels": panel.toggleViewAction().trigger,
    }[closed_by]
    closed = []
    panel.closedStateChanged.connect(closed.append)
    iface.window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, panel)
    panel.show()
    open_in(panel.controller, write_flac(tmp_path / "x.flac", mountains(300, 400)))
    want(panel.controller, LEFT, TOP - 900, LEFT + 900, TOP)
    items = panel.controller.items
    drawn = (items.footprint, items.grid, items.result)
    try:
        assert not any(item.geometry.isEmpty() for item in drawn)
        close()
        assert all(item.geometry.isEmpty() for item in drawn) and closed[-1]
        panel.show()
        assert not any(item.geometry.isEmpty() for item in drawn) and not closed[-1]
        iface.window.hide()  # as a window of QGIS that ends
        assert not closed[-1]
        iface.window.show()
        panel.controller.form.card.raster_page.tiles_button.setChecked(False)
        close()
        panel.show()
        assert all(item.geometry.isEmpty() for item in drawn)
    finally:
        panel.controller.close()
        panel.controller = None
        panel.deleteLater()
