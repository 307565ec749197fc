"""The tool that says which tiles and bytes an area needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterString,
)

from ..core.error_text import error_text
from ..core.plain_text import push_info, push_warning
from ..core.translation import tr
from .area_algorithm import AreaAlgorithm
from .base import job_of
from .reports.area import SHOWN, area_headline, area_report
from .tile_polygons import footprint_attributes, footprint_fields, write_polygons

if TYPE_CHECKING:
    from ..engine.operations import AreaPlan


def _listed(result: AreaPlan) -> list[dict[str, Any]]:
    """Return the tiles that a page lists, which may be the first of many."""
    return [tile.attributes() for tile in result.tiles[:SHOWN]]


class QueryAlgorithm(AreaAlgorithm):
    """Say which tiles and bytes an area of a FLAC raster needs."""

    OUTPUT = "OUTPUT"
    WHERE = "WHERE"
    NAME = "query"

    def displayName(self) -> str:
        """Return the name in the toolbox."""
        return tr("Query FLAC raster")

    def shortDescription(self) -> str:
        """Return what the tooltip says."""
        return tr("Says which tiles and bytes an area needs, without fetching them.")

    def shortHelpString(self) -> str:
        """Return what stands beside the dialog."""
        return tr(
            "Says which tiles of a FLAC raster an area needs, where they lie in the file, how many "
            "bytes and requests it takes to fetch them from a web server, and what part of the "
            "file that is.\n\n"
            "Only the head of the file is read, so this is fast for files of any size, on a web "
            "server too.\n\n"
            "The layer shows the tiles as polygons, with their level, row, column, bands, "
            "first byte and size in the file, and where the file lists them, the smallest and "
            "largest valid pixel of full resolution in their place: of the bands asked for (min, "
            "max), and of each band that the tile holds (band_min, band_max).\n\n"
            "An extent means all pixels that it overlaps; to touch an edge is not to overlap. In "
            "another coordinate system than that of the raster it means the smallest upright "
            "rectangle that holds it there. What of it lies outside the raster is said, with how "
            "much that is. Longitudes lead around the globe: -10 to 10 is found in a raster of 0 "
            "to 360."
        )

    def tags(self) -> list[str]:
        """Return words by which the toolbox finds the tool."""
        return tr("flac,raster,tiles,index,footprints,bytes,ranges,requests,plan,remote").split(",")

    def initAlgorithm(self, config: Any = None) -> None:
        """Declare parameters and outputs."""
        self.add_area()
        self.add_advanced(
            QgsProcessingParameterString(self.WHERE, tr("Only tiles where"), None, False, True),
            tr(
                "Leaves out tiles that cannot hold what you look for, as their smallest and "
                "largest pixels tell: max > 2000, or band2.min < 0 and band2.max >= 10. Knows min, "
                "max, bandN.min, bandN.max, numbers, < <= > >= = !=, and, or, ( ). Pixels are as "
                "stored, before scale and offset."
            ),
        )
        self.add(
            QgsProcessingParameterFeatureSink(
                self.OUTPUT,
                tr("Tiles"),
                QgsProcessing.SourceType.TypeVectorPolygon,
                None,
                True,
            ),
            tr("The outlines of the tiles, in the coordinate system of the raster."),
        )
        self.add_reports(tr("Query report"))
        for name, description in (
            ("LEVEL", tr("Level")),
            ("WIDTH", tr("Width of the area in pixels")),
            ("HEIGHT", tr("Height of the area in pixels")),
            ("TILES", tr("Number of tiles")),
            ("TILE_BYTES", tr("Size of the tiles in bytes")),
            ("REQUESTS", tr("Number of requests to a web server")),
            ("REQUEST_BYTES", tr("Size of all requests in bytes")),
            ("FILE_SIZE", tr("Size of the file in bytes")),
            ("FILE_FRACTION", tr("Size of the tiles as a part of the file")),
        ):
            self.addOutput(QgsProcessingOutputNumber(name, description))

    def run_engine(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> dict[str, Any]:
        """Query; see `flac_raster_qgis.engine.query`."""
        from ..engine import query
        from ..engine.operations.opening import open_flac

        job = job_of(feedback)
        condition = self.parameterAsString(parameters, self.WHERE, context).strip()
        with (
            self.opened(self.INPUT, job) as source,
            open_flac(source, job=job) as raster,
        ):
            result = query(
                raster,
                self.area(parameters, context, raster),
                **self.resolution_and_bands(parameters, context),
                where=condition or None,
            )
            for warning in result.warnings:
                push_warning(feedback, error_text(warning))
            features = ((tile.corners, footprint_attributes(tile)) for tile in result.tiles)
            layer = write_polygons(
                self,
                (parameters, self.OUTPUT, context),
                feedback,
                raster,
                footprint_fields(),
                features,
                len(result.tiles),
            )
        found = result.without_tiles()
        push_info(feedback, area_headline(found))
        reports = self.write_reports(
            parameters,
            context,
            html=lambda: area_report({**found, "tiles": _listed(result)}),
            json=result.to_json,
        )
        return {
            **layer,
            **reports,
            "LEVEL": found["level"],
            "WIDTH": found["window"]["width"],
            "HEIGHT": found["window"]["height"],
            "TILES": found["tile_count"],
            "TILE_BYTES": found["tile_bytes"],
            "REQUESTS": found["request_count"],
            "REQUEST_BYTES": found["request_bytes"],
            "FILE_SIZE": found["file_bytes"],
            "FILE_FRACTION": found["file_fraction"],
        }
