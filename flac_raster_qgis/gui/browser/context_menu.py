"""Context menu of connections in the Browser."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from qgis.core import Qgis, QgsDataItem
from qgis.gui import QgsDataItemGuiContext, QgsDataItemGuiProvider
from qgis.PyQt.QtWidgets import QMenu

from ...core.message_log import TAG
from ...core.plain_text import push_message
from ...core.translation import tr
from ..connections.dialog import add_connection, edit_connection, remove_connections
from ..connections.settings import CONNECTIONS, UnusableConnection
from .items import CollectionConnectionItem, CollectionItem, ConnectionItem, RootItem

_CONNECTIONS = (ConnectionItem, CollectionConnectionItem)


class ConnectionMenus(QgsDataItemGuiProvider):
    """Adds actions to those that QGIS offers for every layer item."""

    def name(self) -> str:
        """Return the name in the registry."""
        return "FlacRasterConnections"

    def populateContextMenu(
        self,
        item: QgsDataItem,
        menu: QMenu,
        selectedItems: Sequence[QgsDataItem],
        context: QgsDataItemGuiContext,
    ) -> None:
        """Add the actions of the root item or of connections."""
        if isinstance(item, RootItem):
            menu.addAction(tr("New Connection…"), partial(add_connection, menu.parent()))
            menu.addAction(tr("Refresh"), item.read_again)
        elif isinstance(item, CollectionItem):
            menu.addAction(tr("Refresh"), item.refresh)
        if isinstance(item, _CONNECTIONS):
            selected = [item.connection for item in selectedItems if isinstance(item, _CONNECTIONS)]
            if len(selected) == 1:
                menu.addAction(
                    tr("Edit Connection…"), partial(edit_connection, menu.parent(), selected[0])
                )
            menu.addAction(
                tr("Remove Connection…") if len(selected) == 1 else tr("Remove Connections…"),
                partial(remove_connections, menu.parent(), selected),
            )

    def rename(self, item: QgsDataItem, name: str, context: QgsDataItemGuiContext) -> bool:
        """Rename a connection, on the key F2."""
        if not isinstance(item, _CONNECTIONS):
            return False
        try:
            return bool(CONNECTIONS.rename(item.connection.name, name))
        except UnusableConnection as error:
            if context.messageBar() is not None:
                push_message(context.messageBar(), TAG, str(error), Qgis.MessageLevel.Warning)
            return False
