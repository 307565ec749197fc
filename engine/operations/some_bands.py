"""Some bands of a raster, as a raster."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from ..model.band_times import with_found_times
from ..model.grid import Window
from ..model.metadata import RasterMetadata
from ..model.raster import MaskedPixels, Raster
from ..reading.flac_raster import FlacRaster
from .times import bands_of_time


class SomeBands:
    """Bands of an open raster, by their numbers from 1; see `Raster`."""

    def __init__(self, raster: Any, metadata: RasterMetadata, bands: Sequence[int]):
        self.name: str = raster.name
        self.metadata = replace(
            metadata, bands=tuple(metadata.bands[number - 1] for number in bands)
        )
        #: Tiles of a FLAC raster, None of others.
        self.grid = raster.grid if isinstance(raster, FlacRaster) else None
        self._raster, self._bands = raster, bands

    @property
    def warnings(self) -> tuple[str, ...]:
        """See `Raster`."""
        found: tuple[str, ...] = self._raster.warnings
        return found

    def read_window(self, window: Window) -> MaskedPixels:
        """See `Raster`."""
        pixels: MaskedPixels = self._raster.read_window(window, self._bands)
        return pixels

    def close(self) -> None:
        """Leave the raster open, for it belongs to others."""


def at_time(raster: Raster, time: str | None) -> Raster:
    """Return the bands of a time of a raster, all without one; see `bands_of_time`."""
    bands = bands_of_time(raster.metadata, raster.name, time)
    if bands is None:
        return raster
    # before bands are left out: one that is alone may no longer show its time
    return SomeBands(raster, with_found_times(raster.metadata, []), bands)
