"""The layer of tiles: its fields, and how it looks on the map."""

from __future__ import annotations

from typing import Any

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
    TEXT: Any = QMetaType.Type.QString
else:
    from qgis.PyQt.QtCore import QVariant

    INTEGER = QVariant.Type.LongLong  # noqa: QGS402
    TEXT = QVariant.Type.String  # noqa: QGS402

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
)


def footprint_fields() -> QgsFields:
    """Return the fields of the layer."""
    fields = QgsFields()
    for name, kind in _FIELDS:
        fields.append(QgsField(name, kind))
    return fields


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
