"""What all tools share: how they look, check their inputs, run the engine and report errors."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Callable

from qgis.core import (
    QgsMapLayer,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterFileDestination,
)
from qgis.PyQt.QtGui import QIcon

from ..core.error_text import error_text
from ..core.resources import resource_path
from ..core.translation import tr
from ..dependencies.features import READING, Alternatives, missing_packages
from .raster_input import RasterInput, UnusableLayer, source_of

if TYPE_CHECKING:
    from ..core.layer_uri import LayerUri
    from ..engine.job import Job
    from ..engine.operations.opening import RasterName


class FlacRasterAlgorithm(QgsProcessingAlgorithm):
    """Base of the tools: a subclass declares parameters and implements `run`.

    The engine is imported when a tool runs, not before, so that QGIS starts as fast with the plugin
    as without it, and starts at all where a Python package is missing.
    """

    OUTPUT_HTML = "OUTPUT_HTML"
    OUTPUT_JSON = "OUTPUT_JSON"
    #: Name of the algorithm and of its icon; models and scripts rely on it.
    NAME = ""
    #: Python packages it cannot do without.
    PACKAGES: tuple[Alternatives, ...] = READING

    def __init__(self) -> None:
        super().__init__()
        #: What the engine opens, by the name of the parameter; known once prepared.
        self.sources: dict[str, LayerUri] = {}

    def run_engine(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> dict[str, Any]:
        """Do the work and return the outputs; errors of the engine may pass through."""
        raise NotImplementedError

    # ---------------------------------------------------------------- how it looks

    def name(self) -> str:
        """Return the name in scripts and models."""
        return self.NAME

    def createInstance(self) -> FlacRasterAlgorithm:
        """Return a fresh one for every run."""
        return type(self)()

    def group(self) -> str:
        """Return the heading in the toolbox."""
        return tr("FLAC files")

    def groupId(self) -> str:
        """Return the same for scripts."""
        return "flacfiles"

    def icon(self) -> QIcon:
        """Return the icon in the toolbox."""
        return QIcon(self.svgIconPath())

    def svgIconPath(self) -> str:
        """Return the same icon as a file."""
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

    def add_reports(self, description: str) -> None:
        """Add the report for people, made by default in the dialog, and the one for programs.

        The results viewer of QGIS lists reports under the description alone.
        """
        html = QgsProcessingParameterFileDestination(
            self.OUTPUT_HTML, description, tr("HTML files") + " (*.html)", None, True, True
        )
        self.add(html, tr("Everything that was found, as a page to read."))
        json = QgsProcessingParameterFileDestination(
            self.OUTPUT_JSON,
            tr("The same as JSON"),
            tr("JSON files") + " (*.json)",
            None,
            True,
            False,
        )
        self.add(json, tr("Everything that was found, for other programs."))

    # ---------------------------------------------------------------- checking

    def canExecute(self) -> tuple[bool, str]:
        """Say which Python package is missing."""
        message = missing_packages(self.PACKAGES)
        return not message, message

    def checkParameterValues(
        self, parameters: dict[str, Any], context: QgsProcessingContext
    ) -> tuple[bool, str]:
        """Say before anything runs what package is missing, and refuse layers that are no files."""
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
            self.sources = self._find_sources(parameters, context)
        except UnusableLayer as error:
            raise QgsProcessingException(str(error)) from error
        return True

    def processAlgorithm(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> dict[str, Any]:
        """Run the engine; what it raises on purpose reaches the user as its sentence.

        A cancelled run raises too: qgis_process would call it a success otherwise.
        """
        ready, message = self.canExecute()
        if not ready:
            raise QgsProcessingException(message)
        from ..engine import FlacRasterError
        from ..engine.operations.opening import once_more_if_changed

        try:
            return once_more_if_changed(self.run_engine)(parameters, context, feedback)
        except FlacRasterError as error:
            raise QgsProcessingException(error_text(error)) from error

    def write_reports(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        html: Callable[[], str],
        json: Callable[[], str | Iterable[str]],
    ) -> dict[str, str]:
        """Write the reports that are asked for, whole texts or pieces; return their outputs."""
        from ..engine.storage.output import atomic_write, check_output

        written = {}
        for name, text in ((self.OUTPUT_HTML, html), (self.OUTPUT_JSON, json)):
            target = self.parameterAsFileOutput(parameters, name, context)
            if target:
                inputs = tuple(uri.name for uri in self.sources.values())
                path = check_output(target, overwrite=True, inputs=inputs)
                made = text()
                # names of files need not be UTF-8
                options = {"encoding": "utf-8", "errors": "backslashreplace"}
                with atomic_write(path) as part, open(part, "w", **options) as file:
                    file.writelines([made] if isinstance(made, str) else made)
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
        with its cache on disk.

        Parameters
        ----------
        name : str
            Of the parameter.
        job : Job
            Ends whatever is being fetched.
        workers : int, optional
            Tiles decoded at once.
        allow_missing_pixels : bool
            See `FlacRaster.open`.
        may_be_flac : bool
            Open any remote raster here, whatever its name says and the parameter takes.
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

    def _find_sources(
        self, parameters: dict[str, Any], context: QgsProcessingContext
    ) -> dict[str, LayerUri]:
        sources = {}
        for definition in self.parameterDefinitions():
            if isinstance(definition, RasterInput):
                name = definition.name()
                value = parameters.get(name)
                if not isinstance(value, (QgsMapLayer, os.PathLike)):
                    value = self.parameterAsString(parameters, name, context)
                sources[name] = source_of(value, context)
        return sources


def job_of(feedback: QgsProcessingFeedback) -> Job:
    """Return the job of a run: it reports to its feedback and is cancelled with it."""
    from ..engine.job import Job

    return Job(
        lambda done, total: feedback.setProgress(100.0 * done / (total or 1)), feedback.isCanceled
    )
