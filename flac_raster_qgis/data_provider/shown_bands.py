"""Which stored bands of a raster are the bands that QGIS asks for, at the date that it asks for."""

from __future__ import annotations

from collections.abc import Sequence

from ..engine.model.transform import Bounds
from .band_statistics import Nodata, stored_min_max
from .exports import exported_range
from .open_raster import OpenRaster
from .raster_properties import RasterProperties


class ShownBands(RasterProperties):
    """Base class of the provider that maps bands to stored ones.

    Without dates these are the same. Each request finds its own: an attribute would be that of
    another request as soon as two threads draw different dates.
    """

    def _stored_numbers(self, opened: OpenRaster, numbers: Sequence[int]) -> list[int | None]:
        """Return the stored bands that QGIS asks for, of the date of the requested range.

        None where there is no band of that date.
        """
        if opened.dates is None:
            return list(numbers)
        wanted = self.temporalCapabilities().requestedTemporalRange()
        if not wanted.begin().isValid() and not wanted.end().isValid():
            wanted = exported_range() or wanted
        row = opened.dates.row_at(wanted)
        return [None if row is None else opened.dates.rows[row][number - 1] for number in numbers]

    def _nodata(self, number: int) -> Nodata:
        return self.useSourceNoDataValue(number), self.userNoDataValues(number)

    def _stored_nodata(self, opened: OpenRaster) -> list[Nodata]:
        """Return nodata of each stored band."""
        nodata = [self._nodata(number) for number in range(1, len(self._bands) + 1)]
        if opened.dates is None:
            return nodata
        column = opened.dates.columns
        return [
            nodata[column[number]] if number in column else (True, [])
            for number in opened.all_bands
        ]

    def _min_max_of_dates(
        self, opened: OpenRaster, number: int, bounds: Bounds
    ) -> tuple[float, float] | None:
        """Return minimum and maximum of a band, of all its dates: colors stay the same in time."""
        nodata = self._nodata(number)
        stored = [number] if opened.dates is None else opened.dates.bands_of_column(number - 1)
        known = (stored_min_max(opened, n, opened.values[n - 1], nodata, bounds) for n in stored)
        found = list(filter(None, known))
        return (min(low for low, _ in found), max(high for _, high in found)) if found else None
