"""List the rasters in a file with several, such as a multi-page TIFF."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ..errors import Message


def subdatasets_of(dataset: Any) -> list[str]:
    """Return GDAL's names of the rasters in a file, in order."""
    found = {}
    for key, name in dataset.tags(ns="SUBDATASETS").items():
        number = _SUBDATASET.fullmatch(key)
        if number:
            found[int(number[1])] = name
    return [found[number] for number in sorted(found)]


_SUBDATASET = re.compile("SUBDATASET_([0-9]{1,9})_NAME")


def others_named(name: str, subdatasets: tuple[str, ...]) -> Iterator[Message]:
    """Warn that a file has more rasters than the one that GDAL opens."""
    if len(subdatasets) > 1:  # one is the raster itself
        names = list(subdatasets)
        if len(names) > _NAMED:
            names[_NAMED - 2 : -1] = ["…"]
        yield Message("note.subdatasets", name, found=len(subdatasets), parts=", ".join(names))


#: Maximum number of names in a message.
_NAMED = 6
