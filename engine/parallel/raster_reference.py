"""References to rasters by name, so that workers in other processes read windows themselves.

An open raster cannot be sent to another process, and its pixels are large.
"""

from __future__ import annotations

import atexit
import os
import platform
import stat
import threading
from dataclasses import dataclass
from typing import Callable, NamedTuple

from ..errors import FlacRasterError, InputError, WorkerError
from ..model.grid import Window
from ..model.raster import MaskedPixels, Raster
from ..storage.local_file import file_identity


@dataclass(frozen=True)
class RasterReference:
    """Name and opener by which another process opens a raster."""

    #: Opens a raster by name; it must be picklable.
    open: Callable[[str], Raster]
    name: str
    #: Of the file when it was opened here; None if it is not a local file.
    identity: str | None

    @classmethod
    def to(cls, open_raster: Callable[[str], Raster], name: str) -> RasterReference:
        """Refer to a file by its absolute path, and to other rasters by name."""
        place = os.path.abspath(name) if os.path.exists(name) else name
        return cls(open_raster, place, _identity(name))

    def check_unchanged(self) -> None:
        """Raise `InputError` if the file has changed since it was opened."""
        if self.identity is not None and _identity(self.name) != self.identity:
            raise InputError("input.changed", self.name)


def reference_for(raster: Raster) -> RasterReference | None:
    """Return how other processes open a raster; None if they cannot."""
    reference: Callable[[], RasterReference | None] | None = getattr(raster, "reference", None)
    return None if reference is None else reference()


class RasterWindow(NamedTuple):
    """A window that a worker reads from the raster itself."""

    reference: RasterReference
    window: Window

    def read(self) -> MaskedPixels:
        """Read the pixels in the current process.

        The raster stays open in this thread until another one is read, because GDAL caches decoded
        rows as long as a raster is open.
        """
        raster = _opened_here.raster(self.reference)
        try:
            return raster.read_window(self.window)
        except BaseException:
            _opened_here.close()  # another attempt starts with a new handle
            raise


class _OpenedHere(threading.local):
    """The raster that a thread has read last, kept open."""

    _reference: RasterReference | None = None
    _raster: Raster | None = None

    def raster(self, reference: RasterReference) -> Raster:
        if self._raster is None or self._reference != reference:
            self.close()
            try:
                self._raster = reference.open(reference.name)
            except FlacRasterError as error:
                raise WorkerError(
                    "worker.cannot_open", host=platform.node(), reason=error
                ) from error
            self._reference = reference
        return self._raster

    def close(self) -> None:
        if self._raster is not None:
            self._raster.close()
        self._raster = self._reference = None


_opened_here = _OpenedHere()
# worker processes work in their main thread; GDAL cannot be closed later
atexit.register(_opened_here.close)


def _identity(name: str) -> str | None:
    try:
        status = os.stat(name)
    except (OSError, ValueError):  # ValueError: a NUL in the name
        return None
    return file_identity(status) if stat.S_ISREG(status.st_mode) else None
