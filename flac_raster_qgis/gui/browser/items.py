"""The item “FLAC Raster” of the Browser, with the saved connections as children."""

from __future__ import annotations

from urllib.parse import quote

from qgis.core import (
    Qgis,
    QgsDataCollectionItem,
    QgsDataItem,
    QgsDataItemProvider,
    QgsDataProvider,
    QgsLayerItem,
    QgsMimeDataUtils,
)
from qgis.PyQt.QtWidgets import QWidget

from ...core.layer_uri import LayerUri
from ...core.ownership import transfer_ownership
from ...core.plain_text import literal_text
from ...core.resources import resource_icon
from ...core.translation import tr
from ...data_provider.provider import PROVIDER_KEY
from ...engine.storage.urls import redact
from ..connections.settings import CONNECTIONS, Connection
from .properties import ConnectionProperties

_ROOT_PATH = "flacraster:"
_Capability = Qgis.BrowserItemCapability


class ConnectionTreeProvider(QgsDataItemProvider):
    """Creates the root item."""

    def name(self) -> str:
        """Return the name in the registry."""
        return PROVIDER_KEY

    def dataProviderKey(self) -> str:
        """Return the key of the data provider."""
        return PROVIDER_KEY

    def capabilities(self):  # noqa: D102 (as the base class)
        if hasattr(Qgis, "DataItemProviderCapability"):
            return Qgis.DataItemProviderCapabilities(Qgis.DataItemProviderCapability.NetworkSources)
        return int(QgsDataProvider.DataCapability.Net)

    def createDataItem(
        self,
        path: str,
        parentItem: QgsDataItem | None,
    ) -> QgsDataItem | None:
        """Create the root item; QGIS asks for the items of other paths as well."""
        return None if path else transfer_ownership(RootItem(parentItem))


class RootItem(QgsDataCollectionItem):
    """The root item; follows changes of the connections."""

    def __init__(self, parent: QgsDataItem | None):
        super().__init__(parent, tr("FLAC Raster"), _ROOT_PATH, PROVIDER_KEY)
        # fast, because only settings are read: QGIS needs no thread
        self.setCapabilitiesV2(Qgis.BrowserItemCapabilities(_Capability.Fast | _Capability.Fertile))
        self.setIcon(resource_icon())
        self.setToolTip(tr("Saved connections to FLAC rasters"))
        CONNECTIONS.changed.connect(self.read_again)

    def sortKey(self) -> str:
        """Sort alphabetically among the other data sources."""
        return self.name()

    def createChildren(self) -> list[QgsDataItem]:
        """Create an item for each connection, without opening any."""
        return [transfer_ownership(ConnectionItem(self, c)) for c in CONNECTIONS.all()]

    def read_again(self) -> None:
        """Read the connections again; another window of QGIS may have changed them."""
        self.refresh()


class ConnectionItem(QgsLayerItem):
    """A saved connection."""

    def __init__(self, parent: RootItem, connection: Connection):
        path = f"{_ROOT_PATH}/{quote(connection.name, safe='')}"
        kind = Qgis.BrowserLayerType.Raster
        super().__init__(parent, connection.name, path, connection.uri, kind, PROVIDER_KEY)
        self.connection = connection
        uri = LayerUri.parse(connection.uri)
        self._is_remote = uri.is_remote
        self.setCapabilitiesV2(Qgis.BrowserItemCapabilities(_Capability.Rename))
        self.setToolTip(literal_text(redact(uri.name)))
        self.setState(Qgis.BrowserItemState.Populated)

    def mimeUris(self) -> list[QgsMimeDataUtils.Uri]:
        """Pass remote rasters to `drop_handler`; QGIS would open them in the main thread."""
        uris = super().mimeUris()
        if self._is_remote:
            for uri in uris:
                uri.layerType = "custom"
        return uris

    def paramWidget(self) -> QWidget:
        """Return the widget that describes the raster."""
        return ConnectionProperties(self.connection)
