"""The widget to choose a source, and the dialog for a connection, as a user sees and uses them."""

from __future__ import annotations

import pytest
from flac_raster_qgis.engine.errors import InputError
from kits.qgis.layers import random_array, write_flac
from kits.qgis.remote_layers import until
from kits.qgis.sources import drop, mime
from qgis.core import QgsMimeDataUtils
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication, QDialogButtonBox, QLabel, QMessageBox, QWidget

from flac_raster_qgis.gui.connections import dialog as dialog_module
from flac_raster_qgis.gui.connections.connection_test import ConnectionTest
from flac_raster_qgis.gui.connections.dialog import ConnectionDialog
from flac_raster_qgis.gui.connections.recent_sources import add_recent_source
from flac_raster_qgis.gui.connections.settings import CONNECTIONS, Connection
from flac_raster_qgis.gui.connections.source_chooser import SourceChooser

pytestmark = pytest.mark.usefixtures("only_memory", "no_sources")


URL = "https://example.org/dem.flac"


@pytest.fixture
def chooser(qgis_app):
    chooser = SourceChooser()
    chooser.show()
    yield chooser
    chooser.close()


@pytest.fixture
def changes(chooser):
    seen = []
    chooser.changed.connect(lambda: seen.append(chooser.uri()))
    return seen


def type_in(chooser, text):
    chooser.combo.lineEdit().clear()
    QTest.keyClicks(chooser.combo.lineEdit(), text)


def rows(chooser):
    combo = chooser.combo
    return [combo.itemText(row) for row in range(combo.count()) if combo.itemData(row)]


@pytest.mark.parametrize(
    ("typed", "uri"),
    [
        ("", ""),
        ("  ", ""),
        (" /data/a b.flac ", "/data/a b.flac"),
        ('"/data/a b.flac"', "/data/a b.flac"),
        ("file:///data/a%20b.flac", "/data/a b.flac"),
        (URL + "?key=1", URL + "?key=1"),
        (URL + "|extent=0,0,1,1", URL + "|extent=0.0,0.0,1.0,1.0"),
        (URL + "|authcfg=abc1234", URL + "|authcfg=abc1234"),
    ],
)
def test_what_is_typed_is_a_layer_uri(chooser, changes, typed, uri):
    type_in(chooser, typed)
    assert chooser.uri() == uri
    assert changes[-1:] == ([uri] if typed else [])


@pytest.mark.parametrize(
    "uri",
    [
        "",
        "/data/a|b.flac",
        URL,
        URL + "|authcfg=abc1234",  # not one that this profile knows
        URL + "|authcfg=abc1234|extent=0.0,0.0,1.0,1.0",
    ],
)
def test_a_uri_that_is_set_is_the_uri_it_has(chooser, changes, uri):
    chooser.set_uri(uri)
    assert chooser.uri() == uri and changes == [uri]
    assert "authcfg" not in chooser.combo.currentText()
    assert chooser.authentication.isCollapsed() is ("authcfg" not in uri)


def test_authentication_is_part_of_the_uri(chooser, changes, authcfg):
    chooser.set_uri(URL)
    chooser.auth_select.setConfigId(authcfg)
    assert chooser.uri() == changes[-1] == f"{URL}|authcfg={authcfg}"
    chooser.auth_select.setConfigId("")
    assert chooser.uri() == changes[-1] == URL


def test_return_accepts(chooser):
    accepted = []
    chooser.accepted.connect(lambda: accepted.append(chooser.uri()))
    type_in(chooser, URL)
    assert accepted == []
    QTest.keyClick(chooser.combo, Qt.Key.Key_Return)  # which has the focus, not its line
    assert accepted == [URL]


def test_list_has_connections_by_name_and_then_the_last_sources(chooser, changes):
    type_in(chooser, "half a na")
    CONNECTIONS.save(Connection("Alps", URL + "|authcfg=abc1234"))
    add_recent_source("/data/a.flac")
    add_recent_source("https://example.org/b.flac?key=secret")
    chooser.combo.showPopup()
    assert rows(chooser) == ["Alps", "https://example.org/b.flac?…", "/data/a.flac"]
    assert chooser.combo.count() == 4  # and a line between them
    assert chooser.combo.currentText() == "half a na"
    chooser.combo.hidePopup()
    del changes[:]
    for row, uri in ((0, URL + "|authcfg=abc1234"), (3, "/data/a.flac")):
        chooser.combo.setCurrentIndex(row)
        chooser.combo.activated.emit(row)  # as a click on it does
        assert chooser.uri() == uri
    assert changes == [URL + "|authcfg=abc1234", "/data/a.flac"]


def test_a_long_url_shows_its_start_after_a_look_at_the_list(chooser):
    chooser.set_uri(URL)
    combo = chooser.combo
    combo.showPopup()
    combo.hidePopup()
    assert (combo.lineEdit().text(), combo.lineEdit().cursorPosition()) == (URL, 0)


def test_keys_walk_through_the_list(chooser, changes):
    CONNECTIONS.save(Connection("Alps", URL))
    add_recent_source("/data/a.flac")
    chooser.combo.fill()
    for _ in range(2):
        QTest.keyClick(chooser.combo, Qt.Key.Key_Down)
    assert changes == [URL, "/data/a.flac"]


@pytest.mark.parametrize(
    ("data", "uri"),
    [
        (mime("/data/a b.flac"), "/data/a b.flac"),
        (mime("https://example.org/a%20b.flac?x=%2F"), "https://example.org/a%20b.flac?x=%2F"),
        (mime(text=f" {URL}\n"), URL),
        (mime(text="two words"), None),
        (mime(), None),
    ],
)
def test_files_and_links_are_dropped_on_it(chooser, data, uri):
    type_in(chooser, "before")
    assert drop(chooser, data) is (uri is not None)
    assert chooser.uri() == (uri or "before")


def test_items_of_the_browser_are_dropped_on_it(chooser):
    item = QgsMimeDataUtils.Uri()
    item.layerType, item.providerKey, item.uri = "custom", "flacraster", URL + "|authcfg=abc1234"
    assert drop(chooser, QgsMimeDataUtils.encodeUriList([item]))
    assert chooser.uri() == item.uri


def test_menu_offers_what_can_be_done(chooser):
    def offered():
        chooser.connections_button.menu().aboutToShow.emit()
        actions = (chooser.save_action, chooser.edit_action, chooser.remove_action)
        return [action.isEnabled() for action in actions]

    assert offered() == [False, False, False]
    chooser.set_uri(URL)
    assert offered() == [True, False, False]
    CONNECTIONS.save(Connection("Alps", URL))
    assert offered() == [False, True, True]


def test_a_source_becomes_a_connection_is_edited_and_removed(chooser, monkeypatch):
    def fill_in(dialog):
        assert dialog.name_edit.text() == expected
        dialog.name_edit.setText(name)
        dialog.source.set_uri(uri)
        dialog.accept()
        return dialog.result()

    monkeypatch.setattr(ConnectionDialog, "exec", fill_in)
    chooser.set_uri(URL)
    expected, name, uri = "dem", "Alps", URL
    chooser.save_action.trigger()
    assert CONNECTIONS.all() == [Connection("Alps", URL)]
    expected, name, uri = "Alps", "Andes", URL + "?v=2"
    chooser.edit_action.trigger()
    assert CONNECTIONS.all() == [Connection("Andes", URL + "?v=2")]
    assert chooser.uri() == URL + "?v=2"
    answer = QMessageBox.StandardButton.No
    monkeypatch.setattr(dialog_module.QMessageBox, "question", lambda *_: answer)
    chooser.remove_action.trigger()
    assert len(CONNECTIONS.all()) == 1
    answer = QMessageBox.StandardButton.Yes
    chooser.remove_action.trigger()
    assert CONNECTIONS.all() == [] and chooser.uri() == URL + "?v=2"


def test_everything_is_reached_by_key_and_has_a_name(chooser):
    label = next(one for one in chooser.findChildren(QLabel) if one.buddy() is chooser.combo)
    assert "&" in label.text()
    for widget in (chooser.combo, chooser.browse_button, chooser.connections_button):
        assert widget.accessibleName() and widget.toolTip()
        assert widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    chain, widget = [], chooser.combo
    while widget is not chooser and len(chain) < 50:
        chain.append(widget)
        widget = widget.nextInFocusChain()
    named = (chooser.combo, chooser.browse_button, chooser.connections_button)
    assert [one for one in chain if one in named] == list(named)
    after = chain[chain.index(chooser.connections_button) :]
    assert chooser.auth_select in after or chooser.authentication in after


def test_fits_into_a_narrow_dock(chooser):
    chooser.set_uri(URL + "|authcfg=abc1234")
    assert chooser.minimumSizeHint().width() <= 320


# ---------------------------------------------------------------- the dialog


@pytest.fixture
def dialog(qgis_app):
    dialogs = []

    def make(connection, is_new=True):
        dialogs.append(ConnectionDialog(connection, is_new))
        dialogs[-1].show()
        return dialogs[-1]

    yield make
    for one in dialogs:
        one.close()


def save_button(dialog):
    return dialog.buttons.button(QDialogButtonBox.StandardButton.Save)


def test_dialog_saves_once_there_is_a_source(dialog):
    shown = dialog(Connection("", ""))
    assert not save_button(shown).isEnabled()
    type_in(shown.source, URL)
    assert save_button(shown).isEnabled()
    assert shown.name_edit.placeholderText() == "dem"
    QTest.mouseClick(save_button(shown), Qt.MouseButton.LeftButton)
    assert CONNECTIONS.all() == [Connection("dem", URL)]


def test_dialog_grows_with_the_result_of_the_test(dialog):
    one = dialog(Connection("", "https://example.org/a/folder/with/a/long/name/dem.tif"))
    test, combo = one.findChild(ConnectionTest), one.source.combo
    one.resize(one.minimumWidth(), 1)
    QTest.qWait(50)
    before, height = one.height(), combo.height()
    test.show_error(InputError("file.tiff", one.source.uri()))
    QTest.qWait(50)
    (button,) = test.remedies
    assert button.isVisible() and button.geometry().top() >= test.result.geometry().bottom()
    assert test.result.height() >= test.result.heightForWidth(test.result.width())
    assert combo.height() == height >= combo.minimumSizeHint().height()
    assert one.height() > before


def test_dialog_replaces_another_connection_only_if_told_to(dialog, monkeypatch):
    CONNECTIONS.save(Connection("Alps", "/data/a.flac"))
    asked = []

    def answer(parent, title, question, *buttons):
        asked.append(question)
        return QMessageBox.StandardButton.Yes if len(asked) > 1 else QMessageBox.StandardButton.No

    monkeypatch.setattr(dialog_module.QMessageBox, "question", answer)
    shown = dialog(Connection("Alps", URL))
    shown.accept()
    assert shown.isVisible() and CONNECTIONS.get("Alps").uri == "/data/a.flac"
    shown.accept()
    assert not shown.isVisible() and CONNECTIONS.get("Alps").uri == URL
    assert all("“Alps”" in question for question in asked)
    edited = dialog(Connection("Alps", URL), is_new=False)
    edited.accept()
    assert len(asked) == 2  # nobody else has that name


def test_dialog_says_why_it_does_not_save(dialog, monkeypatch):
    said = []
    monkeypatch.setattr(dialog_module.QMessageBox, "warning", lambda *args: said.append(args[2]))
    shown = dialog(Connection("Alps", "https://ann:secret@example.org/dem.flac"))
    shown.accept()
    assert shown.isVisible() and CONNECTIONS.all() == []
    assert "authentication configuration" in said[0]


# ---------------------------------------------------------------- the test of a connection


@pytest.fixture
def connection_test(chooser):
    holder = QWidget()
    test = ConnectionTest(chooser, holder)
    holder.show()
    yield test
    holder.close()


def pressed(test):
    QTest.mouseClick(test.button, Qt.MouseButton.LeftButton)
    assert test.result.text() == "Connecting…" and not test.button.isEnabled()
    until(lambda: test.button.isEnabled())
    return test.result.text()


def test_says_what_is_at_a_url(chooser, connection_test, publish):
    assert not connection_test.button.isEnabled()
    chooser.set_uri(publish(random_array("u2", 3, 300, 1200)))
    text = pressed(connection_test)
    assert text.startswith("1,200 × 300 pixels, bands: 3, uint16, EPSG:32633 - ")
    assert text.endswith(" MB")


def test_authentication_is_tested_too(chooser, connection_test, publish, nginx, authcfg):
    url = publish(random_array("u1"), "private.flac").replace("/private", "/locked/private")
    chooser.set_uri(url)
    assert "401" in pressed(connection_test)
    chooser.set_uri(f"{url}|authcfg={authcfg}")
    assert "uint8" in pressed(connection_test)


@pytest.mark.parametrize("name", ["none.flac", "song.flac"])
def test_says_why_a_url_cannot_be_opened(chooser, connection_test, nginx, name):
    (nginx.folder / "song.flac").write_bytes(b"no FLAC raster" * 9)
    chooser.set_uri(nginx.url(name))
    text = pressed(connection_test)
    assert nginx.url(name) in text and ("404" in text) is (name == "none.flac")


def test_a_test_is_given_up_when_the_source_changes(chooser, connection_test, serve, tmp_path):
    server = serve(always=lambda request: iter(lambda: server.gone.wait(20) and b"", b""))
    chooser.set_uri(server.url)
    QTest.mouseClick(connection_test.button, Qt.MouseButton.LeftButton)
    until(lambda: server.requests)
    path = write_flac(tmp_path / "a.flac", random_array("u1"))
    chooser.set_uri(str(path))
    assert connection_test.result.text() == ""
    assert "uint8" in pressed(connection_test)
    QApplication.processEvents()
    assert "uint8" in connection_test.result.text()
