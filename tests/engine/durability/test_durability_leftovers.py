"""Unfinished files of killed processes: taken away by the next run, and by nobody too early."""

import os
import time

import pytest
from durability_kit import contents, start_apart, write_flac, write_tif
from flac_raster_qgis.engine import convert
from flac_raster_qgis.engine.output import replacing

fcntl = pytest.importorskip("fcntl", reason="there are no locks to tell by")


def age(path, seconds=3600):
    os.utime(path, (time.time() - seconds,) * 2)


@pytest.fixture
def source(tmp_path):
    return write_tif(tmp_path / "in.tif")


def leave(folder, *names):
    for name in names:
        (folder / name).write_bytes(b"unfinished")
        age(folder / name)


def test_leftovers_of_the_same_name_are_taken_away(source, tmp_path):
    folder = tmp_path / "out"
    folder.mkdir()
    own = [".x.abcd1234.part.flac", ".x.zyxw_987.part.flac"]
    others = [".y.abcd1234.part.flac", ".x.efgh5678.part.tif", ".x.abc.part.flac", "x.part.flac"]
    leave(folder, *own, *others)
    convert(source, folder / "x.flac")
    assert set(contents(folder)) == {"x.flac", *others}


def test_with_what_gdal_made_beside_them(tmp_path):
    folder = tmp_path / "out"
    folder.mkdir()
    flac = write_flac(tmp_path / "in.flac")
    leave(folder, ".x.abcd1234.part.tif", ".x.abcd1234.part.tif.aux.xml")
    leave(folder, ".x.abcd1234.part.plain.tif")
    convert(flac, folder / "x.tif")
    assert set(contents(folder)) == {"x.tif"}


def test_a_file_of_a_moment_ago_is_let_be(source, tmp_path):
    (tmp_path / ".x.abcd1234.part.flac").write_bytes(b"begun just now")
    convert(source, tmp_path / "x.flac")
    assert ".x.abcd1234.part.flac" in contents(tmp_path)


def hold(path):
    with replacing(path) as part:
        age(part)
        path.with_suffix(".ready").touch()
        time.sleep(60)


def test_a_file_that_somebody_is_at_work_on_is_let_be_until_he_is_killed(source, tmp_path):
    output = tmp_path / "x.flac"
    process = start_apart(hold, output)
    while not output.with_suffix(".ready").exists():
        assert process.is_alive()
        time.sleep(0.01)
    convert(source, output)
    (part,) = tmp_path.glob(".x.*.part.flac")
    process.kill()
    process.join()
    convert(source, output, overwrite=True)
    assert not part.exists() and output.exists()
