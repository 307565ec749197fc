"""What is fuzzed. To add a target, write a function of bytes and list it in `TARGETS`."""

import functools
import os
import resource
import socket
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from tempfile import mkdtemp
from typing import NamedTuple

from flac_raster_qgis.engine import FlacRaster, FlacRasterError, flac, info
from flac_raster_qgis.engine.operations.query import query
from flac_raster_qgis.engine.rasterio_io.crs import crs_to_wkt
from flac_raster_qgis.engine.rasterio_io.environment import rasterio_environment
from flac_raster_qgis.engine.storage.disk_cache import DiskCache
from flac_raster_qgis.engine.storage.open import open_url
from flac_raster_qgis.engine.storage.remote import http_session as sessions
from flac_raster_qgis.engine.storage.remote.retry import RetryPolicy
from kits import crs_texts
from kits.backends import BACKENDS
from kits.durability import Bytes
from kits.tiles import decode_tile

from . import journeys, lists, mutators, seeds

#: More than any input of a few kilobytes may take.
SECONDS, MEGABYTES = 2, 64


class Target(NamedTuple):
    """Something to be fuzzed.

    Parameters
    ----------
    run : callable
        Takes bytes; raises nothing but `FlacRasterError`.
    seeds : callable
        Returns valid inputs.
    mutate : callable
        ``mutate(data, random, change)`` returns another input; ``change`` changes bytes blindly.
    longest : int
        Bytes of an input.
    """

    run: Callable[[bytes], None]
    seeds: Callable[[], list[bytes]]
    mutate: mutators.Mutator
    longest: int = 16384


def read_file(data):
    """Open a file, ask it everything that its head says, and read its tiles."""
    with FlacRaster.open(Bytes(data), workers=1) as raster:
        info(raster)
        query(raster)
        for band in range(1, min(raster.metadata.count, 4) + 1):
            raster.min_max(band)
        for _, key in zip(range(4), raster.grid.keys()):
            raster.tile_min_max(key)
            try:
                raster.read_tile(key)
            except FlacRasterError:
                continue


def read_tile(data, backend):
    """Decode a tile that was cut out of its file, by one of the decoders."""
    usual = flac.backend
    flac.backend = lambda: backend
    try:
        decode_tile(data, "tile.flac", check_md5=data[-1:] > b"\x7f")
    finally:
        flac.backend = usual


class _Connection(sessions._Connection):
    """Connects to nothing: what the server will have said lies in the socket already."""

    replies: list[bytes] = []

    def connect(self):
        self.sock, self._other = socket.socketpair()
        if self.replies:
            self._other.settimeout(1)
            self._other.sendall(self.replies.pop(0)[:40000])
        self._other.shutdown(socket.SHUT_WR)

    def close(self):
        super().close()
        if getattr(self, "_other", None) is not None:
            self._other.close()
            self._other = None


def read_replies(data):
    """Open a URL and read from it; the input is what the server answers, connection by connection.

    Nothing is looked up or connected to: where the server redirects, the next reply comes too.
    """
    _Connection.replies = data.split(seeds.NEXT_REPLY)
    usual = sessions._Pool.ConnectionCls, sessions._TlsPool.ConnectionCls
    sessions._Pool.ConnectionCls = sessions._TlsPool.ConnectionCls = _Connection
    retry = RetryPolicy(1, 1, 2, 1e9, attempts=3, backoff=0, max_wait=0)
    try:
        source = open_url("http://example.org/x.flac", retry=retry, memory_cache=None)
        try:
            with FlacRaster.open(source, workers=1) as raster:
                raster.read_tile(next(iter(raster.levels[0].keys())))
        finally:
            source.close()
    finally:
        sessions._Pool.ConnectionCls, sessions._TlsPool.ConnectionCls = usual


def read_cache(data):
    """Open a cache whose database is the input, and use it; nothing outside may be touched."""
    with tempfile.TemporaryDirectory(dir=_MEMORY) as folder:
        place = Path(folder, "place")
        own = place / "flac-raster-tiles"
        file = own / seeds.CACHED_FILE
        file.parent.mkdir(parents=True)
        place.chmod(0o700)
        own.chmod(0o700)
        file.write_bytes(seeds.cached_file())
        (own / "cache.db").write_bytes(data)
        for victim in (place / "victim", Path(folder, "victim")):
            victim.write_bytes(seeds.cached_file())
        with closing(DiskCache(place, 1 << 20)) as disk:
            found = {key: disk.get(key) for key in seeds.CACHED}
            for _ in range(2):  # by the first one it may find out and begin anew
                disk.put("new", bytes(50_000))
            found["new"] = disk.get("new")
            "small" in disk  # noqa: B015
        for victim in (place / "victim", Path(folder, "victim")):
            assert victim.read_bytes() == seeds.cached_file(), "a file outside of the cache"
        assert sorted(os.listdir(place)) == ["flac-raster-tiles", "victim"], os.listdir(place)
    expected = {**seeds.CACHED, "new": bytes(50_000)}
    assert all(data in (None, expected[key]) for key, data in found.items()), "wrong bytes"
    assert found["new"], "the cache is of no use any more"
    if found != expected:
        raise FlacRasterError("internal", "cache", reason="unused entries")


#: Folders in memory, where there are any.
_MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


@functools.cache
def _trap():
    """Return a file that no CRS may have PROJ open, with all loaded that is loaded once."""
    crs_texts.use(crs_texts.CRS.from_wkt(crs_texts.heights("null")))
    return crs_texts.Trap(mkdtemp())


def read_crs(data):
    """Take a CRS from a file and do with it what has PROJ open grids."""
    trap = _trap()
    text = data.decode("utf-8", "replace").replace(seeds.TRAP, str(trap.path))
    with rasterio_environment():
        crs_texts.use(crs_texts.CRS.from_wkt(crs_to_wkt(text)))
    assert not trap.opened(), "a file was opened"


TARGETS = {
    "file": Target(read_file, seeds.files, mutators.file),
    **{
        f"tile-{name}": Target(
            functools.partial(read_tile, backend=backend), seeds.tiles, mutators.tile
        )
        for name, backend in BACKENDS.items()
    },
    "legacy": Target(read_file, seeds.legacy, mutators.legacy),
    "http": Target(read_replies, seeds.replies, mutators.replies),
    "redirects": Target(journeys.follow, journeys.journeys, journeys.mutate, longest=2048),
    "cache": Target(read_cache, seeds.caches, mutators.cache, 65536),
    "crs": Target(read_crs, seeds.definitions, mutators.definition),
    "index": Target(lists.read_index_of, lists.indexes, lists.mutate),
    "bands": Target(lists.read_bands_of, lists.bands, lists.mutate),
}


class TooMuch(Exception):
    """An input took too long, or too much memory."""


def peak_megabytes():
    """Return the most memory that this process has ever had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


class Judge:
    """Runs a target and raises whatever it must not have done.

    Parameters
    ----------
    target : Target
    """

    def __init__(self, target):
        self._run = target.run
        self.executions = self.refused = 0

    def __call__(self, data):
        before, started = peak_megabytes(), time.process_time()
        self.executions += 1
        try:
            self._run(data)
        except FlacRasterError:
            self.refused += 1
        seconds, megabytes = time.process_time() - started, peak_megabytes() - before
        if seconds > SECONDS:
            raise TooMuch(f"{seconds:.1f} s of processor time")
        if megabytes > MEGABYTES:
            raise TooMuch(f"{megabytes:.0f} MB")


#: Inputs that once crashed something, by target.
REGRESSIONS = Path(__file__).parents[1] / "regressions"
