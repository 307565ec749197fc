"""The tool that describes a raster."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from qgis.core import QgsProcessingOutputString

from ..core.translation import tr
from .base import FlacRasterAlgorithm, ToolTexts
from .raster_input import RasterInput
from .reports.description import (
    description_headline,
    description_report,
    file_ratio,
    is_flac,
    recovery_text,
)
from .run import Run

if TYPE_CHECKING:
    from ..engine.job import Job


class InfoAlgorithm(FlacRasterAlgorithm):
    """Describe a raster of any format, a FLAC raster from its head."""

    NAME = "info"

    def texts(self) -> ToolTexts:
        """Return the texts of the tool."""
        return ToolTexts(
            tr("FLAC raster information"),
            tr("Describes a raster of any format without reading its pixels."),
            tr(
                "Describes a raster: size, bands, data type, CRS, nodata and tags; for a FLAC "
                "raster also its values, tiles and overviews.\n\n"
                "For a FLAC raster only the file header is read, so this is fast for files of "
                "any size."
            ),
            tr("flac,raster,information,metadata,properties,describe,tags"),
        )

    def initAlgorithm(self, config: Any = None) -> None:
        """Declare parameters and outputs."""
        self.add(RasterInput("INPUT", tr("Raster to describe")))
        self.add_reports(tr("Raster report"))
        self.add_results(
            WIDTH=tr("Width in pixels"),
            HEIGHT=tr("Height in pixels"),
            BANDS=tr("Number of bands"),
            FILE_SIZE=tr("Size of the file in bytes"),
            SIZE_RATIO=tr("Size of the file divided by the size of the uncompressed pixels"),
            LEVELS=tr("Number of levels of a FLAC raster: full resolution and overviews"),
            TILES=tr("Number of tiles of a FLAC raster in all levels"),
        )
        self.add_results(
            QgsProcessingOutputString,
            DTYPE=tr("Data type of the pixels"),
            CRS=tr("CRS: authority code or WKT"),
            RECOVERY=tr("How exactly pixels of a file of flac-raster are recovered"),
            JSON=tr("Everything, as JSON"),
        )

    def run_engine(self, run: Run) -> dict[str, Any]:
        """Describe; see `flac_raster_qgis.engine.info`."""
        found = self._info(run.job)
        run.say(description_headline(found))
        recovery = found.get("recovery")
        run.warn(*(recovery["notes"] if recovery else ()), *found.get("warnings", ()))
        reports = self.write_reports(run, lambda: description_report(found), found)
        return {
            **reports,
            "WIDTH": found["width"],
            "HEIGHT": found["height"],
            "BANDS": found["count"],
            "DTYPE": found["dtype"],
            "CRS": found["crs"] or "",
            "RECOVERY": recovery_text(recovery) if recovery else "",
            "FILE_SIZE": found["file_bytes"],
            "SIZE_RATIO": file_ratio(found),
            "LEVELS": len(found["levels"]) if is_flac(found) else None,
            "TILES": found.get("tiles"),
            "JSON": json.dumps(found, allow_nan=False),
        }

    def _info(self, job: Job) -> dict[str, Any]:
        """Describe the input; one on a web server is taken for FLAC unless it turns out not to be.

        FLAC is read with QGIS's proxies and logins, all else by GDAL.
        """
        from ..engine.errors import NotFlacRaster, UnsupportedVersion
        from ..engine.operations.info import gdal_info, info
        from ..engine.operations.opening import is_flac_name

        uri = self.sources["INPUT"]
        options = {"allow_missing_pixels": True, "may_be_flac": True}
        try:
            with self.opened("INPUT", job, **options) as source:
                return info(source, job=job)
        except NotFlacRaster as error:
            if not uri.is_remote or is_flac_name(uri.name) or isinstance(error, UnsupportedVersion):
                raise
        return gdal_info(uri.name, job=job)
