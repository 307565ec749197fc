"""Where the pixels of a raster lie on the map, for QGIS, which knows upright rectangles only."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from ..engine.errors import InputError
from ..engine.model.grid import Bounds, Level, Transform, Window, map_to_pixel, window_bounds
from ..engine.model.metadata import RasterMetadata
from ..engine.model.overlap import bounds_window

#: A raster without georeference is drawn like any image, its first row at the top, as QGIS does for
#: all formats.
_UPRIGHT_IMAGE: Transform = (1.0, 0.0, 0.0, 0.0, -1.0, 0.0)
#: Columns and rows are C's int in QGIS.
_MOST_PIXELS = (1 << 31) - 1
#: Share of a pixel by which the inverse transform may be off.
_ROUNDING = 1e-6


@dataclass(frozen=True)
class Georeference:
    """The transform of a raster and what follows from it.

    Parameters
    ----------
    transform : Transform
        Pixel to map coordinates.
    window : Window
        Of level 0: the part of the raster that is shown, which may be all of it.
    """

    transform: Transform
    window: Window

    @classmethod
    def of(cls, metadata: RasterMetadata, name: str) -> Georeference:
        """Take the georeference of a raster.

        Raises
        ------
        InputError
            If the raster has no place on a map.
        """
        transform = metadata.transform if metadata.has_transform else _UPRIGHT_IMAGE
        result = cls(transform, Window(0, 0, metadata.width, metadata.height))
        try:
            map_to_pixel(transform, 0.0, 0.0)
        except InputError as error:
            raise InputError("qgis.cannot_draw", name=name, reason=error) from error
        if not all(map(math.isfinite, result.bounds)):
            raise InputError("qgis.bounds", name=name, found=result.bounds)
        width, height = result._size
        if max(width, height) > _MOST_PIXELS:
            raise InputError(
                "qgis.too_large", name=name, width=width, height=height, expected=_MOST_PIXELS
            )
        return result

    def clipped(self, extent: Bounds, level: Level, name: str) -> Georeference:
        """Return the part that an extent overlaps, grown to whole pixels.

        Parameters
        ----------
        extent : Bounds
        level : Level
            Full resolution.
        name : str
            Of the raster, for the message.

        Raises
        ------
        InputError
            If it lies outside the raster.
        """
        window = bounds_window(self.transform, extent, level)
        if not (window.width and window.height):
            raise InputError("qgis.extent_outside", name=name, found=extent, expected=self.bounds)
        return replace(self, window=window)

    @cached_property
    def bounds(self) -> Bounds:
        """Smallest upright rectangle that holds what is shown."""
        return window_bounds(self.transform, self.window)

    @property
    def axis_aligned(self) -> bool:
        """Whether rows and columns run along the axes of the map, in either direction."""
        return self.transform[1] == self.transform[3] == 0

    @property
    def pixel_size(self) -> tuple[float, float]:
        """Width and height of a pixel; for a rotated raster, of an upright pixel as fine as it."""
        a, b, _, d, e, _ = self.transform
        return math.hypot(a, b), math.hypot(d, e)

    @cached_property
    def size(self) -> tuple[int, int]:
        """Columns and rows of the upright grid; those of the raster unless it is rotated."""
        across, down = self._size
        return max(1, round(across)), max(1, round(down))

    @property
    def _size(self) -> tuple[float, float]:
        if self.axis_aligned:
            return self.window.width, self.window.height
        xmin, ymin, xmax, ymax = self.bounds
        across, down = self.pixel_size
        return (xmax - xmin) / across, (ymax - ymin) / down

    @property
    def rows(self) -> tuple[int, int]:
        """First row that is shown and the first one that is not any more."""
        return self.window.row_off, self.window.row_off + self.window.height

    @property
    def columns(self) -> tuple[int, int]:
        """See `rows`."""
        return self.window.col_off, self.window.col_off + self.window.width

    def pixel_at(self, x: float, y: float) -> tuple[int, int] | None:
        """Row and column of the pixel at a point, None outside; the far edges count as inside."""
        column, row = map_to_pixel(self.transform, x, y)
        found = _pixel(row, *self.rows), _pixel(column, *self.columns)
        return None if None in found else found  # type: ignore[return-value]

    def columns_at(self, xs: np.ndarray) -> np.ndarray:
        """Positions in pixels of map coordinates, for an axis-aligned raster."""
        return (xs - self.transform[2]) / self.transform[0]

    def rows_at(self, ys: np.ndarray) -> np.ndarray:
        """See `columns_at`."""
        return (ys - self.transform[5]) / self.transform[4]

    def positions_at(self, xs: np.ndarray, ys: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Row and column positions in pixels of every point of a grid, for any raster.

        Parameters
        ----------
        xs, ys : ndarray, shapes (width,) and (height,)

        Returns
        -------
        rows, columns : ndarray, shape (height, width)
        """
        a, b, c, d, e, f = self.transform
        determinant = a * e - b * d
        across, down = xs[np.newaxis, :] - c, ys[:, np.newaxis] - f
        return (a * down - d * across) / determinant, (e * across - b * down) / determinant


def _pixel(position: float, first: int, end: int) -> int | None:
    if not first - _ROUNDING <= position <= end + _ROUNDING:
        return None
    return min(max(math.floor(position), first), end - 1)
