"""The item “FLAC Raster” of the Browser, with the saved connections as children."""

from __future__ import annotations

import traceback
from urllib.parse import quote

from qgis.core import (
    Qgis,
    QgsApplication,
    QgsDataCollectionItem,
    QgsDataItem,
    QgsDataItemProvider,
    QgsDataProvider,
    QgsErrorItem,
    QgsLayerItem,
    QgsMimeDataUtils,
)
from qgis.PyQt.QtWidgets import QWidget

from ...core.error_text import error_text
from ...core.formatting import format_number
from ...core.layer_uri import PROVIDER_KEY, LayerUri
from ...core.ownership import transfer_ownership
from ...core.plain_text import literal_text
from ...core.resources import resource_icon
from ...core.translation import tr
from ...engine.errors import FlacRasterError
from ...engine.storage.urls import redact
from ..connections.collection import read_collection
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
        return [transfer_ownership(_connection_item(self, c)) for c in CONNECTIONS.all()]

    def read_again(self) -> None:
        """Read the connections again; another window of QGIS may have changed them."""
        self.refresh()


class RasterItem(QgsLayerItem):
    """A raster by its layer URI."""

    def __init__(self, parent: QgsDataItem, name: str, uri: str):
        path = f"{parent.path()}/{quote(name, safe='')}"
        super().__init__(parent, name, path, uri, Qgis.BrowserLayerType.Raster, PROVIDER_KEY)
        parsed = LayerUri.parse(uri)
        self._is_remote = parsed.is_remote
        #: Name of a layer; that of a connection is its own.
        self.layer_name = parsed.title
        self.setToolTip(literal_text(redact(parsed.name)))
        self.setState(Qgis.BrowserItemState.Populated)

    def mimeUris(self) -> list[QgsMimeDataUtils.Uri]:
        """Pass remote rasters to `drop_handler`; QGIS would open them in the main thread."""
        uris = super().mimeUris()
        for uri in uris:
            uri.name = self.layer_name
            if self._is_remote:
                uri.layerType = "custom"
        return uris

    def paramWidget(self) -> QWidget:
        """Return the widget that describes the raster."""
        return ConnectionProperties(Connection(self.name(), self.uri()))


class CollectionItem(QgsDataCollectionItem):
    """A folder of a server, or a list of rasters; read when it is expanded."""

    def __init__(self, parent: QgsDataItem, name: str, uri: str):
        path = f"{parent.path()}/{quote(name, safe='')}"
        super().__init__(parent, name, path, PROVIDER_KEY)
        self.source = LayerUri.parse(uri)
        self.setIcon(QgsApplication.getThemeIcon("/mIconFolder.svg"))
        self.setToolTip(literal_text(redact(self.source.name)))

    def createChildren(self) -> list[QgsDataItem]:
        """Read the collection; QGIS calls this in another thread."""
        try:
            found = read_collection(self.source)
        except FlacRasterError as error:
            # the URL would hide the rest of the text
            return [self._note(error_text(error).replace(redact(self.source.name), self.name()))]
        except Exception:  # an exception must not reach QGIS
            return [self._note(traceback.format_exc())]
        items = [transfer_ownership(_item(self, name, uri)) for name, uri in found.uris]
        if found.skipped:
            text = tr("Not shown: {count} more, too many or without a valid address")
            items.append(self._note(text.format(count=format_number(found.skipped))))
        return items or [self._note(tr("No FLAC rasters here"))]

    def _note(self, text: str) -> QgsDataItem:
        note = QgsErrorItem(self, text, f"{self.path()}/?")
        note.setToolTip(literal_text(text))
        return transfer_ownership(note)


class ConnectionItem(RasterItem):
    """A saved connection to a raster."""

    def __init__(self, parent: RootItem, connection: Connection):
        super().__init__(parent, *connection)
        self.connection, self.layer_name = connection, connection.name
        self.setCapabilitiesV2(Qgis.BrowserItemCapabilities(_Capability.Rename))


class CollectionConnectionItem(CollectionItem):
    """A saved connection to a folder of a server, or to a list of rasters."""

    def __init__(self, parent: RootItem, connection: Connection):
        super().__init__(parent, *connection)
        self.connection = connection
        self.setCapabilitiesV2(
            Qgis.BrowserItemCapabilities(_Capability.Rename | _Capability.Fertile)
        )


def _item(parent: QgsDataItem, name: str, uri: str) -> QgsDataItem:
    is_folder = LayerUri.parse(uri).is_collection
    return (CollectionItem if is_folder else RasterItem)(parent, name, uri)


def _connection_item(parent: RootItem, connection: Connection) -> QgsDataItem:
    is_folder = LayerUri.parse(connection.uri).is_collection
    return (CollectionConnectionItem if is_folder else ConnectionItem)(parent, connection)
