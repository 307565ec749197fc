"""Tiles that fail in a worker process: made again, or named; no wrong file, nothing left."""

import pytest
from flac_raster_qgis.engine import write_raster
from flac_raster_qgis.engine.errors import Cancelled, WorkerError
from flac_raster_qgis.engine.job import Job
from flac_raster_qgis.engine.parallel.processes import ProcessExecutor
from kits.clock import clock
from kits.parallel import (
    OPTIONS,
    SpecialRaster,
    die_always,
    die_once,
    expected_bytes,
    fail_always,
    fail_once,
    names,
    nothing,
)


@pytest.fixture
def odd(tmp_path):
    """Return a function that makes a raster which does something odd."""
    (tmp_path / "notes").mkdir()
    (tmp_path / "out").mkdir()
    return lambda oddity, **options: SpecialRaster(tmp_path / "notes", oddity, **options)


@pytest.mark.parametrize("oddity", [fail_once, die_once])
def test_once(tmp_path, processes, odd, oddity):
    output = tmp_path / "out" / "y.flac"
    write_raster(odd(oddity), output, OPTIONS, executor=processes)
    assert names(tmp_path / "notes") == ["been here"]
    assert output.read_bytes() == expected_bytes(tmp_path)


@pytest.mark.parametrize(
    "oddity, word", [(fail_always, "MemoryError: no room"), (die_always, "ended by signal 9")]
)
def test_always(tmp_path, processes, odd, oddity, word):
    output = tmp_path / "out" / "y.flac"
    output.write_bytes(b"old")
    started = clock()
    with pytest.raises(WorkerError) as caught:
        write_raster(odd(oddity), output, OPTIONS, executor=processes)
    assert clock() - started < 30
    text = str(caught.value)
    assert "tile level 0, row 2, column 2 (Window(col_off=64, row_off=64, " in text
    assert "failed 3 times" in text and word in text
    assert names(output.parent) == ["y.flac"] and output.read_bytes() == b"old"
    if oddity is fail_always:
        assert (tmp_path / "notes" / "attempts").read_text() == "xxx"


def test_the_same_processes_work_afterwards(tmp_path, processes, odd):
    write_raster(odd(nothing), tmp_path / "out" / "y.flac", OPTIONS, executor=processes)
    assert (tmp_path / "out" / "y.flac").read_bytes() == expected_bytes(tmp_path)


def test_cancel_does_not_wait_for_the_tiles_under_way(tmp_path, odd):
    stop = []
    started = clock()
    with pytest.raises(Cancelled):
        with ProcessExecutor(2) as executor:
            executor.submit(int).result()
            started = clock()
            write_raster(
                odd(nothing, seconds=3),
                tmp_path / "out" / "y.flac",
                OPTIONS,
                job=Job(is_cancelled=lambda: stop.append(1) or len(stop) > 5),
                executor=executor,
            )
    assert clock() - started < 2.5
    assert names(tmp_path / "out") == []
