"""Arguments of the library that nothing can be made of: each is an error of ours, with a reason."""

from dataclasses import replace

import numpy as np
import pytest
from flac_raster_qgis.engine import (
    Area,
    ArrayRaster,
    Band,
    FlacRaster,
    FlacRasterError,
    RasterMetadata,
    Window,
    compare,
    convert,
    convert_files,
    extract,
    info,
    query,
    verify,
    write_raster,
)
from rasterio import Affine

PIXELS = np.arange(900, dtype="uint16").reshape(1, 30, 30)
METADATA = RasterMetadata(30, 30, "uint16", (Band(),), transform=(1, 0, 0, 0, -1, 30))
MASKED = replace(METADATA, has_mask=True)


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    path = tmp_path_factory.mktemp("arguments") / "a.flac"
    write_raster(ArrayRaster(METADATA, PIXELS), path)
    return path


def refuse(sentence, function, *arguments, **options):
    with pytest.raises(FlacRasterError) as caught:
        function(*arguments, **options)
    assert sentence in str(caught.value)


@pytest.mark.parametrize("name", [None, 5, b"a.flac", ["a.flac"]])
def test_names_that_are_no_names(path, name):
    sentence = "expected a text or a path"
    for function in (FlacRaster.open, convert, verify, info, query):
        refuse(sentence, function, name)
    refuse(sentence, compare, path, name)
    refuse(sentence, extract, path, name)
    refuse(sentence, write_raster, ArrayRaster(METADATA, PIXELS), name)
    refuse(sentence, lambda: list(convert_files([path], name)))
    if name:
        refuse(sentence, convert, path, name)


@pytest.mark.parametrize(
    "metadata, array, sentence",
    [
        (METADATA, PIXELS[:, :5], "has the shape (1, 5, 30) and the data type uint16"),
        (METADATA, PIXELS.astype("float32"), "the data type float32, its metadata say (1, 30, 30)"),
        (METADATA, PIXELS.tolist(), "the data type int64"),
        (METADATA, PIXELS.astype(">u2"), "the data type >u2"),
        (replace(METADATA, dtype="meters"), PIXELS, "its metadata say (1, 30, 30) and meters"),
        (MASKED, PIXELS, "is given no mask, its metadata say that it has one"),
    ],
)
def test_metadata_of_another_array(metadata, array, sentence):
    refuse(sentence, ArrayRaster, metadata, array)


def test_masks_that_do_not_fit():
    mask = PIXELS[0] > 3
    refuse(
        "is given a mask, its metadata say that it has none", ArrayRaster, METADATA, PIXELS, mask
    )
    refuse("shape (3, 30), expected (30, 30)", ArrayRaster, MASKED, PIXELS, mask[:3])


@pytest.mark.parametrize(
    "wrong, sentence",
    [
        ({"crs": "foo"}, "neither an authority code nor WKT, but 'foo'"),
        ({"crs": "4326"}, "did you mean EPSG:4326"),
        ({"crs": 4326}, "the CRS is 4326, expected a text such as EPSG:4326"),
        ({"gcps_crs": "foo"}, "neither an authority code nor WKT, but 'foo'"),
        ({"transform": Affine(1, 0, 0, 0, -1, 30)}, "has 9 numbers, expected six"),
        ({"transform": (1, 2)}, "has 2 numbers, expected six"),
    ],
)
def test_metadata_that_no_reader_takes_are_not_written(tmp_path, wrong, sentence):
    raster = ArrayRaster(replace(METADATA, **wrong), PIXELS)
    refuse(sentence, write_raster, raster, tmp_path / "b.flac")
    assert list(tmp_path.iterdir()) == []


def test_an_array_is_no_raster(tmp_path):
    refuse("The raster is a ndarray, expected", write_raster, PIXELS, tmp_path / "b.flac")


def test_a_closed_raster(path, tmp_path):
    raster = FlacRaster.open(path)
    raster.close()
    sentence = "a.flac is closed already"
    refuse(sentence, raster.read)
    refuse(sentence, raster.read_window, Window(0, 0, 3, 3))
    refuse(sentence, extract, raster, tmp_path / "b.tif")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "options, sentence",
    [
        ({"window": (1, 2, 3)}, "the window is (1, 2, 3), expected Window(col_off"),
        ({"window": Window(0.5, 0, 2, 2)}, "in whole pixels"),
        ({"level": "0"}, "has levels 0 to 0, not '0'"),
        ({"level": 0.5}, "has levels 0 to 0, not 0.5"),
        ({"bands": 1}, "The bands are 1, expected a list"),
        ({"bands": "1"}, "has 1 band; there is no band '1'"),
        ({"bands": [2]}, "has 1 band; there is no band 2"),
    ],
)
def test_pixels_that_do_not_exist(path, options, sentence):
    with FlacRaster.open(path) as raster:
        refuse(sentence, raster.read, **options)
        assert (raster.read((0, 0, 3, 3), bands=(np.int64(1),)) == PIXELS[:, :3, :3]).all()


@pytest.mark.parametrize(
    "options, sentence",
    [
        ({"area": (1, 2, 3, 4)}, "The area is (1, 2, 3, 4), expected an Area"),
        ({"level": "1"}, "not '1'"),
        ({"resolution": "fine"}, "The resolution is 'fine', expected more than 0"),
        ({"where": 5}, "The condition is 5, expected a text"),
    ],
)
def test_areas_that_are_none(path, options, sentence):
    refuse(sentence, query, path, **options)


@pytest.mark.parametrize("bbox", [(1, 2, 3), (1, None, 2, 3), "1,2,3,4", 5])
def test_boxes_that_are_none(bbox):
    refuse("is not (xmin, ymin, xmax, ymax)", Area, bbox=bbox)
    refuse("expected a text such as EPSG:4326", Area, bbox=(1, 2, 3, 4), crs=4326)


def test_workers(path, tmp_path):
    refuse(
        "workers is 'two', expected at least 1", convert, path, tmp_path / "b.flac", workers="two"
    )
