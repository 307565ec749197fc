"""One layer of a remote raster in its own QGIS, drawn like the map canvas does.

    python -m benchmarks.layer.drawing PROVIDER URL VIEW

Opens the layer, draws a view of 1000 x 800 pixels, draws it again, and pans by half of it. Prints a
line of JSON after each step, and waits for a line on standard input, so that the caller can count
requests. A layer of the plugin is opened in a worker first, as the plugin's dock and browser do;
QGIS opens layers of GDAL in the main thread.
"""

from __future__ import annotations

import json
import sys
import threading
import time

from qgis.core import (
    QgsApplication,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsRasterLayer,
    QgsRectangle,
    QgsSettings,
)
from qgis.PyQt.QtCore import QCoreApplication, QSize
from qgis.PyQt.QtGui import QColor, QImage

WIDTH, HEIGHT = 1000, 800
OURS = "flacraster"
BACKGROUND = QColor(255, 0, 255)
#: Milliseconds between two updates of an incomplete canvas.
UPDATE = 250
#: Fraction of the pixels of the final image from which an update counts as a first image.
SHOWN = 0.9


class Stall:
    """Measures the longest pause of the event loop."""

    def __init__(self) -> None:
        self.worst, self._last = 0.0, time.perf_counter()

    def turn(self) -> None:
        """Process pending events."""
        QCoreApplication.processEvents()
        now = time.perf_counter()
        self.worst, self._last = max(self.worst, now - self._last), now
        time.sleep(0.001)

    def forget(self) -> None:
        """Reset the measurement."""
        self.worst, self._last = 0.0, time.perf_counter()


def opened(provider: str, url: str, stall: Stall) -> QgsRasterLayer:
    """Open a layer."""
    if provider != OURS:
        layer = QgsRasterLayer(f"/vsicurl/{url}", "layer", provider)
        stall.turn()
        return layer
    from flac_raster_qgis.data_provider.shared_rasters import open_shared_raster

    rasters: list[object] = []
    thread = threading.Thread(target=lambda: rasters.append(open_shared_raster(url)))
    thread.start()
    while thread.is_alive():
        stall.turn()
    layer = QgsRasterLayer(url, "layer", provider)
    stall.turn()
    return layer


def extent_of(layer: QgsRasterLayer, view: str, panned: float = 0.0) -> QgsRectangle:
    """Return the full extent, or the center of the raster at one raster pixel per map pixel."""
    whole = layer.extent()
    size = layer.rasterUnitsPerPixelX()
    if view == "whole":
        size *= max(layer.width() / WIDTH, layer.height() / HEIGHT)
    x, y = whole.center().x() + panned * WIDTH * size, whole.center().y()
    across, down = WIDTH * size / 2, HEIGHT * size / 2
    return QgsRectangle(x - across, y - down, x + across, y + down)


def draw(layer: QgsRasterLayer, extent: QgsRectangle, stall: Stall) -> dict[str, float]:
    """Draw a map; return the seconds to the first and to the final image."""
    settings = QgsMapSettings()
    settings.setLayers([layer])
    settings.setOutputSize(QSize(WIDTH, HEIGHT))
    settings.setDestinationCrs(layer.crs())
    settings.setExtent(extent)
    settings.setBackgroundColor(BACKGROUND)
    flags = getattr(QgsMapSettings, "Flag", QgsMapSettings)
    settings.setFlag(flags.RenderPartialOutput, True)
    job = QgsMapRendererParallelJob(settings)
    pictures: list[tuple[float, QImage]] = []
    started = looked = time.perf_counter()
    job.start()
    while job.isActive():
        stall.turn()
        now = time.perf_counter()
        if now - looked >= 0.02:
            pictures.append((now - started, job.renderedImage()))
            looked = now
    seconds = time.perf_counter() - started
    job.waitForFinished()
    wanted = SHOWN * share_drawn(job.renderedImage())
    first = next((at for at, image in pictures if share_drawn(image) >= wanted), seconds)
    return {"first": first, "final": seconds}


def share_drawn(image: QImage) -> float:
    """Return the fraction of sampled pixels that are not background."""
    points = [(x, y) for x in range(5, WIDTH, 20) for y in range(5, HEIGHT, 20)]
    return sum(image.pixelColor(x, y) != BACKGROUND for x, y in points) / len(points)


def say(**found: float) -> None:
    """Print a line, and wait for the reader."""
    sys.stdout.write(json.dumps(found) + "\n")
    sys.stdout.flush()
    sys.stdin.readline()


def main() -> None:
    """Draw."""
    provider, url, view = sys.argv[1:]
    application = QgsApplication([], True)
    application.initQgis()
    from flac_raster_qgis import data_provider as plugin_layer
    from flac_raster_qgis.core import cache_settings

    QgsSettings().setValue(cache_settings.ENABLED, False)  # GDAL has no disk cache
    plugin_layer.register(sys.executable)
    # modules that the first raster of a session loads
    import requests  # noqa: F401
    from flac_raster_qgis.engine.storage.remote import http_source  # noqa: F401

    QgsRasterLayer("/nothing.tif", "first", "gdal")
    stall = Stall()
    for _ in range(20):
        stall.turn()
    stall.forget()
    started = time.perf_counter()
    layer = opened(provider, url, stall)
    if not layer.isValid():
        raise SystemExit(layer.error().summary())
    say(open=time.perf_counter() - started, stall=stall.worst)
    for name, panned in (("view", 0.0), ("again", 0.0), ("pan", 0.5)):
        stall.forget()
        found = draw(layer, extent_of(layer, view, panned), stall)
        say(name=name, stall=stall.worst, **found)
    del layer
    application.exitQgis()


if __name__ == "__main__":
    main()
