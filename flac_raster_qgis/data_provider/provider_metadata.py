"""The provider's entry in the registry: which files it opens, and the grammar of its URIs."""

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

from ..core.extents import bounds_of
from ..core.formatting import format_number
from ..core.layer_uri import (
    ALL_BANDS,
    NO_TIME,
    PROVIDER_KEY,
    LayerUri,
    remove_credentials,
    without_address,
)
from ..core.ownership import transfer_ownership
from ..core.resources import resource_icon
from ..core.translation import tr
from ..engine.model.times import ALL
from . import qgis_versions
from .detection import dates_of_file, is_flac_raster
from .guard import never_raises
from .provider import DESCRIPTION, FlacRasterDataProvider

#: Higher than that of providers that recognize files by their suffix only.
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

    There is deliberately no filter for file dialogs: QGIS joins the filters of all providers in the
    order of their keys, and its dialogs preselect the first, which would be this one.
    `querySublayers` offers files in the Browser and when they are dropped on the map.
    """

    def __init__(self) -> None:
        super().__init__(PROVIDER_KEY, DESCRIPTION)
        #: Whether the plugin is loaded; entries cannot be removed from the registry.
        self.enabled = True

    def createProvider(
        self, uri: str, options: QgsDataProvider.ProviderOptions, flags: Any = None
    ) -> FlacRasterDataProvider | None:
        """Open a raster; if that fails, the provider is invalid and has an error."""
        if not self.enabled:
            return None
        more = (options,) if flags is None else (options, flags)
        return transfer_ownership(FlacRasterDataProvider(uri, *more))

    # ---------------------------------------------------------------- which files

    def capabilities(self) -> QgsProviderMetadata.ProviderMetadataCapabilities:
        """Return which methods are implemented.

        LayerTypesForUri is not: QGIS 3.22 crashes on a list of layer types from Python, and 3.40
        does not convert it.
        """
        capability = QgsProviderMetadata.ProviderMetadataCapability
        return QgsProviderMetadata.ProviderMetadataCapabilities(
            capability.PriorityForUri | capability.QuerySublayers
        )

    def providerCapabilities(self) -> QgsProviderMetadata.ProviderCapabilities:
        """Return that sources may be files."""
        capability = QgsProviderMetadata.ProviderCapability
        return QgsProviderMetadata.ProviderCapabilities(capability.FileBasedUris)

    def icon(self) -> QIcon:
        """Return the icon of the plugin."""
        return resource_icon()

    def priorityForUri(self, uri: str) -> int:
        """Return the priority of the provider for a file; 0 for music."""
        return _PRIORITY if self.enabled and is_flac_raster(LayerUri.parse(uri)) else 0

    def querySublayers(
        self, uri: str, flags: Any = None, feedback: QgsFeedback | None = None
    ) -> list[QgsProviderSublayerDetails]:
        """Return the layer of a FLAC raster; none for music.

        Of a file of several dates, there is one that shows these and one of all bands.
        """
        parsed = LayerUri.parse(uri)
        if not self.enabled or not is_flac_raster(parsed):
            return []
        dates = dates_of_file(parsed)
        if not dates or uri.endswith(ALL_BANDS):
            return [_sublayer(uri, parsed.title)]
        by_date = replace(parsed, time=ALL).text()
        span = tr("{count} dates from {first} to {last}").format(
            count=format_number(len(dates)), first=str(dates[0]), last=str(dates[-1])
        )
        return [
            _sublayer(by_date, tr("{name} (dates)").format(name=parsed.title), span),
            _sublayer(parsed.text() + ALL_BANDS, tr("{name} (bands)").format(name=parsed.title)),
        ]

    # ---------------------------------------------------------------- what URIs mean

    def decodeUri(self, uri: str) -> dict[str, Any]:
        """Split a URI into parts, named as by other providers."""
        parsed = LayerUri.parse(
            remove_credentials(uri)
        )  # the properties of the layer show the parts
        parts: dict[str, Any] = {"url" if parsed.is_remote else "path": parsed.name}
        if parsed.authcfg:
            parts["authcfg"] = parsed.authcfg
        if parsed.extent is not None:
            parts["extent"] = QgsRectangle(*parsed.extent)
        if parsed.time or uri.endswith(ALL_BANDS):
            parts["time"] = parsed.time or NO_TIME
        return parts

    def encodeUri(self, parts: dict[str, Any]) -> str:
        """Join parts into a URI; QGIS makes a leading path relative to the project."""
        extent = parts.get("extent")
        bounds = bounds_of(extent) if isinstance(extent, QgsRectangle) else None
        name = parts.get("url") or parts.get("path") or ""
        return LayerUri(name, parts.get("authcfg") or "", bounds, parts.get("time") or "").text()

    def absoluteToRelativeUri(self, uri: str, context: QgsReadWriteContext) -> str:
        """Return a URI as projects store it; called by newer versions of QGIS."""
        plain = without_address(remove_credentials(uri))
        return self._with_name(plain, context.pathResolver().writePath)

    def relativeToAbsoluteUri(self, uri: str, context: QgsReadWriteContext) -> str:
        """Return the absolute URI of one that a project stored; an address is left as it is."""
        if without_address(uri) != uri:
            return uri
        return self._with_name(uri, context.pathResolver().readPath)

    @staticmethod
    def _with_name(uri: str, change: Callable[[str], str]) -> str:
        parsed = LayerUri.parse(uri)
        return uri if parsed.is_remote else replace(parsed, name=change(parsed.name)).text()


def _sublayer(uri: str, name: str, description: str = "") -> QgsProviderSublayerDetails:
    details = QgsProviderSublayerDetails()
    details.setUri(uri)
    details.setName(name)
    details.setDescription(description)
    details.setType(qgis_versions.RASTER_LAYER)
    details.setProviderKey(PROVIDER_KEY)
    details.setDriverName("FLAC Raster")
    return details
