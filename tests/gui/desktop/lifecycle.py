"""The plugin loaded, unloaded and loaded again, also in the middle of work, in the real desktop.

Runs inside the desktop; `test_desktop_lifecycle.py` starts it and judges what it returns.
"""

from __future__ import annotations

import threading
import time

import qgis.utils
from inside import GIVEN, controller, plugin, run, until, write
from qgis.core import QgsApplication, QgsProject
from qgis.gui import QgsDockWidget, QgsMapTool, QgsRubberBand
from qgis.PyQt.QtCore import QCoreApplication, QEvent
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QAction
from qgis.utils import iface

NAME = "flac_raster_qgis"
canvas = iface.mapCanvas()
window = iface.mainWindow()


def story() -> dict:
    found = {"before": census()}
    found["quiet reloads"] = quiet_reloads()
    found["busy reloads"] = busy_reloads()
    found["project closed"] = project_closed()
    found["unloaded while streaming"] = unload_while_streaming()
    found["place"] = remembers_its_place()
    return found


def census() -> dict:
    """What of the plugin is in QGIS, once Qt has deleted what it was told to delete."""
    QTest.qWait(300)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QTest.qWait(50)
    ours = [d for d in window.findChildren(QgsDockWidget) if d.objectName() == "FlacRasterDock"]
    actions = [a for a in window.findChildren(QAction) if "FLAC Raster" in a.text()]
    return {
        "docks": len(ours),
        "actions": len(actions),
        "buttons": sum("FLAC Raster" in a.text() for a in iface.pluginToolBar().actions()),
        "bands": sum(isinstance(item, QgsRubberBand) for item in canvas.scene().items()),
        "tools": len([t for t in canvas.findChildren(QgsMapTool) if "Box" in type(t).__name__]),
        "tasks": QgsApplication.taskManager().countActiveTasks(),
        "threads": sorted(t.name for t in threading.enumerate() if "flac" in t.name),
    }


def reload() -> None:
    assert qgis.utils.reloadPlugin(NAME) is not False


def quiet_reloads() -> dict:
    for _ in range(10):
        reload()
    return census()


def show_and_open(url: str) -> None:
    if not plugin().dock.dock.isVisible():
        plugin().dock.action.trigger()
    until(controller)
    write(controller().form.source.combo.lineEdit(), url)
    until(lambda: controller().state.raster is not None)


def busy_reloads() -> dict:
    """With a raster open, an area drawn, the tool of the dock in use, a download under way."""
    seconds = []
    for _ in range(4):
        show_and_open(GIVEN["slow_url"])
        controller().use_raster_extent()
        until(lambda: controller().state.area_plan)
        controller().stream()
        controller().form.area.draw_button.setChecked(True)
        until(lambda: canvas.mapTool() is controller().tool)
        QTest.qWait(100)
        assert controller().state.is_streaming
        start = time.monotonic()
        reload()
        seconds.append(time.monotonic() - start)
    plugin().dock.action.trigger()  # hides it
    return {"longest": max(seconds), "layers": len(QgsProject.instance().mapLayers()), **census()}


def project_closed() -> dict:
    """A temporary layer is given up with its project; a file that was asked for is made."""
    project = QgsProject.instance()
    show_and_open(GIVEN["slow_url"])
    controller().use_raster_extent()
    until(lambda: controller().state.area_plan)
    controller().stream()
    until(lambda: controller().state.is_streaming)
    QTest.qWait(200)
    start = time.monotonic()
    project.clear()
    until(lambda: not controller().state.is_streaming)
    seconds = time.monotonic() - start
    layers = len(project.mapLayers())
    show_and_open(GIVEN["url"])
    controller().use_raster_extent()
    until(lambda: controller().state.area_plan)
    output = controller().form.footer.output
    output.set_kind("file")
    output.file.setFilePath(GIVEN["output"])
    controller().stream()
    project.clear()
    until(lambda: not controller().state.is_streaming)
    output.set_kind("temporary")
    return {"seconds": seconds, "layers": layers + len(project.mapLayers())}


def unload_while_streaming() -> dict:
    show_and_open(GIVEN["slow_url"])
    controller().use_raster_extent()
    until(lambda: controller().state.area_plan)
    controller().stream()
    QTest.qWait(200)
    qgis.utils.unloadPlugin(NAME)
    found = census()
    qgis.utils.loadPlugin(NAME)
    qgis.utils.startPlugin(NAME)
    return found


def remembers_its_place() -> dict:
    """On the side where it was put, and whether it was shown."""
    from qgis.PyQt.QtCore import Qt

    dock = plugin().dock.dock
    dock.show()
    left = Qt.DockWidgetArea.LeftDockWidgetArea
    window.addDockWidget(left, dock)
    QTest.qWait(100)
    reload()
    QTest.qWait(100)
    dock = plugin().dock.dock
    shown, place = dock.isVisible(), window.dockWidgetArea(dock) == left
    plugin().dock.action.trigger()
    QTest.qWait(50)
    reload()
    QTest.qWait(100)
    return {"shown": shown, "left": place, "hidden": not plugin().dock.dock.isVisible()}


run(story)
