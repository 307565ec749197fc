"""Kill conversions and extractions at random moments: the old file, none, or a whole new one."""

import os
import random
import re
import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from flac_raster_qgis.engine import compare, convert, extract, verify
from kits.durability import noise, start_apart, write_either

from . import SCALE, save

#: Processes killed while they were at work; those that were done before come on top.
KILLS = 208 * SCALE
OLD = b"an older file"


def to_flac(source, output):
    convert(source, output, tile_size=32, overwrite=True, workers=2)


def to_geotiff(source, output):
    convert(source, output, overwrite=True, workers=2)


def to_cog(source, output):
    convert(source, output, overwrite=True, workers=2, cog=True)


def extracted(source, output):
    extract(source, output, overwrite=True, workers=2)


OPERATIONS = {
    "convert to FLAC": (to_flac, "in.tif", "out.flac"),
    "convert to GeoTIFF": (to_geotiff, "in.flac", "out.tif"),
    "convert to COG": (to_cog, "in.flac", "out.tif"),
    "extract": (extracted, "in.flac", "out.tif"),
}


def kill_at_random(folder, kills, rng):
    """Kill each operation in turn.

    Returns
    -------
    dict
        By operation how often there was which file afterwards.
    """
    for name in ("in.tif", "in.flac"):
        write_either(folder / name, noise(250, 250))
    found = {}
    for name, (function, source, output) in OPERATIONS.items():
        place = folder / name.replace(" ", "-")
        place.mkdir()
        found[name] = _kill(function, folder / source, place / output, kills // 4, rng)
    return found


def _kill(function, source, output, kills, rng):
    whole, found = _seconds_of_a_run(function, source, output), Counter()
    while found["killed while at work"] < kills:
        older = rng.choice([OLD, None])
        for path in output.parent.glob("*out.*"):
            if not path.name.startswith("."):
                path.unlink()
        if older is not None:
            output.write_bytes(older)
        process = start_apart(function, source, output)
        process.join(rng.uniform(0, 1) * whole)
        found["killed while at work" if process.is_alive() else "done before"] += 1
        process.kill()
        process.join()
        found[_what_is_there(source, output, older)] += 1
        found["unfinished files left"] += len(_leftovers(output))
        for folder in _leftovers(output):  # an hour later
            for path in (folder, *folder.iterdir()):
                os.utime(path, (time.time() - 3600,) * 2)
    function(source, output)
    found["left after the next run"] = len(_leftovers(output))
    return dict(found)


def _seconds_of_a_run(function, source, output):
    for _ in range(2):
        started = time.monotonic()
        process = start_apart(function, source, output)
        process.join()
        assert process.exitcode == 0
    return time.monotonic() - started


def _what_is_there(source, output, older):
    if not output.exists():
        return "nothing" if older is None else "LOST"
    if older is not None and output.read_bytes() == older:
        return "the older file"
    if output.suffix == ".flac" and not verify(output).valid:
        return "DAMAGED"
    return "a whole new file" if compare(source, output).pixels_identical else "DAMAGED"


def _leftovers(output):
    """Return hidden folders beside the output; all must be temporary ones of its name."""
    names = [name for name in os.listdir(output.parent) if name != output.name]
    assert all(re.match(rf"\.{output.stem}\.\w{{8}}\.part\.", name) for name in names), names
    return [output.parent / name for name in names]


def main():
    started = time.monotonic()
    folder = Path(tempfile.mkdtemp(prefix="kills-"))
    try:
        found = kill_at_random(folder, KILLS, random.Random(started))
    finally:
        shutil.rmtree(folder)
    total = Counter()
    for counts in found.values():
        total += Counter(counts)
    save("kills", {"kills": KILLS, "total": dict(total), "operations": found}, started)
    sys.exit(bool(total["LOST"] or total["DAMAGED"] or total["left after the next run"]))
