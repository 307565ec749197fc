"""What goes wrong is said in the message bar, with details, and the dock stays usable."""

from __future__ import annotations

import pytest
from kits.landscape import PLACE, mountains, write_flac
from kits.qgis.dock import open_in, until, want
from qgis.core import QgsProject
from qgis.PyQt.QtWidgets import QPushButton

from flac_raster_qgis.gui.dock import tasks

LEFT, TOP = PLACE[2], PLACE[5]


@pytest.fixture(scope="module")
def content(tmp_path_factory):
    path = tmp_path_factory.mktemp("errors") / "x.flac"
    return write_flac(path, mountains(300, 400), tile_size=64).read_bytes()


@pytest.fixture
def raster(server, content):
    (server.folder / "x.flac").write_bytes(content)
    return server.folder / "x.flac"


def told(iface):
    item = iface.bar.currentItem()
    return f"{item.title()}: {item.text()}" if item else ""


def try_to_open(dock, iface, source):
    dock.form.source.set_uri(str(source))
    text = until(lambda: told(iface), 15)
    assert dock.state.raster is None
    assert dock.form.card.message_page.isVisible() and not dock.form.area.isVisible()
    assert dock.form.card.message_page.label.text()
    (button,) = iface.bar.currentItem().findChildren(QPushButton)
    assert button.text() == "Details"
    return text


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("none.flac", "answered 404"),
        ("locked/x.flac", "answered 401"),
        ("music.flac", "not a FLAC raster"),
        ("page.flac", "not"),
    ],
)
def test_servers_and_files_that_do_not_do(dock, iface, server, raster, path, expected):
    (server.folder / "page.flac").write_text("<html>" + "no raster " * 9000)
    data = raster.read_bytes()
    (server.folder / "music.flac").write_bytes(data.replace(b"GEOSPATIAL_", b"GEOSPATIAL-"))
    text = try_to_open(dock, iface, server.url(path))
    assert text.startswith("The raster was not opened: ") and expected in text
    iface.bar.clearWidgets()
    open_in(dock, server.url("x.flac"))  # and it goes on
    assert dock.form.area.isVisible()


def test_a_server_that_knows_no_ranges(dock, iface, server, raster, monkeypatch):
    monkeypatch.setattr("flac_raster_qgis.engine.storage.remote.probe.WHOLE_FILE", 10_000)
    assert "does not support range requests" in try_to_open(dock, iface, server.url("whole/x.flac"))


def test_an_unreachable_server(dock, iface, server, raster):
    url = server.url("x.flac")
    server.stop()
    assert "Connection refused" in try_to_open(dock, iface, url)
    server.start()


def test_a_missing_file(dock, iface, tmp_path):
    assert "does not exist" in try_to_open(dock, iface, tmp_path / "none.flac")


def test_a_file_that_was_replaced_is_not_mixed(dock, iface, server, raster):
    open_in(dock, server.url("x.flac"))
    want(dock, LEFT, TOP - 1000, LEFT + 1000, TOP)
    write_flac(raster, mountains(300, 400, seed=9), tile_size=64)
    dock.stream()
    assert "The area was not streamed" in until(lambda: told(iface))
    assert not QgsProject.instance().mapLayers()
    dock.form.card.raster_page.reload_button.click()
    until(lambda: dock.state.raster is not None)
    want(dock, LEFT, TOP - 1000, LEFT + 1000, TOP)
    dock.stream()
    until(lambda: QgsProject.instance().mapLayers())


def test_errors_replace_each_other_and_end_with_success(dock, iface, server, raster, tmp_path):
    for name in ("none.flac", "neither.flac"):
        try_to_open(dock, iface, tmp_path / name)
        assert name in told(iface)
        assert len(iface.bar.items()) == 1
    open_in(dock, server.url("x.flac"))
    assert iface.bar.items() == []


def test_a_path_is_shortened_only_where_that_is_true(dock, iface, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    dock.form.source.set_uri("nohost.example.invalid/big.flac")
    text = until(lambda: told(iface), 15)
    assert "nohost.example.invalid/big.flac is not a file on this computer. If it is" in text
    buttons = [button.text() for button in iface.bar.currentItem().findChildren(QPushButton)]
    assert buttons == ["Open https://…", "Open http://…", "Details"]
    iface.bar.clearWidgets()
    dock.form.source.set_uri("folder/none.flac")
    assert f"opened: {tmp_path}/folder/none.flac does not" in until(lambda: told(iface), 15)
    iface.bar.clearWidgets()
    dock.form.source.set_uri(str(tmp_path / "none.flac"))
    assert "opened: none.flac does not exist" in until(lambda: told(iface), 15)


def test_a_mistake_of_ours_is_told_with_its_traceback(dock, iface, tmp_path, monkeypatch):
    def fail(*args, **options):
        raise ZeroDivisionError("by chance")

    shown = []
    monkeypatch.setattr(tasks, "extract", fail)
    monkeypatch.setattr(
        "flac_raster_qgis.gui.dock.message_bar.show_details", lambda title, text: shown.append(text)
    )
    open_in(dock, write_flac(tmp_path / "x.flac", mountains(300, 400)))
    want(dock, LEFT, TOP - 1000, LEFT + 1000, TOP)
    dock.stream()
    assert "ZeroDivisionError" in until(lambda: told(iface))
    iface.bar.currentItem().findChildren(QPushButton)[0].click()
    assert "by chance" in shown[0] and "tasks.py" in shown[0] and "QGIS 3" in shown[0]


def test_the_details_hold_no_secret(dock, iface, server, raster, monkeypatch):
    shown = []
    monkeypatch.setattr(
        "flac_raster_qgis.gui.dock.message_bar.show_details", lambda title, text: shown.append(text)
    )
    url = server.url("none.flac?token=s3cret").replace("http://", "http://ann:hush@")
    text = try_to_open(dock, iface, url)
    iface.bar.currentItem().findChildren(QPushButton)[0].click()
    message = dock.form.card.message_page.label.text()
    assert not any(word in part for word in ("s3cret", "hush") for part in (text, message, *shown))


def test_an_output_that_cannot_be_written(dock, iface, tmp_path):
    open_in(dock, write_flac(tmp_path / "x.flac", mountains(300, 400)))
    want(dock, LEFT, TOP - 1000, LEFT + 1000, TOP)
    dock.form.footer.output.set_kind("file")
    dock.form.footer.output.file.setFilePath(str(tmp_path / "no" / "such" / "x.tif"))
    want(dock, LEFT, TOP - 1000, LEFT + 1000, TOP)
    dock.stream()
    assert "The area was not streamed" in until(lambda: told(iface))
    assert dock.form.footer.stream_button.isEnabled()
