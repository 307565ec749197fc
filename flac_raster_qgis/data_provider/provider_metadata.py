"""How QGIS finds the provider: which files it takes and what its URIs mean."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Callable

from qgis.core import (
    QgsDataProvider,
    QgsFeedback,
    QgsProviderMetadata,
    QgsProviderSublayerDetails,
    QgsReadWriteContext,
    QgsRectangle,
)
from qgis.PyQt.QtGui import QIcon

from ..core.layer_uri import LayerUri, remove_credentials
from ..core.ownership import transfer_ownership
from ..core.resources import resource_icon
from . import qgis_versions
from .detection import is_flac_raster
from .guard import never_raises
from .provider import DESCRIPTION, PROVIDER_KEY, FlacRasterDataProvider

#: More than any provider that takes files by their suffix alone.
_PRIORITY = 100


@never_raises(
    capabilities=lambda *_: QgsProviderMetadata.ProviderMetadataCapabilities(),
    providerCapabilities=lambda *_: QgsProviderMetadata.ProviderCapabilities(),
    icon=lambda *_: QIcon(),
    absoluteToRelativeUri=lambda self, uri, *_: uri,
    relativeToAbsoluteUri=lambda self, uri, *_: uri,
)
class FlacRasterProviderMetadata(QgsProviderMetadata):
    """The entry in the registry of data providers.

    Notes
    -----
    There is no filter for file dialogs on purpose: QGIS strings the filters of all providers
    together by key, and the first one, which would be this, is what all its dialogs start with.
    Files are offered by `querySublayers`, in the browser and when they are dropped on the map.
    """

    def __init__(self) -> None:
        super().__init__(PROVIDER_KEY, DESCRIPTION)
        #: Whether the plugin is loaded; the registry keeps entries for ever.
        self.enabled = True

    def createProvider(
        self, uri: str, options: QgsDataProvider.ProviderOptions, flags: Any = None
    ) -> FlacRasterDataProvider | None:
        """Open a raster; the provider of one that cannot be opened is invalid and says why."""
        if not self.enabled:
            return None
        more = (options,) if flags is None else (options, flags)
        return transfer_ownership(FlacRasterDataProvider(uri, *more))

    # ---------------------------------------------------------------- which files

    def capabilities(self) -> QgsProviderMetadata.ProviderMetadataCapabilities:
        """Say which of the methods below mean something.

        Not LayerTypesForUri: QGIS crashes on a list of layer types that comes from Python (3.22),
        or does not understand it (3.40).
        """
        capability = QgsProviderMetadata.ProviderMetadataCapability
        return QgsProviderMetadata.ProviderMetadataCapabilities(
            capability.PriorityForUri | capability.QuerySublayers
        )

    def providerCapabilities(self) -> QgsProviderMetadata.ProviderCapabilities:
        """Sources may be files."""
        capability = QgsProviderMetadata.ProviderCapability
        return QgsProviderMetadata.ProviderCapabilities(capability.FileBasedUris)

    def icon(self) -> QIcon:
        """Return the plugin's own."""
        return resource_icon()

    def priorityForUri(self, uri: str) -> int:
        """Rate the provider for a file; music is left alone."""
        return _PRIORITY if self.enabled and is_flac_raster(LayerUri.parse(uri)) else 0

    def querySublayers(
        self, uri: str, flags: Any = None, feedback: QgsFeedback | None = None
    ) -> list[QgsProviderSublayerDetails]:
        """Offer a FLAC raster as the one layer that it is, music not at all."""
        parsed = LayerUri.parse(uri)
        if not self.enabled or not is_flac_raster(parsed):
            return []
        details = QgsProviderSublayerDetails()
        details.setUri(uri)
        details.setName(parsed.title)
        details.setType(qgis_versions.RASTER_LAYER)
        details.setProviderKey(PROVIDER_KEY)
        details.setDriverName("FLAC Raster")
        return [details]

    # ---------------------------------------------------------------- what URIs mean

    def decodeUri(self, uri: str) -> dict[str, Any]:
        """Take a URI apart, into the parts that other providers have as well where they do."""
        parsed = LayerUri.parse(
            remove_credentials(uri)
        )  # the properties of the layer show the parts
        parts: dict[str, Any] = {"url" if parsed.is_remote else "path": parsed.name}
        if parsed.authcfg:
            parts["authcfg"] = parsed.authcfg
        if parsed.extent is not None:
            parts["extent"] = QgsRectangle(*parsed.extent)
        return parts

    def encodeUri(self, parts: dict[str, Any]) -> str:
        """Put a URI together; QGIS makes a path at its start relative to the project by itself."""
        extent = parts.get("extent")
        bounds = None
        if isinstance(extent, QgsRectangle):
            bounds = (extent.xMinimum(), extent.yMinimum(), extent.xMaximum(), extent.yMaximum())
        name = parts.get("url") or parts.get("path") or ""
        return LayerUri(name, parts.get("authcfg") or "", bounds).text()

    def absoluteToRelativeUri(self, uri: str, context: QgsReadWriteContext) -> str:
        """Return a URI as a project stores it; newer versions of QGIS ask for this."""
        return self._with_name(remove_credentials(uri), context.pathResolver().writePath)

    def relativeToAbsoluteUri(self, uri: str, context: QgsReadWriteContext) -> str:
        """Return a URI that a project stored."""
        return self._with_name(uri, context.pathResolver().readPath)

    @staticmethod
    def _with_name(uri: str, change: Callable[[str], str]) -> str:
        parsed = LayerUri.parse(uri)
        return uri if parsed.is_remote else replace(parsed, name=change(parsed.name)).text()
