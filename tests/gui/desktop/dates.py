"""A remote raster of twelve months, played by the temporal controller in the real desktop.

Runs inside the desktop; `test_desktop_dates.py` starts it and judges what it returns.
"""

from __future__ import annotations

from inside import (
    GIVEN,
    LEFT,
    NO_KEY,
    click,
    controller,
    messages,
    on_screen,
    picture,
    plugin,
    run,
    screen,
    until,
    write,
)
from qgis.core import QgsApplication, QgsProject
from qgis.gui import QgsFileWidget
from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtGui import QColor
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import (
    QAbstractButton,
    QAction,
    QApplication,
    QCheckBox,
    QDialogButtonBox,
    QDockWidget,
    QTreeWidget,
)
from qgis.utils import iface

project = QgsProject.instance()
canvas = iface.mapCanvas()


def story() -> dict:
    found = {"added": from_the_dock()}
    found["page"] = temporal_page()
    found["range"] = full_range()
    found["frames"] = [frame(number) for number in range(12)]
    found["identified"] = identified()
    found["exported"] = exported()
    find("mNavigationOff").click()
    settle()
    found["without"] = strip()
    picture("dates-without-a-range")
    found["messages"] = messages()
    return found


def from_the_dock() -> dict:
    plugin().menu.dock_action.trigger()
    dock = controller()
    write(dock.form.source.combo.lineEdit(), GIVEN["url"])
    until(lambda: dock.state.raster is not None and dock.state._preview_task is None)
    QTest.qWait(300)
    picture("dates-dock")
    dock.form.area.dates.showPopup()
    screen("dates-dock-list")
    dock.form.area.dates.hidePopup()
    click(dock.form.footer.live_button)
    (layer,) = until(lambda: list(project.mapLayers().values()))
    canvas.setExtent(layer.extent())
    settle()
    picture("dates-added")
    iface.mainWindow().findChild(QDockWidget, plugin().dock.dock.objectName()).hide()
    return {"name": layer.name(), "bands": layer.bandCount(), "strip": strip()}


def find(name: str) -> QAbstractButton:
    """Return a button of the temporal controller."""
    docks = iface.mainWindow().findChildren(QDockWidget)
    panel = next(dock for dock in docks if "Temporal" in dock.windowTitle())
    return panel.findChild(QAbstractButton, name)


def settle() -> None:
    QTest.qWait(100)
    until(lambda: not canvas.isDrawing())
    QTest.qWait(100)


def temporal_page() -> list[str]:
    """Open the layer's properties at the temporal page, and take a picture of it."""
    seen = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        QTest.qWait(500)
        screen("dates-properties")
        seen.append(dialog.windowTitle())
        dialog.reject()

    (layer,) = project.mapLayers().values()
    QTimer.singleShot(1000, look)
    iface.showLayerProperties(layer, "mOptsPage_Temporal")
    return seen


def full_range() -> list[str]:
    iface.mainWindow().findChild(QAction, "mActionTemporalController").trigger()
    QTest.qWait(300)
    find("mNavigationAnimated").click()
    entries = find("mSetRangeButton").menu().actions()
    next(entry for entry in entries if entry.text() == "Set to Full Range").trigger()
    settle()
    picture("dates-controller")
    extents = canvas.temporalController().temporalExtents()
    return [when.toString("yyyy-MM-dd") for when in (extents.begin(), extents.end())]


def frame(number: int) -> int:
    """Play one frame, and return which mark of the strip is bright."""
    find("mRewindButton" if number == 0 else "mNextButton").click()
    settle()
    if number in (0, 6):
        picture(f"dates-frame-{number + 1:02d}")
    return strip()


def strip() -> int:
    """Return which of the marks on the map is bright; -1 if not one."""
    image = canvas.grab().toImage()
    marks = [QColor(image.pixel(on_screen(*place))).lightness() for place in GIVEN["marks"]]
    bright = [number for number, light in enumerate(marks) if light > 250]
    return bright[0] if len(bright) == 1 else -1


def exported() -> str:
    """Export the layer with the dialog of QGIS; return what the dialog is called."""
    seen = []

    def fill() -> None:
        dialog = QApplication.activeModalWidget()
        seen.append(dialog.windowTitle())
        dialog.findChild(QgsFileWidget, "mFilename").setFilePath(GIVEN["exported"])
        dialog.findChild(QCheckBox, "mAddToCanvas").setChecked(False)
        screen("dates-export")
        buttons = dialog.findChild(QDialogButtonBox, "mButtonBox")
        buttons.button(QDialogButtonBox.StandardButton.Ok).click()

    (layer,) = project.mapLayers().values()
    iface.setActiveLayer(layer)
    QTimer.singleShot(1000, fill)
    iface.mainWindow().findChild(QAction, "mActionLayerSaveAs").trigger()
    until(lambda: not QgsApplication.taskManager().countActiveTasks())
    QTest.qWait(300)
    iface.messageBar().clearWidgets()  # QGIS says that it was exported
    return seen[0]


def identified() -> list[str]:
    """Click on the map with the tool that identifies; return what its panel says."""
    for name in ("mRewindButton", *["mNextButton"] * 6):
        find(name).click()
    settle()
    iface.actionIdentify().trigger()
    at = on_screen(*GIVEN["place"])
    QTest.mouseClick(canvas.viewport(), LEFT, NO_KEY, at)
    QTest.qWait(500)
    picture("dates-identified")
    tree = until(lambda: iface.mainWindow().findChild(QTreeWidget, "lstResults"))
    texts, items = [], [tree.topLevelItem(n) for n in range(tree.topLevelItemCount())]
    while items:
        item = items.pop()
        texts.append(f"{item.text(0)}={item.text(1)}")
        items += [item.child(n) for n in range(item.childCount())]
    return texts


run(story)
