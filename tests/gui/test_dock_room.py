"""The dock has room for its texts: long names, long lists, a large font."""

from __future__ import annotations

import numpy as np
import pytest
from flac_raster_qgis.engine import Band
from kits.landscape import mountains, write_flac
from kits.qgis.dock import open_in, until
from qgis.PyQt.QtGui import QFont
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QAbstractButton, QApplication, QLabel

NAME = "a_rather_long_name_of_a_global_model_output_0-360_degrees_v2.1_final"
BANDS = tuple(
    Band(description=f"surface reflectance of the sensor A at {400 + 10 * n} nm, cloud-free")
    for n in range(3)
)


@pytest.fixture
def path(tmp_path):
    array = np.concatenate([mountains(300, 400, seed) for seed in range(len(BANDS))])
    return write_flac(tmp_path / f"{NAME}.flac", array, tile_size=64, bands=BANDS)


@pytest.fixture
def large_font(qgis_app):
    """15 pt instead of 9 or 10."""
    before = QApplication.font()
    large = QFont(before)
    large.setPointSize(15)
    QApplication.setFont(large)
    yield
    QApplication.setFont(before)


def cut_labels(form):
    """Return the texts of the labels that are wider or higher than their labels."""
    QTest.qWait(50)  # layouts are made when the events are handled
    return [
        label.text()
        for label in form.findChildren(QLabel)
        if label.isVisible()
        and label.text()
        and (
            label.minimumSizeHint().width() > label.width()  # of the longest word
            or label.heightForWidth(label.width()) > label.height()
        )
    ]


def cut_buttons(form):
    buttons = [button for button in form.findChildren(QAbstractButton) if button.isVisible()]
    return [b.text() for b in buttons if b.text() and b.minimumSizeHint().width() > b.width()]


def test_a_long_name_is_shown_in_full(dock, path):
    open_in(dock, path)
    title = dock.form.card.raster_page.title
    assert title.name() == title.accessibleName() == NAME
    assert title.height() > 1.5 * title.fontMetrics().height()
    assert cut_labels(dock.form) == []


def test_nothing_is_cut_in_a_large_font(large_font, dock, path):
    dock.form.resize(380, 900)
    open_in(dock, path)
    assert cut_labels(dock.form) == cut_buttons(dock.form) == []
    dock.use_raster_extent()
    until(lambda: dock.state.area_plan)
    assert cut_labels(dock.form) == []


def test_lists_are_as_wide_as_their_items(dock, path):
    open_in(dock, path)
    for combo in (dock.form.area.bands, dock.form.area.level):
        needed = combo.view().sizeHintForColumn(0)
        assert combo.view().minimumWidth() >= needed
    assert dock.form.area.bands.view().minimumWidth() > dock.form.area.bands.width()


def test_units_stay_in_the_line_of_their_numbers(dock, path):
    open_in(dock, path)
    dock.use_raster_extent()
    until(lambda: dock.state.area_plan)
    for label, unit in (
        (dock.form.footer.plan_label, "% of the file"),
        (dock.form.footer.result, "kB uncompressed"),
    ):
        shown, text = QLabel.text(label), label.text()
        assert f"\u00a0{unit}" in shown and f" {unit}" in text and "\u00a0" not in text
        assert " tiles" in shown or " × " in shown
