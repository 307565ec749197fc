"""The coordinate reference system of a layer, from the text its file gives."""

from __future__ import annotations

import re

from qgis.core import QgsCoordinateReferenceSystem

from ..engine.crs_text import names_a_file
from ..translation import tr
from .messages import log_error

_AUTHORITY_CODE = re.compile(r"[A-Za-z_]+:\w+")


def to_qgis(text: str | None, name: str) -> QgsCoordinateReferenceSystem:
    """Return the CRS, an invalid one where there is none or QGIS does not know it.

    The text comes from a file: it is read as an authority code or as WKT and never as anything
    else, because a general look-up would also open files and URLs.
    """
    if not text:
        return QgsCoordinateReferenceSystem()
    if names_a_file(text):
        crs = QgsCoordinateReferenceSystem()
    elif _AUTHORITY_CODE.fullmatch(text):
        crs = QgsCoordinateReferenceSystem.fromOgcWmsCrs(text)
    else:
        crs = QgsCoordinateReferenceSystem.fromWkt(text)
    if not crs.isValid():
        log_error(
            tr("{name}: QGIS does not know its coordinate system {crs}; set it by hand.").format(
                name=name, crs=text[:200]
            )
        )
    return crs
