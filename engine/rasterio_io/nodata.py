"""Nodata values: what GDAL's text and rasterio tell of them.

rasterio hands out float64, exactly, but no value outside of the data type; the text of a VRT has
all, whole numbers of 64-bit integers exactly, others with 16 digits where GDAL is older than 3.10.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator
from decimal import Decimal

from ..model.metadata import Number

#: A frequent value, and what becomes of it in the text of a VRT.
_MAX_FLOAT32, _MAX_FLOAT32_IN_16_DIGITS = 3.4028234663852886e38, 3.402823466385289e38
#: Data types with more digits than a float64, whose nodata GDAL keeps as a whole number.
_64_BITS = ("Int64", "UInt64")


def parse_nodata(text: str | None, gdal_type: str) -> Number | None:
    """Return the nodata value that a VRT says of a band of a data type."""
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
    """Return the float64 of which GDAL prints this text.

    The one nearest to 1e126 is printed as 9.999999999999999e+125, the next one as 1e+126.
    """
    value = float(text)
    above = math.nextafter(value, math.copysign(math.inf, value))
    is_above = Decimal(f"{value:.16g}") != Decimal(text) == Decimal(f"{above:.16g}")
    return above if is_above else value


def as_whole(value: float) -> Number:
    """Return what is whole as an integer, if 64 bits can hold it."""
    is_whole = value.is_integer() and -(2**63) <= value < 2**64
    return int(value) if is_whole else value


def is_told(gdal_type: str) -> bool:
    """Whether rasterio tells nodata of a data type as GDAL has it."""
    return gdal_type not in _64_BITS and not gdal_type.startswith("CInt")


def rounded_nodata(text: str | None, gdal_type: str, band: int) -> Iterator[str]:
    """Say of a value that only the text tells that it may have been rounded."""
    if text is None or abs(float(text)) < _OUTSIDE.get(gdal_type, 2.0**32):
        return
    value = parse_nodata(text, gdal_type)
    # what has fewer digits was declared so
    is_other = value == value and value != float(text)
    is_cut = has_lost_digits(text) if _digits(text) == _MOST_DIGITS else is_other
    if is_cut and abs(value or 0) not in (_MAX_FLOAT32, sys.float_info.max):
        yield (
            f"Nodata of band {band} of {{name}}, which no pixel can have, is kept as {value}; GDAL "
            "tells 16 digits of it, so others may be lost."
        )


#: From where on only the text tells values; those of other types are outside of 32-bit integers.
_OUTSIDE = {
    **dict.fromkeys(("Float32", "CFloat32"), 3.5e38),
    **dict.fromkeys(("Float64", "CFloat64", *_64_BITS), math.inf),
}


def has_lost_digits(text: str) -> bool:
    """Whether more than one number is written like this with 16 digits."""
    if _digits(text) > _MOST_DIGITS:
        return False  # newer releases of GDAL write 17
    value = float(text or 0)
    others = (math.nextafter(value, direction) for direction in (-math.inf, math.inf))
    return math.isfinite(value) and any(f"{other:.16g}" == f"{value:.16g}" for other in others)


def _digits(text: str) -> int:
    return len(text.strip("-+").replace(".", "").partition("e")[0].lstrip("0"))


#: Of numbers in the text of a VRT of older releases.
_MOST_DIGITS = 16
