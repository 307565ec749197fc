"""The tool that proves a FLAC raster to be whole."""

from __future__ import annotations

import json
from typing import Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputBoolean,
    QgsProcessingOutputNumber,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFeatureSink,
)

from ..core.error_text import error_text
from ..core.plain_text import push_error, push_info, push_warning
from ..core.translation import tr
from .base import FlacRasterAlgorithm, job_of
from .raster_input import RasterInput
from .reports.checks import verification_headline, verification_report
from .tile_polygons import damage_attributes, damage_fields, write_polygons

#: Damaged tiles that the log lists; a file cut off in the middle may have thousands.
_SHOWN = 50


class VerifyAlgorithm(FlacRasterAlgorithm):
    """Decode every tile of a FLAC raster and check it."""

    INPUT = "INPUT"
    ALL_TILES = "ALL_TILES"
    OUTPUT_DAMAGED = "OUTPUT_DAMAGED"
    NAME = "verify"

    def displayName(self) -> str:
        """Return the name in the toolbox."""
        return tr("Verify FLAC raster")

    def shortDescription(self) -> str:
        """Return what the tooltip says."""
        return tr("Checks that every tile of a FLAC raster is whole.")

    def shortHelpString(self) -> str:
        """Return what stands beside the dialog."""
        return tr(
            "Decodes every tile of a FLAC raster and compares it with its checksum and with the "
            "index of the file.\n\n"
            "Damaged tiles are listed, with their place in the file and what is wrong with them, "
            "and a layer shows where they are. The other tiles can still be read, and “Extract "
            "from FLAC raster” can leave the damaged ones out. A damaged file is a result (VALID "
            "is false), not an error; an error is a file whose tiles cannot even be found.\n\n"
            "Of files that the Python package flac-raster wrote, it counts the pixel values that "
            "may differ from the original."
        )

    def tags(self) -> list[str]:
        """Return words by which the toolbox finds the tool."""
        return tr("flac,raster,check,validate,integrity,checksum,md5,damaged,corrupt").split(",")

    def initAlgorithm(self, config: Any = None) -> None:
        """Declare parameters and outputs."""
        self.add(
            RasterInput(self.INPUT, tr("FLAC raster to verify"), flac_only=True),
            tr("A layer, a file or a URL."),
        )
        self.add_advanced(
            QgsProcessingParameterBoolean(self.ALL_TILES, tr("Report every tile"), False),
            tr("The reports list whole tiles too, with how they are coded."),
        )
        self.add(
            QgsProcessingParameterFeatureSink(
                self.OUTPUT_DAMAGED,
                tr("Damaged tiles"),
                QgsProcessing.SourceType.TypeVectorPolygon,
                None,
                True,
                False,
            ),
            tr("The outlines of damaged tiles, in the coordinate system of the raster."),
        )
        self.add_reports(tr("Verification report"))
        self.addOutput(QgsProcessingOutputBoolean("VALID", tr("Every tile is whole")))
        self.addOutput(QgsProcessingOutputNumber("TILES", tr("Tiles checked")))
        self.addOutput(QgsProcessingOutputNumber("DAMAGED_TILES", tr("Damaged tiles")))
        self.addOutput(
            QgsProcessingOutputNumber(
                "UNCERTAIN_VALUES", tr("Values that may differ from the original")
            )
        )

    def run_engine(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> dict[str, Any]:
        """Verify; see `flac_raster_qgis.engine.verify`."""
        from ..engine import verify
        from ..engine.operations.opening import open_flac

        job = job_of(feedback)
        with (
            self.opened(self.INPUT, job) as source,
            open_flac(source, job=job) as raster,
        ):
            all_tiles = self.parameterAsBoolean(parameters, self.ALL_TILES, context)
            result = verify(raster, all_tiles=all_tiles, job=job)
            layer = write_polygons(
                self,
                (parameters, self.OUTPUT_DAMAGED, context),
                feedback,
                raster,
                damage_fields(),
                (
                    (
                        raster.grid.tile_corners(raster.metadata.transform, tile.key),
                        damage_attributes(tile),
                    )
                    for tile in result.damaged_tiles
                ),
                len(result.damaged_tiles),
            )
        found = result.to_dict()
        for damage in found["damaged_tiles"][:_SHOWN]:
            push_error(feedback, error_text(damage["error"]))
        if len(found["damaged_tiles"]) > _SHOWN:
            push_error(feedback, tr("And more; the reports list all damaged tiles."))
        for warning in found["warnings"]:
            push_warning(feedback, error_text(warning))
        push_info(feedback, verification_headline(found))
        reports = self.write_reports(
            parameters,
            context,
            html=lambda: verification_report(found),
            json=lambda: json.dumps(found, indent=2, allow_nan=False),
        )
        return {
            **reports,
            **layer,
            "VALID": found["valid"],
            "TILES": found["tiles"],
            "DAMAGED_TILES": len(found["damaged_tiles"]),
            "UNCERTAIN_VALUES": found["uncertain_values"],
        }
