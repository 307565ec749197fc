"""Open members when they are needed, each with one request, and keep the last ones open."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from typing import Optional
from weakref import finalize

from ..errors import Cancelled, CorruptFile, FlacRasterError, RemoteError
from ..reading.flac_raster import FlacRaster
from .catalog import Collection
from .hrefs import target_of

#: Members that are open at once, each of which takes a file descriptor or a connection.
_MAX_OPEN = 64
#: Most bytes that are read at once because a collection says that a header has so many.
_MAX_FIRST_READ = 4 << 20
#: Seconds after which a member is tried again whose server did not deliver.
_RETRY_SECONDS = 30.0

#: Open a path or URL; the number is how many bytes of its start to read at once, if that is known.
OpenRaster = Callable[[str, Optional[int]], FlacRaster]


class OpenMember:
    """An open member, closed when nobody refers to it any more."""

    def __init__(self, raster: FlacRaster):
        self.raster = raster
        finalize(self, raster.close)


class Members:
    """The members of a collection, opened when they are asked for; thread-safe.

    Parameters
    ----------
    collection : Collection
    open_raster : callable
        See `OpenRaster`.
    on_failure : callable, optional
        Called once for each member that cannot be opened or read, in any thread, with its number
        and the error.
    """

    def __init__(
        self,
        collection: Collection,
        open_raster: OpenRaster,
        on_failure: Callable[[int, FlacRasterError], None] = lambda number, error: None,
    ):
        self.collection = collection
        self._open_raster, self._on_failure = open_raster, on_failure
        self._opened: OrderedDict[int, Future[OpenMember]] = OrderedDict()
        #: Why members cannot be read, and since when.
        self._failed: dict[int, tuple[FlacRasterError, float]] = {}
        self._lock = threading.Lock()

    @property
    def failures(self) -> dict[int, FlacRasterError]:
        """Errors of members that cannot be read, by their number."""
        with self._lock:
            return {number: error for number, (error, _) in self._failed.items()}

    def forget_failures(self) -> None:
        """Try all members again."""
        with self._lock:
            self._failed.clear()

    def open(self, number: int) -> OpenMember | None:
        """Return a member; None if it cannot be read, which is reported once.

        Raises `Cancelled`.
        """
        with self._lock:
            failed = self._failed.get(number)
            if failed is not None and not _may_be_over(*failed):
                return None
            future = self._opened.get(number)
            is_mine = future is None
            if future is None:
                future = self._opened[number] = Future()
            self._opened.move_to_end(number)
            while len(self._opened) > _MAX_OPEN:
                self._opened.popitem(last=False)
        if is_mine:
            self._open(number, future)
        try:
            return future.result()
        except Cancelled:
            raise
        except FlacRasterError as error:
            self.fail(number, error)
            return None

    def fail(self, number: int, error: FlacRasterError) -> None:
        """Remember that a member cannot be read, and report it if that is new."""
        with self._lock:
            is_new = number not in self._failed
            self._failed[number] = error, time.monotonic()
            self._opened.pop(number, None)
        if is_new:
            self._on_failure(number, error)

    def _open(self, number: int, future: Future[OpenMember]) -> None:
        try:
            opened = self._opened_member(number)
        except BaseException as error:
            with self._lock:
                if self._opened.get(number) is future:
                    del self._opened[number]
            future.set_exception(error)
        else:
            future.set_result(opened)
            with self._lock:
                self._failed.pop(number, None)

    def _opened_member(self, number: int) -> OpenMember:
        collection = self.collection
        href, size, first_read, version = collection.file_of(number)
        name = target_of(collection.name, href)
        if first_read is not None and not 0 < first_read <= _MAX_FIRST_READ:
            first_read = None
        opened = OpenMember(self._open_raster(name, first_read))
        raster = opened.raster
        is_other = size is not None and raster.source.size != size
        if is_other or _differ(version, raster.source.version):
            raise CorruptFile("collection.changed", raster.name)
        expected = collection.dtype, collection.count
        if (raster.metadata.dtype, raster.metadata.count) != expected:
            raise CorruptFile(
                "collection.other_kind",
                raster.name,
                found=raster.metadata.dtype,
                found_bands=raster.metadata.count,
                expected=collection.dtype,
                bands=collection.count,
            )
        return opened


def _differ(indexed: str | None, found: str | None) -> bool:
    """Whether two versions are those of different content.

    Only ETags are compared: times of modification change when files are copied or published.
    """
    both = [version for version in (indexed, found) if version and version.startswith('"')]
    return len(both) == 2 and both[0] != both[1]


def _may_be_over(error: FlacRasterError, since: float) -> bool:
    return isinstance(error, RemoteError) and time.monotonic() - since > _RETRY_SECONDS
