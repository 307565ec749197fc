"""Tiles of no bytes in a layer: shown as what they are, and never one by one."""

import time

import numpy as np
import pytest
from flac_raster_qgis.engine import Band, FlacRaster
from kits.hostile_files import rotated, sheared, sheared_far_apart, sparse, tall, wide
from kits.qgis.layers import (
    open_provider,
    open_raster_of,
    random_array,
    read_block,
    valid_flac_layer,
    write_flac,
)
from qgis.core import QgsRectangle

from flac_raster_qgis.data_provider import qgis_versions
from flac_raster_qgis.data_provider.moments import SampleArea
from flac_raster_qgis.data_provider.open_raster import CACHE, OpenRaster

pytestmark = pytest.mark.usefixtures("provider_registered")


TRANSFORMS = {
    "north up": (10.0, 0.0, 500.0, 0.0, -10.0, 900.0),
    "south up": (10.0, 0.0, 500.0, 0.0, 10.0, 900.0),
    "west first": (-10.0, 0.0, 500.0, 0.0, -10.0, 900.0),
    "rotated": (8.0, -6.0, 500.0, -6.0, -8.0, 900.0),
}
NODATA = 7


@pytest.fixture
def array():
    """Bands of noise, of which most tiles are nothing but nodata: other ones in each."""
    array = random_array("uint16", bands=2, height=150, width=200) % 50 + 10
    for band, tiles in ((0, [(0, 1), (2, 2), (4, 6)]), (1, [(0, 1), (1, 1)])):
        kept = np.zeros(array.shape[1:], bool)
        for row, column in tiles:
            kept[row * 32 : row * 32 + 32, column * 32 : column * 32 + 32] = True
        array[band][~kept] = NODATA
    return array.astype("uint16")


def providers(tmp_path, array, transform):
    """The same pixels with tiles of no bytes, and in tiles that all take bytes."""
    plain = Band(nodata=None)
    found = []
    for name, bands in (("sparse", (Band(nodata=NODATA),) * 2), ("full", (plain, plain))):
        path = write_flac(
            tmp_path / f"{name}.flac",
            array,
            transform=transform,
            bands=bands,
            tile_size=32,
            interleave="band",
            overview_resampling="none",
        )
        found.append(open_provider(path))
    with FlacRaster.open(tmp_path / "sparse.flac") as raster:
        assert raster.head.index.empty_count > 50
    return found


@pytest.mark.parametrize("size", [(200, 150), (40, 30), (210, 133)])
@pytest.mark.parametrize("transform", TRANSFORMS.values(), ids=TRANSFORMS)
def test_a_view(tmp_path, array, transform, size):
    empty, full = providers(tmp_path, array, transform)
    extent = full.extent()
    extent.grow(100)  # what is outside is not there
    for provider in (empty, full):
        assert provider.extent() == full.extent()
    for band in (1, 2):
        empty.setUseSourceNoDataValue(band, False)
        right, outside = read_block(full, band, extent, *size)
        found, missing = read_block(empty, band, extent, *size)
        assert (missing == outside).all()
        assert (found[~outside] == right[~outside]).all()
        empty.setUseSourceNoDataValue(band, True)
        _, hidden = read_block(empty, band, extent, *size)
        assert (hidden == (outside | (right == NODATA))).all()


@pytest.mark.parametrize("transform", TRANSFORMS.values(), ids=TRANSFORMS)
@pytest.mark.parametrize("is_part", [False, True])
def test_statistics(tmp_path, array, transform, is_part):
    empty, full = providers(tmp_path, array, transform)
    extent = full.extent()
    if is_part:
        left, top = extent.xMinimum(), extent.yMinimum()
        extent = QgsRectangle(left + 204, top + 137, left + 1203, top + 899)
    for band in (1, 2):
        for counts_nodata in (True, False):
            empty.setUseSourceNoDataValue(band, not counts_nodata)
            found = empty.bandStatistics(band, qgis_versions.ALL_STATISTICS, extent, 0)
            if counts_nodata:
                right = full.bandStatistics(band, qgis_versions.ALL_STATISTICS, extent, 0)
                assert found.elementCount == right.elementCount
                for name in ("minimumValue", "maximumValue", "mean", "stdDev", "sum"):
                    assert getattr(found, name) == pytest.approx(getattr(right, name))
            elif not is_part:
                values = array[band - 1][array[band - 1] != NODATA]
                assert found.elementCount == values.size
                assert found.mean == pytest.approx(values.mean())


def centers_inside(transform, shape, bounds):
    """Which pixels have their centre in a rectangle, one by one."""
    a, b, c, d, e, f = transform
    rows, columns = np.indices(shape) + 0.5
    xs, ys = a * columns + b * rows + c, d * columns + e * rows + f
    xmin, ymin, xmax, ymax = bounds
    return (xmin <= xs) & (xs <= xmax) & (ymin <= ys) & (ys <= ymax)


@pytest.mark.parametrize("shape", [(150, 200), (200, 150), (1, 90), (90, 1)])
@pytest.mark.parametrize("transform", TRANSFORMS.values(), ids=TRANSFORMS)
def test_pixels_of_an_area(tmp_path, transform, shape):
    """Counted line by line and selected tile by tile: the same as pixel by pixel."""
    array = np.ones((1, *shape), "uint8")
    path = write_flac(tmp_path / "x.flac", array, transform=transform, tile_size=32)
    opened = open_raster_of(open_provider(path))
    level = opened.grid.levels[0]
    xmin, ymin, xmax, ymax = opened.georeference.bounds
    generator, counted = np.random.default_rng(1), 0
    for _ in range(200):  # half of them with their edges on the centers of pixels
        xs = np.sort(generator.uniform(xmin - 50, xmax + 50, 2))
        ys = np.sort(generator.uniform(ymin - 50, ymax + 50, 2))
        if generator.random() < 0.5:
            xs, ys = np.round(xs / 5) * 5, np.round(ys / 5) * 5
        bounds = (xs[0], ys[0], xs[1], ys[1])
        area = SampleArea.from_bounds(opened.georeference, level, bounds)
        right = centers_inside(transform, shape, bounds)
        assert area.pixel_count() == np.count_nonzero(right)
        for key in level.keys():
            window = level.tile_window(key.row, key.column)
            rows = slice(window.row_off, window.row_off + window.height)
            columns = slice(window.col_off, window.col_off + window.width)
            assert (area.selection(window) == right[rows, columns]).all()
        counted += np.count_nonzero(right)
    assert counted


@pytest.mark.parametrize("write", [tall, wide, rotated, sheared, sheared_far_apart])
def test_a_layer_of_a_million_tiles_in_a_small_file(tmp_path, write):
    """What QGIS does in its main thread; processor time, because other processes need some too."""
    path = tmp_path / "in.flac"
    write(path)
    assert path.stat().st_size < 6000
    before = time.process_time()
    layer = valid_flac_layer(path)
    provider = layer.dataProvider()
    assert layer.htmlMetadata()
    for use_nodata in (True, False):
        provider.setUseSourceNoDataValue(1, use_nodata)
        statistics = provider.bandStatistics(
            1, qgis_versions.ALL_STATISTICS, layer.extent(), 250_000
        )
        assert statistics.maximumValue == 1
        provider.block(1, layer.extent(), 500, 500)
    provider.cumulativeCut(1, 0.02, 0.98, layer.extent(), 250_000)
    provider.identify(layer.extent().center(), qgis_versions.IDENTIFY_VALUE)
    assert time.process_time() - before < 3


def test_more_pixels_than_qgis_can_count(tmp_path):
    """2^31 is one more than C's int holds; the provider must not raise into QGIS."""
    path = tmp_path / "in.flac"
    sparse(path, 2**31, 1024, 1024)
    provider = open_provider(path)
    assert not provider.isValid() and provider.xSize() == 0
    assert "QGIS counts to" in provider.error().summary()


def test_tiles_of_no_bytes_are_not_kept(tmp_path, array):
    provider, _ = providers(tmp_path, array, TRANSFORMS["north up"])
    CACHE.clear()
    read_block(provider, 1)
    assert len(CACHE._entries) == 4  # three, and the first, which carries the tags
    assert isinstance(open_raster_of(provider), OpenRaster)
