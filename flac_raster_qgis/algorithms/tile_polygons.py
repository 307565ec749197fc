"""The layer of tiles: its fields, and how it looks on the map."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from qgis.core import (
    Qgis,
    QgsFeature,
    QgsFeatureSink,
    QgsField,
    QgsFields,
    QgsFillSymbol,
    QgsGeometry,
    QgsMapLayer,
    QgsPointXY,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingLayerPostProcessorInterface,
    QgsSingleSymbolRenderer,
    QgsVectorLayer,
    QgsWkbTypes,
)

from ..core.error_text import error_text
from ..core.extents import drawn_y

if Qgis.QGIS_VERSION_INT >= 33800:
    from qgis.PyQt.QtCore import QMetaType

    INTEGER: Any = QMetaType.Type.LongLong
    NUMBER: Any = QMetaType.Type.Double
    TEXT: Any = QMetaType.Type.QString
else:
    from qgis.PyQt.QtCore import QVariant

    INTEGER = QVariant.LongLong  # noqa: QGS402
    NUMBER = QVariant.Double  # noqa: QGS402
    TEXT = QVariant.String  # noqa: QGS402

if TYPE_CHECKING:
    from ..engine import FlacRaster
    from ..engine.operations import TileCheck
    from ..engine.operations.planned_tiles import PlannedTile

#: Attributes of a tile, by the names of the engine.
_FIELDS = (
    ("tile", INTEGER),
    ("level", INTEGER),
    ("row", INTEGER),
    ("column", INTEGER),
    ("bands", TEXT),
    ("offset", INTEGER),
    ("size", INTEGER),
    ("width", INTEGER),
    ("height", INTEGER),
    ("min", NUMBER),
    ("max", NUMBER),
    ("band_min", TEXT),
    ("band_max", TEXT),
)


#: Of a damaged tile.
_DAMAGE_FIELDS = (
    ("level", INTEGER),
    ("row", INTEGER),
    ("column", INTEGER),
    ("band", INTEGER),
    ("offset", INTEGER),
    ("size", INTEGER),
    ("error", TEXT),
)


def footprint_fields() -> QgsFields:
    """Return the fields of the layer."""
    fields = QgsFields()
    for name, kind in _FIELDS:
        fields.append(QgsField(name, kind))
    return fields


def footprint_attributes(tile: PlannedTile) -> list[Any]:
    """Return the values of the fields; lists become texts, as those of the bands are."""
    known = tile.attributes()
    return [_as_field(known[name], kind) for name, kind in _FIELDS]


def _as_field(value: Any, kind: Any) -> Any:
    if isinstance(value, list):
        return ",".join("" if one is None else str(one) for one in value)
    return float(value) if kind == NUMBER and value is not None else value  # "inf" is one, too


def damage_fields() -> QgsFields:
    """Return the fields of a layer of damaged tiles."""
    fields = QgsFields()
    for name, kind in _DAMAGE_FIELDS:
        fields.append(QgsField(name, kind))
    return fields


def damage_attributes(tile: TileCheck) -> list[Any]:
    """Return the values of `damage_fields`."""
    known = tile.to_dict()
    known["error"] = error_text(known["error"])
    return [known[name] for name, _ in _DAMAGE_FIELDS]


def write_polygons(
    algorithm: QgsProcessingAlgorithm,
    sink_of: tuple[dict[str, Any], str, QgsProcessingContext],
    feedback: QgsProcessingFeedback,
    raster: FlacRaster,
    fields: QgsFields,
    tiles: Iterable[tuple[Sequence[tuple[float, float]], list[Any]]],
    count: int,
) -> dict[str, str]:
    """Write polygons of tiles, if they are asked for, and return the output.

    Parameters
    ----------
    algorithm : QgsProcessingAlgorithm
    sink_of : tuple
        Parameters, name of the output and context.
    feedback : QgsProcessingFeedback
    raster : FlacRaster
    fields : QgsFields
    tiles : iterable
        Corners and attributes of each tile.
    count : int
        Number of tiles.
    """
    from ..core.crs import to_qgis
    from ..engine.errors import Cancelled

    parameters, name, context = sink_of
    crs = to_qgis(raster.metadata.crs, raster.name)
    sink, target = algorithm.parameterAsSink(
        parameters, name, context, fields, QgsWkbTypes.Type.Polygon, crs
    )
    if sink is None:
        if parameters.get(name) is None:
            return {}
        raise QgsProcessingException(algorithm.invalidSinkError(parameters, name))
    for done, (corners, attributes) in enumerate(tiles, start=1):
        if feedback.isCanceled():
            raise Cancelled(algorithm.displayName())
        ring = [QgsPointXY(x, drawn_y(y, raster.metadata)) for x, y in corners]
        feature = QgsFeature(fields)
        feature.setGeometry(QgsGeometry.fromPolygonXY([[*ring, ring[0]]]))
        feature.setAttributes(attributes)
        if not sink.addFeature(feature, QgsFeatureSink.Flag.FastInsert):
            raise QgsProcessingException(algorithm.writeFeatureError(sink, parameters, name))
        feedback.setProgress(100.0 * done / count)
    _style_on_completion(target, context, fields)
    return {name: target}


class _Outlines(QgsProcessingLayerPostProcessorInterface):
    """Draws tiles so that the raster below can be seen.

    Parameters
    ----------
    color : str
        Red, green and blue.
    """

    def __init__(self, color: str):
        super().__init__()
        self._color = color

    def postProcessLayer(
        self, layer: QgsMapLayer, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> None:
        """Give the layer its symbol."""
        if isinstance(layer, QgsVectorLayer):
            symbol = QgsFillSymbol.createSimple(
                {
                    "color": f"{self._color},38",
                    "outline_color": self._color,
                    "outline_width": "0.4",
                }
            )
            layer.setRenderer(QgsSingleSymbolRenderer(symbol))


#: One of each kind for all runs: QGIS does not keep them alive.
_TILES, _DAMAGED = _Outlines("31,95,158"), _Outlines("179,38,30")


def _style_on_completion(target: str, context: QgsProcessingContext, fields: QgsFields) -> None:
    """Have QGIS draw the layer as outlines, red ones for damage, if it is to open it at all."""
    if context.willLoadLayerOnCompletion(target):
        style = _DAMAGED if fields.indexOf("error") >= 0 else _TILES
        context.layerToLoadOnCompletionDetails(target).setPostProcessor(style)
