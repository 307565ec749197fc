"""The preview of a raster: which level it shows, what that downloads, and how it looks."""

from __future__ import annotations

from qgis.core import (
    Qgis,
    QgsContrastEnhancement,
    QgsMultiBandColorRenderer,
    QgsRasterLayer,
    QgsRasterMinMaxOrigin,
    QgsRectangle,
)
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QSize, Qt, pyqtSignal
from qgis.PyQt.QtGui import QColor, QImage

from ...core.layer_styles import apply_style, style_path, uses_missing_bands
from ...core.layer_uri import PROVIDER_KEY, LayerUri
from ...core.translation import tr
from ...data_provider.open_raster import OpenRaster
from ...data_provider.source_styles import style_of
from ...engine.errors import FlacRasterError
from ...engine.model.grid import Level
from ..background_task import BackgroundTask
from .tasks import checked

#: Bytes that are downloaded without asking.
MAX_UNASKED = 500_000
#: Bytes that are downloaded for a level that is finer than the coarsest.
_MAX_FINER = 200_000
#: Pixels of a level that is finer than the coarsest.
_MAX_PIXELS = 1 << 20
_STRETCH = QgsContrastEnhancement.ContrastEnhancementAlgorithm.StretchToMinimumMaximum


def preview_level(opened: OpenRaster) -> tuple[Level, int]:
    """Return the level that a preview shows, and the bytes to download for it.

    An overview if there is one: a finer one than the coarsest if that costs little.
    """
    coarsest, *finer = reversed(opened.grid.levels[1:] or opened.grid.levels)
    chosen, size = coarsest, _download_size(opened, coarsest)
    for level in finer:
        if level.width * level.height > _MAX_PIXELS:
            break
        level_size = _download_size(opened, level)
        if level_size > _MAX_FINER:
            break
        chosen, size = level, level_size
    return chosen, size


def _download_size(opened: OpenRaster, level: Level) -> int:
    if not opened.is_remote:
        return 0
    return opened.raster.plan(level=level.number, bands=_bands(opened)).request_bytes


def _bands(opened: OpenRaster) -> tuple[int, ...]:
    return opened.band_numbers[:3]


class PreviewTask(BackgroundTask):
    """Draws the preview of an open raster."""

    #: Bytes received, bytes in total.
    reported = pyqtSignal(object, object)

    def __init__(self, uri: LayerUri, opened: OpenRaster, level: Level):
        super().__init__(tr("Preview of {name}").format(name=uri.title))
        self.uri, self.opened, self.level = uri, opened, level
        self.image = QImage()
        #: Extent of the image in the CRS of the raster.
        self.extent = QgsRectangle()

    def work(self) -> None:
        """Download the level, and draw it."""
        tiles = self.opened.raster.tiles_in(level=self.level.number, bands=_bands(self.opened))
        keys = tiles.keys_at(self.opened.raster.head.index.stored(tiles).numbers)
        keep = self.opened.cacheable_bands(keys) or _bands(self.opened)
        job = self.job.reporting_to(self.reported.emit)
        for _, tile in self.opened.tiles(keys, _bands(self.opened), keep, job):
            if isinstance(tile, FlacRasterError):
                raise tile
        layer = preview_layer(self.uri, self.opened, self.level)
        try:
            self.extent = QgsRectangle(layer.extent())
            # a little smaller than the level, so that no finer level is read
            size = QSize(self.level.width, self.level.height) * 0.9
            size = size.boundedTo(QSize(2048, 2048)).expandedTo(QSize(1, 1))
            self.image = layer.previewAsImage(size, QColor(Qt.GlobalColor.transparent))
        finally:
            # not by the garbage collector of another thread: Qt would then delete the layer when
            # this thread ends, and crash in PyQt
            sip.delete(layer)


def preview_layer(uri: LayerUri, opened: OpenRaster, level: Level) -> QgsRasterLayer:
    """Return a layer with the style that comes with it, else stretched to most values of a level.

    QGIS's own default would read a finer level for colors, and stretch a single band to its minimum
    and maximum: few high values make the rest look black.
    """
    options = QgsRasterLayer.LayerOptions(loadDefaultStyle=False)
    layer = checked(QgsRasterLayer(uri.text(), uri.title, PROVIDER_KEY, options))
    # where QGIS looks for it before the layer gets its address
    saved = uri.text() if uri.is_remote else style_path(uri.name)
    renderer = layer.renderer().clone()
    has_style = layer.loadNamedStyle(saved)[1] or apply_style(layer, style_of(opened.raster))
    if has_style and uses_missing_bands(layer):
        layer.setRenderer(renderer)
        has_style = False
    if not has_style and not _is_rgb_of_bytes(layer):
        limits = QgsRasterMinMaxOrigin.Limits.CumulativeCut
        pixels = level.width * level.height
        layer.setContrastEnhancement(_STRETCH, limits, layer.extent(), pixels)
    return layer


def _is_rgb_of_bytes(layer: QgsRasterLayer) -> bool:
    if not isinstance(layer.renderer(), QgsMultiBandColorRenderer):
        return False
    provider = layer.dataProvider()
    return all(provider.dataType(n) == Qgis.DataType.Byte for n in layer.renderer().usesBands())
