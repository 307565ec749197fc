"""``python -m flac_raster_qgis`` as a shell starts it: how a process begins and ends."""

import os
import subprocess
import sys

import pytest
from flac_raster_qgis.engine import verify
from kits.cli import COMMAND, ENVIRONMENT, names, run_real, strict_json
from kits.geotiff import write_tif
from kits.rasters import write_flac


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("real")
    write_flac(folder / "a.flac", description="Höhe 高さ")
    write_tif(folder / "b.tif")
    return folder


def test_convert(folder):
    done = run_real("convert", "b.tif", cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("b.flac: ")
    assert names(folder) == ["a.flac", "b.flac", "b.tif"]


def test_answer_no(folder):
    done = run_real("compare", "a.flac", "b.tif", cwd=folder)
    assert (done.returncode, done.stderr) == (1, "")


def test_error(folder):
    done = run_real("info", "none.flac", cwd=folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "Error: none.flac does not exist. Check the path.\n"


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_table_in_another_encoding(folder, encoding):
    """A terminal that lacks a letter gets another one, not an error."""
    environment = {**ENVIRONMENT, "PYTHONIOENCODING": encoding}
    done = run_real("info", "a.flac", cwd=folder, env=environment, encoding=encoding)
    assert (done.returncode, done.stderr) == (0, "")
    assert "a.flac" in done.stdout


def test_json_in_another_encoding(folder):
    """JSON is UTF-8 whatever the terminal is."""
    environment = {**ENVIRONMENT, "PYTHONIOENCODING": "cp1252"}
    done = run_real("info", "--json", "a.flac", cwd=folder, env=environment)
    assert (done.returncode, done.stderr) == (0, "")
    assert strict_json(done.stdout)["bands"][0]["description"] == "Höhe 高さ"


def test_nobody_reads_the_output(folder):
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "wb") as closed:
        done = run_real("info", "a.flac", cwd=folder, stdout=closed)
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="a shell of Unix closes them")
@pytest.mark.parametrize("closed", [[1], [2], [0, 1, 2]])
def test_closed_streams(folder, tmp_path, closed):
    """As programs without a terminal start it: what would be printed is lost, nothing else."""
    output = tmp_path / "b.flac"
    close = " ".join(f"{number}>&-" for number in closed)
    command = ["sh", "-c", f'exec "$@" {close}', "sh", *COMMAND, "convert", "b.tif", str(output)]
    done = subprocess.run(command, cwd=folder, env=ENVIRONMENT, timeout=60, capture_output=True)
    assert (done.returncode, done.stderr) == (0, b"")
    assert verify(output).valid


@pytest.mark.skipif(os.name == "nt", reason="a shell of Unix closes them")
def test_error_with_closed_output(folder):
    command = ["sh", "-c", 'exec "$@" >&-', "sh", *COMMAND, "info", "none.flac"]
    done = subprocess.run(command, cwd=folder, env=ENVIRONMENT, timeout=60, capture_output=True)
    assert done.returncode == 2
    assert done.stderr == b"Error: none.flac does not exist. Check the path.\n"


@pytest.mark.skipif(sys.platform != "linux", reason="/dev/full is Linux's")
@pytest.mark.parametrize("arguments", [["info", "a.flac"], ["info", "--json", "a.flac"]])
def test_full_output_is_an_error(folder, arguments):
    with open("/dev/full", "wb") as full:
        done = run_real(*arguments, cwd=folder, stdout=full)
    assert done.returncode == 2
    assert done.stderr.startswith("Error: ") and "No space left on device" in done.stderr
    assert "Traceback" not in done.stderr
