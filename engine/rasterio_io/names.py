"""Open files whose names are not UTF-8, which rasterio does not support."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def utf8_names(*paths: Path) -> Iterator[tuple[Path, ...]]:
    """Provide names in UTF-8 for files in one folder: the given ones if they are UTF-8.

    Files with names in other encodings, such as Latin-1, are linked from a temporary folder, and so
    are sidecars, whose names start in the same way. Files that do not exist are created empty,
    because GDAL would quote the target of a dangling link.
    """
    if all(map(_is_utf8, paths)):
        yield paths
        return
    with tempfile.TemporaryDirectory(prefix="flac_raster_") as name:
        links = Path(name)
        folder = paths[0].absolute().parent
        stems = tuple(path.stem for path in paths)
        beside = {other for other in os.listdir(folder) if other.startswith(stems)}
        for path in paths:
            if not path.exists():
                path.touch()
        for other in beside.union(path.name for path in paths):
            (links / _in_utf8(other)).symlink_to(folder / other)
        yield tuple(links / _in_utf8(path.name) for path in paths)


def _is_utf8(path: Path) -> bool:
    try:
        os.fspath(path).encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _in_utf8(name: str) -> str:
    """Decode the bytes as Latin-1, so that different names stay different."""
    return os.fsencode(name).decode("latin-1")
