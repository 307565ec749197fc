"""The provider `flacraster`: the plugin's place in the Processing toolbox."""

from __future__ import annotations

from qgis.core import QgsProcessingProvider
from qgis.PyQt.QtGui import QIcon

from ..core.resources import resource_path
from ..dependencies.features import READING, missing_packages
from .compare import CompareAlgorithm
from .convert import ConvertAlgorithm
from .extract import ExtractAlgorithm
from .info import InfoAlgorithm
from .query import QueryAlgorithm
from .raster_output import EXTENSIONS
from .sample import SampleAlgorithm
from .verify import VerifyAlgorithm


class FlacRasterProvider(QgsProcessingProvider):
    """All tools of the plugin."""

    def id(self) -> str:
        """Never changes: models and scripts name tools by it."""
        return "flacraster"

    def name(self) -> str:
        """Name in the toolbox; a product name, so not translated."""
        return "FLAC Raster"

    def versionInfo(self) -> str:
        """Return the version, which logs of runs begin with."""
        if missing_packages(READING):
            return ""
        from ..engine import __version__

        return __version__

    def icon(self) -> QIcon:
        """Icon in the toolbox."""
        return QIcon(self.svgIconPath())

    def svgIconPath(self) -> str:
        """Return the same icon as a file."""
        return resource_path("icons/flac_raster.svg")

    def loadAlgorithms(self) -> None:
        """Add every tool."""
        for algorithm in (
            ConvertAlgorithm,
            QueryAlgorithm,
            ExtractAlgorithm,
            SampleAlgorithm,
            CompareAlgorithm,
            InfoAlgorithm,
            VerifyAlgorithm,
        ):
            self.addAlgorithm(algorithm())

    def supportedOutputRasterLayerExtensions(self) -> list[str]:
        """Return what the tools write; the first one is the default."""
        return list(EXTENSIONS)

    def defaultRasterFileExtension(self) -> str:
        """Suffix of outputs that the user does not name, whatever QGIS's own default is."""
        return EXTENSIONS[0]

    def supportsNonFileBasedOutput(self) -> bool:
        """Outputs are files."""
        return False
