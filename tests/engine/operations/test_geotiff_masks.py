"""Masks beside nodata of every data type: from GeoTIFF to FLAC and back."""

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
from flac_raster_qgis.engine.model.data_types import DTYPES

rasterio = pytest.importorskip("rasterio")
HEIGHT, WIDTH = 9, 7


def writable(dtype):
    """Whether this rasterio writes the data type."""
    return dtype in rasterio.dtypes.dtype_rev and dtype != "int8"


@pytest.mark.parametrize("count", [1, 2])
@pytest.mark.parametrize("nodata", [None, 3])
@pytest.mark.parametrize("dtype", [dtype for dtype in DTYPES if writable(dtype)])
def test_there_and_back(tmp_path, dtype, nodata, count):
    pixels = np.arange(count * HEIGHT * WIDTH).reshape(count, HEIGHT, WIDTH).astype(dtype)
    mask = np.ones((HEIGHT, WIDTH), bool)
    mask[2:4, 1:] = False
    bands = tuple(Band(nodata=nodata) for _ in range(count))
    metadata = RasterMetadata(WIDTH, HEIGHT, dtype, bands, has_mask=True)
    write_raster(ArrayRaster(metadata, pixels, mask), tmp_path / "a.flac")
    convert(tmp_path / "a.flac", tmp_path / "b.tif")
    convert(tmp_path / "b.tif", tmp_path / "c.flac")
    assert compare(tmp_path / "a.flac", tmp_path / "c.flac").identical
    with FlacRaster.open(tmp_path / "c.flac") as raster:
        found, valid = raster.read_masked()
        assert raster.metadata.has_mask and raster.metadata.nodata == (nodata,) * count
    assert found.dtype == pixels.dtype and np.array_equal(found, pixels)
    assert np.array_equal(valid, mask)


@pytest.mark.parametrize("dtype", ["int64", "uint64"])
def test_a_mask_in_a_file_beside_the_raster(tmp_path, dtype):
    """As GDAL writes it unless it is told to put it inside."""
    if not writable(dtype):
        pytest.skip("this rasterio has no such type")
    profile = {"driver": "GTiff", "width": WIDTH, "height": HEIGHT, "count": 1, "dtype": dtype}
    mask = np.arange(HEIGHT * WIDTH).reshape(HEIGHT, WIDTH) % 3 > 0
    with rasterio.Env(GDAL_TIFF_INTERNAL_MASK=False):
        with rasterio.open(tmp_path / "a.tif", "w", **profile) as dataset:
            dataset.write(np.full((1, HEIGHT, WIDTH), 9, dtype))
            dataset.write_mask(mask)
    assert (tmp_path / "a.tif.msk").exists()
    convert(tmp_path / "a.tif", tmp_path / "a.flac")
    with FlacRaster.open(tmp_path / "a.flac") as raster:
        assert np.array_equal(raster.read_masked()[1], mask)
