"""One of each, all at once."""

from .classes import rat_and_all
from .metadata import DOCUMENT, ITEMS, JSON
from .registry import ODD, crs_of, kind


@kind("everything", "of one band", "Byte")
def everything(ds):
    ds.SetSpatialRef(crs_of("EPSG:7844", 2022.5))
    ds.SetGeoTransform((140.0, 0.1, 0.0, -30.0, 0.0, -0.1))
    rat_and_all(ds)
    band = ds.GetRasterBand(1)
    band.SetNoDataValue(-9999)
    band.SetDescription(ODD)
    band.SetUnitType("m")
    band.SetScale(0.1)
    band.SetOffset(1 / 3)
    ds.SetMetadata(ITEMS["odd"])
    ds.SetMetadata([JSON], "json:mine")
    ds.SetMetadata([DOCUMENT], "xml:MINE")
    band.SetMetadata(ITEMS["with equals signs"], "MY_DOMAIN")
