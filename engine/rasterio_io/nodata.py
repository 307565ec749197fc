"""Parse nodata values of a VRT.

rasterio reports exact float64, but no values outside the data type. A VRT has all values: those of
64-bit integers exactly, others with 16 digits if GDAL is older than 3.10.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator
from decimal import Decimal

from ..errors import Message
from ..model.metadata import Number

#: A common value, and its text in a VRT.
_MAX_FLOAT32, _MAX_FLOAT32_IN_16_DIGITS = 3.4028234663852886e38, 3.402823466385289e38
#: Data types whose nodata GDAL stores as integers.
_64_BITS = ("Int64", "UInt64")


def parse_nodata(text: str | None, gdal_type: str) -> Number | None:
    """Parse the nodata value of a band in a VRT."""
    if text is None or not text.strip():
        return None
    value: Number = _as_printed(text)
    if abs(value) == _MAX_FLOAT32_IN_16_DIGITS:
        value = math.copysign(_MAX_FLOAT32, value)
    if math.isinf(value) and "inf" not in text.lower():  # the largest float64, rounded up
        value = math.copysign(sys.float_info.max, value)
    if "Float" in gdal_type:
        return value
    try:
        value = int(text)
    except ValueError:
        return as_whole(value)
    if gdal_type == "Int64" and value >= 2**63:
        return value - 2**64  # GDAL 3.5 and 3.6 write negative ones as if they were unsigned
    return value


def _as_printed(text: str) -> float:
    """Return the float64 that GDAL prints as this text.

    The one nearest to 1e126 is printed as 9.999999999999999e+125, the next one as 1e+126.
    """
    value = float(text)
    above = math.nextafter(value, math.copysign(math.inf, value))
    is_above = Decimal(f"{value:.16g}") != Decimal(text) == Decimal(f"{above:.16g}")
    return above if is_above else value


def as_whole(value: float) -> Number:
    """Return an integer if the value is one of at most 64 bits."""
    is_whole = value.is_integer() and -(2**63) <= value < 2**64
    return int(value) if is_whole else value


def is_exact_in_rasterio(gdal_type: str) -> bool:
    """Whether rasterio reports nodata of a data type exactly."""
    return gdal_type not in _64_BITS and not gdal_type.startswith("CInt")


def rounded_nodata(text: str | None, gdal_type: str, band: int, name: str) -> Iterator[Message]:
    """Warn if a value that only the VRT has may be rounded."""
    if text is None or abs(float(text)) < _OUTSIDE.get(gdal_type, 2.0**32):
        return
    value = parse_nodata(text, gdal_type)
    # a value with fewer digits is exact
    is_other = value == value and value != float(text)
    is_cut = has_lost_digits(text) if _digits(text) == _MOST_DIGITS else is_other
    if is_cut and abs(value or 0) not in (_MAX_FLOAT32, sys.float_info.max):
        yield Message("note.nodata_digits", name, band=band, found=value)


#: Absolute values from which on rasterio reports none; by default outside 32-bit integers.
_OUTSIDE = {
    **dict.fromkeys(("Float32", "CFloat32"), 3.5e38),
    **dict.fromkeys(("Float64", "CFloat64", *_64_BITS), math.inf),
}


def has_lost_digits(text: str) -> bool:
    """Whether several numbers have this text with 16 digits."""
    if _digits(text) > _MOST_DIGITS:
        return False  # newer releases of GDAL write 17
    value = float(text or 0)
    others = (math.nextafter(value, direction) for direction in (-math.inf, math.inf))
    return math.isfinite(value) and any(f"{other:.16g}" == f"{value:.16g}" for other in others)


def _digits(text: str) -> int:
    return len(text.strip("-+").replace(".", "").partition("e")[0].lstrip("0"))


#: Significant digits in VRTs of GDAL before 3.10.
_MOST_DIGITS = 16
