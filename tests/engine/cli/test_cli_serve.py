"""``flac-raster serve`` as a shell runs it."""

import json
import shutil
import signal
import subprocess
import sys
import time
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest
from kits.area import noise, write_flac
from kits.cli import COMMAND, ENVIRONMENT, run, run_real

needs_signals = pytest.mark.skipif(
    sys.platform == "win32" or not shutil.which("gdalinfo"), reason="needs signals and gdalinfo"
)


@pytest.fixture
def folder(tmp_path):
    for name in ("b", "a"):
        write_flac(tmp_path / f"{name}.flac", noise(1, 60, 50), crs="EPSG:32633")
    (tmp_path / "a.flac").rename(tmp_path / "a.FLAC")
    (tmp_path / "music.flac").write_bytes(b"fLaC\x80\0\0\x22" + bytes(34))
    (tmp_path / "a.txt").write_text("text")
    return tmp_path


def start(*arguments):
    return subprocess.Popen(
        [*COMMAND, "serve", *map(str, arguments)],
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def stop(process):
    process.send_signal(signal.SIGINT)
    return process.communicate(timeout=20)


@needs_signals
def test_addresses_until_ctrl_c(folder):
    process = start(folder)
    addresses = [process.stdout.readline().strip() for _ in "ab"]
    assert [address.rpartition("/")[2] for address in addresses] == ["a.tif", "b.tif"]
    told = json.loads(subprocess.check_output(["gdalinfo", "-json", "-checksum", addresses[0]]))
    assert told["size"] == [50, 60]
    out, err = stop(process)
    assert (process.returncode, out) == (0, "")
    assert err.splitlines() == ["Serving 2 rasters to programs on this computer; Ctrl-C ends it."]


@needs_signals
def test_ctrl_c_while_tiles_are_decoded_ahead(tmp_path):
    path = write_flac(tmp_path / "x.flac", noise(1, 4096, 4096, "int16"), 256)
    process = start(path)
    url = urlsplit(process.stdout.readline().strip().replace("/vsicurl/", ""))
    connection = HTTPConnection(url.hostname, url.port, timeout=20)
    connection.request("GET", url.path, headers={"Range": f"bytes={1 << 14}-{9 << 20}"})
    assert connection.getresponse().read(1)
    begin = time.monotonic()
    stop(process)
    assert process.returncode == 0
    assert time.monotonic() - begin < 10
    connection.close()


@needs_signals
def test_json_and_errors_of_tiles(folder):
    path = folder / "a.FLAC"
    process = start(path, "--json")
    lines = [process.stdout.readline()]
    while lines[-1] != "]\n":
        lines.append(process.stdout.readline())
    (entry,) = json.loads("".join(lines))
    assert entry["name"] == str(path)
    path.unlink()
    assert subprocess.run(["gdalinfo", entry["address"]], capture_output=True).returncode
    _, err = stop(process)
    assert "does not exist" in err


@pytest.mark.parametrize(
    ("argument", "words"),
    [
        ("none.flac", "does not exist"),
        ("music.flac", "not a FLAC raster"),
        ("empty", "no FLAC rasters"),
    ],
)
def test_what_cannot_be_served(folder, argument, words):
    (folder / "empty").mkdir()
    done = run("serve", argument, cwd=folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert words in done.stderr


def test_a_port_that_is_taken(folder):
    process = start(folder / "a.FLAC")
    port = process.stdout.readline().split(":")[2].partition("/")[0]
    done = run_real("serve", folder / "b.flac", "--port", port)
    process.kill()
    process.communicate()
    assert done.returncode == 2
    assert f"Port {port}" in done.stderr
