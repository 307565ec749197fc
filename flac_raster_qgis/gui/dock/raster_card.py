"""The part of the dock that says what is open, or why nothing is."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QSize, Qt
from qgis.PyQt.QtGui import QIcon, QImage, QPalette, QPixmap
from qgis.PyQt.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ...core.plain_text import literal_text
from ...core.resources import resource_icon
from ...core.translation import tr
from ..widgets import PlainLabel

#: Side of the preview in pixels of an ordinary screen.
_SIDE = 104


class RasterCard(QWidget):
    """Shows one of three: a sentence, that something is being opened, or a raster.

    Parameters
    ----------
    parent : QWidget, optional
    """

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self.message = _Message(self)
        self.wait = _Wait(self)
        self.facts = _Facts(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for page in (self.message, self.wait, self.facts):
            layout.addWidget(page)
        self.show_message(
            tr(
                "Enter the URL of a FLAC raster or choose a file, and press Return. "
                "Only what it says of itself and a preview are read."
            )
        )

    def show_message(self, text: str) -> None:
        """Show a sentence."""
        self.message.label.setText(text)
        self._show(self.message)

    def show_wait(self, name: str) -> None:
        """Show that a raster is being opened."""
        self.wait.label.setText(tr("Opening {name} …").format(name=name))
        self._show(self.wait)

    def show_raster(
        self, title: str, tip: str, facts: Sequence[tuple[str, str]], preview: QImage
    ) -> None:
        """Show a raster."""
        self.facts.show_raster(title, tip, facts, preview)
        self._show(self.facts)

    def _show(self, page: QWidget) -> None:
        for other in (self.message, self.wait, self.facts):
            other.setVisible(other is page)


class _Message(QWidget):
    def __init__(self, parent: QWidget):
        super().__init__(parent)
        self.label = PlainLabel(parent=self)
        self.label.setWordWrap(True)
        self.label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.open_button = QPushButton(tr("&Open"), self)
        self.open_button.setToolTip(tr("Read what the file says of itself, and a preview"))
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(self.open_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.label)
        layout.addLayout(row)


class _Wait(QWidget):
    def __init__(self, parent: QWidget):
        super().__init__(parent)
        self.label = PlainLabel(parent=self)
        self.label.setWordWrap(True)
        bar = QProgressBar(self)
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        self.cancel_button = QPushButton(tr("Cancel"), self)
        row = QHBoxLayout()
        row.addWidget(bar, 1)
        row.addWidget(self.cancel_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.label)
        layout.addLayout(row)


class _Facts(QWidget):
    def __init__(self, parent: QWidget):
        super().__init__(parent)
        self.preview = PlainLabel(parent=self)
        self.preview.setAccessibleName(tr("Preview"))
        self.title = PlainLabel(parent=self)
        self.title.setWordWrap(True)
        self.title.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        font = self.title.font()
        font.setBold(True)
        font.setPointSizeF(font.pointSizeF() * 1.15)
        self.title.setFont(font)
        self.zoom_button = _button(
            self, QgsApplication.getThemeIcon("mActionZoomToLayer.svg"), tr("Zoom to the raster")
        )
        self.reload_button = _button(
            self,
            QgsApplication.getThemeIcon("mActionRefresh.svg"),
            tr("Open the raster again, to see whether it has changed"),
        )
        self.tiles_button = _button(
            self,
            resource_icon("tiles"),
            tr("Show the outline of the raster and its tiles on the map"),
        )
        self.tiles_button.setCheckable(True)
        self.tiles_button.setChecked(True)
        self._rows = QGridLayout()
        self._rows.setColumnStretch(1, 1)
        self._rows.setVerticalSpacing(2)
        head = QVBoxLayout()
        head.addWidget(self.title)
        head.addStretch()
        buttons = QHBoxLayout()
        buttons.setSpacing(4)
        buttons.addWidget(self.zoom_button)
        buttons.addWidget(self.tiles_button)
        buttons.addWidget(self.reload_button)
        buttons.addStretch()
        head.addLayout(buttons)
        top = QHBoxLayout()
        top.addWidget(self.preview, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(head, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(top)
        layout.addLayout(self._rows)

    def show_raster(
        self, title: str, tip: str, facts: Sequence[tuple[str, str]], preview: QImage
    ) -> None:
        self.title.setText(title)
        self.title.setToolTip(literal_text(tip))
        ratio = self.devicePixelRatioF()
        pixmap = QPixmap.fromImage(
            preview.scaled(
                QSize(_SIDE, _SIDE) * ratio,
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
        )
        pixmap.setDevicePixelRatio(ratio)
        self.preview.setPixmap(pixmap)
        self.preview.setFixedSize(pixmap.size() / ratio)
        while self._rows.count():
            self._rows.takeAt(0).widget().deleteLater()
        for number, (name, value) in enumerate(facts):
            label = PlainLabel(name, self)
            label.setPalette(_quiet(label.palette()))
            text = PlainLabel(value, self)
            text.setWordWrap(True)
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            text.setAccessibleName(name)
            self._rows.addWidget(label, number, 0, Qt.AlignmentFlag.AlignTop)
            self._rows.addWidget(text, number, 1)

    def rows(self) -> dict[str, str]:
        """Return what the lines say."""
        labels = [self._rows.itemAt(n).widget().text() for n in range(self._rows.count())]
        return dict(zip(labels[::2], labels[1::2]))


def _quiet(palette: QPalette) -> QPalette:
    """Return a palette whose text stands back a little."""
    color = palette.color(QPalette.ColorRole.WindowText)
    color.setAlphaF(0.65)
    palette.setColor(QPalette.ColorRole.WindowText, color)
    return palette


def _button(parent: QWidget, icon: QIcon, tip: str) -> QToolButton:
    button = QToolButton(parent)
    button.setIcon(icon)
    button.setToolTip(tip)
    button.setAccessibleName(tip)
    button.setAutoRaise(True)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return button
