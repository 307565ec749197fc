"""Add layers to the project without blocking the main thread on a server."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from qgis.core import Qgis, QgsProject, QgsRasterLayer
from qgis.PyQt.QtCore import QObject

from ...core.error_text import error_text
from ...core.formatting import format_number
from ...core.layer_uri import ALL_BANDS, PROVIDER_KEY, LayerUri
from ...core.message_log import TAG
from ...core.plain_text import close_message, push_message
from ...core.translation import tr
from ...data_provider.dates import dates_of
from ...data_provider.shared_rasters import open_shared_raster
from ...data_provider.source_styles import open_with_style
from ...engine.errors import InputError
from ...engine.model.times import ALL, Time
from ...engine.storage.urls import redact
from ..connections.open_task import OpenTask
from ..connections.recent_sources import add_recent_source
from ..widgets import push_with_buttons

if TYPE_CHECKING:
    from qgis.gui import QgisInterface, QgsMessageBarItem

#: Seconds for which the message about the dates of a new layer stays.
_SECONDS = 30


class AddLayerTask(OpenTask):
    """Opens a raster in the background and adds it as a layer, by default named after its file.

    One of several dates shows one of them at a time, unless ``as_bands``, or if the URI has a time.
    """

    def __init__(self, uri: LayerUri | str, name: str = "", *, as_bands: bool = False):
        super().__init__(uri)
        self.name = name or self.uri.title
        self._as_bands = as_bands
        #: Those of the raster, if the task has decided to show them.
        self.dates: tuple[Time, ...] = ()
        self.layer_id = ""

    def work(self) -> None:
        """Open the raster, and find its style."""
        self.opened = open_with_style(self.uri, partial(open_shared_raster, self.uri, self.job))
        if not self.uri.time and not self._as_bands:
            self.dates = dates_of(self.opened.metadata)
            if self.dates:
                self.uri = replace(self.uri, time=ALL)

    def finished(self, result: bool) -> None:
        """Add the layer; called by QGIS in the main thread."""
        if result and not self.isCanceled():
            # opens at once, because `opened` is still referenced
            layer = QgsRasterLayer(self.uri.text(), self.name, PROVIDER_KEY)
            if layer.isValid() and QgsProject.instance().addMapLayer(layer) is not None:
                self.layer_id = layer.id()
                add_recent_source(replace(self.uri, time="").text())
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

    def add(self, uri: str, name: str = "", *, as_bands: bool = False) -> None:
        """Start adding a layer; see `AddLayerTask`."""
        task = AddLayerTask(uri, name, as_bands=as_bands or uri.endswith(ALL_BANDS))
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
        elif task.dates and task.layer_id:
            self._offer_bands(task)

    def _offer_bands(self, task: AddLayerTask) -> None:
        """Say that a layer shows dates, and let the user have all bands in its place."""

        def replace_layer() -> None:
            close_message(bar, item)
            if QgsProject.instance().mapLayer(task.layer_id) is not None:
                QgsProject.instance().removeMapLayer(task.layer_id)
            self.add(replace(task.uri, time="").text(), task.name, as_bands=True)

        bar = self._iface.messageBar()
        text = tr("The layer shows one of {count} dates at a time, from {first} to {last}.").format(
            count=format_number(len(task.dates)), first=str(task.dates[0]), last=str(task.dates[-1])
        )
        buttons = {tr("Show All Bands Instead"): replace_layer}
        level = Qgis.MessageLevel.Info
        item = push_with_buttons(bar, task.name, text, level, buttons, seconds=_SECONDS)
