"""Extract beside rasterio, which reads the same window of the raster that was converted."""

import math

import numpy as np
import pytest
from flac_raster_qgis.engine import Area, FlacRaster, convert, extract
from flac_raster_qgis.engine.errors import InputError
from hypothesis import given, settings
from hypothesis import strategies as st

rasterio = pytest.importorskip("rasterio")
from rasterio.warp import transform, transform_bounds  # noqa: E402
from rasterio.windows import Window  # noqa: E402

WIDTH, HEIGHT, PIXEL = 150, 110, 10.0
LEFT, TOP = 500_000.0, 5_000_000.0
#: That of the raster, degrees, another zone, one that is turned against it.
SYSTEMS = ["EPSG:32633", "EPSG:4326", "EPSG:32632", "EPSG:2056"]


@pytest.fixture(scope="module")
def pair(tmp_path_factory):
    """A GeoTIFF of two bands and the same as FLAC, in tiles of 32."""
    folder = tmp_path_factory.mktemp("source")
    array = np.random.default_rng(3).integers(0, 2**16, (2, HEIGHT, WIDTH), dtype="uint16")
    with rasterio.open(
        folder / "x.tif",
        "w",
        driver="GTiff",
        width=WIDTH,
        height=HEIGHT,
        count=2,
        dtype="uint16",
        crs="EPSG:32633",
        transform=rasterio.Affine(PIXEL, 0, LEFT, 0, -PIXEL, TOP),
    ) as dataset:
        dataset.write(array)
    convert(folder / "x.tif", folder / "x.flac", tile_size=32, effort="fast")
    return folder / "x.tif", folder / "x.flac"


#: In pixels; also beyond the edges, along them, and less than one pixel.
STARTS = st.floats(-40, 160, allow_nan=False) | st.integers(-2, 150).map(float)
SIDES = st.floats(0.01, 200, allow_nan=False) | st.integers(1, 160).map(float)


@settings(max_examples=60)
@given(STARTS, STARTS, SIDES, SIDES, st.sampled_from(SYSTEMS), st.integers(0, 3))
def test_the_window_of_the_source(pair, tmp_path, left, top, width, height, crs, level):
    """At full resolution that of the GeoTIFF; of coarser levels that of the level as stored."""
    source, flac = pair
    x, y = LEFT + PIXEL * left, TOP - PIXEL * top
    box = transform_bounds("EPSG:32633", crs, x, y - PIXEL * height, x + PIXEL * width, y)
    back = transform_bounds(crs, "EPSG:32633", *box, densify_pts=99)
    output = tmp_path / "out.tif"
    inside = (
        back[0] < LEFT + PIXEL * WIDTH - 1
        and back[2] > LEFT + 1
        and back[1] < TOP - 1
        and back[3] > TOP - PIXEL * HEIGHT + 1
    )
    try:
        extract(flac, output, Area(box, crs), level=level, overwrite=True)
    except InputError as error:
        assert "lies outside" in str(error) and not inside
        return
    size = PIXEL * 2**level
    with rasterio.open(output) as made:
        column, row = (
            round((made.transform.c - LEFT) / size),
            round((TOP - made.transform.f) / size),
        )
        assert made.transform[:6] == (size, 0, LEFT + size * column, 0, -size, TOP - size * row)
        pixels, bounds = made.read(), made.bounds
    window = Window(column, row, pixels.shape[2], pixels.shape[1])
    if level == 0:
        with rasterio.open(source) as dataset:
            expected = dataset.read(window=window)
    else:
        with FlacRaster.open(flac) as raster:
            rows, columns = window.toslices()
            expected = raster.read(level=level)[:, rows, columns]
    assert pixels.dtype == expected.dtype and np.array_equal(pixels, expected)
    # all that the bbox overlaps, and not a pixel more than its curved edges need
    whole = (LEFT, TOP - size * math.ceil(HEIGHT * PIXEL / size), LEFT + size * WIDTH, TOP)
    slack = 0.01 if crs == "EPSG:32633" else size
    assert bounds.left <= max(back[0], whole[0]) + 0.01 and bounds.top >= min(back[3], TOP) - 0.01
    assert bounds.left + size >= min(back[0] - slack, whole[2]) and bounds.left >= whole[0]
    assert bounds.bottom + slack >= whole[1] and bounds.top - size <= max(back[3] + slack, whole[1])
    xs, ys = transform(crs, "EPSG:32633", *zip(*corners(box)))
    for corner_x, corner_y in zip(xs, ys):
        if LEFT <= corner_x <= LEFT + PIXEL * WIDTH and TOP - PIXEL * HEIGHT <= corner_y <= TOP:
            assert bounds.left - 0.01 <= corner_x <= bounds.right + 0.01
            assert bounds.bottom - 0.01 <= corner_y <= bounds.top + 0.01


def corners(box):
    """Corners of a bbox."""
    xmin, ymin, xmax, ymax = box
    return [(xmin, ymin), (xmin, ymax), (xmax, ymin), (xmax, ymax)]


@pytest.mark.parametrize("column", [0, 31, 32, 149])
@pytest.mark.parametrize("row", [0, 31, 64, 109])
def test_one_pixel(pair, tmp_path, column, row):
    source, flac = pair
    x, y = LEFT + PIXEL * (column + 0.5), TOP - PIXEL * (row + 0.5)
    extract(flac, tmp_path / "out.tif", Area((x, y, x, y)))
    with rasterio.open(tmp_path / "out.tif") as made, rasterio.open(source) as dataset:
        assert made.shape == (1, 1)
        assert (made.read() == dataset.read(window=Window(column, row, 1, 1))).all()
