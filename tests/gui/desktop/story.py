"""The whole story, as a user does it: open, draw, read, stream; live, cancelled, without server.

Runs inside the desktop; `test_desktop_story.py` starts it and judges what it returns.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

import numpy as np
from inside import (
    GIVEN,
    Stalls,
    click,
    controller,
    drag,
    messages,
    move,
    on_screen,
    picture,
    plugin,
    press,
    release,
    run,
    server,
    until,
    write,
)
from osgeo import gdal
from qgis.core import QgsProcessingUtils, QgsProject, QgsRectangle
from qgis.gui import QgsMapToolIdentify
from qgis.PyQt.QtCore import QPoint, Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QPushButton
from qgis.utils import iface

from flac_raster_qgis.core.layer_uri import without_address

LEFT, TOP, PIXEL = GIVEN["left"], GIVEN["top"], GIVEN["pixel"]
SOURCE = np.load(GIVEN["array"])
project = QgsProject.instance()
canvas = iface.mapCanvas()


def story() -> dict:
    found = {}
    open_dock()
    form = controller().form
    found["facts"] = open_url(GIVEN["url"])
    found["drawn"] = draw_box()
    found["streamed"] = stream()
    found["live"] = live_layer()
    found["clipped"] = clipped_live_layer()
    found["cancelled"] = cancel()
    found["outage"] = outage()
    found["given up"] = give_up_drawing()
    form.footer.output.set_kind("temporary")
    return found


def open_dock() -> None:
    action = plugin().dock.action
    button = iface.pluginToolBar().widgetForAction(action)
    (menu,) = [m for m in iface.rasterMenu().actions() if m.text() == "FLAC Raster"]
    assert action in menu.menu().actions()
    panels = iface.mainWindow().createPopupMenu()
    assert "FLAC Raster Panel" in [entry.text() for entry in panels.actions()]
    panels.deleteLater()
    assert plugin().dock.dock.controller is None, "the dock costs something before it is shown"
    picture("1-desktop")
    click(button)
    until(lambda: plugin().dock.dock.isVisible())
    picture("2-dock")


def open_url(url: str) -> dict:
    form = controller().form
    write(form.source.combo.lineEdit(), url)
    until(lambda: controller().state.raster is not None)
    until(lambda: not form.card.raster_page.preview.pixmap().isNull())
    picture("3-opened")
    rows = form.properties.rows()
    preview = form.card.raster_page.preview.pixmap()
    return {**rows, "preview": not preview.isNull(), "crs": project.crs().authid()}


def pixels(column: float, row: float) -> tuple[float, float]:
    return LEFT + column * PIXEL, TOP - row * PIXEL


def draw_box() -> dict:
    area, footer = controller().form.area, controller().form.footer
    former = canvas.mapTool()
    click(area.draw_button)
    until(lambda: canvas.mapTool() is controller().tool)
    start, end = on_screen(*pixels(300, 250)), on_screen(*pixels(900, 700))
    lines = []
    press(start)
    for step in range(1, 13):
        move(start + (end - start) * step / 12)
        QTest.qWait(20)
        lines.append(footer.plan_label.text())
    picture("4-drawing")
    release(end)
    until(lambda: canvas.mapTool() is former)
    plan = until(lambda: controller().state.area_plan)
    QTest.qWait(100)
    picture("5-drawn")
    return {
        "line": footer.plan_label.text(),
        "lines": len(set(lines)),
        "checked": area.draw_button.isChecked(),
        "tiles": len(plan.tiles),
        "bytes_to_read": plan.bytes_to_read,
        "requests": len(plan.requests),
        "extent": area.extent.outputExtent().toString(1),
    }


def stream() -> dict:
    footer = controller().form.footer
    plan = controller().state.area_plan
    server("marked")  # the test looks at its log from here on
    stalls = Stalls()
    with stalls.watched():
        click(footer.stream_button)
        until(lambda: project.mapLayers())
    (layer,) = project.mapLayers().values()
    picture("6-streamed")
    window = plan.window
    dataset = gdal.Open(layer.source())
    part = dataset.ReadAsArray()
    transform = dataset.GetGeoTransform()
    rows, columns = window.slices
    left, top = pixels(window.col_off, window.row_off)
    return {
        "identical": bool((part == SOURCE[0][rows, columns]).all()),
        "shape": list(part.shape),
        "placed": list(transform) == [left, PIXEL, 0, top, 0, -PIXEL],
        "provider": layer.providerType(),
        "name": layer.name(),
        "crs": layer.crs().authid(),
        "line after": footer.plan_label.text(),
        "message": messages(),
        "longest stall": stalls.longest,
        "ticks": stalls.count,
    }


def identify(layer, column: int, row: int) -> int:
    """Ask for a pixel as a click with the tool of QGIS does."""
    tool = QgsMapToolIdentify(canvas)
    at = on_screen(*pixels(column + 0.5, row + 0.5))
    results = tool.identify(at.x(), at.y(), [layer], QgsMapToolIdentify.IdentifyMode.ActiveLayer)
    (value,) = (float(v) for k, v in results[0].mAttributes.items() if k.startswith("Band"))
    return int(value)


def live_layer() -> dict:
    click(controller().form.footer.live_button)
    layer = until(
        lambda: next((m for m in project.mapLayers().values() if m.providerType() != "gdal"), None)
    )
    until(lambda: not canvas.isDrawing())
    picture("7-live")
    stalls = Stalls()
    with stalls.watched():
        # pan with the mouse, then zoom with its wheel, to one pixel of the source
        iface.actionPan().trigger()
        before = canvas.center()
        drag(QPoint(400, 400), QPoint(320, 360))
        moved = before.distance(canvas.center()) > 0
        until(lambda: not canvas.isDrawing())
        x, y = pixels(777.5, 555.5)
        canvas.setExtent(
            QgsRectangle(x - 60 * PIXEL, y - 60 * PIXEL, x + 60 * PIXEL, y + 60 * PIXEL)
        )
        canvas.refresh()
        QTest.qWait(50)
        until(lambda: not canvas.isDrawing())
    picture("8-zoomed")
    same = [
        identify(layer, c, r) == SOURCE[0, r, c] for c, r in ((777, 555), (770, 540), (790, 571))
    ]
    return {
        "identified": [bool(one) for one in same],
        "moved": moved,
        "name": layer.name(),
        "longest stall": stalls.longest,
    }


def clipped_live_layer() -> dict:
    before = set(project.mapLayers())
    footer = controller().form.footer
    footer.output.set_kind("live")
    until(lambda: controller().state.area_plan)
    click(footer.stream_button)
    (key,) = until(lambda: set(project.mapLayers()) - before)
    layer = project.mapLayer(key)
    window = controller().state.area_plan.window
    footer.output.set_kind("temporary")
    return {
        "provider": layer.providerType(),
        "source": without_address(layer.source()).rpartition("|")[2][:7],
        "size": [layer.width(), layer.height()] == [window.width, window.height],
    }


def temporary_files() -> list[str]:
    return sorted(os.listdir(QgsProcessingUtils.tempFolder()))


def cancel() -> dict:
    footer, before = controller().form.footer, set(project.mapLayers())
    open_url(GIVEN["slow_url"])
    controller().use_raster_extent()
    until(lambda: controller().state.area_plan)
    files = temporary_files()
    click(footer.stream_button)
    until(lambda: footer.progress.value() > 0 or "of" in footer.progress.text())
    QTest.qWait(400)
    picture("9-streaming")
    text = footer.progress.text()
    start = time.monotonic()
    click(footer.cancel_button)
    until(lambda: not controller().state.is_streaming)
    return {
        "seconds": time.monotonic() - start,
        "progress": text,
        "layers": set(project.mapLayers()) == before,
        "button back": footer.stream_button.isVisible() and not footer.progress.isVisible(),
        "files left": [name for name in temporary_files() if name not in files and _files(name)],
    }


def _files(name: str) -> bool:
    return any(Path(QgsProcessingUtils.tempFolder(), name).iterdir())


def outage() -> dict:
    footer, before = controller().form.footer, set(project.mapLayers())
    open_url(GIVEN["other_url"])
    controller().tool.drawn.emit(QgsRectangle(*pixels(900, 900), *pixels(1200, 1100)))
    until(lambda: controller().state.area_plan)
    iface.messageBar().clearWidgets()
    server("down")
    click(footer.stream_button)
    until(lambda: not controller().state.is_streaming, 30)
    text = messages()[0]
    details = [b for b in iface.messageBar().findChildren(QPushButton) if b.text() == "Details"]
    picture("10-no-server")
    kept = set(project.mapLayers()) == before
    server("up")
    iface.messageBar().clearWidgets()
    click(footer.stream_button)
    until(lambda: set(project.mapLayers()) != before, 30)
    return {"message": text, "details": len(details), "layers kept": kept}


def give_up_drawing() -> dict:
    """By Escape, and by choosing another tool."""
    area = controller().form.area
    iface.actionPan().trigger()
    former = canvas.mapTool()
    plan = controller().state.area_plan
    click(area.draw_button)
    press(QPoint(200, 200))
    move(QPoint(300, 300))
    QTest.qWait(50)
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    center = canvas.center()
    release(QPoint(300, 300))
    QTest.qWait(100)
    escaped = canvas.mapTool() is former and not area.draw_button.isChecked()
    moved = canvas.center().distance(center) / canvas.mapUnitsPerPixel()
    same = controller().state.area_plan.area.bbox == plan.area.bbox
    click(area.draw_button)
    iface.actionZoomIn().trigger()
    zooming = canvas.mapTool()
    stays = zooming is not controller().tool and not area.draw_button.isChecked()
    drag(QPoint(200, 200), QPoint(210, 210))
    return {
        "escaped": escaped,
        "map moved, pixels": round(moved),
        "same area": same,
        "another tool stays": stays,
    }


run(story)
