"""What the engine refuses reaches the user as its own sentence, and nothing is left behind."""

from __future__ import annotations

import wave

import numpy as np
import pytest
from kits.qgis.feedback import RecordingFeedback
from qgis.core import QgsProcessingContext, QgsProcessingException


def test_missing_file(run, tmp_path):
    message = r"none\.tif does not exist\. Check the path\."
    with pytest.raises(QgsProcessingException, match=message):
        run("convert", INPUT=str(tmp_path / "none.tif"), OUTPUT=str(tmp_path / "x.flac"))


@pytest.mark.parametrize("tool", ["info", "verify", "convert"])
def test_music(run, tmp_path, tool):
    soundfile = pytest.importorskip("soundfile")
    music = tmp_path / "music.flac"
    soundfile.write(music, np.sin(np.arange(44100) / 20), 44100)
    parameters = {"INPUT": str(music)}
    if tool == "convert":
        parameters["OUTPUT"] = str(tmp_path / "x.tif")
    with pytest.raises(QgsProcessingException, match=r"music\.flac"):
        run(tool, **parameters)
    assert not (tmp_path / "x.tif").exists()


def test_not_a_raster(run, tmp_path):
    path = tmp_path / "sound.wav"
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(bytes(100))
    with pytest.raises(QgsProcessingException, match=r"sound\.wav"):
        run("compare", INPUT_A=str(path), INPUT_B=str(path))


def test_output_exists(run, geotiff, tmp_path):
    output = tmp_path / "x.flac"
    output.write_bytes(b"mine")
    with pytest.raises(QgsProcessingException, match="exists already"):
        run("convert", INPUT=str(geotiff), OUTPUT=str(output), OVERWRITE=False)
    assert output.read_bytes() == b"mine"


def test_output_is_the_input(run, flac):
    before = flac.read_bytes()
    with pytest.raises(QgsProcessingException, match="both input and output"):
        run("convert", INPUT=str(flac), OUTPUT=str(flac))
    assert flac.read_bytes() == before


def test_output_of_another_format(run, geotiff, tmp_path):
    with pytest.raises(QgsProcessingException, match=r"\.png"):
        run("convert", INPUT=str(geotiff), OUTPUT=str(tmp_path / "x.png"))


def test_wrong_tile_size(run, geotiff, tmp_path):
    with pytest.raises(QgsProcessingException, match="multiple of 16"):
        run("convert", INPUT=str(geotiff), OUTPUT=str(tmp_path / "x.flac"), TILE_SIZE=100)


@pytest.mark.parametrize(
    "wrong",
    [
        {"COMPRESSION_LEVEL": 9},
        {"COMPRESSION_LEVEL": -1},
        {"OVERVIEW_RESAMPLING": "best"},
        {"WORKERS": -1},
    ],
)
def test_values_out_of_range(run, geotiff, tmp_path, wrong):
    with pytest.raises(QgsProcessingException, match=next(iter(wrong))):
        run("convert", INPUT=str(geotiff), OUTPUT=str(tmp_path / "x.flac"), **wrong)


# ---------------------------------------------------------------- cancelling


@pytest.mark.parametrize("percent", [0, 30])
def test_cancelled_conversion_leaves_nothing(algorithm, project, noise, tmp_path, percent):
    context, feedback = QgsProcessingContext(), RecordingFeedback(cancel_at=percent)
    context.setProject(project)
    if not percent:
        feedback.cancel()
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "old.flac").write_bytes(b"old")
    parameters = {"INPUT": str(noise), "OUTPUT": str(folder / "old.flac"), "TILE_SIZE": 256}
    with pytest.raises(QgsProcessingException, match="cancelled"):
        algorithm("convert").run(parameters, context, feedback, {}, False)
    assert [path.name for path in folder.iterdir()] == ["old.flac"]
    assert (folder / "old.flac").read_bytes() == b"old"
    assert max(feedback.progress, default=0) < 90
    assert not context.layersToLoadOnCompletion()


@pytest.mark.parametrize("tool", ["compare", "verify"])
def test_cancelled_reading_writes_no_report(algorithm, project, flac, tmp_path, tool):
    context, feedback = QgsProcessingContext(), RecordingFeedback(cancel_at=1)
    context.setProject(project)
    html = tmp_path / "report.html"
    inputs = ["INPUT"] if tool == "verify" else ["INPUT_A", "INPUT_B"]
    if tool == "compare":
        feedback.cancel()  # a raster this small is compared in one step
    parameters = {"OUTPUT_HTML": str(html), **dict.fromkeys(inputs, str(flac))}
    with pytest.raises(QgsProcessingException, match="cancelled"):
        algorithm(tool).run(parameters, context, feedback, {}, False)
    assert not html.exists()
