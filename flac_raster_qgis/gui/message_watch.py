"""Messages of QGIS above the map that lead FLAC rasters astray, or report a cancelled task."""

from __future__ import annotations

import os
import re
from html import unescape
from typing import TYPE_CHECKING, Callable

from qgis.core import Qgis
from qgis.PyQt.QtCore import QCoreApplication, QObject, QTimer
from qgis.PyQt.QtWidgets import QWidget

from ..core.layer_uri import LayerUri
from ..core.message_log import TAG
from ..core.plain_text import close_message
from ..core.translation import tr
from ..data_provider.detection import is_flac_raster
from ..engine.storage.urls import redact
from .background_task import was_cancelled
from .widgets import push_with_buttons

if TYPE_CHECKING:
    from qgis.gui import QgisInterface, QgsMessageBarItem

#: Where a path or URL begins in a text of any language, and where the name of a FLAC file ends.
_BEGIN = re.compile(r"[a-z][a-z0-9+.-]{0,20}://|[a-z]:[\\/]|[\\/]", re.IGNORECASE)
_END = re.compile(r"\.flac\b", re.IGNORECASE)
#: Titles of QGIS's messages about a raster that GDAL cannot open, and where they are translated.
_TITLES = ("Unsupported Data Source", "Invalid Data Source", "Invalid Layer")
_CONTEXTS = ("QgisApp", "QgsAppLayerHandling", "QObject")


class MessageWatch(QObject):
    """Answers *x.flac is not a supported raster data source* with a button that adds the raster.

    QGIS offers no other way: the page *Raster* of its data source manager passes files to GDAL.

    Parameters
    ----------
    iface : QgisInterface
    add : callable
        Adds a layer, given its URI.
    """

    def __init__(self, iface: QgisInterface, add: Callable[[str], None]):
        super().__init__(iface.mainWindow())
        self._bar, self._add = iface.messageBar(), add
        self._bar.widgetAdded.connect(self._look_soon)

    def _look_soon(self, widget: QWidget) -> None:
        item = self._bar.currentItem()
        if item is not None:  # QGIS is still at work on it
            QTimer.singleShot(0, lambda: self._look(item))

    def _look(self, item: QgsMessageBarItem) -> None:
        if item not in self._bar.items():
            return
        if was_cancelled(item.text()):
            close_message(self._bar, item)
            return
        text = unescape(item.text())
        begin, end = _BEGIN.search(text), _END.search(text)
        if begin is None or end is None or item.title() not in _titles():
            return
        name = text[begin.start() : end.end()]
        uri = LayerUri.parse(name)
        if not uri.is_remote and not is_flac_raster(uri):
            return
        close_message(self._bar, item)
        text = tr("{name} is a FLAC raster: use Layer › Add Layer › Add FLAC Raster Layer…").format(
            name=os.path.basename(redact(name))
        )
        buttons = {tr("Add FLAC Raster Layer"): lambda: self._add(name)}
        push_with_buttons(self._bar, TAG, text, Qgis.MessageLevel.Warning, buttons)

    def remove(self) -> None:
        """Stop watching."""
        self._bar.widgetAdded.disconnect(self._look_soon)
        self.deleteLater()


def _titles() -> set[str]:
    return {QCoreApplication.translate(c, title) for c in _CONTEXTS for title in _TITLES}
