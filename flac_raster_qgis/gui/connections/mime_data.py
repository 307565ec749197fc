"""Read sources from drag-and-drop data: files, links, items of the Browser."""

from __future__ import annotations

from qgis.core import QgsMimeDataUtils
from qgis.PyQt.QtCore import QMimeData, QUrl

from ...engine.storage.name_parts import scheme_of


def dropped_sources(data: QMimeData) -> list[str]:
    """Return the layer URIs of dropped files, URLs and items of the Browser.

    Editors and terminals drop a URL as plain text.
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
