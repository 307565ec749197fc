"""Nothing grows with use: open files, threads, memory."""

import gc
import os
import sys
import threading
from pathlib import Path

import pytest
from flac_raster_qgis.engine import FlacRaster, FlacRasterError, compare, convert, info, verify
from kits.durability import noise, run_apart, write_flac, write_tif

resource = pytest.importorskip("resource", reason="what a process has open is counted on Linux")
pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="what a process has open is counted on Linux"
)


def resources():
    """Count open files, threads, and megabytes of memory."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return (
        len(os.listdir("/proc/self/fd")),
        threading.active_count(),
        pages * resource.getpagesize() / 1e6,
    )


def repeat_and_count(function, path, times):
    """Call a function often and return by how much each resource grew."""
    for _ in range(5):
        function(path)
    gc.collect()
    before = resources()
    for _ in range(times):
        function(path)
    gc.collect()
    return [after - first for after, first in zip(resources(), before)]


def open_and_read(path):
    with FlacRaster.open(path) as raster:
        raster.read()


def open_damaged(path):
    with pytest.raises(FlacRasterError):
        FlacRaster.open(path.with_name("damaged.flac"))


def convert_and_back(path):
    tif = path.with_suffix(".out.tif")
    convert(path, tif, overwrite=True)
    convert(tif, path.with_suffix(".out.flac"), overwrite=True)


def refuse_to_convert(path):
    with pytest.raises(FlacRasterError):
        convert(path, path.with_name("in.tif"))


def compare_with_geotiff(path):
    compare(path, path.with_name("in.tif"))


@pytest.mark.parametrize(
    "function, times",
    [
        (open_and_read, 200),
        (open_damaged, 200),
        (info, 200),
        (verify, 50),
        (refuse_to_convert, 100),
        (convert_and_back, 15),
        (compare_with_geotiff, 20),
    ],
)
def test_nothing_grows(tmp_path, function, times):
    path = write_flac(tmp_path / "in.flac", noise(24, 24))
    write_tif(tmp_path / "in.tif", noise(24, 24))
    (tmp_path / "damaged.flac").write_bytes(path.read_bytes()[:-1])
    outcome = run_apart(repeat_and_count, function, path, times)
    assert outcome.error == "", outcome
    files, threads, megabytes = outcome.text
    assert (files, threads) == (0, 0)
    assert megabytes < 20
