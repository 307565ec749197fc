"""Errors of opening offer a button that mends them."""

from __future__ import annotations

import sys

import pytest
from flac_raster_qgis.engine.errors import FlacRasterError, InputError
from kits.geotiff import write_tif
from kits.qgis.layers import random_array, write_flac
from kits.qgis.remote_layers import until
from kits.remote import part

from flac_raster_qgis.core.layer_uri import LayerUri
from flac_raster_qgis.core.network import open_source
from flac_raster_qgis.data_provider.shared_rasters import open_shared_raster
from flac_raster_qgis.gui.connections import remedies as module
from flac_raster_qgis.gui.connections.collection import read_collection
from flac_raster_qgis.gui.connections.connection_test import ConnectionTest
from flac_raster_qgis.gui.connections.remedies import remedies
from flac_raster_qgis.gui.connections.source_edit import SourceEdit
from flac_raster_qgis.gui.packages import offer

pytestmark = pytest.mark.usefixtures("only_memory", "no_sources")


def offered(uri, opened=None):
    """Buttons for the error of opening something."""
    with pytest.raises(FlacRasterError) as raised:
        open_shared_raster(uri).raster.close()
    return remedies(
        raised.value, LayerUri.parse(uri), [].append if opened is None else opened.append
    )


@pytest.fixture
def converted(monkeypatch):
    found = []
    monkeypatch.setattr(module, "open_tool", lambda name, uri: found.append((name, uri.text())))
    return found


def test_a_geotiff_is_converted(tmp_path, converted):
    path = str(write_tif(tmp_path / "x.tif"))
    buttons = offered(path)
    assert list(buttons) == ["Convert…"]
    buttons["Convert…"]()
    assert converted == [("convert", path)]


def test_other_files_are_not(tmp_path):
    (tmp_path / "x.flac").write_text("<html>" * 99)
    assert offered(str(tmp_path / "x.flac")) == {}
    assert offered(str(tmp_path / "none.flac")) == {}


@pytest.mark.parametrize(
    "name",
    ["example.org/dem.flac", "data.example.org:8080/a/dem.flac", "localhost/dem.flac"],
)
def test_a_url_without_its_beginning_is_recognized(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    opened = []
    buttons = offered(f"{name}|authcfg=abc1234", opened)
    assert list(buttons) == ["Open https://…", "Open http://…"]
    for call in buttons.values():
        call()
    assert opened == [f"{s}://{name}|authcfg=abc1234" for s in ("https", "http")]


def test_a_list_without_the_beginning_of_its_url_is_recognized(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    uri = LayerUri("example.org/rasters.txt")
    with pytest.raises(InputError) as raised:
        read_collection(uri)
    assert list(remedies(raised.value, uri, [].append)) == ["Open https://…", "Open http://…"]


def test_a_list_in_a_store_has_no_authentication_of_qgis():
    with pytest.raises(InputError) as raised:
        read_collection(LayerUri("s3://bucket/rasters.txt", "abc1234"))
    assert raised.value.code == "qgis.authcfg_scheme"


@pytest.mark.parametrize(
    "name", ["/data/dem.flac", "./dem.flac", "a/dem.flac", "x.flac", "../a.b/c"]
)
def test_a_path_is_no_url(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert offered(name) == {}


def test_a_web_page_may_be_a_folder(nginx):
    (nginx.folder / "page.flac").write_text("<html>" * 99)
    (nginx.folder / "folder").mkdir(exist_ok=True)
    opened = []
    buttons = offered(nginx.url("listed/folder"), opened)
    assert list(buttons) == ["Open as Folder"]
    buttons["Open as Folder"]()
    assert opened == [nginx.url("listed/folder/")]
    assert offered(nginx.url("page.flac")) == {}


def test_missing_packages_are_offered(monkeypatch):
    monkeypatch.setitem(sys.modules, "fsspec", None)
    buttons = offered("s3://bucket/dem.flac")
    assert list(buttons) == ["Python Packages…"]
    shown = []
    monkeypatch.setattr(
        offer, "_offer", type("Offer", (), {"open": lambda self: shown.append(1)})()
    )
    buttons["Python Packages…"]()
    assert shown == [1]


def test_a_test_of_a_connection_has_the_buttons(tmp_path, converted, monkeypatch):
    monkeypatch.chdir(tmp_path)
    source = SourceEdit()
    test = ConnectionTest(source)
    test.show()
    source.set_uri(str(write_tif(tmp_path / "x.tif")))
    test.button.click()
    until(lambda: test.remedies)
    assert "is a TIFF" in test.result.text()
    assert [button.text() for button in test.remedies] == ["Convert…"]
    test.remedies[0].click()
    assert converted
    source.set_uri("example.org/dem.flac")
    assert not test.remedies
    test.button.click()
    until(lambda: len(test.remedies) == 2)
    test.remedies[1].click()
    assert source.uri() == "http://example.org/dem.flac" and not test.remedies
    test.close()


def test_a_source_that_is_read_once_is_not_cached(serve, tmp_path):
    data = write_flac(
        tmp_path / "x.flac", random_array("uint8", height=300, width=300)
    ).read_bytes()
    server = serve(always=part(data))
    source = open_source(server.url, is_cached=False)
    for _ in range(2):
        assert b"".join(source.read([(0, source.size)])) == data
    source.close()
    assert len(server.requests) == 3
