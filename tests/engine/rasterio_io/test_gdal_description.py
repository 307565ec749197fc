"""What GDAL says of a raster and rasterio does not: kept both ways, and seen by compare."""

import json
import math
import os
import struct
import subprocess
import sys
import time
import zipfile
from dataclasses import replace

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
from flac_raster_qgis.engine.errors import CorruptFile, UnsupportedRaster
from flac_raster_qgis.engine.format.metadata_json import metadata_from_json, metadata_to_json
from flac_raster_qgis.engine.model.attribute_table import (
    COLUMN_TYPES,
    COLUMN_USAGES,
    AttributeTable,
    Column,
)
from flac_raster_qgis.engine.model.metadata import GroundControlPoint, Histogram
from flac_raster_qgis.engine.rasterio_io.crs import same_crs
from hypothesis import given
from hypothesis import strategies as st

rasterio = pytest.importorskip("rasterio", exc_type=ImportError)
pytest.importorskip("rasterio.shutil", exc_type=ImportError)
from kits import geotiff  # noqa: E402
from kits.geotiff import declare_nodata  # noqa: E402

PIXELS = np.arange(12, dtype="u1").reshape(1, 3, 4)

TABLE = AttributeTable(
    (
        Column("Value", "integer", "min_max", ("0", "-5")),
        Column("Name <&>", "string", "name", ("", 'Wald "ü"\nzwei')),
        Column("Third", "real", "generic", ("0.3333333333333333", "1e+300")),
    ),
    "athematic",
    -0.5,
    2.5,
)
COLUMN = {"name": "a", "type": "real", "usage": "min", "values": []}
LOCAL_CRS = (
    'GEOGCRS["unnamed",DATUM["D",ELLIPSOID["E",6378140,298.2,LENGTHUNIT["metre",1]]],'
    'PRIMEM["Greenwich",0,ANGLEUNIT["degree",0.0174532925199433]],CS[ellipsoidal,2],'
    'AXIS["latitude",north,ORDER[1]],AXIS["longitude",east,ORDER[2]],'
    'ANGLEUNIT["degree",0.0174532925199433]]'
)
HISTOGRAM = Histogram(-0.5, 255.5, tuple(range(256)), True, True)


def write_tif(path, array=PIXELS, **profile):
    return geotiff.write_tif(path, array, **profile)


def there_and_back(tmp_path, source):
    """Convert in both directions; return the metadata of the FLAC raster and all warnings."""
    flac, back = tmp_path / "x.flac", tmp_path / "back.tif"
    said = convert(source, flac, overwrite=True).warnings
    said += convert(flac, back, overwrite=True).warnings
    if not said:
        assert compare(source, flac).identical
        assert compare(source, back).identical
    with FlacRaster.open(flac) as raster:
        return raster.metadata, said


def from_flac(tmp_path, metadata, array=PIXELS):
    """Write a FLAC raster, convert it, and return what the GeoTIFF says of itself."""
    flac, back, again = (tmp_path / name for name in ("x.flac", "back.tif", "again.flac"))
    write_raster(ArrayRaster(metadata, array), flac)
    said = convert(flac, back).warnings
    assert compare(flac, back).identical is not bool(said)
    convert(back, again)
    with FlacRaster.open(again) as raster:
        return raster.metadata, said


def described(**band):
    return RasterMetadata(4, 3, "uint8", (Band(color_interpretation="gray", **band),))


@pytest.mark.parametrize(
    "band",
    [
        {"category_names": ("", "Wald", "<See> & Fluß")},
        {"attribute_table": TABLE},
        {"attribute_table": replace(TABLE, type="thematic", first_bin=None, bin_size=None)},
        {"histograms": (HISTOGRAM, replace(HISTOGRAM, approximate=False))},
    ],
    ids=["categories", "table", "table without bins", "histograms"],
)
def test_of_a_band(tmp_path, band):
    metadata, said = from_flac(tmp_path, described(**band))
    assert said == ()
    assert metadata.bands == described(**band).bands


@pytest.mark.parametrize("usage", COLUMN_USAGES)
@pytest.mark.parametrize("kind", COLUMN_TYPES[:3])
def test_columns_of_every_kind(tmp_path, kind, usage):
    if usage in ("red", "green", "blue", "alpha"):
        kind = "integer"  # GDAL makes no others
    table = AttributeTable((Column("c", kind, usage, ("1", "2")),))
    metadata, said = from_flac(tmp_path, described(attribute_table=table))
    assert said == () and metadata.bands[0].attribute_table == table


@pytest.mark.parametrize("name", ["category_names", "attribute_table"])
def test_compare_sees_what_is_missing(tmp_path, name):
    value = {"category_names": ("a",), "attribute_table": TABLE}[name]
    for file, metadata in (("a", described(**{name: value})), ("b", described())):
        write_raster(ArrayRaster(metadata, PIXELS), tmp_path / f"{file}.flac")
    found = compare(tmp_path / "a.flac", tmp_path / "b.flac")
    assert not found.identical
    assert [difference.field for difference in found.differences] == [f"band 1 {name}"]


def test_histograms_that_qgis_leaves_beside_a_raster_make_no_difference(tmp_path):
    for file, metadata in (("a", described(histograms=(HISTOGRAM,))), ("b", described())):
        write_raster(ArrayRaster(metadata, PIXELS), tmp_path / f"{file}.flac")
    found = compare(tmp_path / "a.flac", tmp_path / "b.flac")
    assert found.identical
    (difference,) = found.statistics_differences
    assert difference.field == "band 1 histograms" and difference.b == []
    assert compare(tmp_path / "a.flac", tmp_path / "a.flac").statistics_differences == ()


@pytest.mark.parametrize("epoch", [2022.5, 1997.123456])  # GDAL writes six decimals
@pytest.mark.parametrize("crs", ["EPSG:7844", LOCAL_CRS])
def test_coordinate_epoch(tmp_path, epoch, crs):
    metadata = replace(described(), crs=crs, coordinate_epoch=epoch)
    found, said = from_flac(tmp_path, metadata)
    assert said == () and found.coordinate_epoch == epoch and same_crs(found.crs, crs)


@pytest.mark.parametrize("epoch", ["1e300", "inf", "10000"])  # GDAL drops others itself
def test_an_epoch_that_is_no_year_is_named(tmp_path, epoch):
    source = tmp_path / "a.vrt"
    source.write_text(
        '<VRTDataset rasterXSize="4" rasterYSize="3">'
        f'<SRS coordinateEpoch="{epoch}">EPSG:7844</SRS>'
        '<VRTRasterBand dataType="Byte" band="1"/></VRTDataset>'
    )
    metadata, said = there_and_back(tmp_path, source)
    assert metadata.coordinate_epoch is None and metadata.crs == "EPSG:7844"
    assert len(said) == 1 and f"epoch {float(epoch):g} of" in said[0]


def test_an_epoch_that_is_no_year_is_not_written(tmp_path):
    metadata = replace(described(), crs="EPSG:7844", coordinate_epoch=float("nan"))
    with pytest.raises(UnsupportedRaster, match="epoch"):
        write_raster(ArrayRaster(metadata, PIXELS), tmp_path / "x.flac")


@pytest.mark.parametrize("crs", [None, "EPSG:3857"])
def test_identity_transform_differs_from_none(tmp_path, crs):
    metadata = replace(described(), crs=crs)
    found, said = from_flac(tmp_path, replace(metadata, has_transform=True))
    assert said == () and found.has_transform
    with rasterio.open(tmp_path / "back.tif") as dataset:
        assert dataset.transform.is_identity
    for name, raster in (("a", metadata), ("b", replace(metadata, has_transform=True))):
        write_raster(ArrayRaster(raster, PIXELS), tmp_path / f"{name}.flac")
    differences = compare(tmp_path / "a.flac", tmp_path / "b.flac").differences
    assert [difference.field for difference in differences] == ["has_transform"]


@pytest.mark.parametrize(
    ("dtype", "nodata"),
    [
        ("uint8", -9999),
        ("uint8", 256),
        ("uint8", 0.5),
        ("uint16", 65536),
        ("int16", 40000),
        ("uint32", -1),
        ("int32", 2**31),
        ("float32", 1e300),
        ("float32", 0.1),
        ("float32", -3.4028234663852886e38),
        ("complex64", float("-inf")),
        ("int16", float("nan")),
        ("int16", 1e20),
    ],
)
def test_nodata_that_no_pixel_can_have(tmp_path, dtype, nodata):
    source = write_tif(tmp_path / "a.tif", PIXELS.astype(dtype))
    declare_nodata(source, nodata)
    metadata, said = there_and_back(tmp_path, source)
    assert said == ()
    assert metadata.nodata[0] == nodata or metadata.nodata[0] != nodata != nodata


@pytest.mark.parametrize("gdal_type", ["CInt16", "CInt32"])
@pytest.mark.parametrize("nodata", [None, 0, -5])
@pytest.mark.parametrize("cog", [False, True])
def test_complex_integers(tmp_path, gdal_type, nodata, cog):
    """Made and judged as raw numbers, by GDAL's driver for files of them."""
    kind = {"CInt16": "<i2", "CInt32": "<i4"}[gdal_type]
    info = np.iinfo(kind)
    numbers = np.array([[info.min, info.max, -1, 1], [0, info.max, info.max - 1, info.min]], kind)
    (tmp_path / "raw").write_bytes(numbers.tobytes())
    size = numbers.itemsize * 2
    declared = "" if nodata is None else f"<NoDataValue>{nodata}</NoDataValue>"
    source = tmp_path / "a.vrt"
    source.write_text(
        f'<VRTDataset rasterXSize="2" rasterYSize="2"><VRTRasterBand dataType="{gdal_type}" '
        f'band="1" subClass="VRTRawRasterBand">{declared}<SourceFilename relativetoVRT="1">raw'
        f"</SourceFilename><PixelOffset>{size}</PixelOffset><LineOffset>{2 * size}</LineOffset>"
        "</VRTRasterBand></VRTDataset>"
    )
    flac, back, described = (tmp_path / name for name in ("x.flac", "back.tif", "back.vrt"))
    assert convert(source, flac).warnings == ()
    assert convert(flac, back, cog=cog).warnings == ()
    assert compare(source, back).identical and compare(source, flac).identical
    with FlacRaster.open(flac) as raster:
        assert (raster.metadata.gdal_type, raster.metadata.nodata) == (gdal_type, (nodata,))
    rasterio.shutil.copy(back, described, driver="VRT")
    assert f'<VRTRasterBand dataType="{gdal_type}"' in described.read_text()
    with rasterio.open(back) as dataset:
        found = dataset.read(out=np.empty((1, 2, 2), "complex128"))
    assert np.stack([found.real, found.imag], -1).ravel().tolist() == numbers.ravel().tolist()


def test_json_documents(tmp_path):
    document = {"a": 1, "x=y": ["=", ":"], "é": None}
    vrt = tmp_path / "a.vrt"
    rasterio.shutil.copy(write_tif(tmp_path / "a.tif"), vrt, driver="VRT")
    text = f'<Metadata domain="json:A" format="json">{json.dumps(document)}</Metadata>'
    vrt.write_text(vrt.read_text().replace("<VRTRasterBand", text + "<VRTRasterBand", 1))
    metadata, said = there_and_back(tmp_path, vrt)
    assert said == () and json.loads(metadata.tags["json:A"]["json:A"]) == document


def test_a_color_table_that_gdal_fills_up_and_coefficients_that_it_spells_anew(tmp_path):
    colors = {0: (1, 2, 3, 255), 1: (0, 0, 0, 255)}
    metadata = described(colormap=colors)
    metadata = replace(
        metadata, bands=(replace(metadata.bands[0], color_interpretation="palette"),)
    )
    assert from_flac(tmp_path, metadata)[1] == ()


def test_what_a_geotiff_cannot_hold_is_named_with_its_value(tmp_path):
    metadata = RasterMetadata(4, 3, "uint8", (Band(color_interpretation="smell"),))
    (said,) = from_flac(tmp_path, metadata)[1]
    assert '"smell"' in said and '"gray"' in said and "band 1 color_interpretation" in said


@pytest.mark.parametrize("dtype", ["uint8", "int16", "uint16", "float32"])
@pytest.mark.parametrize("colors", [1, 300])
def test_color_tables_that_a_tiff_cannot_hold(tmp_path, dtype, colors):
    table = {value: (value % 256, 2, 3, 4) for value in range(colors)}
    bands = (
        Band(colormap=table, color_interpretation="palette"),
        Band(color_interpretation="gray"),
    )
    array = np.concatenate([PIXELS, PIXELS]).astype(dtype)
    found, said = from_flac(tmp_path, RasterMetadata(4, 3, dtype, bands), array)
    assert said == () and found.bands[0].colormap == table


@pytest.mark.parametrize(
    "document",
    [
        '<?xml version="1.0" encoding="UTF-8"?><x a="1">y</x>',
        "<!DOCTYPE x><x><z/></x>",
        '<?xml version="1.0"?><!DOCTYPE x [<!ELEMENT x ANY>]><Metadata domain="a"><x/></Metadata>',
    ],
)
def test_xml_documents_with_declarations(tmp_path, document):
    vrt = tmp_path / "a.vrt"
    rasterio.shutil.copy(write_tif(tmp_path / "a.tif"), vrt, driver="VRT")
    text = f'<Metadata domain="xml:A" format="xml">{document}</Metadata>'
    vrt.write_text(vrt.read_text().replace("<VRTRasterBand", text + "<VRTRasterBand", 1))
    metadata, said = there_and_back(tmp_path, vrt)
    assert said == () and "xml:A" in metadata.tags


def rpcs(**items):
    one = " ".join(["1"] + ["0"] * 19)
    lists = {f"{a}_{b}_COEFF": one for a in ("LINE", "SAMP") for b in ("NUM", "DEN")}
    numbers = {
        f"{a}_{b}": "2.8"
        for a in ("LINE", "SAMP", "LAT", "LONG", "HEIGHT")
        for b in ("OFF", "SCALE")
    }
    return {**numbers, **lists, **items}


@pytest.mark.parametrize(
    "items",
    [
        rpcs(),
        rpcs(LINE_OFF="+2.8"),
        rpcs(LINE_OFF="0.12345678901234568"),
        rpcs(ERR_BIAS="1", ERR_RAND="2"),
        rpcs(SATID="QB02"),
        {"LINE_OFF": "1.5"},
        rpcs(LINE_OFF="a lot"),
    ],
)
def test_coefficients_that_a_tiff_holds_and_others(tmp_path, items):
    found, said = from_flac(tmp_path, replace(described(), rpcs=items))
    assert said == ()
    assert found.rpcs == items or set(items) <= set(found.rpcs)


def test_crs_in_other_words(tmp_path):
    """Longitude before latitude, as a .prj has it, without a code."""
    crs = LOCAL_CRS.replace("latitude", "x").replace('x",north', 'longitude",east')
    crs = crs.replace('longitude",east,ORDER[2]', 'latitude",north,ORDER[2]')
    assert from_flac(tmp_path, replace(described(), crs=crs))[1] == ()
    assert not same_crs("EPSG:4326", "EPSG:4258")
    assert not same_crs("EPSG:4326", None)
    bessel = 'GEOGCS["a",DATUM["b",SPHEROID["c",6377397.155,299.1528128]{}],UNIT["degree",0.017]]'
    shifted = bessel.format(",TOWGS84[1,2,3,0,0,0,0]")
    assert same_crs(shifted, shifted + " ") and not same_crs(shifted, bessel.format(""))


@pytest.mark.parametrize(
    "transform",
    [
        (float("nan"), 0, 5, 0, -1, 6),
        (1, 0, float("inf"), 0, -1, 6),
        (1e308, 0, 1e308, 0, -1, 6),
    ],
)
def test_a_transform_that_leads_nowhere_is_not_written(tmp_path, transform):
    metadata = replace(described(), transform=transform, has_transform=True)
    with pytest.raises(UnsupportedRaster, match="expected finite numbers"):
        write_raster(ArrayRaster(metadata, PIXELS), tmp_path / "a.flac")
    assert not (tmp_path / "a.flac").exists()


def test_a_data_type_of_a_later_version_is_taken_for_none():
    text = json.dumps({"bands": [{}], "gdal_type": "CInt64"})
    assert metadata_from_json(text, count=1, name="x")["gdal_type"] is None


def test_a_data_type_that_does_not_fit_is_damage(tmp_path):
    metadata = replace(described(), gdal_type="CInt16")
    write_raster(ArrayRaster(metadata, PIXELS), tmp_path / "a.flac")
    with pytest.raises(CorruptFile, match="CInt16.*uint8"):
        FlacRaster.open(tmp_path / "a.flac")


def test_warnings_show_what_changed_and_nothing_else():
    from flac_raster_qgis.engine.operations.metadata_diff import _changed

    a, b = {"": {"A": "1", "B": "2"}, "C": {"d": "e"}}, {"": {"A": "1", "B": "3", "F": "4"}}
    assert _changed(a, b) == ({"": {"B": "2"}, "C": {"d": "e"}}, {"": {"B": "3", "F": "4"}})


def test_a_crs_without_a_name_is_that_of_the_same_parameters():
    crs = rasterio.crs.CRS.from_epsg(32632)
    unnamed = crs.to_wkt(version="WKT2_2019").replace('"WGS 84 / UTM zone 32N"', '"unnamed"')
    unnamed = unnamed.replace(',ID["EPSG",32632]]', "]")
    assert same_crs(unnamed, "EPSG:32632") and not same_crs(unnamed, "EPSG:32633")


def test_what_no_reader_would_take_is_not_written(tmp_path):
    metadata = described(colormap={0: (2656, 6, 0, 0)})
    with pytest.raises(UnsupportedRaster, match="cannot be kept.*2656"):
        write_raster(ArrayRaster(metadata, PIXELS), tmp_path / "a.flac")
    assert not (tmp_path / "a.flac").exists()


@pytest.mark.parametrize(
    ("metadata", "where"),
    [
        (
            {"gcps": (GroundControlPoint(1, 2, 3, 4), GroundControlPoint(1, 2, math.nan, 4))},
            "gcps 2 x",
        ),
        ({"gcps": (GroundControlPoint(1, -math.inf, 3, 4),)}, "gcps 1 col"),
        (
            {"bands": (Band(), Band(histograms=(Histogram(0, math.inf, (1,)),)))},
            "bands 2 histograms 1 maximum",
        ),
        (
            {"bands": (Band(attribute_table=AttributeTable((), "thematic", math.nan, 1.0)),)},
            "bands 1 attribute_table first_bin",
        ),
    ],
)
def test_numbers_that_are_none_are_named(tmp_path, metadata, where):
    described = RasterMetadata(4, 3, "uint8", **{"bands": (Band(),), **metadata})
    pixels = np.zeros((described.count, 3, 4), "u1")
    with pytest.raises(UnsupportedRaster, match=f"array: {where} of its metadata is (nan|-?inf)"):
        write_raster(ArrayRaster(described, pixels), tmp_path / "x.flac")


def test_data_axes_that_are_those_of_the_crs_are_named(tmp_path):
    vrt = tmp_path / "a.vrt"
    transform = rasterio.Affine(1, 0, 5, 0, -1, 6)
    source = write_tif(tmp_path / "a.tif", crs="EPSG:4326", transform=transform)
    rasterio.shutil.copy(source, vrt, driver="VRT")
    assert convert(vrt, tmp_path / "a.flac").warnings == ()
    vrt.write_text(vrt.read_text().replace('Mapping="2,1"', 'Mapping="1,2"'))
    (said,) = convert(vrt, tmp_path / "b.flac").warnings
    assert "latitude before longitude" in said and str(vrt) in said


def test_three_grays(tmp_path):
    bands = (Band(color_interpretation="gray"),) * 3
    array = np.concatenate([PIXELS] * 3)
    found, said = from_flac(tmp_path, RasterMetadata(4, 3, "uint8", bands), array)
    assert said == () and found.bands == bands


@given(
    st.dictionaries(st.text(max_size=5), st.text(max_size=5), max_size=2),
    st.lists(st.text(max_size=5), max_size=3),
    st.lists(st.sampled_from(COLUMN_TYPES), max_size=3),
    st.one_of(st.none(), st.floats(allow_nan=False, allow_infinity=False)),
    st.one_of(st.none(), st.floats(0, 10000, exclude_min=True, exclude_max=True)),
    st.sampled_from([None, "CInt16", "CInt32"]),
    st.booleans(),
)
def test_json_is_read_as_it_was_written(items, names, kinds, bins, epoch, gdal_type, has_transform):
    columns = tuple(Column(f"{n}", kind, "generic", ("a", "")) for n, kind in enumerate(kinds))
    metadata = RasterMetadata(
        4,
        3,
        "complex64",
        (
            Band(
                category_names=tuple(names),
                attribute_table=AttributeTable(columns, first_bin=bins, bin_size=bins),
                tags={"d": items},
                histograms=(HISTOGRAM,),
            ),
        ),
        coordinate_epoch=epoch,
        gdal_type=gdal_type,
        has_transform=has_transform,
    )
    details = metadata_from_json(metadata_to_json(metadata), count=1, name="x")
    assert RasterMetadata(4, 3, "complex64", **details) == metadata


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("category_names", "ab"),
        ("category_names", [1]),
        ("attribute_table", {"columns": [{**COLUMN, "type": "x"}]}),
        ("attribute_table", {"columns": [{**COLUMN, "values": "ab"}]}),
        ("attribute_table", {"columns": [COLUMN, {**COLUMN, "values": ["1"]}]}),
        ("attribute_table", {"columns": [{"name": "a", "type": "real", "usage": "min"}]}),
        ("attribute_table", {"columns": [], "first_bin": 1}),
        ("attribute_table", []),
        ("histograms", [{"minimum": 0, "maximum": 1, "counts": [-1]}]),
        ("histograms", [{"minimum": "nan", "maximum": 1, "counts": []}]),
    ],
)
def test_json_of_another_shape_is_refused(key, value):
    with pytest.raises(CorruptFile, match="GEOSPATIAL_METADATA is damaged"):
        metadata_from_json(json.dumps({"bands": [{key: value}]}), count=1, name="x")


# ---------------------------------------------------------------- TIFFs that make huge tables


def colorimetric_tiff(order="<", big=False, bits=32, samples=1, directories=1):
    """A float TIFF with WhitePoint and PrimaryChromaticities; libtiff makes 2**32 entries of it."""
    pixels = bytes(16 * samples * bits // 8)
    layout = f"{order}HHQ8s" if big else f"{order}HHI4s"
    offset = "Q" if big else "I"
    head = 16 if big else 8
    out = b""
    start = head
    for number in range(directories):
        tags = [
            (256, "I", [4]), (257, "I", [4]), (258, "H", [bits] * samples), (259, "H", [1]),
            (262, "H", [1]), (273, offset, [None]), (277, "H", [samples]), (278, "I", [4]),
            (279, "I", [len(pixels)]), (339, "H", [3] * samples),
        ]  # fmt: skip
        if number == directories - 1:
            tags += [(318, "r", [3127, 10000] * 2), (319, "r", [64, 100] * 6)]
        tags.sort()
        entries, extra = b"", pixels
        base = start + (8 if big else 2) + struct.calcsize(layout) * len(tags)
        base += struct.calcsize(offset)
        for tag, code, values in tags:
            kind, item = {"H": (3, "H"), "I": (4, "I"), "Q": (16, "Q"), "r": (5, "I")}[code]
            values = [base if value is None else value for value in values]
            data = struct.pack(f"{order}{len(values)}{item}", *values)
            count = len(values) // (2 if code == "r" else 1)
            if len(data) > struct.calcsize(offset):
                place, extra = base + len(extra), extra + data
                data = struct.pack(f"{order}{offset}", place)
            entries += struct.pack(layout, tag, kind, count, data)
        following = base + len(extra) if number < directories - 1 else 0
        out += struct.pack(f"{order}{'Q' if big else 'H'}", len(tags)) + entries
        out += struct.pack(f"{order}{offset}", following) + extra
        start = head + len(out)
    mark = b"II" if order == "<" else b"MM"
    if big:
        return mark + struct.pack(f"{order}HHHQ", 43, 8, 0, head) + out
    return mark + struct.pack(f"{order}HI", 42, head) + out


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"order": ">"},
        {"big": True},
        {"big": True, "order": ">", "samples": 5},
        {"samples": 3},
        {"directories": 3},
    ],
    ids=str,
)
@pytest.mark.parametrize("zipped", [False, True])
def test_a_tiff_of_which_libtiff_would_make_gigabytes(tmp_path, options, zipped):
    path = tmp_path / "a.tif"
    path.write_bytes(colorimetric_tiff(**options))
    name = str(path)
    if zipped:
        with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
            archive.write(path, "a.tif")
        name = f"/vsizip/{tmp_path / 'a.zip'}/a.tif"
    code = (
        "import os, re; from flac_raster_qgis.engine import convert;"
        f"convert({name!r}, {str(tmp_path / 'a.flac')!r});"
        "path = '/proc/self/status';"
        "text = open(path).read() if os.path.exists(path) else 'VmHWM: 0 kB';"
        "print(re.search(r'VmHWM:\\s*(\\d+)', text)[1])"
    )
    started = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, env=os.environ
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) < 500_000 and time.monotonic() - started < 30
