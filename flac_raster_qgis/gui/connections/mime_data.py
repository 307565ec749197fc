"""What is dropped on a widget or on the map: files, links, items of the browser panel."""

from __future__ import annotations

from qgis.core import QgsMimeDataUtils
from qgis.PyQt.QtCore import QMimeData, QUrl

from ...engine.storage.name_parts import scheme_of


def dropped_sources(data: QMimeData) -> list[str]:
    """Return the layer URIs of all that is dropped: paths, URLs, items of QGIS's browser.

    Text is taken for a URL if it is nothing else, as editors and terminals drop one.
    """
    if QgsMimeDataUtils.isUriList(data):
        return [item.uri for item in QgsMimeDataUtils.decodeUriList(data) if item.uri]
    if data.hasUrls():
        return [name for name in map(_name, data.urls()) if name]
    text = data.text().strip()
    return [text] if scheme_of(text) and len(text.split()) == 1 else []


def _name(url: QUrl) -> str:
    if url.isLocalFile():
        return url.toLocalFile()
    return bytes(url.toEncoded()).decode("ascii") if url.scheme() else ""
