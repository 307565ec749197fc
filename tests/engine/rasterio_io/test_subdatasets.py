"""Files that hold more rasters than the one that GDAL opens: the others are named."""

import warnings

import numpy as np
import pytest
from flac_raster_qgis.engine import FlacRaster, compare, convert
from flac_raster_qgis.engine.operations.info import info

rasterio = pytest.importorskip("rasterio", exc_type=ImportError)
rasterio_shutil = pytest.importorskip("rasterio.shutil", exc_type=ImportError)
pytestmark = pytest.mark.filterwarnings("ignore::rasterio.errors.NotGeoreferencedWarning")


def page(path, number):
    """Write a TIFF of one page, which holds its number."""
    pixels = np.full((1, 3, 4 + number), number, "u1")
    with rasterio.open(path, "w", "GTiff", 4 + number, 3, 1, dtype="uint8") as dataset:
        dataset.write(pixels)
    return path


def write_pages(path, count):
    rasterio_shutil.copy(page(path.with_name("page.tif"), 1), path, driver="GTiff")
    for number in range(2, count + 1):
        source = page(path.with_name("page.tif"), number)
        rasterio_shutil.copy(source, path, driver="GTiff", APPEND_SUBDATASET="YES")
    return path


def names(path, numbers):
    return [f"GTIFF_DIR:{number}:{path}" for number in numbers]


@pytest.mark.parametrize("count", [2, 3, 6])
def test_pages_are_named_and_can_be_converted_each(tmp_path, count):
    source = write_pages(tmp_path / "pages.tif", count)
    expected = names(source, range(1, count + 1))
    (warning,) = convert(source, tmp_path / "a.flac").warnings
    assert f"{source} holds {count} rasters, and only the one that GDAL opens first" in warning
    assert warning.endswith(f": {', '.join(expected)}.")
    found = info(source)
    assert found["warnings"] == [warning]
    assert found["subdatasets"] == expected
    for number, name in enumerate(expected, start=1):
        flac = tmp_path / f"{number}.flac"
        assert convert(name, flac).warnings == ()
        assert info(name)["subdatasets"] == []
        with FlacRaster.open(flac) as raster:
            assert (raster.metadata.width, raster.min_max(1)) == (4 + number, (number, number))
        assert compare(name, flac).identical


def test_of_many_pages_some_are_named_in_their_order(tmp_path):
    source = write_pages(tmp_path / "pages2.10.tif", 12)
    found = info(source)
    assert found["subdatasets"] == names(source, range(1, 13))
    shown = ", ".join([*names(source, range(1, 5)), "…", *names(source, [12])])
    assert found["warnings"][0].endswith(f": {shown}.")


def test_overviews_and_masks_are_no_rasters_of_their_own(tmp_path):
    source = tmp_path / "one.tif"
    with rasterio.Env(GDAL_TIFF_INTERNAL_MASK=True):
        with rasterio.open(source, "w", "GTiff", 600, 600, 1, dtype="uint8") as dataset:
            dataset.write(np.ones((1, 600, 600), "u1"))
            dataset.write_mask(np.eye(600, dtype=bool))
        with rasterio.open(source, "r+") as dataset:
            dataset.build_overviews([2], rasterio.enums.Resampling.nearest)
    assert convert(source, tmp_path / "a.flac").warnings == ()
    assert info(source)["subdatasets"] == info(source)["warnings"] == []


def test_images_of_a_nitf(tmp_path):
    if "NITF" not in rasterio.drivers.raster_driver_extensions().values():
        pytest.skip("this GDAL has no driver of NITF")
    source = tmp_path / "a.ntf"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        rasterio_shutil.copy(page(tmp_path / "page.tif", 1), source, driver="NITF", NUMI="2")
    assert info(source)["subdatasets"] == [f"NITF_IM:{n}:{source}" for n in (0, 1)]
    assert "holds 2 rasters" in convert(source, tmp_path / "a.flac").warnings[0]


def test_a_list_that_is_none_and_a_list_of_one(tmp_path):
    page(tmp_path / "a.tif", 1)
    vrt = tmp_path / "a.vrt"
    rasterio_shutil.copy(tmp_path / "a.tif", vrt, driver="VRT")
    text = vrt.read_text()
    for items, expected in (
        ('<MDI key="A">b</MDI><MDI key="SUBDATASET_x_NAME">c</MDI>', []),
        ('<MDI key="SUBDATASET_1_NAME">a=b:1</MDI>', ["a=b:1"]),
    ):
        domain = f'<Metadata domain="SUBDATASETS">{items}</Metadata>'
        vrt.write_text(text.replace("<VRTRasterBand", f"{domain}<VRTRasterBand", 1))
        assert convert(vrt, tmp_path / "a.flac", overwrite=True).warnings == ()
        assert info(vrt)["subdatasets"] == expected
