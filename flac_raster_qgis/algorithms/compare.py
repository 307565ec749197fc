"""The tool that compares two rasters bit by bit."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsProcessingOutputBoolean

from ..core.translation import tr
from .bands_algorithm import BandsAlgorithm
from .base import ToolTexts
from .raster_input import RasterInput
from .reports.checks import comparison_headline, comparison_report
from .run import Run


class CompareAlgorithm(BandsAlgorithm):
    """Compare the pixels and the metadata of two rasters."""

    NAME = "compare"

    def texts(self) -> ToolTexts:
        """Return the texts of the tool."""
        return ToolTexts(
            tr("Compare rasters"),
            tr("Compares two rasters of any format: every pixel, bit by bit, and all metadata."),
            tr(
                "Compares two rasters of any format, for example a GeoTIFF with the FLAC raster "
                "made from it.\n\n"
                "Pixels are compared by their bits, so NaN and negative zero count too. CRS, "
                "georeference, nodata, colors, band names and all tags are compared as well. "
                "The report lists minimum, maximum and mean of both rasters side by side.\n\n"
                "Statistics and histograms that programs compute from the pixels and store "
                "beside a raster are listed if they differ, but do not make rasters different.\n\n"
                "Rasters that differ are a result (IDENTICAL is false), not an error."
            ),
            tr("flac,raster,compare,difference,identical,diff,lossless,statistics"),
        )

    def initAlgorithm(self, config: Any = None) -> None:
        """Declare parameters and outputs."""
        self.add(RasterInput("INPUT_A", tr("First raster")))
        self.add(RasterInput("INPUT_B", tr("Second raster"), start_empty=True))
        self.add_time(
            tr(
                "Compares only the bands of a time, such as 2020-07 or 2020-01..2020-06. "
                "Not set: all bands."
            )
        )
        self.add_reports(tr("Comparison report"))
        self.add_results(
            QgsProcessingOutputBoolean,
            IDENTICAL=tr("Pixels and metadata are the same"),
            PIXELS_IDENTICAL=tr("Every pixel has the same bits"),
        )
        self.add_results(
            MAX_DIFFERENCE=tr("Largest difference of two valid pixels"),
            DIFFERING_PIXELS=tr("Number of pixel values that differ, in all bands"),
            METADATA_DIFFERENCES=tr("Number of metadata entries that differ"),
        )

    def run_engine(self, run: Run) -> dict[str, Any]:
        """Compare; see `flac_raster_qgis.engine.compare`.

        MAX_DIFFERENCE and DIFFERING_PIXELS are None where the pixels cannot be set side by side.
        """
        from ..engine import compare

        job = run.job
        with self.opened("INPUT_A", job) as left, self.opened("INPUT_B", job) as right:
            comparison = compare(left, right, time=run.text("TIME") or None, job=job)
        found = comparison.to_dict()
        run.say(comparison_headline(found))
        reports = self.write_reports(run, lambda: comparison_report(found), found)
        largest = comparison.max_difference
        return {
            **reports,
            "IDENTICAL": comparison.identical,
            "PIXELS_IDENTICAL": bool(comparison.pixels_identical),
            # as float, because Qt has no place for whole numbers of more than 64 bits
            "MAX_DIFFERENCE": None if largest is None else float(largest),
            "DIFFERING_PIXELS": (
                sum(band.differing for band in comparison.bands) if comparison.bands else None
            ),
            "METADATA_DIFFERENCES": len(comparison.differences),
        }
