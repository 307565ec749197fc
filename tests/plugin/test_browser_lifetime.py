"""What is registered for the browser goes again, completely, as often as the plugin is reloaded."""

from __future__ import annotations

import gc

import pytest
from kits.qgis.remote_layers import until
from kits.qgis.sources import delete_now, mime
from qgis.core import QgsApplication, QgsBrowserModel
from qgis.gui import QgsGui
from qgis.PyQt import sip
from qgis.PyQt.QtWidgets import QApplication, QWidget

from flac_raster_qgis.gui import browser
from flac_raster_qgis.gui.connections.settings import CONNECTIONS, Connection
from flac_raster_qgis.gui.layers.layer_adder import LayerAdder

pytestmark = pytest.mark.usefixtures("only_memory", "no_sources")


OURS = ("browser.", "sources.chooser", "sources.open_task", "sources.connection_test")


def alive() -> list[str]:
    """Classes of all that lives of the browser."""
    gc.collect()
    modules = tuple(f"flac_raster_qgis.{name}" for name in OURS)
    found = [one for one in gc.get_objects() if str(type(one).__module__).startswith(modules)]
    return sorted(
        type(one).__name__
        for one in found
        if not (isinstance(one, sip.simplewrapper) and sip.isdeleted(one))
    )


def registered_names() -> tuple[list[str], ...]:
    gui = QgsGui.sourceSelectProviderRegistry()
    registries = (
        QgsApplication.dataItemProviderRegistry(),
        gui,
        QgsGui.dataItemGuiProviderRegistry(),
    )
    return tuple(sorted(p.name() for p in registry.providers()) for registry in registries)


def branches(model) -> list[str]:
    found = [model.index(row, 0).data() for row in range(model.rowCount())]
    return [name for name in found if name == "FLAC Raster"]


def test_ten_times(interface):
    model = QgsBrowserModel()
    model.initialize()
    CONNECTIONS.save(Connection("a", "/data/a.flac"))
    before, window = registered_names(), QWidget()
    adder, lives = LayerAdder(interface), None
    for _ in range(10):
        browser.register(interface, adder)
        browser.register(interface, adder)  # changes nothing
        assert branches(model) == ["FLAC Raster"]
        assert [len(names) for names in registered_names()] == [len(names) + 1 for names in before]
        assert len(interface.handlers) == 1
        root = next(
            model.index(row, 0)
            for row in range(model.rowCount())
            if model.index(row, 0).data() == "FLAC Raster"
        )
        model.fetchMore(root)
        assert model.rowCount(root) == 1
        provider = QgsGui.sourceSelectProviderRegistry().providerByName("flacraster")
        page = provider.createDataSourceWidget(window)
        browser.unregister()
        browser.unregister()
        assert branches(model) == [] and registered_names() == before
        assert interface.handlers == []
        delete_now()
        assert sip.isdeleted(page)
        del page, provider, root
        now = alive()
        assert lives is None or now == lives
        lives = now
    # items are let go of when the next ones are made
    assert set(lives) <= {"ConnectionItem", "RootItem"}
    CONNECTIONS.save(Connection("b", "/data/b.flac"))  # nobody listens, nothing crashes


def test_unloaded_while_a_server_is_waited_for(interface, serve, project):
    server = serve(always=lambda request: iter(lambda: server.gone.wait(20) and b"", b""))
    browser.register(interface, LayerAdder(interface))
    handler = interface.handlers[0]
    handler.handleMimeDataV2(mime(server.url))
    until(lambda: server.requests)
    browser.unregister()
    delete_now()
    until(lambda: not QgsApplication.taskManager().countActiveTasks(), 2)
    QApplication.processEvents()
    assert interface.bar.messages == [] and not project.mapLayers()
