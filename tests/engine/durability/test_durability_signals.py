"""Ctrl-C and SIGTERM: the command line says so, and leaves everything as it was."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from durability_kit import noise, start_apart, unchanged, write_flac, write_tif
from flac_raster_qgis.engine import verify

import flac_raster_qgis
from flac_raster_qgis.cli import main

ROOT = Path(flac_raster_qgis.__file__).parents[1]
BOTH_WAYS = pytest.mark.parametrize("names", [("in.tif", "out.flac"), ("in.flac", "out.tif")])


@pytest.fixture(scope="module")
def inputs(tmp_path_factory):
    folder = tmp_path_factory.mktemp("inputs")
    write_tif(folder / "in.tif", noise(1000, 1000))
    write_flac(folder / "in.flac", noise(1000, 1000), tile_size=64)
    return folder


@pytest.mark.parametrize(
    "names, number",
    [(("in.tif", "out.flac"), signal.SIGINT), (("in.flac", "out.tif"), signal.SIGTERM)],
)
def test_real_process(inputs, tmp_path, names, number):
    output = tmp_path / names[1]
    output.write_bytes(b"old")
    command = [sys.executable, "-m", "flac_raster_qgis", "convert", inputs / names[0]]
    with unchanged(tmp_path):
        process = subprocess.Popen(
            [*command, "-o", output, "-f", "--tile-size", "64"],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stderr=subprocess.PIPE,
            text=True,
        )
        wait_for_part(output, process)
        time.sleep(0.1)
        process.send_signal(number)
        asked = time.monotonic()
        _, errors = process.communicate(timeout=10)
    assert time.monotonic() - asked < 2
    assert process.returncode == 130
    assert errors.splitlines() == ["Error: Interrupted; nothing was written."]


def wait_for_part(output, process):
    """Wait until the output is being written."""
    deadline = time.monotonic() + 10
    while not list(output.parent.glob(f".{output.stem}.*")):
        assert process.poll() is None and time.monotonic() < deadline
        time.sleep(0.01)


# ---------------------------------------------------------------- many moments, in forked processes


def run_command_line(log, *arguments):
    file = os.open(log, os.O_CREAT | os.O_WRONLY | os.O_TRUNC)
    os.dup2(file, 1)
    os.dup2(file, 2)
    sys.argv = ["flac-raster", *map(str, arguments)]
    main()


def interrupt(log, after, *arguments):
    """Run the command line, interrupt it after some seconds, and return exit status and texts."""
    log.unlink(missing_ok=True)
    process = start_apart(run_command_line, log, *arguments)
    while not log.exists():  # on a busy machine a process may take its time to begin
        time.sleep(0.001)
    process.join(after)
    if process.is_alive():
        os.kill(process.pid, signal.SIGINT)
    process.join(10)
    assert process.exitcode is not None
    return process.exitcode, log.read_text(encoding="utf-8")


def assert_interrupted(status, text):
    assert status == 130, text
    for word in ("Traceback", "Exception", "damaged", "cannot"):
        assert word not in text


MOMENTS = [0.05, 0.08, 0.11, 0.14, 0.17, 0.20]


@pytest.mark.parametrize("workers", [1, 2])
@BOTH_WAYS
def test_convert_interrupted_at_many_moments(inputs, tmp_path, names, workers):
    output = tmp_path / "folder" / names[1]
    output.parent.mkdir()
    for after in MOMENTS:
        output.write_bytes(b"old")
        with unchanged(output.parent):
            status, text = interrupt(
                tmp_path / "log",
                after,
                *("convert", inputs / names[0], "-o", output, "-f", "--workers", workers),
                *("--tile-size", 64),
            )
        assert_interrupted(status, text)


@pytest.mark.parametrize("workers", [1, 2])
def test_verify_interrupted_at_many_moments(inputs, tmp_path, workers):
    """An interrupted verification must never say that a whole file is damaged."""
    path = write_flac(tmp_path / "in.flac", noise(800, 800), tile_size=32)
    for after in MOMENTS:
        status, text = interrupt(tmp_path / "log", after, "verify", path, "--workers", workers)
        assert_interrupted(status, text)
    assert verify(path).valid
