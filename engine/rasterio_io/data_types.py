"""Determine data types and the number of bits in use."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..errors import Message
from ..model.metadata import WIDENED_TYPES
from .description import DATA_TYPES

#: Bits of a half float.
HALF_BITS = 16


def data_type(dataset: Any, gdal_type: str, bits: int | None) -> str:
    """Return numpy's name of the data type, the same for every release of GDAL."""
    # GDAL before 3.7 has no Int8 and marks signed bytes in metadata
    if gdal_type == "Byte" and dataset.dtypes[0] == "int8":
        return "int8"
    # GDAL before 3.11 has no Float16 and reports Float32 of 16 bits
    if gdal_type == "Float32" and bits == HALF_BITS and dataset.driver == "GTiff":
        return "float16"
    return DATA_TYPES.get(gdal_type) or WIDENED_TYPES[gdal_type]


def declared_bits(dataset: Any) -> list[str | None]:
    """Return the declared bits per pixel (NBITS) of each band."""
    bands = (dataset.tags(number, ns="IMAGE_STRUCTURE") for number in dataset.indexes)
    return [items.get("NBITS") for items in bands]


def common_bits(declared: list[str | None]) -> int | None:
    """Return the bits per pixel if all bands declare the same, else None."""
    text = declared[0]
    return int(text) if text and text.isdecimal() and len({*declared}) == 1 else None


def lost_bits(declared: list[str | None], name: str) -> Iterator[Message]:
    """Warn if bits per pixel cannot be preserved."""
    given = {number: text for number, text in enumerate(declared, start=1) if text}
    if given and common_bits(declared) is None:
        number, text = next(iter(given.items()))
        yield Message("note.bits", name, band=number, found=text)
