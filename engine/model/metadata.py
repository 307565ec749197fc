"""Metadata of a raster: everything except pixels.

`RasterMetadata` is shared by all parts of the engine: sources fill it in, `format` writes and reads
it as tags, `compare` lists differences, the QGIS layer and the GeoTIFF writer apply it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Union

from ..options import renamed_fields
from .attribute_table import AttributeTable
from .grid import Window
from .transform import IDENTITY, Bounds, Transform, window_bounds

Number = Union[int, float]
#: Metadata items by domain, as in GDAL; the default domain is ``""``.
Tags = Mapping[str, Mapping[str, str]]
Color = tuple[int, int, int, int]


#: GDAL's data types that numpy lacks, and numpy's that represent all their values exactly.
WIDENED_TYPES: Mapping[str, str] = {
    "CInt16": "complex64",
    "CInt32": "complex128",
    "CFloat16": "complex64",
}


@dataclass(frozen=True)
class Histogram:
    """Histogram of a band with buckets of equal width, as in GDAL.

    Parameters
    ----------
    minimum, maximum : float
        Lower edge of the first bucket and upper edge of the last one.
    counts : tuple of int
        Pixels in each bucket.
    include_out_of_range : bool
        Whether pixels outside the range are counted in the first and last bucket.
    approximate : bool
        Whether only a sample of the pixels was counted.
    """

    minimum: float
    maximum: float
    counts: tuple[int, ...]
    include_out_of_range: bool = False
    approximate: bool = False


@renamed_fields(interpretation="color_interpretation")
@dataclass(frozen=True)
class Band:
    """Metadata of one band.

    Parameters
    ----------
    nodata : int or float, optional
        As the source declares it; it may lie outside the range of the data type.
    description, unit : str, optional
    scale, offset : float
        Physical value = pixel * scale + offset.
    color_interpretation : str
        GDAL's color interpretation, in lower case.
    colormap : mapping, optional
        Color table: ``(red, green, blue, alpha)`` of each pixel value.
    tags : Tags
    category_names : tuple of str
        Names of the pixel values 0, 1, 2, ...
    attribute_table : AttributeTable, optional
    histograms : tuple of Histogram
    """

    nodata: Number | None = None
    description: str | None = None
    unit: str | None = None
    scale: float = 1.0
    offset: float = 0.0
    color_interpretation: str = "undefined"
    colormap: Mapping[int, Color] | None = None
    tags: Tags = field(default_factory=dict)
    category_names: tuple[str, ...] = ()
    attribute_table: AttributeTable | None = None
    histograms: tuple[Histogram, ...] = ()


@dataclass(frozen=True)
class GroundControlPoint:
    """A pixel position whose map coordinates are known."""

    row: float
    col: float
    x: float
    y: float
    z: float = 0.0
    id: str = ""
    info: str = ""


@renamed_fields(mask="has_mask", bits="nbits")
@dataclass(frozen=True)
class RasterMetadata:
    """Metadata of a raster.

    Parameters
    ----------
    width, height : int
        Pixels of level 0.
    dtype : str
        numpy's name; the same for all bands.
    bands : tuple of Band
        At least one.
    crs : str, optional
        Authority code such as ``"EPSG:4326"`` if that is exact, else WKT2.
    transform : Transform
        Pixel to map coordinates; the identity if there is no transform.
    has_mask : bool
        Whether the raster has a mask of valid pixels, other than nodata and alpha.
    gcps, gcps_crs : optional
        Ground control points and their CRS.
    rpcs : mapping, optional
        Rational polynomial coefficients under GDAL's names.
    nbits : int, optional
        Bits per pixel in use, if fewer than the data type has (GDAL's ``NBITS``).
    tags : Tags
        Metadata items of the raster, such as AREA_OR_POINT.
    coordinate_epoch : float, optional
        Decimal year that coordinates in a dynamic CRS refer to, above 0 and below 10000.
    gdal_type : str, optional
        GDAL's name of the data type if numpy lacks it and ``dtype`` represents its values
        exactly, see `WIDENED_TYPES`.
    has_transform : bool, optional
        Whether there is a transform. Default: whether ``transform`` is not the identity.

    Raises
    ------
    ValueError
        If ``has_transform`` is false and ``transform`` is not the identity.
    """

    width: int
    height: int
    dtype: str
    bands: tuple[Band, ...]
    crs: str | None = None
    transform: Transform = IDENTITY
    has_mask: bool = False
    gcps: tuple[GroundControlPoint, ...] = ()
    gcps_crs: str | None = None
    rpcs: Mapping[str, str] | None = None
    nbits: int | None = None
    tags: Tags = field(default_factory=dict)
    coordinate_epoch: float | None = None
    gdal_type: str | None = None
    has_transform: bool | None = None

    def __post_init__(self) -> None:
        is_identity = self.transform == IDENTITY
        if self.has_transform is None:
            object.__setattr__(self, "has_transform", not is_identity)
        elif not self.has_transform and not is_identity:
            raise ValueError(f"the transform is {self.transform}, has_transform says there is none")

    @property
    def count(self) -> int:
        """Number of bands."""
        return len(self.bands)

    @property
    def type_name(self) -> str:
        """Name of the original data type, for display."""
        return self.gdal_type or self.dtype

    @cached_property
    def nodata(self) -> tuple[Number | None, ...]:
        """Nodata value of each band, or None."""
        return tuple(band.nodata for band in self.bands)

    @property
    def bounds(self) -> Bounds:
        """``(xmin, ymin, xmax, ymax)`` in the units of the CRS."""
        return window_bounds(self.transform, Window(0, 0, self.width, self.height))

    @property
    def is_categorical(self) -> bool:
        """Whether values are labels, which must not be averaged."""
        return any(
            band.colormap is not None
            or band.color_interpretation == "palette"
            or band.tags.get("", {}).get("LAYER_TYPE", "").lower() == "thematic"
            for band in self.bands
        )


def uncompressed_size(metadata: RasterMetadata) -> int:
    """Return the size of the pixels in memory, in bytes."""
    # imported here because not all commands need numpy
    from numpy import dtype

    return metadata.width * metadata.height * metadata.count * dtype(metadata.dtype).itemsize


def is_epoch(value: float) -> bool:
    """Whether a number can be the decimal year of a coordinate epoch."""
    return 0 < value < 10_000


#: GDAL's color for missing entries of color tables.
BLACK: Color = (0, 0, 0, 255)


def is_same_colormap(a: Mapping[int, Color] | None, b: Mapping[int, Color] | None) -> bool:
    """Whether two color tables are equal, the shorter one padded with black, as in GDAL."""
    if not a or not b:
        return not a and not b
    return all(a.get(key, BLACK) == b.get(key, BLACK) for key in a.keys() | b.keys())


def is_same_rpcs(a: Mapping[str, str] | None, b: Mapping[str, str] | None) -> bool:
    """Whether two sets of coefficients are numerically equal; GDAL may format them differently."""
    if a is None or b is None:
        return a is b
    return _as_numbers(a) == _as_numbers(b)


def _as_numbers(rpcs: Mapping[str, str]) -> dict[str, list[float] | str]:
    return {key: _numbers(text) for key, text in {**_UNKNOWN_ERRORS, **rpcs}.items()}


#: GDAL's values for unknown errors.
_UNKNOWN_ERRORS = {"ERR_BIAS": "-1", "ERR_RAND": "-1"}


def _numbers(text: str) -> list[float] | str:
    try:
        return [float(word) for word in text.split()]
    except ValueError:
        return text


def number_to_json(value: Number | None) -> Number | str | None:
    """Return a value for strict JSON: NaN and infinities as ``"nan"``, ``"inf"``, ``"-inf"``."""
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value


def number_from_json(value: Any) -> Number | None:
    """Return the number that `number_to_json` converted."""
    if value is None or isinstance(value, float):
        return value
    if isinstance(value, int) and not isinstance(value, bool) and -(2**63) <= value < 2**64:
        return value
    if value in ("nan", "inf", "-inf"):
        return float(value)
    raise ValueError(f"{value!r} is not a number")
