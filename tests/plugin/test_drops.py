"""What is dropped on the map: URLs and connections become layers, all else is QGIS's."""

from __future__ import annotations

import time

import pytest
from kits.qgis.layers import random_array, write_flac
from kits.qgis.remote_layers import until
from kits.qgis.sources import mime
from qgis.core import QgsApplication, QgsMimeDataUtils, QgsProject
from qgis.PyQt.QtCore import QTimer

from flac_raster_qgis.core.layer_uri import without_address
from flac_raster_qgis.gui.background_task import cancel_all
from flac_raster_qgis.gui.connections.recent_sources import recent_sources

pytestmark = pytest.mark.usefixtures("only_memory", "no_sources")


URL = "https://example.org/dem.flac"


@pytest.fixture
def handler(registered, project):
    (handler,) = registered.handlers
    return handler


@pytest.fixture
def asked(handler, monkeypatch):
    """What the handler would open."""
    asked = []
    monkeypatch.setattr(handler.adder, "add", lambda uri, name="": asked.append(uri))
    return asked


def layers():
    return sorted(QgsProject.instance().mapLayers().values(), key=lambda layer: layer.name())


@pytest.mark.parametrize(
    ("data", "taken", "is_all"),
    [
        (mime(URL), [URL], True),
        (mime("HTTPS://example.org/A.FLAC?key=1#x"), ["https://example.org/A.FLAC?key=1#x"], True),
        (mime("s3://bucket/a.flac", URL), ["s3://bucket/a.flac", URL], True),
        (mime(text=URL), [URL], True),
        (mime("/data/dem.flac"), [], False),
        (mime("file:///data/dem.flac"), [], False),
        (mime(URL, "/data/other.tif"), [URL], False),
        (mime(URL, "/data/dem.flac"), [URL], False),
        (mime("https://example.org/dem.tif"), [], False),
        (mime("https://example.org/page?file=dem.flac"), [], False),
        (mime(text="listen to a.flac"), [], False),
        (mime(text="http://[/a.flac"), [], False),
        (mime(), [], False),
    ],
)
def test_urls_of_flac_files_are_taken(handler, asked, data, taken, is_all):
    assert handler.canHandleMimeData(data) is bool(taken)
    assert asked == []
    assert handler.handleMimeDataV2(data) is is_all
    assert asked == taken


def test_layers_that_are_dragged_are_left_to_qgis(handler, asked):
    uri = QgsMimeDataUtils.Uri()
    uri.layerType, uri.providerKey, uri.uri = "raster", "gdal", URL
    data = QgsMimeDataUtils.encodeUriList([uri])
    assert not handler.canHandleMimeData(data) and not handler.handleMimeDataV2(data)
    assert asked == []


def test_a_url_becomes_a_layer(handler, publish):
    url = publish(random_array("i2"), "Monte%20Rosa.flac".replace("%20", " ")).replace(" ", "%20")
    assert handler.handleMimeDataV2(mime(url))
    assert layers() == []  # not while everything waits
    until(layers)
    (layer,) = layers()
    assert layer.isValid() and layer.providerType() == "flacraster"
    assert (without_address(layer.source()), layer.name(), layer.width()) == (
        url,
        "Monte Rosa",
        200,
    )
    assert recent_sources() == [url]


def test_a_connection_becomes_a_layer_of_its_name(handler, publish, authcfg):
    uri = QgsMimeDataUtils.Uri()
    url = publish(random_array("i2"), "private.flac").replace("/private", "/locked/private")
    uri.uri, uri.name = f"{url}|authcfg={authcfg}", "Alps"
    assert handler.customUriProviderKey() == "flacraster"
    handler.handleCustomUriDrop(uri)
    until(layers)
    assert [
        (layer.name(), without_address(layer.source()), layer.isValid()) for layer in layers()
    ] == [("Alps", uri.uri, True)]


@pytest.mark.parametrize("name", ["none.flac", "song.flac"])
def test_what_is_no_raster_is_told_once(handler, registered, nginx, name):
    (nginx.folder / "song.flac").write_bytes(b"no FLAC raster" * 9)
    handler.handleMimeDataV2(mime(nginx.url(name) + "?key=secret"))
    until(lambda: registered.bar.messages)
    ((text, more),) = registered.bar.messages
    assert nginx.url(name) in text and "cannot be opened" in text
    assert nginx.url(name) in more and "secret" not in text + more
    assert layers() == recent_sources() == []


def test_nothing_waits_for_a_slow_server(handler, serve):
    server = serve(always=lambda request: iter(lambda: server.gone.wait(20) and b"", b""))
    ticks = []
    timer = QTimer()
    timer.setInterval(5)
    timer.timeout.connect(lambda: ticks.append(time.monotonic()))
    timer.start()
    handler.handleMimeDataV2(mime(server.url))
    until(lambda: server.requests and len(ticks) > 60)
    timer.stop()
    cancel_all()
    until(lambda: not QgsApplication.taskManager().countActiveTasks(), 2)
    assert layers() == []
    stalls = [after - before for before, after in zip(ticks, ticks[1:])]
    assert max(stalls) < 1  # it would be 20 if anything waited


def test_a_file_is_a_layer_of_the_plugin_for_qgis_itself(project, tmp_path):
    """The rest of a drop is QGIS's: it asks all providers, as here, and takes the best."""
    from qgis.core import QgsProviderRegistry

    path = write_flac(tmp_path / "dem.flac", random_array("i2"))
    (found,) = QgsProviderRegistry.instance().querySublayers(str(path))
    assert (found.providerKey(), found.uri()) == ("flacraster", str(path))
    (tmp_path / "song.flac").write_bytes(b"fLaC" + bytes(100))
    assert QgsProviderRegistry.instance().querySublayers(str(tmp_path / "song.flac")) == []
