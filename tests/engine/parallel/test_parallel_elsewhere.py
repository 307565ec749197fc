"""Workers that open the raster themselves: who reads what, what changes, what is refused."""

import os

import pytest
from flac_raster_qgis.engine import FlacRaster, WriteOptions, convert, write_raster
from flac_raster_qgis.engine.errors import InputError, WorkerError
from flac_raster_qgis.engine.job import Job
from flac_raster_qgis.engine.model.grid import Grid
from flac_raster_qgis.engine.parallel import raster_reference
from flac_raster_qgis.engine.rasterio_io.reader import RasterioRaster
from flac_raster_qgis.engine.writing import pyramid
from kits.parallel import (
    OPTIONS,
    Elsewhere,
    SpecialRaster,
    array_raster,
    expected_bytes,
    names,
    noise,
    note_process,
    write_tif,
)


def test_other_processes_read_and_this_one_does_not(tmp_path, processes):
    (tmp_path / "read").mkdir()
    source = SpecialRaster(tmp_path / "read", note_process)
    write_raster(source, tmp_path / "y.flac", OPTIONS, executor=processes)
    assert str(os.getpid()) not in names(tmp_path / "read")
    assert len(names(tmp_path / "read")) in (1, 2)
    assert (tmp_path / "y.flac").read_bytes() == expected_bytes(tmp_path)


def test_a_raster_without_a_name_is_sent(tmp_path, processes):
    assert raster_reference.reference_for(array_raster(noise())) is None
    write_raster(array_raster(noise()), tmp_path / "y.flac", OPTIONS, executor=processes)
    assert (tmp_path / "y.flac").read_bytes() == expected_bytes(tmp_path)


def test_tiles_under_way_are_bounded(tmp_path):
    with Elsewhere(1) as executor:
        options = WriteOptions(tile_size=16, workers=1)
        write_raster(array_raster(noise()), tmp_path / "y.flac", options, executor=executor)
        assert executor.most_unfinished <= 4


def test_a_relative_name_is_made_absolute(tmp_path, monkeypatch):
    write_tif(tmp_path / "a.tif")
    monkeypatch.chdir(tmp_path)
    raster = RasterioRaster("a.tif")
    assert raster.reference().name == str(tmp_path / "a.tif")
    raster.close()
    convert("a.tif", "a.flac")
    with FlacRaster.open("a.flac") as flac:
        assert flac.reference().name == str(tmp_path / "a.flac")


def test_a_raster_stays_open_until_another_or_a_newer_one_is_read(tmp_path, monkeypatch):
    opened = []

    def count(name):
        opened.append(name)
        return RasterioRaster(name)

    def read(path):
        ref = raster_reference.RasterReference.to(count, str(path))
        return raster_reference.RasterWindow(ref, (0, 0, 5, 5)).read()[0]

    a, b = write_tif(tmp_path / "a.tif"), write_tif(tmp_path / "b.tif")
    for path in (a, a, b, b, a):
        read(path)
    assert opened == [str(a), str(b), str(a)]
    os.remove(a)
    write_tif(a, noise() + 1)
    assert (read(a) == noise()[:, :5, :5] + 1).all()
    raster_reference._opened_here.close()


@pytest.mark.parametrize("executor", [None, "elsewhere"])
@pytest.mark.parametrize("suffixes", [(".tif", ".flac"), (".flac", ".tif")])
def test_a_raster_that_changes_meanwhile_is_refused(tmp_path, executor, suffixes):
    source, output = tmp_path / f"in{suffixes[0]}", tmp_path / "out" / f"out{suffixes[1]}"
    output.parent.mkdir()
    write_tif(tmp_path / "in.tif", noise(1100, 1100))
    convert(tmp_path / "in.tif", tmp_path / "in.flac", tile_size=64)

    def touch(done, total):
        os.utime(source, (done, done))

    with Elsewhere(2) as workers, pytest.raises(InputError, match="changed while it was being"):
        convert(source, output, job=Job(touch), executor=executor and workers, workers=2)
    assert names(output.parent) == []


def test_a_worker_that_does_not_see_the_file_says_where_it_is(tmp_path, monkeypatch):
    source = write_tif(tmp_path / "a.tif")
    raster = RasterioRaster(str(source))
    source.rename(tmp_path / "b.tif")
    with Elsewhere(1) as executor, pytest.raises(WorkerError) as caught:
        write_raster(raster, tmp_path / "y.flac", OPTIONS, executor=executor)
    raster.close()
    assert str(caught.value).startswith("A worker on ") and "does not exist" in str(caught.value)
    assert names(tmp_path) == ["b.tif"]


def test_a_worker_of_another_version_is_refused(tmp_path, monkeypatch):
    encoding = pyramid.EncodingSpec(
        Grid(1, 1, 16, 1), (None,), "fast", None, "average", version="0.0.1"
    )
    with pytest.raises(WorkerError, match="version 0.0.1 was expected. Install the same"):
        pyramid.encode_block(encoding, None, None)
