"""How the values of an array of xarray are stored: packed as its file had them, or as they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import xarray

from ..errors import InputError, UnsupportedRaster
from ..model.data_types import DTYPES, Array, DType
from ..model.metadata import Number
from ..model.nodata import cast_nodata

#: Attributes and encodings that say how values are stored.
PACKING_KEYS = frozenset(
    """
    _FillValue missing_value scale_factor add_offset scales offsets _Unsigned dtype rasterio_dtype
    """.split()
)


class NotExact(Exception):
    """Values cannot be packed so that unpacking gives the same ones."""


@dataclass(frozen=True)
class Packing:
    """Data type, scale, offset and nodata of the pixels of some bands of an array.

    Parameters
    ----------
    dtype : dtype
        Of the pixels that are stored.
    scale, offset : tuple of float
        Of each band, or one for all.
    nodata : int or float, optional
    is_packed : bool
        Whether the values of the array are unpacked, so that they have to be packed again.
    fills : bool
        Whether NaN is stored as nodata.
    """

    dtype: DType
    scale: tuple[float, ...] = (1.0,)
    offset: tuple[float, ...] = (0.0,)
    nodata: Number | None = None
    is_packed: bool = False
    fills: bool = False

    def store(self, values: Array) -> Array:
        """Return the pixels of values; raises `NotExact`."""
        values = values.astype(values.dtype.newbyteorder("="), copy=False)
        if self.is_packed:
            return self._pack(values)
        if values.dtype != self.dtype:  # of the same size: unsigned, or 0 and 1
            values = values.view(self.dtype)
        if self.fills:
            values = np.where(np.isnan(values), self.dtype.type(self.nodata or 0), values)
        return values

    def _pack(self, values: Array) -> Array:
        missing = np.isnan(values) if values.dtype.kind == "f" else np.zeros(values.shape, bool)
        fill = cast_nodata(self.dtype, self.nodata)
        if fill is None and missing.any():
            raise NotExact
        pixels = self._packed(np.where(missing, 0, values) if missing.any() else values)
        if fill is not None:
            if not np.isnan(fill) and (pixels[~missing] == fill).any():
                raise NotExact  # it would become NaN
            pixels[missing] = fill
        for kind in (float, np.float64):  # numpy 2 rounds once with the one, twice with the other
            back = self._unpacked(pixels, values.dtype, kind)
            if (missing | (_bits(back) == _bits(values))).all():
                return pixels
        raise NotExact

    def _packed(self, values: Array) -> Array:
        if values.dtype.kind in "iu" and (self.scale, self.offset) == ((1.0,), (0.0,)):
            return values.astype(self.dtype)
        numbers = (values.astype("f8") - self.offset[0]) / self.scale[0]
        if self.dtype.kind in "iu":
            limits = np.iinfo(self.dtype)
            numbers = np.rint(numbers)
            if not ((numbers >= limits.min) & (numbers <= limits.max)).all():
                raise NotExact
        with np.errstate(over="ignore", invalid="ignore"):
            return numbers.astype(self.dtype)

    def _unpacked(self, pixels: Array, dtype: DType, kind: type) -> Array:
        """Return values as xarray makes them."""
        values = pixels.astype(dtype)
        if dtype.kind == "f":
            if self.scale != (1.0,):
                values *= kind(self.scale[0])
            if self.offset != (0.0,):
                values += kind(self.offset[0])
        return values


def _bits(values: Array) -> Array:
    return values.view(f"u{values.dtype.itemsize}")


def find_packing(
    array: xarray.DataArray, count: int, nodata: Number | None, *, packs: bool, name: str
) -> Packing:
    """Return how an array is stored.

    Parameters
    ----------
    array : xarray.DataArray
    count : int
        Its bands.
    nodata : int or float, optional
        As the caller gives it, in place of what the array says.
    packs : bool
        Whether values that xarray has unpacked are packed again.
    name : str
        For messages.

    Raises
    ------
    UnsupportedRaster
        For a data type that rasters cannot have.
    InputError
        For a nodata value that no pixel can have.
    """
    dtype = _stored_dtype(array.dtype, name)
    attributes, encoding = array.attrs, array.encoding
    if packs:
        packed = _unpacked_by_xarray(dtype, encoding, nodata)
        if packed is not None:
            return packed
    if str(attributes.get("_Unsigned", "")).lower() == "true" and dtype.kind == "i":
        dtype = np.dtype(f"u{dtype.itemsize}")
    declared = _fill_of(attributes, dtype)
    if declared is None and dtype.kind == "f" and _fill_of(encoding, dtype) is not None:
        declared = np.nan  # which xarray made of it
    is_given = nodata is not None
    if nodata is not None:
        if cast_nodata(dtype, nodata) is None:
            raise InputError("xarray.nodata", name, found=nodata, dtype=dtype)
        declared = nodata
    return Packing(
        dtype,
        _numbers(attributes, "scale_factor", "scales", 1.0, count),
        _numbers(attributes, "add_offset", "offsets", 0.0, count),
        declared,
        fills=is_given and dtype.kind == "f" and not np.isnan(float(declared or 0)),
    )


def _stored_dtype(dtype: DType, name: str) -> DType:
    native = dtype.newbyteorder("=") if dtype.kind in "iufc" else dtype
    if native.kind == "b":
        return np.dtype("u1")
    if native.name not in DTYPES:
        raise UnsupportedRaster(
            "raster.data_type", name, found=dtype.name, expected=", ".join(DTYPES)
        )
    return native


def _unpacked_by_xarray(
    dtype: DType, encoding: Mapping[Any, Any], nodata: Number | None
) -> Packing | None:
    """Return how a file had the values that xarray has read; None if that is as they are now."""
    try:
        stored = np.dtype(encoding.get("dtype", dtype)).newbyteorder("=")
    except TypeError:  # not a type of numpy
        return None
    if str(encoding.get("_Unsigned", "")).lower() == "true" and stored.kind == "i":
        stored = np.dtype(f"u{stored.itemsize}")
    if dtype.kind == "c" or stored.name not in DTYPES or stored.kind == "c":
        return None
    scale, offset = (
        _numbers(encoding, key, plural, default, 1)
        for key, plural, default in (
            ("scale_factor", "scales", 1.0),
            ("add_offset", "offsets", 0.0),
        )
    )
    fill = _fill_of(encoding, stored) if nodata is None else nodata
    if nodata is not None and cast_nodata(stored, nodata) is None:
        return None
    is_plain = (stored, scale, offset) == (dtype, (1.0,), (0.0,))
    if is_plain and (fill is None or nodata is not None or np.isnan(fill)):
        return None
    if scale[0] == 0 or not np.isfinite((*scale, *offset)).all():
        return None
    return Packing(stored, scale, offset, fill, is_packed=True)


def _fill_of(items: Mapping[Any, Any], dtype: DType) -> Number | None:
    """Return the nodata value of attributes or an encoding, as a number that bands have."""
    for key in ("_FillValue", "missing_value"):
        value = items.get(key)
        if value is None or np.size(value) != 1:
            continue
        number = np.asarray(value).reshape(-1)[0]
        if number.dtype.kind not in "iuf":
            continue
        if dtype.kind == "u" and number < 0:  # of signed numbers that stand for unsigned ones
            return int(number) + (1 << 8 * dtype.itemsize)
        is_whole = np.isfinite(number) and float(number).is_integer()
        if dtype.kind in "iu" and is_whole:
            return int(number)
        return float(number)
    return None


def _numbers(
    items: Mapping[Any, Any], key: str, plural: str, default: float, count: int
) -> tuple[float, ...]:
    """Return the scale or offset of all bands, or of each."""
    try:
        if key in items:
            return (float(np.asarray(items[key]).reshape(-1)[0]),)
        each = tuple(map(float, items.get(plural, ())))
    except (TypeError, ValueError, IndexError):
        return (default,)
    return each if len(each) == count > 1 else (default,)
