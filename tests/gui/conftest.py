"""What tests of the dock share: a server, and the dock in a window of its own."""

from __future__ import annotations

import gc
import sys

import pytest
from flac_raster_qgis.engine.storage.cache import SHARED
from kits.nginx import NGINX, Nginx
from qgis.core import QgsApplication, QgsCoordinateReferenceSystem, QgsProject, QgsSettings
from qgis.gui import QgsMapCanvas, QgsMapToolPan, QgsMessageBar
from qgis.PyQt.QtCore import QCoreApplication, QEvent
from qgis.PyQt.QtGui import QPalette
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication, QMainWindow, QVBoxLayout, QWidget

from flac_raster_qgis import data_provider as layer
from flac_raster_qgis.core import cache_settings


@pytest.fixture
def server(tmp_path):
    """An nginx of its own, which may be stopped."""
    if NGINX is None:
        pytest.skip("nginx is not installed; `make setup` installs it")
    (tmp_path / "nginx").mkdir()
    server = Nginx(tmp_path / "nginx")
    server.forget()
    yield server
    server.stop()


class Control:
    """Does with a server what a script in the desktop asks for."""

    def __init__(self, server, path):
        self.path = path
        self._orders = {"down": server.stop, "up": server.start, "marked": server.forget}

    def obey(self):
        order = self.path.read_text() if self.path.exists() else ""
        if order in self._orders:
            self._orders[order]()
            self.path.write_text(f"{order} done")


@pytest.fixture
def control(server, tmp_path):
    return Control(server, tmp_path / "control")


class Window:
    """As much of QGIS's interface as the dock asks for, of real parts."""

    def __init__(self):
        self.window = QMainWindow()
        self.window.resize(900, 600)
        central = QWidget(self.window)
        column = QVBoxLayout(central)
        self.bar = QgsMessageBar(central)
        self.canvas = QgsMapCanvas(central)
        column.addWidget(self.bar)
        column.addWidget(self.canvas)
        self.window.setCentralWidget(central)
        self.canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:32632"))
        self.pan = QgsMapToolPan(self.canvas)
        self.canvas.setMapTool(self.pan)
        self.active = None

    def mainWindow(self):  # noqa: N802
        return self.window

    def mapCanvas(self):  # noqa: N802
        return self.canvas

    def messageBar(self):  # noqa: N802
        return self.bar

    def activeLayer(self):  # noqa: N802
        return self.active

    def setActiveLayer(self, layer):  # noqa: N802
        self.active = layer


@pytest.fixture
def clean(qgis_app):
    """No layers, settings or cached tiles of others, before and after."""
    layer.register(sys.executable)
    QgsProject.instance().clear()
    QgsSettings().remove("flac_raster")
    QgsSettings().setValue(cache_settings.ENABLED, False)
    SHARED.clear()
    yield
    QgsProject.instance().clear()
    QgsSettings().remove("flac_raster")
    gc.collect()


@pytest.fixture(params=["default", "Night Mapping", "Blend of Gray"])
def theme(qgis_app, request):
    """Each theme of QGIS."""
    if request.param not in QgsApplication.uiThemes():
        pytest.skip(f"QGIS has no theme {request.param}")
    app = QApplication.instance()
    sheet, palette = app.styleSheet(), QPalette(app.palette())
    QgsApplication.setUITheme(request.param)
    yield request.param
    app.setStyleSheet(sheet)
    app.setPalette(palette)


@pytest.fixture
def iface(clean):
    found = Window()
    found.window.show()
    QTest.qWaitForWindowExposed(found.window)
    yield found
    found.canvas.unsetMapTool(found.pan)
    found.window.close()
    found.window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def dock(iface):
    """The dock's controller, with its form in a window."""
    from flac_raster_qgis.gui.dock.controller import Controller
    from flac_raster_qgis.gui.dock.form import DockForm

    form = DockForm()
    form.resize(340, 800)
    form.show()
    controller = Controller(iface, form)
    yield controller
    controller.close()
    form.close()
    form.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
