"""The tool that writes a part of a FLAC raster as GeoTIFF."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterNumber,
)

from ..core.error_text import error_text
from ..core.formatting import format_percent, format_size
from ..core.plain_text import push_info, push_warning
from ..core.translation import tr
from ..dependencies.features import GEOTIFF
from .area_algorithm import AreaAlgorithm
from .base import job_of
from .raster_output import GeoTiffOutput
from .reports.area import reading_headline

if TYPE_CHECKING:
    from ..engine.operations import ExtractResult


class ExtractAlgorithm(AreaAlgorithm):
    """Write a part of a FLAC raster as GeoTIFF."""

    WHOLE_TILES = "WHOLE_TILES"
    SKIP_DAMAGED = "SKIP_DAMAGED"
    COG = "COG"
    WORKERS = "WORKERS"
    OVERWRITE = "OVERWRITE"
    OUTPUT = "OUTPUT"
    NAME = "extract"
    PACKAGES = GEOTIFF

    def displayName(self) -> str:
        """Return the name in the toolbox."""
        return tr("Extract from FLAC raster")

    def shortDescription(self) -> str:
        """Return what the tooltip says."""
        return tr("Writes an area of a FLAC raster as GeoTIFF, fetching only what it needs.")

    def shortHelpString(self) -> str:
        """Return what stands beside the dialog."""
        return tr(
            "Writes an area of a FLAC raster as GeoTIFF. Of a raster on a web server, only the "
            "tiles that the area touches are fetched.\n\n"
            "The output has exactly the pixels that the extent overlaps, bit for bit, and all "
            "metadata of the raster: coordinate system, position, nodata, mask, colours, names of "
            "bands and tags. Ground control points and RPCs are moved to the area. To touch an "
            "edge is not to overlap.\n\n"
            "An extent in another coordinate system than that of the raster means the smallest "
            "upright rectangle that holds it there; pixels are never resampled. What of it lies "
            "outside the raster is said, with how much that is. Longitudes lead around the globe: "
            "-10 to 10 is found in a raster of 0 to 360, and the output lies where the extent "
            "does, in one piece. A coarser level has the pixels of the overviews in the file.\n\n"
            "“Query FLAC raster” says beforehand how much there is to fetch."
        )

    def tags(self) -> list[str]:
        """Return words by which the toolbox finds the tool."""
        return tr("flac,raster,clip,crop,extent,bbox,window,tile,download,remote,geotiff").split(
            ","
        )

    def initAlgorithm(self, config: Any = None) -> None:
        """Declare parameters and outputs."""
        self.add_area()
        self.add(
            QgsProcessingParameterBoolean(
                self.COG, tr("Make the GeoTIFF cloud optimized (COG)"), False
            ),
            tr("With overviews and tiles in the order in which web servers deliver them best."),
        )
        self.add_advanced(
            QgsProcessingParameterBoolean(self.WHOLE_TILES, tr("Keep whole tiles"), False),
            tr("All pixels of the tiles that the extent touches, since they are fetched anyway."),
        )
        self.add_advanced(
            QgsProcessingParameterBoolean(self.SKIP_DAMAGED, tr("Skip damaged tiles"), False),
            tr(
                "Goes on where tiles are damaged, and says which. Their pixels become nodata, or "
                "are masked where there is no nodata value."
            ),
        )
        self.add_advanced(
            QgsProcessingParameterNumber(
                self.WORKERS,
                tr("Processors to use (0 = all)"),
                QgsProcessingParameterNumber.Type.Integer,
                0,
                minValue=0,
            ),
            tr("Tiles worked on at once. The output is the same for any number."),
        )
        self.add_advanced(
            QgsProcessingParameterBoolean(self.OVERWRITE, tr("Replace an existing output"), True),
            tr("The old file stays untouched until the new one is complete."),
        )
        self.add(GeoTiffOutput(self.OUTPUT, tr("Extracted raster")), tr("A GeoTIFF."))
        for name, description in (
            ("LEVEL", tr("Level")),
            ("WIDTH", tr("Width in pixels")),
            ("HEIGHT", tr("Height in pixels")),
            ("TILES", tr("Number of tiles")),
            ("TILE_BYTES", tr("Size of the tiles in bytes")),
            ("REQUESTS", tr("Number of requests to a web server")),
            ("REQUEST_BYTES", tr("Size of all requests in bytes")),
            ("FILE_SIZE", tr("Size of the FLAC file in bytes")),
            ("SAVED_FRACTION", tr("Part of the file that was not needed")),
            ("DAMAGED_TILES", tr("Damaged tiles that were skipped")),
            ("OUTPUT_SIZE", tr("Size of the output file in bytes")),
            ("SECONDS", tr("Time taken in seconds")),
        ):
            self.addOutput(QgsProcessingOutputNumber(name, description))

    def run_engine(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> dict[str, Any]:
        """Extract; see `flac_raster_qgis.engine.extract`."""
        from ..engine import extract
        from ..engine.operations.opening import open_flac

        job = job_of(feedback)
        output = self.parameterAsOutputLayer(parameters, self.OUTPUT, context)
        workers = self.parameterAsInt(parameters, self.WORKERS, context) or None
        with (
            self.opened(self.INPUT, job, workers) as source,
            open_flac(source, workers=workers, job=job) as raster,
        ):
            result = extract(
                raster,
                output,
                self.area(parameters, context, raster),
                **self.resolution_and_bands(parameters, context),
                whole_tiles=self.parameterAsBoolean(parameters, self.WHOLE_TILES, context),
                skip_damaged=self.parameterAsBoolean(parameters, self.SKIP_DAMAGED, context),
                cog=self.parameterAsBoolean(parameters, self.COG, context),
                overwrite=self.parameterAsBoolean(parameters, self.OVERWRITE, context),
                job=job,
            )
        for warning in result.warnings:
            push_warning(feedback, error_text(warning))
        found = result.to_dict()
        push_info(feedback, reading_headline(found))
        push_info(feedback, _summary(result))
        return {
            self.OUTPUT: output,
            "LEVEL": found["level"],
            "WIDTH": found["window"]["width"],
            "HEIGHT": found["window"]["height"],
            "TILES": found["tile_count"],
            "TILE_BYTES": found["tile_bytes"],
            "REQUESTS": found["request_count"],
            "REQUEST_BYTES": found["request_bytes"],
            "FILE_SIZE": found["file_bytes"],
            "SAVED_FRACTION": found["saved_fraction"],
            "DAMAGED_TILES": len(result.damaged_tiles),
            "OUTPUT_SIZE": found["output_bytes"],
            "SECONDS": found["seconds"],
        }


def _summary(result: ExtractResult) -> str:
    return tr(
        "{saved} of the file was not needed. The output has {size}, made in {seconds} s."
    ).format(
        saved=format_percent(result.saved_fraction),
        size=format_size(result.output_bytes),
        seconds=f"{result.seconds:.1f}",
    )
