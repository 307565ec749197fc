"""Dialog that chooses a raster of a folder of a server, or of a list."""

from __future__ import annotations

from qgis.core import QgsApplication
from qgis.gui import QgsGui
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ...core.error_text import error_text
from ...core.layer_uri import LayerUri
from ...core.resources import resource_icon
from ...core.translation import tr
from ...engine.storage.urls import redact
from ..widgets import PlainLabel, fill
from .collection import CollectionTask

_URI = Qt.ItemDataRole.UserRole


class CollectionDialog(QDialog):
    """Lists a collection, which is read in the background; folders open in the same list."""

    def __init__(self, uri: str, parent: QWidget | None = None):
        super().__init__(parent)
        self.setObjectName("FlacRasterCollectionDialog")
        self.setWindowTitle(tr("Choose a Raster"))
        self._parents: list[str] = []
        self._shown = ""
        self._task: CollectionTask | None = None
        self.place = PlainLabel(parent=self, is_paragraph=True)
        self.list = QListWidget(self)
        self.list.setAccessibleName(tr("Rasters and folders"))
        self.message = PlainLabel(parent=self, is_paragraph=True)
        buttons = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(buttons.Ok | buttons.Cancel, self)
        fill(QVBoxLayout(self), self.place, self.list, self.message, self.buttons)
        self.resize(420, 420)
        QgsGui.enableAutoGeometryRestore(self)
        self.buttons.accepted.connect(self._take)
        self.buttons.rejected.connect(self.reject)
        self.list.itemActivated.connect(self._take)
        self.list.currentItemChanged.connect(self._update_button)
        self.finished.connect(self._stop)
        self._read(uri)

    def uri(self) -> str:
        """Return the layer URI of the current item; empty if there is none."""
        item = self.list.currentItem()
        return "" if item is None else item.data(_URI)

    def _update_button(self) -> None:
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(bool(self.uri()))

    def _take(self) -> None:
        uri = self.uri()
        if not uri:
            return
        if not LayerUri.parse(uri).is_collection:
            self.accept()
        elif self._parents and uri == self._parents[-1]:
            self._parents.pop()
            self._read(uri)
        else:
            self._parents.append(self._shown)
            self._read(uri)

    def _stop(self) -> None:
        if self._task is not None:
            self._task.detach()
            self._task = None

    def _read(self, uri: str) -> None:
        self._stop()
        self._shown, parsed = uri, LayerUri.parse(uri)
        self.place.setText(redact(parsed.name))
        self.message.setText(tr("Opening…"))
        self.list.clear()
        if self._parents:
            self._add("..", self._parents[-1])
        self._update_button()
        self._task = CollectionTask(parsed)
        self._task.ended.connect(self._show)
        self._task.start()

    def _show(self, task: CollectionTask) -> None:
        self._task = None
        for name, uri in task.found.uris if task.found else ():
            self._add(name, uri)
        is_empty = task.found is not None and not task.found.uris
        text = tr("No FLAC rasters here") if is_empty else error_text(task.error or "")
        self.message.setText(text)
        self.message.setVisible(bool(text))
        self.list.setFocus()

    def _add(self, name: str, uri: str) -> None:
        is_folder = LayerUri.parse(uri).is_collection
        icon = QgsApplication.getThemeIcon("/mIconFolder.svg") if is_folder else resource_icon()
        item = QListWidgetItem(icon, name, self.list)
        item.setData(_URI, uri)


def choose_raster(uri: str, parent: QWidget | None) -> str:
    """Let the user choose a raster of a collection; return its layer URI, empty if cancelled."""
    dialog = CollectionDialog(uri, parent)
    return dialog.uri() if dialog.exec() else ""
