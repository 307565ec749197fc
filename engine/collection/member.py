"""What a collection says about each of its rasters, without opening any."""

from __future__ import annotations

from dataclasses import dataclass

from ..model.grid import Window
from ..model.metadata import Number
from ..model.times import Time
from ..model.transform import Bounds, Transform, window_bounds


@dataclass(frozen=True)
class MemberBand:
    """One band of a member.

    Parameters
    ----------
    description : str, optional
    nodata, minimum, maximum : int or float, optional
        Minimum and maximum are those of the valid pixels.
    """

    description: str | None = None
    nodata: Number | None = None
    minimum: Number | None = None
    maximum: Number | None = None


@dataclass(frozen=True)
class Member:
    """One raster of a collection.

    Parameters
    ----------
    id : str
        Unique in the collection.
    href : str
        Absolute URL or path, or one relative to the collection.
    width, height : int
        Pixels of level 0.
    dtype : str
        numpy's name.
    bands : tuple of MemberBand
    crs : str
        Authority code such as ``"EPSG:32633"``, or WKT2.
    transform : Transform
    time : Time, optional
    file_bytes : int, optional
    header_bytes : int, optional
        From the start of the file to its first tile: what one request has to read to open it.
    version : str, optional
        The ETag of a file on a server; of a local file its time of modification in nanoseconds.
        Another one means other content.
    sha256 : str, optional
        Of the whole file, in hexadecimal digits.
    """

    id: str
    href: str
    width: int
    height: int
    dtype: str
    bands: tuple[MemberBand, ...]
    crs: str
    transform: Transform
    time: Time | None = None
    file_bytes: int | None = None
    header_bytes: int | None = None
    version: str | None = None
    sha256: str | None = None

    @property
    def bounds(self) -> Bounds:
        """``(xmin, ymin, xmax, ymax)`` in the member's own CRS."""
        return window_bounds(self.transform, Window(0, 0, self.width, self.height))
