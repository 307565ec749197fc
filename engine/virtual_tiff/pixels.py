"""Pixels of a raster as the samples that a TIFF stores."""

from __future__ import annotations

import numpy as np

from ..model.data_types import Array

#: Sample formats of a TIFF whose samples are pairs of numbers.
_COMPLEX_INTEGERS, _COMPLEX_FLOATS = 5, 6


def to_samples(rows: Array, bits: int, sample_format: int) -> bytes:
    """Return rows of pixels as samples of a little-endian TIFF, each row from a byte on.

    ``rows`` have the shape (height, width), with the bands of a pixel one behind the other where a
    block has several. ``bits`` are those of the data type or, as GDAL's NBITS, fewer;
    ``sample_format`` is as in a TIFF, and tells complex integers from complex floats.
    """
    width = rows.dtype.itemsize * 8
    if sample_format in (_COMPLEX_INTEGERS, _COMPLEX_FLOATS):
        parts = np.ascontiguousarray(rows).view(f"f{rows.dtype.itemsize // 2}")
        kind = "i" if sample_format == _COMPLEX_INTEGERS else "f"
        return parts.astype(f"<{kind}{bits // 16}").tobytes()
    if bits == width:
        return rows.astype(rows.dtype.newbyteorder("<"), copy=False).tobytes()
    if rows.dtype.kind == "f":
        return rows.astype(f"<f{bits // 8}").tobytes()
    if bits in (16, 32):  # whole words, in the byte order of the file
        return rows.astype(f"<u{bits // 8}").tobytes()
    big = rows.astype(rows.dtype.newbyteorder(">"))
    split = np.unpackbits(big.view(np.uint8).reshape(len(rows), -1, rows.dtype.itemsize), axis=2)
    return np.packbits(split[:, :, width - bits :].reshape(len(rows), -1), axis=1).tobytes()
