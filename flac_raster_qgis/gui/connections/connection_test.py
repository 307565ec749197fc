"""A button that tests a source, and the line with the result."""

from __future__ import annotations

from typing import Callable

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QHideEvent
from qgis.PyQt.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ...core.crs import to_qgis
from ...core.error_text import error_text
from ...core.formatting import format_number, format_size
from ...core.layer_uri import LayerUri
from ...core.translation import tr
from ...data_provider.open_raster import OpenRaster
from ...engine.errors import FlacRasterError
from ..widgets import PlainLabel, fill, make_buttons
from .collection import CollectionTask, collection_summary
from .open_task import OpenTask
from .remedies import remedies
from .source_edit import SourceEdit


def summary(opened: OpenRaster) -> str:
    """Summarize a raster in one line."""
    metadata = opened.metadata
    crs = to_qgis(metadata.crs, opened.raster.name).userFriendlyIdentifier()
    return tr("{width} × {height} pixels, bands: {count}, {dtype}, {crs}, {size}").format(
        width=format_number(metadata.width),
        height=format_number(metadata.height),
        count=metadata.count,
        dtype=metadata.dtype,
        crs=crs or tr("no CRS"),
        size=format_size(opened.raster.source.size),
    )


class ConnectionTest(QWidget):
    """Opens the source of a `SourceEdit` in the background."""

    def __init__(self, source: SourceEdit, parent: QWidget | None = None):
        super().__init__(parent)
        self._source = source
        self._task: OpenTask | CollectionTask | None = None
        self.button = QPushButton(tr("&Test Connection"), self)
        self.button.setToolTip(tr("Open the source and describe it; only the file header is read"))
        self.result = PlainLabel(parent=self, is_paragraph=True)
        self.result.setAccessibleName(tr("Test result"))
        self.result.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        #: Buttons that mend an error.
        self.remedies: list[QPushButton] = []
        row = fill(QHBoxLayout(), self.button, self.result)
        row.setAlignment(self.button, Qt.AlignmentFlag.AlignTop)
        row.setStretchFactor(self.result, 1)
        self._remedies_row = QHBoxLayout()  # below, as texts of errors are long
        self._remedies_row.addStretch()
        fill(QVBoxLayout(self), row, self._remedies_row, margin=0)
        self.button.clicked.connect(self._start)
        source.changed.connect(self._reset)
        self._reset()

    def hideEvent(self, event: QHideEvent) -> None:
        """Cancel the test; its result would not be visible."""
        if self._task is not None:
            self._reset()
        super().hideEvent(event)

    def _stop(self) -> None:
        if self._task is not None:
            self._task.detach()
            self._task = None

    def _reset(self) -> None:
        self._stop()
        self.result.clear()
        self._set_remedies({})
        self.button.setEnabled(bool(self._source.uri()))

    def _start(self) -> None:
        self._stop()
        if self.window().focusWidget() is self.button:
            # otherwise Qt focuses the next button, such as Close, which Return would press
            self._source.setFocus()
        self.button.setEnabled(False)
        self.result.setText(tr("Connecting…"))
        uri = LayerUri.parse(self._source.uri())
        self._task = CollectionTask(uri) if uri.is_collection else OpenTask(uri)
        self._task.ended.connect(self._show_result)
        self._task.start()

    def _show_result(self, task: OpenTask | CollectionTask) -> None:
        self._task = None
        self.button.setEnabled(True)
        if task.error is not None:
            self.show_error(task.error)
        elif isinstance(task, CollectionTask):
            self.result.setText(collection_summary(task.found))
        else:
            self.result.setText(summary(task.opened))

    def show_error(self, error: FlacRasterError) -> None:
        """Show why the source was not opened, with buttons that mend it."""
        self.result.setText(error_text(error))
        uri = LayerUri.parse(self._source.uri())
        self._set_remedies(remedies(error, uri, self._source.set_uri))

    def _set_remedies(self, buttons: dict[str, Callable[[], None]]) -> None:
        while self.remedies:
            self.remedies.pop().deleteLater()
        self.remedies = make_buttons(self, buttons)
        for button in self.remedies:
            self._remedies_row.addWidget(button)
