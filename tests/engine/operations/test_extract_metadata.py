"""What an extracted part says of itself: all that the raster does, moved to its place."""

import warnings

import numpy as np
import pytest
from flac_raster_qgis.engine import Area, FlacRaster, convert, extract
from test_geotiff import CASES, PIXELS, ROTATED, write_tif

rasterio = pytest.importorskip("rasterio")
from rasterio.control import GroundControlPoint  # noqa: E402
from rasterio.rpc import RPC  # noqa: E402
from rasterio.transform import GCPTransformer, RPCTransformer  # noqa: E402

pytestmark = pytest.mark.filterwarnings("ignore::rasterio.errors.NotGeoreferencedWarning")
#: A tile of 16 × 16 pixels, neither at the top nor at the left of `PIXELS`.
TILE = Area(tile=5)
ROWS = COLUMNS = slice(16, 32)


def make_flac(tmp_path, *arguments, mask=None, **profile):
    source = write_tif(tmp_path / "a.tif", *arguments, mask=mask, **profile)
    convert(source, tmp_path / "a.flac", tile_size=16)
    return source, tmp_path / "a.flac"


@pytest.mark.parametrize("name", CASES)
def test_everything_comes_along(tmp_path, name):
    """The same metadata as GDAL's own tool has for that window, as far as it keeps them."""
    array, describe, profile = CASES[name]
    source, flac = make_flac(tmp_path, array, describe, **profile)
    result = extract(flac, tmp_path / "part.tif", TILE)
    assert result.warnings == ()
    with rasterio.open(source) as whole, rasterio.open(tmp_path / "part.tif") as part:
        assert part.read().tobytes() == array[:, ROWS, COLUMNS].tobytes()
        assert part.crs == whole.crs and part.dtypes == whole.dtypes
        assert str(part.nodatavals) == str(whole.nodatavals)
        for key in ("descriptions", "units", "scales", "offsets", "colorinterp"):
            assert getattr(part, key) == getattr(whole, key), key
        assert part.mask_flag_enums == whole.mask_flag_enums
        for band in range(whole.count + 1):
            for domain in {*whole.tag_namespaces(band), None} - {"RPC", "DERIVED_SUBDATASETS"}:
                if domain != "IMAGE_STRUCTURE":
                    assert part.tags(band, ns=domain) == whole.tags(band, ns=domain)
        if profile.get("transform"):
            assert part.transform == whole.transform * whole.transform.translation(16, 16)
        if name == "palette":
            assert part.colormap(1) == whole.colormap(1)
        if "nbits" in profile:
            tags = part.tags(1, ns="IMAGE_STRUCTURE")
            assert tags["NBITS"] == str(profile["nbits"])


def test_chosen_bands_bring_their_own(tmp_path):
    array, describe, profile = CASES["tags"]
    _, flac = make_flac(tmp_path, array, describe, **profile)
    result = extract(flac, tmp_path / "part.tif", TILE, bands=[2, 1])
    assert result.warnings == ()
    with rasterio.open(tmp_path / "part.tif") as part:
        assert part.descriptions == ("ü", "a") and part.units == (None, "m")
        assert part.scales == (1, 0.1) and part.offsets == (5, 0)
        assert part.tags(1) == {"B": "2"} and part.tags(2, ns="Q") == {"Z": "z"}
        assert [c.name for c in part.colorinterp] == ["green", "red"]
        assert part.tags()["FOO"] == "bär\nx=1"
        assert (part.read() == array[[1, 0], ROWS, COLUMNS]).all()


def test_nodata_that_differs_from_band_to_band(tmp_path):
    source = write_tif(tmp_path / "a.tif", PIXELS, nodata=5)
    vrt = tmp_path / "a.vrt"
    rasterio.shutil.copy(source, vrt, driver="VRT")
    vrt.write_text(vrt.read_text().replace("<NoDataValue>5<", "<NoDataValue>6<", 1))
    convert(vrt, tmp_path / "a.flac", tile_size=16)
    for bands, nodata, sidecar in (([1, 3], (6, 5), True), ([2, 3], (5, 5), False)):
        extract(tmp_path / "a.flac", tmp_path / "part.tif", TILE, bands=bands, overwrite=True)
        with rasterio.open(tmp_path / "part.tif") as part:
            assert part.nodatavals == nodata
        assert (tmp_path / "part.tif.aux.xml").exists() is sidecar


@pytest.mark.parametrize("level", [0, 1])
def test_mask(tmp_path, level):
    mask = np.random.default_rng(1).random((40, 50)) < 0.3
    _, flac = make_flac(tmp_path, PIXELS, mask=mask)
    result = extract(flac, tmp_path / "part.tif", Area((3, 5, 44, 39)), level=level)
    with rasterio.open(tmp_path / "part.tif") as part, FlacRaster.open(flac) as raster:
        pixels, valid = raster.read_masked(result.plan.window, level)
        assert (part.read() == pixels).all()
        assert ((part.read_masks(1) == 255) == valid).all()


# ---------------------------------------------------------------- places that are no transform


def gcps(dataset):
    points = [
        GroundControlPoint(row, col, 10 + 2 * col + 0.5 * row, 20 - 3 * row, 1.5, f"{row}/{col}")
        for row, col in ((0, 0), (0, 50), (40, 0), (40, 50), (21, 22))
    ]
    dataset.gcps = (points, rasterio.crs.CRS.from_epsg(3857))


@pytest.mark.parametrize("level", [0, 1])
def test_ground_control_points_move_along(tmp_path, level):
    _, flac = make_flac(tmp_path, PIXELS, gcps)
    result = extract(flac, tmp_path / "part.tif", Area((18, 9, 33, 30)), level=level)
    assert result.warnings == ()
    left, top = result.plan.window[:2]
    with rasterio.open(tmp_path / "a.tif") as whole, rasterio.open(tmp_path / "part.tif") as part:
        points, crs = part.gcps
        assert crs == whole.gcps[1] and [p.id for p in points] == [p.id for p in whole.gcps[0]]
        there = GCPTransformer(whole.gcps[0]).xy(2**level * (5 + top), 2**level * (3 + left))
        here = GCPTransformer(points).xy(5, 3)
        # rasterio asks for the middle of the pixel, which is half a pixel of either
        shift = 0.5 * (2**level - 1)
        assert np.ravel(here) == pytest.approx(
            np.ravel(there) + [2 * shift + 0.5 * shift, -3 * shift]
        )


def rpcs_of_a_scene(dataset):
    """Line and sample follow latitude and longitude straight."""
    one = [1.0] + [0.0] * 19
    north, east = [0.0] * 20, [0.0] * 20
    north[2], east[1] = -1.0, 1.0
    dataset.rpcs = RPC(0, 1, 45, 0.1, one, north, 79.5, 80, 10, 0.2, one, east, 99.25, 100)


@pytest.mark.parametrize("level", [0, 1, 2])
def test_rational_polynomials_move_along(tmp_path, level):
    """The corner of a pixel of the part is on the ground where it was."""
    source, flac = make_flac(tmp_path, np.tile(PIXELS, (1, 4, 4)), rpcs_of_a_scene)
    result = extract(flac, tmp_path / "part.tif", Area((32, 16, 112, 96)), level=level)
    assert result.warnings == ()
    with rasterio.open(source) as whole, rasterio.open(tmp_path / "part.tif") as part:
        with RPCTransformer(whole.rpcs) as there, RPCTransformer(part.rpcs) as here:
            for row, column in ((0, 0), (3, 5), (19, 2)):
                expected = there.xy(16 + row * 2**level, 32 + column * 2**level, offset="ul")
                assert here.xy(row, column, offset="ul") == pytest.approx(expected, abs=1e-6)


def test_rational_polynomials_that_cannot_be_moved(make_raster, tmp_path):
    from flac_raster_qgis.engine import write_raster

    raster = make_raster(PIXELS, rpcs={"LINE_OFF": "x"})
    write_raster(raster, tmp_path / "a.flac")
    (warning,) = extract(tmp_path / "a.flac", tmp_path / "b.tif", Area((1, 1, 9, 9))).warnings
    assert warning.startswith("The output goes without the raster's RPCs")


def test_geolocation_arrays_are_left_out_with_a_warning(make_raster, tmp_path):
    from flac_raster_qgis.engine import write_raster

    tags = {"GEOLOCATION": {"X_DATASET": "lon.tif", "LINE_STEP": "1"}, "": {"A": "b"}}
    write_raster(make_raster(PIXELS, tags=tags), tmp_path / "a.flac")
    whole = extract(tmp_path / "a.flac", tmp_path / "whole.tif")
    assert whole.warnings == ()
    (warning,) = extract(tmp_path / "a.flac", tmp_path / "b.tif", Area((1, 1, 9, 9))).warnings
    assert "geolocation arrays" in warning
    with rasterio.open(tmp_path / "b.tif") as part:
        assert "GEOLOCATION" not in part.tag_namespaces() and part.tags()["A"] == "b"


def test_statistics_of_all_pixels_are_not_those_of_a_part(tmp_path):
    def describe(dataset):
        dataset.update_tags(1, STATISTICS_MAXIMUM="255", LAYER_TYPE="thematic")

    _, flac = make_flac(tmp_path, PIXELS, describe)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        extract(flac, tmp_path / "part.tif", TILE)
    with rasterio.open(tmp_path / "part.tif") as part:
        assert part.tags(1) == {"LAYER_TYPE": "thematic"}


def test_histograms_of_all_pixels_are_not_those_of_a_part(make_raster, tmp_path):
    from flac_raster_qgis.engine import Band, compare, write_raster
    from flac_raster_qgis.engine.model.metadata import Histogram

    bands = tuple(Band(histograms=(Histogram(0, 256, (9,) * 256),)) for _ in PIXELS)
    flac = tmp_path / "a.flac"
    write_raster(make_raster(PIXELS, bands=bands), flac)
    assert extract(flac, tmp_path / "part.tif", Area((1, 1, 9, 9))).warnings == ()
    assert not (tmp_path / "part.tif.aux.xml").exists()
    extract(flac, tmp_path / "whole.tif")
    assert compare(flac, tmp_path / "whole.tif").statistics_differences == ()


def test_what_geotiff_cannot_hold_is_said(make_raster, tmp_path):
    from flac_raster_qgis.engine import Band, write_raster

    colormap = {n: (n, n, 7, 255) for n in range(256)}
    bands = tuple(Band(colormap=colormap, color_interpretation="palette") for _ in range(3))
    write_raster(make_raster(PIXELS, bands=bands), tmp_path / "a.flac")
    found = extract(tmp_path / "a.flac", tmp_path / "b.tif", Area((1, 1, 9, 9))).warnings
    assert found and any("colormap" in warning for warning in found)
    assert extract(tmp_path / "a.flac", tmp_path / "c.tif", bands=[2]).warnings == ()


def test_rotated(tmp_path):
    _, flac = make_flac(tmp_path, PIXELS, crs="EPSG:3857", transform=ROTATED)
    extract(flac, tmp_path / "part.tif", TILE)
    with rasterio.open(tmp_path / "part.tif") as part:
        assert part.transform == ROTATED * ROTATED.translation(16, 16)
