"""The project of a remote layer, opened without its server and with it.

Runs inside the desktop; `test_desktop_tools.py` starts it and judges what it returns.
"""

from __future__ import annotations

from inside import GIVEN, Stalls, click, messages, picture, run, screen, server, until
from qgis.core import QgsProject, QgsSettings
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QDialog
from qgis.utils import iface
from tool_dialogs import button, content_of, from_menu, in_dialog, settle, use

project = QgsProject.instance()
canvas = iface.mapCanvas()


def story() -> dict:
    from flac_raster_qgis.data_provider import background_open

    iface.mainWindow().move(0, 0)
    found = {"with a cache": opened("cache")}
    forget()
    found["without"] = opened("without-cache")
    server("up")
    background_open.OPEN_TIMEOUT = background_open._SLOW_TIMEOUT = 0
    found["opened meanwhile"] = opened("meanwhile", is_online=True)
    background_open.OPEN_TIMEOUT = 10
    found["with its server"] = opened("online", is_online=True)
    open_it = from_menu(iface.rasterMenu(), "Analysis", "Hillshade…")
    used = use("reopened", open_it, "mountains")
    found["tool"] = {**used, "expected": content_of("gdal:hillshade", GIVEN["tiff"], BAND=1)}
    return found


def forget() -> None:
    """Lose what was downloaded."""
    from flac_raster_qgis.engine.storage.cache import SHARED

    from flac_raster_qgis.core import cache_settings
    from flac_raster_qgis.data_provider.open_raster import CACHE

    project.clear()
    QgsSettings().setValue(cache_settings.ENABLED, False)
    SHARED.clear()
    CACHE.clear()


def opened(name: str, *, is_online: bool = False) -> dict:
    """Open the project from the menu; return how its layer is, or becomes."""
    project.clear()
    iface.messageBar().clearWidgets()
    QTest.qWait(200)
    stalls = Stalls()
    asked: list[str] = []

    def keep(dialog: QDialog) -> None:
        asked.append(dialog.windowTitle())
        screen(f"project-{name}-asked")
        click(button(dialog, "Keep Unavailable Layers"))

    with stalls.watched():
        path = f"({GIVEN['project']})"
        in_dialog(QDialog, from_menu(iface.projectMenu(), "Open Recent", path), keep)
        until(project.mapLayers)
        settle()
    (layer,) = project.mapLayersByName("mountains")
    if is_online:
        until(layer.isValid)
        settle()
    picture(f"project-{name}")
    node = project.layerTreeRoot().findLayer(layer)
    return {
        "asked": asked,
        "valid": layer.isValid(),
        "drawn": colors_on_the_map() > 100,
        "signs": [sign.toolTip() for sign in iface.layerTreeView().indicators(node)],
        "said": messages(),
        "stall": stalls.longest,
    }


def colors_on_the_map() -> int:
    image = canvas.grab().toImage()
    rows, columns = range(0, image.height(), 7), range(0, image.width(), 7)
    return len({image.pixel(x, y) for y in rows for x in columns})


run(story)
