"""Regular expressions of the plugin take no longer than in proportion to their text."""

import time
from contextlib import suppress

import pytest
from kits.regular_expressions import SECONDS, slow_texts, uses_in
from qgis.core import QgsProcessingException

import flac_raster_qgis
from flac_raster_qgis.algorithms.area_algorithm import _check_crs
from flac_raster_qgis.core.layer_uri import LayerUri

USES = list(uses_in(flac_raster_qgis))
LENGTH = 100_000


def elapsed(function, *arguments):
    before = time.process_time()
    with suppress(QgsProcessingException):
        function(*arguments)
    return time.process_time() - before


def test_they_are_found():
    assert len(USES) > 5


@pytest.mark.parametrize("use", USES, ids=lambda use: use.place.partition(".")[2])
def test_texts_of_one_piece(use):
    for text in slow_texts(use.pattern):
        assert use.seconds(text) < SECONDS, text[:80]


@pytest.mark.parametrize("piece", ["[", "[]", "[] ", "[ "])
@pytest.mark.parametrize("end", ["", "x"])
def test_brackets_of_an_extent(piece, end):
    assert elapsed(_check_crs, "0,1,0,1" + piece * (LENGTH // len(piece)) + end) < 10 * SECONDS


@pytest.mark.parametrize("extent", ["0,1,0,1 [EPSG:4326]", "0,1,0,1", "0,1,0,1 [a] b", None, "]"])
def test_extents_that_name_no_unknown_crs(extent):
    _check_crs(extent)


@pytest.mark.parametrize("extent", ["0,1,0,1 [EPSG:0]", "0,1,0,1[EPSG:4326] [nothing] \n"])
def test_extents_that_do(extent):
    with pytest.raises(QgsProcessingException, match="EPSG:0|nothing"):
        _check_crs(extent)


@pytest.mark.parametrize(
    "uri",
    [
        "x.flac" + "|authcfg=a" * (LENGTH // 10),
        "x.flac" + "|authcfg=" + "a" * LENGTH + "!",
        "x.flac|extent=" + "1" * LENGTH + ",0,0,0!",
        "x.flac" + "|extent=0,0,1,1" * (LENGTH // 15) + "x",
        "x.flac" + "|" * LENGTH,
    ],
    ids=lambda uri: uri[:20],
)
def test_uris(uri):
    assert elapsed(LayerUri.parse, uri) < 10 * SECONDS
    assert LayerUri.parse(uri).name.startswith("x.flac")
