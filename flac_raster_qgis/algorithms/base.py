"""Base of all tools: texts, parameters, checks, running the engine, reporting errors."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Callable, NamedTuple

from qgis.core import (
    QgsMapLayer,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputDefinition,
    QgsProcessingOutputNumber,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterNumber,
)
from qgis.PyQt.QtCore import QThread
from qgis.PyQt.QtGui import QIcon

from ..core.error_text import error_text
from ..core.layer_styles import style_beside, style_text
from ..core.resources import help_url, resource_path
from ..core.translation import tr
from ..dependencies.features import READING, Alternatives, missing_packages
from .raster_input import RasterInput, UnusableLayer, layer_of, source_of
from .run import Run
from .wrapper_metadata import wrapper_metadata

if TYPE_CHECKING:
    from ..core.layer_uri import LayerUri
    from ..engine.job import Job
    from ..engine.operations.opening import RasterName


class ToolTexts(NamedTuple):
    """Name in the toolbox, tooltip, text beside the dialog, and words for the toolbox's search."""

    title: str
    summary: str
    help: str
    tags: str


class FlacRasterAlgorithm(QgsProcessingAlgorithm):
    """Base of the tools: a subclass declares parameters and implements `texts` and `run_engine`.

    The engine is imported when a tool runs, not before, so that QGIS starts as fast with the plugin
    as without it, and starts at all where a Python package is missing.
    """

    #: Name of the algorithm and of its icon; models and scripts rely on it.
    NAME = ""
    #: Python packages it cannot do without.
    PACKAGES: tuple[Alternatives, ...] = READING

    def __init__(self) -> None:
        super().__init__()
        #: What the engine opens, by the name of the parameter; known once prepared.
        self.sources: dict[str, LayerUri] = {}

    def run_engine(self, run: Run) -> dict[str, Any]:
        """Do the work and return the outputs; errors of the engine may pass through."""
        raise NotImplementedError

    def texts(self) -> ToolTexts:
        """Return the texts of the tool, translated."""
        raise NotImplementedError

    # ---------------------------------------------------------------- how it looks

    def displayName(self) -> str:
        """Return the name in the toolbox."""
        return self.texts().title

    def shortDescription(self) -> str:
        """Return the tooltip."""
        return self.texts().summary

    def shortHelpString(self) -> str:
        """Return the text beside the dialog."""
        return self.texts().help

    def helpUrl(self) -> str:
        """Return the URL of the page that the button *Help* opens."""
        return help_url("tools", self.NAME)

    def tags(self) -> list[str]:
        """Return the words by which the toolbox finds the tool."""
        return self.texts().tags.split(",")

    def name(self) -> str:
        """Return the name in scripts and models."""
        return self.NAME

    def createInstance(self) -> FlacRasterAlgorithm:
        """Return a fresh one for every run."""
        return type(self)()

    def group(self) -> str:
        """Return the name of the group in the toolbox."""
        return tr("FLAC files")

    def groupId(self) -> str:
        """Return the id of the group."""
        return "flacfiles"

    def icon(self) -> QIcon:
        """Return the icon in the toolbox."""
        return QIcon(self.svgIconPath())

    def svgIconPath(self) -> str:
        """Return the path of the icon."""
        return resource_path(f"icons/{self.NAME}.svg")

    # ---------------------------------------------------------------- declaring parameters

    def add(self, parameter: QgsProcessingParameterDefinition, help_text: str = "") -> None:
        """Add a parameter with its help."""
        if help_text:
            parameter.setHelp(help_text)
        name = parameter.name()
        if not self.addParameter(parameter):
            raise ValueError(f"{name} of {self.NAME} is declared twice")

    def add_advanced(
        self, parameter: QgsProcessingParameterDefinition, help_text: str = ""
    ) -> None:
        """Add a parameter that is rarely needed."""
        parameter.setFlags(parameter.flags() | QgsProcessingParameterDefinition.Flag.FlagAdvanced)
        self.add(parameter, help_text)

    def add_flag(self, name: str, label: str, help_text: str, default: bool = False) -> None:
        """Add an advanced parameter that is true or false."""
        self.add_advanced(QgsProcessingParameterBoolean(name, label, default), help_text)

    def add_cog(self) -> None:
        """Add the parameter for Cloud Optimized GeoTIFFs."""
        self.add(
            QgsProcessingParameterBoolean("COG", tr("Write a Cloud Optimized GeoTIFF"), False),
            tr("With overviews, and tiles in the order that suits web servers."),
        )

    def add_execution(self) -> None:
        """Add the parameters for threads and existing outputs."""
        self.add_advanced(
            integer("WORKERS", tr("Number of threads (0 = one per processor)"), default=0),
            tr("The output is the same for any number."),
        )
        self.add_flag(
            "OVERWRITE",
            tr("Overwrite existing output"),
            tr("The existing file is left unchanged until the new one is complete."),
            default=True,
        )

    def add_results(
        self,
        kind: Callable[[str, str], QgsProcessingOutputDefinition] = QgsProcessingOutputNumber,
        **descriptions: str,
    ) -> None:
        """Add results of a kind, by default numbers."""
        for name, description in descriptions.items():
            self.addOutput(kind(name, description))

    def add_reports(self, description: str) -> None:
        """Add the report for people, made by default in the dialog, and the one for programs.

        The results viewer of QGIS lists reports under the description alone.
        """
        html = QgsProcessingParameterFileDestination(
            "OUTPUT_HTML", description, tr("HTML files") + " (*.html)", None, True, True
        )
        self.add(html, tr("The full result as a page to read."))
        json = QgsProcessingParameterFileDestination(
            "OUTPUT_JSON",
            tr("The same as JSON"),
            tr("JSON files") + " (*.json)",
            None,
            True,
            False,
        )
        self.add(json, tr("The full result for other programs."))

    # ---------------------------------------------------------------- checking

    def canExecute(self) -> tuple[bool, str]:
        """Return whether the tool can run, and else which Python package is missing."""
        message = missing_packages(self.PACKAGES)
        return not message, message

    def checkParameterValues(
        self, parameters: dict[str, Any], context: QgsProcessingContext
    ) -> tuple[bool, str]:
        """Refuse to run without the packages, or for layers that are not files."""
        ready, message = self.canExecute()
        if not ready:
            return False, message
        ok, message = super().checkParameterValues(parameters, context)
        if ok:
            try:
                self._find_sources(parameters, context)
            except UnusableLayer as error:
                return False, str(error)
        return ok, message

    def validateInputCrs(self, parameters: dict[str, Any], context: QgsProcessingContext) -> bool:
        """Any CRS will do; QGIS's own check would open the rasters with GDAL."""
        return True

    # ---------------------------------------------------------------- running

    def prepareAlgorithm(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> bool:
        """Find the files behind layers, which only the main thread may touch."""
        if not self.canExecute()[0]:
            return True  # `processAlgorithm` says so: of what is raised here, scripts see nothing
        try:
            self.prepare(parameters, context)
        except UnusableLayer as error:
            raise QgsProcessingException(str(error)) from error
        return True

    def processAlgorithm(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> dict[str, Any]:
        """Run the engine; engine errors are shown as their message.

        A cancelled run raises too: qgis_process would call it a success otherwise.
        """
        ready, message = self.canExecute()
        if not ready:
            raise QgsProcessingException(message)
        from ..engine import FlacRasterError
        from ..engine.operations.opening import retry_on_change

        try:
            return retry_on_change(self.run_engine)(Run(self, parameters, context, feedback))
        except FlacRasterError as error:
            raise QgsProcessingException(error_text(error)) from error

    def write_reports(
        self,
        run: Run,
        html: Callable[[], str],
        json: Iterable[str] | dict[str, Any],
    ) -> dict[str, str]:
        """Write the requested reports, the JSON from pieces or from values; return their paths."""
        from json import dumps

        from ..engine.storage.output import atomic_write, check_output

        written = {}
        for name in ("OUTPUT_HTML", "OUTPUT_JSON"):
            target = self.parameterAsFileOutput(run.parameters, name, run.context)
            if not target:
                continue
            inputs = tuple(uri.name for uri in self.sources.values())
            path = check_output(target, overwrite=True, inputs=inputs)
            if name == "OUTPUT_HTML":
                texts: Iterable[str] = [html()]
            else:
                is_values = isinstance(json, dict)
                texts = [dumps(json, indent=2, allow_nan=False)] if is_values else json
            # names of files need not be UTF-8
            options = {"encoding": "utf-8", "errors": "backslashreplace"}
            with atomic_write(path) as part, open(part, "w", **options) as file:
                file.writelines(texts)
            written[name] = target
        return written

    @contextmanager
    def opened(
        self,
        name: str,
        job: Job,
        workers: int | None = None,
        *,
        allow_missing_pixels: bool = False,
        may_be_flac: bool = False,
    ) -> Iterator[RasterName]:
        """Yield what the engine takes for an input, for the length of a ``with`` block.

        Remote FLAC rasters are opened here: with QGIS's proxy, certificates and authentication, and
        with its cache on disk. ``may_be_flac`` opens any remote raster here, whatever its name says
        and the parameter takes; ``allow_missing_pixels`` is explained in `FlacRaster.open`.
        """
        from ..core.network import open_source
        from ..engine import FlacRaster
        from ..engine.operations.opening import is_flac_name

        uri = self.sources[name]
        flac_only = may_be_flac or self.parameterDefinition(name).flac_only
        is_flac = flac_only or is_flac_name(uri.name)
        if not (uri.is_remote and is_flac):
            yield uri.name
            return
        source = open_source(uri.name, uri.authcfg, job=job)
        options = {"workers": workers, "allow_missing_pixels": allow_missing_pixels}
        with FlacRaster.open(source, **options) as raster:
            yield raster

    def prepare(self, parameters: dict[str, Any], context: QgsProcessingContext) -> None:
        """Find what only the main thread may touch: the files behind layers."""
        self.sources = self._find_sources(parameters, context)

    def _find_sources(
        self, parameters: dict[str, Any], context: QgsProcessingContext
    ) -> dict[str, LayerUri]:
        sources = {}
        for definition in self.parameterDefinitions():
            if isinstance(definition, RasterInput):
                name = definition.name()
                sources[name] = source_of(self._input(parameters, name, context), context)
        return sources

    def _input(self, parameters: dict[str, Any], name: str, context: QgsProcessingContext) -> Any:
        value = parameters.get(name)
        if isinstance(value, (QgsMapLayer, os.PathLike)):
            return value
        return self.parameterAsString(parameters, name, context)

    def style_of_input(self, parameters: dict[str, Any], context: QgsProcessingContext) -> str:
        """Return the style of the layer, or of the local file, that is the input; may be empty."""
        layer = layer_of(self._input(parameters, "INPUT", context), context)
        if layer is not None:
            # of another thread where a tool of a model runs on a layer of the project
            return style_text(layer) if layer.thread() == QThread.currentThread() else ""
        source = self.sources["INPUT"]
        return "" if source.is_remote else style_beside(source.name)


def integer(
    name: str,
    label: str,
    default: int | None = None,
    minimum: int = 0,
    maximum: float = sys.float_info.max,
) -> QgsProcessingParameterNumber:
    """Return a parameter for a whole number, optional without a default."""
    kind, optional = QgsProcessingParameterNumber.Type.Integer, default is None
    return QgsProcessingParameterNumber(name, label, kind, default, optional, minimum, maximum)


def choice(
    name: str, label: str, values: Sequence[str], default: str | None
) -> QgsProcessingParameterEnum:
    """Return a parameter for one of some words, optional without a default."""
    parameter = QgsProcessingParameterEnum(
        name, label, list(values), False, default, default is None, usesStaticStrings=True
    )
    labels = [_label(value) for value in values]
    parameter.setMetadata(wrapper_metadata("choice_widget", "ChoiceWrapper", labels=labels))
    return parameter


def _label(value: str) -> str:
    """Return how dialogs show a word, which is as the command line has it elsewhere."""
    labels = {
        "fast": tr("Fast"),
        "balanced": tr("Balanced"),
        "small": tr("Small"),
        "auto": tr("Auto"),
        "average": tr("Average"),
        "mode": tr("Mode"),
        "nearest": tr("Nearest"),
        "none": tr("None"),
        "pixel": tr("Pixel"),
        "band": tr("Band"),
        "tiled": tr("Tiled"),
        "streaming": tr("Streaming"),
    }
    return labels.get(value, value.capitalize())
