"""Files of the package flac-raster in QGIS: as layers, and in every tool."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from flac_raster_qgis.engine import FlacRaster, compare, verify
from kits import LEGACY_SAMPLES
from kits.qgis.layers import flac_layer, open_provider, read_block, valid_flac_layer
from osgeo import gdal
from qgis.core import QgsProcessingException, QgsProviderRegistry

from flac_raster_qgis import data_provider

pytestmark = pytest.mark.usefixtures("only_memory", "provider_registered")


@pytest.fixture
def sample(tmp_path):
    """Return a function that copies a file to where it may be written beside."""

    def copy(name: str) -> Path:
        return Path(shutil.copy(LEGACY_SAMPLES / name, tmp_path))

    return copy


def truth(name: str) -> np.ndarray:
    array = gdal.Open(str(LEGACY_SAMPLES / f"{name}.tif")).ReadAsArray()
    return array if array.ndim == 3 else array[None]


# ---------------------------------------------------------------- layers


@pytest.mark.parametrize("layout", ["plain", "streaming"])
@pytest.mark.parametrize("name", ["dem_i16", "rgb_u8", "full_u16"])
def test_a_layer_has_the_pixels(sample, messages, name, layout):
    path = sample(f"{name}_v02.{layout}.flac")
    provider = open_provider(path)
    array = truth(name)
    assert provider.bandCount() == len(array)
    for band, expected in enumerate(array, start=1):
        values, _ = read_block(provider, band)
        np.testing.assert_array_equal(values, expected)
    assert messages == []


def test_qgis_takes_it_for_a_raster(sample):
    registry = QgsProviderRegistry.instance()
    for layout in ("plain", "streaming", "spatial"):
        path = str(sample(f"dem_i16_v01.{layout}.flac"))
        (details,) = registry.providerMetadata(data_provider.PROVIDER_KEY).querySublayers(path)
        assert details.providerKey() == data_provider.PROVIDER_KEY


def test_a_layer_with_uncertain_pixels_says_so_once(sample, messages):
    provider = open_provider(sample("full_i16_v01.plain.flac"))
    for _ in range(2):
        read_block(provider)
    (warning,) = messages
    assert "may differ from those of the original" in warning


def test_the_properties_say_what_is_restored(sample):
    opened = valid_flac_layer(sample("dem_i16_v01.plain.flac"))
    exact = opened.dataProvider().htmlMetadata()
    assert "Every pixel is recovered exactly." in exact
    assert "flac-raster, plain" in exact and "FLAC Raster flac" not in exact
    provider = open_provider(sample("full_i16_v01.streaming.flac"))
    assert "only the first band" in provider.htmlMetadata()
    assert "recovered exactly." in provider.htmlMetadata()
    read_block(provider)
    assert "of the 3,072 values" in provider.htmlMetadata()


def test_a_layer_of_a_file_without_pixels_is_invalid_and_says_why(sample, messages):
    opened = flac_layer(sample("dem_i16_v01.spatial.flac"))
    assert not opened.isValid()
    assert "never stored the pixels" in opened.error().message()
    assert any("never stored the pixels" in text for text in messages)


def test_a_layer_from_a_web_server(sample, nginx):
    for layout in ("plain", "streaming"):
        path = sample(f"dem_i16_v01.{layout}.flac")
        shutil.copy(path, nginx.folder)
        values, _ = read_block(open_provider(nginx.url(path.name)))
        np.testing.assert_array_equal(values, truth("dem_i16")[0])


# ---------------------------------------------------------------- tools


def test_convert(run, sample, tmp_path, feedback):
    run("convert", INPUT=str(sample("dem_i16_v01.plain.flac")), OUTPUT=str(tmp_path / "a.tif"))
    assert compare(tmp_path / "a.tif", LEGACY_SAMPLES / "dem_i16.tif").identical
    assert feedback.warnings == []
    run("convert", INPUT=str(sample("full_i16_v01.plain.flac")), OUTPUT=str(tmp_path / "b.flac"))
    (warning,) = feedback.warnings
    assert "3,072 of the 3,072 values" in warning


def test_convert_to_the_streaming_layout(run, tmp_path, feedback):
    output = tmp_path / "x.flac"
    source = str(LEGACY_SAMPLES / "dem_i16.tif")
    run("convert", INPUT=source, OUTPUT=str(output), LAYOUT="streaming", TILE_SIZE=32)
    assert output.read_bytes()[4:5] == b"{"
    with FlacRaster.open(output) as raster:
        assert (raster.read() == truth("dem_i16")).all() and raster.grid.tile_size == 32
    with pytest.raises(QgsProcessingException, match="float32"):
        source = str(LEGACY_SAMPLES / "dem_f32.tif")
        run("convert", INPUT=source, OUTPUT=str(output), LAYOUT="streaming")
    assert verify(output).valid


def test_extract_and_query(run, sample, tmp_path, feedback):
    path = str(sample("full_i16_v01.streaming.flac"))
    found = run("query", INPUT=path, TILE="last")
    assert found["TILES"] == 1 and found["FILE_FRACTION"] < 0.5
    run("extract", INPUT=path, TILE="last", OUTPUT=str(tmp_path / "x.tif"))
    assert any("only the first band" in text for text in feedback.warnings)


def test_info(run, sample, tmp_path, feedback):
    html = tmp_path / "x.html"
    found = run("info", INPUT=str(sample("dem_i16_v01.spatial.flac")), OUTPUT_HTML=str(html))
    assert found["RECOVERY"] == "not at all"
    assert json.loads(found["JSON"])["recovery"]["has_pixels"] is False
    assert "never stored the pixels" in html.read_text("utf-8")
    assert "without stored pixels" in html.read_text("utf-8")
    assert "98 to 1,899" in html.read_text("utf-8")
    assert any("never stored the pixels" in text for text in feedback.warnings)
    assert run("info", INPUT=str(sample("dem_i16_v01.plain.flac")))["RECOVERY"] == "exactly"
    found = run("info", INPUT=str(sample("full_u16_v01.plain.flac")))
    assert found["RECOVERY"].startswith("as far as possible")


def test_info_of_one_without_pixels_on_a_web_server(run, sample, nginx):
    path = sample("dem_i16_v01.spatial.flac")
    shutil.copy(path, nginx.folder)
    assert run("info", INPUT=nginx.url(path.name))["RECOVERY"] == "not at all"


def test_verify(run, sample, tmp_path, feedback):
    html = tmp_path / "x.html"
    found = run("verify", INPUT=str(sample("full_i16_v01.plain.flac")), OUTPUT_HTML=str(html))
    assert (found["VALID"], found["UNCERTAIN_VALUES"]) == (True, 3072)
    assert "3,072 of 3,072 values are uncertain" in html.read_text("utf-8")
    assert "the file has no MD5" in html.read_text("utf-8")
    assert any("3,072 of the 3,072 values" in text for text in feedback.warnings)
    found = run("verify", INPUT=str(sample("dem_i16_v01.plain.flac")), OUTPUT_HTML=str(html))
    assert (found["VALID"], found["UNCERTAIN_VALUES"]) == (True, 0)
    assert "Intact: the only tile matches its checksum" in html.read_text("utf-8")


@pytest.mark.parametrize("name", ["convert", "verify", "query", "extract"])
def test_what_was_never_stored_is_refused_with_that_sentence(run, sample, tmp_path, name):
    outputs = {"OUTPUT": str(tmp_path / "x.tif")} if name in ("convert", "extract") else {}
    with pytest.raises(QgsProcessingException, match="never stored the pixels"):
        run(name, INPUT=str(sample("dem_i16_v01.spatial.flac")), **outputs)
    assert not (tmp_path / "x.tif").exists()
