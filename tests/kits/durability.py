"""What the durability tests share: rasters, damaged files, snapshots of folders, processes."""

import base64
import gzip
import json
import multiprocessing
import os
import re
import subprocess
import sys
import time
import zlib
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from tempfile import gettempdir
from typing import NamedTuple

import numpy as np
import pytest
from flac_raster_qgis.engine import (
    FlacRaster,
    FlacRasterError,
)
from flac_raster_qgis.engine.errors import CorruptFile
from flac_raster_qgis.engine.storage.byte_source import FIRST_READ
from mutagen.flac import FLAC

from kits import geotiff, rasters
from kits.clock import clock
from kits.independent_reader import checksum

# ---------------------------------------------------------------- rasters


def noise(width=40, height=30, count=1, dtype="uint16"):
    """Pixels that do not compress, always the same."""
    values = np.random.default_rng(7).integers(0, 4000, (count, height, width))
    return values.astype(dtype)


def write_flac(path, array=None, tile_size=16, **described):
    """Write an array, noise where none is given."""
    return rasters.write_flac(path, noise() if array is None else array, tile_size, **described)


def write_tif(path, array=None, **profile):
    """Write an array, noise where none is given."""
    return geotiff.write_tif(path, noise() if array is None else array, **profile)


def write_either(path, array=None):
    return (write_flac if Path(path).suffix == ".flac" else write_tif)(path, array)


def pixels(path):
    with FlacRaster.open(path) as raster:
        return raster.read()


# ---------------------------------------------------------------- files in memory


class Bytes:
    """A `ByteSource` in memory."""

    identity, version, downloaded = "always the same", "1", 0
    first_read = FIRST_READ

    def __init__(self, data, name="memory.flac"):
        self.data, self.size, self.name = data, len(data), name

    def planned_requests(self, ranges):
        return [(offset, size) for offset, size in ranges if size]

    def read(self, ranges, **how):
        if any(offset + size > self.size for offset, size in ranges):
            raise CorruptFile("file.cut_off", self.name, offset=0, size=1)
        yield from (self.data[offset : offset + size] for offset, size in ranges)

    def close(self):
        pass


def everything(data):
    """Metadata and all tiles of a file in memory, each tile checked by its MD5."""
    with FlacRaster.open(Bytes(bytes(data)), workers=1) as raster:
        tiles = [raster.read_tile(key) for key in raster.grid.keys()]
        return raster.metadata, [
            (t.key, t.pixels.tobytes(), None if t.mask is None else t.mask.tobytes()) for t in tiles
        ]


# ---------------------------------------------------------------- edited files


def retag(path, *, padding=64, **tags):
    """Change GEOSPATIAL_ tags of a file, None removes one, and make its checksum right again."""
    file = FLAC(path)
    for key, value in tags.items():
        if value is None:
            del file[f"GEOSPATIAL_{key}"]
        else:
            file[f"GEOSPATIAL_{key}"] = value
    file["GEOSPATIAL_CHECKSUM"] = checksum({k.upper(): v for k, v in file.tags})
    file.save(padding=lambda info: padding)


def read_index(path):
    text = FLAC(path)["GEOSPATIAL_SPATIAL_INDEX"][0]
    return json.loads(gzip.decompress(base64.b64decode(text)))


def pack_index(document):
    """Make the text of GEOSPATIAL_SPATIAL_INDEX, from a document or from the bytes of one."""
    return packed(document if isinstance(document, bytes) else json.dumps(document).encode())


def packed(data):
    """Make the text of a tag from bytes, the same whenever it is made."""
    return base64.b64encode(gzip.compress(bytes(data), 6, mtime=0)).decode("ascii")


def gzip_bomb(megabytes):
    """Make a gzip stream of zeros by repeating the deflated bytes of one megabyte of them."""
    packer = zlib.compressobj(9, wbits=-15)
    one = packer.compress(bytes(1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    return b"\x1f\x8b\x08" + bytes(7) + one * megabytes


# ---------------------------------------------------------------- what must hold


def contents(folder):
    """Every name in a folder with what it holds."""
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else "no file"
        for path in sorted(Path(folder).rglob("*"))
    }


def let_others_in(folder):
    """Let other users into a folder of a test, through those that pytest keeps to its user."""
    for place in (folder, *folder.parents):
        if place == Path(gettempdir()) or place.stat().st_uid != os.getuid():
            break
        place.chmod(0o755)


@contextmanager
def unchanged(folder):
    before = contents(folder)
    yield
    assert contents(folder) == before


@contextmanager
def refused(kind, *words):
    """Expect an error of exactly one class, whose text is one readable sentence with some words."""
    with pytest.raises(FlacRasterError) as caught:
        yield
    text = str(caught.value)
    assert type(caught.value) is kind, repr(caught.value)
    assert_sentence(text)
    for word in words:
        assert str(word) in text


def assert_sentence(text):
    assert text.endswith(".") and not text.endswith("..")
    assert text.isprintable()
    assert len(text) < 1000


# ---------------------------------------------------------------- processes apart

_PRELOADED = ["flac_raster_qgis.engine.flac.pyflac_backend"]
_PRELOADED += ["flac_raster_qgis.engine.rasterio_io.template"]
_PRELOADED += ["mutagen.flac", "rasterio.control", "rasterio.rpc", "rasterio.shutil", "rich.table"]
_PRELOADED += ["rich.progress", "rich._emoji_codes", "typer", "pydantic.type_adapter", "pytest"]


class Outcome(NamedTuple):
    """What a call in a process of its own came to."""

    error: str
    text: str
    seconds: float
    megabytes: float
    #: Of processor time, which other processes do not lengthen.
    processor: float


def start_apart(function, *args):
    """Start a call in a process of its own, forked from one that has everything imported."""
    method = "spawn" if sys.platform == "win32" else "forkserver"
    context = multiprocessing.get_context(method)
    if method == "forkserver":
        context.set_forkserver_preload(_PRELOADED)
    process = context.Process(target=function, args=args, daemon=True)
    process.start()
    return process


def run_apart(function, *args, seconds=20):
    """Call a function in a process of its own and measure it; a hanging one is killed."""
    answer, question = multiprocessing.Pipe(duplex=False)
    process = start_apart(_measured, question, function, args)
    question.close()
    try:
        end = clock() + seconds
        while not answer.poll(0.2):
            assert clock() < end, f"no answer after {seconds} s"
        return answer.recv()
    finally:
        process.kill()
        process.join()


def _measured(question, function, args):
    before, started, used = _peak_megabytes(), time.monotonic(), time.process_time()
    try:
        error, text = "", function(*args)
    except Exception as problem:
        error, text = type(problem).__name__, str(problem)
    seconds, processor = time.monotonic() - started, time.process_time() - used
    question.send(Outcome(error, text, seconds, _peak_megabytes() - before, processor))


def _peak_megabytes():
    if sys.platform == "win32":
        return 0.0  # not known
    if sys.platform == "darwin":
        resource = import_module("resource")
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(re.search(r"VmHWM:\s+(\d+)", status)[1]) / 1024


# ---------------------------------------------------------------- disks


@contextmanager
def mounted(folder, *options):
    """Mount an empty disk in memory on a folder; skips the test where that is not allowed."""
    command = ["mount", "-t", "tmpfs", "-o", ",".join(options), "tmpfs", str(folder)]
    try:
        subprocess.run(command, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"a disk of its own cannot be mounted here: {error}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)
