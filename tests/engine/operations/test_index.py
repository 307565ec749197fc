"""Indexing: what is in a collection, what is left out, and what an update reads."""

import json
import os
import shutil

import numpy as np
import pytest
from flac_raster_qgis.engine import FlacRaster, index
from flac_raster_qgis.engine.collection.catalog import Collection
from flac_raster_qgis.engine.collection.document import read_document
from flac_raster_qgis.engine.errors import Cancelled, InputError, OutputExists
from flac_raster_qgis.engine.job import Job
from flac_raster_qgis.engine.operations import index as index_function
from kits.collections import scene
from kits.rasters import write_flac


def collection(path):
    return Collection(str(path), read_document(str(path)))


def ids(path):
    found = collection(path)
    return [found.member(n).id for n in range(len(found))]


@pytest.fixture
def scenes(tmp_path):
    for n in range(4):
        scene(tmp_path / "in" / f"s_2020-0{n + 1}.flac", 600_000 + 640 * n, seed=n)
    return tmp_path / "in"


@pytest.fixture
def opened(monkeypatch):
    """Count the files that are opened."""
    names = []
    real = FlacRaster.open.__func__

    def count(cls, source, **options):
        names.append(os.path.basename(str(source)))
        return real(cls, source, **options)

    monkeypatch.setattr(FlacRaster, "open", classmethod(count))
    return names


def test_what_a_collection_says(scenes, tmp_path):
    result = index([scenes], tmp_path / "c.json.gz")
    assert (result.members, result.added, result.broken) == (4, 4, ())
    assert result.output_bytes == (tmp_path / "c.json.gz").stat().st_size
    found = collection(tmp_path / "c.json.gz")
    member = found.member(3)
    with FlacRaster.open(scenes / "s_2020-01.flac") as raster:
        assert member.file_bytes == raster.source.size
        assert member.header_bytes == raster.head.index.frames_start
        assert [(b.minimum, b.maximum) for b in member.bands] == [
            tuple(raster.min_max(1)),
            tuple(raster.min_max(2)),
        ]
        assert [b.description for b in member.bands] == ["B04", "B08"]
        assert (member.transform, member.crs) == (raster.metadata.transform, raster.metadata.crs)
    assert member.href == "in/s_2020-01.flac"
    assert str(member.time) == "2020-01"
    json.dumps(result.to_dict(), allow_nan=False)


def test_order(scenes, tmp_path):
    scene(scenes / "fine.flac", pixel=5.0)
    orders = {
        "time-": ["s_2020-04", "s_2020-03", "s_2020-02", "s_2020-01", "fine"],
        "time": ["fine", "s_2020-01", "s_2020-02", "s_2020-03", "s_2020-04"],
        "id": ["fine", "s_2020-01", "s_2020-02", "s_2020-03", "s_2020-04"],
        "resolution": ["fine", "s_2020-01", "s_2020-02", "s_2020-03", "s_2020-04"],
        "resolution-": ["s_2020-01", "s_2020-02", "s_2020-03", "s_2020-04", "fine"],
    }
    for sort, order in orders.items():
        index([scenes], tmp_path / "c.json", sort=sort, overwrite=True)
        assert ids(tmp_path / "c.json") == order, sort
    with pytest.raises(InputError, match="colour"):
        index([scenes], tmp_path / "c.json", sort="colour", overwrite=True)


def test_sources(scenes, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "list.txt").write_text("in/s_2020-01.flac\n# not this one\nin/s_2020-02.flac\n")
    for sources, count in (
        (["in"], 4),
        (["in/s_2020-0[12].flac"], 2),
        (["in/*.flac", "in"], 4),
        (["list.txt"], 2),
        (["in/s_2020-01.flac", "list.txt"], 2),
        (["in/s_2020-01.flac", str(scenes / "s_2020-01.flac")], 1),
    ):
        assert index(sources, "c.json", overwrite=True).members == count, sources
    for source in ("empty/*.flac", "missing.txt"):
        with pytest.raises(InputError, match=source.partition("/")[0]):
            index([source], "c.json", overwrite=True)


def test_names_that_a_url_has_to_quote(tmp_path):
    for name in ("with space 100%.flac", "a:b.flac" if os.name != "nt" else "ab.flac", "ä#?.flac"):
        scene(tmp_path / name if os.name != "nt" else tmp_path / name.replace("?", ""))
    index([tmp_path], tmp_path / "c.json")
    found = collection(tmp_path / "c.json")
    from kits.collections import opened as members_of

    members = members_of(tmp_path / "c.json")
    assert len(found) == 3
    assert all(members.open(n) is not None for n in range(3))
    again = index([tmp_path], tmp_path / "c.json", update=True)
    assert (again.unchanged, again.added) == (3, 0)


def test_a_collection_moves_with_its_rasters(scenes, tmp_path):
    index([scenes], tmp_path / "in" / "c.json")
    shutil.move(scenes, tmp_path / "elsewhere")
    from kits.collections import opened as members_of

    members = members_of(tmp_path / "elsewhere" / "c.json")
    assert all(members.open(n) is not None for n in range(4))


def test_the_same_name_in_several_folders(tmp_path):
    for folder in ("a/2020", "a/2021", "b/2020"):
        scene(tmp_path / folder / "B04.flac")
    scene(tmp_path / "other.flac")
    index([tmp_path], tmp_path / "c.json", sort="id")
    assert ids(tmp_path / "c.json") == ["2021/B04", "a/2020/B04", "b/2020/B04", "other"]


def test_an_update_reads_only_what_is_new(scenes, tmp_path, opened):
    target = tmp_path / "c.json.gz"
    index([scenes], target)
    first = target.read_bytes()
    opened.clear()
    result = index([scenes], target, update=True)
    assert (result.unchanged, result.added, result.updated, result.removed) == (4, 0, 0, 0)
    assert opened == []
    assert target.read_bytes() == first
    scene(scenes / "s_2020-05.flac")
    scene(scenes / "s_2020-02.flac", seed=77)
    (scenes / "s_2020-01.flac").unlink()
    result = index([scenes], target, update=True)
    assert (result.unchanged, result.added, result.updated, result.removed) == (3, 1, 1, 0)
    assert sorted(opened) == ["s_2020-02.flac", "s_2020-05.flac"]
    assert len(ids(target)) == 5, "without prune, what is gone is kept"
    result = index([scenes], target, update=True, prune=True)
    assert (result.members, result.removed) == (4, 1)
    anew = tmp_path / "anew.json.gz"
    index([scenes], anew)
    assert read_document(str(anew)) == read_document(str(target))


def test_only_some_are_updated(scenes, tmp_path):
    target = tmp_path / "c.json"
    index([scenes / "s_2020-01.flac"], target)
    result = index([scenes / "s_2020-02.flac"], target, update=True)
    assert (result.members, result.added) == (2, 1)


def test_broken_rasters_are_left_out_and_named(scenes, tmp_path):
    (scenes / "text.flac").write_text("no raster")
    data = (scenes / "s_2020-02.flac").read_bytes()
    (scenes / "s_2020-02.flac").write_bytes(data[:500])
    write_flac(scenes / "nowhere.flac", np.ones((2, 9, 9), "uint16"))
    result = index([scenes, tmp_path / "missing.flac"], tmp_path / "c.json")
    assert result.members == 3
    names = {os.path.basename(each.name) for each in result.broken}
    assert names == {"text.flac", "s_2020-02.flac", "nowhere.flac", "missing.flac"}
    assert "lies nowhere" in str(next(e.error for e in result.broken if "nowhere" in e.name))


def test_a_member_that_breaks_is_removed_by_an_update(scenes, tmp_path):
    index([scenes], tmp_path / "c.json")
    (scenes / "s_2020-02.flac").write_bytes(b"fLaC")
    result = index([scenes], tmp_path / "c.json", update=True)
    assert (result.members, len(result.broken), result.removed) == (3, 1, 1)


@pytest.mark.parametrize("array", [np.ones((3, 20, 20), "uint16"), np.ones((2, 20, 20), "int16")])
def test_rasters_of_another_kind(scenes, tmp_path, array):
    write_flac(scenes / "z_other.flac", array, crs="EPSG:32632", transform=(10, 0, 0, 0, -10, 0))
    with pytest.raises(InputError, match=r"z_other\.flac"):
        index([scenes], tmp_path / "c.json")
    assert not (tmp_path / "c.json").exists()


def test_outputs(scenes, tmp_path):
    index([scenes], tmp_path / "c.json")
    with pytest.raises(OutputExists):
        index([scenes], tmp_path / "c.json")
    for name in ("c.tif", "c", "c.gz"):
        with pytest.raises(InputError, match="json"):
            index([scenes], tmp_path / name)
    with pytest.raises(InputError, match="empty"):
        (tmp_path / "x.flac").write_text("")
        index([tmp_path / "x.flac"], tmp_path / "d.json")


def test_cancel_writes_nothing(scenes, tmp_path):
    calls = []

    def is_cancelled():
        calls.append(1)
        return len(calls) > 3

    with pytest.raises(Cancelled):
        index([scenes], tmp_path / "c.json", job=Job(is_cancelled=is_cancelled))
    assert sorted(os.listdir(tmp_path)) == ["in"]


def test_progress(scenes, tmp_path):
    seen = []
    index([scenes], tmp_path / "c.json", job=Job(lambda *step: seen.append(step)))
    assert seen == [(1, 4), (2, 4), (3, 4), (4, 4)]


def test_public_name():
    assert index is index_function
