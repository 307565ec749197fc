"""Base of the tools that work on an area of a raster, with the parameters that select it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransformContext,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingParameterExtent,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
    QgsRectangle,
)

from ..core.extents import area_in_raster
from ..core.translation import tr
from .bands_algorithm import BandsAlgorithm, chosen_bands, shown_by
from .base import integer
from .raster_input import RasterInput
from .run import Run

if TYPE_CHECKING:
    from ..engine import Area, AreaPlan, FlacRaster


class AreaAlgorithm(BandsAlgorithm):
    """Base of the tools that take a part of a FLAC raster: an extent, or a tile, or all of it."""

    def __init__(self) -> None:
        super().__init__()
        # known once prepared: layers and projects belong to the main thread
        self._extent: QgsRectangle | None = None
        self._extent_crs = QgsCoordinateReferenceSystem()
        self._transforms = QgsCoordinateTransformContext()

    def add_area(self) -> None:
        """Declare the parameters."""
        self.add(RasterInput("INPUT", tr("FLAC raster"), flac_only=True))
        self.add(
            QgsProcessingParameterExtent("EXTENT", tr("Extent"), None, True),
            tr(
                "In any CRS: selects all pixels that it overlaps. As text, both x come before both "
                "y: xmin,xmax,ymin,ymax [EPSG:4326]. Not set: the whole raster."
            ),
        )
        self.add_bands()
        self.add(
            shown_by("LevelWrapper", integer("LEVEL", tr("Pyramid level (0 = full resolution)"))),
            tr("Each further level has half the resolution of the one before."),
        )
        double = QgsProcessingParameterNumber.Type.Double
        label = tr("Maximum pixel size (CRS units)")
        self.add_advanced(
            QgsProcessingParameterNumber("RESOLUTION", label, double, None, True, 0),
            tr("Instead of a level: chooses the coarsest level with pixels no larger than this."),
        )
        self.add_advanced(
            shown_by(
                "TileWrapper",
                QgsProcessingParameterString("TILE", tr("Tile number"), None, False, True),
            ),
            tr(
                "Instead of an extent: the number of a tile, counted row by row from 0, or "
                "“center” or “last”."
            ),
        )

    def add_plan_results(self) -> None:
        """Declare `plan_results`."""
        self.add_results(
            LEVEL=tr("Pyramid level that was used"),
            WIDTH=tr("Width of the area in pixels"),
            HEIGHT=tr("Height of the area in pixels"),
            TILES=tr("Number of tiles"),
            TILE_BYTES=tr("Size of the tiles in bytes"),
            REQUESTS=tr("Number of requests to a web server"),
            REQUEST_BYTES=tr("Size of all requests in bytes"),
            FILE_SIZE=tr("Size of the FLAC file in bytes"),
        )

    def prepare(self, parameters: dict[str, Any], context: QgsProcessingContext) -> None:
        """Find the extent as well, which may be that of a layer."""
        if parameters.get("EXTENT") not in (None, ""):
            self._extent = self.parameterAsExtent(parameters, "EXTENT", context)
            self._extent_crs = self.parameterAsExtentCrs(parameters, "EXTENT", context)
            self._transforms = context.transformContext()
        super().prepare(parameters, context)

    @contextmanager
    def planned(
        self, run: Run, workers: int | None = None, where: str | None = None
    ) -> Iterator[tuple[FlacRaster, AreaPlan]]:
        """Yield the open raster and the plan of the area that the parameters name."""
        from ..engine import plan_area
        from ..engine.operations.opening import open_flac

        with (
            self.opened("INPUT", run.job, workers) as source,
            open_flac(source, workers=workers, job=run.job) as raster,
        ):
            plan = plan_area(
                raster,
                self._area(run, raster),
                level=run.integer("LEVEL"),
                resolution=run.number("RESOLUTION"),
                **chosen_bands(run, self.sources["INPUT"]),
                where=where,
            )
            yield raster, plan

    def _area(self, run: Run, raster: FlacRaster) -> Area:
        from ..engine import Area

        _check_crs(run.parameters.get("EXTENT"))
        text = run.text("TILE")
        tile = int(text) if text.isdecimal() else text or None
        extent, part = self._extent, self.sources["INPUT"].extent
        if extent is None and tile is None and part is not None:  # a layer of a part of its raster
            extent = QgsRectangle(*part)
        if extent is None:
            return Area(tile=tile)
        area = area_in_raster(extent, self._extent_crs, raster, self._transforms)
        return replace(area, tile=tile)


def plan_results(plan: AreaPlan) -> dict[str, Any]:
    """Return the results that query and extract have in common."""
    return {
        "LEVEL": plan.level,
        "WIDTH": plan.window.width,
        "HEIGHT": plan.window.height,
        "TILES": len(plan.tiles),
        "TILE_BYTES": plan.tile_bytes,
        "REQUESTS": len(plan.requests),
        "REQUEST_BYTES": plan.request_bytes,
        "FILE_SIZE": plan.file_bytes,
    }


def _check_crs(extent: Any) -> None:
    """Refuse a text with a CRS that QGIS does not know: it would take that of the raster."""
    text = extent.rstrip() if isinstance(extent, str) else ""
    if not text.endswith("]"):
        return
    _, bracket, name = text[:-1].rpartition("]")[2].partition("[")
    if bracket and not QgsCoordinateReferenceSystem(name).isValid():
        raise QgsProcessingException(
            tr(
                "The CRS of the extent, {name}, is unknown. Name one as in 7.5,7.8,46.1,46.3 "
                "[EPSG:4326]."
            ).format(name=name)
        )
