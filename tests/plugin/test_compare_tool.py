"""The tool compare: what differs is a result, in numbers, HTML and JSON."""

from __future__ import annotations

import json

import numpy as np
import pytest
import rasterio
from flac_raster_qgis.engine import convert
from qgis.core import QgsProcessingException


def test_identical(run, geotiff, flac, tmp_path, feedback):
    html = tmp_path / "report.html"
    found = run("compare", INPUT_A=str(geotiff), INPUT_B=str(flac), OUTPUT_HTML=str(html))
    assert found == {
        "OUTPUT_HTML": str(html),
        "IDENTICAL": True,
        "PIXELS_IDENTICAL": True,
        "MAX_DIFFERENCE": 0,
        "DIFFERING_PIXELS": 0,
        "METADATA_DIFFERENCES": 0,
    }
    assert "Identical: every pixel and all metadata" in html.read_text("utf-8")
    assert "Identical: every pixel and all metadata" in feedback.said
    assert feedback.progress[-1] == 100


def test_pixels_differ(run, geotiff, make_geotiff, tmp_path):
    with rasterio.open(geotiff) as dataset:
        array = dataset.read()
    array[0, 10, 20:32] += 5
    other = make_geotiff("other.tif", array)
    html, data = tmp_path / "report.html", tmp_path / "report.json"
    found = run(
        "compare",
        INPUT_A=str(geotiff),
        INPUT_B=str(other),
        OUTPUT_HTML=str(html),
        OUTPUT_JSON=str(data),
    )
    assert found["IDENTICAL"] is False and found["PIXELS_IDENTICAL"] is False
    assert found["MAX_DIFFERENCE"] == 5
    assert found["DIFFERING_PIXELS"] == 12
    assert found["METADATA_DIFFERENCES"] == 0
    assert "12 pixel values differ, by 5 at most; all metadata are identical" in html.read_text(
        "utf-8"
    )
    assert json.loads(data.read_text("utf-8"))["bands"][0]["differing"] == 12


def test_metadata_differ(run, geotiff, make_geotiff):
    other = make_geotiff("other.tif", tags={"NOTE": "changed"})
    found = run("compare", INPUT_A=str(geotiff), INPUT_B=str(other))
    assert found["IDENTICAL"] is False and found["PIXELS_IDENTICAL"] is True
    assert found["METADATA_DIFFERENCES"] == 1


def test_shapes_differ(run, geotiff, make_geotiff):
    other = make_geotiff("other.tif", np.zeros((1, 10, 10), "int16"))
    found = run("compare", INPUT_A=str(geotiff), INPUT_B=str(other))
    assert found["IDENTICAL"] is False and found["PIXELS_IDENTICAL"] is False
    assert found["MAX_DIFFERENCE"] is None and found["DIFFERING_PIXELS"] is None


def test_differences_beyond_64_bits_are_numbers(run, make_geotiff):
    low = make_geotiff("low.tif", np.zeros((1, 4, 4), "uint32"))
    high = make_geotiff("high.tif", np.full((1, 4, 4), 2**32 - 1, "uint32"))
    found = run("compare", INPUT_A=str(low), INPUT_B=str(high))
    assert found["MAX_DIFFERENCE"] == 2**32 - 1


def test_a_report_cannot_replace_an_input(run, geotiff, flac):
    import pytest
    from qgis.core import QgsProcessingException

    before = flac.read_bytes()
    with pytest.raises(QgsProcessingException, match="both input and output"):
        run("compare", INPUT_A=str(geotiff), INPUT_B=str(flac), OUTPUT_JSON=str(flac))
    assert flac.read_bytes() == before


def test_bands_of_a_time(run, make_geotiff, tmp_path):
    array = np.arange(3 * 20 * 30, dtype="uint16").reshape(3, 20, 30)
    flac, other = tmp_path / "bands.flac", tmp_path / "other.flac"
    months = {"time_start": "2020-01", "time_step": "P1M"}
    convert(make_geotiff(array=array), flac, **months)
    array[1, 4, 5:9] += 7
    convert(make_geotiff("other.tif", array), other, **months)
    assert run("compare", INPUT_A=str(flac), INPUT_B=str(other))["DIFFERING_PIXELS"] == 4
    for time, differing in (("2020-02", 4), ("2020-03", 0), ("2020-01..2020-02", 4)):
        found = run("compare", INPUT_A=str(flac), INPUT_B=str(other), TIME=time)
        assert found["DIFFERING_PIXELS"] == differing
        assert found["PIXELS_IDENTICAL"] is not bool(differing)
    with pytest.raises(QgsProcessingException, match="no band of the time '2021'"):
        run("compare", INPUT_A=str(flac), INPUT_B=str(other), TIME="2021")
