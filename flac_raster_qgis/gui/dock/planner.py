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
from ...engine.model.grid import Bounds, Window
from ...engine.operations.area import Area, Selection, select
from ...engine.operations.passes import plan_passes

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


@dataclass(frozen=True)
class Needs:
    """What a request needs.

    Parameters
    ----------
    request : AreaRequest
    area : Area
        In the raster's coordinates.
    selection : Selection
        Level and windows of the pixels.
    tiles : int
    touched : Selection
        Pixels of the level that these tiles have.
    bytes : int
        Of the tiles.
    fetched_bytes, requests : int
        Still to be fetched, as things stand: what is kept in memory or on disk does not count.
    """

    request: AreaRequest
    area: Area
    selection: Selection
    tiles: int
    touched: Selection
    bytes: int
    fetched_bytes: int
    requests: int

    @property
    def bounds(self) -> Bounds:
        """The area as a rectangle in the raster's coordinates."""
        return self.area.bbox  # type: ignore[return-value]

    @property
    def squares(self) -> Window:
        """Pixels of the level that the tiles have, as one window."""
        return self.touched.window

    @property
    def live_extents(self) -> tuple[Bounds, ...]:
        """The rectangle where QGIS draws the raster, see `extents.drawn_y`.

        Two of them, one at each end of the raster, where the area goes on from one to the other.
        """
        return tuple(
            _drawn(part.bounds or self.bounds, self.request) for part in self.selection.parts
        )

    @property
    def share(self) -> float:
        """What is still to be fetched, as a part of the file."""
        return self.fetched_bytes / self.request.raster.source.size

    @property
    def pixel_bytes(self) -> int:
        """Of the result without compression."""
        raster, window = self.request.raster, self.selection.window
        bands = raster.metadata.count if self.request.bands is None else len(self.request.bands)
        return window.width * window.height * bands * raster.dtype.itemsize


def needs_of(request: AreaRequest) -> Needs:
    """Find out what a request needs, from the head of the file alone.

    Raises
    ------
    FlacRasterError
        If the extent has no place in the raster, or lies outside.
    """
    raster = request.raster
    area = area_in_raster(request.extent, request.crs, raster, request.transforms)
    selection = select(raster, area, level=request.level)
    passes = plan_passes(raster, selection, request.bands)
    fetches = [fetch for plan in passes.plans_with_requests() for fetch in plan.requests]
    return Needs(
        request=request,
        area=area,
        selection=selection,
        tiles=len(passes.keys),
        touched=select(raster, area, level=request.level, whole_tiles=True),
        bytes=int(raster.head.index.stored(passes.keys).sizes.sum()),
        fetched_bytes=sum(size for _, size in fetches),
        requests=len(fetches),
    )


def _drawn(bounds: Bounds, request: AreaRequest) -> Bounds:
    xmin, ymin, xmax, ymax = bounds
    low, high = sorted(drawn_y(y, request.raster) for y in (ymin, ymax))
    return (xmin, low, xmax, high)


class Planner(QObject):
    """Answers the last request; answers to those before it are dropped.

    Parameters
    ----------
    parent : QObject, optional
    """

    #: `Needs` of the last request, or the error that it has none.
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
            answer = needs_of(request)
        except FlacRasterError as error:
            answer = error
        with suppress(RuntimeError):  # the dock is gone
            self._found.emit(number, answer)

    def _deliver(self, number: int, answer: object) -> None:
        if number == self._last:
            self.answered.emit(answer)
