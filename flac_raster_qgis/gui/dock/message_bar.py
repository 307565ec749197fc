"""Messages of the dock in the message bar of QGIS."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from qgis.core import Qgis, QgsMessageOutput

from ...core.error_text import error_text
from ...core.plain_text import push_message
from ...core.translation import tr
from ...engine import __version__
from ...engine.errors import FlacRasterError
from ..widgets import push_with_button

if TYPE_CHECKING:
    from qgis.gui import QgisInterface

#: Characters of a text that the bar shows; the details have the full text.
_MAX_LENGTH = 240


class Messages:
    """Shows errors, warnings and successes."""

    def __init__(self, iface: QgisInterface):
        self._iface = iface

    def error(self, title: str, error: FlacRasterError, source: str) -> None:
        """Show an error with a button for its details, until it is closed."""
        text = error_text(error).replace(source, os.path.basename(source) or source)
        self._push(title, text, _details(error, source), Qgis.MessageLevel.Critical)

    def warning(self, title: str, sentences: tuple[str, ...]) -> None:
        """Show the warnings of a result."""
        texts = list(map(error_text, sentences))
        self._push(title, texts[0], "\n\n".join(texts), Qgis.MessageLevel.Warning)

    def success(self, title: str, text: str) -> None:
        """Show a success for a few seconds."""
        level = Qgis.MessageLevel.Success
        push_message(self._iface.messageBar(), title, text, level, seconds=6)

    def _push(self, title: str, text: str, details: str, level: Qgis.MessageLevel) -> None:
        bar, show = self._iface.messageBar(), lambda: show_details(title, details)
        push_with_button(bar, title, _short(text), level, tr("Details"), show)


def show_details(title: str, text: str) -> None:
    """Show a text in a window of its own."""
    window = QgsMessageOutput.createMessageOutput()
    window.setTitle(title)
    window.setMessage(text, QgsMessageOutput.MessageType.MessageText)
    window.showMessage(False)


def _short(text: str) -> str:
    return text if len(text) <= _MAX_LENGTH else text[: _MAX_LENGTH - 1].rstrip() + "…"


def _details(error: FlacRasterError, source: str) -> str:
    lines = [
        error_text(error),
        "",
        f"{tr('Raster')}: {source}",
        f"{tr('Kind of error')}: {type(error).__name__}",
        f"FLAC Raster {__version__}, QGIS {Qgis.QGIS_VERSION}",
    ]
    more = getattr(error, "details", "")
    return "\n".join([*lines, "", more] if more else lines)
