"""Tasks of the dock: opening a raster, downloading an area, making a live layer.

Layers are made in the thread of the task, because making one may read from a server or all pixels
of a file, and are then moved to the main thread.
"""

from __future__ import annotations

import time

from qgis.core import QgsApplication, QgsCoordinateReferenceSystem, QgsRasterLayer
from qgis.PyQt.QtCore import pyqtSignal

from ...core.crs import to_qgis
from ...core.layer_uri import PROVIDER_KEY, LayerUri
from ...core.translation import tr
from ...data_provider.shared_rasters import open_shared_raster
from ...data_provider.source_styles import style_of
from ...engine import extract
from ...engine.errors import InputError
from ...engine.operations import AreaPlan
from ..background_task import BackgroundTask
from ..connections.open_task import OpenTask
from .contrast import styled_geotiff

#: Seconds between two progress reports.
_REPORT_INTERVAL = 0.1


class OpenHeaderTask(OpenTask):
    """Opens a raster without reading any pixels."""

    def __init__(self, uri: LayerUri):
        super().__init__(uri)
        self.crs = QgsCoordinateReferenceSystem()

    def work(self) -> None:
        """Open the raster."""
        self.opened = open_shared_raster(self.uri, self.job, fresh=True, warm_up=False)
        self.crs = to_qgis(self.opened.metadata.crs, self.opened.raster.name)


class LayerTask(BackgroundTask):
    """Makes a live layer."""

    def __init__(self, uri: LayerUri, name: str):
        super().__init__(tr("Open layer {name}").format(name=name))
        self.uri, self.name = uri, name
        self.layer: QgsRasterLayer | None = None

    def work(self) -> None:
        """Make the layer."""
        self.layer = move_to_main_thread(live_layer(self.uri, self.name))


class StreamTask(BackgroundTask):
    """Downloads an area into a GeoTIFF, replacing an existing one, and makes a layer of it.

    One that ``is_temporary`` is for the layer alone.
    """

    makes_file = True
    #: Bytes received, bytes in total, fraction of the work that is done.
    reported = pyqtSignal(object, object, float)

    def __init__(self, plan: AreaPlan, path: str, name: str, is_temporary: bool):
        super().__init__(tr("Stream {name}").format(name=name))
        self.plan, self.path, self.name = plan, path, name
        self.is_temporary = is_temporary
        #: Whether the project that requested the layer is still open.
        self.wanted_as_layer = True
        self.layer: QgsRasterLayer | None = None
        self.warnings: tuple[str, ...] = ()
        self._bytes = (0, plan.bytes_to_read)
        self._fraction = 0.0
        self._last_report = 0.0

    def work(self) -> None:
        """Write the GeoTIFF and make the layer."""
        result = extract(
            self.plan,
            self.path,
            overwrite=True,
            fetched=self._fetched,
            job=self.job.reporting_to(self._written),
        )
        self.warnings = result.warnings
        # bands that are left out change the numbers of the others
        is_whole = len(self.plan.bands) == self.plan.source.metadata.count
        style = style_of(self.plan.source) if is_whole else ""
        self.layer = move_to_main_thread(checked(styled_geotiff(self.path, self.name, style)))

    def _fetched(self, done: int, total: int) -> None:
        self._bytes = (done, total)
        self._report()

    def _written(self, done: int, total: int) -> None:
        self._fraction = done / total
        self._report()

    def _report(self) -> None:
        now = time.monotonic()
        if now - self._last_report >= _REPORT_INTERVAL:
            self._last_report = now
            done, total = self._bytes
            # the tiles of one request are written at once, so progress by writing alone would stall
            fraction = (0.9 * done / total + 0.1 * self._fraction) if total else self._fraction
            self.setProgress(100 * fraction)
            self.reported.emit(done, total, fraction)


def live_layer(uri: LayerUri, name: str) -> QgsRasterLayer:
    """Return a layer that downloads only what the map shows, with its default style.

    Raises InputError if the raster cannot be opened.
    """
    return checked(QgsRasterLayer(uri.text(), name, PROVIDER_KEY))


def checked(layer: QgsRasterLayer) -> QgsRasterLayer:
    """Return a layer, or raise the reason why it is invalid."""
    if not layer.isValid():
        reason = layer.error().message(0)
        if reason:
            raise InputError("qgis.layer", reason=reason)
        raise InputError("qgis.cannot_open", layer.name())
    return layer


def move_to_main_thread(layer: QgsRasterLayer) -> QgsRasterLayer:
    """Move a layer to the main thread, as QgsProject requires."""
    layer.moveToThread(QgsApplication.instance().thread())
    return layer
