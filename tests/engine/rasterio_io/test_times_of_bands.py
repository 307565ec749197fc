"""Times of bands in files as others write them."""

from __future__ import annotations

from datetime import datetime, timezone

import numpy as np
import pytest
import rasterio
from flac_raster_qgis.engine import (
    ArrayRaster,
    Band,
    FlacRaster,
    RasterMetadata,
    compare,
    convert,
    write_raster,
)
from flac_raster_qgis.engine.operations.opening import open_raster
from kits.cubes import cube, geotiff, grib1, need_driver
from rasterio.transform import from_origin


def times_of(path):
    """Return start, end and label of each band, and the codes of warnings about times."""
    with open_raster(path) as raster:
        items = [band.tags.get("", {}) for band in raster.metadata.bands]
        codes = [w.code for w in raster.warnings if w.code == "note.times"]
    keys = ("TIME_START", "TIME_END", "TIME_BAND")
    return [tuple(own.get(key) for key in keys) for own in items], codes


def test_months_of_360_days_with_their_bounds(tmp_path):
    """The layout of `tos` of a CMIP model: GDAL turns its bounds upside down."""
    bounds = [[0, 30], [30, 60], [60, 90]]
    path = cube(tmp_path / "tos.nc", [15, 45, 75], "days since 2001-1-1", "360_day", bounds)
    expected = [
        ("2001-01-01T00:00:00Z", "2001-02-01T00:00:00Z", None),
        ("2001-02-01T00:00:00Z", "2001-03-01T00:00:00Z", None),
        ("2001-03-01T00:00:00Z", "2001-04-01T00:00:00Z", None),
    ]
    for name in (path, f"NETCDF:{path}:tos", f'NETCDF:"{path}":tos'):
        assert times_of(name) == (expected, [])
    with open_raster(path) as raster:
        assert raster.metadata.tags[""]["TIME_CALENDAR"] == "360_day"
        assert raster.metadata.bands[0].tags[""]["NETCDF_DIM_time"] == "15"


def test_hours_at_two_levels(tmp_path):
    path = cube(
        tmp_path / "era.nc", [876000, 876006], "hours since 1900-01-01 00:00:0.0", levels=[500, 850]
    )
    found, _ = times_of(path)
    assert found == [
        ("1999-12-08T00:00:00Z", None, "level=500"),
        ("1999-12-08T00:00:00Z", None, "level=850"),
        ("1999-12-08T06:00:00Z", None, "level=500"),
        ("1999-12-08T06:00:00Z", None, "level=850"),
    ]


def test_another_name_of_the_dimension(tmp_path):
    path = cube(tmp_path / "rain.nc", [1.5, 2.5], "Hour since 2001-12-31T23:00:00Z", None, None)
    assert times_of(path)[0][0][0] == "2002-01-01T00:30:00Z"
    path = cube(tmp_path / "v.nc", [0, 1], "days since 2020-02-28", dimension="valid_time")
    assert [start for start, _, _ in times_of(path)[0]] == [
        "2020-02-28T00:00:00Z",
        "2020-02-29T00:00:00Z",
    ]


def test_packed_numbers_and_short_ones(tmp_path):
    """GDAL gives packed numbers as they are, and eight digits of float32."""
    packed = {"scale_factor": 0.5, "add_offset": 10.0}
    path = cube(tmp_path / "p.nc", [-20, -18], "days since 2000-01-01", attributes=packed)
    assert [start for start, _, _ in times_of(path)[0]] == [
        "2000-01-01T00:00:00Z",
        "2000-01-02T00:00:00Z",
    ]
    seconds = np.array([1577880064, 1577966464], "f4")
    path = cube(tmp_path / "s.nc", seconds, "seconds since 1970-01-01", number_type="f4")
    assert [start for start, _, _ in times_of(path)[0]] == [
        f"{datetime.fromtimestamp(int(each), timezone.utc):%Y-%m-%dT%H:%M:%SZ}" for each in seconds
    ]


@pytest.mark.parametrize("calendar", ["", " "])
def test_an_empty_calendar_is_the_standard_one(tmp_path, calendar):
    path = cube(tmp_path / "tas.nc", [0, 31], "days since 2020-01-01", calendar)
    expected = [("2020-01-01T00:00:00Z", None, None), ("2020-02-01T00:00:00Z", None, None)]
    assert times_of(path) == (expected, [])
    with open_raster(path) as raster:
        assert "TIME_CALENDAR" not in raster.metadata.tags[""]


@pytest.mark.parametrize(
    "units, dimension", [(None, "month"), ("months since 2000-01-01", "time"), (None, "time")]
)
def test_what_cannot_be_decoded_is_told_and_stays_bands(tmp_path, units, dimension):
    path = cube(tmp_path / "climate.nc", [1, 7], units, dimension=dimension)
    found, codes = times_of(path)
    assert found == [(None, None, None)] * 2
    assert codes == ["note.times"]


def test_levels_alone_are_told_nothing(tmp_path):
    path = cube(tmp_path / "levels.nc", [500, 850], "hPa", dimension="level")
    assert times_of(path) == ([(None, None, None)] * 2, [])


def test_grib_says_when_it_is_valid(tmp_path):
    need_driver("GRIB")
    source = geotiff(tmp_path / "source.tif", [None, None])
    path = tmp_path / "hours.grib2"
    options = {}
    for number, hours in ((1, 0), (2, 6)):
        options |= {
            f"BAND_{number}_IDS": "CENTER=98 SUBCENTER=0 MASTER_TABLE=5 LOCAL_TABLE=0 "
            "SIGNF_REF_TIME=1 REF_TIME=2020-01-01T00:00:00Z PROD_STATUS=0 TYPE=1",
            f"BAND_{number}_PDS_PDTN": "0",
            f"BAND_{number}_PDS_TEMPLATE_NUMBERS": "0 0 2 255 255 0 0 0 1 0 0 0 "
            f"{hours} 103 0 0 0 0 2 255 0 0 0 0 0",
        }
    rasterio.shutil.copy(source, path, driver="GRIB", **options)
    found, codes = times_of(path)
    assert [start for start, _, _ in found] == ["2020-01-01T00:00:00Z", "2020-01-01T06:00:00Z"]
    assert codes == []


def test_the_first_edition_of_grib(tmp_path):
    """Of a forecast its hour, of an accumulation its end."""
    runs = [datetime(2020, 1, 1), datetime(2020, 1, 1), datetime(1999, 12, 31, 12, 30)]
    steps = [(6, 0, 0), (6, 12, 4), (0, 0, 0)]
    path = grib1(tmp_path / "x.grb", [(run, *step) for run, step in zip(runs, steps)])
    found, codes = times_of(path)
    assert [start for start, _, _ in found] == [
        "2020-01-01T06:00:00Z",
        "2020-01-01T12:00:00Z",
        "1999-12-31T12:30:00Z",
    ]
    assert codes == []


@pytest.mark.parametrize("bounds", [[[0, 1], [1, 1]], [[5, 6], [6, 7]]])
def test_bounds_that_are_no_intervals_of_the_times_are_told(tmp_path, bounds):
    path = cube(tmp_path / "b.nc", [0, 1], "days since 2000-01-01", bounds=bounds)
    with open_raster(f'NETCDF:"{path}":tos') as raster:
        assert [each.code for each in raster.warnings] == ["note.bounds"]
        assert "TIME_END" not in raster.metadata.bands[0].tags[""]


def test_a_climatology_is_told(tmp_path):
    """Its bounds, of many years, are no intervals of the bands."""
    attributes = {"climatology": "climatology_bounds"}
    path = cube(tmp_path / "c.nc", [15, 45], "days since 2000-01-01", attributes=attributes)
    with open_raster(path) as raster:
        assert [each.code for each in raster.warnings] == ["note.climatology"]
        assert raster.metadata.bands[1].tags[""]["TIME_START"] == "2000-02-15T00:00:00Z"
        assert "TIME_END" not in raster.metadata.bands[1].tags[""]


def test_acquisition_times_of_bands(tmp_path):
    taken = [{"IMAGERY": {"ACQUISITIONDATETIME": f"2020-07-0{day} 10:30:31"}} for day in (4, 9)]
    path = geotiff(tmp_path / "scenes.tif", ["B2", "B2"], taken)
    assert [start for start, _, _ in times_of(path)[0]] == [
        "2020-07-04T10:30:31Z",
        "2020-07-09T10:30:31Z",
    ]


def test_dates_in_descriptions(tmp_path):
    path = geotiff(tmp_path / "ndvi.tif", ["NDVI 2013-09", "NDVI 2013-10"])
    assert times_of(path)[0] == [
        ("2013-09-01T00:00:00Z", "2013-10-01T00:00:00Z", None),
        ("2013-10-01T00:00:00Z", "2013-11-01T00:00:00Z", None),
    ]
    path = geotiff(tmp_path / "rgb.tif", ["red 2020-01-01", "nir 2020-01-01", "red 2020-01-02"])
    assert [label for _, _, label in times_of(path)[0]] == ["red", "nir", "red"]


def test_the_name_of_a_file_is_not_written_into_its_bands(tmp_path):
    path = geotiff(tmp_path / "S2A_20240704T143000.tif", ["B2", "B3"])
    assert times_of(path) == ([(None, None, None)] * 2, [])


def test_own_tags_stay_as_they_are(tmp_path):
    tags = [{"": {"TIME_START": "2020-07"}}, {"": {"TIME_START": "2020-08"}}]
    path = geotiff(tmp_path / "own.tif", ["2013-09", "2013-10"], tags)
    assert times_of(path)[0] == [("2020-07", None, None), ("2020-08", None, None)]
    wrong = geotiff(
        tmp_path / "wrong.tif", ["2013-09", "2013-10"], [{"": {"TIME_START": "noon"}}, {}]
    )
    assert times_of(wrong) == ([("noon", None, None), (None, None, None)], ["note.times"])


def test_times_survive_flac_and_geotiff(tmp_path):
    bounds = [[0, 31], [31, 59]]
    path = cube(tmp_path / "tas.nc", [15, 45], "days since 2001-1-1", "noleap", bounds)
    flac, back = tmp_path / "tas.flac", tmp_path / "back.tif"
    convert(path, flac)
    convert(flac, back)
    assert times_of(flac) == times_of(path) == times_of(back)
    assert compare(path, flac).identical and compare(flac, back).identical
    with FlacRaster.open(flac) as raster:
        assert raster.metadata.tags[""]["TIME_CALENDAR"] == "noleap"
        assert raster.head.version == "1.0"
    with rasterio.open(back) as opened:
        assert opened.tags(2)["TIME_END"] == "2001-03-01T00:00:00Z"


def test_files_without_times_get_no_tags(tmp_path):
    path = tmp_path / "dem.tif"
    with rasterio.open(
        *(path, "w", "GTiff", 30, 20, 1),
        crs="EPSG:4326",
        transform=from_origin(5, 50, 0.5, 0.5),
        dtype="int16",
    ) as made:
        made.write(np.zeros((1, 20, 30), "int16"))
        made.update_tags(TIFFTAG_DATETIME="2020:01:01 00:00:00")
    with open_raster(path) as raster:
        assert "" not in raster.metadata.bands[0].tags
        assert set(raster.metadata.tags[""]) == {"AREA_OR_POINT", "TIFFTAG_DATETIME"}


def test_a_flac_file_without_tags_of_times_is_the_same_raster(tmp_path):
    """Files of earlier releases have the descriptions and dimensions alone."""
    bands = tuple(Band(description=f"NDVI 2013-{month:02d}") for month in (9, 10))
    metadata = RasterMetadata(
        30, 20, "int16", bands, crs="EPSG:4326", transform=(1, 0, 0, 0, -1, 0)
    )
    old, back = tmp_path / "old.flac", tmp_path / "back.tif"
    write_raster(ArrayRaster(metadata, np.zeros((2, 20, 30), "int16")), old)
    result = convert(old, back)
    assert result.warnings == ()
    assert not (tmp_path / "back.tif.aux.xml").exists()
    with rasterio.open(back) as opened:
        assert "TIME_START" not in opened.tags(1)
    assert compare(old, back).identical
    new = tmp_path / "new.flac"
    convert(back, new)
    assert times_of(new)[0][0][0] == "2013-09-01T00:00:00Z"
    assert compare(old, new).identical


def test_groups_of_netcdf(tmp_path):
    netCDF4 = pytest.importorskip("netCDF4", reason="netCDF4 is not installed")
    need_driver("netCDF")
    path = tmp_path / "groups.nc"
    with netCDF4.Dataset(path, "w") as made:
        group = made.createGroup("model")
        for name, size in (("time", 3), ("lat", 3), ("lon", 4), ("bnds", 2)):
            group.createDimension(name, size)
        for name in ("lat", "lon"):
            group.createVariable(name, "f8", (name,))[:] = np.arange(group.dimensions[name].size)
        time = group.createVariable("time", "i8", ("time",))
        time.units, time.bounds, time[:] = "days since 2001-01-01", "time_bnds", [15, 45, 75]
        group.createVariable("time_bnds", "f8", ("time", "bnds"))[:] = [[0, 31], [31, 59], [59, 90]]
        group.createVariable("tas", "f4", ("time", "lat", "lon"))[:] = np.ones((3, 3, 4))
    expected = ["2001-01-01T00:00:00Z", "2001-02-01T00:00:00Z", "2001-03-01T00:00:00Z"]
    found, codes = times_of(f'NETCDF:"{path}":/model/tas')
    assert ([start for start, _, _ in found], codes) == (expected, [])
    assert [end for _, end, _ in found] == [*expected[1:], "2001-04-01T00:00:00Z"]
