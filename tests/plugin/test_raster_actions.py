"""The menu of a FLAC raster in the Browser, copies of remote rasters, and asking a server again."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest
from flac_raster_qgis.engine.storage.byte_source import FIRST_READ
from flac_raster_qgis.engine.storage.cache import SHARED
from kits.qgis.layers import (
    flac_layer,
    open_raster_of,
    random_array,
    read_block,
    valid_flac_layer,
    write_flac,
)
from kits.qgis.remote_layers import until
from kits.remote import part, says
from qgis.core import QgsDataItem, QgsLayerItem, QgsProject, QgsVectorLayer
from qgis.gui import QgsDataItemGuiContext
from qgis.PyQt.QtWidgets import QApplication, QMenu

from flac_raster_qgis.core.error_text import error_text
from flac_raster_qgis.core.layer_uri import LayerUri, without_address
from flac_raster_qgis.data_provider.background_open import open_again
from flac_raster_qgis.data_provider.open_raster import CACHE
from flac_raster_qgis.gui.layers.browser_menu import BrowserMenu
from flac_raster_qgis.gui.layers.offline_copy import CopyTask
from flac_raster_qgis.gui.layers.raster_actions import RasterActions
from flac_raster_qgis.gui.plugin_menu import open_tool

pytestmark = pytest.mark.usefixtures("only_memory", "no_sources", "provider_registered")
ARRAY = random_array("uint16", height=600, width=700)


@pytest.fixture
def data(tmp_path):
    return write_flac(tmp_path / "x.flac", ARRAY).read_bytes()


def test_tools_start_with_the_first_source_that_they_read(project, tmp_path, monkeypatch):
    import processing

    asked = []

    def create(name, parameters):
        asked.append((name, parameters.get("INPUT")))
        return SimpleNamespace(show=lambda: None)

    monkeypatch.setattr(processing, "createAlgorithmDialog", create)
    points = QgsVectorLayer("Point", "points", "memory")
    layer = valid_flac_layer(write_flac(tmp_path / "x.flac", ARRAY))
    project.addMapLayers([points, layer])
    uri = LayerUri("https://example.org/x.flac", "abc1234")
    for sources in ((None,), (points,), (points, uri), (layer, uri)):
        open_tool("convert", *sources)
    expected = None, None, "https://example.org/x.flac|authcfg=abc1234", layer.id()
    assert asked == [("flacraster:convert", value) for value in expected]


# ---------------------------------------------------------------- the Browser


def texts_for(item, selected=()):
    shown = []
    menu = QMenu()
    provider = BrowserMenu(RasterActions(None, None, shown.append))
    provider.populateContextMenu(item, menu, list(selected) or [item], QgsDataItemGuiContext())
    entries = [action.menu() for action in menu.actions()]
    return [action.text() for entry in entries for action in entry.actions()], menu, shown


def layer_item(uri, key="flacraster"):
    kind = QgsLayerItem.LayerType.Raster
    return QgsLayerItem(None, "x", uri, uri, kind, key)


def test_a_file_has_what_applies_to_files():
    texts, menu, shown = texts_for(layer_item("/data/x.flac"))
    assert texts == ["Show in Dock", "Convert…", "Tile Polygons…", "Verify…"]
    menu.actions()[0].menu().actions()[0].trigger()
    assert shown == [LayerUri("/data/x.flac")]


def test_a_connection_has_what_applies_to_servers():
    url = "https://example.org/x.flac?token=geheim"
    texts, menu, _ = texts_for(layer_item(f"{url}|authcfg=abc1234"))
    assert texts[2:4] == ["Copy URL", "Save Offline Copy…"] and "Refresh from Server" not in texts
    menu.actions()[0].menu().actions()[2].trigger()
    assert QApplication.clipboard().text() == "https://example.org/x.flac?token=…"


def test_other_items_and_selections_have_none():
    item = layer_item("/data/x.flac")
    assert texts_for(layer_item("/data/x.tif", "gdal"))[0] == []
    assert texts_for(item, [item, item])[0] == []
    assert texts_for(QgsDataItem(QgsDataItem.Type.Directory, None, "x", "/data"))[0] == []


# ---------------------------------------------------------------- copies


def copy(url, path, cancel=False):
    ended = []
    task = CopyTask(LayerUri(url), str(path))
    task.ended.connect(ended.append)
    task.start()
    if cancel:
        task.cancel()
    until(lambda: ended, 20)
    return task


def test_a_copy_has_the_same_bytes_and_replaces_a_file(serve, data, tmp_path):
    (tmp_path / "copy.flac").write_bytes(b"old")
    task = copy(serve(always=part(data)).url, tmp_path / "copy.flac")
    assert task.is_done and task.error is None
    assert (tmp_path / "copy.flac").read_bytes() == data
    assert sorted(p.name for p in tmp_path.iterdir()) == ["copy.flac", "x.flac"]


def test_a_copy_that_is_cancelled_or_fails_leaves_nothing(serve, data, tmp_path):
    (tmp_path / "old.flac").write_bytes(b"old")

    def silence(request):  # until it is cancelled
        yield b""
        server.gone.wait(20)

    answers = iter([part(data)])
    server = serve(always=lambda request: next(answers, silence)(request))
    assert not copy(server.url, tmp_path / "new.flac", cancel=True).is_done
    answers = iter([part(data)])
    server = serve(always=lambda request: next(answers, says(404))(request))
    for name in ("new.flac", "old.flac"):
        task = copy(server.url, tmp_path / name)
        assert not task.is_done and "404" in str(task.error)
    assert (tmp_path / "old.flac").read_bytes() == b"old"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["old.flac", "x.flac"]


def changing(before, after, number, **headers):
    """Answer so many requests with one file, then with another."""
    answers = iter([part(before, **headers)] * number)
    return lambda request: next(answers, part(after, **headers))(request)


@pytest.mark.parametrize(("number", "place"), [(1, 100), (2, 100), (2, -1)])
def test_a_file_that_changes_meanwhile_is_not_copied(serve, data, tmp_path, number, place):
    changed = bytearray(data)  # of the same size
    changed[place] ^= 1
    server = serve(always=changing(data, bytes(changed), number, ETag=None))
    task = copy(server.url, tmp_path / "copy.flac")
    assert not task.is_done
    expected = f"{server.url} changed on its server while it was being copied. Save the copy again."
    assert error_text(task.error) == expected
    assert [p.name for p in tmp_path.iterdir()] == ["x.flac"]


def test_a_file_that_is_shortened_meanwhile_is_not_copied(serve, data, tmp_path):
    server = serve(always=changing(data, data[:-1], 2, ETag=None))
    task = copy(server.url, tmp_path / "copy.flac")
    assert not task.is_done and "its size was" in error_text(task.error)
    assert [p.name for p in tmp_path.iterdir()] == ["x.flac"]


def test_a_server_that_tells_no_version_is_asked_at_the_end(serve, data, tmp_path):
    server = serve(always=part(data, ETag=None))
    assert copy(server.url, tmp_path / "copy.flac").is_done
    assert (tmp_path / "copy.flac").read_bytes() == data
    first = min(FIRST_READ, len(data))
    assert sorted(server.ranges[-2:]) == [(0, first), (len(data) - first, first)]


def test_a_file_that_comes_whole_is_asked_for_once(serve, data, tmp_path):
    server = serve(always=says(200, data))
    assert copy(server.url, tmp_path / "copy.flac").is_done
    assert (tmp_path / "copy.flac").read_bytes() == data and len(server.requests) == 1


# ---------------------------------------------------------------- asking again


@pytest.fixture
def project():
    QgsProject.instance().clear()
    yield QgsProject.instance()
    QgsProject.instance().clear()


class Server:
    """What it serves may change."""

    def __init__(self, answer):
        self.answer = answer

    def __call__(self, request):
        yield from self.answer(request)


def ask_again(layer):
    errors = []
    open_again(LayerUri.parse(layer.source()), errors.append)
    until(lambda: errors, 20)
    return errors[0]


def test_a_new_version_of_a_file_is_shown(publish, nginx, project):
    url = publish(ARRAY)
    layer, clipped = (
        valid_flac_layer(url),
        valid_flac_layer(f"{url}|extent=500000,4999000,501000,5000000"),
    )
    project.addMapLayers([layer, clipped])
    write_flac(nginx.folder / url.rpartition("/")[2], ARRAY + 1)
    before = layer.source()
    assert ask_again(layer) is None
    until(lambda: layer.source() != before)  # an address of the new version, which tools read
    np.testing.assert_array_equal(read_block(layer.dataProvider())[0], ARRAY[0] + 1)
    provider = clipped.dataProvider()
    shape = provider.ySize(), provider.xSize()
    assert shape != ARRAY.shape[1:]
    np.testing.assert_array_equal(read_block(provider)[0], (ARRAY[0] + 1)[: shape[0], : shape[1]])


def test_an_outage_ends_when_the_server_answers(serve, data, project):
    server = Server(part(data))
    layer = valid_flac_layer(serve(always=server).url)
    project.addMapLayer(layer)
    server.answer = says(404)
    CACHE.clear()
    SHARED.clear()
    assert read_block(layer.dataProvider())[0].max() == 0
    outage = open_raster_of(layer.dataProvider()).outage
    assert "404" in outage.reason
    assert "404" in str(ask_again(layer)) and outage.reason
    server.answer = part(data)
    assert ask_again(layer) is None and not outage.reason
    np.testing.assert_array_equal(read_block(layer.dataProvider())[0], ARRAY[0])


def test_a_layer_whose_server_was_away_comes_back(serve, data, project):
    server = Server(says(404))
    layer = flac_layer(serve(always=server).url)
    project.addMapLayer(layer, False)
    assert not layer.isValid()
    server.answer = part(data)
    assert ask_again(layer) is None and layer.isValid()
    assert without_address(layer.source()).startswith("http")
