"""What GDAL's text of a raster does not say, or not exactly: kept by other means, or named."""

import struct
import warnings
import zipfile
from itertools import product
from types import SimpleNamespace

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
from flac_raster_qgis.engine.errors import UnsupportedRaster
from flac_raster_qgis.engine.model.attribute_table import AttributeTable, Column
from flac_raster_qgis.engine.model.metadata import Histogram
from flac_raster_qgis.engine.rasterio_io.tiff_directories import has_epoch
from kits import rasters

rasterio = pytest.importorskip("rasterio", exc_type=ImportError)
pytest.importorskip("rasterio.shutil", exc_type=ImportError)
from rasterio.errors import NotGeoreferencedWarning  # noqa: E402

PIXELS = np.arange(12, dtype="u1").reshape(1, 3, 4)
TRANSFORM = (1.0, 0.0, 9.0, 0.0, -1.0, 9.0)
HISTOGRAM = Histogram(-0.5, 11.5, (1,) * 12, True, False)
PRIMARIES = {
    "SOURCE_PRIMARIES_RED": "0.64,0.33,1.0",
    "SOURCE_PRIMARIES_GREEN": "0.3,0.6,1.0",
    "SOURCE_PRIMARIES_BLUE": "0.15,0.06,1.0",
    "SOURCE_WHITEPOINT": "0.3127,0.329,1.0",
}


def table_of(*cells):
    return AttributeTable((Column("Value", "real", "generic", cells),))


def write_flac(path, **band):
    return rasters.write_flac(path, PIXELS, color_interpretation="gray", **band)


def write_tif(path, dtype="uint8", **profile):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", NotGeoreferencedWarning)
        with rasterio.open(path, "w", "GTiff", 4, 3, 3, dtype=dtype, **profile) as dataset:
            dataset.write(np.zeros((3, 3, 4), dtype))
            dataset.update_tags(A=1)
            dataset.update_tags(ns="OWN", B=2)
            dataset.update_tags(ns="xml:XMP", **{"<x:xmpmeta xmlns:x": '"adobe:ns:meta/"/>'})
            dataset.update_tags(1, ns="BAND", C=3)
    return path


def to_flac(tmp_path, source):
    result = convert(source, tmp_path / "out.flac", overwrite=True)
    with FlacRaster.open(tmp_path / "out.flac") as raster:
        return raster.metadata, result.warnings


def vrt_of(path, name, old, new):
    """Write a VRT of a raster in which one text is another."""
    vrt = path.parent / name
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", NotGeoreferencedWarning)
        with rasterio.open(path) as dataset:
            rasterio.shutil.copy(dataset, vrt, driver="VRT")
    text = vrt.read_bytes()
    assert old in text
    vrt.write_bytes(text.replace(old, new))
    return vrt


# ---------------------------------------------------------------- domains that cannot be listed


@pytest.mark.parametrize("dtype", ["uint8", "float32", "float64", "uint32"])
@pytest.mark.parametrize("beside", [False, True])
def test_domains_of_a_tiff_that_makes_huge_tables(tmp_path, dtype, beside):
    profile = {"photometric": "RGB", **PRIMARIES}
    if beside:
        profile["profile"] = "BASELINE"  # so that metadata go into the .aux.xml
    metadata, said = to_flac(tmp_path, write_tif(tmp_path / "a.tif", dtype, **profile))
    assert metadata.tags[""]["A"] == "1" and metadata.tags["OWN"] == {"B": "2"}
    assert metadata.bands[0].tags["BAND"] == {"C": "3"}
    assert beside or "xmpmeta" in metadata.tags["xml:XMP"]["xml:XMP"]
    if not beside:  # such a TIFF has no profile
        has_profile = "COLOR_PROFILE" in metadata.tags
        assert has_profile == (dtype == "uint8")
        assert has_profile != any("color profile" in text for text in said)


# ---------------------------------------------------------------- sidecars


def test_histograms_in_an_archive_are_named(tmp_path):
    convert(write_flac(tmp_path / "in.flac", histograms=(HISTOGRAM,)), tmp_path / "a.tif")
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for name in ("a.tif", "a.tif.aux.xml"):
            archive.write(tmp_path / name, name)
    _, said = to_flac(tmp_path, f"/vsizip/{tmp_path / 'a.zip'}/a.tif")
    assert len(said) == 1 and "a.tif.aux.xml are not kept" in said[0]
    metadata, said = to_flac(tmp_path, tmp_path / "a.tif")
    assert metadata.bands[0].histograms == (HISTOGRAM,) and said == ()


def test_a_sidecar_that_a_driver_does_not_list(tmp_path):
    """GDAL's MRF driver is one of these."""
    convert(write_flac(tmp_path / "in.flac", histograms=(HISTOGRAM,)), tmp_path / "a.tif")
    with rasterio.open(tmp_path / "a.tif") as dataset:
        rasterio.shutil.copy(dataset, tmp_path / "a.mrf", driver="MRF")
    (tmp_path / "a.mrf.aux.xml").write_bytes((tmp_path / "a.tif.aux.xml").read_bytes())
    metadata, _ = to_flac(tmp_path, tmp_path / "a.mrf")
    assert metadata.bands[0].histograms == (HISTOGRAM,)


def test_histograms_of_one_raster_in_a_file_of_several(tmp_path):
    """They are in a part of the sidecar; others are of other rasters."""
    convert(write_flac(tmp_path / "in.flac", histograms=(HISTOGRAM,)), tmp_path / "a.tif")
    beside = (tmp_path / "a.tif.aux.xml").read_text()
    with rasterio.open(
        tmp_path / "two.tif", "w", "GTiff", 4, 3, 2, dtype="uint8", transform=(1, 0, 0, 0, -1, 0)
    ) as dataset:
        dataset.write(np.repeat(PIXELS, 2, axis=0))
    rasterio.shutil.copy(tmp_path / "two.tif", tmp_path / "n.nc", driver="netCDF")
    own = beside.replace("<PAMDataset>", '<Subdataset name="Band2"><PAMDataset>').replace(
        "</PAMDataset>", "</PAMDataset></Subdataset>"
    )
    (tmp_path / "n.nc.aux.xml").write_text(beside.replace("</PAMDataset>", f"{own}</PAMDataset>"))
    for number, found in ((1, ()), (2, (HISTOGRAM,))):
        metadata, _ = to_flac(tmp_path, f"netcdf:{tmp_path / 'n.nc'}:Band{number}")
        assert metadata.bands[0].histograms == found


# ---------------------------------------------------------------- digits


@pytest.mark.parametrize(
    "cell, is_ambiguous",
    [("0.3", True), ("1", False), ("0.5", False), ("123456789012345.7", True), ("", False)],
)
def test_real_numbers_that_may_have_been_rounded(tmp_path, cell, is_ambiguous):
    """Of formats that hold doubles; the text beside a TIFF is all that there is."""
    convert(write_flac(tmp_path / "in.flac", attribute_table=table_of(cell)), tmp_path / "a.tif")
    assert to_flac(tmp_path, tmp_path / "a.tif")[1] == ()
    with rasterio.open(tmp_path / "a.tif") as dataset:
        rasterio.shutil.copy(dataset, tmp_path / "a.img", driver="HFA")
    said = [text for text in to_flac(tmp_path, tmp_path / "a.img")[1] if "attribute table" in text]
    assert len(said) == is_ambiguous
    if said:
        assert cell in said[0] and "'Value'" in said[0] and "16 significant digits" in said[0]


@pytest.mark.parametrize("epoch, is_ambiguous", [("2021.5", False), ("2021.123457", True)])
def test_an_epoch_of_six_decimals(tmp_path, epoch, is_ambiguous):
    metadata = RasterMetadata(
        4, 3, "uint8", (Band(),), crs="EPSG:7844", coordinate_epoch=float(epoch)
    )
    write_raster(ArrayRaster(metadata, PIXELS), tmp_path / "in.flac")
    convert(tmp_path / "in.flac", tmp_path / "a.tif")
    found, said = to_flac(tmp_path, tmp_path / "a.tif")
    assert found.coordinate_epoch == float(epoch)
    assert [epoch in text and "epoch" in text for text in said] == [True] * is_ambiguous


def test_an_epoch_inside_a_jpeg2000_file(tmp_path):
    """GDAL keeps ground control points in a GeoTIFF in a box, and does not tell their epoch."""
    entry = struct.pack("<HHHII", 1, 34735, 3, 8, 26) + bytes(4)
    head = b"II*\0" + struct.pack("<I", 8) + entry
    tiffs = {key: head + struct.pack("<8H", 1, 1, 1, 1, key, 34736, 1, 0) for key in (5120, 2054)}
    uuid = bytes.fromhex("b14bf8bd083d4b43a5ae8cd7d5a6ce03")
    signature = b"\0\0\0\x0cjP  \r\n\x87\n"
    path = tmp_path / "a.jp2"
    for (key, tiff), other in product(tiffs.items(), (b"", b"\0\0\0\x09jp2h-")):
        for length in (
            struct.pack(">I4s", 24 + len(tiff), b"uuid"),
            struct.pack(">I4sQ", 1, b"uuid", 32 + len(tiff)),
        ):
            last = struct.pack(">I4s", 0, b"jp2c")
            path.write_bytes(signature + other + length + uuid + tiff + last)
            assert has_epoch(SimpleNamespace(files=[str(path)])) == (key == 5120)
    for damaged in (signature, signature + b"\0\0\0\x01", b"", bytes(64)):
        path.write_bytes(damaged)
        assert not has_epoch(SimpleNamespace(files=[str(path)]))


# ---------------------------------------------------------------- masks


def test_a_mask_beside_values_that_gdal_makes_a_mask_of(tmp_path):
    tags = {"": {"NODATA_VALUES": "1", "A": "2"}}
    metadata = RasterMetadata(
        4, 3, "uint8", (Band(color_interpretation="gray"),), has_mask=True, tags=tags
    )
    raster = ArrayRaster(metadata, PIXELS, PIXELS[0] % 2 > 0)
    write_raster(raster, tmp_path / "in.flac")
    assert convert(tmp_path / "in.flac", tmp_path / "a.tif").warnings == ()
    assert compare(tmp_path / "in.flac", tmp_path / "a.tif").identical
    assert to_flac(tmp_path, tmp_path / "a.tif")[0].tags == tags


# ---------------------------------------------------------------- texts


@pytest.mark.parametrize("text", ["a\r\nb", "a\rb", "a\n\tb", " a ", "\r\nx", "\t", " "])
def test_ends_of_lines_are_kept(tmp_path, text):
    cells = AttributeTable((Column("x" + text, "string", "name", (text, "z")),))
    band = {"category_names": (text, "z"), "attribute_table": cells}
    assert convert(write_flac(tmp_path / "in.flac", **band), tmp_path / "a.tif").warnings == ()
    metadata, said = to_flac(tmp_path, tmp_path / "a.tif")
    assert metadata.bands[0].category_names == (text, "z") and said == ()
    assert metadata.bands[0].attribute_table == cells


# ---------------------------------------------------------------- projections


@pytest.mark.parametrize(("name", "datum"), [("x", "y"), ("GCS_x", "D_y"), ("GCS_x", "y")])
def test_a_definition_that_proj_takes_for_esris(tmp_path, name, datum):
    """Of an oblique Mercator of ESRI the rectified angle is always the azimuth."""
    wkt1 = (
        'PROJCS["unknown",GEOGCS["x",DATUM["y",SPHEROID["Everest_1948",6377304.063,300.8017]]'
        ',PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]],'
        'PROJECTION["Hotine_Oblique_Mercator_Azimuth_Center"],PARAMETER["latitude_of_center",4],'
        'PARAMETER["longitude_of_center",102.25],PARAMETER["azimuth",53.3],'
        'PARAMETER["rectified_grid_angle",53.1],PARAMETER["scale_factor",0.99984],'
        'PARAMETER["false_easting",0],PARAMETER["false_northing",0],UNIT["metre",1]]'
    )
    wkt2 = rasterio.crs.CRS.from_wkt(wkt1).to_wkt(version="WKT2_2019")
    wkt2 = wkt2.replace('"x"', f'"{name}"').replace('"y"', f'"{datum}"')
    for number, angle in enumerate(("53.1", "53.3")):
        metadata = RasterMetadata(
            4, 3, "uint8", (Band(),), crs=wkt2.replace("53.1", angle), transform=TRANSFORM
        )
        write_raster(ArrayRaster(metadata, PIXELS), tmp_path / f"{number}.flac")
        assert convert(tmp_path / f"{number}.flac", tmp_path / f"{number}.tif").warnings == ()
        found, said = to_flac(tmp_path, tmp_path / f"{number}.tif")
        assert f'"Angle from Rectified to Skew Grid",{angle}' in found.crs and said == ()
        assert f'BASEGEOGCRS["{name}",DATUM["{datum}"' in found.crs
    assert compare(tmp_path / "0.flac", tmp_path / "0.tif").identical
    assert not compare(tmp_path / "0.flac", tmp_path / "1.tif").identical


# ---------------------------------------------------------------- nodata


@pytest.mark.parametrize("dtype, nodata", [("uint8", 0), ("int16", -1), ("float32", 0.5)])
@pytest.mark.parametrize("yes", [b"1", b"YES", b"true"])
def test_nodata_that_a_vrt_hides(tmp_path, dtype, nodata, yes):
    path = write_tif(tmp_path / "a.tif", dtype, nodata=nodata)
    hidden = b"</NoDataValue><HideNoDataValue>" + yes + b"</HideNoDataValue>"
    vrt = vrt_of(path, "a.vrt", b"</NoDataValue>", hidden)
    with rasterio.open(vrt) as dataset:
        assert dataset.nodatavals == (None,) * 3
    metadata, said = to_flac(tmp_path, vrt)
    assert [band.nodata for band in metadata.bands] == [None] * 3 and said == ()
    assert [band.nodata for band in to_flac(tmp_path, path)[0].bands] == [nodata] * 3


def test_bytes_of_which_some_are_signed(tmp_path):
    """GDAL before 3.7 says in metadata of a band that its bytes are signed."""
    path = tmp_path / "a.vrt"
    path.write_text(
        '<VRTDataset rasterXSize="4" rasterYSize="3">'
        '<VRTRasterBand dataType="Byte" band="1"/>'
        '<VRTRasterBand dataType="Byte" band="2"><Metadata domain="IMAGE_STRUCTURE">'
        '<MDI key="PIXELTYPE">SIGNEDBYTE</MDI></Metadata></VRTRasterBand></VRTDataset>'
    )
    with rasterio.open(path) as dataset:
        are_signed = len(set(dataset.dtypes)) > 1
    if not are_signed:
        pytest.skip("this release of rasterio takes both for bytes")
    with pytest.raises(UnsupportedRaster, match=r"different data types \(int8, uint8\)"):
        convert(path, tmp_path / "a.flac")


def test_damaged_keys_of_a_crs_do_not_hide_domains(tmp_path):
    path = write_tif(tmp_path / "a.tif", "float32", crs="EPSG:32633")
    data = bytearray(path.read_bytes())
    entry = data.index(struct.pack("<HH", 34735, 3))
    data[entry + 8 : entry + 12] = struct.pack("<I", len(data) - 3)
    path.write_bytes(data)
    metadata, said = to_flac(tmp_path, path)
    assert metadata.tags["OWN"] == {"B": "2"}
    assert not [text for text in said if "color profile" in text]
