"""The layer of tiles: its fields and its style."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsFeature,
    QgsFeatureSink,
    QgsField,
    QgsFields,
    QgsFillSymbol,
    QgsGeometry,
    QgsMapLayer,
    QgsPointXY,
    QgsProcessing,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingLayerPostProcessorInterface,
    QgsProcessingParameterFeatureSink,
    QgsSingleSymbolRenderer,
    QgsVectorLayer,
    QgsWkbTypes,
)

from ..core.error_text import error_text
from ..core.extents import drawn_y
from .field_types import INTEGER, NUMBER, TEXT

if TYPE_CHECKING:
    from ..engine import FlacRaster
    from .run import Run

#: Fields by the names of the attributes, for tiles and for damaged tiles.
_FIELDS = {
    "OUTPUT": {
        **dict.fromkeys(("tile", "level", "row", "column"), INTEGER),
        "bands": TEXT,
        **dict.fromkeys(("offset", "size", "width", "height"), INTEGER),
        **dict.fromkeys(("min", "max"), NUMBER),
        **dict.fromkeys(("band_min", "band_max"), TEXT),
    },
    "OUTPUT_DAMAGED": {
        **dict.fromkeys(("level", "row", "column", "band", "offset", "size"), INTEGER),
        "error": TEXT,
    },
}


def _as_field(value: Any, kind: Any) -> Any:
    """Return an attribute as a field holds it; lists become texts, as those of the bands are."""
    if isinstance(value, list):
        return ",".join("" if one is None else str(one) for one in value)
    if kind == NUMBER and value is not None:
        return float(value)  # "inf" is a number too
    return error_text(value) if isinstance(value, str) else value


def tile_layer(name: str, label: str, *, by_default: bool) -> QgsProcessingParameterFeatureSink:
    """Return the parameter for a layer of tiles, which the dialog makes by default or not."""
    kind = QgsProcessing.SourceType.TypeVectorPolygon
    return QgsProcessingParameterFeatureSink(name, label, kind, None, True, by_default)


def write_polygons(
    algorithm: QgsProcessingAlgorithm,
    run: Run,
    name: str,
    raster: FlacRaster,
    tiles: Iterable[tuple[Sequence[tuple[float, float]], dict[str, Any]]],
) -> dict[str, str]:
    """Write polygons from corners and attributes of tiles, if requested, and return the output.

    Its name is ``OUTPUT`` or ``OUTPUT_DAMAGED``.
    """
    from ..core.crs import to_qgis
    from ..engine.errors import Cancelled

    kinds, fields = _FIELDS[name], QgsFields()
    for field, kind in kinds.items():
        fields.append(QgsField(field, kind))
    crs = to_qgis(raster.metadata.crs, raster.name)
    sink, target = algorithm.parameterAsSink(
        run.parameters, name, run.context, fields, QgsWkbTypes.Type.Polygon, crs
    )
    if sink is None:
        if run.parameters.get(name) is None:
            return {}
        raise QgsProcessingException(algorithm.invalidSinkError(run.parameters, name))
    for corners, attributes in tiles:
        if run.feedback.isCanceled():
            raise Cancelled(algorithm.displayName())
        ring = [QgsPointXY(x, drawn_y(y, raster.metadata)) for x, y in corners]
        feature = QgsFeature(fields)
        feature.setGeometry(QgsGeometry.fromPolygonXY([[*ring, ring[0]]]))
        feature.setAttributes([_as_field(attributes[key], kind) for key, kind in kinds.items()])
        if not sink.addFeature(feature, QgsFeatureSink.Flag.FastInsert):
            raise QgsProcessingException(algorithm.writeFeatureError(sink, run.parameters, name))
    if run.context.willLoadLayerOnCompletion(target):
        details = run.context.layerToLoadOnCompletionDetails(target)
        details.setPostProcessor(_OUTLINES[name])
    return {name: target}


class _Outlines(QgsProcessingLayerPostProcessorInterface):
    """Style of tiles: outlines in a color ("red,green,blue"), so that the raster shows through."""

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


#: One of each kind for all runs, because QGIS does not keep them alive; red for damage.
_OUTLINES = {"OUTPUT": _Outlines("31,95,158"), "OUTPUT_DAMAGED": _Outlines("179,38,30")}
