"""Adding layers to the project without waiting for a server in the main thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.core import Qgis, QgsProject, QgsRasterLayer
from qgis.PyQt.QtCore import QObject

from ...core.layer_uri import LayerUri
from ...core.message_log import TAG
from ...core.plain_text import push_message
from ...core.translation import tr
from ...data_provider.open_raster import OpenRaster
from ...data_provider.provider import PROVIDER_KEY
from ...engine.storage.urls import redact
from ..connections.open_task import OpenTask
from ..connections.recent_sources import add_recent_source

if TYPE_CHECKING:
    from qgis.gui import QgisInterface


class AddTask(OpenTask):
    """Opens a raster in the background and adds it to the project.

    Parameters
    ----------
    uri : str
        Layer URI.
    name : str
        Of the layer; by default that of its file.
    """

    def __init__(self, uri: str, name: str = ""):
        super().__init__(uri)
        self.name = name or LayerUri.parse(uri).title
        self.opened.connect(self._add)

    def _add(self, opened: OpenRaster) -> None:
        # opens at once, because `opened` is held until this is done
        layer = QgsRasterLayer(self.uri, self.name, PROVIDER_KEY)
        if layer.isValid() and QgsProject.instance().addMapLayer(layer) is not None:
            add_recent_source(self.uri)
        else:
            self.failed.emit(layer.error().message())


class LayerAdder(QObject):
    """Adds layers, and says in the message bar why one could not be added.

    Parameters
    ----------
    iface : QgisInterface
    """

    def __init__(self, iface: QgisInterface):
        super().__init__()
        self._iface = iface

    def add(self, uri: str, name: str = "") -> None:
        """Begin to add a layer; by default it is named after its file."""
        task = AddTask(uri, name)
        task.failed.connect(self._show)
        task.start()

    def _show(self, error: str) -> None:
        uri = LayerUri.parse(self.sender().uri)
        text = tr("{name} cannot be opened.").format(name=redact(uri.name))
        level = Qgis.MessageLevel.Warning
        push_message(self._iface.messageBar(), TAG, text, level, more=error)
