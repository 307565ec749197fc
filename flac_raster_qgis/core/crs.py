"""The coordinate reference system of a layer, from the text its file gives."""

from __future__ import annotations

from qgis.core import QgsCoordinateReferenceSystem

from ..engine.model.crs import AUTHORITY_CODE, refusal
from .error_text import error_text
from .message_log import log_error
from .translation import tr


def to_qgis(text: str | None, name: str) -> QgsCoordinateReferenceSystem:
    """Return the CRS, an invalid one where there is none, QGIS does not know it, or it is refused.

    The text comes from a file: it is read as an authority code or as WKT that names no file and
    never as anything else, because a general look-up would also open files and URLs.
    """
    if not text:
        return QgsCoordinateReferenceSystem()
    reason = refusal(text)
    if reason is not None:
        crs = QgsCoordinateReferenceSystem()
    elif AUTHORITY_CODE.fullmatch(text):
        crs = QgsCoordinateReferenceSystem.fromOgcWmsCrs(text)
    else:
        crs = QgsCoordinateReferenceSystem.fromWkt(_without_markup(text))
    if not crs.isValid():
        sentence = tr("{name}: QGIS does not know its coordinate system {crs}; set it by hand.")
        sentence = sentence.format(name=name, crs=text[:200])
        log_error(sentence if reason is None else f"{sentence} ({error_text(reason)})")
    return crs


def _without_markup(text: str) -> str:
    """Return WKT whose names QGIS can put into its pages and tips, where they are HTML."""
    shown = (c if c.isprintable() or c in "\n\r\t" else "?" for c in text)
    return "".join(shown).replace("<", "(")
