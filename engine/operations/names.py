"""File names for rasters that only GDAL can name: variables of NetCDF files, parts of archives."""

from __future__ import annotations

import os
import re
from pathlib import Path

from ..storage.file_names import safe_name
from ..storage.name_parts import scheme_of
from ..storage.urls import file_name

#: How paths begin that only GDAL understands: archives, servers, memory.
_INSIDE_GDAL = "/vsi"
#: A driver's name in front, such as ``NETCDF:``; one letter would be a drive of Windows.
_DRIVER = re.compile(r"[A-Za-z][A-Za-z0-9_]+:(?!//)")
#: The pieces of such a name: in quotes, or up to the next colon that is not part of a path or URL.
_PIECE = re.compile(
    r'"(?P<quoted>[^"]*)"|(?P<plain>(?:[A-Za-z]:(?=[\\/])|(?<![A-Za-z0-9])[A-Za-z0-9]+://|[^:"])+)'
)
#: What would be a folder, or is not allowed in names of files somewhere.
_NOT_IN_NAMES = re.compile(r"[^\w.+-]+")


def is_gdal_name(text: str) -> bool:
    """Whether a name is neither that of a file or folder nor a URL: GDAL alone understands it."""
    if os.path.isabs(text) or scheme_of(text) is not None:
        return text.startswith(_INSIDE_GDAL)
    try:
        exists = os.path.exists(text)
    except ValueError:  # a NUL in the name
        return False
    return not exists and (bool(_DRIVER.match(text)) or text.lstrip().startswith("<"))


def file_of(text: str) -> Path:
    """Return the path that a raster with a GDAL name would have as a file of its own.

    Beside the file that holds it, or in the current folder if that is not on this
    computer. Empty if no part of the name can be a file name.

    Examples
    --------
    >>> str(file_of('NETCDF:"data/cube.nc":temp')), str(file_of("/vsizip/a.zip/dem.tif"))
    ('data/cube_temp.nc', 'dem.tif')
    """
    if text.startswith(_INSIDE_GDAL):
        return _elsewhere(text)
    if not _DRIVER.match(text):
        return Path()
    _, file = _pieces(text)
    if file is None:
        return Path()
    held = _text(file)
    is_here = scheme_of(held) is None and not held.startswith(_INSIDE_GDAL)
    path = Path(held) if is_here else _elsewhere(held)
    return path.with_name("_".join(filter(None, (path.stem, variable_of(text)))) + path.suffix)


def variable_of(text: str) -> str:
    """Return what a GDAL name says beside the file, as part of a file name.

    Examples
    --------
    >>> variable_of('NETCDF:"data/cube.nc":/model/temp'), variable_of("GTIFF_DIR:2:a.tif")
    ('model_temp', '2')
    """
    pieces, file = _pieces(text)
    parts = [plain_part(piece[0]) for piece in pieces if piece is not file]
    return "_".join(filter(None, parts))


def _pieces(text: str) -> tuple[list[re.Match[str]], re.Match[str] | None]:
    """Return the pieces after the driver, and which of them is the file."""
    pieces = list(_PIECE.finditer(text[text.index(":") + 1 :]))
    return pieces, next((piece for piece in pieces if _is_file(piece)), None)


def _elsewhere(text: str) -> Path:
    """Return the last part of a URL or of a path inside of GDAL, made safe."""
    last = file_name(text) or text.rstrip("/").rpartition("/")[2]
    return Path(safe_name(last)) if last else Path()


def _text(piece: re.Match[str]) -> str:
    return piece["quoted"] if piece["quoted"] is not None else piece["plain"]


def _is_file(piece: re.Match[str]) -> bool:
    text = _text(piece)
    return bool(Path(text).name) and (
        piece["quoted"] is not None or os.path.exists(text) or "." in Path(text).name
    )


def plain_part(text: str) -> str:
    """Return a text as part of a file name."""
    return _NOT_IN_NAMES.sub("_", text).strip("_.")
