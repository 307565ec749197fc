"""What stock FLAC tools, which know nothing of rasters, make of a file and of its tiles."""

import io
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("soundfile", reason="soundfile is not installed")

import soundfile
from flac_raster_qgis.engine import (
    ArrayRaster,
    Band,
    FlacRaster,
    RasterMetadata,
    WriteOptions,
    flac,
    write_raster,
)
from flac_raster_qgis.engine.flac.stream import parse_head
from kits import independent_reader
from kits.format_vectors import png
from mutagen.flac import FLAC, Picture


def needs(tool):
    return pytest.mark.skipif(not shutil.which(tool), reason=f"{tool} is not installed")


needs_flac, needs_metaflac = needs("flac"), needs("metaflac")


DTYPES = ["uint8", "int8", "int16", "float16", "int32", "float32", "uint64", "complex128"]


@pytest.fixture(scope="module", params=DTYPES)
def raster_path(request, tmp_path_factory):
    return write(tmp_path_factory.mktemp("stock") / f"{request.param}.flac", request.param)


@pytest.fixture
def path(tmp_path):
    return write(tmp_path / "raster.flac", "int16")


def write(path, dtype):
    """Write several levels of several tiles: hills, noise, constant parts, nodata, a mask."""
    y, x = np.mgrid[:83, :101]
    band = 60 + 50 * np.sin(x / 20) * np.cos(y / 15)
    band[:40, :40] += np.random.default_rng(1).normal(0, 5, (40, 40))
    band[40:, 70:] = 3
    band[:40, 60:] = 9
    array = np.stack([band, 127 - band]).astype(dtype)
    array[:, :40, 60:] = 9
    metadata = RasterMetadata(101, 83, dtype, (Band(nodata=9), Band(nodata=9)), has_mask=True)
    source = ArrayRaster(metadata, array, np.hypot(x - 50, y) < 90)
    write_raster(source, path, WriteOptions(tile_size=32, title="Hills", workers=2))
    return path


def tiles(path):
    data = Path(path).read_bytes()
    found = independent_reader.read(data).tiles
    assert any(size == 0 for _, _, size in found)
    return [data[offset : offset + size] for _, offset, size in found if size]


def run(*command, **more):
    return subprocess.run([*map(str, command)], capture_output=True, **more)


# ---------------------------------------------------------------- tiles that were cut out


@needs_flac
def test_flac_accepts_every_tile(raster_path, tmp_path):
    for number, data in enumerate(tiles(raster_path)):
        path = tmp_path / f"tile-{number}.flac"
        path.write_bytes(data)
        result = run("flac", "--test", "--warnings-as-errors", path)
        assert result.returncode == 0, result.stderr


@needs_flac
def test_decoders_agree_on_every_sample(raster_path):
    for data in tiles(raster_path):
        info = parse_head(data).info
        samples = flac.decode(data, info)
        by_soundfile, rate = soundfile.read(io.BytesIO(data), dtype="int16")
        assert rate == info.sample_rate
        if info.bits_per_sample == 8:
            by_soundfile = by_soundfile >> 8
        assert np.array_equal(by_soundfile, samples)
        command = "flac --decode --silent --force-raw-format --endian=little --sign=signed -c -"
        raw = run(*command.split(), input=data)
        assert raw.returncode == 0, raw.stderr
        assert raw.stdout == samples.astype(f"<i{samples.itemsize}").tobytes()


# ---------------------------------------------------------------- the whole file


def test_soundfile_opens_the_first_tile(raster_path):
    first = tiles(raster_path)[0]
    whole, _ = soundfile.read(raster_path, dtype="int16")
    alone, _ = soundfile.read(io.BytesIO(first), dtype="int16")
    assert np.array_equal(whole, alone)
    assert soundfile.info(raster_path).channels == 1


@needs_metaflac
def test_metaflac_lists_tags_and_header(raster_path):
    result = run("metaflac", "--list", raster_path)
    assert result.returncode == 0, result.stderr
    for text in (b"GEOSPATIAL_VERSION=1.0", b"TITLE=Hills", b"application ID: 66727374"):
        assert text in result.stdout


@needs_flac
def test_flac_tests_the_first_tile_then_loses_sync(path):
    result = run("flac", "--test", path)
    assert result.returncode != 0
    assert b"LOST_SYNC" in result.stderr


@needs_flac
def test_raster_of_one_tile_is_an_ordinary_flac_file(tmp_path):
    path = tmp_path / "small.flac"
    array = np.arange(600, dtype=np.uint16).reshape(1, 20, 30)
    metadata = RasterMetadata(30, 20, "uint16", (Band(),))
    write_raster(ArrayRaster(metadata, array), path, WriteOptions(tile_size=32))
    result = run("flac", "--test", path)
    assert result.returncode == 0, result.stderr


# ---------------------------------------------------------------- rewritten tags


def longer(path):
    file = FLAC(path)
    file["COMMENT"] = "x" * 200_000
    picture = Picture()
    picture.type, picture.mime, picture.data = 3, "image/png", png() + bytes(50_000)
    file.add_picture(picture)
    file.save()


def shorter(path):
    file = FLAC(path)
    for key in ("title", "description", "encoder"):
        del file[key]
    file.tags.vendor = ""
    file.save(padding=lambda info: 0)


def longer_then_shorter(path):
    longer(path)
    file = FLAC(path)
    file.clear_pictures()
    del file["comment"]
    file.save(padding=lambda info: 0)


def by_metaflac(path):
    (path.parent / "long.txt").write_text("y" * 200_000)
    (path.parent / "cover.png").write_bytes(png())
    for option in (
        f"--set-tag-from-file=COMMENT={path.parent / 'long.txt'}",
        f"--import-picture-from={path.parent / 'cover.png'}",
        "--remove-tag=TITLE",
    ):
        result = run("metaflac", option, path)
        assert result.returncode == 0, result.stderr


def test_mutagen_shows_the_tags(path):
    file = FLAC(path)
    assert file["title"] == ["Hills"]
    assert file["geospatial_version"] == ["1.0"]
    assert file["geospatial_width"] == ["101"]


@pytest.mark.parametrize(
    "rewrite",
    [longer, shorter, longer_then_shorter, pytest.param(by_metaflac, marks=needs_metaflac)],
)
def test_every_tile_is_found_after_tags_were_rewritten(path, rewrite):
    right = independent_reader.read(path.read_bytes())
    size, others = path.stat().st_size, tiles(path)[1:]
    rewrite(path)
    assert path.stat().st_size != size
    found = independent_reader.read(path.read_bytes())
    assert tiles(path)[1:] == others
    assert found.metadata == right.metadata
    with FlacRaster.open(path) as raster:
        for n, (pixels, mask) in enumerate(found.levels):
            by_engine, engine_mask = raster.read_masked(level=n)
            assert pixels.tobytes() == by_engine.tobytes() == right.levels[n][0].tobytes()
            assert (mask == engine_mask).all()
    if shutil.which("flac"):
        first = path.parent / "first.flac"
        first.write_bytes(tiles(path)[0])
        assert run("flac", "--test", "--silent", first).returncode == 0
