"""Tools read what a layer of dates shows without a range of time; exports have that of the map."""

from __future__ import annotations

import json

import numpy as np
import processing
import pytest
from flac_raster_qgis.engine import convert
from kits.qgis.dated_layers import (
    as_stored,
    dated,
    draw,
    months,
    random_bytes,
    time_range,
    write_dated,
)
from kits.qgis.layers import read_block, valid_flac_layer, write_flac, write_geotiff
from kits.qgis.remote_layers import until
from osgeo import gdal
from qgis.core import (
    QgsApplication,
    QgsDateTimeRange,
    QgsRasterFileWriter,
    QgsRasterFileWriterTask,
    QgsRasterPipe,
    QgsRectangle,
)
from qgis.PyQt.QtCore import QDateTime

from flac_raster_qgis.core.layer_uri import LayerUri
from flac_raster_qgis.data_provider.exports import follow_map

LABELS = ("red", "green", "blue")
ARRAY = random_bytes(18, 150, 200)
DATES = ARRAY.reshape(6, 3, 150, 200)


@pytest.fixture
def path(tmp_path):
    return write_dated(tmp_path / "data" / "x.flac", ARRAY, months(6), LABELS)


def pixels(path):
    return gdal.Open(str(path)).ReadAsArray()


@pytest.mark.parametrize(
    ("time", "date"), [("all", 5), ("2000-03", 2), ("2000-01..2000-04", 3), ("..2000-02", 1)]
)
def test_gdal_reads_the_bands_that_the_layer_has(project, path, time, date):
    project.addMapLayer(layer := valid_flac_layer(f"{path}|time={time}"))
    assert layer.source().startswith("/vsicurl/http://127.0.0.1:")
    assert LayerUri.parse(layer.source()) == LayerUri(str(path), time=time)
    assert layer.bandCount() == 3
    np.testing.assert_array_equal(pixels(layer.source()), DATES[date])
    dataset = gdal.Open(layer.source())
    found = [dataset.GetRasterBand(number).GetMetadata() for number in (1, 2, 3)]
    assert [items["TIME_BAND"] for items in found] == list(LABELS)
    assert {items["TIME_START"] for items in found} == {f"2000-{date + 1:02d}-01T00:00:00Z"}


@pytest.mark.parametrize(
    ("tool", "parameters"),
    [
        ("gdal:translate", {}),
        ("gdal:hillshade", {"BAND": 2}),
        ("native:fillnodata", {"BAND": 3}),
        ("gdal:warpreproject", {"TARGET_CRS": "EPSG:3857"}),
    ],
)
def test_tools_give_what_they_give_for_the_latest_date(project, path, tmp_path, tool, parameters):
    project.addMapLayer(layer := valid_flac_layer(f"{path}|time=all"))
    tiff = str(write_geotiff(tmp_path / "x.tif", DATES[5]))
    results = [
        processing.run(tool, {"INPUT": given, "OUTPUT": str(tmp_path / name), **parameters})
        for given, name in ((layer, "of_layer.tif"), (tiff, "of_tiff.tif"))
    ]
    a, b = (pixels(result["OUTPUT"]) for result in results)
    assert a.size and np.array_equal(a, b)


@pytest.mark.parametrize("interleave", ["auto", "pixel", "band"])
def test_bands_that_are_stored_label_by_label_with_a_mask(project, tmp_path, interleave):
    bands = tuple(dated(month, label) for label in LABELS for month in months(6))
    mask = random_bytes(1, 150, 200)[0] < 128
    path = tmp_path / "x.flac"
    write_flac(path, ARRAY, bands=bands, mask=mask, interleave=interleave)
    project.addMapLayer(layer := valid_flac_layer(f"{path}|time=2000-03"))
    expected = ARRAY.reshape(3, 6, 150, 200)[:, 2]
    dataset = gdal.Open(layer.source())
    found = dataset.ReadAsArray()
    for number in (1, 2, 3):
        values, nodata = read_block(layer.dataProvider(), number)
        np.testing.assert_array_equal(~nodata, mask)
        np.testing.assert_array_equal(values[mask], expected[number - 1][mask])
        np.testing.assert_array_equal(found[number - 1][mask], expected[number - 1][mask])
        valid = dataset.GetRasterBand(number).GetMaskBand().ReadAsArray() > 0
        np.testing.assert_array_equal(valid, mask)
    mean = layer.dataProvider().bandStatistics(2).mean
    assert mean == pytest.approx(expected[1][mask].mean())


def test_native_tools_read_the_same(project, path):
    project.addMapLayer(layer := valid_flac_layer(f"{path}|time=2000-02..2000-03"))
    found = processing.run("native:rasterlayerstatistics", {"INPUT": layer, "BAND": 2})
    assert found["MEAN"] == pytest.approx(DATES[2][1].mean())
    assert found["SUM"] == DATES[2][1].sum(dtype=float)


def test_parts_of_dates(project, path):
    uri = LayerUri(str(path), extent=(500100, 4998800, 501005, 4999900), time="2000-04")
    project.addMapLayer(layer := valid_flac_layer(uri.text()))
    expected = DATES[3][:, 10:120, 10:101]
    np.testing.assert_array_equal(pixels(layer.source()), expected)
    np.testing.assert_array_equal(read_block(layer.dataProvider(), 2)[0], expected[1])
    assert LayerUri.parse(layer.source()) == uri


def test_the_tools_of_the_plugin_take_the_dates_of_the_layer(project, path, tmp_path):
    project.addMapLayer(layer := valid_flac_layer(f"{path}|time=2000-02..2000-03"))
    output = tmp_path / "part.tif"
    processing.run("flacraster:extract", {"INPUT": layer, "OUTPUT": str(output)})
    np.testing.assert_array_equal(pixels(output), ARRAY[3:9])
    processing.run("flacraster:extract", {"INPUT": layer, "TIME": "2000-06", "OUTPUT": str(output)})
    np.testing.assert_array_equal(pixels(output), DATES[5])
    processing.run("flacraster:extract", {"INPUT": layer, "BANDS": "1", "OUTPUT": str(output)})
    np.testing.assert_array_equal(pixels(output), ARRAY[0])


@pytest.mark.parametrize(
    ("wanted", "date"),
    [(time_range("2000-02-01", "2000-03-01"), 1), (QgsDateTimeRange(QDateTime(), QDateTime()), 5)],
    ids=["range", "none"],
)
def test_an_export_has_the_date_of_the_map(project, path, tmp_path, wanted, date):
    """As *Export › Save As* runs it; the controller may go on meanwhile."""
    project.addMapLayer(layer := valid_flac_layer(f"{path}|time=all"))
    shown = [wanted]
    unfollow = follow_map(lambda: shown[0])
    try:
        pipe = QgsRasterPipe()
        pipe.set(layer.dataProvider().clone())
        writer = QgsRasterFileWriter(str(tmp_path / "x.tif"))
        writer.setOutputFormat("GTiff")
        task = QgsRasterFileWriterTask(
            *(writer, pipe, layer.width(), layer.height(), QgsRectangle(layer.extent())),
            layer.crs(),
            project.transformContext(),
        )
        QgsApplication.taskManager().addTask(task)
        shown[0] = time_range("2000-04-01", "2000-05-01")
        until(lambda: QgsApplication.taskManager().countActiveTasks() == 0)
    finally:
        unfollow()
    np.testing.assert_array_equal(pixels(tmp_path / "x.tif"), DATES[date])


def test_styles_stay_with_the_layer(path, tmp_path):
    layer = valid_flac_layer(f"{path}|time=all")
    layer.renderer().setRedBand(3)
    layer.saveNamedStyle(str(tmp_path / "style.qml"))
    other = valid_flac_layer(f"{path}|time=2000-01")
    other.loadNamedStyle(str(tmp_path / "style.qml"))
    assert other.renderer().redBand() == 3
    assert other.temporalProperties().isActive()


@pytest.mark.parametrize("place", ["beside", "inside"])
def test_a_default_style_leaves_the_layer_temporal(tmp_path, place):
    """The style was saved of a layer of all bands, which has no time."""
    plain = as_stored(valid_flac_layer(write_dated(tmp_path / "x.flac", ARRAY[:6], months(6))))
    plain.renderer().setOpacity(0.5)
    assert not plain.temporalProperties().isActive()
    plain.saveNamedStyle(str(tmp_path / "x.qml"))
    path = tmp_path / "x.flac"
    if place == "inside":
        path = tmp_path / "y.flac"
        convert(tmp_path / "x.flac", path, style=(tmp_path / "x.qml").read_text())
    layer = valid_flac_layer(f"{path}|time=all")
    assert layer.renderer().opacity() == 0.5
    assert layer.temporalProperties().isActive()
    picture = draw(layer, time_range("1999-01-01", "1999-02-01"))
    assert (picture == (255, 0, 255, 255)).all()


def test_a_style_with_other_bands_is_not_used(tmp_path):
    path = write_dated(tmp_path / "x.flac", ARRAY[:6], months(6))
    plain = valid_flac_layer(path)
    assert plain.renderer().usesBands() == [1, 2, 3]  # three dates as colors
    plain.saveNamedStyle(str(tmp_path / "x.qml"))
    layer = valid_flac_layer(f"{path}|time=all")
    assert layer.renderer().usesBands() == [1] and layer.temporalProperties().isActive()
    pictures = [draw(layer, time_range(f"2000-0{n}-01", f"2000-0{n + 1}-01")) for n in (1, 2)]
    assert (pictures[0] != pictures[1]).any()


def test_names_in_processing(path):
    found = processing.run(
        "native:rasterlayerstatistics",
        {"INPUT": f"flacraster://{path}|time=2000-03", "BAND": 1},
    )
    assert found["SUM"] == DATES[2][0].sum(dtype=float)
    found = processing.run("native:rasterlayerproperties", {"INPUT": f"flacraster://{path}"})
    assert found["BAND_COUNT"] == 18


def test_what_the_server_is_told_has_the_bands():
    from flac_raster_qgis.engine.virtual_tiff.recipes import RasterRecipe

    recipe = RasterRecipe("token", "/x.flac", "1", bands=(4, 5, 6))
    assert RasterRecipe.from_values(json.loads(recipe.to_json())) == recipe
