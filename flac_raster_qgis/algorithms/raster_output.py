"""The parameter for an output raster, and how its result gets into the project."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputLayerDefinition,
    QgsProcessingParameterRasterDestination,
    QgsProcessingUtils,
    QgsProperty,
    QgsProviderRegistry,
    QgsRasterLayer,
)

from ..core.layer_styles import style_path
from ..core.translation import tr
from .raster_input import FLAC_PROVIDER

#: Suffixes that the engine writes, the default first.
GEOTIFF_EXTENSIONS = ("tif", "tiff")
EXTENSIONS = ("flac", *GEOTIFF_EXTENSIONS)


class RasterOutput(QgsProcessingParameterRasterDestination):
    """An output raster, FLAC or GeoTIFF by its suffix.

    From QGIS 4.0 on, the provider can no longer say that its default is not one of GDAL's formats,
    so this parameter says it itself.
    """

    EXTENSIONS = EXTENSIONS

    def clone(self) -> RasterOutput:
        """Copy, for models that use this output as theirs."""
        return type(self)(self)

    def defaultFileExtension(self) -> str:
        """Return the suffix of a name without one."""
        return self.EXTENSIONS[0]

    def supportedOutputRasterLayerExtensions(self) -> list[str]:
        """Return the suffixes that can be written."""
        return list(self.EXTENSIONS)

    def createFileFilter(self) -> str:
        """Return the file types that dialogs offer."""
        types = {
            "flac": f"{tr('FLAC rasters')} (*.flac)",
            "tif": f"{tr('GeoTIFF')} (*.tif *.tiff)",
            "nc": f"{tr('NetCDF')} (*.nc)",
        }
        return ";;".join(text for suffix, text in types.items() if suffix in self.EXTENSIONS)

    def isSupportedOutputValue(self, value: Any, context: QgsProcessingContext) -> tuple[bool, str]:
        """Refuse other formats before anything is run."""
        text = _static_text(value)
        is_known = bool(text) and text != QgsProcessing.TEMPORARY_OUTPUT
        if not is_known or Path(text).suffix.lower().lstrip(".") in self.EXTENSIONS:
            return True, ""
        return False, self.refusal().format(path=text)

    def refusal(self) -> str:
        """Return what is wrong with an output ``{path}`` of another format."""
        return tr("The output {path} must end in .flac for a FLAC raster or in .tif for a GeoTIFF.")


class ExtractOutput(RasterOutput):
    """An output raster, GeoTIFF or NetCDF by its suffix."""

    EXTENSIONS = (*GEOTIFF_EXTENSIONS, "nc")

    def refusal(self) -> str:
        """Return what is wrong with an output ``{path}`` of another format."""
        return tr("The output {path} must end in .tif for a GeoTIFF or in .nc for NetCDF.")


def name_temporary_output(parameters: dict[str, Any], name: str, extension: str) -> dict[str, Any]:
    """Return the parameters with a real file name where the output is to be a temporary file.

    QGIS would name it before it is known whether FLAC or GeoTIFF is wanted.
    """
    value = parameters.get(name)
    if _static_text(value) != QgsProcessing.TEMPORARY_OUTPUT:
        return parameters
    path = QgsProcessingUtils.generateTempFilename(f"{name}.{extension}")
    if not isinstance(value, QgsProcessingOutputLayerDefinition):
        return {**parameters, name: path}
    definition = QgsProcessingOutputLayerDefinition(value)
    definition.sink = QgsProperty.fromValue(path)
    return {**parameters, name: definition}


def _static_text(value: Any) -> str:
    """Return the path in an output's value, empty where it will be known later only."""
    if isinstance(value, QgsProcessingOutputLayerDefinition):
        value = value.sink
    if isinstance(value, QgsProperty):
        value = value.staticValue()
    return "" if value is None else str(value)


class StyleOutput:
    """The style of an output, as a ``.qml`` file beside it, which QGIS finds by itself.

    Made before the output is written: a ``.qml`` file that is there without it belongs to other
    files, such as ``x.tif`` beside ``x.flac``, and is left unchanged.
    """

    def __init__(self, output: str, style: str):
        self._path, self._style = Path(style_path(output)), style
        self._is_foreign = self._path.exists() and not os.path.exists(output)

    def write(self) -> str:
        """Write the style; return a sentence for the log if it is not written."""
        from ..engine.storage.output import atomic_write

        if not self._style:
            return ""
        if self._is_foreign:
            text = tr(
                "The style was not saved: {path} already exists and may belong to another file. "
                "To keep the style, choose another name for the output."
            )
            return text.format(path=self._path)
        with atomic_write(self._path) as part:
            Path(part).write_text(self._style, encoding="utf-8")
        return ""


#: The class of feedback that models give to the tools in them.
_OF_MODELS = "QgsProcessingMultiStepFeedback"


def keep_for_next_tool(
    path: str, context: QgsProcessingContext, feedback: QgsProcessingFeedback
) -> None:
    """Let the next tool of a model find a FLAC output by its path.

    For a path, QGIS asks GDAL alone. Before that it looks for a layer of this name here.
    """
    if feedback.metaObject().className() != _OF_MODELS:
        return
    layer = QgsRasterLayer(os.path.abspath(path), path, FLAC_PROVIDER)
    if layer.isValid():
        context.temporaryLayerStore().addMapLayer(layer)


def load_with_own_provider(path: str, context: QgsProcessingContext) -> None:
    """Let QGIS open a FLAC output, if it opens it, with the plugin's data provider."""
    layers = context.layersToLoadOnCompletion()
    if path in layers:
        uri = QgsProcessingUtils.encodeProviderKeyAndUri(FLAC_PROVIDER, path)
        layers[uri] = layers.pop(path)
        context.setLayersToLoadOnCompletion(layers)


def load_instead(path: str, paths: list[str], context: QgsProcessingContext) -> None:
    """Let QGIS open other files where it was to open an output that is not written."""
    layers = context.layersToLoadOnCompletion()
    details = layers.pop(path, None)
    if details is None:
        return
    for each in paths:
        is_variable = each.startswith("NETCDF:")
        name = each.rpartition(":")[2] if is_variable else Path(each).stem
        layers[each] = QgsProcessingContext.LayerDetails(
            name, details.project, details.outputName, details.layerTypeHint
        )
    context.setLayersToLoadOnCompletion(layers)


#: URI of a variable that is drawn.
_VARIABLE = re.compile(r'NETCDF:".*":(?!(?:time_bnds|mask)$)\w+', re.DOTALL)


def load_each_variable(path: str, context: QgsProcessingContext) -> None:
    """Let QGIS open the variables of a NetCDF file one by one, for it opens no file of several."""
    parts = QgsProviderRegistry.instance().querySublayers(path)
    uris = [part.uri() for part in parts if _VARIABLE.fullmatch(part.uri())]
    if len(uris) > 1:
        load_instead(path, uris, context)
