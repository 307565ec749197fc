"""Color tables and interpretations."""

from osgeo import gdal

from .registry import KINDS, Kind, bands, each, kind


def table_of(entries, *, alpha=False, first=0):
    table = gdal.ColorTable()
    for n in range(entries):
        table.SetColorEntry(
            n, (first + n % 256, 255 - n % 256, n * 7 % 256, n * 5 % 256 if alpha else 255)
        )
    return table


@each(
    "color table",
    "Byte",
    of_7=table_of(7),
    of_256=table_of(256),
    of_1=table_of(1),
    of_300=table_of(300),
    with_alpha=table_of(16, alpha=True),
    black=gdal.ColorTable(),
    beyond_a_byte=table_of(5, first=1000),
    below_zero=table_of(5, first=-1000),
)
def color_table(ds, table):
    ds.GetRasterBand(1).SetColorTable(table)


for _type in ("UInt16", "Int16", "Float32", "UInt32"):
    KINDS[f"color table: of 300 of {_type}"] = Kind(
        "color table", lambda ds: color_table(ds, table_of(300)), _type
    )
KINDS["color table: of 65536 of UInt16"] = Kind(
    "color table", lambda ds: color_table(ds, table_of(65536)), "UInt16"
)


@kind("color table", "of each of two bands", "Byte", 2)
def color_table_of_two(ds):
    ds.GetRasterBand(1).SetColorTable(table_of(7))
    ds.GetRasterBand(2).SetColorTable(table_of(9))


@kind("color table", "of the second band", "Byte", 2)
def color_table_of_second(ds):
    ds.GetRasterBand(2).SetColorTable(table_of(9))


@kind("color table", "with nodata", "Byte")
def color_table_with_nodata(ds):
    color_table(ds, table_of(20))
    ds.GetRasterBand(1).SetNoDataValue(3)


COLORS = {
    "gray": [gdal.GCI_GrayIndex],
    "undefined": [gdal.GCI_Undefined],
    "red alone": [gdal.GCI_RedBand],
    "alpha alone": [gdal.GCI_AlphaBand],
    "gray and alpha": [gdal.GCI_GrayIndex, gdal.GCI_AlphaBand],
    "alpha and gray": [gdal.GCI_AlphaBand, gdal.GCI_GrayIndex],
    "RGB": [gdal.GCI_RedBand, gdal.GCI_GreenBand, gdal.GCI_BlueBand],
    "BGR": [gdal.GCI_BlueBand, gdal.GCI_GreenBand, gdal.GCI_RedBand],
    "RGBA": [gdal.GCI_RedBand, gdal.GCI_GreenBand, gdal.GCI_BlueBand, gdal.GCI_AlphaBand],
    "ARGB": [gdal.GCI_AlphaBand, gdal.GCI_RedBand, gdal.GCI_GreenBand, gdal.GCI_BlueBand],
    "three of none": [gdal.GCI_Undefined] * 3,
    "three grays": [gdal.GCI_GrayIndex] * 3,
    "four of none": [gdal.GCI_Undefined] * 4,
    "CMYK": [gdal.GCI_CyanBand, gdal.GCI_MagentaBand, gdal.GCI_YellowBand, gdal.GCI_BlackBand],
    "YCbCr": [gdal.GCI_YCbCr_YBand, gdal.GCI_YCbCr_CbBand, gdal.GCI_YCbCr_CrBand],
    "HSL": [gdal.GCI_HueBand, gdal.GCI_SaturationBand, gdal.GCI_LightnessBand],
    "RGB and more": [gdal.GCI_RedBand, gdal.GCI_GreenBand, gdal.GCI_BlueBand]
    + [gdal.GCI_Undefined] * 2,
    "palette without table": [gdal.GCI_PaletteIndex],
}


def colors(ds, values):
    for band, value in zip(bands(ds), values):
        band.SetColorInterpretation(value)


for _name, _colors in COLORS.items():
    for _type in ("Byte", "UInt16"):
        KINDS[f"color interpretation: {_name} of {_type}"] = Kind(
            "color interpretation", lambda ds, v=_colors: colors(ds, v), _type, len(_colors)
        )
