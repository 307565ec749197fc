"""Addresses of virtual GeoTIFFs are recognized, and no other names are."""

import pytest
from flac_raster_qgis.engine.storage.virtual_addresses import (
    GDAL_PREFIX,
    address,
    new_token,
    parse_address,
)


@pytest.mark.parametrize("path", [("x",), ("a/b", "hill top"), ("ä?#%2F", "y.tif", "..")])
def test_what_was_made_is_parsed(path):
    token = new_token()
    assert parse_address(GDAL_PREFIX + address(1234, token, *path)) == [token, *path]


def test_tokens_differ():
    assert len({new_token() for _ in range(100)}) == 100


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text[len(GDAL_PREFIX) :],
        lambda text: text.replace("127.0.0.1", "127.0.0.1.example.org"),
        lambda text: text.replace("127.0.0.1", "127x0y0z1"),
        lambda text: text.replace("http:", "https:"),
        lambda text: text.replace(".tif", ".tiff"),
        lambda text: text.replace("T" * 32, "T" * 31),
        lambda text: text.replace("T" * 32, "data/tiles"),
        lambda text: text.replace("/name", "//name"),
        lambda text: text + "?x",
        lambda text: text + "\n",
        lambda text: " " + text,
    ],
)
def test_other_names_are_not(change):
    text = GDAL_PREFIX + address(1234, "T" * 32, "uri", "name")
    assert parse_address(text) == ["T" * 32, "uri", "name"]
    assert parse_address(change(text)) == []
