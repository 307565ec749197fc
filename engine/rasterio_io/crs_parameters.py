"""Parameters of projections that PROJ takes for others than GDAL says.

PROJ decides by the names in a definition whether it is one of ESRI's, whose parameters mean other
things; GDAL's own object may have been made in another way.
"""

from __future__ import annotations

import re
from types import ModuleType

_PARAMETER = re.compile(r'PARAMETER\["([^"]+)",([-+.\deE]+)')


def changed_parameter(wkt: str | None, rasterio: ModuleType) -> str | None:
    """Name a parameter of WKT1 that is another number once PROJ has read it.

    Returns
    -------
    str or None
        A sentence; ``{name}`` stands for the raster.
    """
    if not wkt or "PROJCS[" not in wkt:
        return None
    try:
        read = rasterio.crs.CRS.from_wkt(wkt).to_wkt()
    except rasterio.errors.CRSError:
        return None
    now = dict(_PARAMETER.findall(read))
    for parameter, number in _PARAMETER.findall(wkt):
        if parameter in now and abs(float(now[parameter]) - float(number)) > _NOISE:
            return (
                f"The CRS of {{name}} cannot be kept as it is: its {parameter} was {number} and "
                f"became {now[parameter]}, because its names are those of ESRI's definitions."
            )
    return None


#: What is left of a number that was converted to another unit and back.
_NOISE = 1e-6
