"""The tool that verifies a FLAC raster."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsProcessingOutputBoolean

from ..core.error_text import error_text
from ..core.plain_text import push_error
from ..core.translation import tr
from .bands_algorithm import BandsAlgorithm
from .base import ToolTexts
from .raster_input import RasterInput
from .reports.checks import verification_headline, verification_report
from .run import Run
from .tile_polygons import tile_layer, write_polygons

#: Damaged tiles that the log lists; a file cut off in the middle may have thousands.
_SHOWN = 50


class VerifyAlgorithm(BandsAlgorithm):
    """Decode every tile of a FLAC raster and check it."""

    NAME = "verify"

    def texts(self) -> ToolTexts:
        """Return the texts of the tool."""
        return ToolTexts(
            tr("Verify FLAC raster"),
            tr("Checks that every tile of a FLAC raster is intact."),
            tr(
                "Decodes every tile of a FLAC raster and compares it with its checksum and with "
                "the tile index of the file.\n\n"
                "Damaged tiles are listed, with their byte range and the error, and a layer "
                "shows where they are. The other tiles can still be read, and “Extract from "
                "FLAC raster” can skip the damaged ones. A damaged file is a result (VALID is "
                "false), not an error; it is an error if the tiles cannot be found at all.\n\n"
                "For files of the Python package flac-raster, it counts the pixel values that "
                "may differ from the original."
            ),
            tr("flac,raster,check,validate,integrity,checksum,md5,damaged,corrupt"),
        )

    def initAlgorithm(self, config: Any = None) -> None:
        """Declare parameters and outputs."""
        self.add(RasterInput("INPUT", tr("FLAC raster to verify"), flac_only=True))
        self.add_time(
            tr(
                "Checks only the tiles with bands of a time, such as 2020-07 or 2020-01..2020-06. "
                "Not set: all tiles."
            )
        )
        self.add_flag(
            "ALL_TILES",
            tr("List intact tiles too"),
            tr("The reports list every tile, with its coding."),
        )
        self.add(
            tile_layer("OUTPUT_DAMAGED", tr("Damaged tiles"), by_default=False),
            tr("The outlines of damaged tiles, in the CRS of the raster."),
        )
        self.add_reports(tr("Verification report"))
        self.add_results(QgsProcessingOutputBoolean, VALID=tr("Every tile is intact"))
        self.add_results(
            TILES=tr("Number of tiles checked"),
            DAMAGED_TILES=tr("Number of damaged tiles"),
            UNCERTAIN_VALUES=tr("Number of values that may differ from the original"),
        )

    def run_engine(self, run: Run) -> dict[str, Any]:
        """Verify; see `flac_raster_qgis.engine.verify`."""
        from ..engine import verify
        from ..engine.model.transform import tile_corners
        from ..engine.operations.opening import open_flac

        job = run.job
        with self.opened("INPUT", job) as source, open_flac(source, job=job) as raster:
            result = verify(
                raster, time=run.text("TIME") or None, all_tiles=run.flag("ALL_TILES"), job=job
            )
            transform = raster.metadata.transform
            tiles = (
                (tile_corners(transform, raster.grid, tile.key), tile.to_dict())
                for tile in result.damaged_tiles
            )
            layer = write_polygons(self, run, "OUTPUT_DAMAGED", raster, tiles)
        found = result.to_dict()
        for damage in found["damaged_tiles"][:_SHOWN]:
            push_error(run.feedback, error_text(damage["error"]))
        if len(found["damaged_tiles"]) > _SHOWN:
            push_error(run.feedback, tr("And more: the reports list all damaged tiles."))
        run.warn(*found["warnings"])
        run.say(verification_headline(found))
        reports = self.write_reports(run, lambda: verification_report(found), found)
        return {
            **reports,
            **layer,
            "VALID": found["valid"],
            "TILES": found["tiles"],
            "DAMAGED_TILES": len(found["damaged_tiles"]),
            "UNCERTAIN_VALUES": found["uncertain_values"],
        }
