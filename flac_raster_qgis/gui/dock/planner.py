"""What an area needs, found in another thread as fast as a box is drawn."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qgis.core import QgsCoordinateReferenceSystem, QgsCoordinateTransformContext, QgsRectangle
from qgis.PyQt.QtCore import QObject, pyqtSignal

from ...core.extents import area_in_raster, drawn_y
from ...engine.errors import FlacRasterError
from ...engine.model.grid import Bounds
from ...engine.operations import AreaPlan, plan_area

if TYPE_CHECKING:
    from ...engine.reading.flac_raster import FlacRaster


@dataclass(frozen=True)
class AreaRequest:
    """What a user asks of a raster.

    Parameters
    ----------
    raster : FlacRaster
    extent : QgsRectangle
    crs : QgsCoordinateReferenceSystem
        Of the extent.
    transforms : QgsCoordinateTransformContext
        Of the project.
    level : int
    bands : tuple of int, optional
        From 1; default all.
    """

    raster: FlacRaster
    extent: QgsRectangle
    crs: QgsCoordinateReferenceSystem
    transforms: QgsCoordinateTransformContext
    level: int = 0
    bands: tuple[int, ...] | None = None


def plan_request(request: AreaRequest) -> AreaPlan:
    """Plan what a request needs, from the file header alone.

    Raises
    ------
    FlacRasterError
        If the extent has no place in the raster, or lies outside.
    """
    raster = request.raster
    area = area_in_raster(request.extent, request.crs, raster, request.transforms)
    return plan_area(raster, area, level=request.level, bands=request.bands)


def live_extents(plan: AreaPlan) -> list[Bounds]:
    """Return the rectangles where QGIS draws an area, see `extents.drawn_y`.

    Two of them, one at each end of the raster, where the area continues from one to the other.
    """
    extents = []
    for part in plan.parts:
        xmin, ymin, xmax, ymax = part.bounds or plan.bounds
        low, high = sorted(drawn_y(y, plan.metadata) for y in (ymin, ymax))
        extents.append((xmin, low, xmax, high))
    return extents


class Planner(QObject):
    """Answers the last request; answers to those before it are dropped."""

    #: `AreaPlan` of the last request, or the error that it has none.
    answered = pyqtSignal(object)
    _found = pyqtSignal(int, object)

    def __init__(self, parent: QObject | None = None):
        super().__init__(parent)
        self._executor = ThreadPoolExecutor(1, "flac-raster-plan")
        self._last = 0
        self._pending = threading.Lock()
        self._next: tuple[int, AreaRequest] | None = None
        self._found.connect(self._deliver)

    def ask(self, request: AreaRequest) -> None:
        """Find out what a request needs; it replaces the one before."""
        self._last += 1
        with self._pending:
            waiting = self._next is not None
            self._next = (self._last, request)
        if not waiting:
            self._executor.submit(self._work)

    def forget(self) -> None:
        """Drop the answer that is on its way."""
        self._last += 1

    def close(self) -> None:
        """Let the thread end; nothing is answered any more."""
        self.forget()
        with self._pending:
            self._next = None
        self._executor.shutdown(wait=False)

    def _work(self) -> None:
        with self._pending:
            asked, self._next = self._next, None
        if asked is None:
            return
        number, request = asked
        answer: object
        try:
            answer = plan_request(request)
        except FlacRasterError as error:
            answer = error
        with suppress(RuntimeError):  # the dock is gone
            self._found.emit(number, answer)

    def _deliver(self, number: int, answer: object) -> None:
        if number == self._last:
            self.answered.emit(answer)
