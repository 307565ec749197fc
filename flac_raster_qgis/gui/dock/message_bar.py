"""Messages of the dock in the message bar of QGIS."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Callable

from qgis.core import Qgis, QgsMessageOutput

from ...core.error_text import error_text
from ...core.plain_text import close_message, push_message
from ...core.translation import tr
from ...engine import __version__
from ...engine.errors import FlacRasterError
from ..widgets import push_with_buttons

if TYPE_CHECKING:
    from qgis.gui import QgisInterface, QgsMessageBarItem

#: Characters of a text that the bar shows; the details have the full text.
_MAX_LENGTH = 240
#: Characters before a name that make it the end of another one.
_IN_PATH = re.compile(r"[\w/\\.:-]")


class Messages:
    """Shows errors, warnings and successes; the next one replaces an error."""

    def __init__(self, iface: QgisInterface):
        self._iface = iface
        self._error: QgsMessageBarItem | None = None

    def error(
        self,
        title: str,
        error: FlacRasterError,
        source: str,
        buttons: dict[str, Callable[[], None]] | None = None,
    ) -> None:
        """Show an error until it is closed, with buttons and one more for its details."""
        self.close_error()
        text = _with_short_name(error_text(error), source)
        details, level = _details(error, source), Qgis.MessageLevel.Critical
        self._error = self._push(title, text, details, level, buttons)

    def close_error(self) -> None:
        """Close the last error, which does not apply any more."""
        close_message(self._iface.messageBar(), self._error)
        self._error = None

    def warning(self, title: str, sentences: tuple[str, ...]) -> None:
        """Show the warnings of a result."""
        texts = list(map(error_text, sentences))
        self._push(title, texts[0], "\n\n".join(texts), Qgis.MessageLevel.Warning)

    def success(self, title: str, text: str) -> None:
        """Show a success for a few seconds."""
        level = Qgis.MessageLevel.Success
        push_message(self._iface.messageBar(), title, text, level, seconds=6)

    def _push(
        self,
        title: str,
        text: str,
        details: str,
        level: Qgis.MessageLevel,
        buttons: dict[str, Callable[[], None]] | None = None,
    ) -> QgsMessageBarItem:
        bar = self._iface.messageBar()
        buttons = {**(buttons or {}), tr("Details"): lambda: show_details(title, details)}
        return push_with_buttons(bar, title, _short(text), level, buttons)


def show_details(title: str, text: str) -> None:
    """Show a text in a window of its own."""
    window = QgsMessageOutput.createMessageOutput()
    window.setTitle(title)
    window.setMessage(text, QgsMessageOutput.MessageType.MessageText)
    window.showMessage(False)


def _with_short_name(text: str, source: str) -> str:
    """Return a text with the file name in place of a URL or an absolute path.

    The name of a relative path could be taken for a file of another folder.
    """
    name = os.path.basename(source)
    if not name or not (os.path.isabs(source) or "://" in source):
        return text
    shown, *others = text.split(source)
    for other in others:
        shown += (source if _IN_PATH.match(shown[-1:]) else name) + other
    return shown


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
