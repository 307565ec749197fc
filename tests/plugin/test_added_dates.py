"""Rasters of several dates that users add: as a layer of dates by default, or as all bands."""

from __future__ import annotations

import pytest
from kits.qgis.dated_layers import months, random_bytes, write_dated
from kits.qgis.layers import random_array, write_flac
from kits.qgis.remote_layers import until
from kits.qgis.sources import mime
from qgis.core import QgsLayerItem, QgsProject, QgsProviderRegistry, QgsRasterLayer
from qgis.gui import QgsDataItemGuiContext, QgsMessageBar
from qgis.PyQt.QtWidgets import QMenu, QPushButton

from flac_raster_qgis.core.layer_uri import LayerUri, without_address
from flac_raster_qgis.gui.browser.source_select import SourcePage
from flac_raster_qgis.gui.connections.recent_sources import recent_sources
from flac_raster_qgis.gui.layers.browser_menu import BrowserMenu
from flac_raster_qgis.gui.layers.layer_adder import LayerAdder
from flac_raster_qgis.gui.layers.raster_actions import RasterActions

pytestmark = pytest.mark.usefixtures("only_memory", "no_sources", "project")


@pytest.fixture
def path(tmp_path):
    return str(write_dated(tmp_path / "cube.flac", random_bytes(24), months(24)))


@pytest.fixture
def bar(registered):
    registered.bar = QgsMessageBar(registered.window)
    return registered.bar


@pytest.fixture
def handler(registered):
    (handler,) = registered.handlers
    return handler


def added():
    """What the only layer shows: its source and the number of its bands."""
    until(lambda: QgsProject.instance().mapLayers())
    (layer,) = QgsProject.instance().mapLayers().values()
    return without_address(layer.source()), layer.bandCount()


def test_a_file_that_is_dropped_shows_dates(handler, bar, path):
    data = mime(path)
    assert handler.canHandleMimeData(data) and handler.handleMimeDataV2(data)
    assert added() == (f"{path}|time=all", 1)
    assert recent_sources() == [path]


def test_a_url_that_is_dropped_shows_dates(handler, bar, path, nginx):
    (nginx.folder / "cube.flac").write_bytes(open(path, "rb").read())
    assert handler.handleMimeDataV2(mime(nginx.url("cube.flac")))
    assert added() == (nginx.url("cube.flac") + "|time=all", 1)


def test_a_file_without_dates_is_left_to_qgis(handler, tmp_path):
    plain = str(write_flac(tmp_path / "dem.flac", random_array("i2")))
    once = str(write_dated(tmp_path / "once.flac", random_bytes(1), ["2000-01"]))
    for name in (plain, once):
        assert not handler.canHandleMimeData(mime(name))


def test_files_among_others_are_left_to_qgis(handler, path):
    data = mime(path, "/data/other.tif")
    assert handler.canHandleMimeData(data) and not handler.handleMimeDataV2(data)
    assert not QgsProject.instance().mapLayers()


def test_the_message_offers_all_bands_instead(handler, bar, path):
    handler.handleMimeDataV2(mime(path))
    added()
    until(bar.currentItem)
    text = bar.currentItem().text()
    assert "one of 24 dates at a time, from 2000-01 to 2001-12" in text
    (button,) = (
        button
        for button in bar.currentItem().findChildren(QPushButton)
        if button.text() == "Show All Bands Instead"
    )
    button.click()
    until(lambda: QgsProject.instance().mapLayers())
    assert added() == (path, 24)
    assert bar.currentItem() is None


@pytest.mark.parametrize(("checked", "time", "bands"), [(True, "|time=all", 1), (False, "", 24)])
def test_the_page_of_the_data_source_manager(registered, path, checked, time, bands):
    page = SourcePage()
    assert page.dates.isChecked()
    page.dates.setChecked(checked)
    page.chooser.set_uri(path)
    page.addButtonClicked()
    assert added() == (path + time, bands)
    page.deleteLater()


def test_a_source_with_a_time_is_taken_as_it_is(registered, bar, path):
    LayerAdder(registered).add(f"{path}|time=2000-07")
    assert added() == (f"{path}|time=2000-07", 1)
    assert bar.currentItem() is None


def test_the_browser_lists_dates_and_bands_of_a_file(plugin, path):
    dates, bands = QgsProviderRegistry.instance().querySublayers(path)
    assert (dates.uri(), dates.name()) == (f"{path}|time=all", "cube (dates)")
    assert (bands.uri(), bands.name()) == (f"{path}|time=none", "cube (bands)")
    assert dates.description() == "24 dates from 2000-01 to 2001-12"
    assert {dates.providerKey(), bands.providerKey()} == {"flacraster"}
    (chosen,) = QgsProviderRegistry.instance().querySublayers(f"{path}|time=2000")
    assert chosen.uri() == f"{path}|time=2000"


def test_bands_from_the_browser_are_not_asked_about_again(registered, bar, path):
    """QGIS asks which layers a double-clicked item has, and lets users choose if several."""
    _, bands = QgsProviderRegistry.instance().querySublayers(path)
    registry = QgsProviderRegistry.instance()
    parts = registry.decodeUri("flacraster", bands.uri())
    (again,) = registry.querySublayers(registry.encodeUri("flacraster", parts))
    assert again.uri() == bands.uri()
    layer = QgsRasterLayer(bands.uri(), "cube", "flacraster")
    assert layer.bandCount() == 24 and not layer.temporalProperties().isActive()
    assert LayerUri.parse(layer.source()).text() == path  # what projects store
    LayerAdder(registered).add(bands.uri(), "cube")
    assert added() == (path, 24)
    assert bar.currentItem() is None


@pytest.mark.parametrize(
    ("entry", "time", "bands"), [("Add as Time Layer", "|time=all", 1), ("Add as Bands", "", 24)]
)
def test_the_menu_of_a_connection(registered, bar, nginx, path, entry, time, bands):
    (nginx.folder / "cube.flac").write_bytes(open(path, "rb").read())
    url = nginx.url("cube.flac")
    item = QgsLayerItem(None, "x", url, url, QgsLayerItem.LayerType.Raster, "flacraster")
    menu, actions = QMenu(), RasterActions(registered, LayerAdder(registered), lambda uri: None)
    BrowserMenu(actions).populateContextMenu(item, menu, [item], QgsDataItemGuiContext())
    (submenu,) = (action.menu() for action in menu.actions())
    (action,) = (action for action in submenu.actions() if action.text() == entry)
    action.trigger()
    assert added() == (url + time, bands)
