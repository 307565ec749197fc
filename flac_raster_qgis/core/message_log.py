"""Tell the user what went wrong, once."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Collection

from qgis.core import Qgis, QgsMessageLog

from .main_thread import call_later
from .plain_text import neutralize_markup, push_message

#: Tab of QGIS's message log.
TAG = "FLAC Raster"
#: Messages remembered, so that a view drawn again and again does not fill the log.
_REMEMBERED = 500

_lock = threading.Lock()
_told: OrderedDict[str, None] = OrderedDict()


def log_error(text: str) -> None:
    """Write an error into the message log, unless it stands there already; any thread may call."""
    _log(text, Qgis.MessageLevel.Critical)


def log_warning(text: str) -> None:
    """Write a warning, as `log_error` does."""
    _log(text, Qgis.MessageLevel.Warning)


def _log(text: str, level: Qgis.MessageLevel) -> None:
    with _lock:
        if text in _told:
            return
        _told[text] = None
        if len(_told) > _REMEMBERED:
            _told.popitem(last=False)
    QgsMessageLog.logMessage(neutralize_markup(text), TAG, level)


def show_error(text: str, short: str = "") -> None:
    """Write an error into the log and show it above the map, each time; any thread may call.

    Parameters
    ----------
    text : str
    short : str
        What is shown, with a button for all of it; the bar has room for a line.
    """
    forget_messages(text)
    log_error(text)

    def show() -> None:
        from qgis.utils import iface  # known once the desktop is there

        if iface is not None:
            level, more = Qgis.MessageLevel.Critical, text if short else ""
            push_message(iface.messageBar(), TAG, short or text, level, more=more)

    call_later(show)


def forget_messages(*texts: str) -> None:
    """Say these, or everything, again from now on: after a reload, an error that stays is news."""
    with _lock:
        for text in texts or list(_told):
            _told.pop(text, None)


def withdraw(texts: Collection[str]) -> None:
    """Take errors back that are over: they would be news again, and mark no layer any more.

    QGIS puts a warning sign with the error of a map beside its layer, and leaves it there for ever.
    """
    forget_messages(*texts)
    call_later(lambda: _remove_signs(texts))


def _remove_signs(texts: Collection[str]) -> None:
    from qgis.utils import iface

    view = iface.layerTreeView() if iface is not None else None
    if view is None:
        return
    for node in view.layerTreeModel().rootGroup().findLayers():
        for sign in view.indicators(node):
            if sign.toolTip() in texts:
                view.removeIndicator(node, sign)
