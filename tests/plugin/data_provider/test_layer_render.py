"""Maps of a FLAC raster look like maps of the same raster as GeoTIFF."""

from __future__ import annotations

import numpy as np
import pytest
from flac_raster_qgis.engine import Band
from kits.qgis.layers import (
    image_array,
    random_array,
    render,
    valid_flac_layer,
    write_flac,
    write_geotiff,
)
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
)

pytestmark = pytest.mark.usefixtures("provider_registered")


RGB = tuple(Band(color_interpretation=name) for name in ("red", "green", "blue"))
PALETTE = {n: (n, (3 * n) % 256, 255 - n, 255) for n in range(256)}
MAGENTA = [255, 0, 255, 255]


def pair(tmp_path, array, bands=None, **options):
    flac = valid_flac_layer(write_flac(tmp_path / "x.flac", array, bands=bands, **options))
    tif = QgsRasterLayer(str(write_geotiff(tmp_path / "x.tif", array, bands, **options)), "tif")
    assert tif.isValid()
    return flac, tif


def smooth_array(dtype: str, bands: int = 1) -> np.ndarray:
    y, x = np.mgrid[:150, :200]
    planes = [500 + 400 * np.sin(x / (20 + n)) * np.cos(y / 17) for n in range(bands)]
    return np.array(planes).astype(dtype)


@pytest.mark.parametrize(
    "dtype", ["uint8", "uint16", "int16", "uint32", "int32", "float32", "float64"]
)
def test_gray_at_1_to_1(tmp_path, dtype, messages):
    array = random_array(dtype) if dtype == "uint8" else smooth_array(dtype)
    flac, tif = pair(tmp_path, array)
    assert flac.renderer().type() == tif.renderer().type() == "singlebandgray"
    flac.setRenderer(tif.renderer().clone())
    maps = [image_array(render([one], flac.extent(), 200, 150)) for one in (flac, tif)]
    np.testing.assert_array_equal(*maps)
    assert len(np.unique(maps[0][..., 0])) > 50
    assert messages == []


def test_default_style_is_that_of_the_geotiff(tmp_path):
    flac, tif = pair(tmp_path, smooth_array("int16"))
    found, expected = (one.renderer().contrastEnhancement() for one in (flac, tif))
    assert found.contrastEnhancementAlgorithm() == expected.contrastEnhancementAlgorithm()
    assert found.minimumValue() == pytest.approx(expected.minimumValue(), abs=2)
    assert found.maximumValue() == pytest.approx(expected.maximumValue(), abs=2)


@pytest.mark.parametrize("nodata", [None, 0])
def test_rgb_at_1_to_1(tmp_path, nodata, messages):
    array = random_array("uint8", bands=3)
    array[:, 20:60, 30:90] = 0
    bands = tuple(
        Band(color_interpretation=band.color_interpretation, nodata=nodata) for band in RGB
    )
    flac, tif = pair(tmp_path, array, bands)
    assert flac.renderer().type() == tif.renderer().type() == "multibandcolor"
    assert flac.renderer().usesBands() == [1, 2, 3]
    maps = [image_array(render([one], flac.extent(), 200, 150)) for one in (flac, tif)]
    np.testing.assert_array_equal(*maps)
    if nodata is None:
        np.testing.assert_array_equal(maps[0][..., 2::-1], np.moveaxis(array, 0, -1))
    else:
        assert (maps[0][20:60, 30:90] == MAGENTA).all()
    assert messages == []


def test_rgb_with_alpha(tmp_path):
    array = random_array("uint8", bands=4)
    array[3, :50], array[3, 50:] = 0, 255
    bands = (*RGB, Band(color_interpretation="alpha"))
    flac, tif = pair(tmp_path, array, bands)
    assert flac.renderer().alphaBand() == tif.renderer().alphaBand() == 4
    maps = [image_array(render([one], flac.extent(), 200, 150)) for one in (flac, tif)]
    np.testing.assert_array_equal(*maps)
    assert (maps[0][:50] == MAGENTA).all()


def test_palette_at_1_to_1(tmp_path, messages):
    array = random_array("uint8")
    flac, tif = pair(tmp_path, array, (Band(color_interpretation="palette", colormap=PALETTE),))
    assert flac.renderer().type() == tif.renderer().type() == "paletted"
    classes = [
        [(c.value, c.color.getRgb()) for c in one.renderer().classes()] for one in (flac, tif)
    ]
    assert classes[0] == classes[1]
    maps = [image_array(render([one], flac.extent(), 200, 150)) for one in (flac, tif)]
    np.testing.assert_array_equal(*maps)
    expected = np.array([PALETTE[n][:3] for n in range(256)], "uint8")[array[0]]
    np.testing.assert_array_equal(maps[0][..., 2::-1], expected)
    assert messages == []


def test_palette_of_few_values_some_see_through(tmp_path):
    array = np.arange(150 * 200, dtype="uint16").reshape(1, 150, 200) % 4
    colors = {0: (255, 0, 0, 255), 1: (0, 255, 0, 255), 2: (0, 0, 255, 0)}
    path = write_flac(tmp_path / "x.flac", array, bands=(Band(colormap=colors),))
    layer = valid_flac_layer(path)
    assert layer.renderer().type() == "paletted"
    found = image_array(render([layer], layer.extent(), 200, 150))
    for value, color in enumerate([(0, 0, 255, 255), (0, 255, 0, 255), MAGENTA, MAGENTA]):
        assert (found[array[0] == value] == color).all()


def test_mask_is_see_through(tmp_path):
    array = random_array("uint8", bands=3)
    array[:, 0, 0], array[:, 0, 1] = 0, 255  # no value is free
    mask = np.ones((150, 200), bool)
    mask[40:80, 50:120] = False
    layer = valid_flac_layer(write_flac(tmp_path / "x.flac", array, bands=RGB, mask=mask))
    assert not layer.dataProvider().sourceHasNoDataValue(1)
    found = image_array(render([layer], layer.extent(), 200, 150))
    assert (found[~mask] == MAGENTA).all()
    np.testing.assert_array_equal(found[mask][:, 2::-1], np.moveaxis(array, 0, -1)[mask])


def test_view_reaching_beyond_the_raster(tmp_path):
    flac, tif = pair(tmp_path, smooth_array("uint16"))
    flac.setRenderer(tif.renderer().clone())
    extent = QgsRectangle(499500, 4999000, 501500, 5000500)
    maps = [image_array(render([one], extent, 200, 150)) for one in (flac, tif)]
    np.testing.assert_array_equal(*maps)
    assert (maps[0][:50] == MAGENTA).all() and (maps[0][:, :50] == MAGENTA).all()


@pytest.mark.parametrize("zoom", [2, 5])
def test_zoomed_in(tmp_path, zoom):
    flac, tif = pair(tmp_path, smooth_array("uint16"))
    flac.setRenderer(tif.renderer().clone())
    extent = QgsRectangle(500600, 4999100, 501000, 4999400)
    maps = [image_array(render([one], extent, 40 * zoom, 30 * zoom)) for one in (flac, tif)]
    np.testing.assert_array_equal(*maps)


@pytest.mark.parametrize("zoom", [1.7, 3, 8])
def test_zoomed_out_looks_alike(tmp_path, zoom):
    flac, tif = pair(tmp_path, smooth_array("uint16"))
    flac.setRenderer(tif.renderer().clone())
    size = int(200 / zoom), int(150 / zoom)
    maps = [image_array(render([one], flac.extent(), *size)).astype(int) for one in (flac, tif)]
    difference = np.abs(maps[0] - maps[1])[1:-1, 1:-1]
    assert difference.mean() < 6


def test_reprojected(tmp_path):
    flac, tif = pair(tmp_path, smooth_array("float32"))
    flac.setRenderer(tif.renderer().clone())
    crs = QgsCoordinateReferenceSystem("EPSG:3857")
    transform = QgsCoordinateTransform(flac.crs(), crs, QgsProject.instance())
    extent = transform.transformBoundingBox(flac.extent())
    maps = [image_array(render([one], extent, 300, 260, crs)).astype(int) for one in (flac, tif)]
    drawn = (maps[1] != MAGENTA).any(axis=2)
    assert drawn.mean() > 0.8
    # GDAL takes a neighbour of the nearest pixel now and then
    assert np.abs(maps[0] - maps[1])[drawn].mean() < 3


def test_south_up(tmp_path):
    array = smooth_array("uint8")
    up = valid_flac_layer(write_flac(tmp_path / "up.flac", array[:, ::-1]))
    down = valid_flac_layer(
        write_flac(tmp_path / "down.flac", array, transform=(10.0, 0, 500000.0, 0, 10.0, 4998500.0))
    )
    down.setRenderer(up.renderer().clone())
    assert up.extent() == down.extent()
    maps = [image_array(render([one], up.extent(), 200, 150)) for one in (up, down)]
    np.testing.assert_array_equal(*maps)


def test_rotated_like_the_geotiff(tmp_path):
    array = smooth_array("uint16")
    flac, tif = pair(tmp_path, array, transform=(8.0, 6.0, 500000.0, 6.0, -8.0, 5000000.0))
    renderer = tif.renderer().clone()
    renderer.setAlphaBand(-1)  # which newer versions make up for the corners
    flac.setRenderer(renderer)
    maps = [image_array(render([one], flac.extent(), 250, 240)) for one in (flac, tif)]
    # Older versions paint the corners with 0, and all warp to pixels of its own choice
    drawn = (maps[0] != MAGENTA).any(axis=2)
    same = (np.abs(maps[0].astype(int) - maps[1]) <= 8).all(axis=2)
    assert 0.4 < drawn.mean() < 0.7
    assert same[drawn].mean() > 0.9


def test_signed_bytes_and_64_bits_are_drawn(tmp_path):
    for dtype in ("int8", "int64", "uint64", "float16"):
        array = np.linspace(-100 if dtype[0] != "u" else 0, 100, 150 * 200).astype(dtype)
        layer = valid_flac_layer(write_flac(tmp_path / f"{dtype}.flac", array.reshape(1, 150, 200)))
        found = image_array(render([layer], layer.extent(), 200, 150))[..., 0].astype(int)
        assert found[0, 0] == 0 and found[-1, -1] == 255
        assert (np.diff(found.mean(axis=1)) >= 0).all()
