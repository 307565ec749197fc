"""Overviews of GeoTIFF outputs, and what is said of those that are replaced or left out."""

import numpy as np
import pytest
from flac_raster_qgis.engine import Band, FlacRaster, compare, convert
from flac_raster_qgis.engine.errors import InputError
from flac_raster_qgis.engine.writing.overviews import downsample
from kits.area import noise, write_flac

rasterio = pytest.importorskip("rasterio")
pytestmark = pytest.mark.filterwarnings("ignore::rasterio.errors.NotGeoreferencedWarning")


def levels(path):
    """Factors of the overviews of a file."""
    with rasterio.open(path) as dataset:
        return dataset.overviews(1)


def overview(path, number=0):
    with rasterio.open(path, OVERVIEW_LEVEL=number) as dataset:
        return dataset.read(), dataset.read_masks(1) == 255


@pytest.fixture(scope="module")
def flac(tmp_path_factory):
    path = tmp_path_factory.mktemp("overviews") / "x.flac"
    return write_flac(path, noise(2, 600, 1300, "uint8"), tile_size=256)


@pytest.mark.parametrize("method", ["auto", "average", "mode", "nearest"])
def test_a_plain_geotiff_gets_those_that_are_asked_for(flac, tmp_path, method):
    """Inside the file, down to one block; pixels of full resolution are what they are."""
    result = convert(flac, tmp_path / "x.tif", overview_resampling=method)
    assert levels(tmp_path / "x.tif") == [2, 4, 8]
    assert compare(flac, tmp_path / "x.tif").identical
    assert [path.name for path in tmp_path.iterdir()] == ["x.tif"]
    assert result.notes == ()
    if method == "nearest":
        with FlacRaster.open(flac) as raster:
            assert np.array_equal(overview(tmp_path / "x.tif")[0], raster.read()[:, ::2, ::2])


@pytest.mark.parametrize("overviews", ["default", "none"])
def test_a_plain_geotiff_has_none_otherwise_and_that_is_said(flac, tmp_path, overviews):
    (note,) = convert(flac, tmp_path / "x.tif", overview_resampling=overviews).notes
    assert levels(tmp_path / "x.tif") == []
    assert "has no overviews, though" in note and "Cloud Optimized GeoTIFF" in note
    assert (
        "--overview-resampling" in note and "overview_resampling=" in note
    )  # each interface has its own name


def test_of_a_source_without_overviews_nothing_is_said(tmp_path):
    """Neither of a raster as small as a tile, nor of one that was written without them."""
    small = write_flac(tmp_path / "small.flac", noise(1, 20, 30), tile_size=64)
    large = write_flac(tmp_path / "large.flac", noise(1, 200, 300), tile_size=64)
    convert(large, tmp_path / "none.flac", tile_size=64, overview_resampling="none")
    for source in (small, tmp_path / "none.flac"):
        tif, again = (source.with_name(f"{source.stem}.{end}") for end in ("tif", "again.flac"))
        assert convert(source, tif).notes == convert(tif, again).notes == ()


@pytest.mark.parametrize(
    "overviews, factors",
    [("default", [2, 4]), ("average", [2, 4]), ("nearest", [2, 4]), ("none", [])],
)
def test_a_cog_has_some_unless_told_otherwise(flac, tmp_path, overviews, factors):
    convert(flac, tmp_path / "x.tif", cog=True, overview_resampling=overviews)
    assert levels(tmp_path / "x.tif") == factors
    assert compare(flac, tmp_path / "x.tif").identical


def test_a_small_raster_needs_none(tmp_path):
    path = write_flac(tmp_path / "x.flac", noise(1, 100, 256))  # whose tiles are smaller
    assert convert(path, tmp_path / "x.tif", overview_resampling="average").notes == ()
    assert levels(tmp_path / "x.tif") == []


@pytest.mark.parametrize("with_nodata", [False, True])
def test_masked_pixels_and_nodata_take_no_part(tmp_path, with_nodata):
    """Nodata that differs from band to band counts too, though it is not in the TIFF itself."""
    array = 100 + noise(2, 300, 400, "uint8") // 64
    mask = noise(1, 300, 400, "uint8", seed=3)[0] > 200
    nodata = (1, 255) if with_nodata else (None, None)
    if with_nodata:
        array = np.where(mask, array, np.array(nodata, "uint8").reshape(2, 1, 1))
        path = write_flac(tmp_path / "x.flac", array, bands=tuple(map(Band, nodata)))
    else:
        path = write_flac(tmp_path / "x.flac", array, mask=mask)
    convert(path, tmp_path / "x.tif", overview_resampling="average")
    assert compare(path, tmp_path / "x.tif").identical
    expected, _ = downsample(array, mask, nodata, "average")
    found, valid = overview(tmp_path / "x.tif")
    seen = mask.reshape(150, 2, 200, 2).any(axis=(1, 3))
    if with_nodata:
        assert all(np.array_equal(band == value, ~seen) for band, value in zip(found, nodata))
    else:
        assert np.array_equal(valid, seen)
    assert np.abs(found.astype(int) - expected)[:, seen].max() <= 1


def test_64_bit_integers_are_rounded_by_gdal_and_that_is_said(tmp_path):
    array = (2**60 + np.arange(300 * 400, dtype="int64")).reshape(1, 300, 400)
    path = write_flac(tmp_path / "x.flac", array, tile_size=512)
    result = convert(path, tmp_path / "x.tif", overview_resampling="nearest")
    assert levels(tmp_path / "x.tif") == [2]
    (note,) = result.notes
    assert "rounded to float64" in note and compare(path, tmp_path / "x.tif").identical


def test_complex_numbers_have_no_mode(tmp_path):
    """GDAL would write zeros, and rasterio say nothing."""
    path = write_flac(tmp_path / "x.flac", noise(1, 20, 300, "uint8").astype("complex64"))
    for cog in (False, True):
        with pytest.raises(InputError, match="Choose average or nearest"):
            convert(path, tmp_path / "x.tif", overview_resampling="mode", cog=cog)
    assert not (tmp_path / "x.tif").exists()
    convert(path, tmp_path / "x.tif", overview_resampling="auto")
    assert levels(tmp_path / "x.tif") == [2]


def test_those_of_the_source_are_replaced_and_that_is_said(tmp_path):
    convert(write_flac(tmp_path / "a.flac", noise(1, 300, 400)), tmp_path / "x.tif")
    with rasterio.open(tmp_path / "x.tif", "r+") as dataset:
        dataset.build_overviews([2], rasterio.enums.Resampling.nearest)
    (note,) = convert(tmp_path / "x.tif", tmp_path / "x.flac", tile_size=128).notes
    assert "were made from its pixels; those of" in note
    (note,) = convert(tmp_path / "x.tif", tmp_path / "y.flac", overview_resampling="none").notes
    assert note == f"{tmp_path / 'y.flac'} has no overviews, though {tmp_path / 'x.tif'} has some."
    result = convert(tmp_path / "x.tif", tmp_path / "y.flac", skip_identical=True)
    assert result.skipped and result.notes == () and result.to_dict()["notes"] == []
    assert convert(tmp_path / "y.flac", tmp_path / "z.tif").notes == ()


def test_what_is_no_way_to_make_them(flac, tmp_path):
    with pytest.raises(InputError, match="The overview resampling is 'cubic'"):
        convert(flac, tmp_path / "x.tif", overview_resampling="cubic")


def test_a_small_raster_loses_those_it_has_and_that_is_said(tmp_path):
    source = tmp_path / "x.tif"
    with rasterio.open(
        source, "w", driver="GTiff", width=40, height=30, count=1, dtype="uint8"
    ) as dataset:
        dataset.write(noise(1, 30, 40, "uint8"))
        dataset.build_overviews([2])
    (note,) = convert(source, tmp_path / "x.flac").notes
    assert "has no overviews, though" in note and "needs none" in note
    assert convert(tmp_path / "x.flac", tmp_path / "back.tif").notes == ()


@pytest.mark.parametrize(
    "dtype, nodata", [("uint8", (256, 256)), ("int16", (7, 8)), ("int64", (2**53 + 1,) * 2)]
)
@pytest.mark.parametrize("method", ["average", "nearest"])
def test_all_are_made_where_nodata_is_beside_the_file(tmp_path, dtype, nodata, method):
    array = np.random.default_rng(0).integers(0, 9, (2, 600, 1300)).astype(dtype)
    path = write_flac(tmp_path / "x.flac", array, bands=tuple(map(Band, nodata)), tile_size=256)
    convert(path, tmp_path / "x.tif", overview_resampling=method)
    assert levels(tmp_path / "x.tif") == [2, 4, 8]
    assert {path.name for path in tmp_path.iterdir()} <= {"x.flac", "x.tif", "x.tif.aux.xml"}
    assert compare(path, tmp_path / "x.tif").identical
    if method == "nearest":
        assert np.array_equal(overview(tmp_path / "x.tif")[0], array[:, ::2, ::2])
