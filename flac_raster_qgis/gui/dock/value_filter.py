"""Areas narrowed to the tiles with values in a range, from the file header."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ...engine.model.grid import Window
from ...engine.operations import AreaPlan, plan_area
from ...engine.operations.longitudes import AreaWindow
from ...engine.reading.flac_raster import FlacRaster
from .value_range import Values


@dataclass(frozen=True)
class FilteredPlan:
    """Plan of the smallest box around the tiles of an area that have values in a range.

    Parameters
    ----------
    plan : AreaPlan, optional
        None if no tile has such values.
    area : AreaPlan
        Of all of the area.
    places : tuple of (row, column)
        The tiles with such values; without a filter, none.
    """

    plan: AreaPlan | None
    area: AreaPlan
    places: tuple[tuple[int, int], ...]
    #: Number of these tiles, of which several may be at one place.
    matching: int = 0


def scale_and_offset(raster: FlacRaster, bands: Sequence[int] | None) -> tuple[float, float] | None:
    """Return scale and offset that some bands (from 1; default all) share; None if they differ."""
    chosen = raster.metadata.bands
    if bands is not None:
        chosen = tuple(chosen[number - 1] for number in bands)
    pairs = {(band.scale, band.offset) for band in chosen}
    return pairs.pop() if len(pairs) == 1 and 0 not in {scale for scale, _ in pairs} else None


def condition(values: Values, scale: float, offset: float) -> str:
    """Return the condition of tiles with values in a range, for pixels as they are stored.

    Examples
    --------
    >>> condition((500.0, 800.0), 1.0, 0.0), condition((None, 20.0), 0.1, 0.0)
    ('max >= 500.0 and min <= 800.0', 'min <= 200.0')
    """
    stored = [None if value is None else (value - offset) / scale for value in values]
    low, high = stored if scale > 0 else stored[::-1]
    parts = [f"max >= {low!r}"] if low is not None else []
    return " and ".join([*parts, f"min <= {high!r}"] if high is not None else parts)


def filtered(raster: FlacRaster, area: AreaPlan, values: Values) -> FilteredPlan:
    """Narrow an area to its tiles with values in a range."""
    scale_offset = scale_and_offset(raster, area.bands)
    if raster.head.statistics is None or scale_offset is None:
        return FilteredPlan(area, area, ())
    options: dict[str, Any] = {"level": area.level, "bands": area.bands}
    where = condition(values, *scale_offset)
    keys = plan_area(raster, area.area, where=where, **options).tiles.keys
    if not len(keys):
        return FilteredPlan(None, area, ())
    places: set[tuple[int, int]] = set()
    for numbers in keys.numbers():
        rows, columns, _ = keys.places_at(numbers)
        places.update(zip(rows.tolist(), columns.tolist()))
    bounds = replace(area, parts=_narrowed(area, places)).bounds
    plan = plan_area(raster, replace(area.area, bbox=bounds, outline=None), **options)
    return FilteredPlan(plan, area, tuple(places), len(keys))


def _narrowed(area: AreaPlan, places: Collection[tuple[int, int]]) -> tuple[AreaWindow, ...]:
    """Return the smallest parts of an area that contain its pixels of some tiles."""
    size = area.tiles.keys.level.tile_size
    top, bottom = min(row for row, _ in places) * size, (max(row for row, _ in places) + 1) * size
    columns, found = {column for _, column in places}, []
    for part in area.parts:
        left, right = part.window.col_off, part.window.col_off + part.window.width
        inside = [n * size for n in columns if n * size < right and (n + 1) * size > left]
        if inside:
            found.append([part, max(left, min(inside)), min(right, max(inside) + size)])
    if len(found) == 2:  # they meet at the ends of the raster, so only their outer sides move
        found[0][2] = area.parts[0].window.col_off + area.parts[0].window.width
        found[1][1] = 0
    return tuple(
        part._replace(
            window=Window(left, top, right - left, bottom - top).intersection(part.window)
        )
        for part, left, right in found
    )
