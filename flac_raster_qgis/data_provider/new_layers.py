"""Notice that QGIS has made a layer, or has added one to a project.

`QgsProject.instance()` tells which layers are added to it. The project of qgis_process cannot be
connected in advance. But QGIS makes a layer a child of the store of its project, and Qt sends an
event of that. In the desktop events are not watched: sip crashes when it wraps some of the
desktop's objects.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Callable

from qgis.core import QgsApplication, QgsMapLayer, QgsRasterLayer
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QEvent, QObject, Qt

from ..core.main_thread import call_later, is_desktop, is_main_thread

OnAdded = Callable[[Iterable[QgsMapLayer]], None]


def when_made(layer: QObject, call: Callable[[QgsRasterLayer], None]) -> None:
    """Call a function with a layer as soon as QGIS has made it, in any thread.

    Parameters
    ----------
    layer : QgsRasterLayer
        Which is being made, or gets another source: its provider is new.
    call : callable
    """
    # a reference to its Python wrapper would be in the way of the one that the caller is making
    pointer = sip.unwrapinstance(layer)

    def made() -> None:
        QObject.disconnect(connection)
        call(sip.wrapinstance(pointer, QgsRasterLayer))

    # a layer emits this at the end of its construction, but not when it is read from a project
    connection = layer.dataSourceChanged.connect(made, Qt.ConnectionType.DirectConnection)


class Watcher(QObject):
    """Calls a function with layers that are added to any store.

    Parameters
    ----------
    on_added : callable
    """

    def __init__(self, on_added: OnAdded):
        super().__init__()
        self._on_added = on_added
        self._is_installed = False
        #: Pointers of stores that layers are being added to.
        self._connected: set[int] = set()

    def watch(self) -> None:
        """Watch until QGIS next waits for events; only in the main thread, where projects are read.

        Qt shows events there only.
        """
        if not is_desktop() and is_main_thread() and not self._is_installed:
            self._is_installed = True
            QgsApplication.instance().installEventFilter(self)
            call_later(self._remove)

    def _remove(self) -> None:
        self._is_installed = False
        self._connected.clear()  # a store that is deleted early may have added none
        QgsApplication.instance().removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See an event; called by Qt."""
        if event.type() == QEvent.Type.ChildAdded and watched.inherits("QgsMapLayerStore"):
            self._connect(watched)
        return False

    def _connect(self, store: QObject) -> None:
        """Wait for the layers that are being added, of which there is an event each."""
        pointer = sip.unwrapinstance(store)
        if pointer in self._connected:
            return
        self._connected.add(pointer)

        def added(layers: list[QgsMapLayer]) -> None:
            QObject.disconnect(connection)
            self._connected.discard(pointer)
            self._on_added(layers)

        connection = store.layersAdded.connect(added, Qt.ConnectionType.DirectConnection)
