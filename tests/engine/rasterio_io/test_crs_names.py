"""Names of CRS with any characters, of which the keys of a GeoTIFF hold some otherwise."""

import numpy as np
import pytest
from flac_raster_qgis.engine import (
    ArrayRaster,
    Band,
    FlacRaster,
    RasterMetadata,
    compare,
    convert,
    write_raster,
)
from flac_raster_qgis.engine.rasterio_io.crs import same_crs

rasterio = pytest.importorskip("rasterio", exc_type=ImportError)
from flac_raster_qgis.engine.rasterio_io.environment import quiet_rasterio  # noqa: E402

NAMES = ['a ""b""', '""""', "a, b", "é 中 <b>&amp;", "a ] [ b", "a|b", "a = b", "a ~ b", "a  b"]


def named(name):
    """Return the WKT of a CRS without a code."""
    return (
        f'PROJCS["{name}",GEOGCS["WGS 84",DATUM["WGS_1984",'
        'SPHEROID["WGS 84",6378137,298.257223563]],PRIMEM["Greenwich",0],'
        'UNIT["degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],'
        'PARAMETER["latitude_of_origin",0.5],PARAMETER["central_meridian",9],'
        'PARAMETER["scale_factor",0.9996],PARAMETER["false_easting",500000],'
        'PARAMETER["false_northing",0],UNIT["metre",1]]'
    )


@pytest.mark.parametrize("cog", [False, True])
@pytest.mark.parametrize("name", NAMES)
def test_names_come_back(tmp_path, name, cog):
    flac, back, again = (tmp_path / name for name in ("a.flac", "back.tif", "again.flac"))
    transform = (1.0, 0.0, 5.0, 0.0, -1.0, 6.0)
    metadata = RasterMetadata(4, 3, "uint8", (Band(),), crs=named(name), transform=transform)
    write_raster(ArrayRaster(metadata, np.zeros((1, 3, 4), "u1")), flac)
    assert convert(flac, back, cog=cog).warnings == ()
    assert compare(flac, back).identical
    convert(back, again)
    with FlacRaster.open(again) as raster, quiet_rasterio():
        found = rasterio.crs.CRS.from_wkt(raster.metadata.crs).to_wkt()
    assert found.startswith(f'PROJCS["{name}",GEOGCS')


@pytest.mark.parametrize(
    ("a", "b"), [("a, b", "a, c"), ('a ""b""', "a b"), ('a ""b', 'a ""c'), ("a,", "a")]
)
def test_another_name_is_another_crs(a, b):
    assert same_crs(named(a), named(a))
    assert not same_crs(named(a), named(b))
