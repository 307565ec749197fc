"""Widget that edits a source: a line with known sources, a file dialog, authentication."""

from __future__ import annotations

import os
from dataclasses import replace

from qgis.core import QgsSettings
from qgis.gui import QgsAuthConfigSelect, QgsCollapsibleGroupBox
from qgis.PyQt.QtCore import QSignalBlocker, Qt, pyqtSignal
from qgis.PyQt.QtGui import QDragEnterEvent, QDropEvent, QIcon
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QFileDialog,
    QGridLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ...core.hints import fade_hint
from ...core.layer_uri import LayerUri
from ...core.resources import resource_icon
from ...core.translation import tr
from ...engine.storage.urls import redact
from ..widgets import PlainLabel, fill, icon_button, widen_list
from .mime_data import dropped_sources
from .recent_sources import recent_sources
from .settings import CONNECTIONS

LAST_FOLDER = "flac_raster/last_folder"


class SourceCombo(QComboBox):
    """A line for a URL or path, with a list of saved connections and recent sources.

    The list shows names of connections; choosing one shows its source in the line.
    """

    #: The user edited the line.
    edited = pyqtSignal()
    #: The user chose a source from the list: its layer URI.
    chosen = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self.setEditable(True)
        fade_hint(self.lineEdit())
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setCompleter(None)  # would complete a path to the name of a connection
        self.setMinimumContentsLength(12)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.lineEdit().setPlaceholderText(tr("https://… or a .flac file"))
        self.lineEdit().setClearButtonEnabled(True)
        self.lineEdit().setAcceptDrops(False)  # would insert a dropped text into the line
        self.lineEdit().textEdited.connect(lambda text: self.edited.emit())
        self.activated.connect(self._activated)
        self.fill()

    def showPopup(self) -> None:
        """Show the current list; another window may have changed it."""
        self.fill()
        widen_list(self)
        super().showPopup()

    def fill(self) -> None:
        """Read connections and recent sources into the list; the line does not change."""
        text, cursor = self.currentText(), self.lineEdit().cursorPosition()
        self.clear()
        for connection in CONNECTIONS.all():
            icon = resource_icon()
            self._add(connection.name, connection.uri, icon)
        connections = self.count()
        for uri in recent_sources():
            self._add(redact(LayerUri.parse(uri).name), uri, QIcon())
        if 0 < connections < self.count():
            self.insertSeparator(connections)
        self.setCurrentIndex(-1)
        self.lineEdit().setText(text)
        self.lineEdit().setCursorPosition(cursor)  # keeps the part of a long URL that is shown

    def _add(self, text: str, uri: str, icon: QIcon) -> None:
        self.addItem(icon, text, uri)
        self.setItemData(
            self.count() - 1, redact(LayerUri.parse(uri).name), Qt.ItemDataRole.ToolTipRole
        )

    def _activated(self, index: int) -> None:
        uri = self.itemData(index)
        if uri:
            self.chosen.emit(uri)


class SourceEdit(QWidget):
    """Edits a source: URL or file, and an authentication."""

    #: The source has changed.
    changed = pyqtSignal()
    #: The user pressed Return in the line.
    accepted = pyqtSignal()

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self.combo = SourceCombo(self)
        self.combo.setAccessibleName(tr("URL or file of a FLAC raster"))
        self.combo.setToolTip(
            tr(
                "URL or file of a FLAC raster. The list offers saved connections and recent "
                "sources. Files and links can be dropped here. A connection can also be a folder "
                "of a web server that lists its files (https://…/), or a text file with one URL "
                "per line (.txt)."
            )
        )
        self.browse_button = icon_button(self, QIcon(), tr("Choose a file"))
        self.browse_button.setText("…")
        self.authentication = QgsCollapsibleGroupBox(tr("Authentication"), self)
        self.authentication.setSaveCollapsedState(False)
        self.authentication.setCollapsed(True)
        self.authentication.setFlat(True)
        self.auth_select = QgsAuthConfigSelect(self.authentication)
        #: Kept here, because the widget drops an id that this profile does not know.
        self._authcfg = ""
        self._lay_out()
        self.setFocusProxy(self.combo)
        self.setAcceptDrops(True)
        self.combo.edited.connect(self.changed)
        self.combo.chosen.connect(self.set_uri)
        self.combo.lineEdit().returnPressed.connect(self.accepted)
        self.browse_button.clicked.connect(self._browse)
        self.auth_select.selectedConfigIdChanged.connect(self._authentication_changed)

    def _lay_out(self) -> None:
        label = PlainLabel(tr("&URL or file"), self)
        label.setBuddy(self.combo)
        #: Subclasses add buttons to this row.
        self.row = QGridLayout()
        self.row.setSpacing(4)
        self.row.addWidget(label, 0, 0, 1, -1)
        self.row.addWidget(self.combo, 1, 0)
        self.row.addWidget(self.browse_button, 1, 1)
        self.row.setColumnStretch(0, 1)
        fill(QVBoxLayout(self.authentication), self.auth_select, margin=0)
        fill(QVBoxLayout(self), self.row, self.authentication, margin=0)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setTabOrder(self.combo, self.browse_button)
        self.setTabOrder(self.browse_button, self.authentication)

    def uri(self) -> str:
        """Return the layer URI of the source; empty if none is entered."""
        text = self.combo.currentText().strip()
        if len(text) > 1 and text[0] == text[-1] == '"':
            text = text[1:-1]  # file managers copy paths with quotes
        if not text:
            return ""
        uri = LayerUri.parse(text)
        return replace(uri, authcfg=self._authcfg).text() if self._authcfg else uri.text()

    def set_uri(self, uri: str) -> None:
        """Show a layer URI; the authentication is expanded if there is one."""
        parsed = LayerUri.parse(uri)
        self._authcfg = parsed.authcfg
        with QSignalBlocker(self.auth_select):
            self.auth_select.setConfigId(parsed.authcfg)
        self.authentication.setCollapsed(not parsed.authcfg)
        self.combo.lineEdit().setText(replace(parsed, authcfg="").text())
        self.combo.lineEdit().setCursorPosition(0)  # the host matters more than the end of the URL
        self.changed.emit()

    def _authentication_changed(self, authcfg: str) -> None:
        self._authcfg = authcfg
        self.changed.emit()

    def _browse(self) -> None:
        path = LayerUri.parse(self.uri()).name
        last_folder = QgsSettings().value(LAST_FOLDER, "")
        folder = os.path.dirname(path) if os.path.isfile(path) else last_folder
        path, _ = QFileDialog.getOpenFileName(
            self,
            tr("Open FLAC Raster"),
            folder,
            tr("FLAC rasters") + " (*.flac *.FLAC);;" + tr("All files") + " (*)",
        )
        if path:
            QgsSettings().setValue(LAST_FOLDER, os.path.dirname(path))
            self.set_uri(path)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept files and links."""
        if dropped_sources(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Show the dropped source."""
        self.set_uri(dropped_sources(event.mimeData())[0])
        event.acceptProposedAction()
