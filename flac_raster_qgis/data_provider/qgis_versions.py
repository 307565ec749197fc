"""Names that moved or changed their type between QGIS 3.22 and QGIS 4."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    Qgis,
    QgsDataProvider,
    QgsRaster,
    QgsRasterBandStats,
    QgsRasterInterface,
    QgsRasterLayerTemporalProperties,
    QgsUnitTypes,
)

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
    MIN_MAX: Any = Qgis.RasterBandStatistics(_STATISTIC.Min | _STATISTIC.Max | _STATISTIC.Range)
else:
    ALL_STATISTICS = QgsRasterBandStats.Stats.All
    NO_STATISTICS = QgsRasterBandStats.Stats.None_
    _STATISTIC = QgsRasterBandStats.Stats
    MIN_MAX = int(_STATISTIC.Min) | int(_STATISTIC.Max) | int(_STATISTIC.Range)

if hasattr(Qgis, "DataProviderReadFlag"):
    _LOAD_DEFAULT_STYLE: Any = Qgis.DataProviderReadFlag.LoadDefaultStyle
else:
    _LOAD_DEFAULT_STYLE = QgsDataProvider.ReadFlag.FlagLoadDefaultStyle

if hasattr(Qgis, "LayerType"):
    RASTER_LAYER: Any = Qgis.LayerType.Raster
else:
    from qgis.core import QgsMapLayerType

    RASTER_LAYER = QgsMapLayerType.RasterLayer

if hasattr(Qgis, "TemporalUnit"):
    _TEMPORAL_UNITS: Any = Qgis.TemporalUnit
    _UNIT_PREFIX = ""
else:
    _TEMPORAL_UNITS = QgsUnitTypes.TemporalUnit
    _UNIT_PREFIX = "Temporal"

if hasattr(Qgis, "RasterTemporalMode"):
    TEMPORAL_BY_PROVIDER: Any = Qgis.RasterTemporalMode.TemporalRangeFromDataProvider
else:
    TEMPORAL_BY_PROVIDER = (
        QgsRasterLayerTemporalProperties.TemporalMode.ModeTemporalRangeFromDataProvider
    )

#: Color interpretations in the order of their numbers in GDAL and QGIS.
_COLOR_INTERPRETATIONS = (
    "undefined gray palette red green blue alpha hue saturation lightness "
    "cyan magenta yellow black Y Cb Cr"
).split()


def loads_default_style(flags: Any) -> bool:
    """Return whether the layer of a provider made with these flags gets its default style."""
    return flags is not None and bool(flags & _LOAD_DEFAULT_STYLE)


def temporal_unit(name: str) -> Any:
    """Return a unit of time, such as ``Months``."""
    return getattr(_TEMPORAL_UNITS, _UNIT_PREFIX + name)


def only_min_max(statistics: Any) -> bool:
    """Return whether only minimum, maximum and range are requested.

    One statistic and several have different types, which newer QGIS cannot combine.
    """
    requested, min_max = (int(getattr(flags, "value", flags)) for flags in (statistics, MIN_MAX))
    return requested | min_max == min_max


def color_interpretation(name: str) -> Any:
    """Return the color interpretation of QGIS; undefined for an unknown name."""
    is_known = name in _COLOR_INTERPRETATIONS
    number = _COLOR_INTERPRETATIONS.index(name) if is_known else 0
    if hasattr(Qgis, "RasterColorInterpretation"):
        return Qgis.RasterColorInterpretation(number)
    return number
