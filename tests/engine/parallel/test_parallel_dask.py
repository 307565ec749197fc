"""A Dask cluster of two processes: the same bytes, also when one of them is killed midway."""

import os
import signal
import subprocess
import sys
import threading
import time
import traceback
from pathlib import Path

import pytest
from flac_raster_qgis.engine import compare, convert, write_raster
from flac_raster_qgis.engine.errors import Cancelled, FlacRasterError, InputError, MissingDependency
from flac_raster_qgis.engine.job import Job
from flac_raster_qgis.engine.parallel.dask import dask_executor
from kits.parallel import (
    OPTIONS,
    SpecialRaster,
    expected_bytes,
    fail_always,
    fail_once,
    names,
    noise,
    note_process,
    nothing,
    write_tif,
)

import flac_raster_qgis

distributed = pytest.importorskip("distributed", reason="Dask is not installed")
ROOT = Path(flac_raster_qgis.__file__).parents[1]


@pytest.fixture(scope="module")
def cluster():
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0"
    ) as cluster:
        yield cluster


@pytest.fixture
def dask(cluster):
    """The executor, with both workers there."""
    with distributed.Client(cluster, set_as_default=False) as client:
        client.wait_for_workers(2, timeout=60)
    with dask_executor(cluster.scheduler_address) as (executor, count):
        assert count == 2
        yield executor


def test_same_bytes_as_one_thread(tmp_path, dask):
    source = write_tif(tmp_path / "in.tif", noise(900, 700, 2))
    convert(source, tmp_path / "one.flac", workers=1, tile_size=128)
    convert(source, tmp_path / "dask.flac", workers=2, tile_size=128, executor=dask)
    assert (tmp_path / "one.flac").read_bytes() == (tmp_path / "dask.flac").read_bytes()
    convert(tmp_path / "one.flac", tmp_path / "back.tif", workers=2, executor=dask)
    assert compare(source, tmp_path / "back.tif").identical


def test_any_executor_of_a_client(tmp_path, cluster, dask):
    with distributed.Client(cluster, set_as_default=False) as client:
        source = SpecialRaster(tmp_path, nothing)
        write_raster(source, tmp_path / "y.flac", OPTIONS, executor=client.get_executor())
    assert (tmp_path / "y.flac").read_bytes() == expected_bytes(tmp_path)


def test_command_line(tmp_path, cluster, dask):
    source = write_tif(tmp_path / "in.tif")
    arguments = ["convert", source, "-o", tmp_path / "y.flac", "--dask", cluster.scheduler_address]
    done = subprocess.run(
        [sys.executable, "-m", "flac_raster_qgis", *arguments],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")
    convert(source, tmp_path / "one.flac", workers=1)
    assert (tmp_path / "y.flac").read_bytes() == (tmp_path / "one.flac").read_bytes()


def test_the_workers_read(tmp_path, dask):
    (tmp_path / "read").mkdir()
    source = SpecialRaster(tmp_path / "read", note_process)
    write_raster(source, tmp_path / "y.flac", OPTIONS, executor=dask)
    assert str(os.getpid()) not in names(tmp_path / "read")
    assert (tmp_path / "y.flac").read_bytes() == expected_bytes(tmp_path)


def test_a_tile_that_fails_once(tmp_path, dask):
    (tmp_path / "notes").mkdir()
    source = SpecialRaster(tmp_path / "notes", fail_once)
    write_raster(source, tmp_path / "y.flac", OPTIONS, executor=dask)
    assert names(tmp_path / "notes") == ["been here"]
    assert (tmp_path / "y.flac").read_bytes() == expected_bytes(tmp_path)


def test_a_tile_that_fails_always_is_named(tmp_path, dask):
    (tmp_path / "notes").mkdir()
    source = SpecialRaster(tmp_path / "notes", fail_always)
    with pytest.raises(FlacRasterError, match="tile level 0, row 2, column 2 .* failed 3 times"):
        write_raster(source, tmp_path / "y.flac", OPTIONS, executor=dask)
    assert names(tmp_path) == ["notes"]


@pytest.mark.parametrize("part", [0.1, 0.5])
def test_a_worker_is_killed_midway(tmp_path, cluster, dask, part):
    """A correct file or a sentence, in bounded time; never a wrong file, and nothing left."""
    (tmp_path / "out").mkdir()
    output, killed = tmp_path / "out" / "y.flac", []

    def kill(done, total):
        if done >= part * total and not killed:
            pids = [worker.pid for worker in cluster.workers.values()]
            os.kill(pids[0], signal.SIGKILL)
            killed.append(pids[0])

    started = time.monotonic()
    try:
        source = SpecialRaster(tmp_path, nothing, seconds=0.02)
        write_raster(source, output, OPTIONS, job=Job(kill), executor=dask)
    except FlacRasterError as error:
        assert str(error).endswith(".") and names(output.parent) == []
    else:
        assert output.read_bytes() == expected_bytes(tmp_path)
        assert names(output.parent) == ["y.flac"]
    assert killed and time.monotonic() - started < 60


def test_cancel(tmp_path, dask):
    stop = threading.Event()
    threading.Timer(0.5, stop.set).start()
    (tmp_path / "out").mkdir()
    with pytest.raises(Cancelled):
        write_raster(
            SpecialRaster(tmp_path, nothing, seconds=0.2),
            tmp_path / "out" / "y.flac",
            OPTIONS,
            job=Job(is_cancelled=stop.is_set),
            executor=dask,
        )
    assert names(tmp_path / "out") == []


def test_no_scheduler(monkeypatch):
    from flac_raster_qgis.engine.parallel import dask as cluster

    monkeypatch.setattr(cluster, "_TIMEOUT", 1)
    for address in ("tcp://127.0.0.1:9", "nonsense", ""):
        with pytest.raises(InputError, match="There is no Dask scheduler at"):
            with dask_executor(address):
                pass


@pytest.mark.parametrize("scheme", ["tcp://", ""])
def test_an_address_with_a_password_is_not_shown(scheme):
    secret = "hush" * 2
    with pytest.raises(InputError, match="There is no Dask scheduler at tcp://127") as caught:
        with dask_executor(f"{scheme}ann:{secret}@127.0.0.1:9"):
            pass
    assert secret not in "".join(traceback.format_exception(None, caught.value, caught.tb))


def test_no_workers():
    with distributed.LocalCluster(n_workers=0, dashboard_address=":0") as empty:
        with pytest.raises(InputError, match="has no workers. Start some with: dask worker"):
            with dask_executor(empty.scheduler_address):
                pass


def test_dask_is_not_installed(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "distributed", None)
    with pytest.raises(MissingDependency, match="python -m pip install distributed"):
        with dask_executor("tcp://127.0.0.1:9"):
            pass
