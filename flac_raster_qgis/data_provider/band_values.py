"""How QGIS sees the values of a band: data type, nodata, scale and offset."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from qgis.core import Qgis, QgsRasterRange

from ..engine.format.header import FileHeader
from ..engine.model.metadata import Band
from ..engine.model.nodata import cast_nodata

#: Largest integer up to which float64 represents every integer.
_EXACT_IN_FLOAT64 = 1 << 53

_QGIS_TYPES: dict[str, Qgis.DataType] = {
    "uint8": Qgis.DataType.Byte,
    "uint16": Qgis.DataType.UInt16,
    "int16": Qgis.DataType.Int16,
    "uint32": Qgis.DataType.UInt32,
    "int32": Qgis.DataType.Int32,
    "float32": Qgis.DataType.Float32,
    "float64": Qgis.DataType.Float64,
    "complex64": Qgis.DataType.CFloat32,
    "complex128": Qgis.DataType.CFloat64,
}
#: Types that QGIS lacks, and the smallest one that holds their values; integers beyond 2**53 are
#: rounded.
_WIDER = {"uint64": "float64", "int64": "float64", "float16": "float32"}
if hasattr(Qgis.DataType, "Int8"):
    _QGIS_TYPES["int8"] = Qgis.DataType.Int8
else:
    _WIDER["int8"] = "int16"


@dataclass(frozen=True)
class BandValues:
    """The values of one band, as stored and as QGIS gets them: ``stored * scale + offset``.

    ``nodata`` is the value that QGIS gets for invalid pixels; None if no value is free.
    """

    stored: np.dtype
    dtype: np.dtype
    scale: float
    offset: float
    stored_nodata: np.generic | None
    nodata: float | None

    @classmethod
    def from_band(cls, band: Band, head: FileHeader) -> BandValues:
        """Derive the values from the metadata of a band and its file header."""
        stored = np.dtype(head.metadata.dtype)
        qgis_dtype = np.dtype(_WIDER.get(stored.name, stored.name))
        scaled = (band.scale, band.offset) != (1.0, 0.0) and qgis_dtype.kind != "c"
        dtype = _scaled_dtype(stored) if scaled else qgis_dtype
        stored_nodata = cast_nodata(stored, band.nodata)
        nodata: float | None
        if dtype.kind == "c":
            nodata = None
        elif scaled or stored_nodata is None:
            has_any = stored_nodata is not None or head.metadata.has_mask
            nodata = _free_value(stored, dtype, head, scaled) if has_any else None
        else:
            nodata = _nodata_as_float(stored_nodata)
        scale, offset = (band.scale, band.offset) if scaled else (1.0, 0.0)
        return cls(stored, dtype, scale, offset, stored_nodata, nodata)

    @property
    def qgis_type(self) -> Qgis.DataType:
        """Data type of QGIS for `dtype`."""
        return _QGIS_TYPES[self.dtype.name]

    def valid_mask(self, values: np.ndarray, use_nodata: bool) -> np.ndarray:
        """Return which stored values are not nodata."""
        if not use_nodata or self.stored_nodata is None:
            return np.ones(values.shape, bool)
        if np.isnan(self.stored_nodata):
            return ~np.isnan(values)
        return values != self.stored_nodata

    def to_qgis(self, values: np.ndarray) -> np.ndarray:
        """Return stored values as QGIS gets them."""
        if (self.scale, self.offset) != (1.0, 0.0):
            with np.errstate(all="ignore"):
                return (values.astype(np.float64) * self.scale + self.offset).astype(self.dtype)
        return values.astype(self.dtype, copy=False)

    def valid_values(
        self,
        values: np.ndarray,
        mask: np.ndarray | None,
        use_nodata: bool,
        ranges: Sequence[QgsRasterRange],
    ) -> np.ndarray:
        """Return the valid values for statistics, as QGIS gets them: float64, one-dimensional.

        Parameters
        ----------
        values : ndarray
            As stored.
        mask : ndarray of bool, optional
            Pixels to use; default: all.
        use_nodata : bool
            Whether the nodata value of the band counts as nodata.
        ranges : sequence of QgsRasterRange
            Further values that count as nodata.
        """
        if self.dtype.kind == "c":
            return np.empty(0)
        valid = self.valid_mask(values, use_nodata)
        if mask is not None:
            valid &= mask
        result = self.to_qgis(values[valid]).astype(np.float64)
        result = result[~np.isnan(result)]
        return result[~in_ranges(result, ranges)] if ranges else result


def with_common_type(values: Sequence[BandValues], head: FileHeader) -> list[BandValues]:
    """Return the values of bands that are one band to QGIS: with one data type and one nodata.

    They differ if dates were packed differently.
    """
    if len({(each.dtype, repr(each.nodata)) for each in values}) == 1:
        return list(values)
    dtype = np.result_type(*(each.dtype for each in values))
    nodata = None if dtype.kind == "c" else _free_value(values[0].stored, dtype, head, True)
    return [replace(each, dtype=dtype, nodata=nodata) for each in values]


def _scaled_dtype(stored: np.dtype) -> np.dtype:
    """Return a float type with enough digits for the stored type."""
    narrow = stored.itemsize <= 2 or stored == np.float32
    return np.dtype(np.float32 if narrow else np.float64)


def _nodata_as_float(value: np.generic) -> float:
    """Return nodata as a float that QGIS can compare.

    NaN replaces infinities, which QGIS does not recognize, and integers that share their float64
    with other integers.
    """
    number = value.item()
    if isinstance(number, int) and abs(number) >= _EXACT_IN_FLOAT64:
        return math.nan
    return float(number) if math.isfinite(number) else math.nan


def _free_value(stored: np.dtype, dtype: np.dtype, head: FileHeader, scaled: bool) -> float | None:
    """Return a value that no valid pixel has, to mark masked pixels."""
    if dtype.kind == "f":
        return math.nan
    limits = np.iinfo(dtype)
    low, high = head.data_min, head.data_max
    if dtype != stored or low is None or high is None or low > limits.min:
        return float(limits.min)
    return float(limits.max) if high < limits.max else None


def in_ranges(values: np.ndarray, ranges: Sequence[QgsRasterRange]) -> np.ndarray:
    """Return which values are inside any of the ranges that the user declared as nodata."""
    result = np.zeros(values.shape, bool)
    kinds = QgsRasterRange.BoundsType
    for part in ranges:
        bounds = part.bounds()
        inside = np.ones(values.shape, bool)
        if not math.isnan(part.min()):
            closed = bounds in (kinds.IncludeMinAndMax, kinds.IncludeMin)
            inside &= values >= part.min() if closed else values > part.min()
        if not math.isnan(part.max()):
            closed = bounds in (kinds.IncludeMinAndMax, kinds.IncludeMax)
            inside &= values <= part.max() if closed else values < part.max()
        result |= inside
    return result
