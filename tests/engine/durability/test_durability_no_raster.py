"""Input that is no raster: a clear refusal, and nothing left behind."""

import os

import numpy as np
import pytest
from flac_raster_qgis.engine import convert, info, verify
from flac_raster_qgis.engine.errors import InputError, NotFlacRaster
from kits.durability import refused, unchanged

NAMES = ("in.flac", "in.tif")
FILES = {
    "empty": b"",
    "one-byte": b"f",
    "text": b"Bands 1 to 3 show the valley in spring.\n" * 20,
    "picture": b"\x89PNG\r\n\x1a\n" + bytes(100),
    "zeros": bytes(5000),
}


@pytest.fixture(params=NAMES)
def path(request, tmp_path):
    return tmp_path / request.param


def convert_beside(path):
    return convert(path, path.with_name("out" + {".flac": ".tif", ".tif": ".flac"}[path.suffix]))


def test_missing_file(path):
    with unchanged(path.parent), refused(InputError, path, "does not exist. Check the path"):
        convert_beside(path)


def test_folder(path):
    path.mkdir()
    with unchanged(path.parent), refused(InputError, path, "is a folder; a file was expected"):
        convert_beside(path)


def test_pipe_is_refused_without_waiting_for_a_writer(path):
    os.mkfifo(path)
    with unchanged(path.parent), refused(InputError, path, "not a regular file"):
        convert_beside(path)


def test_name_longer_than_names_can_be(path):
    path = path.with_stem("n" * 300)
    with unchanged(path.parent), refused(InputError, path):
        convert_beside(path)


@pytest.mark.parametrize("kind", FILES)
def test_file_of_another_kind_called_flac(tmp_path, kind):
    path = tmp_path / "in.flac"
    path.write_bytes(FILES[kind])
    for operation in (info, verify, convert_beside):
        with unchanged(tmp_path), refused(NotFlacRaster, path):
            operation(path)


@pytest.mark.parametrize("name", ["scenes.json", "scenes.json.gz"])
def test_collection(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(b"{}")
    with refused(NotFlacRaster, path, "it is a collection", "open one of its rasters instead"):
        verify(path)


@pytest.mark.parametrize("kind", FILES)
def test_file_of_another_kind_called_tif(tmp_path, kind):
    path = tmp_path / "in.tif"
    path.write_bytes(FILES[kind])
    with unchanged(tmp_path), refused(InputError, path):
        convert_beside(path)


def test_music(tmp_path):
    soundfile = pytest.importorskip("soundfile")
    path = tmp_path / "song.flac"
    soundfile.write(path, np.sin(np.arange(4410) / 20), 44100)
    with unchanged(tmp_path), refused(NotFlacRaster, path, "audio file", "not a FLAC raster"):
        convert_beside(path)


def test_flac_raster_with_an_id3_tag_in_front(tmp_path):
    path = tmp_path / "in.flac"
    path.write_bytes(b"ID3\x04\x00\x00\x00\x00\x00\x00" + bytes(100))
    with unchanged(tmp_path), refused(NotFlacRaster, path, "Remove the ID3 tag"):
        info(path)
