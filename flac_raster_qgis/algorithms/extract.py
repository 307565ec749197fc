"""The tool that writes a part of a FLAC raster as GeoTIFF."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import QgsProcessingContext

from ..core.formatting import format_percent, format_seconds, format_size
from ..core.translation import tr
from ..dependencies.features import GEOTIFF
from .area_algorithm import AreaAlgorithm, plan_results
from .base import ToolTexts
from .raster_output import ExtractOutput, StyleOutput, load_each_variable
from .reports.area import reading_headline
from .run import Run

if TYPE_CHECKING:
    from ..engine.operations import ExtractResult


class ExtractAlgorithm(AreaAlgorithm):
    """Write a part of a FLAC raster as GeoTIFF."""

    NAME = "extract"
    PACKAGES = GEOTIFF

    def texts(self) -> ToolTexts:
        """Return the texts of the tool."""
        return ToolTexts(
            tr("Extract from FLAC raster"),
            tr(
                "Writes an area of a FLAC raster as GeoTIFF, downloading only the tiles that it "
                "needs."
            ),
            tr(
                "Writes an area of a FLAC raster as GeoTIFF. From a web server, only the tiles "
                "that the area touches are downloaded.\n\n"
                "The output has exactly the pixels that the extent overlaps, bit for bit, and "
                "all metadata of the raster: CRS, georeference, nodata, mask, colors, band "
                "names and tags. Ground control points and RPCs are moved to the area. Pixels "
                "that only share an edge with the extent are not included.\n\n"
                "An extent in another CRS stands for the smallest axis-aligned rectangle in the "
                "CRS of the raster that contains it; pixels are never resampled. A warning says "
                "what fraction of it lies outside the raster. Longitudes may be full turns "
                "away: -10 to 10 is found in a raster of 0 to 360, and the output lies where "
                "the extent does, in one piece. A level above 0 has the pixels of the overviews "
                "in the file.\n\n"
                "NetCDF has the dimensions time, y and x, bounds of times and packed values by the "
                "conventions of CF. Writing it needs the Python packages xarray and netCDF4, "
                "h5netcdf or scipy.\n\n"
                "The style of the layer goes along, as a .qml file beside the output, unless only "
                "some bands are extracted.\n\n"
                "“Query FLAC raster” shows in advance how much an area would download."
            ),
            tr("flac,raster,clip,crop,extent,bbox,window,tile,download,remote,geotiff"),
        )

    def __init__(self) -> None:
        super().__init__()
        self._style = ""  # known once prepared: layers belong to the main thread

    def initAlgorithm(self, config: Any = None) -> None:
        """Declare parameters and outputs."""
        self.add_area()
        self.add_cog()
        self.add_flag(
            "WHOLE_TILES",
            tr("Keep complete tiles"),
            tr("Keeps all pixels of the tiles that the extent touches."),
        )
        self.add_flag(
            "SKIP_DAMAGED",
            tr("Skip damaged tiles"),
            tr(
                "Continues if tiles are damaged, and lists them. Their pixels become nodata, or "
                "masked if there is no nodata value."
            ),
        )
        self.add_execution()
        self.add(
            ExtractOutput("OUTPUT", tr("Extracted raster")),
            tr("A GeoTIFF, or a NetCDF file if the name ends in .nc."),
        )
        self.add_plan_results()
        self.add_results(
            SAVED_FRACTION=tr("Fraction of the file that was not needed"),
            DAMAGED_TILES=tr("Number of damaged tiles that were skipped"),
            OUTPUT_SIZE=tr("Size of the output file in bytes"),
            SECONDS=tr("Time taken in seconds"),
        )

    def prepare(self, parameters: dict[str, Any], context: QgsProcessingContext) -> None:
        """Find the input, the area, and the style of the input."""
        super().prepare(parameters, context)
        self._style = self.style_of_input(parameters, context)

    def run_engine(self, run: Run) -> dict[str, Any]:
        """Extract; see `flac_raster_qgis.engine.extract`."""
        from ..engine import extract

        output = run.output
        # bands that are left out change the numbers of the others
        leaves_out_bands = run.given("BANDS") or run.given("TIME")
        style = StyleOutput(output, "" if leaves_out_bands else self._style)
        with self.planned(run, run.integer("WORKERS") or None) as (_, plan):
            result = extract(
                plan,
                output,
                whole_tiles=run.flag("WHOLE_TILES"),
                skip_damaged=run.flag("SKIP_DAMAGED"),
                cog=run.flag("COG"),
                overwrite=run.flag("OVERWRITE"),
                job=run.job,
            )
        if output.lower().endswith(".nc"):
            load_each_variable(output, run.context)
        run.warn(*result.warnings)
        run.say(reading_headline(result), _summary(result), *filter(None, [style.write()]))
        return {
            "OUTPUT": output,
            **plan_results(result.plan),
            "SAVED_FRACTION": result.saved_fraction,
            "DAMAGED_TILES": len(result.damaged_tiles),
            "OUTPUT_SIZE": result.output_bytes,
            "SECONDS": result.seconds,
        }


def _summary(result: ExtractResult) -> str:
    return tr(
        "{saved} of the file was not needed. The output has {size}, made in {seconds}."
    ).format(
        saved=format_percent(result.saved_fraction),
        size=format_size(result.output_bytes),
        seconds=format_seconds(result.seconds),
    )
