"""Operations that show times, and work on the bands of some."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
import rasterio
from flac_raster_qgis.engine import (
    Band,
    FlacRaster,
    InputError,
    compare,
    convert,
    extract,
    info,
    query,
    verify,
    write_raster,
)
from flac_raster_qgis.engine.model.band_times import with_found_times
from kits.cli import run, strict_json, succeed
from kits.cubes import cube, geotiff

BOUNDS = [[n * 30, n * 30 + 30] for n in range(6)]


@pytest.fixture(scope="module")
def months(tmp_path_factory):
    """Six months of 360 days at two levels, one band a tile."""
    folder = tmp_path_factory.mktemp("months")
    numbers = [15 + 30 * n for n in range(6)]
    source = cube(
        *(folder / "tas.nc", numbers, "days since 2001-01-01", "360_day", BOUNDS, [500, 850])
    )
    convert(source, folder / "tas.flac", interleave="band")
    return folder / "tas.flac"


@pytest.fixture
def plain(tmp_path):
    convert(geotiff(tmp_path / "a.tif", ["red", "green"]), tmp_path / "plain.flac")
    return tmp_path / "plain.flac"


def test_info(months):
    times = info(months)["times"]
    assert {key: value for key, value in times.items() if key != "bands"} == {
        "count": 6,
        "first": "2001-01",
        "last": "2001-06",
        "step": "P1M",
        "labels": ["level=500", "level=850"],
        "calendar": "360_day",
        "source": "TIME_START",
    }
    assert times["bands"][3] == {
        "band": 4,
        "time": "2001-02",
        "start": "2001-02-01T00:00:00Z",
        "end": "2001-03-01T00:00:00Z",
        "label": "level=850",
    }
    assert info(months.with_name("tas.nc"))["times"] == times


def test_info_on_the_command_line(months, plain):
    text = succeed("info", months.name, cwd=months.parent)
    assert "6 dates, 2001-01 to 2001-06, step P1M, calendar 360_day" in text
    assert "level=500, level=850" in text
    lines = [line.split() for line in text.splitlines()]
    assert ["4", "2001-02"] in [line[:2] for line in lines]
    facts = strict_json(succeed("info", "--json", months.name, cwd=months.parent))
    assert len(facts["times"]["bands"]) == 12
    text = succeed("info", plain.name, cwd=plain.parent)
    assert "date" not in text and "time" not in text


def test_info_of_a_raster_that_is_of_one_time(tmp_path):
    path = geotiff(tmp_path / "S2A_20240704T143000.tif", ["red", "green"])
    facts = info(path)
    assert facts["times"] is None
    assert facts["file_time"] == {
        "time": "2024-07-04T14:30",
        "start": "2024-07-04T14:30:00Z",
        "end": None,
        "source": "file name",
    }
    assert "2024-07-04T14:30, by its file name" in succeed("info", path.name, cwd=tmp_path)


@pytest.mark.parametrize(
    "time, bands",
    [
        ("all", [*range(1, 13)]),
        ("2001-02", [3, 4]),
        ("2001-02-10", [3, 4]),
        ("2001-02..2001-03", [3, 4, 5, 6]),
        ("..2001-01", [1, 2]),
        ("2001-06-30T12:00..", [11, 12]),
    ],
)
def test_query_and_extract_of_a_time(months, tmp_path, time, bands):
    plan = query(months, time=time)
    assert plan.bands == tuple(bands)
    assert len(plan.tiles) == len(bands)
    assert plan.totals()["time"] == time
    path = tmp_path / "part.tif"
    result = extract(months, path, time=time)
    assert result.plan.bands == tuple(bands)
    with rasterio.open(path) as opened, FlacRaster.open(months) as raster:
        assert np.array_equal(opened.read(), raster.read(bands=bands), equal_nan=True)


def test_extract_writes_dates_into_descriptions_and_tags(months, tmp_path):
    path = tmp_path / "part.tif"
    extract(months, path, time="2001-02")
    with rasterio.open(path) as opened:
        assert opened.descriptions == ("2001-02 level=500", "2001-02 level=850")
        assert opened.tags(1)["TIME_START"] == "2001-02-01T00:00:00Z"
        assert opened.tags(1)["TIME_END"] == "2001-03-01T00:00:00Z"
        assert opened.tags()["TIME_CALENDAR"] == "360_day"
    assert [band["time"] for band in info(path)["times"]["bands"]] == ["2001-02", "2001-02"]


def test_dates_that_descriptions_have_already_are_not_repeated(tmp_path):
    source = geotiff(tmp_path / "ndvi.tif", ["NDVI 2013-09", "mean of 2013-10-01"])
    flac, back = tmp_path / "ndvi.flac", tmp_path / "back.tif"
    convert(source, flac)
    extract(flac, back)
    with rasterio.open(back) as opened:
        assert opened.descriptions == ("NDVI 2013-09", "mean of 2013-10-01")
    convert(source, flac, overwrite=True, time_start="2020", time_step="P1Y")
    extract(flac, back, overwrite=True)
    with rasterio.open(back) as opened:
        assert opened.descriptions == ("2020 NDVI 2013-09", "2021 mean of 2013-10-01")


def test_extract_of_files_without_tags_adds_them(tmp_path):
    """As files of earlier releases are, which have the descriptions only."""
    from flac_raster_qgis.engine import ArrayRaster, Band, RasterMetadata, write_raster

    bands = (Band(description="NDVI 2013-09"), Band(description="NDVI 2013-10"))
    metadata = RasterMetadata(4, 3, "int16", bands)
    path = tmp_path / "old.flac"
    write_raster(ArrayRaster(metadata, np.zeros((2, 3, 4), "int16")), path)
    extract(path, tmp_path / "part.tif", time="2013-10")
    with rasterio.open(tmp_path / "part.tif") as opened:
        assert opened.descriptions == ("NDVI 2013-10",)
        assert opened.tags(1)["TIME_START"] == "2013-10-01T00:00:00Z"


def test_conversion_keeps_descriptions_as_they_are(months, tmp_path):
    convert(months, tmp_path / "back.tif")
    assert compare(months, tmp_path / "back.tif").identical
    with rasterio.open(tmp_path / "back.tif") as opened:
        assert not any(opened.descriptions)


def test_compare_bands_of_a_time(months, tmp_path):
    other = tmp_path / "other.tif"
    convert(months, other)
    with rasterio.open(other, "r+") as opened:
        opened.write(opened.read(5) + 1, 5)
    assert not compare(months, other).identical
    assert compare(months, other, time="2001-02").identical
    result = compare(months, other, time="2001-03..2001-04")
    assert [band.differing for band in result.bands] == [12, 0, 0, 0]
    assert compare(months, months.with_name("tas.nc"), time="2001-05").identical


def test_compare_one_band_of_an_older_file_without_tags(tmp_path, make_raster):
    array = np.arange(24, dtype=np.int16).reshape(2, 3, 4)
    bands = (Band(description="2001-01-04"), Band(description="2001-01-05"))
    raster = make_raster(array, bands=bands)
    write_raster(raster, tmp_path / "old.flac")
    raster.metadata = with_found_times(raster.metadata, [])
    write_raster(raster, tmp_path / "new.flac")
    for pair in itertools.permutations((tmp_path / "old.flac", tmp_path / "new.flac")):
        for time in (None, "2001-01", "2001-01-05"):
            assert compare(*pair, time=time).identical, time


def test_verify_tiles_of_a_time(months, tmp_path):
    with FlacRaster.open(months) as raster:
        key = next(k for k in raster.head.index.stored_keys() if k.band == 4)
        offset, size = raster.head.index.byte_range(key)
    data = bytearray(months.read_bytes())
    data[offset + size - 5] ^= 0xFF
    damaged = tmp_path / "damaged.flac"
    damaged.write_bytes(data)
    assert not verify(damaged).valid
    assert not verify(damaged, time="2001-03").valid
    found = verify(damaged, time="2001-02", all_tiles=True)
    assert found.valid and (found.tiles, len(found.all_tiles)) == (2, 2)
    assert [tile.key.band for tile in found.all_tiles] == [2, 3]
    assert found.values == 2 * 12
    assert verify(months).values == 12 * 12


def test_verify_counts_bands_that_share_tiles(months, tmp_path):
    convert(months, tmp_path / "together.flac", interleave="auto")
    found = verify(tmp_path / "together.flac", time="2001-03", all_tiles=True)
    assert (found.tiles, len([*found.all_tiles]), found.values) == (1, 1, 4 * 12)


CALLS = {
    "query": lambda path, out, **options: query(path, **options),
    "extract": lambda path, out, **options: extract(path, out, **options),
    "compare": lambda path, out, **options: compare(path, path, **options),
    "verify": lambda path, out, **options: verify(path, **options),
}


@pytest.mark.parametrize("operation", CALLS)
@pytest.mark.parametrize(
    "time, code",
    [
        ("2002", "time.no_band"),
        ("2001/2002", "time.range_slash"),
        ("soon", "time.range"),
        (7, "time.range_type"),
    ],
)
def test_times_that_are_not_there(months, tmp_path, operation, time, code):
    with pytest.raises(InputError) as caught:
        CALLS[operation](months, tmp_path / "x.tif", time=time)
    assert caught.value.code == code
    assert not (tmp_path / "x.tif").exists()


@pytest.mark.parametrize("operation", CALLS)
def test_rasters_without_times(plain, tmp_path, operation):
    with pytest.raises(InputError) as caught:
        CALLS[operation](plain, tmp_path / "x.tif", time="2020")
    assert caught.value.code == "time.none"


def test_bands_and_a_time_are_not_both_given(months, tmp_path):
    for operation in ("query", "extract"):
        with pytest.raises(InputError) as caught:
            CALLS[operation](months, tmp_path / "x.tif", time="2001", bands=[1])
        assert caught.value.code == "time.and_bands"
    with pytest.raises(InputError) as caught:
        extract(query(months), tmp_path / "x.tif", time="2001")
    assert caught.value.code == "area.plan_is_complete"


def test_command_line(months, tmp_path):
    name = str(months)
    facts = strict_json(succeed("query", name, "--time", "2001-02", "--json", cwd=tmp_path))
    assert facts["bands"] == [3, 4]
    succeed("extract", name, "-o", "x.tif", "--time", "2001-02", cwd=tmp_path)
    succeed("verify", name, "--time", "2001-02", cwd=tmp_path)
    source = str(months.with_name("tas.nc"))
    text = succeed("compare", name, source, "--time", "2001-02", cwd=tmp_path)
    assert "identical: yes" in text
    (tmp_path / "t.csv").write_text("start\n2020\n2021\n")
    geotiff(tmp_path / "b.tif", ["red", "green"])
    succeed("convert", "b.tif", "--times", "t.csv", cwd=tmp_path)
    assert info(tmp_path / "b.flac")["times"]["last"] == "2021"
    arguments = ("--time-start", "2020-01", "--time-step", "P1M", "-f")
    succeed("convert", "b.tif", *arguments, cwd=tmp_path)
    assert info(tmp_path / "b.flac")["times"]["step"] == "P1M"
    failed = run("convert", "b.tif", "--times", "t.csv", "--time-start", "2020", "-f", cwd=tmp_path)
    assert failed.returncode == 2 and "Give one of them" in failed.stderr
