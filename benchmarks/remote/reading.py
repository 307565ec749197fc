"""One view of one raster in a new process, by one reader.

    python -m benchmarks.remote.reading READER URL VIEW

Prints the seconds from opening to the pixels, processor time, the seconds of a second read of the
same pixels, and a checksum of them. All modules are imported before the clock starts, because both
readers are used in running programs.
"""

from __future__ import annotations

import hashlib
import json
import sys
import time
from typing import Any, Callable, NamedTuple

import numpy as np

#: Options with which GDAL makes the fewest requests, as recommended for tile servers.
_NO_LISTING = {"GDAL_DISABLE_READDIR_ON_OPEN": "EMPTY_DIR"}
_TUNED = {
    **_NO_LISTING,
    "GDAL_HTTP_MERGE_CONSECUTIVE_RANGES": "YES",
    "GDAL_INGESTED_BYTES_AT_OPEN": "32768",
    "CPL_VSIL_CURL_ALLOWED_EXTENSIONS": ".tif",
    "GDAL_NUM_THREADS": "ALL_CPUS",
}
GDAL: dict[str, dict[str, str]] = {
    "GDAL, as it is": {},
    "GDAL, no listing": _NO_LISTING,
    "GDAL, tuned": _TUNED,
}
OURS = "FLAC"


class View(NamedTuple):
    """A view to read.

    Parameters
    ----------
    factor : int
        1 is full resolution, 16 a sixteenth of it.
    window : tuple of (column, row, width, height), optional
        In pixels of full resolution; default all.
    band : int, optional
        Default all.
    """

    factor: int = 1
    window: tuple[int, int, int, int] | None = None
    band: int | None = None


Reader = tuple[Callable[[], Any], Callable[[Any], np.ndarray]]


def flac(url: str, view: View) -> Reader:
    """Return functions that open and read a FLAC raster."""
    import requests  # noqa: F401
    from flac_raster_qgis.engine import FlacRaster, Window
    from flac_raster_qgis.engine.flac import backend
    from flac_raster_qgis.engine.storage.remote import http_source  # noqa: F401

    backend()
    window = None if view.window is None else Window(*view.window)
    bands = None if view.band is None else [view.band]
    level = view.factor.bit_length() - 1
    return lambda: FlacRaster.open(url), lambda raster: raster.read(window, level, bands)


def gdal(url: str, view: View) -> Reader:
    """Return functions that open and read a COG."""
    import rasterio
    from rasterio.windows import Window

    window = None if view.window is None else Window(*view.window)
    bands = None if view.band is None else [view.band]
    options = {} if view.factor == 1 else {"OVERVIEW_LEVEL": view.factor.bit_length() - 2}
    return (
        lambda: rasterio.open(f"/vsicurl/{url}", **options),
        lambda dataset: dataset.read(bands, window=window),
    )


def main() -> None:
    """Read a view, and print the measurements."""
    reader, url, view = sys.argv[1], sys.argv[2], View(*json.loads(sys.argv[3]))
    start, read = (flac if reader == OURS else gdal)(url, view)
    clock, processor = time.perf_counter(), time.process_time()
    opened = start()
    pixels = read(opened)
    seconds, busy = time.perf_counter() - clock, time.process_time() - processor
    sys.stdout.write("first\n")
    sys.stdout.flush()
    sys.stdin.readline()  # requests have been counted
    clock = time.perf_counter()
    read(opened)
    again = time.perf_counter() - clock
    opened.close()
    digest = hashlib.sha256(np.ascontiguousarray(pixels).tobytes()).hexdigest()
    sys.stdout.write(json.dumps([seconds, busy, again, digest]))


if __name__ == "__main__":
    main()
