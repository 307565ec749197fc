"""The browser panel: FLAC rasters in folders, and the branch of saved connections."""

from __future__ import annotations

import shutil
import subprocess
import time

import pytest
from kits.qgis.layers import random_array, write_flac
from kits.qgis.remote_layers import until
from kits.qgis.sources import delete_now
from qgis.core import (
    Qgis,
    QgsApplication,
    QgsBrowserModel,
    QgsDirectoryItem,
    QgsLayerItem,
    QgsMimeDataUtils,
)
from qgis.gui import QgsDataItemGuiContext, QgsGui, QgsMessageBar
from qgis.PyQt import sip
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QMenu

from flac_raster_qgis.gui.browser import context_menu
from flac_raster_qgis.gui.browser import items as tree
from flac_raster_qgis.gui.connections.settings import CONNECTIONS, Connection

pytestmark = pytest.mark.usefixtures("only_memory", "no_sources")


NOWHERE = "http://127.0.0.1:9/dem.flac"


@pytest.fixture
def model(registered):
    model = QgsBrowserModel()
    model.initialize()
    return model


def branch(model):
    found = [model.index(row, 0) for row in range(model.rowCount())]
    return [index for index in found if index.data() == "FLAC Raster"]


def leaves(model):
    """Names in the branch, and their items; opened as the panel opens it."""
    (root,) = branch(model)
    model.fetchMore(root)
    items = [model.dataItem(model.index(row, 0, root)) for row in range(model.rowCount(root))]
    return {item.name(): item for item in items}


def provider_of_menus():
    providers = QgsGui.dataItemGuiProviderRegistry().providers()
    return next(one for one in providers if one.name() == "FlacRasterConnections")


def menu_of(item, *selected):
    menu = QMenu()
    provider_of_menus().populateContextMenu(
        item, menu, list(selected or (item,)), QgsDataItemGuiContext()
    )
    return {action.text(): action for action in menu.actions()}, menu


# ---------------------------------------------------------------- folders


def children(folder):
    item = QgsDirectoryItem(None, "folder", str(folder))
    return {child.name(): child for child in item.createChildren()}


@pytest.mark.skipif(shutil.which("flac") is None, reason="flac makes the music")
def test_rasters_in_folders_are_layers_and_music_is_left_alone(project, tmp_path):
    write_flac(tmp_path / "dem.flac", random_array("i2"))
    write_flac(tmp_path / "LOUD.FLAC", random_array("i2"))
    subprocess.run(
        ["flac", "-s", "--force-raw-format", "--endian=little", "--channels=1", "--bps=16"]
        + ["--sample-rate=44100", "--sign=signed", "-o", tmp_path / "song.flac", "-"],
        input=bytes(20000),
        check=True,
    )
    found = children(tmp_path)
    assert set(found) == {"dem.flac", "LOUD.FLAC"}
    for item in found.values():
        assert isinstance(item, QgsLayerItem) and item.providerKey() == "flacraster"
        (uri,) = item.mimeUris()
        layer, owned = uri.rasterLayer("no error")[0:2]
        assert layer.isValid() and layer.providerType() == "flacraster" and owned
        sip.delete(layer)


# ---------------------------------------------------------------- connections


def test_branch_follows_what_is_saved(model):
    assert leaves(model) == {}
    CONNECTIONS.save(Connection("b", "/data/b.flac"))
    CONNECTIONS.save(Connection("a/ä 50 %", NOWHERE))
    assert list(leaves(model)) == ["a/ä 50 %", "b"]
    CONNECTIONS.save(Connection("b", NOWHERE))
    assert leaves(model)["b"].uri() == NOWHERE
    CONNECTIONS.rename("b", "c")
    assert list(leaves(model)) == ["a/ä 50 %", "c"]
    CONNECTIONS.remove("c")
    assert list(leaves(model)) == ["a/ä 50 %"]


def test_branch_shows_what_another_window_saved_once_it_is_refreshed(model):
    assert leaves(model) == {}
    CONNECTIONS.blockSignals(True)
    CONNECTIONS.save(Connection("a", NOWHERE))
    CONNECTIONS.blockSignals(False)
    assert leaves(model) == {}
    actions, _ = menu_of(model.dataItem(branch(model)[0]))
    actions["Refresh"].trigger()
    assert list(leaves(model)) == ["a"]


def test_listing_asks_no_server(model, publish, nginx):
    for number in range(5):
        CONNECTIONS.save(Connection(str(number), publish(random_array("u1"))))
    nginx.forget()
    found = leaves(model)
    for item in found.values():
        assert item.state() == Qgis.BrowserItemState.Populated and not item.hasChildren()
        assert item.toolTip() == item.uri() and not item.icon().isNull()
    time.sleep(0.2)
    assert len(found) == 5 and nginx.requests() == []


def test_no_secret_of_a_url_is_shown(model):
    CONNECTIONS.save(Connection("a", NOWHERE + "?key=secret"))
    assert leaves(model)["a"].toolTip() == NOWHERE + "?…"


def test_remote_connections_are_opened_by_the_plugin_and_files_by_qgis(model):
    CONNECTIONS.save(Connection("remote", NOWHERE + "|authcfg=abc1234"))
    CONNECTIONS.save(Connection("file", "/data/b.flac"))
    found = {}
    for name, item in leaves(model).items():
        data = QgsMimeDataUtils.encodeUriList(item.mimeUris())
        (found[name],) = QgsMimeDataUtils.decodeUriList(data)
    assert {uri.providerKey for uri in found.values()} == {"flacraster"}
    assert {name: uri.layerType for name, uri in found.items()} == {
        "remote": "custom",
        "file": "raster",
    }
    assert found["remote"].uri == NOWHERE + "|authcfg=abc1234"
    assert found["remote"].name == "remote"


def test_menus(model, monkeypatch):
    calls = []
    for name in ("add_connection", "edit_connection", "remove_connections"):
        monkeypatch.setattr(
            context_menu, name, lambda parent, *given, name=name: calls.append((name, *given))
        )
    for name in ("a", "b"):
        CONNECTIONS.save(Connection(name, NOWHERE))
    a, b = leaves(model).values()
    actions, menu = menu_of(model.dataItem(branch(model)[0]))
    assert list(actions) == ["New Connection…", "Refresh"]
    actions["New Connection…"].trigger()
    actions, menu = menu_of(a)
    assert list(actions) == ["Edit Connection…", "Remove Connection…"]
    for action in actions.values():
        action.trigger()
    actions, menu = menu_of(a, a, b)
    assert list(actions) == ["Remove Connections…"]
    actions["Remove Connections…"].trigger()
    one, two = CONNECTIONS.all()
    assert calls == [
        ("add_connection",),
        ("edit_connection", one),
        ("remove_connections", [one]),
        ("remove_connections", [one, two]),
    ]
    other = QgsDirectoryItem(None, "folder", "/")
    assert menu_of(other)[0] == {}


def test_renamed_by_its_key(model):
    CONNECTIONS.save(Connection("a", NOWHERE))
    (item,) = leaves(model).values()
    assert item.capabilities2() & Qgis.BrowserItemCapability.Rename
    assert provider_of_menus().rename(item, "b", QgsDataItemGuiContext())
    assert CONNECTIONS.all() == [Connection("b", NOWHERE)]
    CONNECTIONS.save(Connection("taken", "/data/a.flac"))
    bar, context = QgsMessageBar(), QgsDataItemGuiContext()
    context.setMessageBar(bar)
    for name, why in ((" ", "needs a name"), (" taken ", "“taken” already")):
        assert not provider_of_menus().rename(leaves(model)["b"], name, context)
        assert why in bar.currentItem().text()
    assert CONNECTIONS.all() == [Connection("b", NOWHERE), Connection("taken", "/data/a.flac")]


def properties(model, name):
    widget = leaves(model)[name].paramWidget()
    widget.show()
    return widget


def test_properties_are_fetched_in_the_background(model, publish):
    CONNECTIONS.save(Connection("Alps & Andes", publish(random_array("u2", 3))))
    widget = properties(model, "Alps & Andes")
    assert "Opening…" in widget.text.toPlainText()
    until(lambda: "Opening…" not in widget.text.toPlainText())
    text = widget.text.toPlainText()
    assert text.startswith("Alps & Andes\n")
    assert "200 × 150 pixels, bands: 3, uint16, EPSG:32633" in text and "Band 3" in text


def test_properties_say_why_there_are_none(model, nginx):
    CONNECTIONS.save(Connection("a", nginx.url("none.flac")))
    widget = properties(model, "a")
    until(lambda: "404" in widget.text.toPlainText())


def test_properties_that_are_closed_are_not_waited_for(model, serve):
    server = serve(always=lambda request: iter(lambda: server.gone.wait(20) and b"", b""))
    CONNECTIONS.save(Connection("a", server.url))
    widget = properties(model, "a")
    until(lambda: server.requests)
    widget.deleteLater()
    delete_now()
    until(lambda: not QgsApplication.taskManager().countActiveTasks(), 2)


def test_items_outlive_the_python_that_made_them(model):
    """Their overridden methods are called long after."""
    import gc

    CONNECTIONS.save(Connection("a", NOWHERE))
    leaves(model)
    gc.collect()
    index = model.index(0, 0, branch(model)[0])
    data = model.mimeData([index])
    (uri,) = QgsMimeDataUtils.decodeUriList(data)
    assert uri.layerType == "custom"
    assert isinstance(model.dataItem(index), tree.ConnectionItem)
    assert index.data(Qt.ItemDataRole.DisplayRole) == "a"
