"""Comparing says truly what differs: bits, values, nodata, georeference, metadata."""

import json

import numpy as np
import pytest
from flac_raster_qgis.engine import Band, WriteOptions, compare, write_raster


@pytest.fixture
def pair(tmp_path, make_raster):
    """Return a function that compares two arrays as FLAC rasters."""

    def run(a, b, **metadata):
        paths = []
        for name, (array, own) in {"a": (a, {}), "b": (b, metadata)}.items():
            paths.append(tmp_path / f"{name}.flac")
            shared = {"nodata": metadata.get("nodata")} if name == "a" else {}
            raster = make_raster(np.asarray(array)[np.newaxis, np.newaxis], **{**shared, **own})
            write_raster(raster, paths[-1], WriteOptions(workers=1))
        return compare(*paths)

    return run


def test_unsigned_differences_do_not_wrap(pair):
    band = pair(np.array([3, 10], np.uint8), np.array([5, 10], np.uint8)).bands[0]
    assert (band.differing, band.max_difference, band.mean_difference) == (1, 2, 1.0)
    assert band.rmse == pytest.approx(2**0.5)


def test_64_bit_differences_are_exact(pair):
    low, high = np.iinfo(np.int64).min, np.iinfo(np.int64).max
    assert pair(np.array([low]), np.array([high])).max_difference == 2**64 - 1


def test_nan_payloads_and_negative_zero_are_differences_of_bits_not_of_values(pair):
    a = np.array([0x7FC00000, 0, 0x3F800000], np.uint32).view(np.float32)
    b = np.array([0x7FC00001, 0x80000000, 0x3F800000], np.uint32).view(np.float32)
    found = pair(a, b)
    assert not found.identical
    assert (found.bands[0].differing, found.bands[0].max_difference) == (2, 0)


def test_nodata_and_nan_take_no_part_in_statistics(pair):
    a = np.array([1, -99, np.nan, 4], np.float64)
    band = pair(a, np.array([1, -99, 7, 5], np.float64), nodata=-99.0).bands[0]
    assert (band.a.valid, band.a.minimum, band.a.maximum, band.a.mean) == (2, 1, 4, 2.5)
    assert (band.b.valid, band.b.maximum) == (3, 7)
    assert (band.differing, band.max_difference) == (2, 1)


def test_equal_infinities_are_no_distance_apart(pair):
    a = np.array([np.inf, 1.0])
    found = pair(a, np.array([np.inf, 1.5]))
    assert found.max_difference == 0.5


def test_georeference_and_metadata_are_compared_too(pair):
    a = np.array([1, 2], np.int16)
    found = pair(a, a, crs="EPSG:4326", bands=(Band(description="b"),), tags={"": {"X": "1"}})
    assert found.pixels_identical and not found.identical
    assert [d.field for d in found.differences] == ["crs", "tags", "band 1 description"]


def test_saying_that_pixels_are_areas_is_the_same_as_not_saying_it(pair):
    a = np.array([1, 2], np.int16)
    assert pair(a, a, tags={"": {"AREA_OR_POINT": "Area"}}).identical
    assert not pair(a, a, tags={"": {"AREA_OR_POINT": "Point"}}).identical


@pytest.mark.parametrize("name", ["palette", "red", "gray"])
def test_undefined_colors_are_shown_gray_and_named_as_they_are(pair, name):
    a = np.array([1], np.uint8)
    found = pair(a, a, bands=(Band(color_interpretation=name),))
    expected = [] if name == "gray" else [("band 1 color_interpretation", "undefined", name)]
    assert [(d.field, d.a, d.b) for d in found.differences] == expected


def test_statistics_that_a_viewer_left_behind_are_no_difference(pair):
    a = np.array([1, 2], np.int16)
    left_behind = Band(tags={"": {"STATISTICS_MEAN": "1.5"}})
    found = pair(a, a, bands=(left_behind,))
    assert found.identical
    (difference,) = found.statistics_differences
    assert (difference.field, difference.a) == ("band 1 statistics", {})
    assert difference.b == {"STATISTICS_MEAN": "1.5"}
    assert found.to_dict()["statistics_differences"] == [vars(difference)]
    assert not pair(a, a, bands=(Band(tags={"": {"SENSOR": "X"}}),)).identical


def test_rasters_of_other_shape_or_type_are_different_not_an_error(pair):
    found = pair(np.array([1, 2], np.int16), np.array([1], np.int16))
    assert found.pixels_identical is None and not found.identical
    assert [d.field for d in found.differences] == ["width"]
    assert pair(np.array([1], np.int16), np.array([1], np.uint16)).pixels_identical is None


def test_a_result_is_strict_json(pair):
    nan = np.array([np.nan], np.float32)
    found = pair(nan, np.array([1], np.float32), nodata=float("nan")).to_dict()
    assert json.loads(json.dumps(found, allow_nan=False))["max_difference"] is None


def test_masked_pixels_take_no_part(tmp_path, make_raster):
    array = np.array([[[1, 50]]], np.uint8)
    mask = np.array([[True, False]])
    for name in "ab":
        write_raster(make_raster(array, mask), tmp_path / f"{name}.flac")
    band = compare(tmp_path / "a.flac", tmp_path / "b.flac").bands[0]
    assert (band.identical, band.a.valid, band.a.maximum) == (True, 1, 1)


def test_other_masks_are_a_difference(tmp_path, make_raster):
    array = np.array([[[1, 2]]], np.uint8)
    for name, mask in (("a", [[True, False]]), ("b", [[True, True]])):
        write_raster(make_raster(array, np.array(mask)), tmp_path / f"{name}.flac")
    found = compare(tmp_path / "a.flac", tmp_path / "b.flac")
    assert not found.identical and found.bands[0].differing == 1
