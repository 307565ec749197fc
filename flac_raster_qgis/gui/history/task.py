"""Read the values of a place in another thread."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransformContext,
    QgsPointXY,
    QgsProject,
)
from qgis.PyQt.QtCore import pyqtSignal

from ...core.extents import points_in_raster
from ...core.translation import tr
from ...engine import plan_sample
from ...engine.errors import OutsideRaster
from ...engine.operations.sample import PlainValue, iter_samples, plain_value, scale_values
from ..background_task import BackgroundTask

if TYPE_CHECKING:
    from ...data_provider.open_raster import OpenRaster
    from ...engine import SamplePlan
    from ...engine.operations.sample import SamplePiece

#: Bytes that a click downloads without asking.
MAX_UNASKED = 20_000_000
#: Seconds between two reports.
_REPORT_INTERVAL = 0.1


class HistoryTask(BackgroundTask):
    """Plans the reading of a place, and carries it out unless that has to be asked for.

    Values are physical ones: pixel * scale + offset.
    """

    #: The plan, before anything is downloaded: `SamplePlan`.
    planned = pyqtSignal(object)
    #: Values by the index of their band.
    arrived = pyqtSignal(object)

    def __init__(
        self,
        opened: OpenRaster,
        point: QgsPointXY,
        crs: QgsCoordinateReferenceSystem,
        *,
        is_asked_for: bool = False,
    ):
        super().__init__(tr("Pixel history of {name}").format(name=opened.raster.name))
        self.opened, self.point, self.crs = opened, point, crs
        self.is_asked_for = is_asked_for
        self.plan: SamplePlan | None = None
        #: Whether the user has to confirm the download.
        self.is_large = False
        self.is_outside = False
        self._transforms: QgsCoordinateTransformContext = QgsProject.instance().transformContext()
        self._values: dict[int, PlainValue] = {}

    def work(self) -> None:
        """Plan and read."""
        raster = self.opened.raster
        points, turn = points_in_raster([self.point], self.crs, raster, self._transforms)
        try:
            self.plan = plan_sample(raster, points, full_turn=turn)
        except OutsideRaster:
            self.is_outside = True
            return
        self.planned.emit(self.plan)
        size = 0 if self.plan.is_local else self.plan.request_bytes
        self.is_large = size > MAX_UNASKED and not self.is_asked_for
        if self.is_large:
            return
        last = time.monotonic()
        for number, piece in enumerate(iter_samples(raster, self.plan, job=self.job), start=1):
            self._take(piece)
            if time.monotonic() - last >= _REPORT_INTERVAL:
                self._report()
                self.setProgress(100 * number / len(self.plan.tiles))
                last = time.monotonic()
        self._report()

    @property
    def was_cancelled(self) -> bool:
        """Whether the task was cancelled, for example in the task list of QGIS."""
        return self.job.is_cancelled()

    def _take(self, piece: SamplePiece) -> None:
        bands = [self.plan.bands[index] for index in piece.bands.tolist()]
        is_scaled = any((band.scale, band.offset) != (1, 0) for band in bands)
        values = scale_values(piece.values, bands) if is_scaled else piece.values
        for index, value, is_valid in zip(piece.bands.tolist(), values[0], piece.valid[0].tolist()):
            if is_valid:
                self._values[index] = plain_value(value)

    def _report(self) -> None:
        self.arrived.emit(self._values)
        self._values = {}
