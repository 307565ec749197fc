"""What the tests of the layer share: rasters as FLAC and GeoTIFF, layers of them, the log."""

from __future__ import annotations

import gc
import sys
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from flac_raster_qgis.engine import Band
from flac_raster_qgis.engine.reading.tile_pipeline import TilePipeline
from osgeo import gdal, osr
from qgis.core import (
    Qgis,
    QgsApplication,
    QgsDataProvider,
    QgsFeature,
    QgsGeometry,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsProviderRegistry,
    QgsRaster,
    QgsRasterBandStats,
    QgsRasterLayer,
    QgsRectangle,
)
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor, QImage

from flac_raster_qgis import data_provider
from flac_raster_qgis.core.layer_uri import without_address
from flac_raster_qgis.core.message_log import TAG, forget_messages
from kits import rasters

gdal.UseExceptions()
osr.UseExceptions()
gdal.SetConfigOption("GDAL_PAM_ENABLED", "NO")  # no .aux.xml with statistics beside the rasters

MAGENTA = QColor(255, 0, 255)
if hasattr(Qgis, "RasterBandStatistic"):
    EXTREMES = Qgis.RasterBandStatistic.Min | Qgis.RasterBandStatistic.Max
    IDENTIFY_VALUE = Qgis.RasterIdentifyFormat.Value
else:
    EXTREMES = QgsRasterBandStats.Stats.Min | QgsRasterBandStats.Stats.Max
    IDENTIFY_VALUE = QgsRaster.IdentifyFormat.IdentifyFormatValue

#: Pixels of 10 m in UTM zone 33.
NORTH_UP = (10.0, 0.0, 500000.0, 0.0, -10.0, 5000000.0)

_NUMPY_TYPES = {
    Qgis.DataType.Byte: "u1",
    Qgis.DataType.UInt16: "u2",
    Qgis.DataType.Int16: "i2",
    Qgis.DataType.UInt32: "u4",
    Qgis.DataType.Int32: "i4",
    Qgis.DataType.Float32: "f4",
    Qgis.DataType.Float64: "f8",
    Qgis.DataType.CFloat32: "c8",
    Qgis.DataType.CFloat64: "c16",
}
if hasattr(Qgis.DataType, "Int8"):
    _NUMPY_TYPES[Qgis.DataType.Int8] = "i1"


def random_array(dtype: str, bands: int = 1, height: int = 150, width: int = 200) -> np.ndarray:
    """Values over the whole range of a dtype, the same on every run."""
    dtype = np.dtype(dtype)
    rng = np.random.default_rng(len(dtype.name))
    shape = (bands, height, width)
    if dtype.kind in "iu":
        info = np.iinfo(dtype)
        return rng.integers(info.min, info.max, shape, dtype, endpoint=True)
    values = rng.normal(0, 100, shape)
    if dtype.kind == "c":
        values = values + 1j * rng.normal(0, 100, shape)
    return values.astype(dtype)


#: Written by one thread, as there may be a second one that QGIS runs.
write_flac = partial(
    rasters.write_flac, tile_size=64, crs="EPSG:32633", transform=NORTH_UP, workers=1
)


_COLORS = {"red": 3, "green": 4, "blue": 5, "alpha": 6, "gray": 1, "palette": 2}


def write_geotiff(
    path: Path,
    array: np.ndarray,
    bands: tuple[Band, ...] | None = None,
    transform=NORTH_UP,
    crs: str = "EPSG:32633",
) -> Path:
    """Write the same raster with QGIS's own GDAL."""
    kind = {"u1": 1, "u2": 2, "i2": 3, "u4": 4, "i4": 5, "f4": 6, "f8": 7}[array.dtype.str[1:]]
    driver = gdal.GetDriverByName("GTiff")
    count, height, width = array.shape
    options = ["PHOTOMETRIC=RGB"] if bands and bands[0].color_interpretation == "red" else []
    dataset = driver.Create(str(path), width, height, count, kind, options)
    a, b, c, d, e, f = transform
    dataset.SetGeoTransform((c, a, b, f, d, e))
    srs = osr.SpatialReference()
    srs.SetFromUserInput(crs)
    dataset.SetProjection(srs.ExportToWkt())
    for number, plane in enumerate(array, start=1):
        band = dataset.GetRasterBand(number)
        described = bands[number - 1] if bands else Band()
        if described.color_interpretation in _COLORS:
            band.SetColorInterpretation(_COLORS[described.color_interpretation])
        if described.colormap:
            table = gdal.ColorTable()
            for value, color in described.colormap.items():
                table.SetColorEntry(value, color)
            band.SetColorTable(table)
        if described.nodata is not None:
            band.SetNoDataValue(described.nodata)
        band.WriteArray(plane)
    dataset.FlushCache()
    del dataset
    return path


def flac_layer(path: Path | str, name: str = "raster") -> QgsRasterLayer:
    return QgsRasterLayer(str(path), name, data_provider.PROVIDER_KEY)


def valid_flac_layer(path: Path | str) -> QgsRasterLayer:
    result = flac_layer(path)
    assert result.isValid(), result.error().message()
    return result


def open_provider(path: Path | str):
    """A provider alone, which Python owns."""
    options = QgsDataProvider.ProviderOptions()
    registry = QgsProviderRegistry.instance()
    return registry.createProvider(data_provider.PROVIDER_KEY, str(path), options)


def has_address(layer: QgsRasterLayer) -> bool:
    """Whether the source of a layer is the address of a virtual GeoTIFF."""
    source = layer.source()
    is_address = source.startswith("/vsicurl/http://127.0.0.1:")
    return layer.isValid() and is_address and without_address(source) != source


def pixels(path: Path | str) -> np.ndarray:
    """What GDAL reads."""
    return gdal.Open(str(path)).ReadAsArray()


def record_decoded(monkeypatch) -> list:
    """Return a list that receives the key of each tile that is decoded from now on."""
    decoded, run = [], TilePipeline.run

    def recording(self, keys, **options):
        for outcome in run(self, keys, **options):
            decoded.append(outcome.key)
            yield outcome

    monkeypatch.setattr(TilePipeline, "run", recording)
    return decoded


def open_raster_of(provider):
    """The raster that a provider has open, which those of the same source share."""
    return provider._opened


@contextmanager
def cloned(provider):
    """A clone as QGIS makes them, deleted as QGIS deletes them."""
    clone = provider.clone()
    yield clone
    sip.delete(clone)


def read_block(provider, band=1, extent=None, width=None, height=None, feedback=None):
    """Read a block, default the whole raster, as values and nodata of shape (height, width)."""
    extent = extent or provider.extent()
    width, height = width or provider.xSize(), height or provider.ySize()
    block = provider.block(band, extent, width, height, feedback)
    assert (block.width(), block.height()) == (width, height)
    return block_values(block), block_nodata(block)


def block_values(block) -> np.ndarray:
    dtype = _NUMPY_TYPES[block.dataType()]
    values = np.frombuffer(bytes(block.data()), dtype)
    return values.reshape(block.height(), block.width())


def block_nodata(block) -> np.ndarray:
    return np.array(
        [
            [block.isNoData(row, column) for column in range(block.width())]
            for row in range(block.height())
        ]
    )


def render(layers, extent: QgsRectangle, width: int, height: int, crs=None) -> QImage:
    """Draw a map on magenta, so that nothing drawn is something seen."""
    settings = QgsMapSettings()
    settings.setLayers(layers)
    settings.setOutputSize(QSize(width, height))
    settings.setDestinationCrs(crs or layers[0].crs())
    settings.setExtent(extent)
    settings.setBackgroundColor(MAGENTA)
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    assert not job.errors(), [error.message for error in job.errors()]
    return job.renderedImage()


def image_array(image: QImage) -> np.ndarray:
    """Shape (height, width, 4): blue, green, red, alpha."""
    image = image.convertToFormat(QImage.Format.Format_ARGB32)
    data = image.constBits().asstring(image.sizeInBytes())
    return np.frombuffer(data, np.uint8).reshape(image.height(), image.width(), 4)


def square(zones, extent: QgsRectangle) -> QgsFeature:
    """Add a rectangle to a vector layer in memory."""
    feature = QgsFeature()
    feature.setGeometry(QgsGeometry.fromRect(extent))
    assert zones.dataProvider().addFeatures([feature])[0]
    return feature


@pytest.fixture
def provider_registered(qgis_app):
    data_provider.register(sys.executable)
    forget_messages()
    yield
    gc.collect()


@pytest.fixture
def messages(qgis_app):
    """Messages of the plugin in QGIS's log, as they come."""
    found: list[str] = []

    def keep(text, tag, level):
        if tag == TAG:
            found.append(text)

    log = QgsApplication.messageLog()
    log.messageReceived[str, str, Qgis.MessageLevel].connect(keep)
    yield found
    log.messageReceived[str, str, Qgis.MessageLevel].disconnect(keep)
