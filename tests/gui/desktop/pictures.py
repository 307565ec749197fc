"""Pictures of the dock for the documents, of real data; `packaging/screenshots.py` starts it."""

from __future__ import annotations

from inside import GIVEN, controller, drag, on_screen, picture, plugin, run, until, write
from qgis.core import QgsColorRampShader, QgsProject, QgsRasterShader, QgsStyle
from qgis.core import QgsSingleBandPseudoColorRenderer as PseudoColor
from qgis.PyQt.QtCore import QPoint, Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QDockWidget
from qgis.utils import iface

canvas = iface.mapCanvas()


def story() -> dict:
    iface.mainWindow().resize(1280, 880)
    iface.mainWindow().findChild(QDockWidget, "Browser").hide()
    plugin().dock.action.trigger()
    iface.mainWindow().resizeDocks([plugin().dock.dock], [330], Qt.Orientation.Horizontal)
    write(controller().form.source.combo.lineEdit(), GIVEN["url"])
    until(lambda: controller().state.raster is not None)
    until(lambda: not controller().form.card.raster_page.preview.pixmap().isNull())
    controller().state.make_live_layer()
    (layer,) = until(lambda: list(QgsProject.instance().mapLayers().values()))
    color(layer)
    west, east, south, north = 60.0, 104.0, 4.0, 36.0  # India, where the geoid is lowest
    canvas.setExtent(canvas.extent().buffered(-20))
    controller().zoom()
    until(lambda: not canvas.isDrawing())
    controller().form.area.draw_button.setChecked(True)
    start, end = on_screen(west, north), on_screen(east, south)
    drag(start, end)
    until(lambda: controller().state.area_plan)
    controller().form.source.combo.lineEdit().setCursorPosition(0)
    iface.messageBar().clearWidgets()
    QTest.mouseMove(canvas.viewport(), QPoint(5, 5))
    picture(f"dock{GIVEN['suffix']}")
    controller().stream()
    until(lambda: len(QgsProject.instance().mapLayers()) == 2)
    color(iface.activeLayer())
    canvas.setExtent(iface.activeLayer().extent().buffered(8))
    canvas.refresh()
    QTest.qWait(100)
    picture(f"streamed{GIVEN['suffix']}")
    return {}


def color(layer) -> None:
    """Blue to red, over the whole raster, whatever part the layer has."""
    ramp = QgsStyle.defaultStyle().colorRamp("Spectral")
    ramp.invert()
    shader = QgsColorRampShader(-107, 86, ramp)
    shader.classifyColorRamp(9)
    colors = QgsRasterShader()
    colors.setRasterShaderFunction(shader)
    layer.setRenderer(PseudoColor(layer.dataProvider(), 1, colors))
    layer.triggerRepaint()
    iface.layerTreeView().refreshLayerSymbology(layer.id())
    iface.layerTreeView().collapseAll()
    until(lambda: not canvas.isDrawing())


run(story)
