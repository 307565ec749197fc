"""The same CRS in other words is no difference, another CRS is one."""

import pytest
from flac_raster_qgis.engine.rasterio_io.crs import same_crs

DEGREE = 'UNIT["degree",0.0174532925199433]'
WGS84 = (
    'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],'
    'PRIMEM["Greenwich",0],'
)
EAST_FIRST = f'{WGS84}{DEGREE},AXIS["Longitude",EAST],AXIS["Latitude",NORTH]]'
UTM = (
    f'PROJCS["WGS 84 / UTM zone 32N",{WGS84}UNIT["Degree",0.0174532925199433]],'
    'PROJECTION["Transverse_Mercator"],PARAMETER["latitude_of_origin",0],'
    'PARAMETER["central_meridian",9],PARAMETER["scale_factor",0.9996],'
    'PARAMETER["false_easting",500000],PARAMETER["false_northing",0],UNIT["metre",1]]'
)
BESSEL = (
    'PROJCS["mine",GEOGCS["own",DATUM["own",SPHEROID["Bessel 1841",6377397.155,299.1528128],'
    f'TOWGS84[598.1,73.7,418.2,0,0,0,0]],PRIMEM["Greenwich",0],{DEGREE}],'
    'PROJECTION["Lambert_Conformal_Conic_2SP"],PARAMETER["standard_parallel_1",47.25],'
    'PARAMETER["standard_parallel_2",48.75],PARAMETER["latitude_of_origin",48],'
    'PARAMETER["central_meridian",11],PARAMETER["false_easting",0],'
    'PARAMETER["false_northing",0],UNIT["metre",1]]'
)
NAD83 = (
    'GEOGCRS["NAD83 of mine",DATUM["North American Datum 1983",'
    'ELLIPSOID["GRS 1980",6378137,298.257222101],ID["EPSG",6269]],CS[ellipsoidal,2],'
    'AXIS["latitude",north],AXIS["longitude",east],ANGLEUNIT["degree",0.0174532925199433]]'
)
LOCAL = 'LOCAL_CS["site",UNIT["metre",1],AXIS["x",EAST],AXIS["y",NORTH]]'


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("EPSG:32632", UTM),
        ("EPSG:4326", EAST_FIRST),
        (LOCAL, LOCAL.replace('"x"', '"Easting"').replace('"metre"', '"Meter"')),
        (BESSEL, BESSEL.replace("1,6377397.155", "1,6377397.1550")),
        (BESSEL, BESSEL.replace('UNIT["metre",1]', 'UNIT["metre",1,AUTHORITY["EPSG","9001"]]')),
        (
            BESSEL,
            BESSEL.replace('PARAMETER["latitude_of_origin",48],', "").replace(
                'PROJECTION["Lambert_Conformal_Conic_2SP"],',
                'PROJECTION["Lambert_Conformal_Conic_2SP"],PARAMETER["latitude_of_origin",48],',
            ),
        ),
    ],
    ids=["code", "axes", "names of axes", "digits", "code of a unit", "order of parameters"],
)
def test_the_same_in_other_words(a, b):
    assert same_crs(a, b) and same_crs(b, a)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("EPSG:32632", UTM.replace("32N", "thirty-two")),
        ("EPSG:32632", UTM.replace("0.9996", "0.9997")),
        ("EPSG:32632", "EPSG:32633"),
        ("EPSG:32632", "EPSG:25832"),
        ("EPSG:4326", EAST_FIRST.replace("298.257223563", "298.2572221")),
        (NAD83, NAD83.replace("298.257222101", "0")),
        ("EPSG:4326", EAST_FIRST.replace('"Greenwich",0', '"Paris",2.33722917')),
        ("EPSG:4326", "EPSG:4979"),
        ("EPSG:4326", "OGC:CRS84"),
        (BESSEL, BESSEL.replace("598.1", "599.1")),
        (BESSEL, BESSEL.replace(",TOWGS84[598.1,73.7,418.2,0,0,0,0]", "")),
        (BESSEL, BESSEL.replace('DATUM["own"', 'DATUM["other"')),
        (LOCAL, LOCAL.replace('"site"', '"other site"')),
        (LOCAL, LOCAL.replace('UNIT["metre",1]', 'UNIT["foot",0.3048]')),
        ("EPSG:32632", None),
        ("EPSG:32632", "no CRS"),
    ],
    ids=str,
)
def test_another_crs(a, b):
    assert not same_crs(a, b) and not same_crs(b, a)
