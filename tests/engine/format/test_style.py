"""A style in the file: no part of the raster, and nothing that a reader depends on."""

from __future__ import annotations

import gzip
from base64 import b64encode

import pytest
from flac_raster_qgis.engine import FlacRaster, compare, convert, verify
from flac_raster_qgis.engine.errors import InputError
from flac_raster_qgis.engine.format.style import MAX_STYLE, STYLE, stored_style
from kits.independent_reader import read as read_independently
from kits.rasters import write_flac
from mutagen.flac import FLAC

QML = "<!DOCTYPE qgis>\n<qgis version='3.22.16-Białowieża'>" + 500 * "<entry color='#ff0000'/>"


def style_of(path):
    with FlacRaster.open(path) as raster:
        return stored_style(raster.head.tags)


def test_style_is_stored_beside_the_raster_not_in_it(tmp_path):
    plain = write_flac(tmp_path / "plain.flac")
    styled = tmp_path / "styled.flac"
    convert(plain, styled, style=QML, tile_size=16)
    assert style_of(styled) == QML and style_of(plain) == ""
    assert styled.stat().st_size < plain.stat().st_size + 1000, "it is compressed"
    assert compare(plain, styled).identical
    assert verify(styled).valid
    with FlacRaster.open(plain) as one, FlacRaster.open(styled) as other:
        assert one.metadata == other.metadata
        for tag in one.head.tags:
            if tag not in ("TITLE", "GEOSPATIAL_SPATIAL_INDEX", "GEOSPATIAL_CHECKSUM"):
                assert one.head.tags[tag] == other.head.tags[tag]
    again = tmp_path / "again.flac"
    convert(styled, again)
    assert style_of(again) == ""


def test_a_reader_that_knows_nothing_of_it_reads_the_file(tmp_path):
    path = write_flac(tmp_path / "x.flac", style=QML)
    with FlacRaster.open(path) as raster:
        assert (read_independently(path.read_bytes()).levels[0][0] == raster.read()).all()


@pytest.mark.parametrize(
    "value",
    [
        "",
        "%%",
        b64encode(b"no gzip").decode(),
        b64encode(gzip.compress(b"\xff\xfe", mtime=0)).decode(),
        b64encode(gzip.compress(bytes(100 * MAX_STYLE), mtime=0)).decode(),
    ],
)
def test_a_style_that_cannot_be_read_is_none(tmp_path, value):
    path = write_flac(tmp_path / "x.flac", style=QML)
    tags = FLAC(path)
    del tags[STYLE]
    tags[STYLE] = value
    tags.save()
    assert style_of(path) == ""


def test_a_style_of_any_size_is_refused_before_anything_is_written(tmp_path):
    source = write_flac(tmp_path / "x.flac")
    with pytest.raises(InputError, match="at most 1048576 can be stored"):
        convert(source, tmp_path / "y.flac", style="x" * (MAX_STYLE + 1))
    assert not (tmp_path / "y.flac").exists()
