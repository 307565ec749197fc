"""Check that a CRS from a file cannot make PROJ open a file or a URL.

PROJ opens the grids that a definition names: a path, a pipe, a network share or, with its network
enabled, a URL. There are many ways to name them, and new versions of PROJ add others. So this
module lists what is known to be safe and rejects everything else.
"""

from __future__ import annotations

import re

from ..errors import Message
from .grid_names import is_own_grid
from .wkt import Node, NotWkt, parse_wkt

#: The longest definition in PROJ's database has 4,300 characters.
LONGEST = 1 << 16
AUTHORITY_CODE = re.compile(r"(?P<authority>[A-Za-z]\w{0,31}):(?P<code>\w[\w.-]{0,63})", re.ASCII)

#: Keywords of WKT1 and WKT2, except those of standalone operations.
_KEYWORDS = frozenset(
    """
    GEOGCS GEOCCS PROJCS VERT_CS VERTCS COMPD_CS LOCAL_CS FITTED_CS DATUM VERT_DATUM LOCAL_DATUM
    SPHEROID PRIMEM UNIT LINUNIT AUTHORITY AXIS PROJECTION PARAMETER TOWGS84 EXTENSION
    GEODCRS GEODETICCRS GEOGCRS GEOGRAPHICCRS PROJCRS PROJECTEDCRS VERTCRS VERTICALCRS COMPOUNDCRS
    ENGCRS ENGINEERINGCRS PARAMETRICCRS TIMECRS BOUNDCRS DERIVEDPROJCRS IMAGECRS
    BASEGEODCRS BASEGEOGCRS BASEPROJCRS BASEVERTCRS BASEENGCRS BASEPARAMCRS BASETIMECRS
    SOURCECRS TARGETCRS ABRIDGEDTRANSFORMATION CONVERSION DERIVINGCONVERSION METHOD PARAMETERFILE
    GEODETICDATUM TRF VDATUM VRF VERTICALDATUM EDATUM ENGINEERINGDATUM PDATUM PARAMETRICDATUM TDATUM
    TIMEDATUM IDATUM IMAGEDATUM ENSEMBLE MEMBER ENSEMBLEACCURACY DYNAMIC FRAMEEPOCH MODEL
    VELOCITYGRID ANCHOR ANCHOREPOCH GEOIDMODEL DEFININGTRANSFORMATION CALENDAR TIMEORIGIN
    ELLIPSOID TRIAXIAL PRIMEMERIDIAN CS MERIDIAN BEARING ORDER AXISMINVALUE AXISMAXVALUE
    RANGEMEANING LENGTHUNIT ANGLEUNIT SCALEUNIT TIMEUNIT TEMPORALQUANTITY PARAMETRICUNIT
    ID CITATION URI VERSION REMARK USAGE SCOPE AREA BBOX VERTICALEXTENT TIMEEXTENT
    OPERATIONACCURACY COORDINATEMETADATA EPOCH COORDEPOCH
    """.split()
)
#: PROJ parameters (``+name=value``) whose values are numbers, names or flags.
_PARAMETERS = frozenset(
    """
    proj datum ellps a b rf f e es R R_A R_V R_a R_g R_h R_lat_a R_lat_g R_C units vunits to_meter
    vto_meter pm axis towgs84 type no_defs wktext over geoc south north_square south_square
    lat_0 lat_1 lat_2 lat_3 lat_b lat_ts lon_0 lon_1 lon_2 lon_3 lonc lon_wrap x_0 y_0 z_0 k k_0 h
    alpha gamma zone sweep tilt azi W M n m q theta aperture resolution orient mode path lsat shape
    scrollx scrolly no_cut ns no_off no_rot no_uoff guam hyperbolic approx algo geoid_crs
    o_proj o_lat_p o_lon_p o_alpha o_lat_c o_lon_c o_lat_1 o_lon_1 o_lat_2 o_lon_2
    rot_xy UVtoST inc_angle ps_rev asc_lon rot h_0 plat_0 plon_0 phdg_0 X_0 Y_0 Z_0
    """.split()
)
#: A value without quotation marks, and without slashes except in a fraction.
_VALUE = re.compile(r"[-+\w.,]*(?:/[\d.]+)?", re.ASCII)
_GRIDS = frozenset(("nadgrids", "geoidgrids"))
#: Start of methods that PROJ parses as a definition with parameters.
_CALL = "PROJ"
#: Precedes a definition in a remark, which PROJ uses instead of the rest. The search ignores case
#: without changing the text, whose length may differ in upper case.
_REMARK = re.compile("PROJ CRS string:", re.IGNORECASE | re.ASCII)
_NUMBER = re.compile(r"\d{1,9}", re.ASCII)
#: A name without parameters.
_NAME = re.compile(r"[^=+]*")
#: An authority or one of its codes.
_IDENTIFIER = re.compile(r"[\w .()-]*")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def refusal(text: str) -> str | None:
    """Return why a CRS from a file is rejected, None if it is safe.

    Anything but an authority code such as EPSG:4326, WKT1 or WKT2 is rejected, because GDAL and
    QGIS could interpret it as a path, a URL or another notation.
    """
    if not isinstance(text, str):
        return Message("crs.type", found=f"{text!r:.60}")
    if AUTHORITY_CODE.fullmatch(text):
        return None
    if _NUMBER.fullmatch(text):
        return Message("crs.number", found=text)
    if text.isidentifier():
        return Message("crs.word", found=text[:60])
    if len(text) > LONGEST:
        return Message("crs.long", found=len(text), expected=LONGEST)
    if _CONTROL.search(text):
        return Message("crs.control")
    try:
        roots = parse_wkt(text)
    except NotWkt as error:
        return Message("crs.not_wkt", reason=error)
    for node in (node for root in roots for node in root):
        if node.keyword not in _KEYWORDS:
            return Message("crs.keyword", found=node.keyword[:40])
        if not _is_safe(node):
            texts = [text for part in (node, *node.children) for text in part.strings]
            named = ", ".join(repr(text[:60]) for text in texts[:3])
            return Message("crs.file", found=f"{node.keyword}[{named}]")
    return None


def _is_safe(node: Node) -> bool:
    """Whether a node, without its children, cannot name a file."""
    first, second = [*node.strings, "", ""][:2]
    if node.keyword == "EXTENSION":
        return len(node.strings) == 2 and (
            (first == "PROJ4" and _is_safe_proj(second))
            or (first == "PROJ4_GRIDS" and _are_own_grids(second))
            or (first == "CENTER_LONG" and _VALUE.fullmatch(second) is not None)
        )
    if node.keyword == "PARAMETERFILE":
        return len(node.strings) == 2 and _are_own_grids(second)
    if node.keyword == "GEOIDMODEL":
        return _CALL not in first.upper()
    if node.keyword in ("AUTHORITY", "ID"):
        return all(_IDENTIFIER.fullmatch(text) for text in node.strings)
    if node.keyword == "REMARK":
        return all(_is_safe_proj(first[found.end() :]) for found in _REMARK.finditer(first))
    if node.keyword in ("METHOD", "PROJECTION"):
        return _is_safe_method(first)
    methods = _names(node, "METHOD") + _names(node, "PROJECTION")
    calls = any(name.upper().startswith(_CALL) for name in methods)
    return not calls or _PARAMETERS.issuperset(_names(node, "PARAMETER"))


def _names(node: Node, keyword: str) -> list[str]:
    """Return the names of the children with a keyword."""
    found = [child.strings for child in node.children if child.keyword == keyword]
    return [strings[0] for strings in found if strings]


def _is_safe_method(name: str) -> bool:
    """Whether the name of a method is not a PROJ definition that could name files."""
    if not name.upper().startswith(_CALL):
        return _NAME.fullmatch(name) is not None
    return name[4:5] in (" ", "_") and name.startswith(_CALL) and _is_safe_proj(f"proj={name[5:]}")


def _are_own_grids(text: str) -> bool:
    """Whether a list of grids contains only PROJ's own grids."""
    return all(is_own_grid(name.removeprefix("@")) for name in text.split(","))


def _is_safe_proj(text: str) -> bool:
    """Whether a PROJ definition has only safe parameters.

    It must be ASCII: Python splits other texts at characters where PROJ does not.
    """
    if not text.isascii():
        return False
    for part in text.split():
        name, _, value = part.removeprefix("+").partition("=")
        if name in _GRIDS:
            if not _are_own_grids(value):
                return False
        elif name not in _PARAMETERS or not _VALUE.fullmatch(value):
            return False
    return True
