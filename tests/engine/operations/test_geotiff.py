"""GeoTIFF to FLAC and back keeps everything that a GeoTIFF can say."""

import subprocess
import sys

import numpy as np
import pytest
from flac_raster_qgis.engine import FlacRaster, compare, convert
from flac_raster_qgis.engine.errors import InputError, UnsupportedRaster
from kits import ROOT

rasterio = pytest.importorskip("rasterio")
from kits.geotiff import declare_nodata, write_tif  # noqa: E402
from rasterio import Affine  # noqa: E402
from rasterio.control import GroundControlPoint  # noqa: E402
from rasterio.enums import ColorInterp  # noqa: E402
from rasterio.rpc import RPC  # noqa: E402

PIXELS = np.random.default_rng(0).integers(0, 255, (3, 40, 50), dtype=np.uint8)


def tags(dataset):
    dataset.update_tags(
        FOO="bär\nx=1", AREA_OR_POINT="Point", TIFFTAG_DATETIME="2020:01:02 03:04:05"
    )
    dataset.update_tags(ns="MINE", A="1")
    dataset.update_tags(2, B="2")
    dataset.update_tags(1, ns="Q", Z="z")
    dataset.update_tags(ns="xml:XMP", **{"<x a": '"1"/>'})
    dataset.descriptions = ["a", "ü", None]
    dataset.units = ["m", "", "K"]
    dataset.scales, dataset.offsets = [0.1, 1, 2], [0, 5, -1e-300]


def gcps(dataset):
    points = [GroundControlPoint(0, 0, 1, 2, 3, "id", "info"), GroundControlPoint(9, 0, 5, 2)]
    dataset.gcps = ([*points, GroundControlPoint(0, 9, 1, 9)], rasterio.crs.CRS.from_epsg(4326))


def rpcs(dataset):
    ten = [0.1 * n for n in range(20)]
    dataset.rpcs = RPC(
        *(1.5, 2, 3, 4, ten, ten, 1, 2, 3, 4, ten, ten, 1, 1), err_bias=0.5, err_rand=0.25
    )


def palette(dataset):
    dataset.write_colormap(1, {n: (n, 255 - n, n // 2, 255) for n in range(256)})


def undefined(dataset):
    dataset.colorinterp = [ColorInterp.undefined] * dataset.count


ROTATED = Affine(2, 0.5, 10, 0.25, -3, 20)
CASES = {
    "rgb": (PIXELS, None, {"crs": "EPSG:3857", "transform": Affine(2, 0, 10, 0, -3, 20)}),
    "rotated": (PIXELS, None, {"crs": "EPSG:3857", "transform": ROTATED}),
    "south-up": (PIXELS, None, {"crs": "EPSG:3857", "transform": Affine(2, 0, 10, 0, 3, 20)}),
    "no georeference": (PIXELS, None, {}),
    "undefined colours": (PIXELS, undefined, {}),
    "tags": (PIXELS, tags, {"crs": "EPSG:3857", "transform": ROTATED}),
    "gcps": (PIXELS, gcps, {}),
    "rpcs": (PIXELS, rpcs, {}),
    "palette": (PIXELS[:1], palette, {"nodata": 7}),
    "16-bit palette": (PIXELS[:1].astype("u2"), palette, {}),
    "alpha": (np.concatenate([PIXELS, PIXELS[:1]]), None, {"photometric": "rgb", "alpha": "yes"}),
    "grey and alpha": (PIXELS[:2], None, {"alpha": "yes"}),
    "1 bit": (PIXELS[:1] & 1, None, {"nbits": 1}),
    "12 bits": (PIXELS[:1].astype("u2") * 16, None, {"nbits": 12}),
    "12 bands, NaN": (np.repeat(PIXELS, 4, 0).astype("f8"), None, {"nodata": float("nan")}),
    "infinite nodata": (PIXELS.astype("f4"), None, {"nodata": float("-inf")}),
    "int8": (PIXELS.view("i1"), None, {"nodata": -1}),
    "int64": (PIXELS.astype("i8") * 2**50 - 2**62, None, {"nodata": 5}),
    "uint64": (PIXELS.astype("u8") * 2**55, None, {}),
    "uint32": (PIXELS.astype("u4") * 2**23, None, {"nodata": 2**32 - 1}),
    "int32": (-PIXELS.astype("i4") * 2**23, None, {"nodata": -(2**31)}),
    "complex64": ((PIXELS[:2] + 1j * PIXELS[1:]).astype("c8"), None, {}),
    "complex128": ((PIXELS[:2] + 1j * PIXELS[1:]).astype("c16"), None, {"nodata": 3}),
}


@pytest.mark.parametrize("name", CASES)
def test_everything_comes_back(tmp_path, name):
    array, describe, profile = CASES[name]
    source = write_tif(tmp_path / "a.tif", array, describe, **profile)
    flac, back = tmp_path / "a.flac", tmp_path / "back.tif"
    convert(source, flac, tile_size=16)
    result = convert(flac, back)
    assert result.warnings == ()
    for other in (flac, back):
        found = compare(source, other)
        assert found.identical, found.differences
    with rasterio.open(back) as dataset:
        assert dataset.read().tobytes() == array.tobytes()


def test_a_mask_of_its_own_comes_back(tmp_path):
    mask = np.random.default_rng(1).random((40, 50)) < 0.5
    source = write_tif(tmp_path / "a.tif", PIXELS, mask=mask)
    convert(source, tmp_path / "a.flac", tile_size=16)
    convert(tmp_path / "a.flac", tmp_path / "back.tif")
    assert compare(source, tmp_path / "back.tif").identical
    with rasterio.open(tmp_path / "back.tif") as dataset:
        assert ((dataset.read_masks(1) == 255) == mask).all()


def test_nodata_that_differs_from_band_to_band_goes_into_a_sidecar(tmp_path):
    source = write_tif(tmp_path / "a.tif", PIXELS, nodata=5)
    vrt = tmp_path / "a.vrt"
    rasterio.shutil.copy(source, vrt, driver="VRT")
    text = vrt.read_text()
    vrt.write_text(text.replace("<NoDataValue>5<", "<NoDataValue>6<", 1))
    convert(vrt, tmp_path / "b.flac")
    convert(tmp_path / "b.flac", tmp_path / "back.tif")
    with FlacRaster.open(tmp_path / "b.flac") as raster:
        assert raster.metadata.nodata == (6, 5, 5)
    assert compare(vrt, tmp_path / "back.tif").identical
    assert (tmp_path / "back.tif.aux.xml").exists()


@pytest.mark.parametrize(
    ("dtype", "value"),
    [
        ("int64", -(2**62) - 1),
        ("int64", -(2**63)),
        ("int64", 2**53 + 1),
        ("int64", -5),
        ("uint64", 2**64 - 1),
        ("uint64", 2**63),
    ],
)
@pytest.mark.parametrize("cog", [False, True])
def test_nodata_of_64_bits_keeps_every_digit(tmp_path, dtype, value, cog):
    source = write_tif(tmp_path / "a.tif", PIXELS.astype(dtype))
    declare_nodata(source, value, 3)
    convert(source, tmp_path / "b.flac")
    with FlacRaster.open(tmp_path / "b.flac") as raster:
        assert raster.metadata.dtype == dtype and raster.metadata.nodata == (value,) * 3
    assert compare(source, tmp_path / "b.flac").identical
    assert convert(tmp_path / "b.flac", tmp_path / "back.tif", cog=cog).warnings == ()
    assert compare(source, tmp_path / "back.tif").identical


def test_a_crs_of_another_name_is_not_taken_for_its_epsg_code(tmp_path):
    custom = (
        'PROJCS["Mine",GEOGCS["GRS 80",DATUM["unknown",SPHEROID["GRS80",6378137,298.257222101],'
        'TOWGS84[0,0,0,0,0,0,0]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]],'
        'PROJECTION["Transverse_Mercator"],PARAMETER["latitude_of_origin",0],'
        'PARAMETER["central_meridian",-111],PARAMETER["scale_factor",0.9996],'
        'PARAMETER["false_easting",500000],PARAMETER["false_northing",0],UNIT["metre",1]]'
    )
    source = write_tif(tmp_path / "a.tif", PIXELS, crs=custom, transform=ROTATED)
    convert(source, tmp_path / "a.flac")
    convert(tmp_path / "a.flac", tmp_path / "back.tif")
    with FlacRaster.open(tmp_path / "a.flac") as raster:
        assert raster.metadata.crs.startswith("BOUNDCRS")
    assert compare(source, tmp_path / "back.tif").identical
    with rasterio.open(source) as a, rasterio.open(tmp_path / "back.tif") as b:
        assert a.crs.to_wkt() == b.crs.to_wkt()


def test_a_cog_is_a_cog_and_what_it_cannot_hold_lies_beside_it(tmp_path):
    source = write_tif(tmp_path / "a.tif", np.repeat(PIXELS, 20, 1).repeat(20, 2), tags)
    convert(source, tmp_path / "a.flac")
    result = convert(tmp_path / "a.flac", tmp_path / "back.tif", cog=True)
    with rasterio.open(tmp_path / "back.tif") as dataset:
        assert dataset.tags(ns="IMAGE_STRUCTURE")["LAYOUT"] == "COG"
        assert dataset.overviews(1)
    assert result.warnings == ()
    assert compare(source, tmp_path / "back.tif").identical
    expected = ["a.flac", "a.tif", "back.tif", "back.tif.aux.xml"]
    assert sorted(p.name for p in tmp_path.iterdir()) == expected


def test_sidecars_of_a_replaced_file_do_not_describe_the_new_one(tmp_path):
    source = write_tif(tmp_path / "a.tif", PIXELS)
    convert(source, tmp_path / "a.flac")
    back = tmp_path / "back.tif"
    back.write_bytes(b"old")
    back.with_name("back.tif.aux.xml").write_text("<PAMDataset/>")
    convert(tmp_path / "a.flac", back, overwrite=True)
    assert not back.with_name("back.tif.aux.xml").exists()


@pytest.mark.parametrize("driver, suffix", [("PNG", ".png"), ("netCDF", ".nc"), ("VRT", ".vrt")])
def test_other_formats_are_read(tmp_path, driver, suffix):
    source = write_tif(tmp_path / "a.tif", PIXELS[:1], crs="EPSG:4326", transform=Affine.scale(0.1))
    other = tmp_path / f"a{suffix}"
    try:
        rasterio.shutil.copy(source, other, driver=driver)
    except rasterio.errors.RasterioError as error:
        pytest.skip(f"this GDAL does not write {driver}: {error}")
    convert(other, tmp_path / "a.flac")
    found = compare(other, tmp_path / "a.flac")
    assert found.identical, found.differences


def test_a_file_of_several_rasters_names_them(tmp_path):
    source = write_tif(tmp_path / "a.tif", PIXELS, crs="EPSG:4326", transform=Affine.scale(0.1))
    other = tmp_path / "a.nc"
    try:
        rasterio.shutil.copy(source, other, driver="netCDF")
    except rasterio.errors.RasterioError as error:
        pytest.skip(f"this GDAL does not write netCDF: {error}")
    with pytest.raises(InputError, match="holds 3 variables.*Band2"):
        convert(other, tmp_path / "a.flac")
    convert(f"netcdf:{other}:Band2", tmp_path / "a.flac")
    with FlacRaster.open(tmp_path / "a.flac") as raster:
        assert np.isin(raster.read(), PIXELS[1]).all()


def test_what_cannot_be_kept_is_refused(tmp_path):
    source = write_tif(tmp_path / "a.tif", PIXELS)
    vrt = tmp_path / "a.vrt"
    rasterio.shutil.copy(source, vrt, driver="VRT")
    vrt.write_text(vrt.read_text().replace('dataType="Byte"', 'dataType="Float32"', 1))
    with pytest.raises(UnsupportedRaster, match=r"different data types \(Byte, Float32\)"):
        convert(vrt, tmp_path / "c.flac")
    assert not (tmp_path / "c.flac").exists()


def test_rasterio_is_not_imported_to_read_a_flac_raster(tmp_path):
    source = write_tif(tmp_path / "a.tif", PIXELS)
    convert(source, tmp_path / "a.flac")
    code = (
        "import sys; from flac_raster_qgis.engine import FlacRaster, info, verify;"
        f"path = {str(tmp_path / 'a.flac')!r};"
        "FlacRaster.open(path).read(); info(path); verify(path);"
        "sys.exit('rasterio' in sys.modules or 'osgeo' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT).returncode == 0


def test_the_proj_data_of_another_program_do_no_harm(tmp_path, monkeypatch):
    source = write_tif(tmp_path / "a.tif", PIXELS, crs="EPSG:3857", transform=ROTATED)
    code = (
        "import os; from flac_raster_qgis.engine import convert;"
        f"convert({str(source)!r}, {str(tmp_path / 'a.flac')!r});"
        "assert os.environ['PROJ_LIB'] == os.environ['PROJ_DATA'] == '/nowhere'"
    )
    monkeypatch.setenv("PROJ_LIB", "/nowhere")
    monkeypatch.setenv("PROJ_DATA", "/nowhere")
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT).returncode == 0
    monkeypatch.undo()
    with FlacRaster.open(tmp_path / "a.flac") as raster:
        assert raster.metadata.crs == "EPSG:3857"
