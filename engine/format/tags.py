"""Validated values of the tags of a file."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

from ..errors import CorruptFile
from ..model import data_types
from ..model.metadata import Number
from ..model.transform import Transform
from .strict_json import parse_integer, parse_json

#: Prefix of the tags of the raster.
PREFIX = "GEOSPATIAL_"
#: int() alone would also accept signs, spaces, underscores and the digits of other scripts.
_NATURAL = re.compile("[1-9][0-9]{0,18}")


class TagReader:
    """Typed access to the tags of a file; invalid ones raise a `CorruptFile` that names them."""

    def __init__(self, name: str, tags: Mapping[str, str]):
        self._name, self._tags = name, tags

    def text(self, key: str) -> str:
        """Return a required tag."""
        try:
            return self._tags[PREFIX + key]
        except KeyError:
            raise CorruptFile("tag.missing", self._name, tag=PREFIX + key) from None

    def _bad(self, key: str, expected: str) -> CorruptFile:
        return CorruptFile(
            "tag.value", self._name, tag=PREFIX + key, found=self.text(key)[:80], expected=expected
        )

    def integer(self, key: str, limit: int) -> int:
        """Return a whole number from 1 to ``limit``."""
        text = self.text(key)
        value = int(text) if _NATURAL.fullmatch(text) else 0
        if not 1 <= value <= limit:
            raise self._bad(key, f"a whole number from 1 to {limit}")
        return value

    def number(self, key: str) -> Number | None:
        """Return a number; None if the tag is missing."""
        text = self._tags.get(PREFIX + key)
        if text is None:
            return None
        for kind in (parse_integer, float):
            try:
                value = kind(text)
            except ValueError:
                continue
            if value == value and (kind is float or -(1 << 63) <= value < 1 << 64):
                return value
        raise self._bad(key, "a number")

    def dtype(self) -> str:
        """Return the data type."""
        value = self.text("DTYPE")
        if value not in data_types.DTYPES:
            raise self._bad("DTYPE", f"one of {', '.join(data_types.DTYPES)}")
        return value

    def transform(self) -> Transform:
        """Return the transform without its constant last row."""
        try:
            values = parse_json(self.text("TRANSFORM"))
            if not all(type(value) in (int, float) for value in values):
                raise ValueError("not numbers")
            a, b, c, d, e, f, _, _, _ = map(float, values)
        except (ValueError, TypeError, OverflowError):
            a = b = c = d = e = f = math.nan
        if not all(map(math.isfinite, (a, b, c, d, e, f))):
            raise self._bad("TRANSFORM", "nine finite numbers")
        return (a, b, c, d, e, f)
