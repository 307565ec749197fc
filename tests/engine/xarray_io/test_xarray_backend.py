"""xarray opens FLAC rasters as rioxarray opens GeoTIFF, and reads no more than is asked for."""

from __future__ import annotations

import pickle
import warnings
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
import rasterio
from flac_raster_qgis.engine import Window, convert, write_raster
from flac_raster_qgis.engine.errors import InputError, NotFlacRaster
from flac_raster_qgis.engine.model.metadata import Band
from rasterio.control import GroundControlPoint
from rasterio.transform import Affine, from_origin

pytestmark = pytest.mark.filterwarnings("ignore::rasterio.errors.NotGeoreferencedWarning")
xarray = pytest.importorskip("xarray", reason="xarray is not installed")
TRANSFORM = from_origin(500000, 5000000, 10, 10)


@pytest.fixture
def both(tmp_path):
    """Return a function that writes a raster as GeoTIFF and as FLAC."""
    pytest.importorskip("rioxarray", reason="rioxarray is not installed")

    def write(array, descriptions=(), scales=(), offsets=(), tags=None, alpha=False, **profile):
        path = tmp_path / "x.tif"
        described = {"crs": "EPSG:32633", "transform": TRANSFORM, **profile}
        count, height, width = array.shape
        with rasterio.open(
            path, "w", "GTiff", width, height, count, dtype=array.dtype, **described
        ) as dataset:
            dataset.write(array)
            for number, text in enumerate(descriptions, 1):
                dataset.set_band_description(number, text)
            if scales:
                dataset.scales, dataset.offsets = scales, offsets
            if alpha:
                rgba = rasterio.enums.ColorInterp
                dataset.colorinterp = [rgba.red, rgba.green, rgba.blue, rgba.alpha]
            dataset.update_tags(**(tags or {}))
        convert(path, path.with_suffix(".flac"), tile_size=64)
        return path, path.with_suffix(".flac")

    return write


def open_both(paths, **options):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # rioxarray warns of scales that differ
        tif = xarray.open_dataset(paths[0], engine="rasterio", **options)
    return tif, xarray.open_dataset(paths[1], engine="flac_raster", **options)


def numbers(dtype, bands=2, height=150, width=200):
    random = np.random.default_rng(3)
    if np.dtype(dtype).kind == "f":
        return random.normal(0, 100, (bands, height, width)).astype(dtype)
    limits = np.iinfo(dtype)
    return random.integers(0, min(limits.max, 9999), (bands, height, width), dtype)


def holes(dtype, nodata):
    array = numbers(dtype)
    array[:, 20:40, 30:90] = nodata
    return array


CASES = {
    "plain": {"array": numbers("int16")},
    "nodata": {"array": holes("int16", -1), "nodata": -1},
    "nan": {"array": holes("float32", np.nan), "nodata": np.nan},
    "float nodata": {"array": holes("float32", -3.4e38), "nodata": float(np.float32(-3.4e38))},
    "wide": {"array": holes("int32", 0), "nodata": 0},
    "names": {"array": numbers("uint8", 3), "descriptions": ("red", "green", "blue")},
    "scaled": {"array": numbers("uint16"), "scales": (0.01, 0.01), "offsets": (-5.0, -5.0)},
    "scales differ": {"array": numbers("uint8"), "scales": (0.1, 2.0), "offsets": (1.0, 0.0)},
    "no crs": {"array": numbers("uint8"), "crs": None},
    "one band": {"array": numbers("float64", 1), "descriptions": ("height",)},
    "alpha": {"array": numbers("uint8", 4) & 1, "alpha": True},
    "tags": {"array": numbers("uint8"), "tags": {"SENSOR": "none"}},
}


def newer_rioxarray():
    """Skip where rioxarray does not do yet what is compared."""
    pytest.importorskip("rioxarray", minversion="0.18")


@pytest.mark.parametrize("case", CASES)
def test_the_same_dataset_as_rioxarray(both, case):
    if case == "scales differ":
        newer_rioxarray()
    paths = both(**CASES[case])
    for band_as_variable in (True, False):
        for mask_and_scale in (True, False):
            options = {"band_as_variable": band_as_variable, "mask_and_scale": mask_and_scale}
            check_same(*open_both(paths, **options), band_as_variable)


def check_same(tif, flac, band_as_variable):
    xarray.testing.assert_equal(tif.drop_vars("spatial_ref"), flac.drop_vars("spatial_ref"))
    assert set(flac.coords) == set(tif.coords)
    assert flac.rio.crs == tif.rio.crs and flac.rio.transform() == tif.rio.transform()
    assert flac.rio.bounds() == tif.rio.bounds()
    for name, variable in flac.data_vars.items():
        expected = tif[name]
        assert variable.dtype == expected.dtype and variable.dims == expected.dims
        assert _comparable(variable.rio.nodata) == _comparable(expected.rio.nodata)
        assert _comparable(variable.rio.encoded_nodata) == _comparable(expected.rio.encoded_nodata)
        for key in ("scale_factor", "add_offset", "scales", "offsets", "long_name"):
            for where in ("attrs", "encoding"):
                found, there = (getattr(v, where).get(key) for v in (variable, expected))
                assert found == there
        assert variable.attrs.get("SENSOR") == expected.attrs.get("SENSOR") or band_as_variable


def _comparable(nodata):
    return None if nodata is None else repr(float(nodata))


@pytest.mark.parametrize("case", ["plain", "nodata", "nan", "scaled", "wide"])
def test_written_as_geotiff_it_is_what_it_was(both, tmp_path, case):
    paths = both(**CASES[case])
    back = tmp_path / "back.tif"
    xarray.open_dataset(paths[1], engine="flac_raster", mask_and_scale=False)[
        "band_data"
    ].rio.to_raster(back)
    with rasterio.open(paths[0]) as old, rasterio.open(back) as new:
        assert new.crs == old.crs and new.transform == old.transform
        assert _comparable(new.nodata) == _comparable(old.nodata)
        assert new.dtypes == old.dtypes and new.scales == old.scales
        assert old.read().tobytes() == new.read().tobytes()


def test_own_mask_becomes_nan(make_raster, tmp_path):
    mask = np.ones((50, 60), bool)
    mask[:10] = False
    path = tmp_path / "x.flac"
    write_raster(make_raster(numbers("uint8", 2, 50, 60), mask), path)
    pixels = xarray.open_dataset(path, engine="flac_raster")["band_data"]
    assert (np.isnan(pixels) == ~mask).all()
    assert "dtype" not in pixels.encoding  # there is no uint8 that would stand for NaN


def test_nodata_of_each_band_is_its_own(make_raster, tmp_path):
    array = numbers("int16", 2, 50, 60)
    array[:, :5] = 7
    path = tmp_path / "x.flac"
    write_raster(make_raster(array, bands=(Band(nodata=7), Band(nodata=-1))), path)
    pixels = xarray.open_dataset(path, engine="flac_raster")["band_data"]
    assert (np.isnan(pixels[0]) == (array[0] == 7)).all() and not np.isnan(pixels[1]).any()
    assert "_FillValue" not in pixels.encoding


@pytest.mark.parametrize("dtype", ["uint8", "int64", "float16", "float32", "complex128"])
def test_unmasked_pixels_are_exact(make_raster, tmp_path, dtype):
    array = np.frombuffer(np.random.default_rng(1).bytes(2 * 70 * 16 * 90), dtype)[: 2 * 70 * 90]
    array = array.reshape(2, 70, 90)
    path = tmp_path / "x.flac"
    write_raster(make_raster(array), path)
    opened = xarray.open_dataset(path, engine="flac_raster", mask_and_scale=False)
    assert opened["band_data"].values.tobytes() == array.tobytes()


KEYS = [
    (0, 5, 7),
    (slice(None), slice(10, 90, 3), slice(None, None, -1)),
    ([1, 0, 1], slice(100, 20, -7), [150, 3, 3]),
    (1, [5, 5, 149], 199),
    (slice(0, 0), slice(None), slice(None)),
    (slice(None), slice(20, 20), [4]),
    ([0], [], slice(5)),
]


@pytest.mark.parametrize("key", KEYS, ids=str)
@pytest.mark.parametrize("masked", [True, False])
def test_any_index_means_what_it_means_in_memory(make_raster, tmp_path, key, masked):
    array = numbers("int16")
    path = tmp_path / "x.flac"
    write_raster(make_raster(array, nodata=5), path)
    lazy = xarray.open_dataset(path, engine="flac_raster", cache=False, mask_and_scale=masked)
    expected = xarray.open_dataset(path, engine="flac_raster", mask_and_scale=masked).load()
    by_dimension = dict(zip(("band", "y", "x"), key))
    xarray.testing.assert_identical(
        lazy["band_data"].isel(by_dimension).load(), expected["band_data"].isel(by_dimension)
    )


def test_a_coarser_level(both):
    paths = both(numbers("uint16", 1))
    opened = xarray.open_dataset(paths[1], engine="flac_raster", level=1)
    assert dict(opened.sizes) == {"band": 1, "y": 75, "x": 100}
    assert opened.rio.resolution() == (20.0, -20.0)
    assert opened.rio.bounds() == (500000, 4998500, 502000, 5000000)
    with pytest.raises(InputError, match="levels 0 to 2, not 3"):
        xarray.open_dataset(paths[1], engine="flac_raster", level=3)


def test_a_rotated_raster_has_coordinates_for_each_pixel(both):
    rotated = TRANSFORM @ Affine.rotation(30) if hasattr(Affine, "__matmul__") else None
    rotated = rotated or TRANSFORM * Affine.rotation(30)
    tif, flac = open_both(both(numbers("uint8", 1), transform=rotated))
    assert set(flac.coords) == set(tif.coords) >= {"xc", "yc"}
    for name in ("xc", "yc"):
        np.testing.assert_allclose(flac[name], tif[name], rtol=0, atol=1e-6)
    assert flac["xc"][5, 7] == flac["xc"].values[5, 7]
    assert flac.rio.transform() == tif.rio.transform()


def test_ground_control_points_are_rioxarray_s(both):
    newer_rioxarray()
    points = [GroundControlPoint(0, 0, 5, 50, 1, "a"), GroundControlPoint(9, 9, 6, 49, 0, "b")]
    tif, flac = open_both(both(numbers("uint8", 1), gcps=points, transform=Affine.identity()))
    assert "x" not in flac.coords and flac.rio.crs == tif.rio.crs
    found = [(p.row, p.col, p.x, p.y) for p in flac.rio.get_gcps()]
    assert found == [(p.row, p.col, p.x, p.y) for p in tif.rio.get_gcps()]


def test_chunks_are_tiles(both):
    pytest.importorskip("dask", reason="dask is not installed")
    _, flac = both(numbers("uint16"))
    opened = xarray.open_dataset(flac, engine="flac_raster", chunks={})
    assert opened["band_data"].chunks == ((2,), (64, 64, 22), (64, 64, 64, 8))
    with xarray.open_dataset(flac, engine="flac_raster") as whole:
        xarray.testing.assert_equal(opened.compute(scheduler="threads"), whole)


def test_a_dataset_that_is_not_read_travels(both, monkeypatch):
    _, flac = both(numbers("uint16"))
    monkeypatch.chdir(flac.parent)
    opened = xarray.open_dataset(flac.name, engine="flac_raster")
    monkeypatch.chdir("/")
    travelled = pickle.loads(pickle.dumps(opened))
    xarray.testing.assert_identical(travelled.load(), opened.load())


def test_a_file_that_xarray_closes_is_read_to_the_end(make_raster, terrain, tmp_path):
    """It keeps few files open, and closes others however many threads read them."""
    names = [tmp_path / f"{n}.flac" for n in range(4)]
    for n, name in enumerate(names):
        write_raster(make_raster(terrain(300, 300, seed=n)), name)
    with xarray.set_options(file_cache_maxsize=1), ThreadPoolExecutor(4) as pool:
        opened = [
            xarray.open_dataset(name, engine="flac_raster", cache=False)["band_data"]
            for name in names
        ]
        sums = list(pool.map(lambda n: int(opened[n % 4].sum()), range(60)))
    assert sums == [int(opened[n % 4].sum()) for n in range(60)]


def test_flac_needs_no_engine_named(both):
    _, flac = both(numbers("uint8", 1))
    assert xarray.open_dataset(flac).equals(xarray.open_dataset(flac, engine="flac_raster"))
    assert not xarray.backends.list_engines()["flac_raster"].guess_can_open("x.tif")
    assert not xarray.backends.list_engines()["flac_raster"].guess_can_open(b"fLaC")


def test_variables_can_be_left_out_and_named(both):
    _, flac = both(numbers("uint8", 3))
    options = {"engine": "flac_raster", "parse_coordinates": False}
    two = xarray.open_dataset(flac, band_as_variable=True, drop_variables="band_2", **options)
    assert list(two) == ["band_1", "band_3"] and "x" not in two.coords
    assert list(xarray.open_dataset(flac, default_name="dem", **options)) == ["dem"]


def test_what_is_no_raster_says_so(tmp_path):
    path = tmp_path / "x.flac"
    path.write_bytes(b"something else")
    with pytest.raises(NotFlacRaster, match="x.flac"):
        xarray.open_dataset(path)
    with pytest.raises(InputError, match=r"none\.flac does not exist"):
        xarray.open_dataset(tmp_path / "none.flac", engine="flac_raster")


def test_windows_and_whole_agree(both):
    _, flac = both(numbers("int16"))
    from flac_raster_qgis.engine import FlacRaster

    with FlacRaster.open(flac) as raster, xarray.open_dataset(flac, mask_and_scale=False) as opened:
        window = Window(60, 50, 70, 30)
        assert (opened["band_data"][:, 50:80, 60:130].values == raster.read(window)).all()
