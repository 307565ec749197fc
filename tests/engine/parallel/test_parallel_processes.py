"""The executor of worker processes by itself: answers, errors, deaths, ends."""

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from flac_raster_qgis.engine.errors import CorruptTile, InputError
from flac_raster_qgis.engine.parallel.processes import ProcessExecutor, WorkerLost
from flac_raster_qgis.engine.rasterio_io.reader import RasterioRaster
from kits.clock import clock
from kits.parallel import write_tif
from rasterio.env import hasenv

import flac_raster_qgis

ROOT = Path(flac_raster_qgis.__file__).parents[1]


def double(number):
    return 2 * number


def fail(error):
    raise error


def unspeakable():
    return lambda: None


def end(number):
    os.kill(os.getpid(), number)
    time.sleep(5)


def alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().split(") ")[1][0] != "Z"
    except OSError:
        return False


def test_answers(processes):
    futures = [processes.submit(double, n) for n in range(20)]
    assert [future.result(20) for future in futures] == [2 * n for n in range(20)]


def test_other_processes_do_the_work(processes):
    found = {processes.submit(os.getpid).result(20) for _ in range(4)}
    assert os.getpid() not in found


def environments(path):
    """Return whether GDAL has an environment while a raster is open, and when it is closed."""
    raster = RasterioRaster(str(path))
    found = [hasenv()]
    raster.close()
    return [*found, hasenv()]


def test_one_gdal_environment_for_all_windows_of_a_raster(processes, tmp_path):
    path = write_tif(tmp_path / "a.tif")
    assert processes.submit(environments, path).result(20) == [True, False]
    # in a process of others, theirs is left as it is between two windows
    assert environments(path) == [False, False]


def test_large_arguments_and_answers(processes):
    data = os.urandom(5_000_000)
    assert processes.submit(bytes, data).result(20) == data


DAMAGED = CorruptTile("tile.damaged", "x", reason="odd")


@pytest.mark.parametrize("error", [DAMAGED, KeyError("x"), OSError(5, "I/O")])
def test_errors_come_back(processes, error):
    with pytest.raises(type(error)) as caught:
        processes.submit(fail, error).result(20)
    assert caught.value.args == error.args


def test_what_cannot_be_sent(processes):
    with pytest.raises(WorkerLost, match="cannot be sent"):
        processes.submit(unspeakable).result(20)
    with pytest.raises(Exception, match="local object"):
        processes.submit(lambda: None).result(20)
    assert processes.submit(double, 4).result(20) == 8


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_death_fails_one_call_only(processes, number, capfd):
    lost, after = processes.submit(end, number), processes.submit(double, 4)
    with pytest.raises(WorkerLost, match=f"its process ended by signal {int(number)}"):
        lost.result(20)
    assert after.result(20) == 8
    assert [processes.submit(double, n).result(20) for n in range(4)] == [0, 2, 4, 6]
    assert capfd.readouterr().err == ""


def test_interrupts_are_ignored(processes, capfd):
    pid = processes.submit(os.getpid).result(20)
    os.kill(pid, signal.SIGINT)
    time.sleep(0.2)
    assert alive(pid) and capfd.readouterr().err == ""


def test_shutdown_leaves_no_process():
    before = set(multiprocessing.active_children())
    with ProcessExecutor(2) as executor:
        pids = {executor.submit(os.getpid).result(20) for _ in range(6)}
    assert not any(map(alive, pids))
    assert set(multiprocessing.active_children()) == before


def test_an_error_ends_calls_under_way():
    with pytest.raises(ZeroDivisionError):
        with ProcessExecutor(1) as executor:
            executor.submit(int).result(20)
            future = executor.submit(time.sleep, 60)
            while not future.running():
                time.sleep(0.01)
            started = clock()
            raise ZeroDivisionError
    assert clock() - started < 5
    assert isinstance(future.exception(1), WorkerLost)


def test_number_of_workers():
    with pytest.raises(InputError, match="at least 1"):
        ProcessExecutor(0)


SCRIPT = """
import os, sys, time
from flac_raster_qgis.engine.parallel.processes import ProcessExecutor
if __name__ == "__main__":
    executor = ProcessExecutor(2)
    print(executor.submit(os.getpid).result(), flush=True)
    executor.submit(time.sleep, 1)
    time.sleep(60)
"""


def test_no_orphans_when_the_parent_is_killed(tmp_path):
    (tmp_path / "script.py").write_text(SCRIPT)
    parent = subprocess.Popen(
        [sys.executable, tmp_path / "script.py"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    pid = int(parent.stdout.readline())
    assert alive(pid)
    parent.kill()
    deadline = time.monotonic() + 10
    while alive(pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not alive(pid)
    _, errors = parent.communicate(timeout=10)
    assert "Traceback" not in errors
