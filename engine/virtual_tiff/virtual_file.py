"""A virtual TIFF as an open file of Python, and what opens it for rasterio."""

from __future__ import annotations

import io
from typing import Any

from ..errors import FlacRasterError
from ..reading.flac_raster import FlacRaster
from ..storage.urls import has_flac_suffix
from .virtual_tiff import VirtualTiff

#: Suffix of what GDAL writes beside a raster.
_SIDECAR = ".aux.xml"
#: Suffixes of other files that GDAL looks for; it puts them behind the query of a URL, too.
_OTHERS = (
    *(".aux", ".dim", ".imd", ".msk", ".ovr", ".pass", ".pvl", ".rpb", ".rpc", ".tab", ".txt"),
    *(".wld", ".xml"),
)


class VirtualFile(io.RawIOBase):
    """A virtual TIFF, opened for reading; its raster is closed with the file."""

    def __init__(self, tiff: VirtualTiff):
        super().__init__()
        self._tiff, self._position = tiff, 0

    def readable(self) -> bool:
        """Return True."""
        return True

    def seekable(self) -> bool:
        """Return True."""
        return True

    def tell(self) -> int:
        """Return the position in bytes."""
        return self._position

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Move to a position in bytes, which may lie behind the end."""
        origin = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self._tiff.size}[whence]
        if origin + offset < 0:
            raise ValueError(f"negative position {origin + offset}")
        self._position = origin + offset
        return self._position

    def readinto(self, buffer: Any) -> int:
        """Read as many bytes as fit into a buffer, fewer only at the end.

        Raises `OSError` if pixels cannot be read; its cause says why.
        """
        if self.closed:
            raise ValueError("I/O operation on closed file")
        view, start = memoryview(buffer).cast("B"), self._position
        try:
            for piece in self._tiff.read(start, start + len(view)):
                done = self._position - start
                view[done : done + len(piece)] = piece
                self._position += len(piece)
        except FlacRasterError as error:
            raise OSError(str(error)) from error
        return self._position - start

    def close(self) -> None:
        """Close the file and its raster."""
        if not self.closed:
            self._tiff.raster.close()
        super().close()


def rasterio_opener(path: str, mode: str = "rb", **options: Any) -> io.RawIOBase | io.BytesIO:
    """Open a FLAC raster for rasterio 1.4 or later as if it were a GeoTIFF.

    Parameters
    ----------
    path : str
        Path or URL of a FLAC raster.
    mode : str
        Only for reading.

    Raises
    ------
    FileNotFoundError
        For all other names: GDAL looks for files beside a raster.

    Examples
    --------
    >>> opener = engine.rasterio_opener
    >>> with rasterio.open("dem.flac", opener=opener) as dataset:      # doctest: +SKIP
    ...     pixels = dataset.read(1)
    """
    if "r" not in mode or "+" in mode:
        raise io.UnsupportedOperation(f"{path} is opened for reading only")
    is_sidecar = path.endswith(_SIDECAR)
    name = path[: -len(_SIDECAR)] if is_sidecar else path
    if not has_flac_suffix(name) or name.lower().endswith(_OTHERS):
        raise FileNotFoundError(path)
    raster = FlacRaster.open(name)
    try:
        tiff = VirtualTiff(raster)
        if not is_sidecar:
            return VirtualFile(tiff)
        if tiff.sidecar is None:
            raise FileNotFoundError(path)
    except BaseException:
        raster.close()
        raise
    raster.close()
    return io.BytesIO(tiff.sidecar)
