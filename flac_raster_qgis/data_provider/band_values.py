"""How QGIS sees the values of a band: data type, nodata, scale and offset."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from qgis.core import Qgis, QgsRasterRange

from ..engine.format.header import FileHeader
from ..engine.model.metadata import Band
from ..engine.model.nodata import nodata_as

#: Whole numbers beyond this are not all different as float64.
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
if hasattr(Qgis.DataType, "Int8"):
    _QGIS_TYPES["int8"] = Qgis.DataType.Int8
#: What QGIS has no type for goes into the smallest one that holds it; 64-bit integers are rounded
#: beyond 2**53.
_WIDER = {"int8": "int16", "uint64": "float64", "int64": "float64", "float16": "float32"}


@dataclass(frozen=True)
class BandValues:
    """The values of one band, as stored and as QGIS gets them.

    Parameters
    ----------
    stored : dtype
    dtype : dtype
        Of the values QGIS gets.
    scale, offset : float
        ``value = stored * scale + offset``.
    stored_nodata : scalar, optional
        Nodata as stored.
    nodata : float, optional
        Value that QGIS gets for every pixel without data; None where no value is free for it.
    """

    stored: np.dtype
    dtype: np.dtype
    scale: float
    offset: float
    stored_nodata: np.generic | None
    nodata: float | None

    @classmethod
    def of(cls, band: Band, head: FileHeader) -> BandValues:
        """Derive them from the description of a band and the head of its file."""
        stored = np.dtype(head.metadata.dtype)
        known = _qgis_dtype(stored)
        scaled = (band.scale, band.offset) != (1.0, 0.0) and known.kind != "c"
        dtype = _scaled_dtype(stored) if scaled else known
        stored_nodata = nodata_as(stored, band.nodata)
        nodata: float | None
        if dtype.kind == "c":
            nodata = None
        elif scaled or stored_nodata is None:
            has_any = stored_nodata is not None or head.metadata.mask
            nodata = _free_value(stored, dtype, head, scaled) if has_any else None
        else:
            nodata = _nodata_as_float(stored_nodata)
        return cls(
            stored,
            dtype,
            band.scale if scaled else 1.0,
            band.offset if scaled else 0.0,
            stored_nodata,
            nodata,
        )

    @property
    def qgis_type(self) -> Qgis.DataType:
        """QGIS's name of `dtype`."""
        return _QGIS_TYPES[self.dtype.name]

    def valid(self, values: np.ndarray, use_nodata: bool) -> np.ndarray:
        """Which stored values are data: neither nodata nor, where NaN is nodata, NaN."""
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

    def counted(
        self,
        values: np.ndarray,
        there: np.ndarray | None,
        use_nodata: bool,
        ranges: Sequence[QgsRasterRange],
    ) -> np.ndarray:
        """Return the values that count in statistics, as QGIS gets them, float64 in one dimension.

        Parameters
        ----------
        values : ndarray
            As stored.
        there : ndarray of bool, optional
            Pixels to look at, default all.
        use_nodata : bool
            Whether the band's own nodata is nodata.
        ranges : sequence of QgsRasterRange
            What else is.
        """
        valid = self.valid(values, use_nodata)
        if there is not None:
            valid &= there
        if self.dtype.kind == "c":
            return np.empty(0)
        counted = self.to_qgis(values[valid]).astype(np.float64)
        counted = counted[~np.isnan(counted)]
        return counted[~in_ranges(counted, ranges)] if ranges else counted


def _qgis_dtype(stored: np.dtype) -> np.dtype:
    name = stored.name
    return np.dtype(name if name in _QGIS_TYPES else _WIDER[name])


def _scaled_dtype(stored: np.dtype) -> np.dtype:
    """Float wide enough for the digits of the stored type."""
    narrow = stored.itemsize <= 2 or stored == np.float32
    return np.dtype(np.float32 if narrow else np.float64)


def _nodata_as_float(value: np.generic) -> float:
    """Nodata as QGIS can compare it.

    NaN stands in for infinities, which QGIS does not recognise, and for whole numbers so large that
    others round to the same float.
    """
    number = value.item()
    if isinstance(number, int) and abs(number) >= _EXACT_IN_FLOAT64:
        return math.nan
    return float(number) if math.isfinite(number) else math.nan


def _free_value(stored: np.dtype, dtype: np.dtype, head: FileHeader, scaled: bool) -> float | None:
    """Return a value that no valid pixel has, to mark masked pixels with."""
    if dtype.kind == "f":
        return math.nan
    limits = np.iinfo(dtype)
    if dtype != stored:
        return float(limits.min)
    low, high = head.data_min, head.data_max
    if low is None or high is None:
        return float(limits.min)
    if low > limits.min:
        return float(limits.min)
    return float(limits.max) if high < limits.max else None


def in_ranges(values: np.ndarray, ranges: Sequence[QgsRasterRange]) -> np.ndarray:
    """Which values lie in any of the ranges that the user declared nodata."""
    found = np.zeros(values.shape, bool)
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
        found |= inside
    return found
