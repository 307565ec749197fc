"""The server gives files to programs of this computer that know a token, and nothing to others."""

import http.client
import shutil
import socket
import subprocess
import threading
from contextlib import contextmanager
from functools import partial
from urllib.parse import quote, urlsplit

import numpy as np
import pytest
import rasterio
from flac_raster_qgis.engine import FlacRaster
from flac_raster_qgis.engine.errors import CorruptTile
from flac_raster_qgis.engine.model.grid import Window
from flac_raster_qgis.engine.storage.virtual_addresses import address
from flac_raster_qgis.engine.virtual_tiff import LoopbackServer, ServedRasters, VirtualTiff
from kits.area import noise, write_flac

needs_gdal = pytest.mark.skipif(not shutil.which("gdal_translate"), reason="needs gdal_translate")


@contextmanager
def serving(*paths):
    """Serve rasters, and yield their addresses and a list of errors."""
    errors = []
    rasters = ServedRasters()
    with LoopbackServer(rasters.find, lambda _, error: errors.append(error)) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            tokens = [rasters.add(partial(FlacRaster.open, path)) for path in paths]
            port = server.server_port
            yield [address(port, token, p.stem) for token, p in zip(tokens, paths)], errors
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
def path(tmp_path):
    return write_flac(tmp_path / "hill top.flac", noise(1, 100, 140), 32, crs="EPSG:32633")


@pytest.fixture
def data(path):
    with FlacRaster.open(path) as raster:
        tiff = VirtualTiff(raster)
        return b"".join(tiff.read(0, tiff.size))


def ask(address, method="GET", path=None, **headers):
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=10)
    try:
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path or parts.path, headers=names)
        response = connection.getresponse()
        return response, response.read()
    finally:
        connection.close()


def test_whole_and_ranges(path, data):
    with serving(path) as ([address], errors):
        assert address.endswith("/hill%20top.tif")
        response, body = ask(address)
        assert (response.status, body) == (200, data)
        response, body = ask(address, "HEAD")
        assert (response.headers["Content-Length"], body) == (str(len(data)), b"")
        for asked, start, stop in (
            ("bytes=0-0", 0, 1),
            ("bytes=100-30000", 100, 30001),
            (f"bytes={len(data) - 5}-", len(data) - 5, len(data)),
            (f"bytes=7-{10**18}", 7, len(data)),
        ):
            response, body = ask(address, Range=asked)
            assert (response.status, body) == (206, data[start:stop])
            assert response.headers["Content-Range"] == f"bytes {start}-{stop - 1}/{len(data)}"
        for asked in (f"bytes={len(data)}-", "bytes=9-8"):
            response, body = ask(address, Range=asked)
            assert (response.status, body) == (416, b"")
        for ignored in ("bytes=-5", "bytes=1-2,4-5", "lines=1-2", "bytes=" + "9" * 40 + "-"):
            assert ask(address, Range=ignored)[0].status == 200
    assert errors == []


def test_many_requests_on_one_connection(path, data):
    with serving(path) as ([address], _):
        parts = urlsplit(address)
        connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=10)
        for start in range(0, 5000, 500):
            connection.request("GET", parts.path, headers={"Range": f"bytes={start}-{start + 9}"})
            assert connection.getresponse().read() == data[start : start + 10]
        connection.close()


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "example.org"},
        {"Host": "127.0.0.1"},
        {"Host": "127.0.0.1.example.org:{port}"},
        {"Origin": "https://example.org"},
        {"Origin": "null"},
        {"Referer": "https://example.org/"},
        {"Sec_Fetch_Site": "cross-site"},
    ],
)
def test_web_pages_get_nothing(path, headers):
    with serving(path) as ([address], _):
        port = urlsplit(address).port
        headers = {name: text.format(port=port) for name, text in headers.items()}
        response, body = ask(address, **headers)
        assert (response.status, body) == (404, b"")
        assert ask(address, Host=f"localhost:{port}")[0].status == 200


def test_without_the_token_there_is_nothing(path, tmp_path):
    other = write_flac(tmp_path / "other.flac", noise(1, 20, 20))
    with serving(path, other) as ([address, second], _):
        token, name = urlsplit(address).path[1:].split("/")
        assert len(token) >= 32 and token not in second
        for tried in (
            "/",
            "//",
            f"/{name}",
            f"/{token}",
            f"/{token[:-1]}/{name}",
            f"/{token}/{quote(str(path))}",
            f"/{token}/../{name}.flac",
            f"/{token}/x.tif.ovr",
            f"/{token}/x.tif.aux.xml",  # it needs none
        ):
            assert ask(address, path=tried)[0].status == 404, tried


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "OPTIONS", "PROPFIND", "TRACE"])
def test_nothing_can_be_written(path, method):
    with serving(path) as ([address], _):
        assert ask(address, method)[0].status == 501


def test_other_computers_cannot_connect(path):
    with serving(path) as ([address], _):
        own = socket.gethostbyname(socket.gethostname())
        if own.startswith("127."):
            pytest.skip("this computer has no address but loopback ones")
        with pytest.raises(OSError):
            socket.create_connection((own, urlsplit(address).port), timeout=2)


@needs_gdal
def test_damaged_tiles_are_errors(tmp_path):
    path = write_flac(tmp_path / "x.flac", noise(1, 64, 64), 32)
    with FlacRaster.open(path) as raster:
        key = raster.levels[0].keys_in(Window(0, 0, 1, 1))[0]
        offset, size = raster.head.index.byte_range(key)
    content = bytearray(path.read_bytes())
    content[offset + size - 5] ^= 1
    path.write_bytes(content)
    with serving(path) as ([address], errors):
        done = subprocess.run(
            ["gdal_translate", "-q", f"/vsicurl/{address}", str(tmp_path / "y.tif")],
            capture_output=True,
            timeout=60,
        )
        assert done.returncode != 0
    assert errors and all(isinstance(error, CorruptTile) for error in errors)


def test_a_raster_that_is_gone_is_an_error(path):
    with serving(path) as ([address], errors):
        path.unlink()
        assert ask(address)[0].status == 502
    assert "does not exist" in str(errors[0])


@needs_gdal
def test_gdal_reads_it(path, tmp_path):
    with serving(path) as ([address], errors):
        done = subprocess.run(
            ["gdal_translate", "-q", f"/vsicurl/{address}", str(tmp_path / "y.tif")],
            capture_output=True,
            timeout=60,
        )
        assert (done.returncode, done.stderr) == (0, b"")
    assert errors == []
    with rasterio.open(tmp_path / "y.tif") as dataset, FlacRaster.open(path) as raster:
        assert np.array_equal(dataset.read(), raster.read())
        assert dataset.crs.to_epsg() == 32633


def test_rasters_are_closed_when_others_are_read(tmp_path, monkeypatch):
    monkeypatch.setattr("flac_raster_qgis.engine.virtual_tiff.served_rasters._MAX_OPEN", 2)
    paths = [write_flac(tmp_path / f"{n}.flac", noise(1, 20, 20)) for n in range(5)]
    opened = []

    def open_raster(name):
        opened.append(FlacRaster.open(name))
        return opened[-1]

    rasters = ServedRasters()
    tokens = [rasters.add(partial(open_raster, path)) for path in paths]
    reading = rasters.find(tokens[0], "x.tif").read(0, 10**6)
    next(reading)
    for token in tokens[1:]:
        assert rasters.find(token, "x.tif").size > 0
    assert b"".join(reading)  # what is being read stays open
    del reading
    closed = [raster.source._file.closed for raster in opened]
    assert closed == [True, True, True, False, False]
