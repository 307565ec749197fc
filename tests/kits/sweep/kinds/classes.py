"""Category names, attribute tables, histograms, statistics."""

from osgeo import gdal

from .colors import table_of
from .registry import INF, LONG, NAN, ODD, bands, each, kind


@each(
    "category names",
    usual=["water", "forest", "town"],
    with_gaps=["", "forest", "", "town"],
    odd=[ODD, 'a "b"', "c\nd", " e "],
    many=[f"class {n}" for n in range(300)],
    one=["all"],
    all_empty=["", ""],
)
def categories(ds, names):
    ds.GetRasterBand(1).SetCategoryNames(names)


@kind("category names", "of two bands", count=2)
def categories_of_two(ds):
    for n, band in enumerate(bands(ds)):
        band.SetCategoryNames([f"a{n}", f"b{n}"])


USAGES = [
    gdal.GFU_Generic,
    gdal.GFU_PixelCount,
    gdal.GFU_Name,
    gdal.GFU_Min,
    gdal.GFU_Max,
    gdal.GFU_MinMax,
]
USAGES += [
    gdal.GFU_Red,
    gdal.GFU_Green,
    gdal.GFU_Blue,
    gdal.GFU_Alpha,
    gdal.GFU_RedMin,
    gdal.GFU_GreenMin,
]
USAGES += [
    gdal.GFU_BlueMin,
    gdal.GFU_AlphaMin,
    gdal.GFU_RedMax,
    gdal.GFU_GreenMax,
    gdal.GFU_BlueMax,
]
USAGES += [gdal.GFU_AlphaMax]
_SET = {
    gdal.GFT_Integer: "SetValueAsInt",
    gdal.GFT_Real: "SetValueAsDouble",
    gdal.GFT_String: "SetValueAsString",
}


def attribute_table(columns, rows, *, binning=None, kind=None):
    """Make a table of columns (name, type, usage) and rows of values."""
    table = gdal.RasterAttributeTable()
    for column in columns:
        table.CreateColumn(*column)
    table.SetRowCount(len(rows))
    for row, values in enumerate(rows):
        for column, value in enumerate(values):
            getattr(table, _SET[columns[column][1]])(row, column, value)
    if binning:
        table.SetLinearBinning(*binning)
    if kind is not None:
        table.SetTableType(kind)
    return table


CLASSES = [("Value", gdal.GFT_Integer, gdal.GFU_MinMax), ("Class", gdal.GFT_String, gdal.GFU_Name)]


@each(
    "attribute table",
    usual=attribute_table(CLASSES, [(n, f"class {n}") for n in range(4)]),
    of_all_usages=attribute_table(
        [(f"c{n}", gdal.GFT_Integer, usage) for n, usage in enumerate(USAGES)],
        [[n + row for n in range(len(USAGES))] for row in range(3)],
    ),
    of_all_types=attribute_table(
        [(f"c{n}", kind, gdal.GFU_Generic) for n, kind in enumerate(_SET)],
        [(-(2**31), 1 / 3, ODD), (2**31 - 1, 1e300, ""), (0, -0.0, " x "), (1, 5e-324, "a\nb")],
    ),
    of_no_numbers=attribute_table(
        [("x", gdal.GFT_Real, gdal.GFU_Min)], [(NAN,), (INF,), (-INF,), (0.1,)]
    ),
    binned=attribute_table(
        [("count", gdal.GFT_Integer, gdal.GFU_PixelCount)], [(5,), (9,)], binning=(-0.5, 1 / 3)
    ),
    athematic=attribute_table(CLASSES, [(1, "a")], kind=gdal.GRTT_ATHEMATIC),
    thematic=attribute_table(CLASSES, [(1, "a")], kind=gdal.GRTT_THEMATIC),
    without_rows=attribute_table(CLASSES, []),
    of_odd_names=attribute_table(
        [(ODD, gdal.GFT_String, gdal.GFU_Name), ("", gdal.GFT_Real, gdal.GFU_Generic)], [("a", 1.0)]
    ),
    of_equal_names=attribute_table([("a", gdal.GFT_Integer, gdal.GFU_Generic)] * 2, [(1, 2)]),
    long=attribute_table(CLASSES, [(n, f"class {n} {LONG[:50]}") for n in range(1000)]),
)
def rat(ds, table):
    ds.GetRasterBand(1).SetDefaultRAT(table)


@kind("attribute table", "of two bands", count=2)
def rat_of_two(ds):
    for n, band in enumerate(bands(ds)):
        band.SetDefaultRAT(attribute_table(CLASSES, [(n, f"band {n}")]))


@kind("attribute table", "with colors, categories and a histogram")
def rat_and_all(ds):
    band = ds.GetRasterBand(1)
    band.SetCategoryNames(["none", "a", "b"])
    band.SetColorTable(table_of(3))
    band.SetDefaultHistogram(-0.5, 2.5, [5, 6, 7])
    band.SetDefaultRAT(attribute_table(CLASSES, [(0, "none"), (1, "a"), (2, "b")]))


@each(
    "histogram",
    usual=(-0.5, 255.5, [n % 7 for n in range(256)]),
    of_large_counts=(0.0, 1.0, [2**40, 2**33 + 1]),
    of_one_bucket=(-1 / 3, 1 / 3, [9]),
    of_nothing=(0.0, 10.0, [0] * 10),
)
def histogram(ds, value):
    ds.GetRasterBand(1).SetDefaultHistogram(*value)


@kind("histogram", "of two bands", count=2)
def histogram_of_two(ds):
    for n, band in enumerate(bands(ds)):
        band.SetDefaultHistogram(0, 2 + n, [n, 1])


@kind("statistics", "computed")
def statistics_computed(ds):
    for band in bands(ds):
        band.ComputeStatistics(False)


@each(
    "statistics",
    not_those_of_the_pixels=(-1.5, 1e9, 1 / 3, 2 / 3),
    not_numbers=(NAN, NAN, NAN, NAN),
)
def statistics(ds, values):
    ds.GetRasterBand(1).SetStatistics(*values)


@kind("statistics", "of some pixels")
def statistics_of_some(ds):
    items = {
        "STATISTICS_APPROXIMATE": "YES",
        "STATISTICS_MINIMUM": "1",
        "STATISTICS_VALID_PERCENT": "12.5",
    }
    ds.GetRasterBand(1).SetMetadata(items)
