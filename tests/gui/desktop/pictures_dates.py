"""The picture of a time layer for the documents; `packaging/screenshots.py` starts it."""

from __future__ import annotations

from inside import GIVEN, picture, run, until
from qgis.core import QgsSingleBandPseudoColorRenderer, QgsStyle
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QAbstractButton, QAction, QDockWidget
from qgis.utils import iface

window, canvas = iface.mainWindow(), iface.mapCanvas()


def story() -> dict:
    window.resize(1180, 780)
    window.findChild(QDockWidget, "Browser").hide()
    layer = iface.addRasterLayer(f"{GIVEN['months_url']}|time=all", "snow", "flacraster")
    renderer = QgsSingleBandPseudoColorRenderer(layer.dataProvider(), 1)
    renderer.setClassificationMin(0)
    renderer.setClassificationMax(3600)
    renderer.createShader(QgsStyle.defaultStyle().colorRamp("Blues"))
    layer.setRenderer(renderer)
    window.findChild(QAction, "mActionTemporalController").trigger()
    QTest.qWait(300)
    button("mNavigationAnimated").click()
    entries = button("mSetRangeButton").menu().actions()
    next(entry for entry in entries if entry.text() == "Set to Full Range").trigger()
    button("mNextButton").click()
    QTest.qWait(300)
    canvas.setExtent(layer.extent())
    until(lambda: not canvas.isDrawing())
    picture("time-layer")
    return {}


def button(name: str) -> QAbstractButton:
    docks = window.findChildren(QDockWidget)
    panel = next(dock for dock in docks if "Temporal" in dock.windowTitle())
    return panel.findChild(QAbstractButton, name)


run(story)
