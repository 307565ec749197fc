"""Messages of the plugin in the log and above the map, without repetitions."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Collection

from qgis.core import Qgis, QgsMessageLog

from .main_thread import call_later
from .plain_text import neutralize_markup, push_message

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


def withdraw(texts: Collection[str]) -> None:
    """Withdraw errors that no longer apply, so that they can be logged again.

    QGIS shows an indicator with the last drawing error next to the layer and never removes it.
    """
    forget_messages(*texts)
    call_later(lambda: _remove_indicators(texts))


def _remove_indicators(texts: Collection[str]) -> None:
    from qgis.utils import iface

    view = iface.layerTreeView() if iface is not None else None
    if view is None:
        return
    for node in view.layerTreeModel().rootGroup().findLayers():
        for indicator in view.indicators(node):
            if indicator.toolTip() in texts:
                view.removeIndicator(node, indicator)
