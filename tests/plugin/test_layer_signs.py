"""Signs in the layer tree follow layers and their servers."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from flac_raster_qgis.engine.storage.cache import SHARED
from kits.qgis.layers import flac_layer, random_array, read_block, valid_flac_layer, write_flac
from kits.qgis.remote_layers import until
from kits.remote import part, says
from qgis.core import QgsLayerTreeModel, QgsProject
from qgis.gui import QgsLayerTreeView
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QEvent, QModelIndex
from qgis.PyQt.QtWidgets import QApplication, QMainWindow

from flac_raster_qgis.data_provider.open_raster import CACHE
from flac_raster_qgis.gui.layers import layer_signs
from flac_raster_qgis.gui.layers.layer_signs import LayerSigns

pytestmark = pytest.mark.usefixtures("only_memory", "provider_registered")
ARRAY = random_array("uint16", height=600, width=700)


class Server:
    """What it serves may change."""

    def __init__(self, serve, folder):
        data = write_flac(folder / "x.flac", ARRAY).read_bytes()
        self._good = part(data)
        self.up()
        self.url = serve(always=self).url

    def __call__(self, request):
        yield from self._answer(request)

    def up(self):
        self._answer = self._good

    def down(self):
        self._answer = says(404)
        CACHE.clear()
        SHARED.clear()


@pytest.fixture
def server(serve, tmp_path):
    return Server(serve, tmp_path)


@pytest.fixture
def project():
    QgsProject.instance().clear()
    yield QgsProject.instance()
    QgsProject.instance().clear()


@pytest.fixture
def view(project):
    window, view = QMainWindow(), QgsLayerTreeView()
    view.setModel(QgsLayerTreeModel(project.layerTreeRoot()))
    view.interface = SimpleNamespace(mainWindow=lambda: window, layerTreeView=lambda: view)
    yield view
    project.clear()
    window.deleteLater()


@pytest.fixture
def signs(view, project):
    signs = LayerSigns(view.interface)
    yield lambda layer: [
        sign.toolTip() for sign in view.indicators(project.layerTreeRoot().findLayer(layer))
    ]
    signs.remove()


def test_only_layers_of_servers_have_a_sign(signs, server, project, tmp_path):
    remote, local = valid_flac_layer(server.url), valid_flac_layer(tmp_path / "x.flac")
    project.addMapLayers([remote, local])
    until(lambda: signs(remote))
    (tip,) = signs(remote)
    assert tip.startswith("Read from http://127.0.0.1:") and signs(local) == []
    root = project.layerTreeRoot()
    node = root.findLayer(remote)
    root.addGroup("group").addChildNode(node.clone())
    root.removeChildNode(node)
    until(lambda: signs(remote) == [tip])


def test_the_sign_of_an_outage_ends_by_itself(monkeypatch, view, server, project):
    monkeypatch.setattr(layer_signs, "_FIRST_INTERVAL", 50)
    signs = LayerSigns(view.interface)
    layer = valid_flac_layer(server.url)
    project.addMapLayer(layer)

    def tips():
        node = project.layerTreeRoot().findLayer(layer)
        return " ".join(sign.toolTip() for sign in view.indicators(node))

    until(lambda: tips().startswith("Read from"))
    server.down()
    read_block(layer.dataProvider())
    until(lambda: "404" in tips())
    server.up()
    until(lambda: tips().startswith("Read from"), 20)
    signs.remove()
    assert tips() == ""


def test_a_click_asks_the_server_at_once(signs, view, server, project):
    layer = valid_flac_layer(server.url)
    project.addMapLayer(layer)
    server.down()
    read_block(layer.dataProvider())
    until(lambda: "404" in str(signs(layer)))
    server.up()
    (sign,) = view.indicators(project.layerTreeRoot().findLayer(layer))
    sign.clicked.emit(QModelIndex())
    until(lambda: "404" not in str(signs(layer)))


def test_an_answer_that_comes_after_the_signs_are_removed(monkeypatch, view, server, project):
    answers = []
    monkeypatch.setattr(layer_signs, "open_again", lambda uri, on_end: answers.append(on_end))
    signs = LayerSigns(view.interface)
    layer = valid_flac_layer(server.url)
    project.addMapLayer(layer)
    server.down()
    read_block(layer.dataProvider())
    node = project.layerTreeRoot().findLayer(layer)
    until(lambda: any("404" in sign.toolTip() for sign in view.indicators(node)))
    view.indicators(node)[0].clicked.emit(QModelIndex())
    signs.remove()
    layer.dataSourceChanged.emit()
    QApplication.processEvents()
    assert view.indicators(node) == []
    QApplication.sendPostedEvents(signs, QEvent.Type.DeferredDelete)
    assert sip.isdeleted(signs)
    (answer,) = answers
    answer(None)


def test_a_layer_whose_server_was_away_from_the_start_appears(monkeypatch, view, server, project):
    monkeypatch.setattr(layer_signs, "_FIRST_INTERVAL", 50)
    server.down()
    layer = flac_layer(server.url)
    project.addMapLayer(layer)
    signs = LayerSigns(view.interface)
    assert not layer.isValid()
    server.up()
    until(layer.isValid, 20)
    signs.remove()
