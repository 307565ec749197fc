"""Tools of QGIS by mouse and keys: ways to a dialog, choices in it, and what comes out."""

from __future__ import annotations

import hashlib
from typing import Callable

import processing
from inside import LEFT, NO_KEY, Stalls, click, messages, picture, screen, until
from osgeo import gdal
from qgis.core import (
    QgsApplication,
    QgsLocatorModel,
    QgsLocatorResult,
    QgsMapLayer,
    QgsProject,
    QgsRasterLayer,
    QgsVectorLayer,
)
from qgis.gui import QgsProcessingAlgorithmDialogBase
from qgis.PyQt.QtCore import QModelIndex, QPoint, Qt, QTimer
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import (
    QAction,
    QApplication,
    QComboBox,
    QDialog,
    QLineEdit,
    QMenu,
    QPushButton,
    QTreeView,
    QWidget,
)
from qgis.utils import iface

project = QgsProject.instance()
window = iface.mainWindow()


def settle() -> None:
    """Wait until QGIS has nothing to do."""
    QTest.qWait(200)
    until(lambda: not QgsApplication.taskManager().countActiveTasks())
    until(lambda: not iface.mapCanvas().isDrawing())


# ---------------------------------------------------------------- ways to a dialog


def from_menu(menu: QMenu, *texts: str) -> Callable[[], None]:
    """Return a function that goes down a menu of the window with the mouse."""

    def go() -> None:
        bar, action = window.menuBar(), menu.menuAction()
        for text in texts:
            _choose_action(bar, action)
            bar = action.menu()
            until(bar.isVisible)
            (action,) = (a for a in bar.actions() if a.text().replace("&", "").endswith(text))
        screen(f"menu-{texts[-2]}")
        _choose_action(bar, action)

    return go


def _choose_action(menu: QWidget, action: QAction) -> None:
    place = menu.actionGeometry(action).center()
    QTest.mouseMove(menu, place)
    QTest.mouseClick(menu, LEFT, NO_KEY, place)


def from_locator(tool: str, text: str) -> Callable[[], None]:
    """Return a function that types into the search field of the window and chooses a tool."""

    def entry(view: QTreeView) -> QModelIndex | None:
        model = view.model()
        for index in (model.index(row, 0) for row in range(model.rowCount())):
            result = model.data(index, QgsLocatorModel.ResultDataRole)
            if isinstance(result, QgsLocatorResult) and result.userData == tool:
                return index
        return None

    def go() -> None:
        press_keys(Qt.Key.Key_K)
        line = until(lambda: _with_focus(QLineEdit))
        QTest.keyClicks(line, text)
        view = until(_search_results)
        place = view.visualRect(until(lambda: entry(view))).center()
        screen("locator")
        QTest.mouseClick(view.viewport(), LEFT, NO_KEY, place)
        QTest.mouseDClick(view.viewport(), LEFT, NO_KEY, place)

    return go


def press_keys(key: Qt.Key) -> None:
    """Press a key with Ctrl."""
    window.activateWindow()  # as a window manager does
    until(window.isActiveWindow)
    QTest.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)


def _with_focus(kind: type) -> QWidget | None:
    widget = QApplication.focusWidget()
    return widget if isinstance(widget, kind) else None


def _search_results() -> QTreeView | None:
    views = [view for view in QApplication.allWidgets() if isinstance(view, QTreeView)]
    (view,) = (v for v in views if v.metaObject().className() == "QgsLocatorResultsView")
    return view if view.isVisible() and view.model().rowCount() else None


# ---------------------------------------------------------------- in a dialog


def shown(kind: type) -> QWidget | None:
    """Return the window of a kind that is open."""
    windows = QApplication.topLevelWidgets()
    return next((w for w in windows if isinstance(w, kind) and w.isVisible()), None)


def in_dialog(kind: type, open_it: Callable[[], None], work: Callable[[QDialog], None]) -> bool:
    """Open a dialog that returns when it is closed; return whether it came."""
    errors: list[BaseException] = []
    came = []

    def look() -> None:
        dialog = shown(kind)
        if dialog is None:
            return
        timer.stop()
        came.append(dialog)
        try:
            QTest.qWait(200)
            work(dialog)
        except BaseException as error:  # would be lost in the event loop
            errors.append(error)
            screen("failed-dialog")
            dialog.reject()

    timer = QTimer()
    timer.timeout.connect(look)
    timer.start(50)
    open_it()
    timer.stop()
    if errors:
        raise errors[0]
    return bool(came)


def button(dialog: QDialog, text: str) -> QPushButton:
    buttons = [b for b in dialog.findChildren(QPushButton) if b.isVisible()]
    (found,) = (b for b in buttons if b.text().replace("&", "") == text)
    return found


def layer_lists(dialog: QDialog) -> list[QComboBox]:
    """Return the lists of layers, from top to bottom."""
    combos = [c for c in dialog.findChildren(QComboBox) if c.isVisible()]
    combos = [c for c in combos if c.metaObject().className() == "QgsMapLayerComboBox"]
    return sorted(combos, key=lambda combo: combo.mapToGlobal(QPoint()).y())


def choose(combo: QComboBox, name: str) -> str:
    """Choose a layer with the mouse from a list that offers it."""
    click(combo)
    view = combo.view()
    until(view.isVisible)
    # until then, the list takes a release of the button for the one that has opened it
    QTest.qWait(QApplication.doubleClickInterval() + 50)
    row = next(n for n in range(combo.count()) if combo.itemText(n).startswith(name))
    index = combo.model().index(row, combo.modelColumn())
    view.scrollTo(index)
    place = view.visualRect(index).center()
    QTest.mouseMove(view.viewport(), place)
    screen("layer-list")
    QTest.mouseClick(view.viewport(), LEFT, NO_KEY, place)
    until(lambda: not view.isVisible())
    return combo.currentText()


# ---------------------------------------------------------------- what a tool makes


def use(
    name: str,
    open_it: Callable[[], None],
    layer: str,
    fill: Callable[[QDialog], None] = lambda dialog: None,
) -> dict:
    """Open a tool, run it on a layer, close it, and remove what it made.

    ``content`` is a checksum of that, `content`.
    """
    before = set(project.mapLayers())
    stalls = Stalls()
    found: dict = {}

    def work(dialog: QDialog) -> None:
        found["tool"] = dialog.algorithm().id()
        found["chosen"] = choose(layer_lists(dialog)[0], layer)
        fill(dialog)
        screen(f"tool-{name}-1-filled")
        with stalls.watched():
            click(button(dialog, "Run"))
            until(lambda: set(project.mapLayers()) - before, 30)
            QTest.qWait(100)
        screen(f"tool-{name}-2-done")
        click(button(dialog, "Close"))

    assert in_dialog(QgsProcessingAlgorithmDialogBase, open_it, work), name
    settle()
    picture(f"tool-{name}-3-map")
    (key,) = set(project.mapLayers()) - before
    made = project.mapLayer(key)
    found.update(made=made.name(), content=content(made), said=messages(), stall=stalls.longest)
    project.removeMapLayer(key)
    return found


def content(layer: QgsMapLayer) -> list:
    """Return the number of pixels that are not 0, or of features, and a checksum of all."""
    if isinstance(layer, QgsVectorLayer):
        features = [[f.geometry().asWkt(), *f.attributes()] for f in layer.getFeatures()]
        return [len(features), hashlib.sha256(repr(features).encode()).hexdigest()]
    dataset = gdal.Open(layer.source())
    nodata = [dataset.GetRasterBand(n + 1).GetNoDataValue() for n in range(dataset.RasterCount)]
    pixels = dataset.ReadAsArray()
    checksum = hashlib.sha256(pixels.tobytes())
    checksum.update(repr([pixels.shape, dataset.GetGeoTransform(), nodata]).encode())
    return [int((pixels != 0).sum()), checksum.hexdigest()]


def content_of(tool: str, path: str, **parameters: object) -> list:
    """Return what a tool makes of a file, with its defaults for other parameters."""
    given = {"INPUT": path, "OUTPUT": "TEMPORARY_OUTPUT", **parameters}
    output = processing.run(tool, given)["OUTPUT"]
    vector = QgsVectorLayer(output, "x", "ogr")
    return content(vector if vector.isValid() else QgsRasterLayer(output, "x", "gdal"))
