"""Rasters dropped on the map or the list of layers.

QGIS itself opens files that are dropped, and asks the data provider for FLAC rasters among them.
What it would ignore are URLs, and what it would open while everything waits are connections.
"""

from __future__ import annotations

from qgis.core import QgsMimeDataUtils
from qgis.gui import QgsCustomDropHandler
from qgis.PyQt.QtCore import QMimeData

from ...data_provider.provider import PROVIDER_KEY
from ...engine.errors import InputError
from ...engine.storage.name_parts import HTTP_SCHEMES, scheme_of
from ...engine.storage.urls import Address, file_name
from ..connections.mime_data import dropped_sources
from .layer_adder import LayerAdder


class DropHandler(QgsCustomDropHandler):
    """Takes URLs of FLAC files, and the connections of the browser panel.

    Parameters
    ----------
    adder : LayerAdder
    """

    def __init__(self, adder: LayerAdder):
        super().__init__()
        self._adder = adder

    def customUriProviderKey(self) -> str:
        """Name whose items of the browser panel are taken: those of `items`."""
        return PROVIDER_KEY

    def handleCustomUriDrop(self, uri: QgsMimeDataUtils.Uri) -> None:
        """Add a connection."""
        self._adder.add(uri.uri, uri.name)

    def canHandleMimeData(self, data: QMimeData) -> bool:
        """Say whether there is anything to add."""
        return bool(_flac_urls(data))

    def handleMimeDataV2(self, data: QMimeData) -> bool:
        """Add what is at a URL; leave it to QGIS where anything else is dropped with it."""
        urls = _flac_urls(data)
        for url in urls:
            self._adder.add(url)
        return bool(urls) and len(urls) == len(dropped_sources(data))


def _flac_urls(data: QMimeData) -> list[str]:
    if QgsMimeDataUtils.isUriList(data):  # layers, which QGIS hands out one by one
        return []
    return [name for name in dropped_sources(data) if scheme_of(name) and _is_flac(name)]


def _is_flac(url: str) -> bool:
    try:
        if scheme_of(url) in HTTP_SCHEMES:
            Address.parse(url)
    except InputError:  # not a URL that anything is at
        return False
    return file_name(url).lower().endswith(".flac")
