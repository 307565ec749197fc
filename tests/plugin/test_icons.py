"""Icons can be told from their background and from each other in a toolbar, light or dark."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from qgis.PyQt.QtGui import QColor, QIcon, QImage, QPainter

from flac_raster_qgis.core.resources import resource_path

ICONS = sorted(Path(resource_path("icons")).glob("*.svg"))
#: Of QGIS's own light theme and of Night Mapping.
BACKGROUNDS = ("#f0f0f0", "#2b2b2b")
SIZE = 16


def pixels(icon: Path, background: str) -> np.ndarray:
    """Return an icon as a toolbar shows it: linear RGB, shape (16, 16, 3)."""
    image = QImage(SIZE, SIZE, QImage.Format.Format_RGB32)
    image.fill(QColor(background))
    painter = QPainter(image)
    painter.drawPixmap(0, 0, QIcon(str(icon)).pixmap(SIZE, SIZE))
    painter.end()
    values = [[image.pixelColor(x, y).getRgbF()[:3] for x in range(SIZE)] for y in range(SIZE)]
    return np.array(values) ** 2.2


def luminance(values: np.ndarray) -> np.ndarray:
    return values @ [0.2126, 0.7152, 0.0722] + 0.05


@pytest.mark.parametrize("background", BACKGROUNDS)
@pytest.mark.parametrize("icon", ICONS, ids=lambda path: path.stem)
def test_an_icon_stands_out(plugin, icon, background):
    """At least a sixth of it, by the contrast of the Web Content Accessibility Guidelines."""
    seen = luminance(pixels(icon, background))
    plain = luminance(np.array(QColor(background).getRgbF()[:3]) ** 2.2)
    contrast = np.maximum(seen, plain) / np.minimum(seen, plain)
    assert (contrast > 1.7).mean() > 1 / 6


def test_icons_differ(plugin):
    seen = {icon.stem: pixels(icon, BACKGROUNDS[0]) for icon in ICONS}
    for name, image in seen.items():
        for other, picture in seen.items():
            assert name == other or (abs(image - picture).max(axis=2) > 0.1).mean() > 0.08
