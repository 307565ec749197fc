"""Menu and signs of layers, in the real desktop, while a server goes away and comes back.

Runs inside the desktop; `test_desktop_layers.py` starts it and judges what it returns.
"""

from __future__ import annotations

from pathlib import Path

from inside import GIVEN, LEFT, NO_KEY, messages, picture, plugin, run, screen, server, until
from qgis.core import QgsProject, QgsRasterLayer, QgsRectangle
from qgis.PyQt.QtCore import QModelIndex
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication, QFileDialog, QMenu, QPushButton
from qgis.utils import iface

project = QgsProject.instance()
tree = iface.layerTreeView()


def story() -> dict:
    project.addMapLayers(
        [
            QgsRasterLayer(GIVEN["url"], "remote", "flacraster"),
            QgsRasterLayer(GIVEN["path"], "local", "flacraster"),
            QgsRasterLayer(GIVEN["tif"], "geotiff", "gdal"),
        ]
    )
    QTest.qWait(500)
    found = {"menus": {name: menu_of(name) for name in ("remote", "local", "geotiff")}}
    found["signs"] = signs()
    found["copied"] = copied()
    found["saved"] = saved()
    found["dock"] = in_the_dock()
    found["outage"] = outage()
    return found


def layer(name: str) -> QgsRasterLayer:
    (found,) = project.mapLayersByName(name)
    return found


def menu(name: str) -> QMenu:
    """Right-click a layer; return the menu that QGIS makes of it."""
    iface.setActiveLayer(layer(name))
    QTest.qWait(50)
    return tree.menuProvider().createContextMenu()


def texts(of: QMenu) -> list[str]:
    return [action.text() for action in of.actions() if not action.isSeparator()]


def entry(of: QMenu, text: str):
    return next(action for action in of.actions() if action.text().replace("&", "") == text)


def menu_of(name: str) -> list[str]:
    opened = menu(name)
    ours = [a for a in opened.actions() if a.text() == "FLAC Raster"]
    if name == "remote":
        opened.popup(tree.mapToGlobal(tree.rect().center()))
        QTest.qWait(100)
        opened.setActiveAction(ours[0])
        ours[0].menu().popup(opened.mapToGlobal(opened.actionGeometry(ours[0]).topRight()))
        QTest.qWait(200)
        screen("layer-menu")
        ours[0].menu().close()
        opened.close()
    found = texts(ours[0].menu()) if ours else []
    return found + [text for text in texts(opened) if "to FLAC" in text]


def choose(name: str, text: str) -> None:
    entry(entry(menu(name), "FLAC Raster").menu(), text).trigger()


def signs() -> dict[str, list[str]]:
    found = {}
    for node in project.layerTreeRoot().findLayers():
        tips = [sign.toolTip() for sign in tree.indicators(node)]
        found[node.name()] = [tip for tip in tips if "Temporary" not in tip]  # of QGIS, in /tmp
    return found


def sign_of(name: str):
    (sign,) = tree.indicators(project.layerTreeRoot().findLayer(layer(name)))
    return sign


def copied() -> str:
    choose("remote", "Copy URL")
    return QApplication.clipboard().text()


def saved() -> dict:
    """Save a copy, and add it with the button in the message."""
    QFileDialog.getSaveFileName = staticmethod(lambda *_: (GIVEN["copy"], ""))
    choose("remote", "Save Offline Copy…")
    until(lambda: iface.messageBar().currentItem())
    said = messages()[0]
    (button,) = iface.messageBar().currentItem().findChildren(QPushButton)
    QTest.mouseClick(button, LEFT, NO_KEY)
    until(lambda: project.mapLayersByName(Path(GIVEN["copy"]).stem))
    iface.messageBar().clearWidgets()
    return {
        "said": said,
        "same": Path(GIVEN["copy"]).read_bytes() == Path(GIVEN["path"]).read_bytes(),
    }


def in_the_dock() -> str:
    choose("remote", "Show in Dock")
    dock = plugin().dock.dock
    until(lambda: dock.controller is not None and dock.controller.state.raster is not None)
    shown = dock.controller.form.source.uri() if dock.isVisible() else ""
    dock.close()
    return shown


def outage() -> dict:
    from flac_raster_qgis.engine.storage.cache import SHARED

    from flac_raster_qgis.data_provider.open_raster import CACHE

    canvas = iface.mapCanvas()
    layer("local").setOpacity(0)
    found = {}
    server("down")
    SHARED.clear()
    CACHE.clear()
    center = layer("remote").extent().center()
    canvas.setExtent(QgsRectangle(center, center).buffered(3000))
    canvas.refresh()
    until(lambda: "missing" in str(signs()["remote"]), 30)
    picture("server-down")
    found["down"] = signs()["remote"]
    found["said"] = messages()
    server("up")
    sign_of("remote").clicked.emit(QModelIndex())
    until(lambda: "missing" not in str(signs()["remote"]), 30)
    picture("server-up")
    found["up"] = signs()["remote"]
    # QGIS gives an error that it knows of back to a layer that is moved
    root = project.layerTreeRoot()
    node = root.findLayer(layer("remote"))
    group = root.addGroup("group")
    group.addChildNode(node.clone())
    root.removeChildNode(node)
    QTest.qWait(300)
    found["moved"] = signs()["remote"]
    return found


run(story)
