"""Served rasters do not wait for each other, and are open only as long as something reads them."""

import threading
import time
from functools import partial

import pytest
from flac_raster_qgis.engine import FlacRaster
from flac_raster_qgis.engine.errors import RemoteError
from flac_raster_qgis.engine.storage import circuit_breaker
from flac_raster_qgis.engine.virtual_tiff import ServedRasters, served_rasters
from kits.area import noise, write_flac
from kits.remote import until


@pytest.fixture
def path(tmp_path):
    return write_flac(tmp_path / "x.flac", noise(1, 64, 64), 32)


class Opener:
    """Opens a raster, and remembers what it has opened."""

    def __init__(self, path):
        self._path, self.opened = path, []

    def __call__(self):
        self.opened.append(FlacRaster.open(self._path))
        return self.opened[-1]

    @property
    def closed(self):
        return [raster.source._file.closed for raster in self.opened]


def content(rasters, token, stop=10**6):
    return b"".join(rasters.find(token, "x.tif").read(0, stop))


def test_a_server_that_hangs_holds_up_no_other_raster(path):
    rasters = ServedRasters()
    asked, hangs = threading.Event(), threading.Event()

    def hang():
        asked.set()
        hangs.wait()
        return FlacRaster.open(path)

    slow = rasters.add(hang)
    found = []
    thread = threading.Thread(target=lambda: found.append(content(rasters, slow)))
    thread.start()
    assert asked.wait(10)
    try:
        # as other requests do, and the process whose rasters come and go
        token = rasters.add(partial(FlacRaster.open, path))
        expected = content(rasters, token)
        rasters.withdraw(token)
        rasters.withdraw(slow)
    finally:
        hangs.set()
        thread.join(10)
    assert found == [expected]


def test_a_request_may_come_before_its_raster(path):
    rasters, token = ServedRasters(wait=10), "t" * 32
    found = []
    thread = threading.Thread(target=lambda: found.append(content(rasters, token, 4)))
    thread.start()
    time.sleep(0.2)
    assert found == []
    rasters.add(partial(FlacRaster.open, path), token=token)
    thread.join(5)
    assert found == [b"II+\0"]
    start = time.monotonic()
    assert ServedRasters(wait=0.2).find(token, "x.tif") is None
    assert time.monotonic() - start >= 0.2
    assert ServedRasters().find(token, "x.tif") is None


def test_a_server_that_fails_at_opening_is_not_asked_again_at_once(monkeypatch, path):
    monkeypatch.setattr(circuit_breaker, "_PAUSE", 0.5)
    rasters, asked = ServedRasters(), []

    def fail():
        asked.append(1)
        if len(asked) == 1:
            raise RemoteError("http.status", name="x.flac", found=503)
        return FlacRaster.open(path)

    token = rasters.add(fail)
    for name in ("x.tif", "x.tif", "x.tif.aux.xml"):
        with pytest.raises(RemoteError, match="503"):
            rasters.find(token, name)
    assert len(asked) == 1
    time.sleep(0.6)
    assert content(rasters, token) and len(asked) == 2


def test_an_idle_raster_is_closed_and_opened_again(monkeypatch, path):
    monkeypatch.setattr(served_rasters, "_IDLE_SECONDS", 0.2)
    opener, rasters = Opener(path), ServedRasters()
    token = rasters.add(opener)
    expected = content(rasters, token)
    until(lambda: opener.closed == [True])
    assert content(rasters, token) == expected
    until(lambda: opener.closed == [True, True])


def test_a_raster_that_is_being_read_is_not_closed(monkeypatch, path):
    monkeypatch.setattr(served_rasters, "_IDLE_SECONDS", 0.2)
    opener, rasters = Opener(path), ServedRasters()
    reading = rasters.find(rasters.add(opener), "x.tif").read(0, 10**6)
    next(reading)
    time.sleep(0.8)
    assert opener.closed == [False]
    assert b"".join(reading)
    del reading
    until(lambda: opener.closed == [True])


def test_a_withdrawn_raster_is_closed_but_found_until_nothing_asks(monkeypatch, path):
    monkeypatch.setattr(served_rasters, "_IDLE_SECONDS", 0.4)
    monkeypatch.setattr(served_rasters, "_FORGET_SECONDS", 1.0)
    opener, rasters = Opener(path), ServedRasters()
    token = rasters.add(opener)
    file = rasters.find(token, "x.tif")
    rasters.withdraw(token)
    assert opener.closed == [False]  # the response has not ended
    expected = b"".join(file.read(0, 10**6))
    del file
    assert opener.closed == [True]
    assert content(rasters, token) == expected  # a tool that has more to read
    time.sleep(2)
    assert rasters.find(token, "x.tif") is None
    assert all(opener.closed)
    rasters.withdraw(token)  # which is nothing any more


def test_a_withdrawn_raster_that_is_added_again_stays(monkeypatch, path):
    monkeypatch.setattr(served_rasters, "_IDLE_SECONDS", 0.1)
    monkeypatch.setattr(served_rasters, "_FORGET_SECONDS", 0.1)
    rasters, opener = ServedRasters(), partial(FlacRaster.open, path)
    token = rasters.add(opener)
    rasters.withdraw(token)
    assert rasters.add(opener, token=token) == token
    time.sleep(0.5)
    assert content(rasters, token, 4) == b"II+\0"
