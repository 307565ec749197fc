"""The tool convert: both directions, names of outputs, options, numbers."""

from __future__ import annotations

import os

import numpy as np
import pytest
import rasterio
from flac_raster_qgis.engine import FlacRaster, compare, info
from kits.cubes import climate, grib
from kits.qgis.layers import random_array, write_flac
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingModelAlgorithm,
    QgsProcessingModelChildAlgorithm,
    QgsProcessingModelChildParameterSource,
    QgsProcessingModelOutput,
    QgsProcessingOutputLayerDefinition,
)


def test_there_and_back(run, geotiff, tmp_path, feedback):
    flac, back = tmp_path / "x.flac", tmp_path / "back.tif"
    result = run("convert", INPUT=str(geotiff), OUTPUT=str(flac))
    assert result["OUTPUT"] == str(flac)
    assert result["INPUT_SIZE"] == geotiff.stat().st_size
    assert result["OUTPUT_SIZE"] == flac.stat().st_size
    assert result["UNCOMPRESSED_SIZE"] == 200 * 150 * 2
    assert result["SIZE_RATIO"] == pytest.approx(flac.stat().st_size / 60000)
    assert result["SECONDS"] > 0
    assert feedback.progress[-1] == 100
    (line,) = [line for line in feedback.said if "60.0 kB of pixels" in line]
    part = 100 * flac.stat().st_size / geotiff.stat().st_size
    assert f"{part:.1f} % of the input file (" in line

    run("convert", INPUT=str(flac), OUTPUT=str(back))
    assert compare(geotiff, back).identical


@pytest.mark.parametrize("as_definition", [False, True])
def test_temporary_output_is_the_other_format(run, geotiff, flac, as_definition):
    temporary = QgsProcessing.TEMPORARY_OUTPUT
    if as_definition:
        temporary = QgsProcessingOutputLayerDefinition(temporary)
    made = run("convert", INPUT=str(geotiff), OUTPUT=temporary)["OUTPUT"]
    assert made.endswith(".flac") and os.path.isfile(made)
    restored = run("convert", INPUT=str(flac), OUTPUT=temporary)["OUTPUT"]
    assert restored.endswith(".tif") and os.path.isfile(restored)


def test_options_reach_the_file(run, geotiff, tmp_path):
    output = tmp_path / "x.flac"
    run(
        "convert",
        INPUT=str(geotiff),
        OUTPUT=str(output),
        TILE_SIZE=32,
        OVERVIEW_RESAMPLING="none",
        LEVEL=0,
        WORKERS=1,
    )
    with FlacRaster.open(output) as raster:
        assert raster.grid.tile_size == 32
        assert len(raster.levels) == 1


@pytest.mark.parametrize(("interleave", "bands"), [("pixel", 5), ("band", 1), ("auto", 4)])
def test_every_interleave(run, make_geotiff, tmp_path, interleave, bands):
    source = make_geotiff(array=np.arange(5 * 20 * 30, dtype="uint16").reshape(5, 20, 30))
    output = tmp_path / "x.flac"
    run("convert", INPUT=str(source), OUTPUT=str(output), INTERLEAVE=interleave)
    with FlacRaster.open(output) as raster:
        assert raster.grid.tile_bands == bands
    assert compare(source, output).identical


@pytest.mark.parametrize(
    "chosen, count",
    [
        ({}, 0),
        ({"OVERVIEW_RESAMPLING": None}, 0),
        ({"OVERVIEW_RESAMPLING": "none"}, 0),
        ({"OVERVIEW_RESAMPLING": "auto"}, 1),  # as models have saved it
        ({"OVERVIEW_RESAMPLING": "nearest"}, 1),
        ({"COG": True, "OVERVIEW_RESAMPLING": "none"}, 0),
    ],
)
def test_overviews_of_a_geotiff(run, tmp_path, feedback, chosen, count):
    flac, output = tmp_path / "x.flac", tmp_path / "x.tif"
    write_flac(flac, random_array("uint8", height=300, width=500))
    run("convert", INPUT=str(flac), OUTPUT=str(output), **chosen)
    with rasterio.open(output) as dataset:
        assert len(dataset.overviews(1)) == count
    is_said = any("has no overviews, though" in line for line in feedback.said)
    assert is_said is (count == 0) and feedback.warnings == []


@pytest.mark.parametrize("overviews", ["auto", "average", "mode", "nearest", "none"])
def test_every_kind_of_overviews(run, geotiff, tmp_path, overviews):
    output = tmp_path / "x.flac"
    run(
        "convert",
        INPUT=str(geotiff),
        OUTPUT=str(output),
        TILE_SIZE=64,
        OVERVIEW_RESAMPLING=overviews,
    )
    with FlacRaster.open(output) as raster:
        assert (len(raster.levels) > 1) is (overviews != "none")


def test_cloud_optimized_geotiff(run, flac, tmp_path):
    output = tmp_path / "cog.tif"
    run("convert", INPUT=str(flac), OUTPUT=str(output), COG=True)
    with rasterio.open(output) as dataset:
        assert dataset.tags(ns="IMAGE_STRUCTURE")["LAYOUT"] == "COG"


def test_replaces_an_existing_output_unless_told_not_to(run, geotiff, tmp_path):
    output = tmp_path / "x.flac"
    output.write_bytes(b"old")
    run("convert", INPUT=str(geotiff), OUTPUT=str(output))
    assert output.read_bytes().startswith(b"fLaC")


def test_warnings_of_the_engine_are_shown(run, feedback, geotiff, tmp_path, monkeypatch):
    from flac_raster_qgis import engine

    def convert(source, output, **options):
        made = real(source, output, **options)
        return type(made)(**{**vars(made), "warnings": ("GeoTIFF cannot hold this.",)})

    real = engine.convert
    monkeypatch.setattr(engine, "convert", convert)
    run("convert", INPUT=str(geotiff), OUTPUT=str(tmp_path / "x.flac"))
    assert feedback.warnings == ["GeoTIFF cannot hold this."]


def test_what_a_terminal_obeys_is_spelled_out_in_the_log(run, feedback, flac, tmp_path):
    """The name is that of a file; qgis_process prints what is logged."""
    hostile = flac.rename(tmp_path / "a\u202eb\u2066c\x1b[2J.flac")
    run("convert", INPUT=str(hostile), OUTPUT=str(tmp_path / "s.flac"), LAYOUT="streaming")
    run("convert", INPUT=str(hostile), OUTPUT=str(tmp_path / "\u202ex.tif"))
    run("convert", INPUT=str(hostile), OUTPUT=str(tmp_path / "\u202ex.tif"), SKIP_IDENTICAL=True)
    shown = [*feedback.said, *feedback.warnings]
    assert all(line.isprintable() for line in shown)
    assert any("\\u202e" in line for line in shown)


def test_output_parameter_offers_what_can_be_written(algorithm):
    parameter = algorithm("convert").parameterDefinition("OUTPUT")
    assert parameter.defaultFileExtension() == "flac"
    assert parameter.createFileFilter() == "FLAC rasters (*.flac);;GeoTIFF (*.tif *.tiff)"
    context = QgsProcessingContext()
    for name in ("x.flac", "X.TIF", "x.tiff", QgsProcessing.TEMPORARY_OUTPUT):
        assert parameter.isSupportedOutputValue(name, context) == (True, "")
        definition = QgsProcessingOutputLayerDefinition(name)
        assert parameter.isSupportedOutputValue(definition, context)[0]
    ok, message = parameter.isSupportedOutputValue("/data/x.png", context)
    assert not ok and "/data/x.png" in message


def test_as_a_step_of_a_model(plugin, feedback, project, make_geotiff):
    """The output of a step becomes a copy of its parameter, which must know the suffix too."""
    source = make_geotiff(array=np.zeros((1, 20, 30), "uint8"))
    step = QgsProcessingModelChildAlgorithm("flacraster:convert")
    step.setChildId("step")
    step.addParameterSources(
        "INPUT", [QgsProcessingModelChildParameterSource.fromStaticValue(str(source))]
    )
    output = QgsProcessingModelOutput("result")
    output.setChildId("step")
    output.setChildOutputName("OUTPUT")
    step.setModelOutputs({"result": output})
    model = QgsProcessingModelAlgorithm("model", "group")
    model.addChildAlgorithm(step)
    context = QgsProcessingContext()
    context.setProject(project)
    temporary = QgsProcessing.TEMPORARY_OUTPUT
    results, ok = model.run({"step:result": temporary}, context, feedback)
    assert ok, feedback.errors
    assert results["step:result"].endswith(".flac")
    assert os.path.isfile(results["step:result"])


def test_an_output_that_holds_the_raster_is_left_alone(run, geotiff, tmp_path, feedback):
    output = tmp_path / "x.flac"
    first = run("convert", INPUT=str(geotiff), OUTPUT=str(output), SKIP_IDENTICAL=True)
    before = output.stat()
    again = run("convert", INPUT=str(geotiff), OUTPUT=str(output), SKIP_IDENTICAL=True)
    assert again["OUTPUT_SIZE"] == first["OUTPUT_SIZE"] and again["OUTPUT"] == str(output)
    assert (output.stat().st_ino, output.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert any("is identical to this raster" in line for line in feedback.said)


def test_an_output_that_holds_another_raster_is_not_skipped(run, geotiff, make_geotiff, tmp_path):
    output = tmp_path / "x.flac"
    other = make_geotiff("other.tif", np.zeros((1, 20, 30), "uint8"))
    run("convert", INPUT=str(other), OUTPUT=str(output))
    with pytest.raises(Exception, match="does not hold exactly what .*dem.tif does"):
        run("convert", INPUT=str(geotiff), OUTPUT=str(output), SKIP_IDENTICAL=True, OVERWRITE=False)
    run("convert", INPUT=str(geotiff), OUTPUT=str(output), SKIP_IDENTICAL=True)
    assert compare(geotiff, output).identical


def test_times_of_bands(run, make_geotiff, tmp_path):
    source = make_geotiff(array=np.arange(3 * 20 * 30, dtype="uint16").reshape(3, 20, 30))
    output = tmp_path / "bands.flac"
    options = {"INPUT": str(source), "OUTPUT": str(output), "OVERWRITE": True}
    run("convert", **options, TIME_START="2020-01", TIME_STEP="P1M")
    assert info(output)["times"]["last"] == "2020-03"
    (tmp_path / "times.csv").write_text("2019\n2020\n2021\n")
    run("convert", **options, TIMES=str(tmp_path / "times.csv"))
    assert info(output)["times"]["step"] == "P1Y"
    run("convert", **options)
    assert info(output)["times"] is None


# ---------------------------------------------------------------- variables of a file


def test_a_folder_of_all_variables(run, tmp_path, feedback):
    source, folder = climate(tmp_path / "cube.nc"), tmp_path / "out"
    unwritten = tmp_path / "unwritten.flac"
    made = run("convert", INPUT=str(source), OUTPUT=str(unwritten), FOLDER=str(folder))
    names = [f"cube_{name}.flac" for name in ("tas", "pr", "snow", "orog")]
    assert made["OUTPUTS"] == [str(folder / name) for name in names]
    assert made["FOLDER"] == str(folder)
    assert made["OUTPUT"] == made["OUTPUTS"][0] and not unwritten.exists()
    assert sorted(path.name for path in folder.iterdir()) == sorted(names)
    assert made["OUTPUT_SIZE"] == sum(path.stat().st_size for path in folder.iterdir())
    for name in ("tas", "snow"):
        assert compare(f'NETCDF:"{source}":{name}', folder / f"cube_{name}.flac").identical
    assert any("time_bnds, lat_edges" in line for line in feedback.said)
    assert feedback.progress[-1] == 100


def test_one_output_of_several_variables_is_refused(run, tmp_path):
    source, output = climate(tmp_path / "cube.nc"), tmp_path / "x.flac"
    with pytest.raises(Exception, match="4 variables.*: tas, pr, snow, orog.*in QGIS: Variables"):
        run("convert", INPUT=str(source), OUTPUT=str(output))
    with pytest.raises(Exception, match="no variable tass. Choose some of these: tas, pr, snow"):
        run("convert", INPUT=str(source), OUTPUT=str(output), VARIABLES="tass")
    assert not output.exists()


def test_chosen_variables_together_with_a_crs(run, tmp_path):
    source, output = climate(tmp_path / "cube.nc"), tmp_path / "x.flac"
    options = {"INPUT": str(source), "OUTPUT": str(output), "CRS": "EPSG:4326"}
    run("convert", **options, VARIABLES="tas,pr", STACK=True)
    found = info(output)
    assert found["times"]["labels"] == ["tas", "pr"] and found["crs"] == "EPSG:4326"
    run("convert", **options, VARIABLES="orog")
    assert info(output)["times"] is None


def test_a_crs_without_a_code(run, tmp_path):
    source, output = climate(tmp_path / "cube.nc"), tmp_path / "x.flac"
    crs = QgsCoordinateReferenceSystem.fromProj("+proj=longlat +R=6371229 +no_defs")
    run("convert", INPUT=str(source), OUTPUT=str(output), VARIABLES="tas", CRS=crs)
    assert "6371229" in info(output)["crs"]


def test_all_variables_are_loaded(plugin, project, feedback, algorithm, tmp_path):
    source, output = climate(tmp_path / "cube.nc"), str(tmp_path / "x.flac")
    context = QgsProcessingContext()
    context.setProject(project)
    details = QgsProcessingContext.LayerDetails("Converted", project, "OUTPUT")
    context.addLayerToLoadOnCompletion(output, details)
    values = {"INPUT": str(source), "OUTPUT": output, "FOLDER": str(tmp_path / "out")}
    made, ok = algorithm("convert").run({**values, "VARIABLES": "tas,orog"}, context, feedback)
    assert ok
    loaded = context.layersToLoadOnCompletion()
    assert [uri.rpartition("/")[2] for uri in loaded] == ["cube_orog.flac", "cube_tas.flac"]
    assert all(uri.startswith("flacraster://") for uri in loaded)


def test_the_whole_of_a_grib(run, tmp_path):
    source = grib(tmp_path / "era.grib2", [(0, 0, 2), (2, 2, 10)], [0, 6])
    run("convert", INPUT=str(source), OUTPUT=str(tmp_path / "x.flac"))
    assert compare(source, tmp_path / "x.flac").identical
    made = run("convert", INPUT=str(source), OUTPUT="TEMPORARY_OUTPUT", FOLDER="TEMPORARY_OUTPUT")
    assert os.path.isdir(made["FOLDER"]) and made["FOLDER"] != "TEMPORARY_OUTPUT"
    assert [os.path.basename(path) for path in made["OUTPUTS"]] == [
        "era_TMP.flac",
        "era_UGRD.flac",
    ]


def test_a_variable_that_fails_does_not_stop_the_others(run, tmp_path, feedback):
    source, folder = climate(tmp_path / "cube.nc"), tmp_path / "out"
    folder.mkdir()
    (folder / "cube_tas.flac").write_bytes(b"mine")
    values = {"INPUT": str(source), "OUTPUT": str(tmp_path / "x.flac"), "FOLDER": str(folder)}
    with pytest.raises(Exception, match="cube_tas.flac exists already"):
        run("convert", **values, OVERWRITE=False)
    assert (folder / "cube_tas.flac").read_bytes() == b"mine"
    assert len(list(folder.iterdir())) == 4
