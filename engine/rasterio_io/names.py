"""Names of files as rasterio can take them: it hands GDAL names in UTF-8, and knows no other."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def utf8_names(*paths: Path) -> Iterator[tuple[Path, ...]]:
    """Provide names in UTF-8 for files of one folder.

    Names in older encodings, such as Latin-1, become links in a folder that goes with the block:
    to the files, and to what lies beside them under the same first letters, such as sidecars. Of
    files that do not exist, empty ones are made: GDAL would quote where such a link leads to.

    Parameters
    ----------
    paths : Path

    Yields
    ------
    tuple of Path
        The paths themselves where they are in UTF-8.

    Raises
    ------
    OSError
        If the links cannot be made.
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
    """Take the bytes for Latin-1, which gives other names for other bytes."""
    return os.fsencode(name).decode("latin-1")
