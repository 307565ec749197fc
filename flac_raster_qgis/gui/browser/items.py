"""The branch “FLAC Raster” of the browser panel, with the saved connections as its leaves."""

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
    """Makes the branch."""

    def name(self) -> str:
        """Name it in the registry."""
        return PROVIDER_KEY

    def dataProviderKey(self) -> str:
        """Name the data provider of the layers."""
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
        """Make the branch itself, at the root of the tree; QGIS asks for other paths as well."""
        return None if path else transfer_ownership(RootItem(parentItem))


class RootItem(QgsDataCollectionItem):
    """The branch; follows what is saved.

    Parameters
    ----------
    parent : QgsDataItem or None
    """

    def __init__(self, parent: QgsDataItem | None):
        super().__init__(parent, tr("FLAC Raster"), _ROOT_PATH, PROVIDER_KEY)
        # only settings are read, so that no thread is needed
        self.setCapabilitiesV2(Qgis.BrowserItemCapabilities(_Capability.Fast | _Capability.Fertile))
        self.setIcon(resource_icon())
        self.setToolTip(tr("Saved connections to FLAC rasters"))
        CONNECTIONS.changed.connect(self.read_again)

    def sortKey(self) -> str:
        """Stand beside the other formats, in the order of the alphabet."""
        return self.name()

    def createChildren(self) -> list[QgsDataItem]:
        """Make an item for each connection; nothing is opened."""
        return [transfer_ownership(ConnectionItem(self, one)) for one in CONNECTIONS.all()]

    def read_again(self) -> None:
        """Show what is saved by now; another window of QGIS may have changed it."""
        self.refresh()


class ConnectionItem(QgsLayerItem):
    """A saved connection.

    Parameters
    ----------
    parent : RootItem
    connection : Connection
    """

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
        """Leave a remote raster to `drop_handler`: QGIS would open it in the main thread."""
        uris = super().mimeUris()
        if self._is_remote:
            for uri in uris:
                uri.layerType = "custom"
        return uris

    def paramWidget(self) -> QWidget:
        """Show what it is, beside the tree or in a dialog."""
        return ConnectionProperties(self.connection)
