"""Tools of QGIS on a remote layer, by mouse and keys; its project is saved at last.

Runs inside the desktop; `test_desktop_tools.py` starts it and judges what it returns.
"""

from __future__ import annotations

from pathlib import Path

from inside import GIVEN, click, picture, run, until
from qgis.core import QgsProject
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QAbstractSpinBox, QDialog, QLineEdit
from qgis.utils import iface
from tool_dialogs import (
    choose,
    content_of,
    from_locator,
    from_menu,
    layer_lists,
    press_keys,
    settle,
    use,
)

project = QgsProject.instance()
raster_menu = iface.rasterMenu()


def story() -> dict:
    iface.mainWindow().move(0, 0)
    iface.addRasterLayer(GIVEN["url"], "mountains", "flacraster")
    iface.addRasterLayer(GIVEN["other"], "another", "gdal")
    iface.addVectorLayer(GIVEN["mask"], "mask", "ogr")
    settle()
    picture("tools-layers")
    found = {}
    for tool, (open_it, fill, parameters) in TOOLS.items():
        used = use(tool.replace(":", "-"), open_it, "mountains", fill)
        found[tool] = {**used, "expected": content_of(tool, GIVEN["tiff"], **parameters)}
    save()
    return found


def mask(dialog: QDialog) -> None:
    choose(layer_lists(dialog)[1], "mask")


def interval(dialog: QDialog) -> None:
    boxes = [b for b in dialog.findChildren(QAbstractSpinBox) if b.isVisible()]
    line = next(b for b in boxes if b.text() == "10.000000").findChild(QLineEdit)
    click(line)
    line.selectAll()
    QTest.keyClicks(line, "200")
    QTest.keyClick(line, Qt.Key.Key_Tab)


def save() -> None:
    project.removeMapLayer(project.mapLayersByName("another")[0])
    project.setFileName(GIVEN["project"])
    project.setDirty(True)
    press_keys(Qt.Key.Key_S)
    until(Path(GIVEN["project"]).exists)
    until(lambda: not project.isDirty())


#: By the tool: the way to its dialog, what is filled in, and the same as parameters.
TOOLS = {
    "gdal:hillshade": (
        from_menu(raster_menu, "Analysis", "Hillshade…"),
        lambda _: None,
        {"BAND": 1},
    ),
    "native:slope": (from_locator("native:slope", "slope"), lambda _: None, {"Z_FACTOR": 1}),
    "gdal:cliprasterbymasklayer": (
        from_menu(raster_menu, "Extraction", "Clip Raster by Mask Layer…"),
        mask,
        {"MASK": GIVEN["mask"]},
    ),
    "gdal:contour": (
        from_menu(raster_menu, "Extraction", "Contour…"),
        interval,
        {"BAND": 1, "INTERVAL": 200},
    ),
}

run(story)
