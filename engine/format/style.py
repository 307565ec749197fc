"""The style of a raster in QGIS, as a tag that readers may ignore."""

from __future__ import annotations

from collections.abc import Mapping

from ..errors import InputError
from .tag_text import decode_text, encode_text

#: Not one of the tags of the raster: a tagger may change or remove it.
STYLE = "QGIS_STYLE"
#: Largest style in bytes; those of rasters with thousands of classes have some hundred thousand.
MAX_STYLE = 1 << 20


def encode_style(style: str) -> str:
    """Return the value of the tag; raise `InputError` if the style is too large."""
    data = style.encode("utf-8", "replace")
    if len(data) > MAX_STYLE:
        raise InputError("option.style", found=len(data), expected=MAX_STYLE)
    return encode_text(data)


def stored_style(tags: Mapping[str, str]) -> str:
    """Return the style among the tags of a file; empty if there is none that can be read."""
    try:
        return decode_text(tags.get(STYLE, ""), MAX_STYLE).decode("utf-8")
    except ValueError:
        return ""
