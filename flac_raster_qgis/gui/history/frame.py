"""Where the values of a chart are drawn."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

from qgis.PyQt.QtCore import QPointF, QRectF

from .series import Line, Place


class Frame(NamedTuple):
    """The area of the values of a unit, and the limits of both axes."""

    unit: str
    area: QRectF
    first: float
    last: float
    low: float
    high: float

    def point(self, position: float, value: float) -> QPointF:
        """Return where a value is drawn."""
        return QPointF(self.x(position), self.y(value))

    def lines(self, place: Place) -> list[Line]:
        """Return the lines of a place that are drawn here."""
        return [line for line in place.lines if line.unit == self.unit]

    def x(self, position: float) -> float:
        """Return where a position is on the horizontal axis."""
        width = self.last - self.first
        part = (position - self.first) / width if width else 0.5
        return self.area.left() + part * self.area.width()

    def y(self, value: float) -> float:
        """Return where a value is on the vertical axis."""
        # halves, as the difference of two large numbers may be infinite
        part = (value / 2 - self.low / 2) / (self.high / 2 - self.low / 2)
        return self.area.bottom() - part * self.area.height()


def runs(frame: Frame, place: Place, line: Line) -> Iterator[list[QPointF]]:
    """Yield values next to each other, as points."""
    run: list[QPointF] = []
    for number, (position, index) in enumerate(zip(line.positions, line.indexes)):
        value = place.number_at(index)
        if not math.isnan(value):
            run.append(frame.point(position, value))
        if run and (math.isnan(value) or number in line.gaps):
            yield run
            run = []
    if run:
        yield run


def thinned(run: list[QPointF]) -> list[QPointF]:
    """Return of the points in the same column of pixels the first, lowest, highest and last."""
    columns: dict[int, list[QPointF]] = {}
    for point in run:
        columns.setdefault(int(point.x()), []).append(point)
    if 4 * len(columns) >= len(run):
        return run
    kept: list[QPointF] = []
    for points in columns.values():
        extremes = (min(points, key=QPointF.y), max(points, key=QPointF.y))
        kept += (points[0], *extremes, points[-1])
    return kept
