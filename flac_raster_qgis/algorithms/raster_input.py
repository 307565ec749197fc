"""The parameter for an input raster, and what the engine opens for its value.

A plain raster parameter accepts only what GDAL can open. This one takes layers of the project, any
file and any URL, and leaves it to the engine to say what is wrong with them.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsMapLayer,
    QgsProcessingContext,
    QgsProcessingParameterRasterLayer,
    QgsProcessingUtils,
    QgsProperty,
    QgsProviderRegistry,
    QgsRasterLayer,
)

from ..core.translation import tr
from .wrapper_metadata import wrapper_metadata

if TYPE_CHECKING:
    from ..core.layer_uri import LayerUri

#: Key of the plugin's own raster data provider.
FLAC_PROVIDER = "flacraster"
_OPEN_OPTIONS = re.compile(r"\|(option|credential):.*$", re.DOTALL)


class UnusableLayer(Exception):
    """A layer that is not made of a raster file; ``str(error)`` is meant for users."""


class RasterInput(QgsProcessingParameterRasterLayer):
    """An input raster: a layer, a file or a URL.

    ``flac_only`` offers FLAC rasters only; ``start_empty`` does not begin with the active layer.
    """

    def __init__(
        self, name: str, description: str, *, flac_only: bool = False, start_empty: bool = False
    ):
        super().__init__(name, description)
        self.setHelp(
            tr("A layer, a file or a URL.")
            if flac_only
            else tr("A layer, a file or a URL; a FLAC raster or any raster that GDAL opens.")
        )
        self.flac_only, self.start_empty = flac_only, start_empty
        self.setMetadata(wrapper_metadata("raster_input_widget", "RasterInputWrapper"))

    def checkValueIsAcceptable(self, value: Any, context: Any = None) -> bool:
        """Accept every name: whether it can be opened shows when it is opened."""
        if isinstance(value, (QgsMapLayer, QgsProperty, os.PathLike)):
            return True
        return isinstance(value, str) and bool(value.strip())

    def createFileFilter(self) -> str:
        """Return the file types that dialogs offer."""
        flac = tr("FLAC rasters") + " (*.flac *.FLAC)"
        if self.flac_only:
            return flac + ";;" + tr("All files") + " (*)"
        everything, _, others = QgsProviderRegistry.instance().fileRasterFilters().partition(";;")
        return ";;".join((everything, flac, others))

    # The three ways in which QGIS writes a value down. Its own ones would open the raster with GDAL
    # to do so, and GDAL would download a remote one.

    def valueAsPythonString(self, value: Any, context: QgsProcessingContext) -> str:
        """Write the value as Python, for the history and the log."""
        if isinstance(value, QgsProperty):
            return super().valueAsPythonString(value, context)
        return QgsProcessingUtils.stringToPythonLiteral(_written(value, context))

    def valueAsJsonObject(self, value: Any, context: QgsProcessingContext) -> Any:
        """Write the value for JSON."""
        if isinstance(value, QgsProperty):
            return super().valueAsJsonObject(value, context)
        return _written(value, context)

    def valueAsString(self, value: Any, context: QgsProcessingContext) -> tuple[str, bool]:
        """Write the value for a command line."""
        if isinstance(value, QgsProperty):
            return super().valueAsString(value, context)
        return _written(value, context), True


def _written(value: Any, context: QgsProcessingContext) -> str:
    """Return a name that means the same raster in another project."""
    if isinstance(value, str) and context.project() is not None:
        value = context.project().mapLayer(value) or value
    if isinstance(value, QgsMapLayer):
        value = value.source()
    text = "" if value is None else os.fspath(value)
    if "://" in text:  # history and log are read by others, and pasted into reports of bugs
        # not at the top: it needs packages that may be missing
        from ..core.layer_uri import remove_secrets

        text = remove_secrets(text)
    return text


def layer_of(value: Any, context: QgsProcessingContext) -> QgsMapLayer | None:
    """Return the layer that the value of a `RasterInput` stands for, None for a file or URL.

    A string is looked for among the layers of the project, by id, name and source.
    """
    if isinstance(value, QgsMapLayer):
        return value
    return QgsProcessingUtils.mapLayerFromString(
        os.fspath(value).strip(), context, False, QgsProcessingUtils.LayerHint.Raster
    )


def source_of(value: Any, context: QgsProcessingContext) -> LayerUri:
    """Return what the engine opens for the value of a `RasterInput`.

    Raises UnusableLayer for a layer that is not made of a raster file.
    """
    layer = layer_of(value, context)
    if layer is not None:
        return _layer_source(layer)
    name = os.fspath(value).strip()
    known, key, uri = QgsProcessingUtils.decodeProviderKeyAndUri(name)
    return _parsed(uri, key) if known and key in ("gdal", FLAC_PROVIDER) else _parsed(name)


def _layer_source(layer: QgsMapLayer) -> LayerUri:
    key = layer.providerType() if isinstance(layer, QgsRasterLayer) else ""
    if key not in ("gdal", FLAC_PROVIDER):
        raise UnusableLayer(
            tr(
                "The layer “{name}” is not a raster file, so its pixels cannot be read as they "
                "are stored; export it first (right-click the layer, Export, Save As) and use "
                "the exported file."
            ).format(name=layer.name())
        )
    return _parsed(layer.source(), key)


def _parsed(uri: str, key: str = FLAC_PROVIDER) -> LayerUri:
    """Return what the URI of a data provider names."""
    # not at the top: it needs packages that may be missing
    from ..core.layer_uri import LayerUri

    return LayerUri.parse(_OPEN_OPTIONS.sub("", uri) if key == "gdal" else uri)
