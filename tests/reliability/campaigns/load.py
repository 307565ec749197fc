"""Many readers at once, and a long mix of operations: right pixels, and nothing that grows."""

import gc
import os
import random
import resource
import shutil
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from flac_raster_qgis.engine import (
    Area,
    FlacRaster,
    FlacRasterError,
    Window,
    compare,
    convert,
    extract,
    info,
    query,
    verify,
)
from flac_raster_qgis.engine.job import Job
from kits.durability import noise, start_apart, write_flac, write_tif
from kits.remote import Server, open_hasty, part

from . import SCALE, save

READERS, WINDOWS = 32, 10 * SCALE
CYCLES, NOTES = 120 * SCALE, 8


def _windows(seed, array):
    rng = np.random.default_rng(seed)
    _, height, width = array.shape
    while True:
        left, top = int(rng.integers(width)), int(rng.integers(height))
        columns = int(rng.integers(1, width - left + 1))
        yield Window(left, top, columns, int(rng.integers(1, height - top + 1)))


def read_windows(raster, array, seed, count):
    """Read windows at random and compare each; return how many pixels these were."""
    done = 0
    for _, window in zip(range(count), _windows(seed, array)):
        rows, columns = window.slices
        if not (raster.read(window) == array[:, rows, columns]).all():
            raise AssertionError(f"wrong pixels in {window}")
        done += window.width * window.height
    return done


def _read_in_process(path, array, seed, count):
    with FlacRaster.open(path, workers=1) as raster:
        read_windows(raster, array, seed, count)


def many_readers(folder, readers, windows):
    """Read one file by threads, by processes, and over HTTP by threads, all at once.

    Returns
    -------
    dict
        Seconds of each kind.
    """
    array = noise(300, 260, 2, "int16")
    path = write_flac(folder / "many.flac", array, tile_size=32)
    seconds = {}

    def threads(raster):
        with ThreadPoolExecutor(readers) as executor:
            list(executor.map(lambda s: read_windows(raster, array, s, windows), range(readers)))

    started = time.monotonic()
    with FlacRaster.open(path) as raster:
        threads(raster)
    seconds["threads"] = time.monotonic() - started
    started = time.monotonic()
    processes = [start_apart(_read_in_process, path, array, s, windows) for s in range(readers)]
    for process in processes:
        process.join(300)
        if process.exitcode != 0:
            raise AssertionError(f"a reading process ended with {process.exitcode}")
    seconds["processes"] = time.monotonic() - started
    started = time.monotonic()
    server = Server(always=part(path.read_bytes()))
    try:
        with FlacRaster.open(open_hasty(server.url)) as raster:
            threads(raster)
        seconds["threads over HTTP"] = time.monotonic() - started
        seconds["requests"] = len(server.requests)
    finally:
        server.close()
    return seconds


# ---------------------------------------------------------------- soak


def _mixture(folder, server):
    flac, tif = folder / "in.flac", folder / "in.tif"

    def remote():
        with FlacRaster.open(open_hasty(server.url)) as raster:
            raster.read(Window(5, 5, 40, 40))

    def refused(function, *arguments, **options):
        try:
            function(*arguments, **options)
        except FlacRasterError:
            return
        raise AssertionError(f"{function.__name__} should have refused")

    return [
        lambda: convert(tif, folder / "out.flac", overwrite=True, tile_size=32),
        lambda: convert(flac, folder / "out.tif", overwrite=True),
        lambda: convert(flac, folder / "cog.tif", overwrite=True, cog=True),
        lambda: extract(flac, folder / "part.tif", Area(bbox=(10, 10, 60, 60)), overwrite=True),
        lambda: extract(folder / "bad.flac", folder / "b.tif", skip_damaged=True, overwrite=True),
        lambda: query(flac),
        lambda: verify(flac),
        lambda: verify(folder / "bad.flac"),
        lambda: compare(flac, tif),
        lambda: info(flac),
        remote,
        lambda: refused(convert, folder / "bad.flac", folder / "no.tif"),
        lambda: refused(FlacRaster.open, folder / "cut.flac"),
        lambda: refused(convert, tif, flac),
        lambda: refused(
            convert, flac, folder / "cancelled.tif", job=Job(is_cancelled=lambda: True)
        ),
    ]


def _state():
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return {
        "memory, MB": round(pages * resource.getpagesize() / 1e6, 1),
        "open files": len(os.listdir("/proc/self/fd")),
        "threads": threading.active_count(),
    }


def soak(folder, cycles, notes):
    """Do everything again and again, in random order.

    Returns
    -------
    list of dict
        Operations done, memory, open files and threads, ``notes`` times.
    """
    write_flac(folder / "in.flac", noise(100, 100), tile_size=32)
    write_tif(folder / "in.tif", noise(100, 100))
    data = bytearray((folder / "in.flac").read_bytes())
    (folder / "cut.flac").write_bytes(data[:-1])
    data[-20] ^= 1
    (folder / "bad.flac").write_bytes(data)
    server = Server(always=part((folder / "in.flac").read_bytes()))
    rng, table, done = random.Random(0), [], 0
    operations = _mixture(folder, server)
    names = None
    try:
        for cycle in range(cycles + 1):
            for operation in rng.sample(operations, len(operations)):
                operation()
                done += 1
            server.requests.clear()
            server._sockets.clear()
            if cycle % (cycles // notes) == 0:
                table.append({"operations": done, **_state()})
                print(table[-1], flush=True)
            now = sorted(path.name for path in folder.iterdir())
            names = names or now
            if now != names:
                raise AssertionError(f"files appeared: {set(now) ^ set(names)}")
    finally:
        server.close()
    return table


def is_flat(table, megabytes=16):
    """Whether nothing has grown since the second note; caches fill up before."""
    first, last = table[1], table[-1]
    grown = last["memory, MB"] - first["memory, MB"]
    same = all(first[what] >= last[what] for what in ("open files", "threads"))
    return same and grown < megabytes


def main():
    started = time.monotonic()
    folder = Path(tempfile.mkdtemp(prefix="load-"))
    try:
        readers = many_readers(folder, READERS, WINDOWS)
        (folder / "many.flac").unlink()
        table = soak(folder, CYCLES, NOTES)
    finally:
        shutil.rmtree(folder)
    rounded = {what: round(number, 1) for what, number in readers.items()}
    facts = {"at once": READERS, "windows each": WINDOWS, **rounded}
    save("load", {"readers": facts, "soak": table}, started)
    sys.exit(not is_flat(table))
