"""The choice of the dock's output: a temporary file, a named file, or a live layer."""

from __future__ import annotations

from qgis.gui import QgsFileWidget
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QComboBox, QGridLayout, QToolButton, QWidget

from ...core.translation import tr
from ..widgets import PlainLabel

TEMPORARY, FILE, LIVE = "temporary", "file", "live"
_TIP = Qt.ItemDataRole.ToolTipRole


class OutputChoice(QWidget):
    """Chooses the output."""

    changed = pyqtSignal()

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self.combo = QComboBox(self)
        for kind, text, tip in (
            (TEMPORARY, tr("Temporary GeoTIFF"), tr("Deleted when QGIS is closed")),
            (FILE, tr("GeoTIFF file"), tr("Saved to the path that you choose")),
            (
                LIVE,
                tr("Live layer of the area"),
                tr("No file: the layer downloads only what the map shows of the area"),
            ),
        ):
            self.combo.addItem(text, kind)
            self.combo.setItemData(self.combo.count() - 1, tip, _TIP)
        self.file = QgsFileWidget(self)
        self.file.setStorageMode(QgsFileWidget.StorageMode.SaveFile)
        self.file.setFilter(tr("GeoTIFF") + " (*.tif *.tiff)")
        self.file.setDialogTitle(tr("Save Area As"))
        self.file.lineEdit().setPlaceholderText(tr("path of the GeoTIFF"))
        self.file.setAccessibleName(tr("Path of the GeoTIFF"))
        for button in self.file.findChildren(QToolButton):
            button.setToolTip(tr("Choose where to save the GeoTIFF"))
            button.setAccessibleName(button.toolTip())
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setColumnStretch(1, 1)
        layout.addWidget(PlainLabel(tr("Out&put"), self, buddy=self.combo), 0, 0)
        layout.addWidget(self.combo, 0, 1)
        layout.addWidget(self.file, 1, 1)
        self.combo.currentIndexChanged.connect(self._update)
        self.file.fileChanged.connect(self.changed)
        self._update()

    def kind(self) -> str:
        """Return ``TEMPORARY``, ``FILE`` or ``LIVE``."""
        return self.combo.currentData()

    def set_kind(self, kind: str) -> None:
        """Choose a kind of output; an unknown kind is ignored."""
        index = self.combo.findData(kind)
        if index >= 0:
            self.combo.setCurrentIndex(index)

    def path(self) -> str:
        """Return the path of the file with its suffix; empty if none is entered."""
        path = self.file.filePath().strip()
        if path and not path.lower().endswith((".tif", ".tiff")):
            path += ".tif"
        return path

    def tab_order(self) -> list[QWidget]:
        """Return the widgets in the order of the Tab key."""
        return [self.combo, self.file]

    def _update(self) -> None:
        self.combo.setToolTip(self.combo.currentData(_TIP) or "")
        self.file.setVisible(self.kind() == FILE)
        self.changed.emit()
