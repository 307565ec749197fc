"""The tool that lists the tiles and bytes that an area needs."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsProcessingParameterString

from ..core.translation import tr
from .area_algorithm import AreaAlgorithm, plan_results
from .base import ToolTexts
from .reports.area import area_headline, area_report
from .run import Run
from .tile_polygons import tile_layer, write_polygons


class QueryAlgorithm(AreaAlgorithm):
    """List the tiles and bytes that an area of a FLAC raster needs."""

    NAME = "query"

    def texts(self) -> ToolTexts:
        """Return the texts of the tool."""
        return ToolTexts(
            tr("Query FLAC raster"),
            tr("Lists the tiles, bytes and requests that an area needs, without downloading any."),
            tr(
                "Lists the tiles of a FLAC raster that an area needs, their byte ranges in the "
                "file, how many bytes and requests it takes to download them from a web server, "
                "and what fraction of the file that is.\n\n"
                "Only the file header is read, so this is fast for files of any size, also on a "
                "web server.\n\n"
                "The layer shows the tiles as polygons, with their level, row, column, bands, "
                "offset and size in the file, and, if the file lists them, the minimum and "
                "maximum valid pixel of full resolution: of the requested bands (min, max), and "
                "of each band of the tile (band_min, band_max).\n\n"
                "An extent selects all pixels that it overlaps. Pixels that only share an edge "
                "with the extent are not included. An extent in another CRS stands for the "
                "smallest axis-aligned rectangle in the CRS of the raster that contains it. A "
                "warning says what fraction of it lies outside the raster. Longitudes may be "
                "full turns away: -10 to 10 is found in a raster of 0 to 360."
            ),
            tr("flac,raster,tiles,index,footprints,bytes,ranges,requests,plan,remote"),
        )

    def initAlgorithm(self, config: Any = None) -> None:
        """Declare parameters and outputs."""
        self.add_area()
        self.add_advanced(
            QgsProcessingParameterString(
                "WHERE", tr("Filter by tile statistics, such as max > 2000"), None, False, True
            ),
            tr(
                "Only tiles whose statistics match: max > 2000, or band2.min < 0 and band2.max >= "
                "10. Operands are min, max, bandN.min, bandN.max and numbers; operators are < <= > "
                ">= = !=, and, or, ( ). Values are those stored, before scale and offset."
            ),
        )
        self.add(
            tile_layer("OUTPUT", tr("Tiles"), by_default=True),
            tr("The outlines of the tiles, in the CRS of the raster."),
        )
        self.add_reports(tr("Query report"))
        self.add_plan_results()
        self.add_results(FILE_FRACTION=tr("Size of the tiles as a fraction of the file"))

    def run_engine(self, run: Run) -> dict[str, Any]:
        """Query; see `flac_raster_qgis.engine.query`."""
        with self.planned(run, where=run.text("WHERE") or None) as (raster, plan):
            run.warn(*plan.warnings)
            tiles = ((tile.corners, tile.attributes()) for tile in plan.tiles)
            layer = write_polygons(self, run, "OUTPUT", raster, tiles)
        run.say(area_headline(plan))
        reports = self.write_reports(run, lambda: area_report(plan), plan.to_json())
        return {
            **layer,
            **reports,
            **plan_results(plan),
            "FILE_FRACTION": plan.file_fraction,
        }
