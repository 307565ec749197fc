"""Ctrl-C, SIGTERM and SIGHUP: the command line says so, and leaves everything as it was."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from flac_raster_qgis.engine import compare
from flac_raster_qgis.engine.cli import console, main
from kits.clock import clock
from kits.durability import contents, noise, start_apart, unchanged, write_flac, write_tif

import flac_raster_qgis

fcntl = pytest.importorskip("fcntl", reason="there are no signals of terminals")
termios = pytest.importorskip("termios", reason="there are no signals of terminals")

ROOT = Path(flac_raster_qgis.__file__).parents[1]
BOTH_WAYS = pytest.mark.parametrize("names", [("in.tif", "out.flac"), ("in.flac", "out.tif")])


@pytest.fixture(scope="module")
def inputs(tmp_path_factory):
    folder = tmp_path_factory.mktemp("inputs")
    write_tif(folder / "in.tif", noise(700, 700))
    write_flac(folder / "in.flac", noise(700, 700), tile_size=64)
    write_flac(folder / "many tiles.flac", noise(350, 350), tile_size=16)
    write_tif(folder / "large.tif", noise(1200, 1200))
    write_flac(folder / "large.flac", noise(1200, 1200), tile_size=64)
    return folder


@pytest.mark.parametrize(
    "names, number",
    [
        (("large.tif", "out.flac"), signal.SIGINT),
        (("large.flac", "out.tif"), signal.SIGTERM),
        (("large.tif", "out.flac"), signal.SIGHUP),
    ],
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
        wait_for_part(output, process)  # the rest takes a fast machine a tenth of a second
        process.send_signal(number)
        asked = clock()
        _, errors = process.communicate(timeout=60)
    assert clock() - asked < 2
    assert process.returncode == 130
    assert errors.splitlines() == ["Error: Interrupted; nothing was written."]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("module", ["typer", "numpy"])
def test_interrupted_before_the_command_has_begun(tmp_path, module, number):
    """To import what it needs takes a third of a second."""
    (tmp_path / f"{module}.py").write_text(
        f"import os, time\nos.kill(os.getpid(), {number:d})\ntime.sleep(5)\n"
    )
    done = subprocess.run(
        [sys.executable, "-m", "flac_raster_qgis", "--version"],
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), str(ROOT)])},
        capture_output=True,
        text=True,
        timeout=20,
    )
    assert (done.returncode, done.stdout) == (130, "")
    assert done.stderr == "Error: Interrupted; nothing was written.\n"


def test_interrupted_in_the_middle_of_a_command(tmp_path, inputs):
    """Typer has words of its own for that, or none."""
    (tmp_path / "rasterio.py").write_text(
        f"import os, time\nos.kill(os.getpid(), {signal.SIGINT:d})\ntime.sleep(5)\n"
    )
    done = subprocess.run(
        [sys.executable, "-m", "flac_raster_qgis", "info", inputs / "in.tif"],
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), str(ROOT)])},
        capture_output=True,
        text=True,
        timeout=20,
    )
    assert (done.returncode, done.stdout) == (130, "")
    assert done.stderr == "Error: Interrupted; nothing was written.\n"


def test_the_terminal_is_closed(inputs, tmp_path):
    """Progress bar and last words cannot be written any more."""
    output = tmp_path / "out.flac"
    output.write_bytes(b"old")
    command = [sys.executable, "-m", "flac_raster_qgis", "convert", inputs / "large.tif"]
    terminal, its_end = os.openpty()
    with unchanged(tmp_path):
        process = subprocess.Popen(
            [*command, "-o", output, "-f", "--tile-size", "64"],
            env={**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm"},
            stdin=its_end,
            stdout=its_end,
            stderr=its_end,
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )
        os.close(its_end)
        wait_for_part(output, process)
        os.close(terminal)
        assert process.wait(timeout=10) == 130


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGINT])
def test_what_nohup_ignores_is_ignored(inputs, tmp_path, number):
    output = tmp_path / "out.flac"
    command = [sys.executable, "-m", "flac_raster_qgis", "convert", inputs / "large.tif"]
    process = subprocess.Popen(
        [*command, "-o", output, "--tile-size", "64"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        preexec_fn=lambda: signal.signal(number, signal.SIG_IGN),
    )
    wait_for_part(output, process)
    for _ in range(3):
        process.send_signal(number)
    assert process.wait(timeout=60) == 0
    assert compare(inputs / "large.tif", output).pixels_identical


def wait_for_part(output, process):
    """Wait until the output is being written."""
    deadline = clock() + 10
    while not list(output.parent.glob(f".{output.stem}.*")):
        assert process.poll() is None and clock() < deadline
        time.sleep(0.001)


# ---------------------------------------------------------------- many moments, in forked processes


def run_command_line(log, *arguments):
    file = os.open(log, os.O_CREAT | os.O_WRONLY | os.O_TRUNC)
    os.dup2(file, 1)
    os.dup2(file, 2)
    sys.argv = ["flac-raster", *map(str, arguments)]
    log.with_suffix(".ready").touch()
    main()


def start(log, *arguments):
    """Start the command line and wait until it has begun."""
    ready = log.with_suffix(".ready")
    ready.unlink(missing_ok=True)
    process = start_apart(run_command_line, log, *arguments)
    while not ready.exists():
        assert process.is_alive()
        time.sleep(0.001)
    return process


def seconds_of_a_run(log, *arguments):
    process = start(log, *arguments)
    started = time.monotonic()
    process.join(30)
    assert process.exitcode == 0, log.read_text(encoding="utf-8")
    return time.monotonic() - started


def interrupt(log, after, *arguments):
    """Run the command line, interrupt it after some seconds, and return exit status and texts."""
    process = start(log, *arguments)
    process.join(after)
    if process.is_alive():
        os.kill(process.pid, signal.SIGINT)
    process.join(10)
    text = log.read_text(encoding="utf-8")
    for word in ("Traceback", "Exception", "damaged", "cannot"):
        assert word not in text
    return process.exitcode, text


PARTS = [0.15, 0.3, 0.45, 0.6]


@pytest.mark.parametrize("workers", [1, 2])
@BOTH_WAYS
def test_convert_interrupted_at_many_moments(inputs, tmp_path, names, workers):
    """Either it stops and has changed nothing, or it was as good as done and says so."""
    output = tmp_path / "folder" / names[1]
    output.parent.mkdir()
    arguments = ["convert", inputs / names[0], "-o", output, "-f"]
    arguments += ["--workers", workers, "--tile-size", 64]
    whole, stopped = seconds_of_a_run(tmp_path / "log", *arguments), 0
    for part in PARTS:
        output.write_bytes(b"old")
        status, text = interrupt(tmp_path / "log", part * whole, *arguments)
        if status == 130:
            stopped += 1
            assert contents(output.parent) == {output.name: b"old"}, part
        else:
            assert status == 0 and text.startswith(f"{output}: "), part
            assert compare(inputs / names[0], output).pixels_identical
    assert stopped


@pytest.mark.parametrize("workers", [1, 2])
def test_verify_interrupted_at_many_moments(inputs, tmp_path, workers):
    """An interrupted verification must never say that a whole file is damaged."""
    arguments = ["verify", inputs / "many tiles.flac", "--workers", workers]
    whole, stopped = seconds_of_a_run(tmp_path / "log", *arguments), 0
    for part in PARTS:
        status, text = interrupt(tmp_path / "log", part * whole, *arguments)
        assert status == 130 or (status == 0 and "is intact" in text), part
        stopped += status == 130
    assert stopped


def interrupt_itself_when_all_is_done(log, *arguments):
    size = console.size

    def interrupting_size(count):
        console.size = size
        os.kill(os.getpid(), signal.SIGINT)
        return size(count)

    console.size = interrupting_size  # part of the last line that is printed
    run_command_line(log, *arguments)


def test_interrupted_when_all_is_done(inputs, tmp_path):
    """It must not say that nothing was written when everything was."""
    output, log = tmp_path / "out.tif", tmp_path / "log"
    arguments = ["convert", inputs / "in.flac", "-o", output]
    process = start_apart(interrupt_itself_when_all_is_done, log, *arguments)
    process.join(30)
    text = log.read_text(encoding="utf-8")
    assert compare(inputs / "in.flac", output).pixels_identical
    assert "nothing was written" not in text
    assert process.exitcode == 0 and text.startswith(f"{output}: ")
