"""The preview: what it downloads, when it is asked for, and what the map shows of it."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from flac_raster_qgis.engine import Band
from kits.landscape import PLACE, mountains, write_flac
from kits.qgis.dock import open_in, until
from qgis.core import (
    QgsColorRampShader,
    QgsCoordinateReferenceSystem,
    QgsProject,
    QgsRasterShader,
    QgsRectangle,
    QgsSingleBandPseudoColorRenderer,
)
from qgis.PyQt.QtCore import QRectF
from qgis.PyQt.QtGui import QColor

from flac_raster_qgis.gui.dock.preview import MAX_UNASKED

LEFT, TOP = PLACE[2], PLACE[5]


@pytest.fixture(scope="module")
def noise():
    """Pixels that take 1.8 MB as one tile."""
    return np.random.default_rng(1).integers(0, 60_000, (1, 1000, 900)).astype(np.uint16)


def previewed(dock):
    page = dock.form.card.raster_page
    until(lambda: not page.preview.pixmap().isNull())
    return page


def test_what_it_downloads_is_said_first_and_it_waits_to_be_asked(dock, server, noise):
    write_flac(server.folder / "one.flac", noise, tile_size=1024)
    open_in(dock, server.url("slow/one.flac"))
    page, shown = dock.form.card.raster_page, []
    assert page.preview_button.isVisible() and page.preview_button.text() == "Preview, 1.8 MB"
    assert page.preview.pixmap().isNull() and dock.form.footer.live_button.isEnabled()
    assert sum(int(size) for _, _, _, size in server.requests(1)) < 100_000
    page.preview_button.click()
    until(lambda: shown.append(page.progress.text()) or page.progress.value() > 300_000)
    assert dock.form.footer.live_button.isEnabled()
    assert any(text.endswith(" of 1.8 MB") and not text.startswith("0 ") for text in shown)
    dock.state.close_raster()  # and the download ends


def test_a_small_one_is_drawn_unasked_from_one_level(dock, server):
    write_flac(server.folder / "x.flac", mountains(2000, 1500), tile_size=128)
    open_in(dock, server.url("x.flac"))
    page = previewed(dock)
    assert not page.preview_button.isVisible() and not page.progress.isVisible()
    assert 0 < dock.state.preview_size <= MAX_UNASKED
    fetched = sum(int(size) for _, _, _, size in server.requests(2))
    assert fetched <= dock.state.preview_size + (64 << 10)
    assert dock.items.preview.image.width() > 200


def test_the_map_shows_it_below_the_outlines(dock, iface, tmp_path):
    path = write_flac(tmp_path / "x.flac", mountains(300, 400), tile_size=64)
    open_in(dock, path)
    previewed(dock)
    item = dock.items.preview
    assert item.isVisible() and item.zValue() < dock.items.grid._band.zValue()
    assert item.extent == QgsRectangle(LEFT, TOP - 3000, LEFT + 4000, TOP)
    dock.zoom()
    box = item.boundingRect()
    assert QRectF(iface.canvas.viewport().rect()).contains(box.adjusted(1, 1, -1, -1))
    assert box.width() / box.height() == pytest.approx(4 / 3, rel=0.01)
    dock.form.card.raster_page.tiles_button.click()
    assert not item.isVisible()


def test_layers_are_not_hidden_by_it_unless_a_box_is_drawn(dock, iface, tmp_path):
    path = write_flac(tmp_path / "x.flac", mountains(300, 400), tile_size=64)
    other = write_flac(tmp_path / "y.flac", mountains(300, 400), tile_size=64)
    layer = iface_layer(other)
    open_in(dock, path)
    previewed(dock)
    item, button = dock.items.preview, dock.form.area.draw_button
    iface.canvas.setLayers([layer])
    assert not item.isVisible()
    button.click()
    assert item.isVisible()
    button.click()
    assert not item.isVisible()
    iface.canvas.setLayers([iface_layer(path)])  # the same pixels, and more of them
    button.click()
    assert not item.isVisible()
    button.click()


def iface_layer(path):
    from qgis.core import QgsRasterLayer

    layer = QgsRasterLayer(str(path), "layer", "flacraster")
    QgsProject.instance().addMapLayer(layer)
    return layer


@pytest.mark.parametrize("crs", ["EPSG:3857", "EPSG:4326", "EPSG:3031"])
def test_in_a_map_of_another_crs(dock, iface, tmp_path, crs):
    path = write_flac(tmp_path / "x.flac", mountains(300, 400), tile_size=64)
    open_in(dock, path)
    previewed(dock)
    iface.canvas.setDestinationCrs(QgsCoordinateReferenceSystem(crs))
    found, expected = dock.items.preview.extent, dock.items.footprint.geometry.boundingBox()
    for name in ("xMinimum", "xMaximum", "yMinimum", "yMaximum"):
        assert getattr(found, name)() == pytest.approx(
            getattr(expected, name)(), abs=0.01 * expected.width()
        )
    image = dock.items.preview.image
    center = image.pixelColor(image.width() // 2, image.height() // 2)
    assert center.alpha() == 255


def test_few_high_values_do_not_make_it_black(dock, tmp_path):
    pixels = mountains(600, 600)
    pixels[:, :20, :20] = 60_000
    open_in(dock, write_flac(tmp_path / "x.flac", pixels, tile_size=128))
    previewed(dock)
    image = dock.items.preview.image
    steps = range(40, image.width() - 40, 20)
    values = [QColor(image.pixel(x, y)).lightness() for x in steps for y in steps]
    assert np.percentile(values, 90) - np.percentile(values, 10) > 100


@pytest.mark.parametrize(
    "kind", ["complex", "bytes", "pixel", "rotated", "no CRS", "empty", "south up", "two bands"]
)
def test_of_rasters_of_all_kinds(dock, tmp_path, kind):
    pixels, described = mountains(200, 300), {}
    if kind == "complex":
        pixels = pixels.astype(np.complex64)
    elif kind == "bytes":
        pixels = np.concatenate([pixels >> 4] * 3).astype(np.uint8)
    elif kind == "pixel":
        pixels = pixels[:, :1, :1]
    elif kind == "rotated":
        described["transform"] = (8.0, 6.0, 400000.0, 6.0, -8.0, 5100000.0)
    elif kind == "no CRS":
        described = {"crs": None, "transform": (1.0, 0.0, 0.0, 0.0, 1.0, 0.0)}
    elif kind == "empty":
        pixels, described = np.zeros_like(pixels), {"bands": (Band(nodata=0),)}
    elif kind == "south up":
        described["transform"] = (10.0, 0.0, 380000.0, 0.0, 10.0, 5140000.0)
    else:
        pixels = np.concatenate([pixels] * 2)
    open_in(dock, write_flac(tmp_path / "x.flac", pixels, tile_size=64, **described))
    previewed(dock)
    found, expected = dock.items.preview.extent, dock.items.footprint.geometry.boundingBox()
    assert found.width() == pytest.approx(expected.width(), rel=0.02)
    assert found.center().distance(expected.center()) < 0.02 * expected.width()


def test_a_style_beside_the_file_counts(dock, tmp_path):
    path = write_flac(tmp_path / "x.flac", mountains(300, 400), tile_size=64)
    layer = iface_layer(path)
    ramp = QgsColorRampShader(0, 5000, None, QgsColorRampShader.Type.Discrete)
    ramp.setColorRampItemList([QgsColorRampShader.ColorRampItem(5000, QColor("red"), "red")])
    shader = QgsRasterShader()
    shader.setRasterShaderFunction(ramp)
    layer.setRenderer(QgsSingleBandPseudoColorRenderer(layer.dataProvider(), 1, shader))
    assert layer.saveNamedStyle(str(tmp_path / "x.qml"))[1]
    QgsProject.instance().clear()
    open_in(dock, path)
    previewed(dock)
    image = dock.items.preview.image
    assert {image.pixelColor(x, 50).name() for x in range(50, 150, 10)} == {"#ff0000"}


def test_a_damaged_one_is_offered_again(dock, tmp_path):
    path = write_flac(tmp_path / "x.flac", mountains(300, 400), tile_size=512)
    content = bytearray(path.read_bytes())
    content[-2000:-1000] = bytes(1000)
    path.write_bytes(content)
    open_in(dock, path)
    page = dock.form.card.raster_page
    until(lambda: page.preview_button.isVisible())
    assert page.preview.pixmap().isNull() and dock.form.footer.live_button.isEnabled()


#: Threads of Qt's pool wait for the interpreter lock, as those that draw layers may.
BUSY_THREADS = """
import os, sys, time
from qgis.PyQt.QtCore import QRunnable, QThreadPool
from qgis.PyQt.QtGui import QImage
from qgis.core import QgsApplication
app = QgsApplication([], True)
from flac_raster_qgis.gui.dock.raster_card import RasterCard
card, image = RasterCard(None), QImage(1000, 1000, QImage.Format.Format_RGB32)
class Waiting(QRunnable):
    def run(self):
        while True:
            time.sleep(0.01)
pool = QThreadPool.globalInstance()
waiting = [Waiting() for _ in range(pool.maxThreadCount())]
for one in waiting:
    one.setAutoDelete(False)
    pool.start(one)
time.sleep(0.1)
card.raster_page.show_preview(image)
assert not card.raster_page.preview.pixmap().isNull()
print("shown")
sys.stdout.flush()
os._exit(0)
"""


def test_it_does_not_wait_for_threads_that_draw():
    command = [sys.executable, "-c", BUSY_THREADS]
    found = subprocess.run(command, capture_output=True, text=True, timeout=30)
    assert found.stdout == "shown\n", found.stderr
