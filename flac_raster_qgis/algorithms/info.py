"""The tool that says what a FLAC raster is."""

from __future__ import annotations

import json
from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
)

from ..translation import tr
from .base import FlacRasterAlgorithm, engine_callbacks
from .description import description_headline, description_report, restored_text
from .inputs import RasterInput


class InfoAlgorithm(FlacRasterAlgorithm):
    """Describe a FLAC raster from its head."""

    INPUT = "INPUT"
    NAME = "info"

    def displayName(self) -> str:  # noqa: N802 (Qt style)
        """Return the name in the toolbox."""
        return tr("FLAC raster information")

    def shortDescription(self) -> str:  # noqa: N802 (Qt style)
        """Return what the tooltip says."""
        return tr("Describes a FLAC raster without reading its pixels.")

    def shortHelpString(self) -> str:  # noqa: N802 (Qt style)
        """Return what stands beside the dialog."""
        return tr(
            "Says what a FLAC raster holds: size, bands, data type, coordinate system, nodata, "
            "tags, tiles and overviews, and how much smaller the file is than its pixels.\n\n"
            "Only the head of the file is read, so this is fast for files of any size."
        )

    def tags(self) -> list[str]:
        """Return words by which the toolbox finds the tool."""
        return tr("flac,raster,information,metadata,properties,describe,tags").split(",")

    def initAlgorithm(self, config: Any = None) -> None:  # noqa: N802 (Qt style)
        """Declare parameters and outputs."""
        self.add(
            RasterInput(self.INPUT, tr("FLAC raster to describe"), flac_only=True),
            tr("A layer, a file or a URL."),
        )
        self.add_reports(tr("Raster report"))
        for name, description in (
            ("WIDTH", tr("Width in pixels")),
            ("HEIGHT", tr("Height in pixels")),
            ("BANDS", tr("Number of bands")),
            ("FILE_SIZE", tr("Size of the file in bytes")),
            ("RATIO", tr("Size of the file as a part of the uncompressed pixels")),
            ("LEVELS", tr("Number of levels: full resolution and overviews")),
            ("TILES", tr("Number of tiles of all levels")),
        ):
            self.addOutput(QgsProcessingOutputNumber(name, description))
        for name, description in (
            ("DTYPE", tr("Data type of the pixels")),
            ("CRS", tr("Coordinate system: authority code or WKT")),
            ("RESTORED", tr("How far pixels of a file of flac-raster are restored")),
            ("JSON", tr("Everything, as JSON")),
        ):
            self.addOutput(QgsProcessingOutputString(name, description))

    def run_engine(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> dict[str, Any]:
        """Describe; see `flac_raster_qgis.engine.describe`."""
        from ..engine import describe

        is_cancelled = engine_callbacks(feedback)["is_cancelled"]
        with self.opened(self.INPUT, is_cancelled, even_without_pixels=True) as source:
            found = describe(source, is_cancelled=is_cancelled)
        feedback.pushInfo(description_headline(found))
        if found["restored"]:
            for note in found["restored"]["notes"]:
                feedback.pushWarning(note)
        reports = self.write_reports(
            parameters,
            context,
            html=lambda: description_report(found),
            json=lambda: json.dumps(found, indent=2, allow_nan=False),
        )
        return {
            **reports,
            "WIDTH": found["width"],
            "HEIGHT": found["height"],
            "BANDS": found["count"],
            "DTYPE": found["dtype"],
            "CRS": found["crs"] or "",
            "RESTORED": restored_text(found["restored"]) if found["restored"] else "",
            "FILE_SIZE": found["file_bytes"],
            "RATIO": found["ratio"],
            "LEVELS": len(found["levels"]),
            "TILES": found["tiles"],
            "JSON": json.dumps(found, allow_nan=False),
        }
