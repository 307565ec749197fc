"""The tool extract: the area it writes, options, numbers, what the log says."""

from __future__ import annotations

import os

import numpy as np
import pytest
import rasterio
from flac_raster_qgis.engine import FlacRaster, compare, convert
from kits.qgis.feedback import RecordingFeedback
from kits.qgis.layers import random_array, write_flac
from kits.remote import part as answers
from qgis.core import (
    QgsPointXY,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingOutputLayerDefinition,
    QgsRasterLayer,
)

pytestmark = pytest.mark.usefixtures("provider_registered", "only_memory")


EXTENT = "500650,501500,4999000,4999450 [EPSG:32633]"


def test_an_extent(run, geotiff, flac, tmp_path, feedback):
    output = tmp_path / "part.tif"
    found = run("extract", INPUT=str(flac), EXTENT=EXTENT, OUTPUT=str(output))
    with rasterio.open(geotiff) as whole, rasterio.open(output) as part:
        window = rasterio.windows.Window(65, 55, 85, 45)
        assert (part.read() == whole.read(window=window)).all()
        assert part.transform == whole.window_transform(window) and part.crs == whole.crs
    assert found["OUTPUT"] == str(output) and found["OUTPUT_SIZE"] == output.stat().st_size
    assert (found["WIDTH"], found["HEIGHT"], found["LEVEL"], found["TILES"]) == (85, 45, 0, 4)
    assert found["FILE_SIZE"] == flac.stat().st_size
    assert found["SAVED_FRACTION"] == pytest.approx(1 - found["TILE_BYTES"] / found["FILE_SIZE"])
    assert found["SECONDS"] > 0 and feedback.progress[-1] == 100
    assert feedback.said[0].startswith("4 tiles, ")
    assert "of the file was not needed" in feedback.said[1]


def test_everything(run, flac, tmp_path):
    output = tmp_path / "all.tif"
    run("extract", INPUT=str(flac), OUTPUT=str(output), WORKERS=1)
    assert compare(flac, output).identical


def test_a_file_replaced_meanwhile_is_opened_again(run, serve, tmp_path):
    pixels = random_array("uint16", height=400, width=500)
    old = write_flac(tmp_path / "old.flac", pixels)
    new = write_flac(tmp_path / "new.flac", pixels[:, ::-1].copy())
    before = answers(old.read_bytes(), ETag='"before"')
    after = answers(new.read_bytes(), ETag='"after"')
    server = serve(before, after, after, after)  # head, tiles; head, tiles
    output = tmp_path / "all.tif"
    run("extract", INPUT=server.url, OUTPUT=str(output))
    server.check()
    assert compare(new, output).pixels_identical


def test_options(run, flac, tmp_path):
    output = tmp_path / "x.tif"
    run("extract", INPUT=str(flac), OUTPUT=str(output), TILE="last", COG=True)
    with rasterio.open(output) as dataset:
        assert dataset.shape == (22, 8)
        assert dataset.tags(ns="IMAGE_STRUCTURE")["LAYOUT"] == "COG"
    found = run("extract", INPUT=str(flac), OUTPUT=str(output), EXTENT=EXTENT, WHOLE_TILES=True)
    assert (found["WIDTH"], found["HEIGHT"]) == (128, 128)
    run("extract", INPUT=str(flac), OUTPUT=str(output), LEVEL=1)
    with rasterio.open(output) as dataset, FlacRaster.open(flac) as raster:
        assert (dataset.read() == raster.read(level=1)).all()


def test_bands(run, make_geotiff, tmp_path):
    source = make_geotiff(array=np.arange(3 * 20 * 30, dtype="uint16").reshape(3, 20, 30))
    convert(source, tmp_path / "x.flac")
    output = tmp_path / "x.tif"
    run("extract", INPUT=str(tmp_path / "x.flac"), OUTPUT=str(output), BANDS="3, 1")
    with rasterio.open(output) as dataset, rasterio.open(source) as whole:
        assert (dataset.read() == whole.read([3, 1])).all()


@pytest.mark.parametrize("as_definition", [False, True])
def test_temporary_output_is_a_geotiff(run, flac, as_definition):
    temporary = QgsProcessing.TEMPORARY_OUTPUT
    if as_definition:
        temporary = QgsProcessingOutputLayerDefinition(temporary)
    made = run("extract", INPUT=str(flac), OUTPUT=temporary, TILE="0")["OUTPUT"]
    assert made.endswith(".tif") and os.path.isfile(made)
    assert QgsRasterLayer(made, "part").isValid()


def test_a_layer_of_the_project(run, flac, project, tmp_path):
    layer = QgsRasterLayer(str(flac), "dem", "flacraster")
    project.addMapLayer(layer)
    found = run("extract", INPUT="dem", EXTENT=layer, OUTPUT=str(tmp_path / "x.tif"))
    assert (found["WIDTH"], found["HEIGHT"]) == (200, 150)


def test_warnings_are_shown(run, flac, tmp_path, feedback, monkeypatch):
    from dataclasses import replace

    from flac_raster_qgis import engine

    real = engine.extract
    warned = ("GeoTIFF cannot hold this.",)
    monkeypatch.setattr(engine, "extract", lambda *a, **o: replace(real(*a, **o), warnings=warned))
    run("extract", INPUT=str(flac), OUTPUT=str(tmp_path / "x.tif"))
    assert feedback.warnings == ["GeoTIFF cannot hold this."]


def test_output_parameter_offers_geotiff_and_netcdf_only(algorithm):
    tool = algorithm("extract")
    parameter = tool.parameterDefinition("OUTPUT")
    copy = parameter.clone()
    for one in (parameter, copy):
        assert one.defaultFileExtension() == "tif"
        assert one.createFileFilter() == "GeoTIFF (*.tif *.tiff);;NetCDF (*.nc)"
    context = QgsProcessingContext()
    assert parameter.isSupportedOutputValue("x.TIF", context) == (True, "")
    assert parameter.isSupportedOutputValue("x.nc", context) == (True, "")
    assert parameter.isSupportedOutputValue(QgsProcessing.TEMPORARY_OUTPUT, context) == (True, "")
    ok, message = parameter.isSupportedOutputValue("/data/x.flac", context)
    assert not ok and "/data/x.flac" in message


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"EXTENT": "0,1,0,1 [EPSG:32633]"}, "lies outside"),
        ({"OVERWRITE": False}, "exists already"),
        ({"BANDS": "5"}, "has 1 band; there is no band"),
    ],
)
def test_errors_are_sentences_and_leave_the_output(run, flac, tmp_path, options, message):
    output = tmp_path / "x.tif"
    output.write_bytes(b"mine")
    with pytest.raises(QgsProcessingException, match=message):
        run("extract", INPUT=str(flac), OUTPUT=str(output), **options)
    assert output.read_bytes() == b"mine"


@pytest.mark.parametrize("percent", [0, 30])
def test_cancelled(algorithm, project, flac, tmp_path, percent):
    context, feedback = QgsProcessingContext(), RecordingFeedback(cancel_at=percent)
    context.setProject(project)
    if not percent:
        feedback.cancel()
    folder = tmp_path / "out"
    folder.mkdir()
    parameters = {"INPUT": str(flac), "OUTPUT": str(folder / "x.tif")}
    with pytest.raises(QgsProcessingException, match="cancelled"):
        algorithm("extract").run(parameters, context, feedback, {}, False)
    assert list(folder.iterdir()) == []


# ---------------------------------------------------------------- longitudes


@pytest.fixture
def globe(tmp_path):
    """A raster of 0 to 360 degrees, and its pixels."""
    array = random_array("uint16", height=40, width=72)
    path = write_flac(
        tmp_path / "globe.flac",
        array,
        crs="EPSG:4326",
        transform=(5.0, 0.0, 0.0, 0.0, -3.0, 60.0),
    )
    return path, array


def test_longitudes_on_the_other_side(run, globe, tmp_path, feedback):
    """Over the seam, in one raster where the extent is; what lies outside is said."""
    path, array = globe
    output = tmp_path / "part.tif"
    found = run("extract", INPUT=str(path), EXTENT="-15,10,30,90 [EPSG:4326]", OUTPUT=str(output))
    with rasterio.open(output) as part:
        assert part.transform[:6] == (5, 0, -15, 0, -3, 60)
        columns = [69, 70, 71, 0, 1]
        assert (part.read() == array[:, :10][:, :, columns]).all()
    assert (found["WIDTH"], found["HEIGHT"]) == (5, 10)
    assert feedback.warnings[0].startswith("50.0 % of the bbox (-15, 30, 10, 90) lies outside")


def test_over_the_180th_meridian(run, globe, tmp_path):
    """In metres of UTM, for which QGIS finds the longitudes."""
    path, array = globe
    output = tmp_path / "part.tif"
    extent = "100000,650000,2000000,3000000 [EPSG:32601]"
    found = run("extract", INPUT=str(path), EXTENT=extent, OUTPUT=str(output))
    with rasterio.open(output) as part:
        assert part.bounds.left in (175, 170) and part.bounds.right == 185
        first = round(part.bounds.left / 5)
        top = round((60 - part.bounds.top) / 3)
        expected = array[:, top : top + part.height, first : first + part.width]
        assert (part.read() == expected).all()
    assert found["WIDTH"] < 4


def test_bands_of_a_time(run, make_geotiff, tmp_path):
    source = make_geotiff(array=np.arange(3 * 20 * 30, dtype="uint16").reshape(3, 20, 30))
    flac, output = tmp_path / "bands.flac", tmp_path / "part.tif"
    convert(source, flac, time_start="2020-01", time_step="P1M")
    run("extract", INPUT=str(flac), OUTPUT=str(output), TIME="2020-02..")
    with rasterio.open(output) as opened:
        assert opened.descriptions == ("2020-02", "2020-03")
    assert run("query", INPUT=str(flac), TIME="2020-02")["TILES"] == 1
    with pytest.raises(QgsProcessingException, match="no band of the time '2021'"):
        run("extract", INPUT=str(flac), OUTPUT=str(output), TIME="2021", OVERWRITE=True)


def test_netcdf(run, make_geotiff, tmp_path):
    pytest.importorskip("xarray", reason="xarray is not installed")
    source = make_geotiff(array=np.arange(3 * 20 * 30, dtype="uint16").reshape(3, 20, 30))
    flac, output = tmp_path / "bands.flac", tmp_path / "part.nc"
    convert(source, flac, time_start="2020-01", time_step="P1M")
    run("extract", INPUT=str(flac), OUTPUT=str(output), TIME="2020-02..")
    layer = QgsRasterLayer(str(output), "part")
    assert layer.isValid() and layer.bandCount() == 2 and layer.crs().authid() == "EPSG:32633"
    with rasterio.open(source) as whole:
        value, ok = layer.dataProvider().sample(QgsPointXY(*whole.xy(4, 7)), 2)
        assert ok and value == whole.read(3)[4, 7]
    with pytest.raises(QgsProcessingException, match="expected .tif for a GeoTIFF or .nc"):
        run("extract", INPUT=str(flac), OUTPUT=str(tmp_path / "part.grib"))


def test_each_variable_of_netcdf_is_loaded(
    run, make_geotiff, project, feedback, algorithm, tmp_path
):
    pytest.importorskip("xarray", reason="xarray is not installed")
    source = make_geotiff(array=np.arange(4 * 20 * 30, dtype="uint16").reshape(4, 20, 30))
    times = tmp_path / "times.csv"
    times.write_text("2020-01,,red\n2020-01,,nir\n2020-02,,red\n2020-02,,nir\n")
    flac, output = tmp_path / "bands.flac", str(tmp_path / "part.nc")
    convert(source, flac, times=times)
    context = QgsProcessingContext()
    context.setProject(project)
    details = QgsProcessingContext.LayerDetails("Extracted", project, "OUTPUT")
    context.addLayerToLoadOnCompletion(output, details)
    algorithm("extract").run({"INPUT": str(flac), "OUTPUT": output}, context, feedback, {}, False)
    loaded = context.layersToLoadOnCompletion()
    assert sorted(each.name for each in loaded.values()) == ["nir", "red"]
    assert all(QgsRasterLayer(uri, "x").bandCount() == 2 for uri in loaded)
