"""Styles of raster layers as text, to travel with a raster.

Only what draws the raster: colors, scale range, legend and time. Such a style may come from an
untrusted server, so it may have no symbols, in which QGIS evaluates expressions and which fetch
pictures from anywhere, and nothing that makes drawing read more than the map shows.
"""

from __future__ import annotations

import os
from functools import reduce
from operator import or_

from qgis.core import QgsMapLayer, QgsRasterLayer, QgsReadWriteContext
from qgis.PyQt.QtCore import QXmlStreamReader
from qgis.PyQt.QtXml import QDomDocument

#: Largest style in bytes that is read from a file or server.
MAX_SIZE = 1 << 20
SUFFIX = ".qml"
#: Renderers without symbols.
_RENDERERS = frozenset(
    ("singlebandgray", "multibandcolor", "singlebandpseudocolor", "paletted", "hillshade")
    + ("singlebandcolordata", "singlecolor")
)
#: Elements with expressions or symbols.
_REMOVED = (
    *("pipe-data-defined-properties", "data_defined_properties", "dataDefinedProperties"),
    *("symbol", "symbols", "elevation"),
)
#: Depth of elements that a style may have; Qt crashes if there are tens of thousands.
_MAX_DEPTH = 50


def _categories() -> QgsMapLayer.StyleCategories:
    names = ("Symbology", "Rendering", "Legend", "Temporal")
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
    if len(text) > MAX_SIZE or not _is_flat(text):
        return False
    document = QDomDocument()
    document.setContent(text)  # what it returns depends on the version of Qt; no element if wrong
    root = document.documentElement()
    root.removeAttribute("legendPlaceholderImage")
    pipe = root.firstChildElement("pipe")
    if pipe.firstChildElement("rasterrenderer").attribute("type") not in _RENDERERS:
        return False
    pipe.firstChildElement("rasterresampler").removeAttribute("maxOversampling")
    for name in _REMOVED:
        found = document.elementsByTagName(name)
        elements = [found.at(number) for number in range(found.length())]
        for element in elements:
            element.parentNode().removeChild(element)
    return bool(layer.importNamedStyle(document, _categories())[0])


def uses_missing_bands(layer: QgsRasterLayer) -> bool:
    """Return whether a style is that of a layer of more bands."""
    return bool(max(layer.renderer().usesBands(), default=0) > layer.bandCount())


def _is_flat(text: str) -> bool:
    """Return whether an XML document has few levels and declares no entities."""
    reader, depth = QXmlStreamReader(text), 0
    while not reader.atEnd() and depth <= _MAX_DEPTH:
        token = reader.readNext()
        depth += token == QXmlStreamReader.TokenType.StartElement
        depth -= token == QXmlStreamReader.TokenType.EndElement
        if reader.entityDeclarations():
            return False
    return depth <= _MAX_DEPTH
