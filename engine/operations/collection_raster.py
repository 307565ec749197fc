"""A collection as one raster on a grid of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..collection.member import Member
from ..collection.members import Members
from ..collection.placement import View
from ..collection.reading import Frame, read_view
from ..job import Job
from ..model.data_types import Array
from ..model.grid import Window
from ..model.metadata import RasterMetadata
from ..model.nodata import cast_nodata
from ..model.raster import MaskedPixels
from ..model.transform import Transform, window_bounds
from .metadata_diff import tags_without_statistics


class CollectionRaster:
    """Members drawn over each other; see `flac_raster_qgis.engine.model.raster.Raster`.

    Its metadata are those of the member on top. It has a mask unless all members have the same
    nodata values.

    Parameters
    ----------
    members : Members
    frame : Frame
        The members that are drawn, and the CRS.
    described : sequence of Member
        The same members.
    transform : Transform
        North up.
    width, height : int
    bands : sequence of int
        Numbers from 1.
    job : Job
        Cancels reading.
    leaves_out : bool
        Whether a member that cannot be read is left out, and no error.

    Raises
    ------
    FlacRasterError
        If the member on top cannot be opened.
    """

    warnings: tuple[str, ...] = ()

    def __init__(
        self,
        members: Members,
        frame: Frame,
        described: Sequence[Member],
        transform: Transform,
        width: int,
        height: int,
        bands: Sequence[int],
        job: Job,
        leaves_out: bool = False,
    ):
        self.name = members.collection.name
        self._members, self._frame, self._bands, self._job = members, frame, bands, job.silent
        self._leaves_out = leaves_out
        numbers = frame.numbers if leaves_out else frame.numbers[:1]
        top = next(filter(None, map(members.open, numbers.tolist())), None)
        if top is None:
            raise next(iter(members.failures.values()))
        values = {tuple(member.bands[n - 1].nodata for n in bands) for member in described}
        has_mask = len(values) > 1 or None in next(iter(values))
        metadata = top.raster.metadata
        self.metadata: RasterMetadata = replace(
            metadata,
            width=width,
            height=height,
            transform=transform,
            has_transform=True,
            crs=frame.crs,
            bands=tuple(
                replace(
                    metadata.bands[number - 1],
                    # another member may have valid pixels of this value
                    nodata=None if has_mask else metadata.bands[number - 1].nodata,
                    tags=tags_without_statistics(metadata.bands[number - 1].tags),
                    histograms=(),
                )
                for number in bands
            ),
            has_mask=has_mask,
            gcps=(),
            rpcs=None,
        )

    def read_window(self, window: Window) -> MaskedPixels:
        """See `Raster`; pixels that no member has are nodata, or masked."""
        # not at the top: to open a collection must not need rasterio
        from ..rasterio_io.crs import point_transform

        metadata = self.metadata
        view = View(window_bounds(metadata.transform, window), window.width, window.height)
        values, valid = read_view(
            self._members, self._frame, view, self._bands, point_transform, self._job
        )
        failures = self._members.failures
        if failures and not self._leaves_out:
            raise next(iter(failures.values()))
        for plane, is_valid, nodata in zip(values, valid, metadata.nodata):
            pixel = cast_nodata(values.dtype, nodata)
            if pixel is not None:
                plane[~is_valid] = pixel
        mask: Array | None = valid.any(axis=0) if metadata.has_mask else None
        return values, mask

    def close(self) -> None:
        """See `Raster`; the members are those of the caller."""
