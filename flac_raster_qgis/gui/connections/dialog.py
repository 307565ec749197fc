"""The dialog for a new connection, or one to edit."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.gui import QgsGui
from qgis.PyQt.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QMessageBox,
    QVBoxLayout,
    QWidget,
)

from ...core.layer_uri import LayerUri
from ...core.plain_text import literal_text
from ...core.translation import tr
from ..widgets import PlainLabel
from .connection_test import ConnectionTest
from .settings import CONNECTIONS, Connection, UnusableConnection
from .source_edit import SourceEdit


class ConnectionDialog(QDialog):
    """Asks for name and source of a connection, and saves it.

    Parameters
    ----------
    connection : Connection
        What to begin with.
    is_new : bool
        Whether it is to be added, rather than to replace the saved one of its name.
    parent : QWidget, optional
    """

    def __init__(self, connection: Connection, is_new: bool, parent: QWidget | None = None):
        super().__init__(parent)
        self.setObjectName("FlacRasterConnectionDialog")
        self.setWindowTitle(tr("New FLAC Raster Connection") if is_new else tr("Edit Connection"))
        self._former_name = "" if is_new else connection.name
        self.name_edit = QLineEdit(connection.name, self)
        label = PlainLabel(tr("&Name"), self)
        label.setBuddy(self.name_edit)
        self.source = SourceEdit(self)
        buttons = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(buttons.Save | buttons.Cancel, self)
        layout = QVBoxLayout(self)
        for widget in (label, self.name_edit, self.source, ConnectionTest(self.source, self)):
            layout.addWidget(widget)
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
        """Return what is entered; without a name, that of the file."""
        uri = self.source.uri()
        return Connection(self.name_edit.text().strip() or LayerUri.parse(uri).title, uri)

    def accept(self) -> None:
        """Save, unless the user would rather keep another connection of that name."""
        connection = self.connection()
        taken = connection.name != self._former_name and CONNECTIONS.get(connection.name)
        if taken and not _asked(
            self,
            tr("Replace Connection"),
            tr("There is a connection “{name}” already. Replace it?").format(name=connection.name),
        ):
            return
        try:
            CONNECTIONS.save(connection, self._former_name)
        except UnusableConnection as error:
            QMessageBox.warning(self, self.windowTitle(), literal_text(str(error)))
            return
        super().accept()

    def _check(self) -> None:
        uri = self.source.uri()
        self.name_edit.setPlaceholderText(LayerUri.parse(uri).title)
        self.buttons.button(QDialogButtonBox.StandardButton.Save).setEnabled(bool(uri))


def add_connection(parent: QWidget | None, uri: str = "") -> None:
    """Let the user save a source under a name."""
    ConnectionDialog(Connection(LayerUri.parse(uri).title, uri), True, parent).exec()


def edit_connection(parent: QWidget | None, connection: Connection) -> Connection | None:
    """Let the user change a connection; return what it is then, None if it stays as it is."""
    dialog = ConnectionDialog(connection, False, parent)
    return dialog.connection() if dialog.exec() else None


def remove_connections(parent: QWidget | None, connections: Sequence[Connection]) -> None:
    """Remove connections, if the user says yes."""
    if len(connections) == 1:
        question = tr("Remove the connection “{name}”? The raster itself stays where it is.")
    else:
        question = tr("Remove {count} connections? The rasters themselves stay where they are.")
    question = question.format(name=connections[0].name, count=len(connections))
    if _asked(parent, tr("Remove Connection"), question):
        for connection in connections:
            CONNECTIONS.remove(connection.name)


def _asked(parent: QWidget | None, title: str, question: str) -> bool:
    return (
        QMessageBox.question(parent, title, literal_text(question))
        == QMessageBox.StandardButton.Yes
    )
