"""The widget for an input raster: choose a layer, browse for a file, or type or paste a name."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsMapLayer,
    QgsMapLayerProxyModel,
    QgsProcessingContext,
    QgsProject,
    QgsProviderRegistry,
    QgsSettings,
)
from qgis.gui import QgsMapLayerComboBox, QgsProcessingParameterWidgetContext
from qgis.PyQt.QtCore import QEvent, QObject, pyqtSignal
from qgis.PyQt.QtWidgets import QComboBox, QFileDialog, QToolButton, QWidget

from ..core.hints import fade_hint
from ..core.layer_uri import without_address
from ..core.translation import tr
from .dialog_wrapper import DialogWrapper, in_container
from .raster_input import FLAC_PROVIDER, RasterInput

if TYPE_CHECKING:
    from ..engine.format.header import FileHeader

#: Where QGIS's own dialogs remember the folder.
_LAST_FOLDER = "/Processing/LastInputPath"


class RasterInputEdit(QObject):
    """A list of layers whose line can be edited, and a button to browse.

    Not a QWidget itself, whose Python wrapper QGIS would cut off; see `in_container`.
    """

    changed = pyqtSignal()

    def __init__(self, file_filter: str, flac_only: bool = False):
        super().__init__()
        self._file_filter = file_filter
        self.combo = self._layer_list({FLAC_PROVIDER} if flac_only else {FLAC_PROVIDER, "gdal"})
        self.browse_button = QToolButton()
        self.browse_button.setText("…")
        self.browse_button.setToolTip(tr("Browse for a file"))
        self.browse_button.clicked.connect(self._browse)

    def _layer_list(self, usable: set[str]) -> QgsMapLayerComboBox:
        combo = QgsMapLayerComboBox()
        combo.setFilters(QgsMapLayerProxyModel.Filter.RasterLayer)
        known = QgsProviderRegistry.instance().providerList()
        combo.setExcludedProviders([key for key in known if key not in usable])
        combo.setShowCrs(True)
        combo.setEditable(True)
        fade_hint(combo.lineEdit())
        combo.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        combo.setCompleter(None)  # would complete a path to the name of a layer
        combo.setMinimumContentsLength(20)
        line = combo.lineEdit()
        line.setPlaceholderText(tr("Choose a layer, or type a file name or URL"))
        line.setAcceptDrops(False)  # would insert the text in the middle of another
        line.textEdited.connect(self._text_edited)
        combo.currentIndexChanged.connect(self._index_changed)
        return combo

    def make_widget(self) -> QWidget:
        """Return a new widget that holds the list and the button."""
        widget = in_container(self.combo, self.browse_button)
        widget.setAcceptDrops(True)
        widget.installEventFilter(self)
        return widget

    def value(self) -> str:
        """Return the id of the chosen layer, else what is written in the line."""
        layer = self.combo.currentLayer() if self.combo.currentIndex() >= 0 else None
        if layer is not None:
            return layer.id()
        text = self.combo.currentText().strip()
        # as file managers copy a path that has spaces
        return text[1:-1] if len(text) > 1 and text[0] == text[-1] == '"' else text

    def set_value(self, value: Any) -> None:
        """Show a layer, or a name as text; what is no layer of the project is not opened."""
        layer = value
        if not isinstance(layer, QgsMapLayer):
            text = "" if value is None else str(value)
            layer = QgsProject.instance().mapLayer(text)
        if layer is not None:
            self.combo.setLayer(layer)
            if self.combo.currentIndex() >= 0 and self.combo.currentLayer() == layer:
                return
            text = without_address(layer.source())
        self.combo.setCurrentIndex(-1)
        self.combo.setEditText(text)
        self.changed.emit()

    # Signals are connected to methods, never to lambdas: a method of a QObject is disconnected when
    # the object goes, and which of list, edit and wrapper goes first is up to the dialog.

    def _index_changed(self, index: int) -> None:
        self.changed.emit()

    def _text_edited(self, text: str) -> None:
        """Leave the layer that was chosen, so that neither its icon nor its id stays behind."""
        if self.combo.currentIndex() >= 0:
            line = self.combo.lineEdit()
            position = line.cursorPosition()
            self.combo.setCurrentIndex(-1)
            line.setText(text)
            line.setCursorPosition(position)
        self.changed.emit()

    def _browse(self) -> None:
        settings = QgsSettings()
        now = self.value()
        folder = os.path.dirname(now) if os.path.exists(now) else settings.value(_LAST_FOLDER, "")
        path, _ = QFileDialog.getOpenFileName(
            self.combo, tr("Choose a raster"), folder, self._file_filter
        )
        if path:
            settings.setValue(_LAST_FOLDER, os.path.dirname(path))
            self.set_value(path)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Accept dropped files and links; the list itself accepts layers."""
        if event.type() not in (QEvent.Type.DragEnter, QEvent.Type.Drop):
            return False
        if not event.mimeData().hasUrls():
            return False
        if event.type() == QEvent.Type.Drop:
            url = event.mimeData().urls()[0]
            self.set_value(url.toLocalFile() if url.isLocalFile() else url.toString())
        event.acceptProposedAction()
        return True


class RasterInputWrapper(DialogWrapper):
    """Joins `RasterInputEdit` to the dialogs of Processing; `RasterInput` names it."""

    def __init__(self, parameter: RasterInput, dialog: QWidget, *cell: int):
        super().__init__(parameter, dialog, *cell)
        self._starts_empty = self._is_batch or parameter.start_empty
        self._file_filter, self._flac_only = parameter.createFileFilter(), parameter.flac_only
        self.edit: RasterInputEdit | None = None
        self._active: QgsMapLayer | None = None
        #: Header of the file that was chosen last, after what tells that it is still the one.
        self._file_header: tuple[tuple[str, int, int], FileHeader | None] | None = None

    def createWidget(self) -> QWidget:
        """Make the widget."""
        self.edit = RasterInputEdit(self._file_filter, self._flac_only)
        self.edit.changed.connect(self._value_changed)
        if self._starts_empty:
            self.edit.set_value(None)
        return self.edit.make_widget()

    def setWidgetContext(self, context: QgsProcessingParameterWidgetContext) -> None:
        """Remember the active layer, where the dialog begins."""
        super().setWidgetContext(context)
        self._active = context.activeLayer()

    def setWidgetValue(self, value: Any, context: QgsProcessingContext) -> None:
        """Show a value; without one, the active layer, else the first layer."""
        if value is not None or self._starts_empty:
            self.edit.set_value(value)
            return
        combo = self.edit.combo
        combo.setLayer(self._active)
        if combo.currentIndex() < 0:  # not one that is listed
            combo.setCurrentIndex(0)

    def widgetValue(self) -> Any:
        """Return what the widget shows; in an empty row of a batch None, by which QGIS fills it."""
        value = self.edit.value()
        return None if self._is_batch and not value else value

    def known_header(self) -> FileHeader | None:
        """Return the header of the layer or local file; None if it would have to be downloaded."""
        value = self.widgetValue() or ""
        layer = QgsProject.instance().mapLayer(value)
        if layer is not None:
            return getattr(layer.dataProvider(), "header", None)
        if not os.path.isfile(value):
            return None
        status = os.stat(value)
        key = value, status.st_mtime_ns, status.st_size
        if self._file_header is None or self._file_header[0] != key:
            self._file_header = key, _read_header(value)
        return self._file_header[1]

    def _value_changed(self) -> None:
        self.widgetValueHasChanged.emit(self)


def _read_header(path: str) -> FileHeader | None:
    # not at the top: needs packages that may be missing
    from ..engine import FlacRaster, FlacRasterError

    try:
        with FlacRaster.open(path) as raster:
            return raster.head
    except FlacRasterError:  # running the tool tells it
        return None
