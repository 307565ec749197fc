"""The tool that proves a FLAC raster to be whole."""

from __future__ import annotations

import json
from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputBoolean,
    QgsProcessingOutputNumber,
)

from ..translation import tr
from .base import FlacRasterAlgorithm, engine_callbacks
from .inputs import RasterInput
from .reports import verification_headline, verification_report

#: Damaged tiles that the log lists; a file cut off in the middle may have thousands.
_SHOWN = 50


class VerifyAlgorithm(FlacRasterAlgorithm):
    """Decode every tile of a FLAC raster and check it."""

    INPUT = "INPUT"
    NAME = "verify"

    def displayName(self) -> str:  # noqa: N802 (Qt style)
        """Return the name in the toolbox."""
        return tr("Verify FLAC raster")

    def shortDescription(self) -> str:  # noqa: N802 (Qt style)
        """Return what the tooltip says."""
        return tr("Checks that every tile of a FLAC raster is whole.")

    def shortHelpString(self) -> str:  # noqa: N802 (Qt style)
        """Return what stands beside the dialog."""
        return tr(
            "Decodes every tile of a FLAC raster and compares it with its checksum and with the "
            "index of the file.\n\n"
            "Damaged tiles are listed, with their place in the file and what is wrong with them. "
            "The other tiles can still be read. A damaged file is a result (VALID is false), not "
            "an error; an error is a file whose tiles cannot even be found.\n\n"
            "Of files that the Python package flac-raster wrote, it counts the pixel values that "
            "may differ from the original."
        )

    def tags(self) -> list[str]:
        """Return words by which the toolbox finds the tool."""
        return tr("flac,raster,check,validate,integrity,checksum,md5,damaged,corrupt").split(",")

    def initAlgorithm(self, config: Any = None) -> None:  # noqa: N802 (Qt style)
        """Declare parameters and outputs."""
        self.add(
            RasterInput(self.INPUT, tr("FLAC raster to verify"), flac_only=True),
            tr("A layer, a file or a URL."),
        )
        self.add_reports(tr("Verification report"))
        self.addOutput(QgsProcessingOutputBoolean("VALID", tr("Every tile is whole")))
        self.addOutput(QgsProcessingOutputNumber("TILES", tr("Tiles checked")))
        self.addOutput(QgsProcessingOutputNumber("DAMAGED", tr("Damaged tiles")))
        self.addOutput(
            QgsProcessingOutputNumber("UNCERTAIN", tr("Values that may differ from the original"))
        )

    def run_engine(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> dict[str, Any]:
        """Verify; see `flac_raster_qgis.engine.verify`."""
        from ..engine import verify

        callbacks = engine_callbacks(feedback)
        with self.opened(self.INPUT, callbacks["is_cancelled"]) as source:
            found = verify(source, **callbacks).to_dict()
        for damage in found["damaged"][:_SHOWN]:
            feedback.reportError(damage["problem"], False)
        if len(found["damaged"]) > _SHOWN:
            feedback.reportError(tr("And more; the reports list all damaged tiles."), False)
        for warning in found["warnings"]:
            feedback.pushWarning(warning)
        feedback.pushInfo(verification_headline(found))
        reports = self.write_reports(
            parameters,
            context,
            html=lambda: verification_report(found),
            json=lambda: json.dumps(found, indent=2, allow_nan=False),
        )
        return {
            **reports,
            "VALID": found["valid"],
            "TILES": found["tiles"],
            "DAMAGED": len(found["damaged"]),
            "UNCERTAIN": found["uncertain"],
        }
