"""The cache of remote tiles on disk: what the settings say, and that the tools use it."""

from __future__ import annotations

import http.server
import re
import threading

import numpy as np
import pytest
from qgis.core import QgsSettings

from flac_raster_qgis.core import cache_settings
from flac_raster_qgis.core.cache_settings import CacheSettings, disk_cache

diskcache = pytest.importorskip("diskcache", reason="diskcache is not installed")


@pytest.fixture(autouse=True)
def settings(plugin, tmp_path, monkeypatch):
    """Settings as after installation, and a default folder for the test alone."""
    QgsSettings().remove("flac_raster/cache")
    monkeypatch.setattr(cache_settings, "default_folder", lambda: str(tmp_path / "default"))
    monkeypatch.setattr(cache_settings, "_opened", None)
    yield
    QgsSettings().remove("flac_raster/cache")


class _Ranges(http.server.BaseHTTPRequestHandler):
    """Serves ranges of one file, and counts."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):  # noqa: N802
        data = self.server.data
        first, last = map(int, re.fullmatch(r"bytes=(\d+)-(\d+)", self.headers["Range"]).groups())
        body = data[first : last + 1]
        self.server.ranges.append((first, len(body)))
        self.send_response(206)
        self.send_header("ETag", '"one"')
        self.send_header("Content-Range", f"bytes {first}-{first + len(body) - 1}/{len(data)}")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


@pytest.fixture
def server(make_geotiff, tmp_path):
    """A web server with a raster that does not compress; ``ranges`` is what it was asked for."""
    from flac_raster_qgis.engine import convert

    flac = tmp_path / "noise.flac"
    pixels = np.random.default_rng(7).integers(0, 65_536, (1, 400, 400), dtype="uint16")
    convert(make_geotiff("noise.tif", pixels), flac, tile_size=64, effort="fast")
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Ranges) as server:
        server.data, server.ranges = flac.read_bytes(), []
        server.url = f"http://127.0.0.1:{server.server_port}/x.flac"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def test_defaults(tmp_path):
    assert CacheSettings.load() == (True, "", 1000)
    disk = disk_cache()
    assert disk.limit == 1_000_000_000 and (tmp_path / "default").is_dir()
    assert disk_cache() is disk


def test_what_is_saved_is_used(tmp_path):
    CacheSettings(folder=str(tmp_path / "own"), megabytes=5).save()
    assert CacheSettings.load() == (True, str(tmp_path / "own"), 5)
    assert disk_cache().limit == 5_000_000 and (tmp_path / "own").is_dir()
    assert not (tmp_path / "default").exists()


def test_a_change_takes_effect_at_once():
    before = disk_cache()
    CacheSettings(megabytes=7).save()
    assert disk_cache().limit == 7_000_000
    before.put("key", b"data")  # whoever still has the former one goes on
    assert before.get("key") == b"data"
    CacheSettings(enabled=False).save()
    assert disk_cache() is None


@pytest.mark.parametrize("size", ["", "many", -5, 0])
def test_odd_sizes_count_as_not_set(size):
    QgsSettings().setValue(cache_settings.SIZE, size)
    assert CacheSettings.load().megabytes == cache_settings.DEFAULT_SIZE


def test_a_folder_that_cannot_be_is_noted(tmp_path, qgis_app):
    from qgis.core import QgsApplication

    (tmp_path / "file").write_text("x")
    CacheSettings(folder=str(tmp_path / "file")).save()
    said = []
    log = QgsApplication.messageLog()
    note = lambda text, tag, level: said.append((tag, text))  # noqa: E731
    log.messageReceived.connect(note)
    assert disk_cache() is None and disk_cache() is None
    log.messageReceived.disconnect(note)
    ((tag, text),) = said
    assert tag == "FLAC Raster" and "cannot be used as a cache" in text


def test_without_its_package(monkeypatch):
    monkeypatch.setattr(cache_settings, "is_available", lambda: False)
    assert disk_cache() is None


@pytest.mark.parametrize("name", ["verify", "extract", "convert", "compare"])
def test_the_tools_fetch_nothing_twice(run, server, tmp_path, name):
    from flac_raster_qgis.engine.storage.cache import SHARED

    (tmp_path / "same.flac").write_bytes(server.data)
    output = {"OUTPUT": str(tmp_path / "x.tif"), "OVERWRITE": True}
    parameters = {
        "verify": {"INPUT": server.url},
        "extract": {"INPUT": server.url, "TILE": "last", **output},
        "convert": {"INPUT": server.url, **output},
        "compare": {"INPUT_A": server.url, "INPUT_B": str(tmp_path / "same.flac")},
    }[name]
    counts = []
    for _ in range(2):
        SHARED.clear()  # as after a restart of QGIS
        server.ranges.clear()
        run(name, **parameters)
        counts.append(len(server.ranges))
    assert counts[0] > 1 and counts[1] == 1


def test_local_rasters_make_no_cache(run, flac, tmp_path):
    run("verify", INPUT=str(flac))
    assert not (tmp_path / "default").exists()
