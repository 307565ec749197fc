"""The values of places, as a chart shows them and as text."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import TYPE_CHECKING, Any

from ...engine.operations.sample import CSV_COLUMNS, PlainValue
from ...engine.operations.sample_plan import SampledBand
from .axes import to_days

if TYPE_CHECKING:
    from ...engine import SamplePlan

#: Steps are regular if so many of them are about as long as the median.
_REGULAR, _ABOUT = 0.8, 1.2
#: Of regular steps: a longer one is a gap.
_GAP = 1.5


@dataclass(eq=False)
class Line:
    """Bands of one label and unit at a place, by their position on the horizontal axis."""

    label: str
    unit: str
    #: Indexes into the bands of the place.
    indexes: list[int]
    positions: list[float]
    #: Numbers of the positions after which there is a gap.
    gaps: frozenset[int]


@dataclass(eq=False)
class Place:
    """A place on the map, and its values as far as they have arrived.

    Parameters
    ----------
    number : int
        From 1, as markers and texts show it.
    x, y : float
        In the CRS of the raster.
    bands : tuple of SampledBand
        By time.
    values : list
        One for each band; None where there is none, or none yet.
    """

    number: int
    x: float = math.nan
    y: float = math.nan
    bands: tuple[SampledBand, ...] = ()
    values: list[PlainValue] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    #: Whether all values have arrived.
    is_complete: bool = False

    def set_plan(self, plan: SamplePlan) -> None:
        """Take over what is to come."""
        (self.x, self.y), self.bands = plan.points[0].tolist(), plan.bands
        self.values = [None] * len(plan.bands)
        found: dict[tuple[str, str], list[int]] = {}
        for index, band in enumerate(plan.bands):
            label = band.label if plan.has_times else ""
            found.setdefault((label, self.unit_at(index)), []).append(index)
        self.lines = []
        for (label, unit), indexes in found.items():
            positions = [position(plan.bands[index]) for index in indexes]
            self.lines.append(Line(label, unit, indexes, positions, find_gaps(positions)))

    @property
    def has_times(self) -> bool:
        """Whether bands have times."""
        return bool(self.bands) and self.bands[0].time is not None

    def unit_at(self, index: int) -> str:
        """Return the unit of a band, or nothing."""
        return self.bands[index].unit or ""

    def number_at(self, index: int) -> float:
        """Return the value of a band as a finite number, NaN where there is none."""
        value = self.values[index]
        is_number = isinstance(value, (int, float)) and math.isfinite(value)
        return float(value) if is_number else math.nan  # type: ignore[arg-type]

    def numbers(self, line: Line) -> Iterator[float]:
        """Yield the finite values of a line."""
        found = map(self.number_at, line.indexes)
        return (value for value in found if not math.isnan(value))

    def rows(self) -> Iterator[Sequence[Any]]:
        """Yield the values as rows of `CSV_COLUMNS`."""
        for band, value in zip(self.bands, self.values):
            shown = band.to_dict()
            texts = (shown["band"], shown["start"], shown["end"], shown["label"])
            yield (self.number, self.x, self.y, *texts, value)


def position(band: SampledBand) -> float:
    """Return where a band is on the horizontal axis: days, or its number."""
    return float(band.number) if band.time is None else to_days(band.time.start)


def find_gaps(positions: Sequence[float]) -> frozenset[int]:
    """Return after which positions dates are missing: of regular ones, after those of long steps.

    Examples
    --------
    >>> sorted(find_gaps([1, 2, 3, 4, 6, 7, 8])), sorted(find_gaps([1, 5, 6, 13, 14]))
    ([3], [])
    """
    steps = [after - before for before, after in zip(positions, positions[1:])]
    if len(steps) < 3:
        return frozenset()
    usual = median(steps)
    regular = sum(step <= _ABOUT * usual for step in steps)
    if regular < _REGULAR * len(steps):
        return frozenset()
    return frozenset(number for number, step in enumerate(steps) if step > _GAP * usual)


def table(places: Sequence[Place], separator: str = ",") -> str:
    """Return all values as text with a header, as ``flac-raster sample --csv`` writes them."""
    import csv
    import io

    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator, lineterminator="\n")
    writer.writerow(CSV_COLUMNS)
    for place in places:
        writer.writerows(place.rows())
    return text.getvalue()
