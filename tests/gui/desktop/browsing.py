"""Drops on the map, the browser panel and the data source manager, in the real desktop.

Runs inside the desktop; `test_desktop_browsing.py` starts it and judges what it returns.
"""

from __future__ import annotations

import qgis.utils
from inside import GIVEN, LEFT, NO_KEY, PICTURES, Stalls, messages, picture, run, until
from qgis.core import QgsProject, QgsSettings
from qgis.gui import QgsGui
from qgis.PyQt.QtCore import QCoreApplication, QEvent, QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from qgis.PyQt.QtGui import QDragEnterEvent, QDropEvent
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QAction, QApplication, QDockWidget, QToolButton, QTreeView, QWidget
from qgis.utils import iface

from flac_raster_qgis.core.layer_uri import without_address

NAME = "flac_raster_qgis"
window = iface.mainWindow()
project = QgsProject.instance()


def story() -> dict:
    found = {name: dropped(*names) for name, names in GIVEN["drops"].items()}
    found["on the list of layers"] = dropped(
        GIVEN["url"], target=iface.layerTreeView().viewport(), keep=True
    )
    save_connections()
    found["branch"] = branch()
    found["double clicks"] = double_clicks()
    found["dragged out"] = dragged_out()
    found["page"] = on_the_page()
    found["reloads"] = [reload() for _ in range(4)]
    found["dropped at last"] = dropped(GIVEN["url"])
    return found


def layers() -> list[list]:
    found = project.mapLayers().values()
    return sorted(
        [x.name(), x.providerType(), x.isValid(), without_address(x.source())] for x in found
    )


def settled() -> None:
    """Wait until nothing is opened any more."""
    QTest.qWait(100)
    until(lambda: not qgis.core.QgsApplication.taskManager().countActiveTasks())
    QTest.qWait(50)


def put(data: QMimeData, target: QWidget) -> bool:
    copy, place = Qt.DropAction.CopyAction, QPoint(40, 40)
    enter = QDragEnterEvent(place, copy, data, LEFT, NO_KEY)
    QApplication.sendEvent(target, enter)
    if enter.isAccepted():
        QApplication.sendEvent(target, QDropEvent(QPointF(place), copy, data, LEFT, NO_KEY))
        QTest.qWait(300)  # QGIS opens what is dropped a moment later
    settled()
    return enter.isAccepted()


def dropped(*names: str, target: QWidget | None = None, keep: bool = False) -> dict:
    """What is in the project, and what is said, after a drop."""
    if not keep:
        project.clear()
    iface.messageBar().clearWidgets()
    data = QMimeData()
    data.setUrls([QUrl(n) if "://" in n else QUrl.fromLocalFile(n) for n in names])
    stalls = Stalls()
    with stalls.watched():
        accepted = put(data, target or iface.mapCanvas().viewport())
    return {"accepted": accepted, "layers": layers(), "said": messages(), "stall": stalls.longest}


# ---------------------------------------------------------------- the browser panel


def panel() -> QTreeView:
    dock = window.findChild(QDockWidget, "Browser")
    dock.show()
    dock.raise_()
    return dock.findChild(QTreeView)


def roots() -> list:
    model = panel().model()
    found = [model.index(row, 0) for row in range(model.rowCount())]
    return [index for index in found if index.data() == "FLAC Raster"]


def leaves() -> list:
    (root,) = roots()
    panel().expand(root)
    QTest.qWait(100)
    return [panel().model().index(row, 0, root) for row in range(panel().model().rowCount(root))]


def save_connections() -> None:
    from flac_raster_qgis.gui.connections.settings import CONNECTIONS, Connection

    for name, uri in GIVEN["connections"].items():
        CONNECTIONS.save(Connection(name, uri))


def branch() -> list[str]:
    tree = panel()
    for button in window.findChild(QDockWidget, "Browser").findChildren(QToolButton):
        action = button.defaultAction()
        if action and action.objectName() == "mActionPropertiesWidget" and not action.isChecked():
            button.click()  # shows properties below the tree
    names = [index.data() for index in leaves()]
    tree.scrollTo(roots()[0], QTreeView.ScrollHint.PositionAtTop)
    tree.setCurrentIndex(leaves()[0])
    settled()
    picture("browser-panel")
    return names


def double_clicks() -> list:
    found = []
    for row in range(len(leaves())):
        project.clear()
        panel().doubleClicked.emit(leaves()[row])
        settled()
        until(project.mapLayers)
        found.append(layers())
    picture("browser-layer")
    return found


def dragged_out() -> dict:
    project.clear()
    accepted = put(panel().model().mimeData(leaves()), iface.mapCanvas().viewport())
    until(lambda: len(project.mapLayers()) == len(leaves()))
    return {"accepted": accepted, "layers": layers()}


# ---------------------------------------------------------------- the data source manager


def pages() -> list[QWidget]:
    return [w for w in QApplication.allWidgets() if w.objectName() == "FlacRasterSourcePage"]


def on_the_page() -> dict:
    """Open the page from the menu and add a layer from it; QGIS may open it as a modal dialog."""
    project.clear()
    outcome: dict = {}

    def work() -> None:
        try:
            outcome.update(use_page())
        except BaseException as error:  # would be lost in the event loop
            outcome["error"] = repr(error)
        pages()[0].window().close()

    QTimer.singleShot(1000, work)
    actions = [a for a in iface.addLayerMenu().actions() if a.objectName() == "FlacRasterAddLayer"]
    actions[0].trigger()
    until(lambda: outcome)
    return outcome


def use_page() -> dict:
    (page,) = pages()
    found = {"shown": page.isVisible()}
    page.window().resize(900, 560)
    combo = page.chooser.combo
    combo.setFocus()
    QTest.keyClicks(combo, GIVEN["url"])
    QTest.mouseClick(page.test.button, LEFT)
    until(page.test.button.isEnabled)
    found["tested"] = page.test.result.text()
    page.window().grab().save(str(PICTURES / "data-source-page.png"))
    QTest.keyClick(page.window().focusWidget(), Qt.Key.Key_Return)  # right after the test
    until(project.mapLayers)
    settled()
    found["stays open"] = page.isVisible()
    found["layers"] = layers()
    return found


# ---------------------------------------------------------------- the life of the plugin


def reload() -> dict:
    """What there is while the plugin is not loaded, and after it is loaded again."""
    found = {}
    qgis.utils.unloadPlugin(NAME)
    found["without"] = census()
    qgis.utils.loadPlugin(NAME)
    qgis.utils.startPlugin(NAME)
    found["with"] = census()
    found["names"] = [index.data() for index in leaves()]
    return found


def census() -> list[int]:
    QTest.qWait(100)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QTest.qWait(50)
    registry = QgsGui.sourceSelectProviderRegistry()
    return [
        len(roots()),
        len(window.findChildren(QAction, "FlacRasterAddLayer")),
        len([p for p in registry.providers() if p.name() == "flacraster"]),
        len(pages()),
    ]


QgsSettings().setValue("qgis/dataSourceManagerNonModal", True)
run(story)
