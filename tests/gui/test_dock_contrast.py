"""The first look of a streamed GeoTIFF is the one that QGIS would give it."""

from __future__ import annotations

import numpy as np
import pytest
import rasterio
from kits.landscape import mountains, write_flac
from kits.qgis.dock import open_in, until, want
from qgis.core import QgsProject, QgsRasterLayer, QgsSettings
from rasterio.enums import ColorInterp

from flac_raster_qgis.core.layer_styles import style_text
from flac_raster_qgis.gui.dock.contrast import styled_geotiff


def write(path, array, **profile):
    count, height, width = array.shape
    tags = {"crs": "EPSG:32632", "transform": rasterio.Affine(10, 0, 380000, 0, -10, 5140000)}
    with rasterio.open(
        path, "w", "GTiff", width, height, count, dtype=array.dtype, **tags, **profile
    ) as dataset:
        dataset.write(array)
    return str(path)


def contrasts(layer):
    renderer = layer.renderer()
    if renderer.type() == "singlebandgray":
        found = [renderer.contrastEnhancement()]
    elif renderer.type() == "multibandcolor":
        found = [getattr(renderer, f"{c}ContrastEnhancement")() for c in ("red", "green", "blue")]
    else:
        found = []
    return [
        c and (c.contrastEnhancementAlgorithm(), c.minimumValue(), c.maximumValue()) for c in found
    ]


def rgb(dtype):
    array = np.concatenate([mountains(200, 300, seed) for seed in range(3)])
    return array.astype(dtype) if dtype != "uint8" else (array // 16).astype("uint8")


CASES = {
    "one band": (mountains(200, 300), {}),
    "with nodata": (np.where(mountains(200, 300) < 900, 0, mountains(200, 300)), {"nodata": 0}),
    "floats": (mountains(200, 300).astype("float32") / 7, {}),
    "three bands of bytes": (rgb("uint8"), {"photometric": "RGB"}),
    "three bands": (rgb("uint16"), {"photometric": "RGB"}),
    "two bands": (rgb("int16")[:2], {}),
    "nothing but nodata": (np.zeros((1, 50, 50), "uint16"), {"nodata": 0}),
}


@pytest.mark.parametrize("name", CASES)
def test_as_qgis_would(clean, tmp_path, name):
    array, profile = CASES[name]
    path = write(tmp_path / "x.tif", array, **profile)
    usual, ours = QgsRasterLayer(path, "x", "gdal"), styled_geotiff(path, "x")
    assert ours.isValid() and ours.renderer().type() == usual.renderer().type()
    expected, found = contrasts(usual), contrasts(ours)
    assert len(expected) == len(found)
    if name == "nothing but nodata":
        return
    for one, other in zip(expected, found):
        assert (one is None or one[0] == 0) == (other is None or other[0] == 0)
        if one and one[0]:
            assert one[0] == other[0]
            spread = one[2] - one[1]  # QGIS counts in a histogram of limited fineness
            assert np.allclose(one[1:], other[1:], atol=0.02 * spread)
    assert (
        ours.renderer().minMaxOrigin().limits() == usual.renderer().minMaxOrigin().limits()
        or not any(expected)
        or expected[0][0] == 0
    )


def test_a_palette_stays_one(clean, tmp_path):
    path = tmp_path / "x.tif"
    array = (mountains(50, 60) // 1000).astype("uint8")
    with rasterio.open(path, "w", "GTiff", 60, 50, 1, dtype="uint8") as dataset:
        dataset.write(array)
        dataset.write_colormap(1, {n: (40 * n, 250 - 40 * n, 9, 255) for n in range(5)})
        dataset.colorinterp = [ColorInterp.palette]
    assert styled_geotiff(str(path), "x").renderer().type() == "paletted"


def test_settings_of_the_user_count(clean, tmp_path):
    path = write(tmp_path / "x.tif", mountains(200, 300))
    key = "Raster/defaultContrastEnhancementLimits/singleBand"
    QgsSettings().setValue(key, "CumulativeCut")
    try:
        (expected,) = contrasts(QgsRasterLayer(path, "x", "gdal"))
        (found,) = contrasts(styled_geotiff(path, "x"))
    finally:
        QgsSettings().remove(key)
    assert np.allclose(expected[1:], found[1:], atol=0.02 * (expected[2] - expected[1]))
    assert found[1] > mountains(200, 300).min()


def test_an_own_style_beside_the_file_counts(clean, tmp_path):
    path = write(tmp_path / "x.tif", mountains(50, 60))
    layer = QgsRasterLayer(path, "x", "gdal")
    layer.renderer().setOpacity(0.25)
    layer.saveDefaultStyle()
    assert styled_geotiff(path, "x").renderer().opacity() == 0.25


def test_style_that_comes_with_the_raster_counts(dock, tmp_path):
    usual = QgsRasterLayer(write(tmp_path / "x.tif", mountains(50, 60)), "x", "gdal")
    usual.renderer().setOpacity(0.25)
    path = write_flac(tmp_path / "x.flac", mountains(50, 60), style=style_text(usual))
    open_in(dock, path)
    plan = want(dock, 380100, 5139700, 380400, 5139900)
    dock.state.stream(plan, str(tmp_path / "out.tif"))
    (layer,) = until(lambda: QgsProject.instance().mapLayersByName("x"))
    assert layer.providerType() == "gdal" and layer.renderer().opacity() == 0.25
