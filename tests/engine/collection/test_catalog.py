"""Collections in memory: finding members, and documents that are none."""

import gzip
from dataclasses import replace
from datetime import datetime

import numpy as np
import pytest
from flac_raster_qgis.engine.collection import document as document_module
from flac_raster_qgis.engine.collection.catalog import Collection
from flac_raster_qgis.engine.collection.document import read_document, write_document
from flac_raster_qgis.engine.collection.item_collection import Indexed, item_collection
from flac_raster_qgis.engine.collection.member import Member, MemberBand
from flac_raster_qgis.engine.errors import (
    CorruptFile,
    InputError,
    OutputError,
    UnsupportedVersion,
)
from flac_raster_qgis.engine.model.times import Time, TimeRange
from flac_raster_qgis.engine.rasterio_io.crs import point_transform

SQUARE = {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]]}


def member(number, x=0.0, time=None, crs="EPSG:32632", **described):
    known = {"dtype": "uint8", "bands": (MemberBand(None, None, number, number + 10),)}
    known.update(described)
    return Member(
        f"m{number}",
        f"m{number}.flac",
        10,
        10,
        crs=crs,
        transform=(1.0, 0, x, 0, -1.0, 10.0),
        time=time,
        **known,
    )


def document(members, crs=None):
    indexed = [Indexed(each, SQUARE, [0, 0, 1, 1], datetime(2020, 1, 1)) for each in members]
    return item_collection(indexed, crs, point_transform)


def collection(*members, crs=None):
    return Collection("c.json", document(members, crs))


def test_boxes():
    found = collection(*(member(n, 10.0 * n) for n in range(5)))
    assert found.extent == (0.0, 0.0, 50.0, 10.0)
    assert found.find((15.0, 1.0, 32.0, 2.0)).tolist() == [1, 2, 3]
    assert found.find((10.0, 0.0, 20.0, 5.0)).tolist() == [1], "edges that touch do not count"
    assert found.find((60.0, 0.0, 70.0, 5.0)).tolist() == []
    assert found.find().tolist() == [0, 1, 2, 3, 4]


def test_times():
    times = [
        Time(datetime(2020, 1, 1)),
        Time(datetime(2020, 1, 1), datetime(2020, 2, 1)),
        Time(datetime(2020, 2, 1)),
        None,
    ]
    found = collection(*(member(n, time=time) for n, time in enumerate(times)))

    def at(text):
        return found.find(time=TimeRange.parse(text)).tolist()

    assert at("2020-01") == [0, 1, 3]
    assert at("2020-02") == [2, 3], "the end of an interval is not in it"
    assert at("2020-01-15") == [1, 3]
    assert at("2019") == [3], "what has no time is in every range"
    assert at("all") == [0, 1, 2, 3]
    assert found.times == [times[0], times[1], times[2]]


def test_common_facts():
    found = collection(member(1), member(5), member(3))
    assert found.min_max == ((1, 15),)
    assert (found.dtype, found.count, found.crs) == ("uint8", 1, "EPSG:32632")
    assert found.resolution == 1.0
    assert [found.member(n).id for n in range(3)] == ["m1", "m5", "m3"]


def test_members_of_another_crs():
    west, east = member(0, 500000.0), member(1, 500000.0, crs="EPSG:32633")
    found = collection(west, east, crs="EPSG:32632")
    assert found.bounds[0].tolist() == list(west.bounds)
    to = point_transform("EPSG:32633", "EPSG:32632")
    xs, ys = to(np.array([500000.0, 500010.0] * 2), np.array([0.0, 0.0, 10.0, 10.0]))
    left, bottom, right, top = found.bounds[1]
    assert left <= xs.min() <= left + 4
    assert right - 4 <= xs.max() <= right
    assert bottom <= ys.min() <= bottom + 4
    assert top - 4 <= ys.max() <= top


def test_a_member_without_a_place():
    polar = replace(member(0), crs="EPSG:4326", transform=(1.0, 0, 0, 0, -1.0, 95.0))
    with pytest.raises(InputError, match="no place"):
        document([polar], "EPSG:3857")


@pytest.mark.parametrize("name", ["c.json", "c.json.gz"])
def test_files(tmp_path, name):
    path = tmp_path / name
    write_document(path, document([member(0)]))
    first = path.read_bytes()
    assert (first[:2] == b"\x1f\x8b") is name.endswith(".gz")
    assert read_document(str(path)) == document([member(0)])
    write_document(path, read_document(str(path)))
    assert path.read_bytes() == first


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "collection"),
        (b"{", "collection"),
        (b"[]", "no object"),
        (b"\x1f\x8b\x08\x00nothing", "collection"),
        (b"\xff\xfe", "collection"),
        (b'{"a": NaN}', "NaN"),
    ],
)
def test_no_collection(tmp_path, data, words):
    path = tmp_path / "c.json.gz"
    path.write_bytes(data)
    with pytest.raises(CorruptFile, match=words):
        read_document(str(path))


def test_a_truncated_file(tmp_path):
    path = tmp_path / "c.json.gz"
    write_document(path, document([member(n) for n in range(50)]))
    data = path.read_bytes()
    for end in range(2, len(data), 97):
        path.write_bytes(data[:end])
        with pytest.raises(CorruptFile):
            read_document(str(path))


def test_a_bomb(tmp_path, monkeypatch):
    monkeypatch.setattr(document_module, "MAX_TEXT", 10_000)
    path = tmp_path / "c.json.gz"
    path.write_bytes(gzip.compress(b" " * 10_001))
    with pytest.raises(CorruptFile, match="unpacks"):
        read_document(str(path))


def change(found, **values):
    return {**found, **values}


@pytest.mark.parametrize(
    "values",
    [
        {"flac:crs": "/etc/passwd"},
        {"flac:crs": 7},
        {"flac:data_type": "text"},
        {"flac:bounds": [0, 0, 1]},
        {"flac:bounds": [2, 0, 1, 1]},
        {"flac:resolution": 0},
        {"flac:resolution": "x"},
        {"flac:statistics": [[1]]},
        {"flac:statistics": 5},
        {"features": [7]},
        {"features": [{"properties": {}}]},
    ],
)
def test_damaged_documents(values):
    with pytest.raises(CorruptFile):
        Collection("c.json", change(document([member(0)]), **values))


def test_other_documents():
    with pytest.raises(CorruptFile, match="no collection"):
        Collection("c.json", {"type": "FeatureCollection", "features": []})
    with pytest.raises(UnsupportedVersion, match=r"2\.0"):
        Collection("c.json", change(document([member(0)]), **{"flac:collection": "2.0"}))
    Collection("c.json", change(document([member(0)]), **{"flac:collection": "1.9"}))


def test_where_it_cannot_be_written(tmp_path):
    with pytest.raises(OutputError):
        write_document(tmp_path / "missing" / "c.json", document([member(0)]))
