"""Messages of the plugin in the log and above the map, without repetitions."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import TYPE_CHECKING

from qgis.core import Qgis, QgsMessageLog

from .main_thread import call_later
from .plain_text import close_message, neutralize_markup, push_message, to_html

if TYPE_CHECKING:
    from qgis.gui import QgsMessageBarItem

#: Tab in the message log of QGIS.
TAG = "FLAC Raster"
#: Recent messages that are not repeated, because a view is drawn again and again.
_MAX_RECENT = 500

_lock = threading.Lock()
_recent: OrderedDict[str, None] = OrderedDict()


def log_error(text: str) -> None:
    """Log an error, unless it was logged recently; thread-safe."""
    _log(text, Qgis.MessageLevel.Critical)


def log_warning(text: str) -> None:
    """Log a warning, unless it was logged recently; thread-safe."""
    _log(text, Qgis.MessageLevel.Warning)


def _log(text: str, level: Qgis.MessageLevel) -> None:
    with _lock:
        if text in _recent:
            return
        _recent[text] = None
        if len(_recent) > _MAX_RECENT:
            _recent.popitem(last=False)
    QgsMessageLog.logMessage(neutralize_markup(text), TAG, level)


def show_error(text: str, short: str = "") -> None:
    """Log an error and show it above the map, even if it is repeated; thread-safe.

    With a ``short`` text, the message bar shows that, and a button the full text.
    """
    forget_messages(text)
    log_error(text)

    def show() -> None:
        from qgis.utils import iface  # set when the main window exists

        if iface is not None:
            level, more = Qgis.MessageLevel.Critical, text if short else ""
            push_message(iface.messageBar(), TAG, short or text, level, more=more)

    call_later(show)


def forget_messages(*texts: str) -> None:
    """Allow these messages, or all, to be logged again."""
    with _lock:
        for text in texts or list(_recent):
            _recent.pop(text, None)


class BarMessage:
    """A message above the map that can be replaced and closed; thread-safe."""

    def __init__(self) -> None:
        self._item: QgsMessageBarItem | None = None

    def show(self, text: str, level: Qgis.MessageLevel) -> None:
        """Show a text in place of the previous one."""
        call_later(lambda: self._show(text, level))

    def _show(self, text: str, level: Qgis.MessageLevel) -> None:
        from qgis.utils import iface  # set when the main window exists

        if iface is not None:
            bar = iface.messageBar()
            close_message(bar, self._item)
            self._item = bar.createMessage(to_html(TAG), to_html(text))
            bar.pushWidget(self._item, level)
