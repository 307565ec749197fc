"""Styles of raster layers as text, to travel with a raster.

Only what draws the raster: colors, scale range, legend and time. Such a style may come from an
untrusted server, so expressions in it are removed, which QGIS would evaluate while it draws.
"""

from __future__ import annotations

import os
from functools import reduce
from operator import or_

from qgis.core import QgsMapLayer, QgsRasterLayer, QgsReadWriteContext
from qgis.PyQt.QtXml import QDomDocument

#: Largest style in bytes that is read from a file or server.
MAX_SIZE = 1 << 20
SUFFIX = ".qml"
#: Elements with expressions.
_EXPRESSIONS = ("pipe-data-defined-properties", "data_defined_properties", "dataDefinedProperties")


def _categories() -> QgsMapLayer.StyleCategories:
    names = ("Symbology", "Rendering", "Legend", "Temporal", "Elevation")  # the last since 3.18
    kinds = QgsMapLayer.StyleCategory
    found = (getattr(kinds, name) for name in names if hasattr(kinds, name))
    return QgsMapLayer.StyleCategories(reduce(or_, found))


def style_text(layer: QgsRasterLayer) -> str:
    """Return the style of a layer; empty if it cannot be exported."""
    document = QDomDocument()
    error = layer.exportNamedStyle(document, QgsReadWriteContext(), _categories())
    return "" if error else document.toString(1)


def style_path(name: str) -> str:
    """Return the path or URL, without query, where QGIS looks for the default style of a file."""
    return os.path.splitext(name)[0] + SUFFIX


def style_beside(path: str) -> str:
    """Return the style beside a local file; empty if there is none."""
    try:
        with open(style_path(path), "rb") as file:
            data = file.read(MAX_SIZE + 1)
    except (OSError, ValueError):
        return ""
    return data.decode("utf-8", "replace") if len(data) <= MAX_SIZE else ""


def apply_style(layer: QgsRasterLayer, text: str) -> bool:
    """Give a layer a style from a file or server; return False if it is not one of a raster."""
    if len(text) > MAX_SIZE or "<!ENTITY" in text:
        return False
    document = QDomDocument()
    document.setContent(text)  # what it returns depends on the version of Qt; no element if wrong
    renderer = document.documentElement().firstChildElement("pipe")
    if renderer.firstChildElement("rasterrenderer").isNull():
        return False
    for name in _EXPRESSIONS:
        found = document.elementsByTagName(name)
        elements = [found.at(number) for number in range(found.length())]
        for element in elements:
            element.parentNode().removeChild(element)
    return bool(layer.importNamedStyle(document, _categories())[0])
