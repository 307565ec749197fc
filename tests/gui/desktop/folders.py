"""Folders of a server and lists in the Browser panel, and the styles beside their rasters.

Runs inside the desktop; `test_desktop_folders.py` starts it and judges what it returns.
"""

from __future__ import annotations

import qgis.utils
from inside import GIVEN, LEFT, NO_KEY, Stalls, picture, run, until
from qgis.core import QgsApplication, QgsProject
from qgis.PyQt.QtCore import QItemSelectionModel, QPoint, QPointF, Qt
from qgis.PyQt.QtGui import QDragEnterEvent, QDropEvent
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication, QDockWidget, QTextBrowser, QTreeView
from qgis.utils import iface

from flac_raster_qgis.gui.connections.settings import CONNECTIONS, Connection

NAME = "flac_raster_qgis"
project = QgsProject.instance()


def story() -> dict:
    for name, uri in GIVEN["connections"].items():
        CONNECTIONS.save(Connection(name, uri))
    window = iface.mainWindow()
    dock = window.findChild(QDockWidget, "Browser")
    dock.raise_()
    window.resizeDocks([dock], [600], Qt.Orientation.Vertical)
    found = {"connections": children()}
    stalls = Stalls()
    with stalls.watched():
        for names in (("rasters",), ("rasters", "2025"), ("JSON",), ("list",), ("gone",)):
            found["/".join(names)] = children(*names)
    found["stall"] = stalls.longest
    panel().scrollTo(rows()["gone"], QTreeView.ScrollHint.PositionAtTop)
    picture("browser-folders")
    found["added"] = add("rasters", "alps.flac", "andes.flac")
    found["lows"] = sorted(low_of(layer) for layer in project.mapLayers().values())
    picture("browser-folders-added")
    information()
    for _ in range(2):
        qgis.utils.unloadPlugin(NAME)
        qgis.utils.loadPlugin(NAME)
        qgis.utils.startPlugin(NAME)
        QTest.qWait(100)
    found["again"] = children("rasters")
    return found


def panel() -> QTreeView:
    return iface.mainWindow().findChild(QDockWidget, "Browser").findChild(QTreeView)


def rows(*names: str) -> dict:
    """Items below some, by name, as soon as they are there."""
    model = panel().model()
    index = None
    for name in ("FLAC Raster", *names):
        level = [
            model.index(row, 0) if index is None else model.index(row, 0, index)
            for row in range(model.rowCount() if index is None else model.rowCount(index))
        ]
        (index,) = (one for one in level if one.data() == name)
        panel().expand(index)
        until(lambda index=index: model.rowCount(index) and not is_busy(index))
    return {
        model.index(row, 0, index).data(): model.index(row, 0, index)
        for row in range(model.rowCount(index))
    }


def is_busy(index) -> bool:
    model = panel().model()
    return model.index(0, 0, index).data() in (None, "Loading…")


def children(*names: str) -> list[str]:
    return list(rows(*names))


def add(folder: str, *names: str) -> int:
    """Select several rasters and drag them onto the map."""
    found = rows(folder)
    kinds = QItemSelectionModel.SelectionFlag
    panel().selectionModel().clear()
    for name in names:
        panel().selectionModel().select(found[name], kinds.Select | kinds.Rows)
    data = panel().model().mimeData(panel().selectionModel().selectedIndexes())
    target, place = iface.mapCanvas().viewport(), QPoint(40, 40)
    copy = Qt.DropAction.CopyAction
    QApplication.sendEvent(target, QDragEnterEvent(place, copy, data, LEFT, NO_KEY))
    QApplication.sendEvent(target, QDropEvent(QPointF(place), copy, data, LEFT, NO_KEY))
    until(lambda: len(project.mapLayers()) == len(names))
    until(lambda: not QgsApplication.taskManager().countActiveTasks())
    return len(project.mapLayers())


def low_of(layer) -> float:
    return layer.renderer().contrastEnhancement().minimumValue()


def information() -> None:
    """Show the information page of a layer in a window."""
    page = QTextBrowser()
    layer = next(iter(project.mapLayers().values()))
    page.setHtml(layer.htmlMetadata())
    page.resize(800, 900)
    page.show()
    QTest.qWait(200)
    from inside import PICTURES

    page.grab().save(str(PICTURES / "information.png"))
    page.close()


run(story)
