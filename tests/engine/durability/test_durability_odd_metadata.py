"""Well-formed metadata that mean little: each operation works or refuses, and JSON stays strict."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
import rasterio
from flac_raster_qgis.engine import FlacRasterError, compare, convert, info, verify
from kits.durability import assert_sentence, contents, noise, retag, run_apart, write_flac
from rasterio.crs import CRS

POINT = {"row": 0, "col": 0, "x": 0, "y": 0}
METADATA = {
    "nodata infinite": {"bands": [{"nodata": "inf"}]},
    "nodata NaN": {"bands": [{"nodata": "nan"}]},
    "nodata with fraction": {"bands": [{"nodata": 0.5}]},
    "nodata out of range": {"bands": [{"nodata": -1}]},
    "nodata 1e300": {"bands": [{"nodata": 1e300}]},
    "nodata of 400 digits": {"bands": [{"nodata": 10**400}]},
    "scale NaN": {"bands": [{"scale": "nan", "offset": "-inf"}]},
    "interpretation unknown": {"bands": [{"interpretation": "[/x]"}]},
    "interpretation of Python": {"bands": [{"interpretation": "__class__"}]},
    "colour of no pixel": {"bands": [{"colormap": {"-1": [1, 2, 3, 4], "99999999": [0] * 4}}]},
    "texts with NUL": {"bands": [{"description": "a\0b", "unit": "\0"}]},
    "rpcs no numbers": {"bands": [{}], "rpcs": {"LINE_OFF": "x"}},
    "rpcs unknown": {"bands": [{}], "rpcs": {"\0": ""}},
    "tags odd": {"bands": [{}], "tags": {"": {"": "1", "a=b": "c", "x\0y": "z"}}},
    "tags in xml": {"bands": [{}], "tags": {"xml:x": {"a": "b"}, "xml:": {"": ""}}},
    "tags of the file": {"bands": [{}], "tags": {"IMAGE_STRUCTURE": {"NBITS": "1"}}},
    "points without CRS": {"bands": [{}], "gcps": [POINT] * 3},
    "points of unknown CRS": {"bands": [{}], "gcps": [POINT], "gcps_crs": "nonsense"},
    "points far away": {"bands": [{}], "gcps": [{**POINT, "x": 1e308, "row": -1e308}]},
}
TAGS = {
    "transform singular": {"TRANSFORM": "[0,0,0,0,0,0,0,0,1]"},
    "transform beyond numbers": {"TRANSFORM": "[1e308,1e308,1e308,0,1e308,0,0,0,1]"},
    "transform tiny": {"TRANSFORM": "[5e-324,0,0,0,5e-324,0,0,0,1]"},
    "CRS nonsense": {"CRS": "nonsense"},
    "CRS empty": {"CRS": ""},
    "CRS unknown": {"CRS": "EPSG:99999999"},
    "CRS nested": {"CRS": "PROJCS[" * 3000},
    "CRS in brackets": {"CRS": "[" * 10**4},
    "CRS with NUL": {"CRS": "EPSG:\x004326"},
    "extremes infinite": {"DATA_MIN": "-inf", "DATA_MAX": "inf"},
    "extreme of many digits": {"DATA_MAX": "9" * 400},
    **{name: {"METADATA": json.dumps(value)} for name, value in METADATA.items()},
}


def describe_as_json(path):
    return json.dumps(info(path), allow_nan=False).encode("utf-8")


def compare_with_itself(path):
    return json.dumps(compare(path, path).to_dict(), allow_nan=False).encode("utf-8")


def convert_to_tif(path):
    convert(path)


@pytest.mark.parametrize("operation", [describe_as_json, compare_with_itself, convert_to_tif])
@pytest.mark.parametrize("tags", TAGS.values(), ids=TAGS)
def test_works_or_refuses(tmp_path, tags, operation):
    path = write_flac(tmp_path / "in.flac", noise(20, 10))
    retag(path, **tags)
    before = contents(tmp_path)
    try:
        operation(path)
    except FlacRasterError as error:
        assert_sentence(str(error))
        assert str(path.with_suffix("")) in str(error)
        assert contents(tmp_path) == before
    else:
        assert verify(path).valid


# ---------------------------------------------------------------- a CRS is no place to look


def crs_of_geotiff(path, text):
    """Convert a file with some text for a CRS and return the CRS of the output, if there is any."""
    write_flac(path)
    retag(path, CRS=text)
    output = path.with_suffix(".tif")
    try:
        convert(path, output)
    except FlacRasterError:
        return ""
    with rasterio.open(output) as dataset:
        return str(dataset.crs or "")


def test_crs_that_names_a_file_is_not_read(tmp_path):
    secret = tmp_path / "secret.prj"
    secret.write_text(CRS.from_epsg(32633).to_wkt(), encoding="ascii")
    assert crs_of_geotiff(tmp_path / "in.flac", str(secret)) == ""


@pytest.mark.parametrize("prefix", ["", "/vsicurl/"])
def test_crs_that_names_a_server_is_not_fetched(tmp_path, prefix):
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_error(404)

        do_HEAD = do_GET

        def log_message(self, *args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        url = f"{prefix}http://127.0.0.1:{server.server_port}/crs.prj"
        outcome = run_apart(crs_of_geotiff, tmp_path / "in.flac", url)
    finally:
        server.shutdown()
        server.server_close()
    assert not asked
    assert outcome.text == "" and outcome.seconds < 2, outcome
