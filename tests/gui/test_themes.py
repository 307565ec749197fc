"""What widgets look like in the themes of QGIS."""

from __future__ import annotations

import numpy as np
import pytest
from qgis.PyQt.QtCore import QPoint, QRect
from qgis.PyQt.QtGui import QImage
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from flac_raster_qgis.algorithms.dialog_wrapper import in_container
from flac_raster_qgis.algorithms.raster_input_widget import RasterInputEdit
from flac_raster_qgis.core.hints import fade_hint
from flac_raster_qgis.gui.connections.source_edit import SourceCombo
from flac_raster_qgis.gui.widgets import fill


def ink(line: QLineEdit) -> int:
    """Return how much the strongest pixel inside a line differs from its background."""
    QTest.qWait(50)
    line.clearFocus()
    place = QRect(line.mapTo(line.window(), QPoint()), line.size())
    image = line.window().grab(place).toImage().convertToFormat(QImage.Format.Format_RGB32)
    memory = image.constBits().asarray(image.sizeInBytes())
    pixels = np.frombuffer(memory, np.uint8).reshape(image.height(), image.bytesPerLine() // 4, 4)
    inside = pixels[3:-3, 3 : image.width() - 30, :3].astype(int)
    background = np.median(inside, axis=(0, 1))
    return int(np.abs(inside - background).max())


@pytest.mark.parametrize("kind", ["source", "raster input", "bare"])
def test_a_hint_is_fainter_than_what_is_entered(theme, clean, kind):
    if kind == "source":
        combo = SourceCombo()
    elif kind == "raster input":
        edit = RasterInputEdit("")
        combo = edit.combo
    else:
        combo = QComboBox()
        combo.setEditable(True)
        fade_hint(combo.lineEdit())
    line, text = combo.lineEdit(), "HINT or text"
    line.setPlaceholderText(text)
    window = QWidget()
    fill(QVBoxLayout(window), in_container(combo), in_container(QLineEdit()))
    window.resize(400, 100)
    window.show()
    combo.setCurrentIndex(-1)
    line.clear()
    hint = ink(line)
    line.setText(text)
    assert 20 < hint < 0.75 * ink(line)
    window.close()
    window.deleteLater()
