"""Disks that cannot take the output: the older file of its name stays, and nothing else is left."""

import errno
import os
import signal
from typing import NamedTuple

import pytest
from flac_raster_qgis.engine import (
    ArrayRaster,
    Band,
    RasterMetadata,
    WriteOptions,
    compare,
    convert,
    write_raster,
)
from flac_raster_qgis.engine.errors import OutputError
from kits.durability import contents, mounted, noise, refused, run_apart, unchanged, write_either

resource = pytest.importorskip("resource", reason="Windows does not limit the size of files")

OLD = b"an older file" * 50


class Way(NamedTuple):
    """Names of input and output, and options of the conversion."""

    source: str
    output: str
    options: dict


TO_FLAC = Way("in.tif", "out.flac", {"tile_size": 64})
WAYS = pytest.mark.parametrize(
    "way",
    [
        TO_FLAC,
        Way("in.flac", "out.tif", {}),
        Way("in.flac", "out.tif", {"cog": True}),
    ],
    ids=["to FLAC", "to GeoTIFF", "to COG"],
)


@pytest.fixture
def disk(tmp_path):
    folder = tmp_path / "disk"
    folder.mkdir()
    return folder


@pytest.fixture(scope="module")
def inputs(tmp_path_factory):
    """Incompressible pixels as FLAC and as GeoTIFF."""
    folder = tmp_path_factory.mktemp("inputs")
    for name in ("in.tif", "in.flac"):
        write_either(folder / name, noise(300, 300))
    return folder


def size_of_output(inputs, way):
    result = convert(
        inputs / way.source, inputs / f"whole{way.output}", overwrite=True, **way.options
    )
    return result.output_bytes


@WAYS
@pytest.mark.parametrize("room", [0.02, 0.9])
def test_full_disk(inputs, disk, way, room):
    size = size_of_output(inputs, way)
    with mounted(disk, f"size={int(room * size) // 4096 * 4096 + 4096}"):
        output = disk / way.output
        output.write_bytes(OLD)
        with unchanged(disk), refused(OutputError, output, "Free some space"):
            convert(inputs / way.source, output, overwrite=True, **way.options)


@WAYS
def test_disk_that_has_hardly_any_room_to_spare(inputs, disk, way):
    """Somewhere between too small and large enough, a conversion works wholly or not at all."""
    source, size = inputs / way.source, size_of_output(inputs, way)
    for room in (0.98, 1.0, 1.02, 1.1, 2.1):
        with mounted(disk, f"size={int(room * size) // 4096 * 4096}"):
            output = disk / way.output
            output.write_bytes(OLD)
            try:
                convert(source, output, overwrite=True, **way.options)
            except OutputError:
                assert contents(disk) == {output.name: OLD}
            else:
                assert compare(source, output).pixels_identical, room
                assert list(contents(disk)) == [output.name]


def convert_with_short_files(source, output, limit):
    """Convert where the system lets no file grow longer than ``limit``; needs no privilege."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    convert(source, output, overwrite=True)


@pytest.mark.parametrize("names", [("in.tif", "out.flac"), ("in.flac", "out.tif")])
def test_file_too_large_for_the_system(inputs, tmp_path, names):
    source = inputs / names[0]
    output = tmp_path / names[1]
    output.write_bytes(OLD)
    with unchanged(tmp_path):
        outcome = run_apart(convert_with_short_files, source, output, 50_000)
    assert outcome.error == "OutputError", outcome
    assert str(output) in outcome.text


def test_no_room_for_the_file_beside_a_geotiff(tmp_path, disk):
    """Nodata that differs from band to band goes into a file of its own, which is part of it."""
    bands = tuple(Band(nodata=value) for value in (1, 2))
    raster = ArrayRaster(RasterMetadata(40, 30, "uint16", bands), noise(count=2))
    source = tmp_path / "in.flac"
    write_raster(raster, source, WriteOptions(tile_size=16))
    with mounted(disk, "size=1m", "nr_inodes=2"):  # one for the folder, one for a file
        with unchanged(disk), refused(OutputError, disk / "out.tif", "Free some space"):
            convert(source, disk / "out.tif")
    with mounted(disk, "size=1m"):
        convert(source, disk / "out.tif")
        assert sorted(contents(disk)) == ["out.tif", "out.tif.aux.xml"]


@pytest.mark.parametrize("names", [("in.tif", "out.flac"), ("in.flac", "out.tif")])
def test_disk_fails_when_all_is_written(tmp_path, monkeypatch, names):
    """The disk reports the loss of bytes only when asked to have them for certain."""
    source = write_either(tmp_path / names[0])
    output = tmp_path / names[1]
    output.write_bytes(OLD)
    (tmp_path / "out.tif.aux.xml").write_bytes(b"<PAMDataset/>")

    def fails(_):
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(os, "fsync", fails)
    with unchanged(tmp_path), refused(OutputError, output, "Input/output error"):
        convert(source, output, overwrite=True)


def test_export_of_a_comparison_leaves_the_older_one(tmp_path, disk):
    from flac_raster_qgis.engine.storage.output import atomic_write

    with mounted(disk, "size=16k"):
        output = disk / "result.json"
        output.write_bytes(OLD)
        with unchanged(disk), refused(OutputError, output, "Free some space"):
            with atomic_write(output) as part:
                part.write_bytes(bytes(100_000))


def test_twice_the_size_is_room_enough(inputs, disk):
    """Encoded tiles wait on the disk of the output until the file is put together."""
    source = inputs / "in.tif"
    with mounted(disk, f"size={int(2.2 * size_of_output(inputs, TO_FLAC))}"):
        convert(source, disk / "out.flac", **TO_FLAC.options)
        assert compare(source, disk / "out.flac").pixels_identical
