"""Add rasters that are dropped on the map or on the Layers panel.

QGIS opens dropped files through the data provider. It ignores URLs, and would open connections in
the main thread.
"""

from __future__ import annotations

from qgis.core import QgsMimeDataUtils
from qgis.gui import QgsCustomDropHandler
from qgis.PyQt.QtCore import QMimeData

from ...core.layer_uri import PROVIDER_KEY
from ...engine.errors import InputError
from ...engine.storage.name_parts import HTTP_SCHEMES, scheme_of
from ...engine.storage.urls import Address, has_flac_suffix
from ..connections.mime_data import dropped_sources
from ..layers.layer_adder import LayerAdder


class DropHandler(QgsCustomDropHandler):
    """Handles URLs of FLAC files, and connections of the Browser."""

    def __init__(self, adder: LayerAdder):
        super().__init__()
        self.adder = adder

    def customUriProviderKey(self) -> str:
        """Return the provider key whose Browser items are handled: those of `items`."""
        return PROVIDER_KEY

    def handleCustomUriDrop(self, uri: QgsMimeDataUtils.Uri) -> None:
        """Add a connection."""
        self.adder.add(uri.uri, uri.name)

    def canHandleMimeData(self, data: QMimeData) -> bool:
        """Return whether there are URLs of FLAC files."""
        return bool(_flac_urls(data))

    def handleMimeDataV2(self, data: QMimeData) -> bool:
        """Add the URLs; QGIS handles the rest, if other things are dropped as well."""
        urls = _flac_urls(data)
        for url in urls:
            self.adder.add(url)
        return bool(urls) and len(urls) == len(dropped_sources(data))


def _flac_urls(data: QMimeData) -> list[str]:
    if QgsMimeDataUtils.isUriList(data):  # Browser items; QGIS passes these on one by one
        return []
    return [name for name in dropped_sources(data) if scheme_of(name) and _is_flac(name)]


def _is_flac(url: str) -> bool:
    try:
        if scheme_of(url) in HTTP_SCHEMES:
            Address.parse(url)
    except InputError:  # an invalid URL
        return False
    return has_flac_suffix(url)
