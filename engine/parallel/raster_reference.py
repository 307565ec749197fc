"""A raster by its name, so that workers in other processes read windows of it for themselves.

An open raster cannot be sent to another process, and its pixels are many; its name is neither.
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
from ..model.raster import Block, Raster
from ..storage.local_file import file_identity


@dataclass(frozen=True)
class RasterReference:
    """How another process opens the same raster.

    Parameters
    ----------
    open : callable
        Opens a raster of its kind by name; a function that can be pickled.
    name : str
    identity : str, optional
        Of the file when it was opened here, None where it is no local file.
    """

    open: Callable[[str], Raster]
    name: str
    identity: str | None

    @classmethod
    def to(cls, open_raster: Callable[[str], Raster], name: str) -> RasterReference:
        """Refer to a file by its whole path, and to anything else by the name it has."""
        place = os.path.abspath(name) if os.path.exists(name) else name
        return cls(open_raster, place, _identity(name))

    def check_unchanged(self) -> None:
        """Make sure that all that was read belongs together.

        Raises
        ------
        InputError
            If the file has changed since it was opened.
        """
        if self.identity is not None and _identity(self.name) != self.identity:
            raise InputError("input.changed", self.name)


def reference_for(raster: Raster) -> RasterReference | None:
    """Return how other processes open a raster; None if they cannot."""
    reference: Callable[[], RasterReference | None] | None = getattr(raster, "reference", None)
    return None if reference is None else reference()


class RasterWindow(NamedTuple):
    """Pixels that are still where they are stored."""

    reference: RasterReference
    window: Window

    def read(self) -> Block:
        """Read them, wherever this runs.

        The raster stays open in this thread for the next window, until another raster takes its
        place: GDAL keeps what it decoded of a raster stored in rows as long as it is open.
        """
        raster = _opened_here.raster(self.reference)
        try:
            return raster.read_window(self.window)
        except BaseException:
            _opened_here.close()  # a second attempt shall not meet what made the first one fail
            raise


class _OpenedHere(threading.local):
    """The raster that a thread read last."""

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
# of a worker process, which works in its main thread: GDAL objects to being closed any later
atexit.register(_opened_here.close)


def _identity(name: str) -> str | None:
    try:
        status = os.stat(name)
    except (OSError, ValueError):  # ValueError: a NUL in the name
        return None
    return file_identity(status) if stat.S_ISREG(status.st_mode) else None
