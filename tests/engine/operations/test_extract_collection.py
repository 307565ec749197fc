"""One GeoTIFF of many rasters, bit for bit what numpy puts together; GDAL reads it."""

import os

import numpy as np
import pytest
import rasterio
from flac_raster_qgis.engine import Area, index
from flac_raster_qgis.engine.errors import (
    Cancelled,
    CorruptFile,
    FlacRasterError,
    InputError,
    OutsideRaster,
)
from flac_raster_qgis.engine.job import Job
from flac_raster_qgis.engine.operations import extract_collection as module
from flac_raster_qgis.engine.operations.extract_collection import extract_collection
from flac_raster_qgis.engine.rasterio_io.crs import transform_bounds
from kits.collections import NORTH, PIXEL, SIZE, WEST, scene
from kits.rasters import write_flac

X = 600_000.0


@pytest.fixture
def folder(tmp_path):
    """Four scenes on one grid, overlapping, of two months."""
    arrays = {}
    for n, (column, row) in enumerate([(0, 0), (40, 10), (20, 30), (70, 50)]):
        path = tmp_path / "in" / f"s_2020-0{n // 2 + 1}_{n}.flac"
        arrays[n] = (column, row, scene(path, X + column * PIXEL, NORTH - row * PIXEL, seed=n))
    index([tmp_path / "in"], tmp_path / "c.json.gz")
    return tmp_path, arrays


def mosaic(arrays, order, width=70 + SIZE, height=50 + SIZE):
    """Put scenes over each other; the last of the order lies on top."""
    values = np.zeros((2, height, width), "uint16")
    for n in order:
        column, row, array = arrays[n]
        part = values[:, row : row + SIZE, column : column + SIZE]
        np.copyto(part, array, where=array != 0)
    return values


#: From below: the later month lies on top, of one month the first by its id.
ORDER = (1, 0, 3, 2)


def test_all_of_it(folder):
    path, arrays = folder
    result = extract_collection(path / "c.json.gz", path / "o.tif")
    with rasterio.open(path / "o.tif") as out:
        assert (out.read() == mosaic(arrays, ORDER)).all()
        assert out.transform[:6] == (PIXEL, 0, X, 0, -PIXEL, NORTH)
        assert out.crs == WEST
        assert out.nodatavals == (0, 0)
        assert out.descriptions == ("B04", "B08")
    assert result.rasters == ("s_2020-02_2", "s_2020-02_3", "s_2020-01_0", "s_2020-01_1")
    assert result.output_bytes == os.path.getsize(path / "o.tif")
    assert result.warnings == ()


def test_a_box_some_bands_and_a_time(folder, monkeypatch):
    path, arrays = folder
    monkeypatch.setattr(module, "_BLOCK", 17)
    box = (X + 105, NORTH - 612, X + 700, NORTH - 33)
    extract_collection(path / "c.json.gz", path / "o.tif", Area(box), bands=[2], time="2020-01")
    right = mosaic(arrays, (1, 0))[1:, 3:62, 10:70]
    with rasterio.open(path / "o.tif") as out:
        assert (out.read() == right).all()
        assert out.bounds == (X + 100, NORTH - 620, X + 700, NORTH - 30)


def test_a_box_in_another_crs(folder):
    path, arrays = folder
    box = transform_bounds((X + 200, NORTH - 500, X + 500, NORTH - 300), WEST, "EPSG:4326")
    extract_collection(path / "c.json.gz", path / "o.tif", Area(box, "EPSG:4326"))
    with rasterio.open(path / "o.tif") as out:
        left, top = round((out.bounds.left - X) / PIXEL), round((NORTH - out.bounds.top) / PIXEL)
        right = mosaic(arrays, ORDER)[:, top : top + out.height, left : left + out.width]
        assert (out.read() == right).all()
        assert out.bounds.left <= X + 200
        assert out.bounds.right >= X + 500


def test_a_zone_that_is_not_that_of_the_collection(tmp_path):
    array = scene(tmp_path / "in" / "a.flac", crs="EPSG:32633", holes=False)
    for n in range(2):
        scene(tmp_path / "in" / f"b{n}.flac", 200_000 + n * 640)
    index([tmp_path / "in"], tmp_path / "c.json")
    box = transform_bounds((X, NORTH - 640, X + 640, NORTH), "EPSG:32633", "EPSG:4326")
    result = extract_collection(tmp_path / "c.json", tmp_path / "o.tif", Area(box, "EPSG:4326"))
    assert result.crs == "EPSG:32633"
    with rasterio.open(tmp_path / "o.tif") as out:
        assert out.crs == "EPSG:32633"
        assert (out.read() == array).all()


def test_south_up(tmp_path):
    """Members whose rows run north are turned, the output is north up."""
    low, high = (np.full((1, 4, 4), value, "uint8") for value in (1, 2))
    low[0, 0] = 9  # the southernmost row
    place = {"crs": WEST, "nodata": 0}
    write_flac(tmp_path / "a.flac", low, transform=(1.0, 0, 5.0, 0, 1.0, 0), **place)
    write_flac(tmp_path / "b.flac", high, transform=(1.0, 0, 5.0, 0, -1.0, 8.0), **place)
    index([tmp_path], tmp_path / "c.json")
    extract_collection(tmp_path / "c.json", tmp_path / "o.tif")
    with rasterio.open(tmp_path / "o.tif") as out:
        assert out.transform[:6] == (1, 0, 5, 0, -1, 8)
        assert out.read(1)[:, 0].tolist() == [2, 2, 2, 2, 1, 1, 1, 9]


@pytest.mark.parametrize("nodata", [(0, 255), (None, None)])
def test_a_mask_where_nodata_does_not_do(tmp_path, nodata):
    """A valid pixel of one member that is the nodata value of another one stays valid."""
    for n, value in enumerate(nodata):
        array = np.array([[[0, 255, 7]]], "uint8")
        write_flac(
            tmp_path / f"{n}.flac",
            array,
            crs=WEST,
            transform=(1.0, 0, 10.0 * n, 0, -1.0, 0.0),
            nodata=value,
        )
    index([tmp_path], tmp_path / "c.json")
    extract_collection(tmp_path / "c.json", tmp_path / "o.tif")
    with rasterio.open(tmp_path / "o.tif") as out:
        assert out.nodatavals == (None,)
        mask = out.dataset_mask()[0] != 0
        values = out.read(1)[0]
    valid = [value != nodata[0] for value in (0, 255, 7)] + [False] * 7
    valid += [value != nodata[1] for value in (0, 255, 7)]
    assert mask.tolist() == valid
    assert values[mask].tolist() == [
        v for v, ok in zip([0, 255, 7] + [0] * 7 + [0, 255, 7], valid) if ok
    ]


@pytest.mark.parametrize(
    "other",
    [
        {"x": X + 3.0},
        {"pixel": 20.0},
        {"crs": "EPSG:32633"},
    ],
)
def test_other_grids_are_refused(folder, other):
    path, _ = folder
    scene(path / "in" / "z.flac", **other)
    index([path / "in"], path / "c.json.gz", overwrite=True, crs=WEST)
    box = (X, NORTH - 2000, X + 2000, NORTH)
    if "crs" in other:
        box = (-1e7, 0, 1e7, 1e7)
    with pytest.raises(InputError, match="z.*one grid"):
        extract_collection(path / "c.json.gz", path / "o.tif", Area(box))
    assert not (path / "o.tif").exists()


def test_nothing_there(folder):
    path, _ = folder
    outside, other_time = {"area": Area((0, 0, 1, 1))}, {"time": "1999"}
    for options, text in ((outside, "no raster in"), (other_time, "no raster of the time '1999'")):
        with pytest.raises(OutsideRaster, match=text):
            extract_collection(path / "c.json.gz", path / "o.tif", **options)
    with pytest.raises(InputError, match="tiles"):
        extract_collection(path / "c.json.gz", path / "o.tif", Area(tile=3))


def test_a_broken_member_is_no_gap(folder):
    """A layer leaves it out, a product must not."""
    path, _ = folder
    broken = path / "in" / "s_2020-01_0.flac"
    data = bytearray(broken.read_bytes())
    data[-300:-200] = bytes(100)
    broken.write_bytes(data)
    with pytest.raises(CorruptFile, match="s_2020-01_0"):
        extract_collection(path / "c.json.gz", path / "o.tif")
    broken.unlink()
    with pytest.raises(FlacRasterError, match="s_2020-01_0"):
        extract_collection(path / "c.json.gz", path / "o.tif")
    assert not (path / "o.tif").exists()


def test_cancel(folder):
    path, _ = folder
    with pytest.raises(Cancelled):
        extract_collection(path / "c.json.gz", path / "o.tif", job=Job(is_cancelled=lambda: True))
    assert not (path / "o.tif").exists()
