"""Tags that no writer of this format writes, with a right checksum: refused at once."""

import json

import pytest
from flac_raster_qgis.engine import FlacRaster
from flac_raster_qgis.engine.errors import CorruptFile
from kits.durability import assert_sentence, refused, retag, run_apart, write_flac

SECONDS, MEGABYTES = 2, 200
POINT = {"row": 0, "col": 0, "x": 0, "y": 0}


@pytest.fixture
def path(tmp_path):
    return write_flac(tmp_path / "in.flac")


BANDS = {
    "nodata text": {"nodata": "none"},
    "nodata long text": {"nodata": "x" * 10**5},
    "nodata bool": {"nodata": True},
    "nodata list": {"nodata": [0]},
    "nodata object": {"nodata": {}},
    "scale text": {"scale": "1.0"},
    "scale null": {"scale": None},
    "scale bool": {"scale": True},
    "offset list": {"offset": []},
    "description number": {"description": 5},
    "description list": {"description": ["a"]},
    "description no Unicode": {"description": "\ud800"},
    "unit object": {"unit": {}},
    "interpretation object": {"interpretation": {"a": 1}},
    "interpretation null": {"interpretation": None},
    "colormap list": {"colormap": [[0, 0, 0, 255]]},
    "colormap key": {"colormap": {"red": [255, 0, 0, 255]}},
    "colormap key negative": {"colormap": {"-5": [1, 2, 3, 4]}},
    "colormap key with a sign": {"colormap": {"+5": [1, 2, 3, 4]}},
    "colormap key twice": {"colormap": {"5": [1, 2, 3, 4], "05": [5, 6, 7, 8]}},
    "colormap key empty": {"colormap": {"": [1, 2, 3, 4]}},
    "colormap key with spaces": {"colormap": {" 5\n": [1, 2, 3, 4]}},
    "colormap key of Python": {"colormap": {"1_0": [1, 2, 3, 4]}},
    "colormap key in Arabic": {"colormap": {"\u0665": [1, 2, 3, 4]}},
    "colormap key beyond 64 bits": {"colormap": {str(2**64): [1, 2, 3, 4]}},
    "colour of three": {"colormap": {"1": [1, 2, 3]}},
    "colour text": {"colormap": {"1": "abcd"}},
    "colour too bright": {"colormap": {"1": [1, 2, 3, 999]}},
    "colour negative": {"colormap": {"1": [1, 2, 3, -1]}},
    "colour infinite": {"colormap": {"1": [1, 2, 3, float("inf")]}},
    "tags list": {"tags": ["a"]},
    "tags flat": {"tags": {"a": "b"}},
    "tags deep": {"tags": {"": {"a": {"b": "c"}}}},
    "tags number": {"tags": {"": {"a": 1}}},
    "tags no Unicode": {"tags": {"": {"a": "\udc80"}}},
}


@pytest.mark.parametrize("band", BANDS.values(), ids=BANDS)
def test_wrong_band(path, band):
    retag(path, METADATA=json.dumps({"bands": [band]}))
    with refused(CorruptFile, path, "GEOSPATIAL_METADATA"):
        FlacRaster.open(path)


DETAILS = {
    "mask text": {"mask": "no"},
    "mask list": {"mask": [True]},
    "points object": {"gcps": {"0": POINT}},
    "point list": {"gcps": [[0, 0, 0, 0]]},
    "point incomplete": {"gcps": [{"row": 0}]},
    "point text": {"gcps": [{**POINT, "row": "first"}]},
    "point null": {"gcps": [{**POINT, "x": None}]},
    "point NaN": {"gcps": [{**POINT, "y": float("nan")}]},
    "point infinite": {"gcps": [{**POINT, "z": float("inf")}]},
    "point name number": {"gcps": [{**POINT, "id": 5}]},
    "points' CRS number": {"gcps_crs": 4326},
    "rpcs list": {"rpcs": [1]},
    "rpcs text": {"rpcs": "LINE_OFF"},
    "rpcs number": {"rpcs": {"LINE_OFF": 1.0}},
    "bits text": {"bits": "7"},
    "bits negative": {"bits": -5},
    "bits fraction": {"bits": 7.5},
    "bits more than the type has": {"bits": 17},
    "bits huge": {"bits": 10**30},
    "tags list": {"tags": [1]},
    "epoch text": {"coordinate_epoch": "2020"},
    "epoch bool": {"coordinate_epoch": True},
    "epoch NaN": {"coordinate_epoch": "nan"},
    "epoch infinite": {"coordinate_epoch": "inf"},
    "epoch zero": {"coordinate_epoch": 0},
    "epoch negative": {"coordinate_epoch": -5},
    "epoch beyond years": {"coordinate_epoch": 10000},
    "epoch huge": {"coordinate_epoch": 1e300},
}


@pytest.mark.parametrize("details", DETAILS.values(), ids=DETAILS)
def test_wrong_details(path, details):
    retag(path, METADATA=json.dumps({"bands": [{}], **details}))
    with refused(CorruptFile, path, "GEOSPATIAL_METADATA"):
        FlacRaster.open(path)


WHOLE = {
    "missing": None,
    "empty": "",
    "no JSON": "bands: 1",
    "cut off": '{"bands":[{}',
    "null": "null",
    "number": "3",
    "list": "[]",
    "no bands": "{}",
    "bands null": '{"bands":null}',
    "bands object": '{"bands":{"0":{}}}',
    "bands text": '{"bands":"x"}',
    "band null": '{"bands":[null]}',
    "band number": '{"bands":[5]}',
    "bands too few": '{"bands":[]}',
    "bands too many": '{"bands":[{},{}]}',
}


@pytest.mark.parametrize("text", WHOLE.values(), ids=WHOLE)
def test_no_metadata_at_all(path, text):
    retag(path, METADATA=text)
    with refused(CorruptFile, path, "GEOSPATIAL_METADATA"):
        FlacRaster.open(path)


@pytest.mark.parametrize(
    "text",
    [
        "[NaN,0,0,0,1,0,0,0,1]",
        "[1,0,Infinity,0,1,0,0,0,1]",
        "[1e999,0,0,0,1,0,0,0,1]",
        "[1,0,0,0,1,0]",
        "[1,0,0,0,1,0,0,0,1,0]",
        "[[1],0,0,0,1,0,0,0,1]",
        "[null,0,0,0,1,0,0,0,1]",
        '["1","0","0","0","1","0","0","0","1"]',
        '"123456789"',
        "123456789",
        '{"a":1}',
        "[" * 10**5,
        "",
        None,
    ],
    ids=lambda text: str(text)[:30],
)
def test_wrong_transform(path, text):
    retag(path, TRANSFORM=text)
    with refused(CorruptFile, path, "GEOSPATIAL_TRANSFORM"):
        FlacRaster.open(path)


@pytest.mark.parametrize(
    "text",
    ["", "0", "-1", "+40", " 40", "4_0", "40.0", "４０", "forty", "1" * 5000, str(2**31 + 1), None],
    ids=lambda text: str(text)[:20],
)
@pytest.mark.parametrize("key", ["WIDTH", "HEIGHT", "COUNT"])
def test_wrong_size(path, key, text):
    retag(path, **{key: text})
    with refused(CorruptFile, path, f"GEOSPATIAL_{key}"):
        FlacRaster.open(path)


@pytest.mark.parametrize("text", ["", "object", "uint128", "UINT16", "O", "u2", "x" * 10**5, None])
def test_wrong_data_type(path, text):
    retag(path, DTYPE=text)
    with refused(CorruptFile, path, "GEOSPATIAL_DTYPE"):
        FlacRaster.open(path)


@pytest.mark.parametrize("text", ["", "x", "nan", "1,5", "\x1b[2J"])
@pytest.mark.parametrize("key", ["DATA_MIN", "DATA_MAX"])
def test_wrong_extreme(path, key, text):
    retag(path, **{key: text})
    with refused(CorruptFile, path, f"GEOSPATIAL_{key}"):
        FlacRaster.open(path)


NESTED = {
    "lists": "[" * 10**6,
    "objects": '{"a":' * 10**6,
    "in bands": '{"bands":' + "[" * 10**6,
    "closed": '{"bands":[{}],"more":' + "[" * 10**5 + "]" * 10**5 + "}",
}


@pytest.mark.parametrize("text", NESTED.values(), ids=NESTED)
def test_nested_metadata(path, text):
    retag(path, METADATA=text)
    outcome = run_apart(FlacRaster.open, path)
    assert outcome.error == "CorruptFile", outcome
    assert_sentence(outcome.text)
    assert outcome.seconds < SECONDS, outcome
    assert outcome.megabytes < MEGABYTES, outcome
