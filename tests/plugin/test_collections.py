"""Connections to folders of servers and to lists of rasters, in the Browser and its dialogs."""

from __future__ import annotations

import threading

import pytest
from flac_raster_qgis.engine.errors import InputError
from kits.qgis.layers import random_array, write_flac
from kits.qgis.remote_layers import until
from kits.remote import HangUp
from qgis.core import Qgis, QgsApplication, QgsBrowserModel, QgsErrorItem, QgsLayerItem, QgsProject
from qgis.gui import QgsDataItemGuiContext, QgsGui
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QDialogButtonBox, QMenu

from flac_raster_qgis.core.layer_uri import LayerUri
from flac_raster_qgis.data_provider.shared_rasters import open_shared_raster
from flac_raster_qgis.gui.browser.items import CollectionItem
from flac_raster_qgis.gui.browser.source_select import SourcePage
from flac_raster_qgis.gui.connections import source_chooser
from flac_raster_qgis.gui.connections.collection import read_collection
from flac_raster_qgis.gui.connections.collection_dialog import CollectionDialog
from flac_raster_qgis.gui.connections.connection_test import ConnectionTest
from flac_raster_qgis.gui.connections.dialog import ConnectionDialog
from flac_raster_qgis.gui.connections.settings import CONNECTIONS, Connection
from flac_raster_qgis.gui.connections.source_chooser import SourceChooser
from flac_raster_qgis.gui.connections.source_edit import SourceEdit

pytestmark = pytest.mark.usefixtures("only_memory", "no_sources", "registered")


@pytest.fixture
def tree(nginx):
    """A folder on the server with rasters and a subfolder."""
    folder = nginx.folder / "tree ä"
    if not folder.exists():
        write_flac(folder / "a%.flac", random_array("int16"))
        write_flac(folder / "more" / "b.flac", random_array("int16"))
        (folder / "song.mp3").touch()
        (folder / "empty").mkdir()
        (folder / "rasters.txt").write_text("a%25.flac\nmore/b.flac\nftp://example.org/c.flac\n")
    nginx.forget()
    return "tree%20%C3%A4/"


def expand(model, *names):
    """Names of the items below some, and the items; opened as the panel opens them."""
    found = [model.index(row, 0) for row in range(model.rowCount())]
    (index,) = (index for index in found if index.data() == "FLAC Raster")
    model.fetchMore(index)
    for name in names:
        rows = [model.index(row, 0, index) for row in range(model.rowCount(index))]
        (index,) = (row for row in rows if row.data() == name)
        item = model.dataItem(index)
        model.fetchMore(index)
        until(lambda item=item: item.state() == Qgis.BrowserItemState.Populated)
    rows = [model.index(row, 0, index) for row in range(model.rowCount(index))]
    return {row.data(): model.dataItem(row) for row in rows}


@pytest.fixture
def model():
    model = QgsBrowserModel()
    model.initialize()
    return model


def test_folder_of_a_server_expands_to_its_rasters_and_folders(nginx, tree, model):
    CONNECTIONS.save(Connection("all", nginx.url("listed/" + tree)))
    (item,) = expand(model).values()
    assert isinstance(item, CollectionItem) and nginx.requests(0) == []
    found = expand(model, "all")
    assert set(found) == {"a%.flac", "more", "empty"}
    assert len(nginx.requests(1)) == 1
    assert isinstance(found["a%.flac"], QgsLayerItem)
    assert found["a%.flac"].uri() == nginx.url(f"listed/{tree}a%25.flac")
    assert open_shared_raster(found["a%.flac"].uri()).metadata.dtype == "int16"
    (inner,) = expand(model, "all", "more").values()
    assert inner.name() == "b.flac" and inner.uri() == nginx.url(f"listed/{tree}more/b.flac")
    (note,) = expand(model, "all", "empty").values()
    assert isinstance(note, QgsErrorItem) and note.name() == "No FLAC rasters here"


def test_list_of_rasters_on_a_server_and_here(nginx, tree, model, tmp_path):
    CONNECTIONS.save(Connection("there", nginx.url(tree + "rasters.txt")))
    found = expand(model, "there")
    assert set(found) == {
        "a%.flac",
        "b.flac",
        "Not shown: 1 more, too many or without a valid address",
    }
    assert found["b.flac"].uri() == nginx.url(tree + "more/b.flac")
    (tmp_path / "here.txt").write_text(f"x.flac\n{nginx.url('y.flac')}\n")
    CONNECTIONS.save(Connection("here", str(tmp_path / "here.txt")))
    found = expand(model, "here")
    assert {name: item.uri() for name, item in found.items()} == {
        "x.flac": str(tmp_path / "x.flac"),
        "y.flac": nginx.url("y.flac"),
    }


def test_authentication_is_for_the_server_of_the_collection(nginx, tree, model, authcfg, tmp_path):
    CONNECTIONS.save(Connection("locked", nginx.url("locked/" + tree) + f"|authcfg={authcfg}"))
    found = expand(model, "locked")
    assert found["a%.flac"].uri() == nginx.url(f"locked/{tree}a%25.flac|authcfg={authcfg}")
    assert open_shared_raster(found["a%.flac"].uri()).metadata.count == 1
    (inner,) = expand(model, "locked", "more").values()
    assert inner.uri().endswith(f"/more/b.flac|authcfg={authcfg}")
    (nginx.folder / "elsewhere.txt").write_text(
        f"https://example.org/a.flac\nhttps://example.org/b.flac|authcfg={authcfg}\n"
    )
    uri = LayerUri(nginx.url("elsewhere.txt"), authcfg)
    assert [LayerUri.parse(u).authcfg for _, u in read_collection(uri).uris] == ["", ""]
    (tmp_path / "x.txt").write_text("https://example.org/a.flac\nb.flac\n")
    uri = LayerUri(str(tmp_path / "x.txt"), authcfg)
    assert [LayerUri.parse(u).authcfg for _, u in read_collection(uri).uris] == [authcfg, ""]


def test_errors_are_items_and_go_away_with_a_refresh(nginx, tree, model):
    CONNECTIONS.save(Connection("all", nginx.url("locked/" + tree)))
    (note,) = expand(model, "all").values()
    assert isinstance(note, QgsErrorItem) and "401 Unauthorized" in note.name()
    CONNECTIONS.save(Connection("late", nginx.url("listed/late/")))
    (note,) = expand(model, "late").values()
    assert note.name().startswith("late: the server answered 404 Not Found")
    write_flac(nginx.folder / "late" / "x.flac", random_array("uint8"))
    item = expand(model)["late"]
    menu = QMenu()
    providers = QgsGui.dataItemGuiProviderRegistry().providers()
    provider = next(one for one in providers if one.name() == "FlacRasterConnections")
    provider.populateContextMenu(item, menu, [item], QgsDataItemGuiContext())
    actions = {action.text(): action for action in menu.actions()}
    assert set(actions) >= {"Refresh", "Edit Connection…", "Remove Connection…"}
    actions["Refresh"].trigger()
    until(lambda: set(expand(model, "late")) == {"x.flac"})


def test_a_raster_of_a_collection_is_added_like_any_other(nginx, tree, model, registered):
    CONNECTIONS.save(Connection("all", nginx.url("listed/" + tree)))
    item = expand(model, "all")["a%.flac"]
    (uri,) = item.mimeUris()
    assert uri.layerType == "custom" and uri.providerKey == "flacraster"
    assert uri.uri == item.uri() and uri.name == "a%"


def test_connection_test_counts(nginx, tree):
    source = SourceEdit()
    test = ConnectionTest(source)
    source.set_uri(nginx.url("listed/" + tree))
    test.button.click()
    until(lambda: test.button.isEnabled())
    assert test.result.text().startswith("Rasters: 1, folders: 2. ")
    source.set_uri(nginx.url("listed/nothing/"))
    test.button.click()
    until(lambda: test.button.isEnabled())
    assert "404 Not Found" in test.result.text()


def test_opening_one_as_a_raster_says_where_its_rasters_are(nginx, tree):
    with pytest.raises(InputError, match="not one raster. Save it as a connection"):
        open_shared_raster(nginx.url("listed/" + tree))
    assert QgsProject.instance().mapLayers() == {}


def test_a_connection_without_a_name_is_named_after_its_folder():
    dialog = ConnectionDialog(Connection("", "https://example.org/data/2020/"), True)
    assert dialog.connection().name == "2020"


# ---------------------------------------------------------------- choosing one raster


def names_in(dialog):
    return [dialog.list.item(row).text() for row in range(dialog.list.count())]


def activate(dialog, name):
    (item,) = dialog.list.findItems(name, Qt.MatchFlag.MatchExactly)
    dialog.list.setCurrentItem(item)
    dialog.list.itemActivated.emit(item)


def test_dialog_lists_a_folder_and_goes_down_and_up(nginx, tree):
    dialog = CollectionDialog(nginx.url("listed/" + tree))
    assert not dialog.buttons.button(QDialogButtonBox.StandardButton.Ok).isEnabled()
    until(lambda: names_in(dialog) == ["empty", "more", "a%.flac"])
    activate(dialog, "more")
    until(lambda: names_in(dialog) == ["..", "b.flac"])
    activate(dialog, "..")
    until(lambda: names_in(dialog) == ["empty", "more", "a%.flac"])
    activate(dialog, "empty")
    until(lambda: dialog.message.text() == "No FLAC rasters here")
    activate(dialog, "..")
    until(lambda: len(names_in(dialog)) == 3)
    activate(dialog, "a%.flac")
    assert dialog.result() and dialog.uri() == nginx.url(f"listed/{tree}a%25.flac")


def test_dialog_says_what_is_wrong_and_can_be_closed_while_it_reads(nginx, tree, serve):
    dialog = CollectionDialog(nginx.url("locked/" + tree))
    until(lambda: "401 Unauthorized" in dialog.message.text())
    wait = threading.Event()

    def silent(request):
        wait.wait(10)
        raise HangUp
        yield

    server = serve(always=silent)
    dialog = CollectionDialog(server.url.replace("x.flac", ""))
    until(lambda: server.requests)
    dialog.reject()
    until(lambda: not QgsApplication.taskManager().countActiveTasks(), 2)
    wait.set()


def test_page_offers_the_rasters_of_a_collection(nginx, tree, project, monkeypatch):
    chosen = []
    raster = nginx.url(f"listed/{tree}a%25.flac")
    answers = ["", raster]
    monkeypatch.setattr(
        source_chooser, "choose_raster", lambda uri, parent: chosen.append(uri) or answers.pop(0)
    )
    page = SourcePage()
    page.chooser.set_uri(nginx.url("listed/" + tree))
    page.addButtonClicked()
    assert chosen == [nginx.url("listed/" + tree)] and not project.mapLayers()
    assert page.chooser.uri() == nginx.url("listed/" + tree)
    page.addButtonClicked()
    until(project.mapLayers)
    (layer,) = project.mapLayers().values()
    assert layer.name() == "a%" and page.chooser.uri() == raster
    assert not SourceChooser().is_collection
