"""What values mean: nodata, scale, offset, unit, description."""

from .registry import INF, KINDS, LONG, NAN, ODD, bands, each, kind


@each(
    "nodata",
    zero=0.0,
    in_range=7.0,
    largest_of_a_byte=255.0,
    negative=-9999.0,
    out_of_range=65536.0,
    fraction=0.5,
    not_a_number=NAN,
    infinite=INF,
    infinite_below=-INF,
    of_a_float=-3.4028234663852886e38,
    rounded=-3.4e38,
    beyond_a_float=1e300,
    third=1 / 3,
    minus_zero=-0.0,
)
def nodata(ds, value):
    for band in bands(ds):
        band.SetNoDataValue(value)


for _name, _kind in list(KINDS.items()):
    if _name.startswith("nodata: "):
        for _type in ("UInt16", "Int16", "Int32", "Float32", "Float64", "CFloat32", "CInt16"):
            KINDS[f"{_name} of {_type}"] = _kind._replace(dtype=_type)


@each(
    "nodata",
    "Int64",
    smallest_int64=-(2**63),
    largest_int64=2**63 - 1,
    int64_beyond_float64=2**53 + 1,
    int64_minus_one=-1,
    int64_zero=0,
)
def nodata_int64(ds, value):
    ds.GetRasterBand(1).SetNoDataValue(value)


@each("nodata", "UInt64", largest_uint64=2**64 - 1, uint64_beyond_int64=2**63 + 1, uint64_zero=0)
def nodata_uint64(ds, value):
    ds.GetRasterBand(1).SetNoDataValue(value)


@each(
    "nodata",
    None,
    3,
    per_band=(0, 1, 2),
    first_band_only=(0, None, None),
    last_band_only=(None, None, 9),
)
def nodata_per_band(ds, values):
    for band, value in zip(bands(ds), values):
        if value is not None:
            band.SetNoDataValue(value)


@each("nodata", "Float32", 2, NaN_and_number=(NAN, -9999.0), per_band_of_floats=(-1e30, 0.1))
def nodata_per_band_of_floats(ds, values):
    nodata_per_band(ds, values)


@each("nodata", "Int64", 2, per_band_of_int64=(-(2**63), 2**63 - 1), last_band_of_int64=(None, 5))
def nodata_per_band_of_int64(ds, values):
    nodata_per_band(ds, values)


@kind("nodata", "NODATA_VALUES", count=3)
def nodata_values(ds):
    ds.SetMetadataItem("NODATA_VALUES", "1 2 3")


@each(
    "scale",
    usual=(0.1, 273.15),
    only_scale=(2.0, None),
    only_offset=(None, -100.0),
    all_digits=(1 / 3, 1e-17),
    zero=(0.0, 0.0),
    negative=(-1.0, -0.0),
    not_a_number=(NAN, INF),
    said_though_usual=(1.0, 0.0),
)
def scale(ds, value):
    for band in bands(ds):
        if value[0] is not None:
            band.SetScale(value[0])
        if value[1] is not None:
            band.SetOffset(value[1])


@kind("scale", "per band", count=2)
def scale_per_band(ds):
    for n, band in enumerate(bands(ds)):
        band.SetScale(n + 0.5)
        band.SetOffset(-n / 3)
        band.SetUnitType(f"unit {n}")


@each("unit", usual="m", odd=ODD, spaces=" two  words ", long=LONG, feet="ft")
def unit(ds, value):
    ds.GetRasterBand(1).SetUnitType(value)


@each("description", usual="depth", odd=ODD, lines="one\ntwo\tthree", long=LONG, spaces="  a ")
def description(ds, value):
    ds.GetRasterBand(1).SetDescription(value)


@kind("description", "of the last band", count=3)
def description_of_the_last_band(ds):
    ds.GetRasterBand(3).SetDescription("third")
