"""The part of the dock that describes the open raster, or says why none is open."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.core import QgsApplication
from qgis.gui import QgsCollapsibleGroupBox
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
from ..widgets import NameLabel, PlainLabel, fill, icon_button

#: Sides of the preview in device-independent pixels.
_PREVIEW_SIZE = QSize(88, 64)
#: Pixels up to which Qt scales images in the calling thread.
_MAX_SMOOTH = 1 << 16


class RasterCard(QWidget):
    """Shows one of three pages: a message, a progress bar while opening, or a raster."""

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self.message_page = _MessagePage(self)
        self.wait_page = _WaitPage(self)
        self.raster_page = _RasterPage(self)
        self._pages = (self.message_page, self.wait_page, self.raster_page)
        fill(QVBoxLayout(self), *self._pages, margin=0)
        self.show_message(
            tr(
                "Enter the URL of a FLAC raster or choose a file, and press Return. "
                "Only the file header and a small preview are read."
            )
        )

    def show_message(self, text: str) -> None:
        """Show a message."""
        self.message_page.label.setText(text)
        self._show(self.message_page)

    def show_wait(self, name: str) -> None:
        """Show that a raster is being opened."""
        self.wait_page.label.setText(tr("Opening {name}…").format(name=name))
        self._show(self.wait_page)

    def show_raster(self, title: str, tip: str) -> None:
        """Show a raster: its name with the path or URL as tip."""
        self.raster_page.show_raster(title, tip)
        self._show(self.raster_page)

    def _show(self, page: QWidget) -> None:
        for other in self._pages:
            other.setVisible(other is page)


class _Page(QWidget):
    """A page with a label above a row of widgets."""

    def __init__(self, parent: QWidget, widgets: Sequence[QWidget], *, is_stretched: bool):
        super().__init__(parent)
        self.label = PlainLabel(parent=self, is_paragraph=True)
        row = QHBoxLayout()
        if not is_stretched:
            row.addStretch()
        fill(QVBoxLayout(self), self.label, fill(row, *widgets), margin=0)


class _MessagePage(_Page):
    def __init__(self, parent: QWidget):
        self.open_button = QPushButton(tr("&Open"))
        self.open_button.setToolTip(tr("Read the file header and a preview"))
        super().__init__(parent, [self.open_button], is_stretched=False)


class _WaitPage(_Page):
    def __init__(self, parent: QWidget):
        bar = QProgressBar()
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        self.cancel_button = QPushButton(tr("Cancel"))
        super().__init__(parent, [bar, self.cancel_button], is_stretched=True)


class _RasterPage(QWidget):
    def __init__(self, parent: QWidget):
        super().__init__(parent)
        self.preview = PlainLabel(parent=self)
        self.preview.setAccessibleName(tr("Preview"))
        # of a fixed size, so that the buttons beside it stay where they are
        self.preview.setFixedSize(_PREVIEW_SIZE)
        self.preview.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.title = NameLabel(self)
        font = self.title.font()
        font.setPointSizeF(font.pointSizeF() * 1.15)
        self.title.setFont(font)
        self.zoom_button = self._button(
            QgsApplication.getThemeIcon("mActionZoomToLayer.svg"), tr("Zoom to the raster")
        )
        self.tiles_button = self._button(
            resource_icon("tiles"), tr("Show the raster and the outlines of its tiles on the map")
        )
        self.tiles_button.setCheckable(True)
        self.tiles_button.setChecked(True)
        self.reload_button = self._button(
            QgsApplication.getThemeIcon("mActionRefresh.svg"),
            tr("Reload the raster if it has changed"),
        )
        self.preview_button = QPushButton(self)
        self.preview_button.setIcon(QgsApplication.getThemeIcon("mActionShowAllLayers.svg"))
        self.preview_button.setToolTip(
            tr("Download the coarsest level of the raster, and show it here and on the map")
        )
        self.progress = QProgressBar(self)
        self.progress.setAccessibleName(tr("Progress of the preview"))
        buttons = fill(
            QHBoxLayout(), self.zoom_button, self.tiles_button, self.reload_button, spacing=4
        )
        buttons.addStretch()
        buttons.addWidget(self.preview_button)
        buttons.addWidget(self.progress, 1)
        buttons.addStrut(self.preview_button.sizeHint().height())
        column = fill(QVBoxLayout(), self.title)
        column.addStretch()
        column.addLayout(buttons)
        top = fill(QHBoxLayout(self), self.preview, column, margin=0)
        top.setStretch(1, 1)

    def _button(self, icon: QIcon, tip: str) -> QToolButton:
        button = icon_button(self, icon, tip)
        button.setAutoRaise(True)
        return button

    def show_raster(self, title: str, tip: str) -> None:
        self.title.setText(title)
        self.title.setToolTip(literal_text(tip))
        self.show_preview(QImage())

    def show_preview(self, image: QImage) -> None:
        """Show the preview; an empty one while there is none."""
        pixmap = QPixmap()
        if not image.isNull():
            ratio = self.devicePixelRatioF()
            size, keep = _PREVIEW_SIZE * ratio, Qt.AspectRatioMode.KeepAspectRatio
            # Qt 5 scales large images smoothly in threads, and waits for them. They may be busy
            # with drawing layers, which waits for the interpreter lock that this thread holds.
            if image.width() * image.height() > _MAX_SMOOTH:
                image = image.scaled(size * 2, keep, Qt.TransformationMode.FastTransformation)
            image = image.scaled(size, keep, Qt.TransformationMode.SmoothTransformation)
            pixmap = QPixmap.fromImage(image)
            pixmap.setDevicePixelRatio(ratio)
        self.preview.setPixmap(pixmap)
        self.preview_button.hide()
        self.progress.hide()

    def offer_preview(self, text: str) -> None:
        """Show the button that downloads the preview."""
        self.preview_button.setText(text)
        self.preview_button.show()
        self.progress.hide()

    def show_progress(self, done: int, total: int, text: str) -> None:
        """Show how much of the preview is downloaded."""
        self.progress.setRange(0, max(total, 1))
        self.progress.setValue(done)
        self.progress.setFormat(text)
        self.progress.show()
        self.preview_button.hide()


class PropertiesBox(QgsCollapsibleGroupBox):
    """Names and values of the properties of a raster; can be collapsed."""

    def __init__(self, parent: QWidget | None = None):
        super().__init__(tr("Properties"), parent)
        self.setObjectName("FlacRasterProperties")  # QGIS stores by it whether it is collapsed
        for button in self.findChildren(QToolButton):  # the triangle
            button.setToolTip(tr("Show or hide the properties of the raster"))
            button.setAccessibleName(button.toolTip())
        self._rows = QGridLayout(self)
        self._rows.setColumnStretch(1, 1)
        self._rows.setVerticalSpacing(2)

    def show_properties(self, properties: Sequence[tuple[str, str]]) -> None:
        """Show names and values."""
        while self._rows.count():
            self._rows.takeAt(0).widget().deleteLater()
        for number, (name, value) in enumerate(properties):
            label = PlainLabel(name, self)
            label.setPalette(_muted(label.palette()))
            text = PlainLabel(value, self, is_paragraph=True)
            text.setAccessibleName(name)
            self._rows.addWidget(label, number, 0, Qt.AlignmentFlag.AlignTop)
            self._rows.addWidget(text, number, 1)

    def rows(self) -> dict[str, str]:
        """Return the properties that are shown, by name."""
        labels = [self._rows.itemAt(n).widget().text() for n in range(self._rows.count())]
        return dict(zip(labels[::2], labels[1::2]))


def _muted(palette: QPalette) -> QPalette:
    """Return a palette with less contrast between text and background."""
    color = palette.color(QPalette.ColorRole.WindowText)
    color.setAlphaF(0.65)
    palette.setColor(QPalette.ColorRole.WindowText, color)
    return palette
