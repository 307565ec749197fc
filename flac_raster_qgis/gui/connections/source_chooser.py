"""Widget that chooses a source, with a menu to save it as a connection."""

from __future__ import annotations

from qgis.core import QgsApplication
from qgis.PyQt.QtWidgets import QMenu, QToolButton, QWidget

from ...core.layer_uri import LayerUri
from ...core.translation import tr
from ..widgets import icon_button
from .collection_dialog import choose_raster
from .dialog import add_connection, edit_connection, remove_connections
from .settings import CONNECTIONS
from .source_edit import SourceEdit


class SourceChooser(SourceEdit):
    """Chooses a URL, file, saved connection or recent source, and an authentication."""

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self.connections_button = icon_button(
            self, QgsApplication.getThemeIcon("mIconConnect.svg"), tr("Saved connections")
        )
        self.connections_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self.connections_button)
        self.save_action = menu.addAction(tr("&Save as Connection…"), self._save)
        self.edit_action = menu.addAction(tr("&Edit Connection…"), self._edit)
        self.remove_action = menu.addAction(tr("&Remove Connection…"), self._remove)
        menu.aboutToShow.connect(self._update_menu)
        self.connections_button.setMenu(menu)
        self.row.addWidget(self.connections_button, 1, 2)
        self.setTabOrder(self.browse_button, self.connections_button)
        self.setTabOrder(self.connections_button, self.authentication)

    @property
    def is_collection(self) -> bool:
        """Whether the source is a folder of a server or a list, not a raster."""
        return LayerUri.parse(self.uri()).is_collection

    def choose_raster(self) -> bool:
        """Let the user choose a raster of a collection; return whether there is one now."""
        uri = choose_raster(self.uri(), self.window())
        if uri:
            self.set_uri(uri)
        return bool(uri)

    def _update_menu(self) -> None:
        uri = self.uri()
        is_saved = CONNECTIONS.with_uri(uri) is not None
        self.save_action.setEnabled(bool(uri) and not is_saved)
        self.edit_action.setEnabled(is_saved)
        self.remove_action.setEnabled(is_saved)

    def _save(self) -> None:
        add_connection(self, self.uri())

    def _edit(self) -> None:
        connection = CONNECTIONS.with_uri(self.uri())
        if connection is not None:
            edited = edit_connection(self, connection)
            if edited is not None:
                self.set_uri(edited.uri)

    def _remove(self) -> None:
        connection = CONNECTIONS.with_uri(self.uri())
        if connection is not None:
            remove_connections(self, [connection])
