"""What goes wrong midway: folder or source vanish, or the source fails; the error says which."""

import os
import shutil

import pytest
from flac_raster_qgis.engine import WriteOptions, compare, convert, extract, write_raster
from flac_raster_qgis.engine.errors import (
    CorruptFile,
    FlacRasterError,
    InputError,
    OutputError,
    UnsupportedRaster,
)
from flac_raster_qgis.engine.job import Job
from kits.durability import contents, noise, refused, unchanged, write_either, write_flac
from kits.rasters import array_raster

BOTH_WAYS = pytest.mark.parametrize("names", [("in.tif", "out.flac"), ("in.flac", "out.tif")])


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    return folder


@BOTH_WAYS
def test_output_folder_removed(tmp_path, folder, names):
    source = write_either(tmp_path / names[0])
    before = contents(tmp_path)
    with refused(OutputError, folder / names[1], "Check the folder"):
        convert(source, folder / names[1], job=Job(lambda *_: shutil.rmtree(folder, True)))
    assert contents(tmp_path) == {k: v for k, v in before.items() if k != "folder"}


@BOTH_WAYS
def test_output_folder_renamed(tmp_path, folder, names):
    source = write_either(tmp_path / names[0])
    (folder / names[1]).write_bytes(b"old")

    def rename(done, total):
        if folder.exists():
            folder.rename(tmp_path / "elsewhere")

    with refused(OutputError, folder / names[1]):
        convert(source, folder / names[1], overwrite=True, job=Job(rename))
    assert (tmp_path / "elsewhere" / names[1]).read_bytes() == b"old"


@BOTH_WAYS
def test_output_becomes_a_folder(tmp_path, folder, names):
    source = write_either(tmp_path / names[0])
    with refused(OutputError, folder / names[1]):
        convert(
            source, folder / names[1], job=Job(lambda *_: (folder / names[1]).mkdir(exist_ok=True))
        )
    assert contents(folder) == {names[1]: "no file"}


@pytest.mark.parametrize(
    ("operation", "names"),
    [
        (convert, ("in.tif", "out.flac")),
        (convert, ("in.flac", "out.tif")),
        (extract, ("in.flac", "out.tif")),
    ],
)
def test_output_folder_removed_when_all_is_done(tmp_path, folder, monkeypatch, operation, names):
    """The new file has taken its place, and is gone before anybody could look at it."""
    source, output = write_either(tmp_path / names[0]), folder / names[1]
    move = os.replace

    def move_and_remove(part, path):
        move(part, path)
        shutil.rmtree(folder)

    monkeypatch.setattr(os, "replace", move_and_remove)
    with refused(OutputError, output, "written whole", "moved or deleted"):
        operation(source, output)
    assert not folder.exists()


class FailingRaster:
    """A raster whose second block cannot be read."""

    def __init__(self, error):
        whole = array_raster(noise(100, 100))
        self.name, self.metadata, self._whole = "failing", whole.metadata, whole
        self._error, self._reads = error, 0

    def read_window(self, window):
        self._reads += 1
        if self._reads > 1:
            raise self._error
        return self._whole.read_window(window)


@pytest.mark.parametrize(
    "error",
    [
        InputError("input.missing", "a.tif"),
        CorruptFile("header.checksum", "a.flac"),
        UnsupportedRaster("raster.band_masks", "a.tif"),
    ],
)
@pytest.mark.parametrize("workers", [1, 2])
def test_source_that_fails(folder, workers, error):
    output = folder / "out.flac"
    output.write_bytes(b"old")
    with unchanged(folder), pytest.raises(type(error)) as caught:
        write_raster(FailingRaster(error), output, WriteOptions(tile_size=16, workers=workers))
    assert caught.value is error


@pytest.mark.parametrize("error", [KeyError("bug"), MemoryError(), KeyboardInterrupt()])
def test_source_with_a_bug(folder, error):
    """An error that the engine does not know passes through, and nothing is left either."""
    with unchanged(folder), pytest.raises(type(error)):
        write_raster(FailingRaster(error), folder / "out.flac", WriteOptions(tile_size=16))


def test_source_that_fails_like_a_disk(folder):
    """It was the input, so the message must not send the user to look at the output."""
    with unchanged(folder), pytest.raises((FlacRasterError, OSError)) as caught:
        write_raster(
            FailingRaster(OSError(5, "Input/output error")),
            folder / "out.flac",
            WriteOptions(tile_size=16),
        )
    assert not isinstance(caught.value, OutputError)


def test_damaged_tile_in_the_middle(tmp_path, folder):
    source = write_flac(tmp_path / "in.flac", noise(100, 100))
    data = bytearray(source.read_bytes())
    data[-5] ^= 0xFF
    source.write_bytes(data)
    for name in ("out.tif", "out.flac"):
        (folder / name).write_bytes(b"old")
        with unchanged(folder), pytest.raises(CorruptFile, match="level 0, row 6, column 6"):
            convert(source, folder / name, overwrite=True)
    with unchanged(tmp_path), pytest.raises(CorruptFile, match="level 0, row 6, column 6"):
        compare(source, source)


def test_progress_that_fails(tmp_path, folder):
    """A caller's own error passes through, and nothing is left."""
    source = write_flac(tmp_path / "in.flac")

    def fail(done, total):
        raise ZeroDivisionError

    for name in ("out.tif", "out.flac"):
        with unchanged(folder), pytest.raises(ZeroDivisionError):
            convert(source, folder / name, job=Job(fail))
