"""Half floats: one type to every GDAL, of which those before 3.11 read them as Float32."""

import struct

import numpy as np
import pytest
from flac_raster_qgis.engine import (
    Band,
    FlacRaster,
    Window,
    compare,
    convert,
)
from flac_raster_qgis.engine.rasterio_io.environment import quiet_rasterio
from kits.rasters import write_flac

rasterio = pytest.importorskip("rasterio", exc_type=ImportError)
#: GDAL's number of CFloat16, which is as new as Float16.
HAS_HALF = 16 in rasterio.dtypes.dtype_fwd
#: Every half float: zeros, subnormals, infinities, NaNs of any payload.
HALVES = np.arange(1 << 16, dtype="u2").view("f2").reshape(1, 256, 256)
THIRDS = np.arange(64, dtype="f4").reshape(1, 8, 8) / 3


def half_tiff(path, pixels):
    """Write a TIFF of half floats without rasterio."""
    height, width = pixels.shape[-2:]
    data = pixels.astype("<f2").tobytes()
    tags = {256: width, 257: height, 258: 16, 259: 1, 262: 1, 273: 8, 277: 1, 278: height}
    tags |= {279: len(data), 339: 3}
    directory = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in tags.items())
    head = b"II*\0" + struct.pack("<I", 8 + len(data)) + data + struct.pack("<H", len(tags))
    path.write_bytes(head + directory + bytes(4))
    return path


def pixels_of(path):
    with FlacRaster.open(path) as raster:
        width, height = raster.metadata.width, raster.metadata.height
        return raster.metadata, raster.read(Window(0, 0, width, height))


def words(array):
    return array.view(f"u{array.dtype.itemsize}")


@pytest.mark.parametrize("overviews", ["none", "average", "nearest"])
@pytest.mark.parametrize("cog", [False, True])
def test_every_half_float_there_and_back(tmp_path, cog, overviews):
    source = half_tiff(tmp_path / "a.tif", HALVES)
    flac, back = tmp_path / "a.flac", tmp_path / "back.tif"
    assert convert(source, flac).warnings == ()
    metadata, pixels = pixels_of(flac)
    assert (metadata.dtype, metadata.nbits, metadata.gdal_type) == ("float16", None, None)
    assert np.array_equal(words(pixels), words(HALVES))
    assert convert(flac, back, cog=cog, overview_resampling=overviews).warnings == ()
    assert compare(source, back).identical
    assert compare(flac, back).identical
    with quiet_rasterio(), rasterio.open(back) as dataset:
        bits = dataset.tags(1, ns="IMAGE_STRUCTURE").get("NBITS")
        assert (dataset.dtypes[0], bits) in (("float16", None), ("float32", "16"))


@pytest.mark.parametrize("nodata", [-9999.0, 0.1, 65504.0, 1e10, float("nan"), float("-inf")])
@pytest.mark.parametrize("cog", [False, True])
def test_nodata(tmp_path, nodata, cog):
    bands = Band(nodata=nodata), Band(nodata=1.0), Band(nodata=nodata)
    flac = write_flac(tmp_path / "a.flac", np.repeat(THIRDS, 3, 0).astype("f2"), bands=bands)
    assert convert(flac, tmp_path / "a.tif", cog=cog).warnings == ()
    assert compare(flac, tmp_path / "a.tif").identical


@pytest.mark.parametrize("pixels", [THIRDS, THIRDS.astype("f2").astype("f4")])
@pytest.mark.parametrize("cog", [False, True])
def test_float32_that_claims_16_bits_stays_float32(tmp_path, pixels, cog):
    flac, back = write_flac(tmp_path / "a.flac", pixels, nbits=16), tmp_path / "a.tif"
    (warning,) = convert(flac, back, cog=cog).warnings
    assert "bits: it was 16 and became nothing" in warning
    assert [str(d.field) for d in compare(flac, back).differences] == ["nbits"]
    with quiet_rasterio(), rasterio.open(back) as dataset:
        assert dataset.dtypes == ("float32",)
        assert np.array_equal(dataset.read(), pixels)


@pytest.mark.parametrize("cog", [False, True])
def test_complex_half_floats(tmp_path, cog):
    pixels = (THIRDS.astype("f2").astype("f4") - 0.5j).astype("c8")
    flac, back = write_flac(tmp_path / "a.flac", pixels, gdal_type="CFloat16"), tmp_path / "a.tif"
    warnings = convert(flac, back, cog=cog).warnings
    _, found = pixels_of(convert(back, tmp_path / "again.flac").output)
    assert np.array_equal(found, pixels)
    if HAS_HALF:
        assert warnings == ()
        assert compare(flac, back).identical
    else:
        (warning,) = warnings
        assert 'gdal_type: it was "CFloat16" and became nothing' in warning
        assert [d.field for d in compare(flac, back).differences] == ["gdal_type"]
