"""The layer of tiles: its fields, and how it looks on the map."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import (
    Qgis,
    QgsField,
    QgsFields,
    QgsFillSymbol,
    QgsMapLayer,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingLayerPostProcessorInterface,
    QgsSingleSymbolRenderer,
    QgsVectorLayer,
)

if Qgis.QGIS_VERSION_INT >= 33800:
    from qgis.PyQt.QtCore import QMetaType

    INTEGER: Any = QMetaType.Type.LongLong
    NUMBER: Any = QMetaType.Type.Double
    TEXT: Any = QMetaType.Type.QString
else:
    from qgis.PyQt.QtCore import QVariant

    INTEGER = QVariant.Type.LongLong  # noqa: QGS402
    NUMBER = QVariant.Type.Double  # noqa: QGS402
    TEXT = QVariant.Type.String  # noqa: QGS402

if TYPE_CHECKING:
    from ..engine.operations.query import QueriedTile

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


def footprint_fields() -> QgsFields:
    """Return the fields of the layer."""
    fields = QgsFields()
    for name, kind in _FIELDS:
        fields.append(QgsField(name, kind))
    return fields


def footprint_attributes(tile: QueriedTile) -> list[Any]:
    """Return the values of the fields; lists become texts, as those of the bands are."""
    known = tile.attributes()
    return [_as_field(known[name], kind) for name, kind in _FIELDS]


def _as_field(value: Any, kind: Any) -> Any:
    if isinstance(value, list):
        return ",".join("" if one is None else str(one) for one in value)
    return float(value) if kind == NUMBER and value is not None else value  # "inf" is one, too


class _Outlines(QgsProcessingLayerPostProcessorInterface):
    """Draws tiles so that the raster below can be seen."""

    def postProcessLayer(  # noqa: N802 (Qt style)
        self, layer: QgsMapLayer, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> None:
        """Give the layer its symbol."""
        if isinstance(layer, QgsVectorLayer):
            symbol = QgsFillSymbol.createSimple(
                {"color": "31,95,158,38", "outline_color": "31,95,158", "outline_width": "0.4"}
            )
            layer.setRenderer(QgsSingleSymbolRenderer(symbol))


#: One for all runs: QGIS does not keep it alive.
_OUTLINES = _Outlines()


def style_on_completion(target: str, context: QgsProcessingContext) -> None:
    """Have QGIS draw the layer as outlines, if it is to open it at all."""
    if context.willLoadLayerOnCompletion(target):
        context.layerToLoadOnCompletionDetails(target).setPostProcessor(_OUTLINES)
