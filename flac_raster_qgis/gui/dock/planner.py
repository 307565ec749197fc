"""Plan areas in another thread while a box is drawn."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qgis.core import QgsCoordinateReferenceSystem, QgsCoordinateTransformContext, QgsRectangle
from qgis.PyQt.QtCore import QObject, pyqtSignal

from ...core.extents import area_in_raster, drawn_y
from ...engine.errors import FlacRasterError
from ...engine.model.transform import Bounds
from ...engine.operations import AreaPlan, plan_area
from .value_filter import FilteredPlan, filtered
from .value_range import Values

if TYPE_CHECKING:
    from ...engine.reading.flac_raster import FlacRaster


@dataclass(frozen=True)
class AreaRequest:
    """An area of a raster that a user has chosen: an extent in a CRS, a level and bands from 1.

    ``values`` narrow it to the tiles with values in a range.
    """

    raster: FlacRaster
    extent: QgsRectangle
    crs: QgsCoordinateReferenceSystem
    transforms: QgsCoordinateTransformContext
    level: int = 0
    bands: tuple[int, ...] | None = None
    values: Values | None = None


def plan_request(request: AreaRequest) -> AreaPlan:
    """Plan a request, from the file header only.

    Raises FlacRasterError if the extent cannot be transformed, or is outside the raster.
    """
    raster = request.raster
    area = area_in_raster(request.extent, request.crs, raster, request.transforms)
    return plan_area(raster, area, level=request.level, bands=request.bands)


def filtered_plan(request: AreaRequest) -> FilteredPlan:
    """Plan a request and its filter; raises as `plan_request` does."""
    area = plan_request(request)
    if request.values is None:
        found = FilteredPlan(area, area, ())
    else:
        found = filtered(request.raster, area, request.values)
    _ = area.tiles.min_max  # computed here and not in the main thread
    return found


def live_extents(plan: AreaPlan) -> list[Bounds]:
    """Return the extents where QGIS draws an area; see `extents.drawn_y`.

    There are two, one at each end of the raster, if the area wraps around.
    """
    extents = []
    for part in plan.parts:
        xmin, ymin, xmax, ymax = part.bounds or plan.bounds
        low, high = sorted(drawn_y(y, plan.metadata) for y in (ymin, ymax))
        extents.append((xmin, low, xmax, high))
    return extents


class Planner(QObject):
    """Plans the last request in another thread; results of earlier requests are dropped."""

    #: `FilteredPlan` of the last request, or the error.
    answered = pyqtSignal(object)
    _planned = pyqtSignal(int, object)

    def __init__(self, parent: QObject | None = None):
        super().__init__(parent)
        self._executor = ThreadPoolExecutor(1, "flac-raster-plan")
        self._count = 0
        self._future: Future[None] | None = None
        self._planned.connect(self._deliver)

    def ask(self, request: AreaRequest) -> None:
        """Plan a request instead of the previous one."""
        self.forget()
        self._future = self._executor.submit(self._plan, self._count, request)

    def forget(self) -> None:
        """Drop the pending result."""
        self._count += 1
        if self._future is not None:
            self._future.cancel()

    def close(self) -> None:
        """Drop the pending result and end the thread."""
        self.forget()
        self._executor.shutdown(wait=False)

    def _plan(self, number: int, request: AreaRequest) -> None:
        answer: object
        try:
            answer = filtered_plan(request)
        except FlacRasterError as error:
            answer = error
        with suppress(RuntimeError):  # the dock is deleted
            self._planned.emit(number, answer)

    def _deliver(self, number: int, answer: object) -> None:
        if number == self._count:
            self.answered.emit(answer)
