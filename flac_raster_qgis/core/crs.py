"""The CRS of files and of QGIS, each as the other has it."""

from __future__ import annotations

from qgis.core import QgsCoordinateReferenceSystem

from ..engine.model.crs import AUTHORITY_CODE, refusal
from .error_text import error_text
from .message_log import log_error
from .translation import tr


def to_qgis(text: str | None, name: str) -> QgsCoordinateReferenceSystem:
    """Return the CRS of a text; invalid if there is none, or if it is unknown or refused.

    The text is untrusted. It is parsed only as an authority code or as WKT without references to
    files, because general parsers of QGIS also open files and URLs.
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
        sentence = tr("{name}: unknown CRS {crs}. Set the layer CRS manually.")
        sentence = sentence.format(name=name, crs=text[:200])
        log_error(sentence if reason is None else f"{sentence} ({error_text(reason)})")
    return crs


def from_qgis(crs: QgsCoordinateReferenceSystem) -> str | None:
    """Return a CRS as the engine takes it; None for one that is not valid."""
    if not crs.isValid():
        return None
    code: str = crs.authid()
    if AUTHORITY_CODE.fullmatch(code) and not code.startswith("USER:"):
        return code
    wkt: str = crs.toWkt(QgsCoordinateReferenceSystem.WktVariant.WKT2_2019)
    return wkt


def _without_markup(text: str) -> str:
    """Return WKT whose names contain no markup, because QGIS shows them as HTML."""
    printable_text = (c if c.isprintable() or c in "\n\r\t" else "?" for c in text)
    return "".join(printable_text).replace("<", "(")
