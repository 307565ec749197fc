"""Query: tiles, bytes and requests of an area, known from the head of the file alone."""

import json

import pytest
from flac_raster_qgis.engine import Area, FlacRaster, query
from flac_raster_qgis.engine.errors import InputError
from flac_raster_qgis.engine.storage.byte_source import FIRST_READ
from flac_raster_qgis.engine.storage.local_file import LocalFile
from kits.area import noise, write_flac

PLACE = {"crs": "EPSG:32633", "transform": (10.0, 0.0, 500_000.0, 0.0, -10.0, 5_000_000.0)}


@pytest.fixture(scope="module")
def flac(tmp_path_factory):
    """Noise of 400 × 300 pixels with 3 bands: tiles of 64, each of one band."""
    path = tmp_path_factory.mktemp("query") / "x.flac"
    return write_flac(path, noise(3, 300, 400), tile_size=64, interleave="band", **PLACE)


def test_the_tiles_of_a_bbox(flac):
    found = query(flac, Area((500_600, 4_999_300, 501_300, 4_999_990)), bands=[3, 1])
    assert found.window == (60, 1, 70, 69) and found.bands == (3, 1)
    assert (found.level, found.levels, found.crs) == (0, 4, "EPSG:32633")
    keys = [tile.key for tile in found.tiles]
    assert [(k.row, k.column, k.band) for k in keys] == [
        (row, column, band) for row in (0, 1) for column in (0, 1, 2) for band in (0, 2)
    ]
    with FlacRaster.open(flac) as raster:
        plan = raster.plan(found.window, 0, [3, 1])
    assert keys == list(plan.keys)
    assert [(tile.offset, tile.size) for tile in found.tiles] == list(plan.stored.ranges)
    assert (
        found.tile_bytes == plan.tile_bytes
        and found.file_fraction == plan.tile_bytes / flac.stat().st_size
    )
    assert [tile.number for tile in found.tiles] == [0, 0, 1, 1, 2, 2, 7, 7, 8, 8, 9, 9]
    assert {tile.bands for tile in found.tiles} == {(1,), (3,)}


def test_ranges_hold_the_bytes_of_the_tiles_and_no_others(flac):
    found = query(flac, Area(tile="center"))
    assert len(found.ranges) == 1  # three bands, one after the other
    data = flac.read_bytes()
    (offset, size) = found.ranges[0]
    assert data[offset : offset + 4] == b"fLaC"
    assert size == found.tile_bytes == sum(tile.size for tile in found.tiles)
    apart = query(flac, Area(tile="center"), bands=[1, 3])
    assert len(apart.ranges) == 2 and len(apart.requests) == 1
    assert apart.request_bytes > apart.tile_bytes


def test_coarser_levels(flac):
    whole = query(flac, level=3)
    assert len(whole.tiles) == 3 and whole.window == (0, 0, 50, 38)
    assert whole.transform == (80.0, 0.0, 500_000.0, 0.0, -80.0, 5_000_000.0)
    assert query(flac, resolution=80) == whole == query(flac, resolution=159)
    assert whole.requests == ()  # the first read brings them


def test_only_the_head_is_read(flac, monkeypatch):
    read, real = [], LocalFile.read

    def note(source, ranges, **options):
        read.extend(ranges)
        return real(source, ranges, **options)

    monkeypatch.setattr(LocalFile, "read", note)
    query(flac)
    assert read == [(0, FIRST_READ)]


def test_tiles_of_nothing_but_nodata_need_no_bytes(tmp_path):
    from flac_raster_qgis.engine import Band

    array = noise(1, 64, 64).copy()
    array[:, :, 16:] = 7
    path = write_flac(tmp_path / "x.flac", array, bands=(Band(nodata=7),))
    found = query(path)
    assert found.totals()["empty_tiles"] == 12
    assert [tile.size > 0 for tile in found.tiles] == [True, False, False, False] * 4


def test_everything_is_strict_json(flac):
    text = json.dumps(query(flac, Area(tile=3)).to_dict(), allow_nan=False)
    found = json.loads(text)
    assert found["tile_count"] == 3 and found["request_count"] == 1
    assert found["window"] == {"col_off": 192, "row_off": 0, "width": 64, "height": 64}
    assert found["bounds"] == [501_920, 4_999_360, 502_560, 5_000_000]
    assert found["tiles"][2]["bands"] == "3" and found["tiles"][2]["tile"] == 3
    assert found["tiles"][0]["corners"][2] == [502_560, 4_999_360]
    assert sum(size for _, size in found["ranges"]) == found["tile_bytes"]


def test_an_open_raster_stays_open(flac):
    with FlacRaster.open(flac) as raster:
        assert query(raster) == query(flac)
        assert raster.read(level=3).shape == (3, 38, 50)


@pytest.mark.parametrize(
    "options, message",
    [
        ({"bands": [4]}, r"bands 1 to 3, not \[4\]"),
        ({"bands": []}, "bands 1 to 3, not none"),
        ({"level": 9}, "levels 0 to 3, not 9"),
        ({"area": Area((0, 0, 1, 1))}, "lies outside"),
    ],
)
def test_what_is_not_there(flac, options, message):
    with pytest.raises(InputError, match=message):
        query(flac, **options)


# ---------------------------------------------------------------- GeoJSON


def ring_area(ring):
    return sum(x * v - u * y for (x, y), (u, v) in zip(ring, ring[1:])) / 2


@pytest.mark.parametrize(
    "transform",
    [PLACE["transform"], (3.0, 1.5, 10.0, -0.7, -2.9, 20.0), (1.0, 0.0, 0.0, 0.0, 1.0, 5.0)],
)
def test_footprints(tmp_path, transform):
    """Closed, counterclockwise as GeoJSON wants it, and of the size of the tile's pixels."""
    path = write_flac(tmp_path / "x.flac", noise(1, 40, 50), crs="EPSG:32633", transform=transform)
    a, b, _, d, e, _ = transform
    features = query(path).to_geojson()["features"]
    assert len(features) == 12
    for feature in features:
        (ring,) = feature["geometry"]["coordinates"]
        assert len(ring) == 5 and ring[0] == ring[-1]
        pixels = feature["properties"]["width"] * feature["properties"]["height"]
        assert ring_area(ring) == pytest.approx(pixels * abs(a * e - b * d))


@pytest.mark.parametrize(
    "crs, member",
    [
        ("EPSG:4326", "none"),
        (None, None),
        ("EPSG:32633", {"type": "name", "properties": {"name": "EPSG:32633"}}),
    ],
)
def test_what_the_coordinates_are(tmp_path, crs, member):
    path = write_flac(tmp_path / "x.flac", noise(1, 20, 20), crs=crs)
    assert query(path).to_geojson().get("crs", "none") == member
