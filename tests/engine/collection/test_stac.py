"""Members as STAC items: what pystac makes of them, and what comes back."""

import copy
from datetime import datetime, timedelta

import pystac
import pytest
from flac_raster_qgis.engine.collection.member import Member, MemberBand
from flac_raster_qgis.engine.collection.stac import (
    Undescribed,
    asset_of_item,
    item_of_member,
    member_of_item,
    time_of_item,
)
from flac_raster_qgis.engine.model.times import Time
from hypothesis import given
from hypothesis import strategies as st
from pystac.extensions.file import FileExtension
from pystac.extensions.projection import ProjectionExtension

GEOMETRY = {
    "type": "Polygon",
    "coordinates": [[[9.0, 45.0], [10.0, 45.0], [10.0, 46.0], [9.0, 46.0], [9.0, 45.0]]],
}
BBOX = [9.0, 45.0, 10.0, 46.0]
MODIFIED = datetime(2024, 5, 6, 7, 8, 9)
MEMBER = Member(
    "S2A_20200704",
    "2020/S2A_20200704.flac",
    100,
    50,
    "uint16",
    (MemberBand("B04", 0, 1, 900), MemberBand(None, None, None, None)),
    "EPSG:32632",
    (10.0, 0.0, 600000.0, 0.0, -10.0, 5000000.0),
    Time(datetime(2020, 7, 4), datetime(2020, 7, 5)),
    123456,
    7890,
    '"5f0-1e240"',
    "ab" * 32,
)


def item(member=MEMBER):
    return item_of_member(member, GEOMETRY, BBOX, MODIFIED)


def changed(path, value):
    """Return an item with another value at a path of keys."""
    result = copy.deepcopy(item())
    owner = result
    for key in path[:-1]:
        owner = owner[key]
    if value is None:
        del owner[path[-1]]
    else:
        owner[path[-1]] = value
    return result


def test_pystac_reads_what_it_needs():
    read = pystac.Item.from_dict(item())
    assert (read.id, read.bbox) == ("S2A_20200704", BBOX)
    assert read.datetime is None
    assert read.common_metadata.start_datetime.isoformat() == "2020-07-04T00:00:00+00:00"
    assert read.common_metadata.end_datetime.isoformat() == "2020-07-04T23:59:59.999999+00:00"
    projection = ProjectionExtension.ext(read)
    assert (projection.code, projection.shape) == ("EPSG:32632", [50, 100])
    assert projection.transform == [10.0, 0.0, 600000.0, 0.0, -10.0, 5000000.0]
    asset = read.assets["data"]
    assert (asset.href, asset.media_type) == ("2020/S2A_20200704.flac", "audio/flac")
    file = FileExtension.ext(asset)
    assert (file.size, file.checksum) == (123456, "1220" + "ab" * 32)
    read.stac_extensions = []  # their schemas are on a server; that of STAC is part of pystac
    assert read.validate()


finite = st.floats(-1e9, 1e9).filter(lambda value: abs(value) > 1e-9)
numbers = st.one_of(st.none(), st.integers(-(2**63), 2**64 - 1), st.floats(allow_nan=False))
instants = st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30))
times = st.one_of(
    st.none(),
    instants.map(Time),
    st.tuples(instants, st.timedeltas(timedelta(microseconds=2), timedelta(days=1))).map(
        lambda pair: Time(pair[0], pair[0] + pair[1])
    ),
)
texts = st.text(st.characters(codec="utf-8"), min_size=1, max_size=20)
bands = st.lists(
    st.tuples(
        st.one_of(st.none(), texts), numbers, st.one_of(st.none(), st.tuples(numbers, numbers))
    ).map(lambda b: MemberBand(b[0], b[1], *(b[2] if b[2] and None not in b[2] else (None, None)))),
    min_size=1,
    max_size=4,
)


@given(
    st.builds(
        Member,
        texts,
        texts.map("{}.flac".format),
        st.integers(1, 2**31),
        st.integers(1, 2**31),
        st.sampled_from(["uint8", "int64", "float16", "float32", "complex64", "complex128"]),
        bands.map(tuple),
        st.sampled_from(["EPSG:4326", "EPSG:32632", "ESRI:54009"]),
        st.tuples(finite, st.just(0.0), finite, st.just(0.0), finite, finite),
        times,
        st.one_of(st.none(), st.integers(0, 2**62)),
        st.one_of(st.none(), st.integers(0, 2**40)),
        st.one_of(st.none(), texts),
        st.one_of(st.none(), st.just("0f" * 32)),
    )
)
def test_members_come_back(member):
    found = item(member)
    pystac.Item.from_dict(found)
    assert member_of_item(found) == member


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("properties", "proj:transform"), None),
        (("properties", "proj:shape"), None),
        (("properties", "proj:code"), None),
        (("assets", "data", "bands"), None),
        (("assets", "data", "data_type"), None),
    ],
)
def test_what_the_header_has_to_say(path, value):
    with pytest.raises(Undescribed):
        member_of_item(changed(path, value))


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        (("properties", "proj:transform"), [0, 0, 1, 0, 0, 1], "singular"),
        (("properties", "proj:transform"), [1, 0, "1", 0, 1, 1], "proj:transform"),
        (("properties", "proj:transform"), [1e999, 0, 1, 0, 1, 1], "proj:transform"),
        (("properties", "proj:shape"), [0, 4], "proj:shape"),
        (("properties", "proj:shape"), [2**40, 4], "proj:shape"),
        (("properties", "proj:code"), "/etc/passwd", "CRS"),
        (("properties", "start_datetime"), "soon", "soon"),
        (("assets", "data", "href"), 7, "no asset"),
        (("assets", "data", "data_type"), "text", "data_type"),
        (("assets", "data", "bands"), [7], "bands"),
        (("assets",), [], "assets"),
        (("id",), 7, "id"),
    ],
)
def test_what_is_not_valid(path, value, words):
    with pytest.raises(ValueError, match=words):
        member_of_item(changed(path, value))


def test_items_of_others():
    """An item as catalogs of satellites have them: EPSG as a number, statistics unknown."""
    other = changed(("properties", "proj:code"), None)
    other["properties"]["proj:epsg"] = 32632
    other["assets"] = {
        "thumbnail": {"href": "a.png", "type": "image/png"},
        "B04": {"href": "a.flac", "data_type": "uint16", "bands": [{"name": "red"}]},
    }
    member = member_of_item(other)
    assert (member.crs, member.bands) == ("EPSG:32632", (MemberBand("red"),))
    assert asset_of_item(other)["href"] == "a.flac"
    assert (member.file_bytes, member.header_bytes, member.version) == (None, None, None)


def test_an_instant_is_no_interval():
    one = changed(("properties",), {"datetime": "2020-07-04T10:20:30.5Z"})
    assert time_of_item(one) == Time(datetime(2020, 7, 4, 10, 20, 30, 500000))
