"""A folder of a server in the dock, which offers its rasters and opens the chosen one."""

from __future__ import annotations

from kits.landscape import mountains, write_flac
from kits.qgis.dock import until
from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtWidgets import QApplication

from flac_raster_qgis.gui.connections.collection_dialog import CollectionDialog


def shown():
    """The dialog that is open."""
    found = [w for w in QApplication.topLevelWidgets() if isinstance(w, CollectionDialog)]
    return next((dialog for dialog in found if dialog.isVisible()), None)


def when_listed(act):
    """Act on the dialog as soon as it has listed a folder; it runs an event loop of its own."""

    def look():
        dialog = shown()
        if dialog is None or not dialog.list.count():
            QTimer.singleShot(50, look)
        else:
            act(dialog)

    QTimer.singleShot(50, look)


def test_chosen_raster_is_opened(dock, iface, server):
    write_flac(server.folder / "alps.flac", mountains(60, 80), tile_size=64)
    when_listed(lambda dialog: dialog.reject())
    dock.form.source.set_uri(server.url("listed/"))
    assert dock.state.raster is None and not iface.bar.items()
    when_listed(lambda dialog: (dialog.list.setCurrentRow(0), dialog.buttons.accepted.emit()))
    dock.form.source.set_uri(server.url("listed/"))
    until(lambda: dock.state.raster is not None)
    assert dock.form.source.uri() == server.url("listed/alps.flac")
