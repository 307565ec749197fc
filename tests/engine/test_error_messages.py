"""Errors and notes have codes that are documented, texts that fit, and fields for programs."""

from __future__ import annotations

import ast
import json
import re
import string
from pathlib import Path

import numpy as np
import pytest
from flac_raster_qgis.engine import errors
from flac_raster_qgis.engine.error_messages import MESSAGES, REMEDIES, template_and_remedy
from flac_raster_qgis.engine.operations.notes import unused_options
from flac_raster_qgis.engine.storage.remote import retry

import flac_raster_qgis
from flac_raster_qgis import engine

TABLE = Path(engine.__file__).parent / "error_messages.py"
SOURCES = sorted(
    path
    for folder in (Path(engine.__file__).parent, Path(flac_raster_qgis.__file__).parent)
    for path in folder.rglob("*.py")
    if path.name != TABLE.name
)
KINDS = {
    name
    for name, kind in vars(errors).items()
    if isinstance(kind, type) and issubclass(kind, (errors.FlacRasterError, errors.Message))
} - {"Cancelled"} | {retry.RetryableError.__name__, "kind"}  # one of several classes


def _calls():
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            name = getattr(getattr(node, "func", None), "id", None)
            if isinstance(node, ast.Call) and name in KINDS:
                yield f"{path.name}:{node.lineno}", node


def _texts():
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


def _names(template):
    return {name.split(".")[0] for _, name, _, _ in string.Formatter().parse(template) if name}


CALLS = list(_calls())
USED = set(_texts())


def test_codes_are_unique():
    for table in ast.parse(TABLE.read_text("utf-8")).body:
        if isinstance(table, ast.Assign):
            keys = [key.value for key in table.value.keys]
            assert len(set(keys)) == len(keys) > 60


def test_codes_are_words_of_one_area():
    assert all(re.fullmatch(r"[a-z]+(\.[a-z0-9_]+)?", code) for code in MESSAGES)
    assert all(re.fullmatch(r"[a-z0-9_]+", remedy) for remedy in REMEDIES)


def test_every_code_and_remedy_is_used():
    assert not [code for code in MESSAGES if code not in USED]
    named = {template_and_remedy(code)[1] for code in MESSAGES} | USED
    assert not [remedy for remedy in REMEDIES if remedy not in named]


def test_every_remedy_that_is_named_exists():
    assert {template_and_remedy(code)[1] for code in MESSAGES} <= {"", *REMEDIES}


def test_sentences_end_with_a_period_and_parts_of_sentences_do_not_begin_like_one():
    for code in MESSAGES:
        fact, remedy = template_and_remedy(code)
        assert fact.endswith(".") or not remedy, code
    assert all(sentence[0].isupper() for sentence in REMEDIES.values())


@pytest.mark.parametrize("place, call", CALLS, ids=[place for place, _ in CALLS])
def test_a_raise_has_a_template_and_all_its_values(place, call):
    first = call.args[0]
    assert not isinstance(first, ast.JoinedStr), "a text is not written where it is raised"
    if not isinstance(first, ast.Constant):
        return  # one of several codes
    assert first.value in MESSAGES
    given = {keyword.arg for keyword in call.keywords} | ({"name"} if call.args[1:] else set())
    if None in given:
        return  # **values
    fact, remedy = template_and_remedy(first.value)
    remedies = {remedy} if "remedy" not in given else set()
    wanted = _names(fact).union(*(_names(REMEDIES[name]) for name in remedies if name))
    assert wanted <= given | ({"end"} if {"offset", "size"} <= given else set())


def test_fields_of_an_error():
    error = errors.CorruptFile("file.cut_off", "dem.flac", offset=1000, size=24)
    assert str(error) == (
        "dem.flac is truncated: it ends at byte 1000, 24 more were expected. "
        "Fetch or convert the file again."
    )
    assert (error.code, error.remedy) == ("file.cut_off", "get_again")
    assert error.place == errors.Place(name="dem.flac", offset=1000, size=24)
    assert error.expected is None and error.found is None


def test_place_of_a_damaged_tile(tmp_path):
    band = np.random.default_rng(1).integers(0, 999, (1, 300, 300), "int16")
    metadata = engine.RasterMetadata(300, 300, "int16", bands=(engine.Band(),))
    path = tmp_path / "a.flac"
    engine.write_raster(engine.ArrayRaster(metadata, band), path)
    data = bytearray(path.read_bytes())
    data[-2000] ^= 255
    path.write_bytes(data)
    with engine.FlacRaster.open(path) as raster:
        with pytest.raises(errors.CorruptTile) as caught:
            raster.read()
    error = caught.value
    assert error.code == "tile.damaged" and error.remedy == ""
    reason = error.message.get("reason")  # a message too, so that it is translated
    assert reason.code.startswith("stream.") and MESSAGES[reason.code] in str(error)
    place = {"name": str(path), "level": 0, "row": 0, "column": 0, "band": 0}
    known = error.to_dict()
    assert known["place"] == place and known["code"] == error.code
    assert known["message"] == str(error)


def test_another_language_takes_the_same_values_and_inner_messages():
    inner = errors.InputError("input.missing", "a")
    error = errors.WorkerError("worker.cannot_open", host="node1", reason=inner)
    german = {
        template_and_remedy("worker.cannot_open")[0]: "Auf {host}: {reason}.",
        template_and_remedy("input.missing")[0]: "{name} fehlt.",
        REMEDIES["check_path"]: "Pfad?",
    }
    assert error.message.translated(lambda text: german[text]) == "Auf node1: a fehlt. Pfad?."
    assert error.place.name == "a"


def test_values_are_plain_for_json():
    size = np.int64(3)
    error = errors.CorruptFile("file.cut_off", "a", offset=size, size=size, found=np.nan)
    known = json.loads(json.dumps(error.to_dict(), allow_nan=False))
    assert known["place"] == {"name": "a", "offset": 3, "size": 3} and known["found"] == "nan"
    error = errors.InputError("raster.data_type", Path("a"), found=np.dtype("int8"), expected=None)
    assert json.loads(json.dumps(error.to_dict()))["found"] == "int8"


def test_values_are_redacted_where_an_error_goes_on():
    inner = errors.InputError("input.missing", "https://u:secret@h/x")
    error = errors.WorkerError("worker.cannot_open", host="h", reason=inner)
    shown = error.redacted(lambda text: text.replace("secret", "***"))
    assert type(shown) is errors.WorkerError and "secret" in repr(error.message.values)
    assert "secret" not in repr((str(shown), shown.args, shown.message.values, shown.to_dict()))
    assert "u:***@h" in str(shown)


def test_notes_about_unused_options_are_translated_word_by_word():
    given = {"effort": "small", "interleave": "band", "compression_level": 3}
    given |= {"tile_size": None, "tile_bands": None}
    (note,) = unused_options("b.tif", "geotiff", given)
    assert note == (
        "b.tif is a GeoTIFF, on which effort, interleave and compression level have no effect."
    )
    german = {
        MESSAGES["note.unused_options"]: "{name} ist {kind}, ohne {options} und {last}.",
        MESSAGES["name.effort"]: "Aufwand",
    }
    text = note.translated(lambda text: german.get(text, text))
    assert text == "b.tif ist a GeoTIFF, ohne Aufwand, interleave und compression level."


def test_warnings_about_other_formats_can_be_translated(tmp_path):
    path = tmp_path / "a.vrt"
    path.write_text(
        '<VRTDataset rasterXSize="1" rasterYSize="1"><SRS coordinateEpoch="20210.5">EPSG:4326</SRS>'
        '<VRTRasterBand dataType="Byte" band="1"/></VRTDataset>'
    )
    (warning,) = engine.info(path)["warnings"]
    assert warning.code == "note.epoch_no_year" and "20210.5" in warning
