"""Projects saved and opened in the real desktop, whose own windows listen to the same signals.

Runs inside the desktop; `test_desktop_projects.py` starts it and judges what it returns.
"""

from __future__ import annotations

from pathlib import Path

import qgis.utils
from inside import GIVEN, plugin, run, until
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsLayoutItemMap,
    QgsPrintLayout,
    QgsProject,
)
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QAction
from qgis.utils import iface

project = QgsProject.instance()
canvas = iface.mapCanvas()


def story() -> dict:
    plugin()
    found = {"drawings": [drawings(GIVEN["tiff"], "gdal"), drawings(GIVEN["flac"], "flacraster")]}
    layer = iface.activeLayer()
    layer.setCrs(QgsCoordinateReferenceSystem("EPSG:32634"))
    add_layout(layer)
    found["saved"] = [save() for _ in range(5)]
    found["opened"] = [open_again() for _ in range(3)]
    found["duplicate"] = duplicate()
    found["copy"] = copy()
    found["unloaded"] = unloaded()
    project.clear()
    return found


def settle() -> None:
    QTest.qWait(300)
    until(lambda: not canvas.isDrawing())


def drawings(path: str, provider: str) -> int:
    """Return how often the canvas is drawn because a layer is added."""
    settle()
    started = []
    canvas.renderStarting.connect(lambda: started.append(0))
    assert iface.addRasterLayer(path, provider, provider).isValid()
    settle()
    canvas.renderStarting.disconnect()
    return len(started)


def add_layout(layer) -> None:
    layout = QgsPrintLayout(project)
    layout.initializeDefaults()
    layout.setName("layout")
    item = QgsLayoutItemMap(layout)
    item.setKeepLayerSet(True)
    item.setLayers([layer])
    layout.addLayoutItem(item)
    project.layoutManager().addLayout(layout)


def is_clean() -> bool:
    """Whether neither the file nor the window knows of an address or of a change."""
    settle()
    text = Path(GIVEN["project"]).read_text(encoding="utf-8")
    return "vsicurl" not in text and not project.isDirty()


def facts(layer) -> list:
    return [layer.isValid(), layer.source().startswith("/vsicurl/"), layer.crs().authid()]


def save() -> list:
    project.setFileName(GIVEN["project"])
    project.setDirty(True)
    iface.actionSaveProject().trigger()
    return [is_clean(), *facts(only_flac())]


def only_flac():
    (layer,) = project.mapLayersByName("flacraster")
    return layer


def open_again() -> list:
    assert iface.addProject(GIVEN["project"])
    return [is_clean(), *facts(only_flac())]


def duplicate() -> list:
    iface.setActiveLayer(only_flac())
    iface.actionDuplicateLayer().trigger()
    (layer,) = [layer for layer in project.mapLayers().values() if "copy" in layer.name()]
    result = facts(layer)
    project.removeMapLayer(layer)
    return result


def copy() -> list:
    iface.setActiveLayer(only_flac())
    for name in ("mActionCopyLayer", "mActionPasteLayer"):
        iface.mainWindow().findChild(QAction, name).trigger()
    before = only_ids()
    settle()
    (first, second) = project.mapLayersByName("flacraster")
    result = facts(first) + facts(second)
    project.removeMapLayer(max((first, second), key=lambda layer: before.index(layer.id())))
    return result


def only_ids() -> list:
    return [node.layerId() for node in project.layerTreeRoot().findLayers()]


def unloaded() -> list:
    """Save while the plugin is not loaded, although its layers are."""
    qgis.utils.unloadPlugin("flac_raster_qgis")
    project.setDirty(True)
    iface.actionSaveProject().trigger()
    text = Path(GIVEN["project"]).read_text(encoding="utf-8")
    result = ["<datasource>./x.flac<" in text]
    assert qgis.utils.loadPlugin("flac_raster_qgis")
    assert qgis.utils.startPlugin("flac_raster_qgis")
    settle()
    return [*result, *facts(only_flac())]


run(story)
