"""What the tests of sources and of the browser share: empty settings, a window, drops."""

from __future__ import annotations

import pytest
from qgis.core import QgsApplication, QgsSettings
from qgis.PyQt.QtCore import QCoreApplication, QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from qgis.PyQt.QtGui import QDragEnterEvent, QDropEvent
from qgis.PyQt.QtWidgets import QMainWindow

from kits.qgis.remote_layers import until


@pytest.fixture
def no_sources(qgis_app):
    """Begin without connections and history, and wait for what a test left running."""
    QgsSettings().remove("flac_raster/connections")
    QgsSettings().remove("flac_raster/recent_sources")
    yield
    until(lambda: not QgsApplication.taskManager().countActiveTasks(), 20)
    QgsSettings().remove("flac_raster/connections")
    QgsSettings().remove("flac_raster/recent_sources")


class MessageBar:
    def __init__(self):
        self.messages = []

    def pushMessage(self, title, text, more, level, duration):  # noqa: N802
        self.messages.append((text, more))

    def currentItem(self):  # noqa: N802
        return None


class Interface:
    """The part of QGIS's desktop that registers things, with what is registered now."""

    def __init__(self):
        self.window, self.bar = QMainWindow(), MessageBar()
        self.handlers = []

    def mainWindow(self):  # noqa: N802
        return self.window

    def messageBar(self):  # noqa: N802
        return self.bar

    def registerCustomDropHandler(self, handler):  # noqa: N802
        self.handlers.append(handler)

    def unregisterCustomDropHandler(self, handler):  # noqa: N802
        self.handlers.remove(handler)


@pytest.fixture
def interface(qgis_app):
    return Interface()


@pytest.fixture
def registered(interface):
    """The interface, with everything registered."""
    from flac_raster_qgis.gui import browser
    from flac_raster_qgis.gui.layers.layer_adder import LayerAdder

    browser.register(interface, LayerAdder(interface))
    yield interface
    browser.unregister()
    delete_now()


def delete_now() -> None:
    """Have Qt delete what is to be deleted later."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QCoreApplication.processEvents()


def mime(*names: str, text: str = "") -> QMimeData:
    """What a file manager or a web browser drops."""
    data = QMimeData()
    if names:
        data.setUrls([QUrl(n) if "://" in n else QUrl.fromLocalFile(n) for n in names])
    if text:
        data.setText(text)
    return data


def drop(widget, data: QMimeData) -> bool:
    """Drop something on a widget; return whether it said that it takes it."""
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    no_key = Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(5, 5), copy, data, left, no_key)
    QCoreApplication.sendEvent(widget, enter)
    if enter.isAccepted():
        QCoreApplication.sendEvent(widget, QDropEvent(QPointF(5, 5), copy, data, left, no_key))
    return enter.isAccepted()
