"""Tell NetCDF whose columns go north: GDAL takes the last dimension for columns, whatever it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ..errors import Message
from ..model.metadata import RasterMetadata
from .environment import gdal_errors, quiet_rasterio
from .times import name_beside

_NORTH = re.compile("degrees?_?(?:north|n)", re.IGNORECASE)
_NORTHWARD = ("latitude", "grid_latitude", "projection_y_coordinate")
#: How far a coordinate may be from the middle of its pixel, in pixels.
_SAME = 0.1


def axes_notes(metadata: RasterMetadata, dataset: Any, name: str) -> Iterator[Message]:
    """Warn if the columns of a raster lie where the rows should, as of (time, lon, lat)."""
    if not metadata.has_transform:
        return
    a, b, c, d, e, f = metadata.transform
    if b or d:
        return
    for variable in _northward_axes(metadata):
        ends = _ends(dataset, variable, metadata.width)
        if ends is None:
            continue
        columns = c + a / 2, c + a * (metadata.width - 0.5)
        rows = f + e / 2, f + e * (metadata.height - 0.5)
        if _is_line(ends, columns, a) and not _is_line(ends, rows, e):
            yield Message("note.axes_order", name, found=variable)
            return


def _northward_axes(metadata: RasterMetadata) -> Iterator[str]:
    for key, text in metadata.tags.get("", {}).items():
        variable, _, attribute = key.rpartition("#")
        is_units = attribute == "units" and _NORTH.fullmatch(text)
        if is_units or (attribute == "standard_name" and text in _NORTHWARD):
            yield variable


def _ends(dataset: Any, variable: str, count: int) -> tuple[float, float] | None:
    """Return the first and last number of a variable of one dimension and so many numbers."""
    beside = name_beside(dataset, variable)
    if beside is None:
        return None
    with quiet_rasterio() as rasterio:
        try:
            with rasterio.open(beside) as opened:
                if (opened.count, opened.height, opened.width) != (1, 1, count):
                    return None
                line = opened.read(1)[0].tolist()
        except gdal_errors(rasterio, ValueError, OSError):
            return None
    return line[0], line[-1]


def _is_line(ends: tuple[float, float], middles: tuple[float, float], step: float) -> bool:
    """Whether coordinates are those of the middles of pixels, in one direction or the other."""
    return any(
        all(abs(end - middle) <= _SAME * abs(step) for end, middle in zip(ends, pair))
        for pair in (middles, middles[::-1])
    )
