"""QGIS's own tools compute on a FLAC layer what numpy computes on its array."""

from __future__ import annotations

import numpy as np
import pytest
from flac_raster_qgis.engine import Band
from kits.qgis.layers import random_array, valid_flac_layer, write_flac
from osgeo import gdal
from qgis.core import (
    Qgis,
    QgsFeature,
    QgsGeometry,
    QgsPointXY,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProject,
    QgsRasterFileWriter,
    QgsRasterPipe,
    QgsRectangle,
    QgsVectorLayer,
)

try:  # native tools, and the calculator's list of layers
    from qgis.analysis import QgsNativeAlgorithms, QgsRasterCalculator, QgsRasterCalculatorEntry
except ImportError:
    QgsNativeAlgorithms = None

pytestmark = [
    pytest.mark.usefixtures("provider_registered"),
    pytest.mark.skipif(QgsNativeAlgorithms is None, reason="needs qgis.analysis"),
]


@pytest.fixture(scope="module")
def run(qgis_app):
    """Run a native algorithm."""
    from qgis.core import QgsApplication

    registry = QgsApplication.processingRegistry()
    if registry.providerById("native") is None:
        registry.addProvider(QgsNativeAlgorithms(registry))

    def run(name: str, **parameters):
        algorithm = registry.createAlgorithmById(f"native:{name}")
        context = QgsProcessingContext()
        context.setProject(QgsProject.instance())
        results, ok = algorithm.run(parameters, context, QgsProcessingFeedback())
        assert ok, name
        store = context.temporaryLayerStore()
        layers = {
            key: store.mapLayer(value)
            for key, value in results.items()
            if isinstance(value, str) and store.mapLayer(value)
        }
        store_layers = [store.takeMapLayer(layer) for layer in layers.values()]
        assert len(store_layers) == len(layers)
        return {**results, **layers}

    return run


def read_geotiff(path) -> np.ndarray:
    dataset = gdal.Open(str(path))
    array = dataset.ReadAsArray()
    return array if array.ndim == 3 else array[np.newaxis]


def square(xmin: float, ymin: float, xmax: float, ymax: float) -> QgsVectorLayer:
    layer = QgsVectorLayer("Polygon?crs=EPSG:32633", "zones", "memory")
    feature = QgsFeature()
    feature.setGeometry(QgsGeometry.fromRect(QgsRectangle(xmin, ymin, xmax, ymax)))
    layer.dataProvider().addFeatures([feature])
    return layer


def raster_with_nodata(tmp_path, dtype="int16"):
    array = random_array(dtype)
    array[0, 20:30, 40:60] = -9999
    path = write_flac(tmp_path / "x.flac", array, bands=(Band(nodata=-9999),))
    return array[0].astype(float), valid_flac_layer(path)


def test_raster_layer_statistics(tmp_path, run):
    array, layer = raster_with_nodata(tmp_path)
    found = run("rasterlayerstatistics", INPUT=layer, BAND=1)
    valid = array[array != -9999]
    assert (found["MIN"], found["MAX"]) == (valid.min(), valid.max())
    np.testing.assert_allclose(found["MEAN"], valid.mean())
    np.testing.assert_allclose(found["SUM"], valid.sum())
    np.testing.assert_allclose(found["STD_DEV"], valid.std(ddof=1))


def test_zonal_statistics(tmp_path, run):
    array, layer = raster_with_nodata(tmp_path)
    zones = square(500300, 4999600, 500800, 4999900)  # rows 10 to 40, columns 30 to 80
    found = run(
        "zonalstatisticsfb",
        INPUT=zones,
        INPUT_RASTER=layer,
        RASTER_BAND=1,
        COLUMN_PREFIX="_",
        STATISTICS=[0, 1, 2, 5, 6],
        OUTPUT="TEMPORARY_OUTPUT",
    )
    (feature,) = found["OUTPUT"].getFeatures()
    inside = array[10:40, 30:80]
    valid = inside[inside != -9999]
    assert feature["_count"] == valid.size
    np.testing.assert_allclose(feature["_sum"], valid.sum())
    np.testing.assert_allclose(feature["_mean"], valid.mean())
    assert (feature["_min"], feature["_max"]) == (valid.min(), valid.max())


def test_sample_raster_values(tmp_path, run):
    """Calls `sample` from C++."""
    array, layer = raster_with_nodata(tmp_path)
    points = QgsVectorLayer("Point?crs=EPSG:32633", "points", "memory")
    features = []
    for row, column in [(3, 4), (25, 50), (149, 199), (200, 4)]:
        feature = QgsFeature()
        point = QgsPointXY(500005 + 10 * column, 4999995 - 10 * row)
        feature.setGeometry(QgsGeometry.fromPointXY(point))
        features.append(feature)
    points.dataProvider().addFeatures(features)
    found = run(
        "rastersampling",
        INPUT=points,
        RASTERCOPY=layer,
        COLUMN_PREFIX="v",
        OUTPUT="TEMPORARY_OUTPUT",
    )
    values = [feature["v1"] or None for feature in found["OUTPUT"].getFeatures()]
    assert values[0] == array[3, 4] and values[2] == array[149, 199]
    assert values[1] is None and values[3] is None


def test_unique_values(tmp_path, run):
    array = random_array("uint8") // 50
    layer = valid_flac_layer(write_flac(tmp_path / "x.flac", array))
    found = run(
        "rasterlayeruniquevaluesreport", INPUT=layer, BAND=1, OUTPUT_TABLE="TEMPORARY_OUTPUT"
    )
    counts = {row["value"]: row["count"] for row in found["OUTPUT_TABLE"].getFeatures()}
    values, expected = np.unique(array, return_counts=True)
    assert counts == dict(zip(values.tolist(), expected.tolist()))


def test_raster_calculator(tmp_path):
    array = random_array("int16", bands=2)
    array[0, 20:30, 40:60] = -9999
    bands = (Band(nodata=-9999), Band())
    layer = valid_flac_layer(write_flac(tmp_path / "x.flac", array, bands=bands))
    entries = []
    for band in (1, 2):
        entry = QgsRasterCalculatorEntry()
        entry.raster, entry.bandNumber, entry.ref = layer, band, f"x@{band}"
        entries.append(entry)
    output = tmp_path / "out.tif"
    calculator = QgsRasterCalculator(
        '"x@1" * 2 + "x@2"',
        str(output),
        "GTiff",
        layer.extent(),
        layer.crs(),
        200,
        150,
        entries,
        QgsProject.instance().transformContext(),
    )
    assert int(calculator.processCalculation()) == 0
    dataset = gdal.Open(str(output))
    found, nodata = dataset.ReadAsArray(), dataset.GetRasterBand(1).GetNoDataValue()
    valid = array[0] != -9999
    expected = array[0] * 2.0 + array[1]
    np.testing.assert_array_equal(found[valid], expected[valid].astype("float32"))
    assert (found[~valid] == np.float32(nodata)).all()


def test_clip_reclassify_and_slope_run(tmp_path, run):
    array = np.add.outer(np.arange(150), 2 * np.arange(200)).astype("float32")[np.newaxis]
    layer = valid_flac_layer(write_flac(tmp_path / "x.flac", array))
    found = run(
        "reclassifybytable",
        INPUT_RASTER=layer,
        RASTER_BAND=1,
        TABLE=["0", "100", "1", "100", "1000", "2"],
        RANGE_BOUNDARIES=2,
        OUTPUT=str(tmp_path / "classes.tif"),
    )
    classes = read_geotiff(found["OUTPUT"])[0]
    np.testing.assert_array_equal(classes, np.where(array[0] <= 100, 1, 2))


EXPORTED = ["uint8", "uint16", "int16", "uint32", "int32", "float32", "float64"]


def export(layer, path, extent=None, columns=None, rows=None):
    provider = layer.dataProvider()
    pipe = QgsRasterPipe()
    assert pipe.set(provider.clone())
    writer = QgsRasterFileWriter(str(path))
    status = writer.writeRaster(
        pipe,
        columns or provider.xSize(),
        rows or provider.ySize(),
        extent or provider.extent(),
        layer.crs(),
        QgsProject.instance().transformContext(),
    )
    assert int(status) == 0


@pytest.mark.parametrize("dtype", EXPORTED)
def test_export_equals_the_source(tmp_path, dtype, messages):
    array = random_array(dtype, bands=3, height=700, width=600)
    path = write_flac(tmp_path / "x.flac", array, tile_size=128)
    export(valid_flac_layer(path), tmp_path / "out.tif")
    found = read_geotiff(tmp_path / "out.tif")
    assert found.dtype == array.dtype
    np.testing.assert_array_equal(found, array)
    dataset = gdal.Open(str(tmp_path / "out.tif"))
    assert dataset.GetGeoTransform() == (500000.0, 10.0, 0.0, 5000000.0, 0.0, -10.0)
    assert messages == []


def test_export_keeps_nodata(tmp_path):
    array = random_array("int16", bands=2)
    array[:, 50:60, 50:60] = -32768
    path = write_flac(tmp_path / "x.flac", array, bands=(Band(nodata=-32768),) * 2)
    export(valid_flac_layer(path), tmp_path / "out.tif")
    dataset = gdal.Open(str(tmp_path / "out.tif"))
    np.testing.assert_array_equal(dataset.ReadAsArray(), array)
    assert [dataset.GetRasterBand(n).GetNoDataValue() for n in (1, 2)] == [-32768, -32768]


def test_export_turns_a_mask_into_nodata(tmp_path):
    array = random_array("uint8") // 2 + 1
    mask = np.ones((150, 200), bool)
    mask[50:60, 50:60] = False
    path = write_flac(tmp_path / "x.flac", array, mask=mask)
    export(valid_flac_layer(path), tmp_path / "out.tif")
    dataset = gdal.Open(str(tmp_path / "out.tif"))
    np.testing.assert_array_equal(dataset.ReadAsArray(), np.where(mask, array[0], 0))
    assert dataset.GetRasterBand(1).GetNoDataValue() == 0


def test_export_of_more_than_the_raster(tmp_path):
    array = random_array("uint8") // 2 + 1
    layer = valid_flac_layer(write_flac(tmp_path / "x.flac", array))
    export(layer, tmp_path / "out.tif", layer.extent().buffered(100), 220, 170)
    dataset = gdal.Open(str(tmp_path / "out.tif"))
    found, nodata = dataset.ReadAsArray(), dataset.GetRasterBand(1).GetNoDataValue()
    np.testing.assert_array_equal(found[10:-10, 10:-10], array[0])
    assert (found[:10] == nodata).all() and nodata not in array


def test_export_of_64_bit_integers_keeps_what_doubles_hold(tmp_path):
    array = np.arange(-15000, 15000, dtype="int64").reshape(1, 150, 200) * 300_000_000_000
    export(valid_flac_layer(write_flac(tmp_path / "x.flac", array)), tmp_path / "out.tif")
    np.testing.assert_array_equal(read_geotiff(tmp_path / "out.tif"), array)
    assert Qgis.DataType.Float64 is not None
