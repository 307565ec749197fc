"""The history of pixels: open a remote cube, click on the map, see and take the values.

Runs inside the desktop; `test_desktop_history.py` starts it and judges what it returns.
"""

from __future__ import annotations

import numpy as np
from inside import (
    GIVEN,
    LEFT,
    NO_KEY,
    Stalls,
    click,
    controller,
    on_screen,
    picture,
    plugin,
    run,
    until,
    write,
)
from qgis.core import QgsProject
from qgis.PyQt.QtCore import QPoint, Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication, QDockWidget
from qgis.utils import iface

SOURCE = np.load(GIVEN["array"])
canvas = iface.mapCanvas()


def story() -> dict:
    iface.mainWindow().resize(1280, 880)
    iface.mainWindow().findChild(QDockWidget, "Browser").hide()
    plugin().dock.action.trigger()
    iface.mainWindow().resizeDocks([plugin().dock.dock], [360], Qt.Orientation.Horizontal)
    write(controller().form.source.combo.lineEdit(), GIVEN["url"])
    until(lambda: controller().state.raster is not None)
    controller().state.make_live_layer()
    until(lambda: QgsProject.instance().mapLayers())
    controller().zoom()
    until(lambda: not canvas.isDrawing())
    before, panel = canvas.mapTool(), controller().form.history
    click(panel.button)
    with Stalls().watched() as stalls:
        for column, row in ((60, 50), (350, 300), (420, 90)):
            x, y = GIVEN["left"] + 10 * (column + 0.5), GIVEN["top"] - 10 * (row + 0.5)
            QTest.mouseClick(canvas.viewport(), LEFT, NO_KEY, on_screen(x, y))
        places = controller().history.places
        until(lambda: len(places) == 3 and all(place.is_complete for place in places))
    found = [_is_exact(place) for place in places]
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    panel.chart.setFocus()
    for _ in range(20):
        QTest.keyClick(panel.chart, Qt.Key.Key_Right)
    text = panel.text.text()
    click(panel.copy_button)
    panel.chart.setFocus()
    controller().form.source.combo.lineEdit().setCursorPosition(0)
    for _ in range(20):
        QTest.keyClick(panel.chart, Qt.Key.Key_Right)
    QTest.mouseMove(canvas.viewport(), QPoint(5, 5))
    iface.messageBar().clearWidgets()
    picture("history")
    plugin().dock.action.trigger()
    until(lambda: plugin().dock.dock.isHidden())
    markers = controller().history.markers
    shown = [marker.isVisible() for marker, *_ in markers._markers.values()]
    footprint = controller().items.footprint
    return {
        "exact": found,
        "longest stall": stalls.longest,
        "tool back": canvas.mapTool() is before,
        "status": panel.status.text(),
        "text": text,
        "copied": QApplication.clipboard().text().count("\n"),
        "hidden with the dock": not any(shown) and footprint.geometry.isEmpty(),
    }


def _is_exact(place) -> bool:
    column = int((place.x - GIVEN["left"]) / 10)
    row = int((GIVEN["top"] - place.y) / 10)
    values = [-99 if value is None else value for value in place.values]
    return np.array(values, "float32").tolist() == SOURCE[:, row, column].tolist()


run(story)
