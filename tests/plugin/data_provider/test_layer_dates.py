"""Layers of several dates: a map shows the date of its range of time."""

from __future__ import annotations

import numpy as np
import pytest
from flac_raster_qgis.engine import Band, convert
from kits import cubes
from kits.qgis.dated_layers import (
    as_stored,
    dated,
    days,
    draw,
    drawn,
    frames,
    gray,
    instant,
    months,
    random_bytes,
    time_range,
    unit,
    write_dated,
)
from kits.qgis.layers import (
    EXTREMES,
    IDENTIFY_VALUE,
    cloned,
    flac_layer,
    open_provider,
    open_raster_of,
    random_array,
    read_block,
    record_decoded,
    valid_flac_layer,
    write_flac,
)
from qgis.core import (
    Qgis,
    QgsDateTimeRange,
    QgsIdentifyContext,
    QgsInterval,
    QgsMultiBandColorRenderer,
    QgsPointXY,
    QgsProject,
    QgsRasterRange,
    QgsTemporalUtils,
)
from qgis.gui import QgsMapCanvas, QgsMapToolIdentify
from qgis.PyQt.QtCore import QDateTime, Qt

pytestmark = pytest.mark.usefixtures("provider_registered")

MONTHLY = random_bytes(36)


@pytest.fixture(scope="module")
def monthly(tmp_path_factory):
    return write_dated(tmp_path_factory.mktemp("m") / "monthly.flac", MONTHLY, months(36))


def ranges_of(layer) -> list[QgsDateTimeRange]:
    return layer.dataProvider().temporalCapabilities().allAvailableTemporalRanges()


def iso(when) -> str:
    return when.toString(Qt.DateFormat.ISODate)


def test_each_of_36_months_is_a_frame(monthly):
    layer = as_stored(valid_flac_layer(f"{monthly}|time=all"))
    played = frames(layer, QgsInterval(1, unit("Months")))
    pictures = list(drawn(layer, played))
    assert len(pictures) == 37 and pictures[-1] is None  # QGIS plays one frame after the end
    np.testing.assert_array_equal(pictures[:-1], MONTHLY)


def test_each_of_365_days_is_a_frame(tmp_path):
    array = random_bytes(365)
    path = write_dated(tmp_path / "daily.flac", array, days(365))
    layer = as_stored(valid_flac_layer(f"{path}|time=all"))
    played = frames(layer, QgsInterval(1, unit("Days")))
    pictures = list(drawn(layer, played))
    assert pictures[365:] in ([], [None])  # QGIS 3.22 stops at the end here
    np.testing.assert_array_equal(pictures[:365], array)


def test_the_layer_is_temporal_by_itself(monthly):
    layer = valid_flac_layer(f"{monthly}|time=all")
    assert layer.bandCount() == 1 and layer.bandName(1) == "Band 1"
    assert layer.temporalProperties().isActive()
    assert layer.dataProvider().temporalCapabilities().hasTemporalCapabilities()
    found = ranges_of(layer)
    assert len(found) == 36
    assert (iso(found[1].begin()), iso(found[1].end())) == (
        *("2000-02-01T00:00:00Z", "2000-03-01T00:00:00Z"),
    )
    with_clone = layer.clone()
    assert with_clone.temporalProperties().isActive()
    # "Set to full range" of the temporal controller
    project = QgsProject()
    project.addMapLayer(layer)
    full = QgsTemporalUtils.calculateTemporalRangeForProject(project)
    assert iso(full.begin()) == "2000-01-01T00:00:00Z"
    assert iso(full.end()) == "2003-01-01T00:00:00Z"
    project.clear()


def test_a_plain_source_has_all_bands_and_no_time(monthly):
    layer = valid_flac_layer(monthly)
    assert layer.bandCount() == 36 and not layer.temporalProperties().isActive()
    assert not layer.dataProvider().temporalCapabilities().hasTemporalCapabilities()
    as_stored(layer)
    later = time_range("2001-05-01", "2001-06-01")
    np.testing.assert_array_equal(gray(draw(layer, later)), MONTHLY[0])


def test_without_a_range_the_latest_date_is_drawn(monthly):
    layer = as_stored(valid_flac_layer(f"{monthly}|time=all"))
    np.testing.assert_array_equal(gray(draw(layer, None)), MONTHLY[35])
    np.testing.assert_array_equal(read_block(layer.dataProvider())[0], MONTHLY[35])
    page = layer.htmlMetadata()
    assert "36, from 2000-01 to 2002-12" in page
    assert "without one, and in tools, 2002-12." in page
    assert "36, from 2000-01 to 2002-12" in valid_flac_layer(monthly).htmlMetadata()


@pytest.mark.parametrize(
    ("time", "chosen"),
    [
        *(("2000-07", [6]), ("2000-07..2000-09", [6, 7, 8]), ("2002-11..", [34, 35])),
        *(("..2000-02-10", [0, 1]), ("2001", list(range(12, 24))), ("all", list(range(36)))),
    ],
)
def test_a_time_selects_dates(monthly, time, chosen):
    layer = as_stored(valid_flac_layer(f"{monthly}|time={time}"))
    assert len(ranges_of(layer)) == len(chosen)
    np.testing.assert_array_equal(gray(draw(layer, None)), MONTHLY[chosen[-1]])
    whole = valid_flac_layer(f"{monthly}|time=all")
    for number, picture in enumerate(
        drawn(layer, frames(whole, QgsInterval(1, unit("Months")))[:36])
    ):
        if number in chosen:
            np.testing.assert_array_equal(picture, MONTHLY[number])
        else:
            assert picture is None


@pytest.mark.parametrize(
    ("time", "text"),
    [
        ("1999", "no band of the time '1999'; it has 36 dates from 2000-01 to 2002-12"),
        ("yesterday", "The time 'yesterday' is not understood"),
        ("2000-01/2000-02", "has a slash in it"),
    ],
)
def test_times_that_cannot_be_shown(monthly, time, text):
    layer = flac_layer(f"{monthly}|time={time}")
    assert not layer.isValid()
    assert text in layer.error().message()


def test_rasters_without_dates_cannot_be_shown_by_date(tmp_path):
    path = write_flac(tmp_path / "x.flac", random_bytes(2))
    assert "has no times for its bands" in flac_layer(f"{path}|time=all").error().message()
    twice = tuple(dated("2000-01", "a") for _ in range(2)) + (dated("2000-02", "b"),)
    path = write_flac(tmp_path / "y.flac", random_bytes(3), bands=twice)
    assert "several bands of the same date" in flac_layer(f"{path}|time=all").error().message()
    assert valid_flac_layer(path).bandCount() == 3


def test_bounds_of_netcdf_that_gdal_turns_upside_down(tmp_path):
    bounds = [[0, 31], [31, 59], [59, 90]]
    source = cubes.cube(
        tmp_path / "tos.nc", [15, 45, 74], "days since 2001-01-01", "standard", bounds=bounds
    )
    convert(f"netcdf:{source}:tos", tmp_path / "tos.flac")
    layer = valid_flac_layer(f"{tmp_path / 'tos.flac'}|time=all")
    first = ranges_of(layer)[0]
    assert (iso(first.begin()), iso(first.end())) == (
        *("2001-01-01T00:00:00Z", "2001-02-01T00:00:00Z"),
    )
    pixels = np.arange(36, dtype="f4").reshape(3, 3, 4) + 271
    for number, month in enumerate(("2001-01", "2001-02", "2001-03")):
        part = valid_flac_layer(f"{tmp_path / 'tos.flac'}|time={month}")
        np.testing.assert_array_equal(read_block(part.dataProvider())[0], pixels[number])


def test_gaps_are_empty(tmp_path):
    times = [f"2024-{day}T10:30:00" for day in ("01-03", "01-08", "01-13", "03-03", "03-08")]
    array = random_bytes(5)
    path = write_dated(tmp_path / "x.flac", array, times)
    layer = as_stored(valid_flac_layer(f"{path}|time=all"))
    played = [
        (number, f"2024-01-{number:02d}", f"2024-01-{number + 1:02d}") for number in range(1, 31)
    ]
    found = {
        number: next(iter(drawn(layer, [time_range(start, end)]))) for number, start, end in played
    }
    for number, picture in found.items():
        # an instant is shown until the next one, at most one and a half of the five days
        expected = None if number < 3 or number > 20 else min((number - 3) // 5, 2)
        if expected is None:
            assert picture is None, number
        else:
            np.testing.assert_array_equal(picture, array[expected], str(number))
    (picture,) = drawn(layer, [time_range("2024-03-01", "2024-04-01")])
    np.testing.assert_array_equal(picture, array[4])  # 7.5 of 31 days, against 5


@pytest.mark.parametrize("closed", [True, False])
def test_a_moment_is_a_range(monthly, closed):
    layer = as_stored(valid_flac_layer(f"{monthly}|time=all"))
    moment = instant("2000-04-15")
    wanted = QgsDateTimeRange(moment, moment, True, closed)
    np.testing.assert_array_equal(gray(draw(layer, wanted)), MONTHLY[3])


def test_a_range_with_its_end_and_without_one(monthly):
    layer = as_stored(valid_flac_layer(f"{monthly}|time=all"))
    first, last = instant("2000-04-01"), instant("2000-05-01")
    both = QgsDateTimeRange(first, last)  # which includes the first moment of May
    np.testing.assert_array_equal(gray(draw(layer, both)), MONTHLY[3])
    until_then = QgsDateTimeRange(QDateTime(), instant("2000-02-01"), True, False)
    np.testing.assert_array_equal(gray(draw(layer, until_then)), MONTHLY[0])


def test_clones_know_the_dates(monthly):
    layer = valid_flac_layer(f"{monthly}|time=all")
    with cloned(layer.dataProvider()) as clone, cloned(clone) as second:
        found = second.temporalCapabilities()
        assert found.hasTemporalCapabilities()
        assert len(found.allAvailableTemporalRanges()) == 36


def test_colors_stay_while_time_goes(monthly):
    layer = valid_flac_layer(f"{monthly}|time=all")
    found = layer.dataProvider().bandStatistics(1, EXTREMES)
    assert (found.minimumValue, found.maximumValue) == (MONTHLY.min(), MONTHLY.max())
    enhancement = layer.renderer().contrastEnhancement()
    assert enhancement.minimumValue() == MONTHLY.min()
    assert enhancement.maximumValue() == MONTHLY.max()


def test_extremes_are_read_from_the_header_only(tmp_path, monkeypatch):
    array = random_array("int16", 12)
    path = write_dated(tmp_path / "x.flac", array, months(12))
    decoded = record_decoded(monkeypatch)
    provider = open_provider(f"{path}|time=2000-03..2000-05")
    found = provider.bandStatistics(1, EXTREMES)
    assert not decoded
    assert (found.minimumValue, found.maximumValue) == (array[2:5].min(), array[2:5].max())
    whole = provider.bandStatistics(1)  # mean and deviation are those of the latest
    assert decoded and whole.mean == pytest.approx(array[4].mean())


def test_identify_gives_the_value_of_the_date(monthly):
    layer = valid_flac_layer(f"{monthly}|time=all")
    canvas = QgsMapCanvas()
    canvas.resize(300, 200)
    canvas.setDestinationCrs(layer.crs())
    canvas.setLayers([layer])
    canvas.setExtent(layer.extent())
    extent, transform = layer.extent(), canvas.getCoordinateTransform()
    point = QgsPointXY(extent.xMinimum() + 12.5 * 10, extent.yMaximum() - 7.5 * 10)
    at = transform.transform(point)
    tool, context = QgsMapToolIdentify(canvas), QgsIdentifyContext()
    for number, month in enumerate(months(36)):
        start, end = instant(month), instant(months(37)[number + 1])
        context.setTemporalRange(QgsDateTimeRange(start, end, True, False))
        mode = QgsMapToolIdentify.IdentifyMode.TopDownAll
        (found,) = tool.identify(round(at.x()), round(at.y()), [layer], mode, context)
        assert found.mAttributes == {"Band 1": str(MONTHLY[number, 7, 12])}
    context.setTemporalRange(time_range("1999-01-01", "1999-02-01"))
    for found in tool.identify(round(at.x()), round(at.y()), [layer], mode, context):
        assert set(found.mAttributes.values()) == {"no data"}
    values = layer.dataProvider().identify(point, IDENTIFY_VALUE).results()
    assert values == {1: MONTHLY[35, 7, 12]}  # no range has stayed behind
    assert layer.dataProvider().sample(point, 1) == (MONTHLY[35, 7, 12], True)


def test_colors_of_several_bands_of_each_date(tmp_path, monkeypatch):
    array = random_bytes(15)
    times = [f"2024-01-{day:02d}T10:30:00" for day in (3, 8, 13, 18, 23)]
    labels = ("red", "green", "blue")
    path = write_dated(tmp_path / "rgb.flac", array, times, labels)
    layer = valid_flac_layer(f"{path}|time=all")
    assert [layer.bandName(number) for number in (1, 2, 3)] == [
        *("Band 1: red", "Band 2: green", "Band 3: blue"),
    ]
    layer.setRenderer(QgsMultiBandColorRenderer(layer.dataProvider(), 1, 2, 3))
    opened = open_raster_of(layer.dataProvider())
    assert opened.grid.tile_bands == 3
    dates = array.reshape(5, 3, 20, 30)
    for number, row in enumerate(opened.dates.rows):
        assert len(opened.raster.plan(bands=row).requests) == 1  # one range a date
        decoded = record_decoded(monkeypatch)
        start = instant(times[number])
        picture = draw(layer, QgsDateTimeRange(start, start.addSecs(3600), True, False))
        np.testing.assert_array_equal(picture[..., 2::-1], np.moveaxis(dates[number], 0, -1))
        assert len(decoded) <= 1  # all bands of a date are in one tile
        monkeypatch.undo()


def test_a_band_that_a_date_lacks_is_empty(tmp_path):
    bands = (dated("2000-01", "a"), dated("2000-01", "b"), dated("2000-02", "a"))
    array = random_bytes(3)
    path = write_flac(tmp_path / "x.flac", array, bands=bands)
    provider = open_provider(f"{path}|time=all")
    assert provider.bandCount() == 2
    for band in (1, 2):  # the latest date that has all bands
        np.testing.assert_array_equal(read_block(provider, band)[0], array[band - 1])
    only = valid_flac_layer(f"{path}|time=2000-02")
    assert only.bandCount() == 1 and only.bandName(1) == "Band 1: a"
    np.testing.assert_array_equal(read_block(only.dataProvider())[0], array[2])


def test_dates_that_are_packed_differently(tmp_path):
    """To QGIS, a band has one data type and one nodata."""
    array = np.array([[[0, 1, 2]], [[0, 1, 2]], [[0, 1, 2]]], "int16")
    bands = (
        dated("2000-01", nodata=0),
        dated("2000-02", nodata=1, scale=0.5, offset=10.0),
        dated("2000-03"),
    )
    path = write_flac(tmp_path / "x.flac", array, bands=bands)
    for time, valid, expected in (
        ("2000-01..", [1, 1, 1], [0, 1, 2]),
        ("..2000-02", [1, 0, 1], [10, 0, 11]),
        ("2000-01", [0, 1, 1], [0, 1, 2]),
    ):
        provider = open_provider(f"{path}|time={time}")
        values, nodata = read_block(provider)
        np.testing.assert_array_equal(~nodata[0], np.array(valid, bool), time)
        np.testing.assert_array_equal(values[0][~nodata[0]], np.array(expected)[~nodata[0]])
    provider = open_provider(f"{path}|time=all")
    assert provider.dataType(1) == Qgis.DataType.Float32
    found = provider.bandStatistics(1, EXTREMES)
    assert (found.minimumValue, found.maximumValue) == (0, 11)


def test_nodata_of_the_user_holds_for_all_dates(monthly):
    layer = as_stored(valid_flac_layer(f"{monthly}|time=all"))
    layer.dataProvider().setUserNoDataValue(1, [QgsRasterRange(0, 99)])
    for number in (4, 30):
        start = instant(months(36)[number])
        picture = draw(layer, QgsDateTimeRange(start, start.addDays(20), True, False))
        hidden = (picture == (255, 0, 255, 255)).all(axis=-1)
        np.testing.assert_array_equal(hidden, MONTHLY[number] < 100)


def test_files_of_one_band_a_date_are_named_by_what_they_show(tmp_path):
    bands = tuple(Band(description=f"NDVI 2013-{month:02d}") for month in range(1, 5))
    path = write_flac(tmp_path / "x.flac", random_bytes(4), bands=bands)
    layer = valid_flac_layer(f"{path}|time=all")
    assert layer.bandName(1) == "Band 1: NDVI"
