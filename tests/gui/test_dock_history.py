"""The history of pixels in the dock: clicks on the map, the chart, what can be taken from it."""

from __future__ import annotations

import csv
import io
import threading
from datetime import datetime

import numpy as np
import pytest
from flac_raster_qgis.engine import ArrayRaster, WriteOptions, write_raster
from flac_raster_qgis.engine.model.band_times import with_times
from flac_raster_qgis.engine.model.times import Time
from kits.qgis.dock import open_in, until
from kits.rasters import array_raster
from qgis.core import QgsCoordinateReferenceSystem, QgsPointXY, QgsRectangle
from qgis.gui import QgsVertexMarker
from qgis.PyQt.QtCore import QEvent, QPoint, QPointF, Qt
from qgis.PyQt.QtGui import QColor, QMouseEvent, QPalette
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication

from flac_raster_qgis.gui.history import task as tasks
from flac_raster_qgis.gui.history.chart import COLORS, HistoryChart
from flac_raster_qgis.gui.history.series import Place

LEFT, TOP = 400_000.0, 5_000_000.0
MONTHS = 12
NONE = Qt.KeyboardModifier.NoModifier


def write_cube(path, array, *, labels=(), step=1, times=True, **described):
    """Write months of 2020 on, in tiles of 64 pixels."""
    place = {"crs": "EPSG:32632", "transform": (10.0, 0.0, LEFT, 0.0, -10.0, TOP)}
    raster = array_raster(array, **place, **described)
    metadata = raster.metadata
    if times:
        per_date = max(1, len({*labels}))
        starts = [n // per_date * step for n in range(len(array))]
        dates = [Time(datetime(2020 + n // 12, n % 12 + 1, 1)) for n in starts]
        metadata = with_times(metadata, dates, labels)
    write_raster(ArrayRaster(metadata, array), path, WriteOptions(tile_size=64))
    return path


@pytest.fixture(scope="module")
def pixels():
    array = np.random.default_rng(1).integers(0, 900, (MONTHS, 200, 300)).astype("int16")
    array[4, 50, 60] = -99
    return array


@pytest.fixture(scope="module")
def path(tmp_path_factory, pixels):
    folder = tmp_path_factory.mktemp("history")
    return write_cube(folder / "cube.flac", pixels, nodata=-99, unit="mm")


@pytest.fixture
def opened(dock, iface, path):
    """The dock with the cube, and a map of it."""
    open_in(dock, path)
    iface.canvas.setExtent(QgsRectangle(LEFT, TOP - 2000, LEFT + 3000, TOP))
    return dock


def click(iface, column, row, button=Qt.MouseButton.LeftButton):
    """Click on a pixel."""
    x, y = LEFT + 10 * column + 5, TOP - 10 * row - 5
    point = iface.canvas.getCoordinateTransform().transform(x, y)
    QTest.mouseClick(
        iface.canvas.viewport(), button, NONE, QPoint(round(point.x()), round(point.y()))
    )


def complete(dock, count=1):
    places = dock.history.places
    until(lambda: len(places) == count and all(place.is_complete for place in places))
    return places


def markers(iface):
    return [item for item in iface.canvas.scene().items() if isinstance(item, QgsVertexMarker)]


def test_a_click_draws_the_values_of_its_pixel(opened, iface, pixels):
    panel = opened.form.history
    assert panel.isVisible() and not panel.chart.isVisible()
    QTest.mouseClick(panel.button, Qt.MouseButton.LeftButton)
    assert iface.canvas.mapTool() is opened.history.tool
    click(iface, 120, 80)
    (place,) = complete(opened)
    column, row = int((place.x - LEFT) / 10), int((TOP - place.y) / 10)
    assert abs(column - 120) <= 1 and abs(row - 80) <= 1  # a pixel of the screen is larger
    assert place.values == pixels[:, row, column].tolist()
    assert panel.chart.isVisible() and len(markers(iface)) == 1
    assert panel.text.text() == "1: 12 values, 2020-01-01T00:00 to 2020-12-01T00:00"
    assert panel.status.text().startswith("Place 1: 3 tiles, ")
    assert iface.canvas.mapTool() is opened.history.tool  # for the next place
    QTest.keyClick(iface.canvas, Qt.Key.Key_Escape)
    assert iface.canvas.mapTool() is iface.pan and not panel.button.isChecked()
    assert panel.chart.isVisible()


def test_several_places_up_to_the_number_of_colors(opened, iface):
    opened.form.history.button.click()
    for number in range(len(COLORS)):
        click(iface, 20 + 40 * number, 60)
    complete(opened, len(COLORS))
    assert [place.number for place in opened.history.places] == [1, 2, 3, 4, 5, 6]
    click(iface, 150, 150)
    complete(opened, len(COLORS))
    assert [place.number for place in opened.history.places] == [2, 3, 4, 5, 6, 1]
    assert len(markers(iface)) == len(COLORS)
    opened.form.history.clear_button.click()
    assert opened.history.places == [] and markers(iface) == []
    assert not opened.form.history.chart.isVisible()


def test_a_place_outside(opened, iface):
    opened.form.history.button.click()
    opened.history.add(QgsPointXY(0, 0), QgsCoordinateReferenceSystem("EPSG:4326"))
    until(lambda: opened.form.history.status.text() == "This place lies outside the raster.")
    assert opened.history.places == [] and markers(iface) == []


def test_a_right_click_and_another_tool(opened, iface):
    button = opened.form.history.button
    button.click()
    opened.form.area.draw_button.click()
    assert not button.isChecked() and iface.canvas.mapTool() is opened.tool
    QTest.keyClick(iface.canvas, Qt.Key.Key_Escape)
    assert not button.isChecked() and iface.canvas.mapTool() is iface.pan
    opened.form.area.draw_button.click()
    button.click()
    assert button.isChecked() and not opened.form.area.draw_button.isChecked()
    click(iface, 5, 5, Qt.MouseButton.RightButton)
    assert not button.isChecked() and iface.canvas.mapTool() is iface.pan
    assert opened.history.places == []


def place_at(dock, column, row):
    point = QgsPointXY(LEFT + 10 * column + 5, TOP - 10 * row - 5)
    dock.history.add(point, QgsCoordinateReferenceSystem("EPSG:32632"))


def test_the_cursor_follows_mouse_and_keys(opened, pixels):
    place_at(opened, 60, 50)
    complete(opened)
    panel = opened.form.history
    chart, text = panel.chart, panel.text
    point, button = QPointF(chart.width() / 2, 40), Qt.MouseButton.NoButton
    QApplication.sendEvent(chart, QMouseEvent(QEvent.Type.MouseMove, point, button, button, NONE))
    middle = text.text()
    assert middle.startswith("2020-0")
    chart.setFocus()
    QTest.keyClick(chart, Qt.Key.Key_Home)
    assert text.text() == f"2020-01-01T00:00\n1: {pixels[0, 50, 60]} mm"
    for _ in range(4):
        QTest.keyClick(chart, Qt.Key.Key_Right)
    assert text.text() == "2020-05-01T00:00\n1: –"  # nodata
    assert chart.accessibleDescription() == text.text()
    QTest.keyClick(chart, Qt.Key.Key_End)
    QTest.keyClick(chart, Qt.Key.Key_Right)
    assert text.text() == f"2020-12-01T00:00\n1: {pixels[11, 50, 60]} mm"


def test_copy_and_csv(opened, pixels, tmp_path):
    place_at(opened, 60, 50)
    place_at(opened, 7, 3)
    complete(opened, 2)
    opened.form.history.copy_button.click()
    copied = list(csv.reader(io.StringIO(QApplication.clipboard().text()), delimiter="\t"))
    opened.history.save(str(tmp_path / "a.csv"))
    saved = list(csv.reader(io.StringIO((tmp_path / "a.csv").read_text("utf-8"))))
    assert copied == saved
    assert saved[0] == ["point", "x", "y", "band", "start", "end", "label", "value"]
    values = ["" if v == -99 else str(v) for v in pixels[:, 50, 60].tolist()]
    assert [row[-1] for row in saved[1:13]] == values
    assert saved[13][:5] == ["2", "400075.0", "4999965.0", "1", "2020-01-01T00:00:00Z"]
    QApplication.clipboard().clear()
    opened.form.history.chart.setFocus()
    QTest.keyClick(opened.form.history.chart, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text().startswith("point\t")


def test_a_file_that_cannot_be_written(opened, tmp_path):
    place_at(opened, 60, 50)
    complete(opened)
    opened.history.save(str(tmp_path / "none" / "a.csv"))
    assert "does not exist" in opened.form.history.status.text()


def test_another_raster_clears_the_chart(opened, iface, tmp_path):
    place_at(opened, 60, 50)
    complete(opened)
    one = write_cube(tmp_path / "one.flac", np.zeros((1, 70, 70), "uint8"), times=False)
    opened.form.source.set_uri(str(one))
    until(lambda: opened.state.raster is not None and opened.state.raster.name == str(one))
    assert opened.history.places == [] and markers(iface) == []
    assert not opened.form.history.isVisible()  # one band has no history
    numbers = write_cube(tmp_path / "c.flac", np.zeros((2, 70, 70), "complex64"), times=False)
    open_in(opened, numbers)
    assert not opened.form.history.isVisible()


def test_bands_without_times(dock, iface, tmp_path):
    array = np.random.default_rng(1).random((5, 70, 70)).astype("float32")
    open_in(dock, write_cube(tmp_path / "a.flac", array, times=False, scale=2.0, offset=1.0))
    place_at(dock, 10, 20)
    (place,) = complete(dock)
    expected = [value * 2.0 + 1.0 for value in array[:, 20, 10].tolist()]
    assert place.values == pytest.approx(expected, rel=1e-12)
    chart = dock.form.history.chart
    chart.setFocus()
    QTest.keyClick(chart, Qt.Key.Key_Home)
    assert dock.form.history.text.text().startswith("Band 1\n1: ")


def test_labels_are_lines_of_their_own(dock, tmp_path):
    array = np.random.default_rng(1).integers(0, 99, (6, 70, 70)).astype("uint8")
    open_in(dock, write_cube(tmp_path / "a.flac", array, labels=["red", "nir"] * 3))
    place_at(dock, 10, 20)
    (place,) = complete(dock)
    assert [(line.label, line.indexes) for line in place.lines] == [
        ("red", [0, 2, 4]),
        ("nir", [1, 3, 5]),
    ]
    dock.form.history.chart.setFocus()
    QTest.keyClick(dock.form.history.chart, Qt.Key.Key_Home)
    red, nir = array[:2, 20, 10]
    assert dock.form.history.text.text().endswith(f"\n1 red: {red}\n1 nir: {nir}")


# ---------------------------------------------------------------- from a server


def test_values_arrive_while_others_are_under_way(dock, iface, server, pixels, monkeypatch):
    """Drawn in the main thread as they arrive, and one request for all."""
    monkeypatch.setattr(tasks, "_REPORT_INTERVAL", 0)
    array = np.tile(pixels, (3, 1, 1))
    write_cube(server.folder / "cube.flac", array, nodata=-99)
    open_in(dock, server.url("cube.flac"))
    until(lambda: dock.state._preview_task is None)
    seen = []

    def arrived(values):
        seen.append((len(values), threading.current_thread() is threading.main_thread()))

    server.forget()
    place_at(dock, 200, 100)
    next(iter(dock.history._tasks.values())).arrived.connect(arrived)
    (place,) = complete(dock)
    assert place.values == array[:, 100, 200].tolist()
    assert len(server.requests()) == 1
    assert "in one request" in dock.form.history.status.text()
    until(lambda: sum(count for count, _ in seen) == 36)
    assert len(seen) > 1 and all(is_main for _, is_main in seen)


def test_a_large_download_is_asked_for(dock, server, pixels, monkeypatch):
    monkeypatch.setattr(tasks, "MAX_UNASKED", 100)
    write_cube(server.folder / "cube.flac", pixels, nodata=-99)
    open_in(dock, server.url("cube.flac"))
    until(lambda: dock.state._preview_task is None)
    server.forget()
    place_at(dock, 200, 100)
    panel = dock.form.history
    until(panel.read_button.isVisible)
    assert server.requests() == [] and "for this place" in panel.read_button.toolTip()
    panel.read_button.click()
    (place,) = complete(dock)
    assert place.values == pixels[:, 100, 200].tolist() and not panel.read_button.isVisible()
    place_at(dock, 100, 100)
    until(panel.read_button.isVisible)
    panel.clear_button.click()
    assert not panel.read_button.isVisible()


def test_an_outage_is_said_and_another_click_tries_again(dock, server, pixels):
    write_cube(server.folder / "cube.flac", pixels, nodata=-99)
    open_in(dock, server.url("cube.flac"))
    server.stop()
    place_at(dock, 200, 100)
    until(lambda: dock.form.history.status.text().startswith("http"), 30)
    assert dock.history.places == []
    assert server.start()

    def again():
        place_at(dock, 200, 100)
        until(lambda: not dock.history._tasks, 30)
        return dock.history.places

    (place,) = until(again, 30)
    assert place.values == pixels[:, 100, 200].tolist()


def test_closing_while_values_arrive(dock, server, pixels, monkeypatch):
    write_cube(server.folder / "cube.flac", np.tile(pixels, (4, 1, 1)), nodata=-99)
    open_in(dock, server.url("slow/cube.flac"))
    place_at(dock, 200, 100)
    until(lambda: dock.history.places[0].bands)
    dock.history.set_raster(None)
    assert dock.history.places == [] and dock.history._tasks == {}


# ---------------------------------------------------------------- how it looks


@pytest.mark.parametrize("dark", [False, True])
def test_colors_of_the_desktop(opened, dark):
    place_at(opened, 60, 50)
    complete(opened)
    chart = opened.form.history.chart
    palette = QPalette(chart.palette())
    base, text = (
        (QColor("#202020"), QColor("#eeeeee")) if dark else (QColor("white"), QColor("black"))
    )
    palette.setColor(QPalette.ColorRole.Base, base)
    palette.setColor(QPalette.ColorRole.Text, text)
    chart.setPalette(palette)
    image = chart.grab().toImage()
    found = {
        image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())
    }
    assert base.name() in found and text.name() in found and COLORS[0] in found


def test_texts_can_be_read_in_the_themes_of_qgis(theme, opened):
    place_at(opened, 60, 50)
    complete(opened)
    QTest.qWait(50)
    image = opened.form.history.chart.grab().toImage()
    texts = [image.pixelColor(x, y).lightness() for x in range(2, 12) for y in range(20, 120)]
    assert max(texts) - min(texts) > 80, theme


def test_a_gap_is_not_drawn_over(qgis_app):
    """Between two values without a gap there is a line; between others nothing."""
    chart = HistoryChart()
    chart.resize(400, 200)

    def columns(values):
        place = Place(1)
        place.set_plan(_plan(len(values)))
        place.values = values
        chart.set_places([place])
        image = chart.grab().toImage()
        color = QColor(COLORS[0]).name()
        height = range(image.height())
        return [
            x for x in range(400) if any(image.pixelColor(x, y).name() == color for y in height)
        ]

    whole = columns([5, 5, 5, 5, 5])
    assert whole == list(range(whole[0], whole[-1] + 1))
    gap = columns([5, 5, None, 5, 5])
    missing = set(whole) - set(gap)
    assert len(missing) > len(whole) / 3
    alone = columns([5, None, 5, None, 5])
    assert 0 < len(alone) < 40


def test_units_have_axes_of_their_own(qgis_app):
    """Of small and large numbers, each fills the height of its axis."""
    chart, place = HistoryChart(), Place(1)
    lowest = chart.minimumHeight()
    place.set_plan(_plan(8, ("K", "kg m-2 s-1")))
    place.values = [280, 1e-5, 290, 3e-5, 285, 2e-5, 281, 1e-5]
    chart.set_places([place])
    assert chart.minimumHeight() > lowest
    chart.resize(400, 300)
    image = chart.grab().toImage()
    color, (upper, lower) = QColor(COLORS[0]).name(), chart._frames()
    assert (upper.unit, lower.unit) == ("K", "kg m-2 s-1")
    assert upper.area.bottom() < lower.area.top() and upper.area.left() == lower.area.left()
    for frame in (upper, lower):
        rows = range(round(frame.area.top()), round(frame.area.bottom()))
        drawn = [y for y in rows if any(image.pixelColor(x, y).name() == color for x in range(400))]
        assert drawn[-1] - drawn[0] > 0.7 * len(rows)


def _plan(count, units=(None,)):
    from types import SimpleNamespace

    from flac_raster_qgis.engine.operations.sample_plan import SampledBand

    bands = tuple(
        SampledBand(
            number + 1,
            Time(datetime(2020, number // len(units) + 1, 1)),
            "",
            units[number % len(units)],
            1,
            0,
        )
        for number in range(count)
    )
    return SimpleNamespace(points=np.array([[1.0, 2.0]]), bands=bands, has_times=True)


@pytest.mark.parametrize(
    "values", [[None] * 3, [7] * 3, [1.7e308, -1.7e308, 0], [float("inf"), 1, 2]]
)
def test_odd_values(qgis_app, values):
    chart = HistoryChart()
    chart.resize(300, 150)
    place = Place(1)
    place.set_plan(_plan(3))
    place.values = values
    chart.set_places([place])
    assert not chart.grab().isNull()
