"""No regular expression takes longer than in proportion to its text, whatever the text."""

import re
import time

import flac_raster_qgis.engine
import pytest
from flac_raster_qgis.engine.model.crs import refusal
from flac_raster_qgis.engine.operations.names import file_of
from flac_raster_qgis.engine.rasterio_io.xml_tree import parse_xml
from kits.regular_expressions import SECONDS, Use, slow_texts, uses_in

USES = list(uses_in(flac_raster_qgis.engine))


def test_they_are_found():
    assert len(USES) > 30 and len({use.place for use in USES}) == len(USES)


@pytest.mark.parametrize("use", USES, ids=lambda use: use.place.partition("engine.")[2])
def test_texts_of_one_piece(use):
    for text in slow_texts(use.pattern):
        assert use.seconds(text) < SECONDS, text[:80]


@pytest.mark.parametrize(
    "pattern, method", [(r"\[([^\]]*)\]\s*$", "search"), (r"\d+\.?\d*;", "match")]
)
def test_a_slow_one_would_be_noticed(pattern, method):
    use = Use("here", re.compile(pattern), method)
    assert any(use.seconds(text) > SECONDS for text in slow_texts(use.pattern))


LENGTH = 100_000


def elapsed(function, *arguments):
    before = time.process_time()
    try:
        function(*arguments)
    except ValueError:
        pass
    return time.process_time() - before


@pytest.mark.parametrize(
    "piece", [b"<?xml ", b"<!DOCTYPE ", b"<!DOCTYPE[", b"<!DOCTYPE[] ", b"<!D"]
)
def test_declarations_that_begin_again_and_again(piece):
    text = b"<a><!-- " + piece * (10 * LENGTH // len(piece)) + b"--></a>"
    assert elapsed(parse_xml, text) < 10 * SECONDS


def test_declarations_that_gdal_pasted_are_taken_out():
    inner = (
        b'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE b [<!ENTITY c "d"> <!-- e -->] ><b/>'
    )
    root = parse_xml(b"<a>" + inner + b"<!DOCTYPE f SYSTEM 'g'><f/></a>")
    assert [child.tag for child in root] == ["b", "f"]


def test_a_grid_of_many_digits():
    grid = "g1234a" + "1" * 65_000 + "!"
    crs = f'VERT_CS["a",VERT_DATUM["b",2005,EXTENSION["PROJ4_GRIDS","{grid}"]]]'
    assert elapsed(refusal, crs) < 10 * SECONDS and refusal(crs)


def test_names_of_gdal():
    assert elapsed(file_of, "NETCDF:" + "a" * LENGTH) < 10 * SECONDS
    assert elapsed(file_of, 'NETCDF:"' + 'a"' * LENGTH) < 10 * SECONDS
    assert str(file_of("NETCDF:https://example.org/a/cube.nc:temp")) == "cube_temp.nc"
