"""Check GDAL's data axis mapping: which axes of the CRS columns and rows follow.

rasterio neither reports nor sets it. The files that it writes have the traditional order of GIS,
east before north, regardless of the axis order of the CRS.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import lru_cache
from types import ModuleType

from ..errors import Message
from .xml_tree import Element, parse_xml


def changed_axes(
    element: Element | None, code: str, name: str, rasterio: ModuleType
) -> Iterator[Message]:
    """Warn if the data axes of an ``SRS`` or ``GCPList`` will be different in a written file."""
    mapping = None if element is None else element.get("dataAxisToSRSAxisMapping")
    if element is None or mapping is None:
        return
    wkt = element.get("Projection") or element.text or ""
    written = _usual_mapping(wkt, rasterio)
    if written not in (None, mapping):
        values = {"found": mapping, "words": _in_words(wkt, mapping), "expected": written}
        yield Message(code, name, **values)


def _in_words(wkt: str, mapping: str) -> str:
    axis = re.search(r'AXIS\["[^"]*",\s*(\w+)', wkt)
    if axis is None or axis[1].upper() != "NORTH" or not mapping.startswith("1,2"):
        return ""
    is_geographic = "PROJCS[" not in wkt and "PROJCRS[" not in wkt
    return Message("note.latitude_first" if is_geographic else "note.north_first")


@lru_cache(maxsize=64)
def _usual_mapping(wkt: str, rasterio: ModuleType) -> str | None:
    """Return GDAL's default mapping for a CRS."""
    text = f"<SRS>{html.escape(wkt)}</SRS>"
    raster = f'<VRTDataset rasterXSize="1" rasterYSize="1">{text}<VRTRasterBand/></VRTDataset>'
    with rasterio.MemoryFile(ext=".vrt") as file:
        rasterio.shutil.copy(raster, file.name, driver="VRT")
        srs = parse_xml(bytes(file.read())).find("SRS")
    return None if srs is None else srs.get("dataAxisToSRSAxisMapping")
