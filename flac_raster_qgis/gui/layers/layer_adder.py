"""Add layers to the project without blocking the main thread on a server."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from qgis.core import Qgis, QgsProject, QgsRasterLayer
from qgis.PyQt.QtCore import QObject

from ...core.error_text import error_text
from ...core.layer_uri import PROVIDER_KEY, LayerUri
from ...core.message_log import TAG
from ...core.plain_text import close_message, push_message
from ...core.translation import tr
from ...data_provider.shared_rasters import open_shared_raster
from ...data_provider.source_styles import open_with_style
from ...engine.errors import InputError
from ...engine.storage.urls import redact
from ..connections.open_task import OpenTask
from ..connections.recent_sources import add_recent_source

if TYPE_CHECKING:
    from qgis.gui import QgisInterface, QgsMessageBarItem


class AddLayerTask(OpenTask):
    """Opens a raster in the background and adds it as a layer, by default named after its file."""

    def __init__(self, uri: LayerUri | str, name: str = ""):
        super().__init__(uri)
        self.name = name or self.uri.title

    def work(self) -> None:
        """Open the raster, and find its style."""
        self.opened = open_with_style(self.uri, partial(open_shared_raster, self.uri, self.job))

    def finished(self, result: bool) -> None:
        """Add the layer; called by QGIS in the main thread."""
        if result and not self.isCanceled():
            # opens at once, because `opened` is still referenced
            layer = QgsRasterLayer(self.uri.text(), self.name, PROVIDER_KEY)
            if layer.isValid() and QgsProject.instance().addMapLayer(layer) is not None:
                add_recent_source(self.uri.text())
            else:
                self.error = InputError("qgis.layer", reason=layer.error().message())
        self.opened = None
        super().finished(result)


class LayerAdder(QObject):
    """Adds layers and reports failures in the message bar."""

    def __init__(self, iface: QgisInterface):
        super().__init__()
        self._iface = iface
        self._error: QgsMessageBarItem | None = None

    def add(self, uri: str, name: str = "") -> None:
        """Start adding a layer; by default it is named after its file."""
        task = AddLayerTask(uri, name)
        task.ended.connect(self._report)
        task.start()

    def _report(self, task: AddLayerTask) -> None:
        """Show an error in place of the last one, which a success closes."""
        bar = self._iface.messageBar()
        close_message(bar, self._error)
        self._error = None
        if task.error is not None:
            text = tr("{name} cannot be opened.").format(name=redact(task.uri.name))
            level = Qgis.MessageLevel.Warning
            push_message(bar, TAG, text, level, more=error_text(task.error))
            self._error = bar.currentItem()
