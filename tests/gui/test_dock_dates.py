"""The dates of a raster in the dock: all of them, one, a range, or all bands."""

from __future__ import annotations

import numpy as np
import pytest
from kits.qgis.dated_layers import months, random_bytes, write_dated
from kits.qgis.dock import open_in, until, want
from kits.qgis.layers import read_block
from qgis.core import QgsProject, QgsRasterLayer
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest

from flac_raster_qgis.core.layer_uri import without_address

ARRAY = random_bytes(24, 60, 80)
AREA = (500100, 4999700, 500500, 4999900)


@pytest.fixture
def path(tmp_path):
    times = [f"{month}" for month in months(12)]
    return write_dated(tmp_path / "cube.flac", ARRAY, times, ("red", "nir"))


@pytest.fixture
def opened(dock, path):
    open_in(dock, path)
    return dock


def choose(dock, text: str) -> None:
    """Type something into the field, or choose it if the list has it."""
    field = dock.form.area.dates
    index = field.findText(text)
    if index >= 0:
        field.setCurrentIndex(index)
        return
    line = field.lineEdit()
    line.selectAll()
    QTest.keyClicks(line, text)
    QTest.keyClick(line, Qt.Key.Key_Return)


def layer_of(dock) -> QgsRasterLayer:
    before = set(QgsProject.instance().mapLayers())
    dock.form.footer.live_button.click()
    until(lambda: set(QgsProject.instance().mapLayers()) - before)
    (name,) = set(QgsProject.instance().mapLayers()) - before
    return QgsProject.instance().mapLayer(name)


def bands_listed(dock) -> list[int]:
    combo = dock.form.area.bands
    return [int(combo.itemData(index)) for index in range(combo.count())]


def test_all_dates_are_chosen_at_first(opened, path):
    field = opened.form.area.dates
    assert field.isVisibleTo(opened.form) and field.currentText() == "All 12 dates, one at a time"
    texts = [field.itemText(index) for index in range(field.count())]
    assert [text for text in texts if text] == [
        *("All 12 dates, one at a time", "All bands"),
        *months(12),
    ]
    layer = layer_of(opened)
    assert without_address(layer.source()) == f"{path}|time=all"
    assert layer.name() == "cube" and layer.bandCount() == 2
    assert layer.temporalProperties().isActive()


@pytest.mark.parametrize(
    ("text", "time", "name", "bands"),
    [
        ("All bands", "", "cube", 24),
        ("2000-07", "|time=2000-07", "cube 2000-07", 2),
        ("2000-03..2000-05", "|time=2000-03..2000-05", "cube 2000-03..2000-05", 2),
        ("2000", "|time=2000", "cube 2000", 2),
    ],
)
def test_another_choice(opened, path, text, time, name, bands):
    choose(opened, text)
    layer = layer_of(opened)
    assert without_address(layer.source()) == f"{path}{time}"
    assert layer.name() == name and layer.bandCount() == bands


def test_a_live_layer_of_an_area(opened):
    choose(opened, "2000-02")
    plan = want(opened, *AREA, crs="EPSG:32633")
    opened.state.make_live_layer(plan)
    (layer,) = until(lambda: list(QgsProject.instance().mapLayers().values()))
    assert layer.name() == "cube 2000-02 (live)"
    np.testing.assert_array_equal(read_block(layer.dataProvider())[0], ARRAY[2, 10:30, 10:50])


def test_only_bands_of_the_date_are_streamed(opened):
    choose(opened, "2000-04")
    assert bands_listed(opened) == [7, 8]
    plan = want(opened, *AREA, crs="EPSG:32633")
    assert plan.bands == (7, 8)
    opened.state.stream(plan, "")
    (layer,) = until(lambda: list(QgsProject.instance().mapLayers().values()))
    assert layer.name() == "cube 2000-04" and layer.bandCount() == 2
    choose(opened, "All 12 dates, one at a time")
    assert bands_listed(opened) == list(range(1, 25))
    assert want(opened, *AREA, crs="EPSG:32633").bands == tuple(range(1, 25))


@pytest.mark.parametrize(
    ("text", "reason"),
    [("1999", "no band of the time '1999'"), ("spring", "is not understood")],
)
def test_a_time_that_is_none(opened, text, reason):
    want(opened, *AREA, crs="EPSG:32633")
    choose(opened, text)
    assert reason in opened.form.footer.plan_label.text()
    assert not opened.form.footer.stream_button.isEnabled()
    choose(opened, "2000-01")
    until(lambda: opened.state.area_plan)
    assert opened.form.footer.stream_button.isEnabled()


def test_rasters_without_dates_have_no_field(opened, tmp_path):
    plain = write_dated(tmp_path / "one.flac", ARRAY[:1], ["2000-01"])
    open_in(opened, plain)
    until(lambda: opened.form.card.raster_page.isVisibleTo(opened.form))
    assert not opened.form.area.dates.isVisibleTo(opened.form)
    assert without_address(layer_of(opened).source()) == str(plain)
