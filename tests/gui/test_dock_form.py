"""The dock's widgets: labelled, reachable by keyboard, and what they do."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from flac_raster_qgis.engine import Area, Band, FlacRaster, query
from kits.landscape import PLACE, mountains, write_flac
from kits.qgis.dock import open_in, until, want
from osgeo import gdal
from qgis.core import QgsCoordinateReferenceSystem, QgsProject, QgsRectangle, QgsVectorLayer
from qgis.gui import QgsScrollArea
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QMessageBox, QWidget

LEFT, TOP = PLACE[2], PLACE[5]
EXTENT = f"{LEFT:,.0f} … {LEFT + 4000:,.0f}\n{TOP - 3000:,.0f} … {TOP:,.0f}"
BANDS = tuple(Band(description=name) for name in ("red", "green", "blue", "near infrared"))


@pytest.fixture(scope="module")
def array():
    return np.concatenate([mountains(300, 400, seed) for seed in range(4)])


@pytest.fixture(scope="module")
def path(tmp_path_factory, array):
    return write_flac(
        tmp_path_factory.mktemp("form") / "scene.flac", array, tile_size=64, bands=BANDS
    )


@pytest.fixture
def project():
    return QgsProject.instance()


def streamed(dock, project):
    before = set(project.mapLayers())
    dock.form.footer.stream_button.click()
    (key,) = until(lambda: set(project.mapLayers()) - before)
    return project.mapLayer(key)


def test_everything_has_a_name_and_a_tooltip(dock, path):
    open_in(dock, path)
    for kind in (QAbstractButton, QComboBox):
        for widget in dock.form.findChildren(kind):
            if not widget.isVisible() or isinstance(widget.parent(), QComboBox):
                continue
            name = widget.accessibleName() or getattr(widget, "text", str)()
            inside = _ours(widget)
            assert not inside or (name and widget.toolTip()), (widget, name)


def _ours(widget) -> bool:
    """Whether a widget is the dock's own, and no part of a widget of QGIS."""
    parent = widget.parentWidget()
    return type(parent).__module__.startswith("flac_raster_qgis") or type(parent) is QWidget


def test_labels_lead_to_their_widgets(dock, path):
    open_in(dock, path)
    shortcuts = [label for label in dock.form.findChildren(QLabel) if "&" in label.text()]
    assert len(shortcuts) >= 5
    assert all(label.buddy() is not None for label in shortcuts)


def test_shortcuts_are_different(dock, path):
    open_in(dock, path)
    kinds = (QLabel, QAbstractButton)
    texts = [w.text() for kind in kinds for w in dock.form.findChildren(kind) if w.isVisible()]
    letters = [text[text.index("&") + 1].lower() for text in texts if "&" in text]
    assert len(letters) >= 10 and sorted(set(letters)) == sorted(letters)


def test_the_tab_key_visits_everything_in_order(dock, path):
    open_in(dock, path)
    want(dock, LEFT, TOP - 1000, LEFT + 1000, TOP)
    dock.form.activateWindow()
    dock.form.source.combo.setFocus()
    visited = []
    for _ in range(40):
        widget = dock.form.focusWidget()
        if widget in visited:
            break
        visited.append(widget)
        QTest.keyClick(widget, Qt.Key.Key_Tab)
    area, footer = dock.form.area, dock.form.footer
    order = [
        area.draw_button,
        area.map_extent_button,
        area.raster_extent_button,
        area.level,
        footer.output.combo,
        footer.stream_button,
        footer.live_button,
        footer.convert_button,
    ]
    places = [visited.index(widget) for widget in order]
    assert places == sorted(places)


def test_what_it_says_of_a_raster(dock, path):
    open_in(dock, path)
    page = dock.form.card.raster_page
    rows = dock.form.properties.rows()
    assert page.title.name() == "scene"
    assert rows["Size"] == "400 × 300 pixels"
    assert rows["CRS"].startswith("EPSG:32632")
    assert rows["Pixel size"] == "10 m" and rows["Nodata"] == "none"
    assert rows["Extent"] == EXTENT
    assert rows["Bands"] == "4 × uint16"
    assert rows["Levels"] == "4, down to 50 × 38"
    assert rows["Tiles"] == "52 of 64 × 64 pixels, 4 bands each"
    assert "of the uncompressed size" in rows["File size"] and "lattice" in rows["Codings"]
    until(lambda: not page.preview.pixmap().isNull())
    assert page.preview.pixmap().width() > 20
    levels = dock.form.area.level
    assert [levels.itemText(n) for n in range(levels.count())] == [
        "Full: 10 m",
        "Level 1: 20 m",
        "Level 2: 40 m",
        "Level 3: 80 m",
    ]
    assert dock.form.area.bands.itemText(3) == "Band 4: near infrared"


def test_an_area_is_streamed_bit_for_bit(dock, project, path, array):
    open_in(dock, path)
    want(dock, LEFT + 705, TOP - 1995, LEFT + 2605, TOP - 405)
    layer = streamed(dock, project)
    assert layer.providerType() == "gdal" and layer.name() == "scene"
    assert layer.crs().authid() == "EPSG:32632"
    part = gdal.Open(layer.source()).ReadAsArray()
    assert np.array_equal(part, array[:, 40:200, 70:261])
    assert layer.bandName(4).endswith("near infrared")


def test_bands_and_level_are_chosen(dock, project, path):
    from flac_raster_qgis.engine import FlacRaster

    open_in(dock, path)
    dock.form.area.level.setCurrentIndex(1)
    dock.form.area.bands.setCheckedItems(["Band 2: green", "Band 4: near infrared"])
    plan = want(dock, LEFT, TOP - 3000, LEFT + 4000, TOP)
    layer = streamed(dock, project)
    assert layer.name() == "scene (level 1)" and layer.bandCount() == 2
    with FlacRaster.open(path) as raster:
        expected = raster.read(plan.window, 1, (2, 4))
    assert np.array_equal(gdal.Open(layer.source()).ReadAsArray(), expected)


def test_coordinates_are_typed_in_another_crs(dock, path):
    open_in(dock, path)
    line = dock.form.area.extent.findChildren(QLineEdit)
    line = next(one for one in line if one.isVisible())
    line.setFocus()
    QTest.keyClicks(line, "7.46,7.47,46.38,46.39 [EPSG:4326]")
    QTest.keyClick(line, Qt.Key.Key_Return)
    plan = until(lambda: dock.state.area_plan)
    extent, crs = dock.state.area
    assert crs.authid() == "EPSG:4326" and extent == QgsRectangle(7.46, 46.38, 7.47, 46.39)
    with FlacRaster.open(path) as raster:
        expected = query(raster, Area((7.46, 46.38, 7.47, 46.39), "EPSG:4326"))
        assert np.allclose(plan.bounds, expected.bounds, atol=10)


def test_map_view_and_whole_raster(dock, iface, path):
    open_in(dock, path)
    iface.canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:3857"))
    dock.form.area.raster_extent_button.click()
    plan = until(lambda: dock.state.area_plan)
    assert plan.window == (0, 0, 400, 300)
    dock.zoom()
    iface.canvas.zoomByFactor(0.1)
    dock.state.area_plan = None
    dock.form.area.map_extent_button.click()
    plan = until(lambda: dock.state.area_plan)
    assert 10 < plan.window.width < 100


def test_an_area_outside_the_raster(dock, path):
    open_in(dock, path)
    assert not dock.form.footer.stream_button.isEnabled()
    dock.set_extent(QgsRectangle(0, 0, 1, 1), QgsCoordinateReferenceSystem("EPSG:32632"))
    footer = dock.form.footer
    until(lambda: "no pixels of the raster" in footer.plan_label.text())
    assert "lies outside" in footer.plan_label.toolTip() and not footer.stream_button.isEnabled()


def test_a_file_of_the_users(dock, project, path, tmp_path, array, monkeypatch):
    open_in(dock, path)
    output, footer = dock.form.footer.output, dock.form.footer
    output.set_kind("file")
    want(dock, LEFT, TOP - 1000, LEFT + 1000, TOP)
    assert not footer.stream_button.isEnabled()
    output.file.setFilePath(str(tmp_path / "part"))
    until(lambda: footer.stream_button.isEnabled())
    layer = streamed(dock, project)
    assert Path(layer.source()) == tmp_path / "part.tif"
    assert np.array_equal(gdal.Open(layer.source()).ReadAsArray(), array[:, :100, :100])
    # once more: it asks first
    answers = [QMessageBox.StandardButton.No, QMessageBox.StandardButton.Yes]
    monkeypatch.setattr(QMessageBox, "question", lambda *args: answers.pop(0))
    changed = (tmp_path / "part.tif").stat().st_mtime_ns
    footer.stream_button.click()
    assert not dock.state.is_streaming
    assert (tmp_path / "part.tif").stat().st_mtime_ns == changed
    project.clear()
    want(dock, LEFT, TOP - 500, LEFT + 500, TOP)
    assert streamed(dock, project).width() == 50 and answers == []


def test_live_layers_of_all_and_of_a_part(dock, project, path):
    open_in(dock, path)
    dock.form.footer.live_button.click()
    (layer,) = until(lambda: list(project.mapLayers().values()))
    assert (layer.name(), layer.providerType(), layer.width()) == ("scene", "flacraster", 400)
    want(dock, LEFT, TOP - 1000, LEFT + 1000, TOP)
    dock.form.footer.output.set_kind("live")
    area = dock.form.area
    assert not area.level.isEnabled() and not area.bands.isEnabled()
    want(dock, LEFT, TOP - 1000, LEFT + 1000, TOP)
    layer = streamed(dock, project)
    assert (layer.providerType(), layer.width(), layer.height()) == ("flacraster", 100, 100)
    assert layer.name() == "scene (live)"


@pytest.mark.parametrize(
    "place",
    [
        {"crs": None},
        {"crs": None, "transform": (1.0, 0.0, 0.0, 0.0, 1.0, 0.0)},
        {"transform": (8.0, 6.0, 400000.0, 6.0, -8.0, 5100000.0)},
        {"transform": (10.0, 0.0, 380000.0, 0.0, 10.0, 5140000.0)},
    ],
    ids=["no CRS", "no place at all", "rotated", "south up"],
)
def test_rasters_that_lie_oddly(dock, project, tmp_path, array, place):
    open_in(dock, write_flac(tmp_path / "odd.flac", array, tile_size=64, bands=BANDS, **place))
    dock.form.area.raster_extent_button.click()
    until(lambda: dock.state.area_plan)
    layer = streamed(dock, project)
    assert np.array_equal(gdal.Open(layer.source()).ReadAsArray(), array)
    dock.form.footer.output.set_kind("live")
    until(lambda: dock.state.area_plan)
    live = streamed(dock, project)
    assert live.isValid() and live.extent().intersects(dock.items.footprint.geometry.boundingBox())


def test_only_the_raster_chosen_last_is_opened(dock, server, array):
    for name in ("one", "two", "three"):
        write_flac(server.folder / f"{name}.flac", array, bands=BANDS)
    opened = []
    dock.state.opened.connect(lambda task: opened.append(task.uri.title))
    for name in ("slow/one", "slow/two", "three"):
        dock.form.source.set_uri(server.url(f"{name}.flac"))
    until(lambda: opened)
    QTest.qWait(300)
    assert opened == ["three"] and dock.form.card.raster_page.title.name() == "three"


def test_opening_is_cancelled(dock, server, array):
    write_flac(server.folder / "one.flac", array, bands=BANDS)
    dock.form.source.set_uri(server.url("slow/one.flac"))
    until(lambda: dock.form.card.wait_page.isVisible())
    dock.form.card.wait_page.cancel_button.click()
    assert dock.form.card.message_page.isVisible() and dock.state.raster is None
    QTest.qWait(200)
    assert dock.form.card.message_page.isVisible()


def test_a_typed_source_waits_for_return(dock, path):
    line = dock.form.source.combo.lineEdit()
    line.setFocus()
    QTest.keyClicks(line, str(path))
    QTest.qWait(50)
    assert dock.state.raster is None and dock.state.uri is None
    QTest.keyClick(line, Qt.Key.Key_Return)
    until(lambda: dock.state.raster is not None)


def test_what_is_remembered(dock, iface, path):
    from flac_raster_qgis.gui.dock.controller import Controller
    from flac_raster_qgis.gui.dock.form import DockForm

    open_in(dock, path)
    dock.form.footer.output.set_kind("live")
    dock.form.card.raster_page.tiles_button.click()
    form = DockForm()
    again = Controller(iface, form)
    assert form.source.uri() == str(path)
    assert form.footer.output.kind() == "live"
    assert not form.card.raster_page.tiles_button.isChecked()
    assert again.state.raster is None  # nothing is fetched unasked
    again.close()


def test_converting_starts_with_the_selected_layer_or_the_raster_that_is_open(
    dock, iface, path, project, monkeypatch
):
    import processing

    asked = []

    class Dialog:
        def show(self):
            asked.append("shown")

    def create(name, parameters):
        asked.append((name, parameters))
        return Dialog()

    monkeypatch.setattr(processing, "createAlgorithmDialog", create)
    dock.form.footer.convert_button.click()
    open_in(dock, path)
    dock.form.footer.convert_button.click()
    iface.active = QgsVectorLayer("Point", "points", "memory")
    dock.form.footer.convert_button.click()
    dock.form.footer.live_button.click()
    (layer,) = until(lambda: list(project.mapLayers().values()))
    assert iface.active == layer
    dock.form.footer.convert_button.click()
    assert asked == [
        ("flacraster:convert", {}),
        "shown",
        ("flacraster:convert", {"INPUT": str(path)}),
        "shown",
        ("flacraster:convert", {"INPUT": str(path)}),
        "shown",
        ("flacraster:convert", {"INPUT": layer.id()}),
        "shown",
    ]


def test_the_extent_line_shows_the_start_of_its_hint_and_of_its_text(dock, path):
    open_in(dock, path)
    (line,) = [w for w in dock.form.area.extent.findChildren(QLineEdit) if w.isVisible()]
    assert line.text() and line.cursorPosition() == 0
    want(dock, LEFT, TOP - 1000, LEFT + 1000, TOP)
    assert line.text() and line.cursorPosition() == 0


@pytest.mark.parametrize("points", [9, 15])
def test_the_area_needs_no_scrolling(dock, path, points):
    """In the dock of a window of 900 pixels, also with a large font."""
    font = dock.form.font()
    font.setPointSizeF(points)
    dock.form.setFont(font)
    dock.form.resize(400, 760)
    open_in(dock, path)
    want(dock, LEFT, TOP - 2560, LEFT + 2560, TOP)
    dock.form.area.values.low.setText("3000")  # says how many tiles have such values, too
    QTest.qWait(200)
    area, scroll = dock.form.area, dock.form.findChild(QgsScrollArea)
    bottom = area.mapTo(scroll.viewport(), area.rect().bottomLeft()).y()
    assert bottom <= scroll.viewport().height()
    assert area.y() < dock.form.properties.y()


def test_buttons_stay_where_they_are(dock, path, tmp_path):
    open_in(dock, path)
    page = dock.form.card.raster_page
    until(lambda: not page.preview.pixmap().isNull())
    before = page.zoom_button.pos()
    open_in(dock, write_flac(tmp_path / "thin.flac", mountains(400, 40)))
    until(lambda: not page.preview.pixmap().isNull())
    QTest.qWait(50)
    moved = page.zoom_button.pos() - before
    assert page.preview.pixmap().width() < 20 and moved.x() == 0 and abs(moved.y()) < 4


def test_the_list_of_levels_is_not_cut_off(dock, tmp_path):
    place = {"crs": "EPSG:4326", "transform": (7.5291e-05, 0.0, 7.0, 0.0, -0.00011509, 46.0)}
    dock.form.resize(260, 800)
    open_in(dock, write_flac(tmp_path / "x.flac", mountains(300, 400), tile_size=64, **place))
    level = dock.form.area.level
    assert level.itemText(0) == "Full: 0.000075291 × 0.00011509°"
    level.showPopup()
    view = level.view()
    widest = max(view.fontMetrics().horizontalAdvance(level.itemText(n)) for n in range(4))
    assert view.viewport().width() > widest
    level.hidePopup()


def test_degrees_are_short_in_every_language(monkeypatch):
    from flac_raster_qgis.gui.dock import strings

    monkeypatch.setattr(strings.QgsUnitTypes, "toAbbreviatedString", lambda unit: "Grad")
    degrees = QgsCoordinateReferenceSystem("EPSG:4326")
    assert strings.unit_text(degrees) == "°"
    assert strings.alike([7.5291e-05, 0.00011509], 5) == ["0.000075291", "0.00011509"]
    assert strings.alike([1e-9, 10.0], 5) == ["1e-09", "1e+01"]
    assert strings.alike([1234.5, 30.0], 5) == ["1,234.5", "30"]
    assert strings.alike([0.25, 0.5], 5) == ["0.25", "0.5"]
