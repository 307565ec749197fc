"""Geotransforms, CRS, epochs, GCPs and RPCs; AREA_OR_POINT."""

from osgeo import gdal, osr

from .registry import KINDS, ODD, Kind, crs_of, each, kind


@each(
    "geotransform",
    north_up=(400000.0, 10.0, 0.0, 5200000.0, 0.0, -10.0),
    identity=(0.0, 1.0, 0.0, 0.0, 0.0, 1.0),
    identity_shifted=(0.5, 1.0, 0.0, 0.5, 0.0, 1.0),
    rotated=(400000.0, 8.0, 3.0, 5200000.0, 3.0, -8.0),
    south_up=(400000.0, 10.0, 0.0, 5200000.0, 0.0, 10.0),
    west_up=(400000.0, -10.0, 0.0, 5200000.0, 0.0, -10.0),
    not_exact=(1 / 3, 0.1, 0.0, -2 / 3, 0.0, -0.1),
    tiny=(1e-12, 1e-15, 0.0, 1e-12, 0.0, -1e-15),
    huge=(1e15 + 0.125, 1e6, 0.0, -1e15, 0.0, -1e6),
    of_no_size=(5.0, 0.0, 0.0, 7.0, 0.0, 0.0),
    sheared=(1.0, 2.0, 4.0, 1.0, 1.0, 2.0),
    upside_down_unit=(0.0, 1.0, 0.0, 0.0, 0.0, -1.0),
)
def geotransform(ds, value):
    ds.SetGeoTransform(value)


CUSTOM = (
    'PROJCS["Gr\u00fcne H\u00f6lle",GEOGCS["Bessel 1841 (own)",DATUM["own",'
    'SPHEROID["Bessel 1841",6377397.155,299.1528128],'
    'TOWGS84[598.1,73.7,418.2,0.202,0.045,-2.455,6.7]],PRIMEM["Ferro",-17.66666666666667],'
    'UNIT["degree",0.0174532925199433]],PROJECTION["Lambert_Conformal_Conic_2SP"],'
    'PARAMETER["standard_parallel_1",47.25],PARAMETER["standard_parallel_2",48.75],'
    'PARAMETER["latitude_of_origin",48],PARAMETER["central_meridian",11],'
    'PARAMETER["false_easting",123456.789],PARAMETER["false_northing",0],'
    'UNIT["US survey foot",0.3048006096012192]]'
)
LOCAL = 'LOCAL_CS["site grid of mine",UNIT["metre",1],AXIS["x",EAST],AXIS["y",NORTH]]'
ENGINEERING = (
    'ENGCRS["hall 3",EDATUM["hall 3"],CS[Cartesian,2],AXIS["x",east,ORDER[1],'
    'LENGTHUNIT["metre",1]],AXIS["y",north,ORDER[2],LENGTHUNIT["metre",1]]]'
)
_DEGREE = 'ANGLEUNIT["degree",0.0174532925199433]'
_POLE = "(netCDF CF convention)"
ROTATED = (
    'GEOGCRS["rotated",BASEGEOGCRS["WGS 84",DATUM["World Geodetic System 1984",'
    f'ELLIPSOID["WGS 84",6378137,298.257223563]]],DERIVINGCONVERSION["Pole rotation {_POLE}",'
    f'METHOD["Pole rotation {_POLE}"],'
    f'PARAMETER["Grid north pole latitude {_POLE}",39.25,{_DEGREE}],'
    f'PARAMETER["Grid north pole longitude {_POLE}",-162,{_DEGREE}],'
    f'PARAMETER["North pole grid longitude {_POLE}",0,{_DEGREE}]],CS[ellipsoidal,2],'
    f'AXIS["latitude",north,ORDER[1],{_DEGREE}],AXIS["longitude",east,ORDER[2],{_DEGREE}]]'
)


@each(
    "CRS",
    UTM="EPSG:32632",
    geographic="EPSG:4326",
    geographic_with_height="EPSG:4979",
    geocentric="EPSG:4978",
    axes_swapped="EPSG:2193",
    web="EPSG:3857",
    polar="EPSG:3031",
    compound="EPSG:7405",
    compound_of_two="EPSG:32632+5773",
    Swiss="EPSG:2056",
    of_Esri="ESRI:102008",
    feet="EPSG:2263",
    custom=CUSTOM,
    local=LOCAL,
    engineering=ENGINEERING,
    rotated_pole=ROTATED,
    bound="+proj=tmerc +lat_0=0 +lon_0=12 +x_0=4500000 +ellps=bessel +towgs84=598.1,73.7,418.2",
    sphere="+proj=sinu +R=6371007.181 +units=m",
    of_Mars="+proj=eqc +a=3396190 +b=3396190 +units=m",
    geostationary="+proj=geos +h=35785831 +lon_0=0 +sweep=y",
    oblique="+proj=omerc +lat_0=4 +lonc=115 +alpha=53.3 +gamma=53.1 +k=0.99984 +ellps=evrst30",
)
def crs(ds, text):
    ds.SetSpatialRef(crs_of(text))


@each(
    "coordinate epoch",
    GDA2020=("EPSG:7844", 2022.5),
    ITRF=("EPSG:9000", 2010.0),
    of_WGS84=("EPSG:4326", 2021.3),
    projected=("EPSG:7855", 1994.123456),
    with_height=("EPSG:7843", 2020.0),
)
def epoch(ds, value):
    ds.SetSpatialRef(crs_of(*value))


@kind("CRS", "longitude after latitude")
def axes_as_data(ds):
    crs = crs_of("EPSG:4326")
    crs.SetAxisMappingStrategy(osr.OAMS_AUTHORITY_COMPLIANT)
    ds.SetSpatialRef(crs)


def points(*, ids=False, heights=False, number=5):
    return [
        gdal.GCP(
            7.1 + n / 7,
            46.3 - n / 9,
            n * 11.3 if heights else 0,
            n * 1.25,
            n * 0.75 + 0.1,
            f"info {n} {ODD}" if ids else "",
            f"point {n}" if ids else str(n + 1),
        )
        for n in range(number)
    ]


@each(
    "GCPs",
    with_a_CRS=(points(), "EPSG:4326"),
    without_a_CRS=(points(), ""),
    with_names=(points(ids=True), "EPSG:32632"),
    with_heights=(points(heights=True), "EPSG:4326"),
    many=(points(number=900), "EPSG:4326"),
    one=(points(number=1), "EPSG:4326"),
    of_a_custom_CRS=(points(), CUSTOM),
    all_alike=([gdal.GCP(1, 2, 3, 4, 5)] * 3, "EPSG:4326"),
    with_an_epoch=(points(), ("EPSG:7844", 2022.5)),
)
def gcps(ds, value):
    found, text = value
    text = (text,) if isinstance(text, str) else text
    ds.SetGCPs(found, crs_of(*text) if text[0] else None)


@kind("GCPs", "beside a geotransform")
def gcps_and_transform(ds):
    ds.SetSpatialRef(crs_of("EPSG:32632"))
    ds.SetGeoTransform((400000.0, 10.0, 0.0, 5200000.0, 0.0, -10.0))
    ds.SetGCPs(points(), crs_of("EPSG:4326"))


def rpc(number="{:.17g}", **more):
    single = [
        *("LINE_OFF", "SAMP_OFF", "LAT_OFF", "LONG_OFF", "HEIGHT_OFF"),
        *("LINE_SCALE", "SAMP_SCALE", "LAT_SCALE", "LONG_SCALE", "HEIGHT_SCALE"),
    ]
    items = {name: number.format(2.25 + n / 7) for n, name in enumerate(single)}
    for n, name in enumerate(("LINE_NUM", "LINE_DEN", "SAMP_NUM", "SAMP_DEN")):
        items[f"{name}_COEFF"] = " ".join(number.format((n + 1) / (k + 3)) for k in range(20))
    return {**items, **more}


@each(
    "RPCs",
    usual=rpc(ERR_BIAS="0.5", ERR_RAND="-1"),
    without_errors=rpc(),
    spelled_long=rpc("{:.15e}", ERR_BIAS="1.000000000000000e+00", ERR_RAND="-1"),
    spelled_with_plus=rpc("{:+.8f}"),
    with_bounds=rpc(MIN_LONG="7", MAX_LONG="8", MIN_LAT="46", MAX_LAT="47"),
    with_more=rpc(HEIGHT_DEFAULT="350", SATID="QB02"),
    incomplete={"LINE_OFF": "1", "SAMP_OFF": "2"},
)
def rpcs(ds, items):
    ds.SetMetadata(items, "RPC")


for _value in ("Area", "Point", "Volume"):
    KINDS[f"AREA_OR_POINT: {_value}"] = Kind(
        "AREA_OR_POINT", lambda ds, v=_value: ds.SetMetadataItem("AREA_OR_POINT", v)
    )


@kind("AREA_OR_POINT", "Point, with an odd geotransform")
def points_and_transform(ds):
    ds.SetMetadataItem("AREA_OR_POINT", "Point")
    ds.SetSpatialRef(crs_of("EPSG:4326"))
    ds.SetGeoTransform((1 / 3, 1 / 7, 0.0, 2 / 3, 0.0, -1 / 11))
