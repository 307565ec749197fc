"""SIGKILL at any moment: under the final name there is the older file, or the whole new one."""

import os
import re
import shutil
import time

import pytest
from flac_raster_qgis.engine import compare, convert, verify
from kits.durability import noise, start_apart, write_either

KILLS = 14
OLD = b"an older file"


def convert_over(source, output):
    convert(source, output, tile_size=32, overwrite=True, workers=2)


@pytest.mark.parametrize("names", [("in.tif", "out.flac"), ("in.flac", "out.tif")])
def test_kill_at_any_moment(tmp_path, names, record_property):
    source = write_either(tmp_path / names[0], noise(250, 250))
    output = tmp_path / "folder" / names[1]
    output.parent.mkdir()
    whole = seconds_of_a_run(source, output)
    found = {"older": 0, "new": 0, "leftovers": 0, "bytes left": 0}
    for kill in range(KILLS):
        older = OLD if kill % 2 else None
        reset(output, older)
        process = start_apart(convert_over, source, output)
        process.join(whole * (kill + 0.5) / KILLS)
        process.kill()
        process.join()
        found["new" if check_output(source, output, older) else "older"] += 1
        for size in leftover_sizes(output):
            found["leftovers"] += 1
            found["bytes left"] += size
    record_property("found", found)
    print(found)
    assert found["older"] > 0


def seconds_of_a_run(source, output):
    """Time the second of two runs; the first one warms up."""
    for _ in range(2):
        started = time.monotonic()
        process = start_apart(convert_over, source, output)
        process.join()
        assert process.exitcode == 0
    return time.monotonic() - started


def reset(output, older):
    shutil.rmtree(output.parent)
    output.parent.mkdir()
    if older is not None:
        output.write_bytes(older)


def check_output(source, output, older):
    """Return whether the output is the new file; it must be whole then."""
    if older is None and not output.exists():
        return False
    if older is not None and output.read_bytes() == older:
        return False
    if output.suffix == ".flac":
        assert verify(output).valid
    assert compare(source, output).pixels_identical
    return True


def leftover_sizes(output):
    """Return the size of the unfinished file in the only folder that may be left behind."""
    names = sorted(set(os.listdir(output.parent)) - {output.name})
    pattern = rf"\.{output.stem}\.\w+\.part{output.suffix}"
    assert all(re.fullmatch(pattern, name) for name in names), names
    assert len(names) <= 1, names
    files = [file for name in names for file in (output.parent / name).iterdir()]
    return [sum(file.stat().st_size for file in files)] if names else []
