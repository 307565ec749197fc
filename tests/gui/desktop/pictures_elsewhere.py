"""Pictures of all but the dock for the documents; `packaging/screenshots.py` starts it."""

from __future__ import annotations

import sys

import processing
from inside import GIVEN, LEFT, PICTURES, picture, run, until
from qgis.core import QgsApplication, QgsProject, QgsRectangle, QgsSettings
from qgis.PyQt.QtCore import QTimer, QUrl
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import (
    QApplication,
    QDockWidget,
    QListWidget,
    QToolButton,
    QTreeView,
    QWidget,
)
from qgis.utils import iface

sys.path.insert(0, GIVEN["packaging"])
import draw_raster  # noqa: E402

window, canvas, project = iface.mainWindow(), iface.mapCanvas(), QgsProject.instance()


def story() -> dict:
    window.resize(1180, 780)
    live_layer()
    browser_panel()
    data_source_page()
    toolbox()
    tool("convert", INPUT="/data/dem.tif", OUTPUT="/data/dem.flac")
    extent = "60,104,4,36 [EPSG:4326]"
    tool("extract", INPUT=GIVEN["url"], EXTENT=extent, OUTPUT="/data/india.tif")
    compare_report()
    return {}


def settled() -> None:
    QTest.qWait(200)
    until(lambda: not QgsApplication.taskManager().countActiveTasks())
    until(lambda: not canvas.isDrawing())
    QTest.qWait(200)


def save(widget: QWidget, name: str) -> None:
    settled()
    widget.grab().save(str(PICTURES / f"{name}.png"))


def panel(name: str) -> QDockWidget:
    return window.findChild(QDockWidget, name)


def live_layer() -> None:
    """In colours and relief, with the statistics of its band from the coarsest level."""
    panel("Browser").hide()
    layer = iface.addRasterLayer(GIVEN["url"], "geoid", "flacraster")
    for above in draw_raster.style(layer)[:1]:
        above.setName("geoid, relief")
        project.addMapLayer(above)
    iface.messageBar().clearWidgets()
    canvas.setExtent(QgsRectangle(40, -20, 160, 60))
    layer.triggerRepaint()
    settled()
    picture("live-layer")


# ---------------------------------------------------------------- where rasters are looked for


def browser_panel() -> None:
    from flac_raster_qgis.gui.connections.settings import CONNECTIONS, Connection

    CONNECTIONS.save(Connection("Geoid EGM96", GIVEN["url"]))
    CONNECTIONS.save(Connection("Geoid EGM96, corrected", GIVEN["other_url"]))
    browser = panel("Browser")
    browser.show()
    browser.setFloating(True)
    browser.resize(360, 480)
    for button in browser.findChildren(QToolButton):
        action = button.defaultAction()
        if action and action.objectName() == "mActionPropertiesWidget" and not action.isChecked():
            button.click()
    tree = browser.findChild(QTreeView)
    model = tree.model()
    roots = [model.index(row, 0) for row in range(model.rowCount())]
    (root,) = [index for index in roots if index.data() == "FLAC Raster"]
    tree.expand(root)
    QTest.qWait(200)
    tree.scrollTo(root, QTreeView.ScrollHint.PositionAtTop)
    tree.setCurrentIndex(model.index(0, 0, root))
    save(browser, "browser-panel")
    browser.setFloating(False)
    browser.hide()


def data_source_page() -> None:
    done: list[bool] = []

    def work() -> None:
        pages = [w for w in QApplication.allWidgets() if w.objectName() == "FlacRasterSourcePage"]
        page = pages[0]
        page.window().resize(860, 420)
        for pages in page.window().findChildren(QListWidget):
            pages.scrollToItem(pages.currentItem(), QListWidget.ScrollHint.PositionAtCenter)
        page.chooser.set_uri(GIVEN["url"])
        QTest.mouseClick(page.test.button, LEFT)
        until(page.test.button.isEnabled)
        save(page.window(), "data-source-page")
        page.window().close()
        done.append(True)

    QTimer.singleShot(1000, work)
    actions = [a for a in iface.addLayerMenu().actions() if a.objectName() == "FlacRasterAddLayer"]
    actions[0].trigger()
    until(lambda: done)


# ---------------------------------------------------------------- the toolbox


def toolbox() -> None:
    dock = panel("ProcessingToolbox")
    dock.show()
    tree = dock.findChild(QTreeView)
    dock.searchBox.setText("flac")
    tree.expandAll()
    dock.setFloating(True)
    dock.resize(340, 330)
    save(dock, "toolbox")
    dock.setFloating(False)
    dock.hide()


def tool(name: str, **parameters: str) -> None:
    dialog = processing.createAlgorithmDialog(f"flacraster:{name}", parameters)
    dialog.show()
    dialog.resize(880, 640)
    save(dialog, f"tool-{name}")
    dialog.close()


def compare_report() -> None:
    from qgis.PyQt.QtWebKitWidgets import QWebView

    report = str(PICTURES / "report.html")
    inputs = {"INPUT_A": GIVEN["url"], "INPUT_B": GIVEN["other_url"]}
    processing.run("flacraster:compare", {**inputs, "OUTPUT_HTML": report})
    view = QWebView()
    view.load(QUrl.fromLocalFile(report))
    view.resize(900, 610)
    view.show()
    QTest.qWait(1000)
    save(view, "compare-report")
    view.close()


QgsSettings().setValue("qgis/dataSourceManagerNonModal", True)
run(story)
