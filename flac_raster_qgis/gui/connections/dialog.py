"""Dialog that adds or edits a connection."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.gui import QgsGui
from qgis.PyQt.QtWidgets import (
    QDialogButtonBox,
    QLineEdit,
    QMessageBox,
    QVBoxLayout,
    QWidget,
)

from ...core.layer_uri import LayerUri
from ...core.plain_text import literal_text
from ...core.translation import tr
from ..widgets import GrowingDialog, PlainLabel, confirms, fill
from .connection_test import ConnectionTest
from .settings import CONNECTIONS, Connection, UnusableConnection
from .source_edit import SourceEdit


class ConnectionDialog(GrowingDialog):
    """Asks for the name and source of a connection, and saves it.

    It adds a connection if it ``is_new``, else it replaces the saved one of this name.
    """

    def __init__(self, connection: Connection, is_new: bool, parent: QWidget | None = None):
        super().__init__(parent)
        self.setObjectName("FlacRasterConnectionDialog")
        self.setWindowTitle(tr("New FLAC Raster Connection") if is_new else tr("Edit Connection"))
        self._previous_name = "" if is_new else connection.name
        self.name_edit = QLineEdit(connection.name, self)
        label = PlainLabel(tr("&Name"), self, buddy=self.name_edit)
        self.source = SourceEdit(self)
        buttons = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(buttons.Save | buttons.Cancel, self)
        test = ConnectionTest(self.source, self)
        layout = fill(QVBoxLayout(self), label, self.name_edit, self.source, test)
        layout.addStretch()
        layout.addWidget(self.buttons)
        self.setMinimumWidth(420)
        QgsGui.enableAutoGeometryRestore(self)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.name_edit.textChanged.connect(self._check)
        self.source.changed.connect(self._check)
        self.source.set_uri(connection.uri)

    def connection(self) -> Connection:
        """Return the connection as entered; without a name, it is named after its file."""
        uri = self.source.uri()
        return Connection(self.name_edit.text().strip() or LayerUri.parse(uri).title, uri)

    def accept(self) -> None:
        """Save, after asking whether to replace another connection of this name."""
        connection = self.connection()
        taken = connection.name != self._previous_name and CONNECTIONS.get(connection.name)
        if taken and not confirms(
            self,
            tr("Replace Connection"),
            tr("The connection “{name}” already exists. Replace it?").format(name=connection.name),
        ):
            return
        try:
            CONNECTIONS.save(connection, self._previous_name)
        except UnusableConnection as error:
            QMessageBox.warning(self, self.windowTitle(), literal_text(str(error)))
            return
        super().accept()

    def _check(self) -> None:
        uri = self.source.uri()
        self.name_edit.setPlaceholderText(LayerUri.parse(uri).title)
        self.buttons.button(QDialogButtonBox.StandardButton.Save).setEnabled(bool(uri))


def add_connection(parent: QWidget | None, uri: str = "") -> None:
    """Let the user save a source as a connection."""
    ConnectionDialog(Connection(LayerUri.parse(uri).title, uri), True, parent).exec()


def edit_connection(parent: QWidget | None, connection: Connection) -> Connection | None:
    """Let the user edit a connection; return the new one, None if cancelled."""
    dialog = ConnectionDialog(connection, False, parent)
    return dialog.connection() if dialog.exec() else None


def remove_connections(parent: QWidget | None, connections: Sequence[Connection]) -> None:
    """Remove connections after confirmation."""
    if len(connections) == 1:
        question = tr("Remove the connection “{name}”? The raster itself is not deleted.")
    else:
        question = tr("Remove {count} connections? The rasters themselves are not deleted.")
    question = question.format(name=connections[0].name, count=len(connections))
    if confirms(parent, tr("Remove Connection"), question):
        for connection in connections:
            CONNECTIONS.remove(connection.name)
