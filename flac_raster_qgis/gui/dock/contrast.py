"""Default style of a streamed GeoTIFF, computed without holding the GIL.

QGIS reads pixels to style a new raster layer and holds the GIL meanwhile: for a large area the
interface would freeze for seconds. Therefore the layer is made without a style, pixels are read
through GDAL, which releases the GIL, and the limits follow the user's settings.
"""

from __future__ import annotations

import os

import numpy as np
from osgeo import gdal
from qgis.core import (
    Qgis,
    QgsContrastEnhancement,
    QgsMultiBandColorRenderer,
    QgsRasterLayer,
    QgsRasterMinMaxOrigin,
    QgsSettings,
    QgsSingleBandGrayRenderer,
)

from ...core.layer_styles import apply_style

#: Pixels to sample, as many as QGIS samples.
_SAMPLE_SIZE = 250_000
_NONE = QgsContrastEnhancement.ContrastEnhancementAlgorithm.NoEnhancement
_LIMITS = QgsRasterMinMaxOrigin.Limits


def styled_geotiff(path: str, name: str, style: str = "") -> QgsRasterLayer:
    """Return a layer of a local GeoTIFF with the style that QGIS would choose; thread-safe.

    ``style`` is one that comes with the raster, and is taken instead if it can be used. The layer
    is invalid if the file cannot be opened.
    """
    options = QgsRasterLayer.LayerOptions(loadDefaultStyle=False)
    layer = QgsRasterLayer(path, name, "gdal", options)
    if not layer.isValid():
        return layer
    if os.path.exists(layer.styleURI()):  # a style saved for the file that was replaced
        layer.loadDefaultStyle()
        return layer
    if style and apply_style(layer, style):
        return layer
    renderer = layer.renderer()
    if isinstance(renderer, QgsSingleBandGrayRenderer):
        _set_contrast(layer, "singleBand", [renderer.grayBand()])
    elif isinstance(renderer, QgsMultiBandColorRenderer):
        byte = layer.dataProvider().dataType(renderer.redBand()) == Qgis.DataType.Byte
        kind = "multiBandSingleByte" if byte else "multiBandMultiByte"
        bands = [renderer.redBand(), renderer.greenBand(), renderer.blueBand()]
        _set_contrast(layer, kind, bands)
    return layer


def _set_contrast(layer: QgsRasterLayer, kind: str, bands: list[int]) -> None:
    """Set the contrast enhancement that the user's settings choose for a kind of raster."""
    settings, group = QgsSettings(), "Raster/defaultContrastEnhancement"
    usual = "NoEnhancement" if kind == "multiBandSingleByte" else "StretchToMinimumMaximum"
    algorithm = QgsContrastEnhancement.contrastEnhancementAlgorithmFromString(
        settings.value(f"{group}Algorithm/{kind}", usual)
    )
    if algorithm == _NONE:
        return
    usual = "CumulativeCut" if kind == "multiBandMultiByte" else "MinMax"
    limits = QgsRasterMinMaxOrigin.limitsFromString(settings.value(f"{group}Limits/{kind}", usual))
    origin = QgsRasterMinMaxOrigin()
    origin.setLimits(_LIMITS.MinMax if limits == getattr(_LIMITS, "None_", None) else limits)
    renderer = layer.renderer()
    contrasts = [_contrast(layer, band, algorithm, origin) for band in bands]
    if isinstance(renderer, QgsSingleBandGrayRenderer):
        renderer.setContrastEnhancement(contrasts[0])
    else:
        renderer.setRedContrastEnhancement(contrasts[0])
        renderer.setGreenContrastEnhancement(contrasts[1])
        renderer.setBlueContrastEnhancement(contrasts[2])
    renderer.setMinMaxOrigin(origin)


def _contrast(
    layer: QgsRasterLayer,
    band: int,
    algorithm: QgsContrastEnhancement.ContrastEnhancementAlgorithm,
    origin: QgsRasterMinMaxOrigin,
) -> QgsContrastEnhancement | None:
    if band < 1:
        return None
    contrast = QgsContrastEnhancement(layer.dataProvider().dataType(band))
    low, high = _min_max(sample(layer.source(), band), origin)
    contrast.setContrastEnhancementAlgorithm(algorithm, False)
    contrast.setMinimumValue(low, False)
    contrast.setMaximumValue(high)
    return contrast


def sample(path: str, band: int) -> np.ndarray:
    """Return a sample of the valid pixels of a file, with scale and offset applied."""
    dataset = gdal.Open(path)
    raster_band = dataset.GetRasterBand(band)
    step = max(1.0, np.sqrt(raster_band.XSize * raster_band.YSize / _SAMPLE_SIZE))
    size = max(1, int(raster_band.XSize / step)), max(1, int(raster_band.YSize / step))
    pixels = raster_band.ReadAsArray(buf_xsize=size[0], buf_ysize=size[1])
    valid = raster_band.GetMaskBand().ReadAsArray(buf_xsize=size[0], buf_ysize=size[1]) != 0
    values = pixels[valid]
    if values.dtype.kind == "c":
        values = values.real
    values = values[np.isfinite(values)].astype(float)
    return values * (raster_band.GetScale() or 1.0) + (raster_band.GetOffset() or 0.0)


def _min_max(values: np.ndarray, origin: QgsRasterMinMaxOrigin) -> tuple[float, float]:
    if not values.size:
        return 0.0, 0.0
    if origin.limits() == _LIMITS.CumulativeCut:
        shares = [100 * origin.cumulativeCutLower(), 100 * origin.cumulativeCutUpper()]
        low, high = np.percentile(values, shares)
    elif origin.limits() == _LIMITS.StdDev:
        spread = origin.stdDevFactor() * values.std()
        low, high = values.mean() - spread, values.mean() + spread
    else:
        low, high = values.min(), values.max()
    return float(low), float(high)
