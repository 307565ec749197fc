"""The page of the data source manager."""

from __future__ import annotations

from pathlib import Path

import pytest
from kits.qgis.layers import random_array, write_flac
from kits.qgis.remote_layers import until
from qgis.core import QgsApplication, QgsProject, QgsProviderRegistry
from qgis.gui import QgsGui
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QDialog, QDialogButtonBox, QStackedWidget, QVBoxLayout

from flac_raster_qgis.gui.connections.recent_sources import recent_sources
from flac_raster_qgis.gui.connections.settings import CONNECTIONS, Connection

pytestmark = pytest.mark.usefixtures("only_memory", "no_sources")


@pytest.fixture
def page(registered, project):
    """The page in a window, as QGIS makes it."""
    window = QDialog()
    page = QgsGui.sourceSelectProviderRegistry().createSelectionWidget(
        "flacraster",
        window,
        Qt.WindowType.Widget,
        QgsProviderRegistry.WidgetMode.Manager,
    )
    pages = QStackedWidget(window)
    pages.addWidget(page)
    QVBoxLayout(window).addWidget(pages)
    page.said = []
    page.pushMessage.connect(lambda title, text, level: page.said.append(text))
    window.show()
    yield page
    window.close()


def add_button(page):
    return next(b for b in page.buttons.buttons() if b.text().replace("&", "") == "Add")


def layers():
    return [(x.name(), x.providerType()) for x in QgsProject.instance().mapLayers().values()]


def test_offers_itself_among_the_servers(registered):
    provider = QgsGui.sourceSelectProviderRegistry().providerByName("flacraster")
    assert provider.text() == "FLAC Raster" and provider.toolTip() and not provider.icon().isNull()
    assert provider.ordering() == provider.OrderRemoteProvider


def test_add_is_there_once_something_is_named(page):
    assert not add_button(page).isEnabled()
    page.chooser.set_uri("/data/a.flac")
    assert add_button(page).isEnabled()
    page.reset()
    assert not add_button(page).isEnabled() and page.chooser.uri() == ""


def test_each_button_has_a_use(page, monkeypatch):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    texts = [button.text().replace("&", "") for button in page.buttons.buttons()]
    assert sorted(texts) == ["Add", "Close", "Help"]
    page.buttons.button(QDialogButtonBox.StandardButton.Help).click()
    (url,) = opened
    assert f'id="{url.fragment()}"' in Path(url.toLocalFile()).read_text(encoding="utf-8")


def test_adds_a_url_once(page, publish):
    url = publish(random_array("u1"), "alps.flac")
    page.chooser.set_uri(url)
    QTest.mouseClick(add_button(page), Qt.MouseButton.LeftButton)
    assert not add_button(page).isEnabled()
    page.addButtonClicked()  # a second click, before the first is done
    until(layers)
    until(lambda: not QgsApplication.taskManager().countActiveTasks())
    until(add_button(page).isEnabled)
    assert layers() == [("alps", "flacraster")] and recent_sources() == [url] and not page.said


def test_return_adds_and_presses_nothing_else(page, tmp_path):
    path = write_flac(tmp_path / "dem.flac", random_array("u1"))
    page.chooser.set_uri(str(path))
    QTest.keyClick(page.chooser.combo, Qt.Key.Key_Return)
    until(layers)
    assert layers() == [("dem", "flacraster")]
    assert page.isVisible() and page.window() is not page and page.window().isVisible()


def test_says_why_there_is_no_layer(page, registered, nginx):
    page.chooser.set_uri(nginx.url("none.flac"))
    page.addButtonClicked()
    until(lambda: page.said)
    assert "404" in page.said[0] and layers() == [] and add_button(page).isEnabled()
    assert registered.bar.messages == []  # which the data source manager hides


def test_refresh_reads_the_connections_again(page):
    CONNECTIONS.save(Connection("Alps", "/data/a.flac"))
    page.refresh()
    assert page.chooser.combo.itemText(0) == "Alps"
