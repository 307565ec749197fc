"""What changed its place or type between QGIS 3.22 and QGIS 4, under one name each."""

from __future__ import annotations

from typing import Any

from qgis.core import Qgis, QgsRaster, QgsRasterBandStats, QgsRasterInterface

if hasattr(Qgis, "RasterInterfaceCapability"):
    _CAPABILITY = Qgis.RasterInterfaceCapability
    CAPABILITIES: Any = Qgis.RasterInterfaceCapabilities(
        _CAPABILITY.Size | _CAPABILITY.Identify | _CAPABILITY.IdentifyValue
    )
else:
    _CAPABILITY = QgsRasterInterface.Capability
    CAPABILITIES = (
        int(_CAPABILITY.Size) | int(_CAPABILITY.Identify) | int(_CAPABILITY.IdentifyValue)
    )

if hasattr(Qgis, "RasterIdentifyFormat"):
    IDENTIFY_VALUE: Any = Qgis.RasterIdentifyFormat.Value
else:
    IDENTIFY_VALUE = QgsRaster.IdentifyFormat.IdentifyFormatValue

if hasattr(Qgis, "RasterBandStatistic"):
    ALL_STATISTICS: Any = Qgis.RasterBandStatistics(Qgis.RasterBandStatistic.All)
    NO_STATISTICS: Any = Qgis.RasterBandStatistics()
    _STATISTIC = Qgis.RasterBandStatistic
    EXTREMES: Any = Qgis.RasterBandStatistics(_STATISTIC.Min | _STATISTIC.Max | _STATISTIC.Range)
else:
    ALL_STATISTICS = QgsRasterBandStats.Stats.All
    NO_STATISTICS = QgsRasterBandStats.Stats.None_
    _STATISTIC = QgsRasterBandStats.Stats
    EXTREMES = int(_STATISTIC.Min) | int(_STATISTIC.Max) | int(_STATISTIC.Range)

if hasattr(Qgis, "LayerType"):
    RASTER_LAYER: Any = Qgis.LayerType.Raster
else:
    from qgis.core import QgsMapLayerType

    RASTER_LAYER = QgsMapLayerType.RasterLayer

#: Names of colour interpretations, in the order of their numbers in GDAL, which QGIS took over.
_COLOR_INTERPRETATIONS = (
    "undefined",
    "gray",
    "palette",
    "red",
    "green",
    "blue",
    "alpha",
    "hue",
    "saturation",
    "lightness",
    "cyan",
    "magenta",
    "yellow",
    "black",
    "Y",
    "Cb",
    "Cr",
)


def only_extremes(statistics: Any) -> bool:
    """Whether no more than the smallest and largest value is asked for.

    One statistic is another type than several, and newer QGIS cannot put the two together.
    """
    asked, extremes = (int(getattr(flags, "value", flags)) for flags in (statistics, EXTREMES))
    return asked | extremes == extremes


def color_interpretation(name: str) -> Any:
    """Return QGIS's colour interpretation of a band; names it does not know are undefined."""
    known = name in _COLOR_INTERPRETATIONS
    number = _COLOR_INTERPRETATIONS.index(name) if known else 0
    if hasattr(Qgis, "RasterColorInterpretation"):
        return Qgis.RasterColorInterpretation(number)
    return number
