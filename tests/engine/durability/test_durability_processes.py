"""Ctrl-C, SIGTERM and SIGHUP to a command line with worker processes, alone or as a whole group."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from kits.clock import clock
from kits.durability import contents, noise, write_tif

import flac_raster_qgis

ROOT = Path(flac_raster_qgis.__file__).parents[1]


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    return write_tif(tmp_path_factory.mktemp("inputs") / "in.tif", noise(1500, 1500))


def start(*arguments):
    return subprocess.Popen(
        [sys.executable, "-m", "flac_raster_qgis", "convert", *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def group_of(pid):
    """Return the processes of a session that still run."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                state, _, _, session = (entry / "stat").read_text().rpartition(") ")[2].split()[:4]
            except OSError:
                continue
            if int(session) == pid and state != "Z":
                found.append(int(entry.name))
    return found


@pytest.mark.parametrize("whole_group", [True, False])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("after", [0.02, 0.8])
def test_interrupted(source, tmp_path, number, whole_group, after):
    """As a terminal does, which sends it to all, or as ``kill`` does; early and late."""
    output = tmp_path / "out.flac"
    output.write_bytes(b"old")
    process = start(source, "-o", output, "-f", "--tile-size", 16, "--processes", 2)
    deadline = time.monotonic() + 20
    while len(contents(tmp_path)) < 2 and time.monotonic() < deadline:
        time.sleep(0.005)
    time.sleep(after)
    if whole_group:
        os.killpg(process.pid, number)
    else:
        process.send_signal(number)
    asked = clock()
    out, errors = process.communicate(timeout=20)
    assert clock() - asked < 5
    assert (process.returncode, out) == (130, "")
    assert errors.splitlines() == ["Error: Interrupted; nothing was written."]
    assert contents(tmp_path) == {"out.flac": b"old"}
    while group_of(process.pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert group_of(process.pid) == []


def small_is_there(folder):
    return (folder / "out" / "small.flac").exists()


def test_an_interrupted_batch_says_what_is_there(source, tmp_path):
    small = write_tif(tmp_path / "small.tif")
    (tmp_path / "out").mkdir()
    process = start(small, source, "--out-dir", tmp_path / "out", "--tile-size", 16)
    deadline = time.monotonic() + 20
    while set(contents(tmp_path / "out")) <= {"small.flac"} or not small_is_there(tmp_path):
        assert time.monotonic() < deadline
        time.sleep(0.005)
    process.send_signal(signal.SIGINT)
    out, errors = process.communicate(timeout=20)
    assert process.returncode == 130
    assert errors.splitlines() == ["Error: Interrupted; 1 of 2 rasters were not converted."]
    assert "1 done, 0 skipped, 0 failed" in out
    assert list(contents(tmp_path / "out")) == ["small.flac"]
