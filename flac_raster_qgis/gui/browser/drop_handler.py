"""Add rasters that are dropped on the map or on the Layers panel.

QGIS opens dropped files through the data provider; of one with several dates, it would ask whether
to add dates or bands. It ignores URLs, and would open connections in the main thread.
"""

from __future__ import annotations

from qgis.core import QgsMimeDataUtils
from qgis.gui import QgsCustomDropHandler
from qgis.PyQt.QtCore import QMimeData

from ...core.layer_uri import PROVIDER_KEY, LayerUri
from ...data_provider.detection import dates_of_file
from ...engine.errors import InputError
from ...engine.storage.name_parts import HTTP_SCHEMES, scheme_of
from ...engine.storage.urls import Address, has_flac_suffix
from ..connections.mime_data import dropped_sources
from ..layers.layer_adder import LayerAdder


class DropHandler(QgsCustomDropHandler):
    """Handles URLs of FLAC files, files of several dates, and connections of the Browser."""

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
        """Return whether there are URLs of FLAC files, or files of several dates."""
        return bool(_sources(data))

    def handleMimeDataV2(self, data: QMimeData) -> bool:
        """Add these; QGIS handles the rest, if other things are dropped as well."""
        sources = _sources(data)
        if len(sources) < len(dropped_sources(data)):  # QGIS would add files again
            sources = [name for name in sources if scheme_of(name)]
        for name in sources:
            self.adder.add(name)
        return bool(sources) and len(sources) == len(dropped_sources(data))


def _sources(data: QMimeData) -> list[str]:
    if QgsMimeDataUtils.isUriList(data):  # Browser items; QGIS passes these on one by one
        return []
    return [name for name in dropped_sources(data) if _is_taken(name)]


def _is_taken(name: str) -> bool:
    if scheme_of(name) is None:
        return bool(dates_of_file(LayerUri.parse(name)))
    try:
        if scheme_of(name) in HTTP_SCHEMES:
            Address.parse(name)
    except InputError:  # an invalid URL
        return False
    return has_flac_suffix(name)
