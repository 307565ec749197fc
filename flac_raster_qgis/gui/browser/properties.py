"""Properties of a connection in the Browser, read in the background when first shown."""

from __future__ import annotations

from html import escape

from qgis.PyQt.QtWidgets import QTextBrowser, QVBoxLayout, QWidget

from ...core.error_text import error_text
from ...core.layer_uri import LayerUri
from ...core.translation import tr
from ...data_provider.html_metadata import html_rows
from ...engine.storage.urls import redact
from ..connections.connection_test import summary
from ..connections.open_task import OpenTask
from ..connections.settings import Connection
from ..widgets import fill


class ConnectionProperties(QWidget):
    """Describes the raster of a connection."""

    def __init__(self, connection: Connection, parent: QWidget | None = None):
        super().__init__(parent)
        self._name = escape(connection.name)
        self._source = escape(redact(LayerUri.parse(connection.uri).name))
        self.text = QTextBrowser(self)
        self.text.setAccessibleName(tr("Properties"))
        self.text.setOpenLinks(False)
        fill(QVBoxLayout(self), self.text, margin=0)
        self._show(tr("Opening…"))
        self._task = OpenTask(connection.uri)
        self._task.ended.connect(self._show_result)
        self.destroyed.connect(self._task.detach)
        self._task.start()

    def _show_result(self, task: OpenTask) -> None:
        if task.opened is not None:
            table = f"<table cellpadding=3>{html_rows(task.opened)}</table>"
            self._show(summary(task.opened), table)
            task.opened = None  # closes the file
        elif task.error is not None:
            self._show(error_text(task.error))

    def _show(self, sentence: str, table: str = "") -> None:
        """Show a summary and a table; the summary comes first, because the panel is low."""
        head = f"<b>{self._name}</b><br>{escape(sentence)}<br>{self._source}"
        self.text.setHtml(f"<p>{head}</p>{table}")
