"""LayerGeoreference of a raster for QGIS, whose rasters are always axis-aligned."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from ..engine.errors import InputError
from ..engine.model.grid import Level, Window
from ..engine.model.metadata import RasterMetadata
from ..engine.model.overlap import window_from_bounds
from ..engine.model.transform import Bounds, Transform, map_to_pixel, window_bounds

#: Transform of rasters without georeference: the first row at the top, as QGIS draws all formats.
_IMAGE_TRANSFORM: Transform = (1.0, 0.0, 0.0, 0.0, -1.0, 0.0)
#: Columns and rows are of the C type int in QGIS.
_MAX_SIZE = (1 << 31) - 1
#: Tolerance of the inverse transform in pixels.
_ROUNDING = 1e-6


@dataclass(frozen=True)
class LayerGeoreference:
    """The transform of a raster (pixel to map), and the window of level 0 that is shown."""

    transform: Transform
    window: Window

    @classmethod
    def from_metadata(cls, metadata: RasterMetadata, name: str) -> LayerGeoreference:
        """Return the georeference of a raster; InputError if it cannot be shown on a map."""
        transform = metadata.transform if metadata.has_transform else _IMAGE_TRANSFORM
        result = cls(transform, Window(0, 0, metadata.width, metadata.height))
        try:
            map_to_pixel(transform, 0.0, 0.0)
        except InputError as error:
            raise InputError("qgis.cannot_draw", name, reason=error) from error
        if not all(map(math.isfinite, result.bounds)):
            raise InputError("qgis.bounds", name, found=result.bounds)
        width, height = result._size
        if max(width, height) > _MAX_SIZE:
            raise InputError("qgis.too_large", name, width=width, height=height, expected=_MAX_SIZE)
        return result

    def clipped(self, extent: Bounds, level: Level, name: str) -> LayerGeoreference:
        """Return the part that an extent overlaps, extended to whole pixels of level 0.

        Raises InputError if the extent is outside the raster, whose name the error gives.
        """
        window = window_from_bounds(self.transform, extent, level)
        if not (window.width and window.height):
            raise InputError("qgis.extent_outside", name, found=extent, expected=self.bounds)
        return replace(self, window=window)

    @cached_property
    def bounds(self) -> Bounds:
        """Bounding box of the window."""
        return window_bounds(self.transform, self.window)

    @property
    def axis_aligned(self) -> bool:
        """Whether rows and columns are parallel to the axes of the map, in either direction."""
        return self.transform[1] == self.transform[3] == 0

    @property
    def pixel_size(self) -> tuple[float, float]:
        """Width and height of a pixel; for a rotated raster, lengths of its sides."""
        a, b, _, d, e, _ = self.transform
        return math.hypot(a, b), math.hypot(d, e)

    @cached_property
    def size(self) -> tuple[int, int]:
        """Columns and rows of the axis-aligned grid; those of the window unless rotated."""
        across, down = self._size
        return max(1, round(across)), max(1, round(down))

    @property
    def _size(self) -> tuple[float, float]:
        if self.axis_aligned:
            return self.window.width, self.window.height
        xmin, ymin, xmax, ymax = self.bounds
        across, down = self.pixel_size
        return (xmax - xmin) / across, (ymax - ymin) / down

    def pixel_at(self, x: float, y: float) -> tuple[int, int] | None:
        """Return row and column of the pixel at a point; None outside; edges count as inside."""
        column, row = map_to_pixel(self.transform, x, y)
        rows, columns = self.window.slices
        position = _pixel(row, rows), _pixel(column, columns)
        return None if None in position else position  # type: ignore[return-value]

    def columns_at(self, xs: np.ndarray) -> np.ndarray:
        """Return column positions of map coordinates, for an axis-aligned raster."""
        return (xs - self.transform[2]) / self.transform[0]

    def rows_at(self, ys: np.ndarray) -> np.ndarray:
        """Return row positions of map coordinates, for an axis-aligned raster."""
        return (ys - self.transform[5]) / self.transform[4]

    def positions_at(self, xs: np.ndarray, ys: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return row and column positions, shape (height, width), of all points of a grid.

        For any raster; ``xs`` has the shape (width,), ``ys`` (height,).
        """
        a, b, c, d, e, f = self.transform
        determinant = a * e - b * d
        across, down = xs[np.newaxis, :] - c, ys[:, np.newaxis] - f
        return (a * down - d * across) / determinant, (e * across - b * down) / determinant


def _pixel(position: float, pixels: slice) -> int | None:
    if not pixels.start - _ROUNDING <= position <= pixels.stop + _ROUNDING:
        return None
    return min(max(math.floor(position), pixels.start), pixels.stop - 1)
