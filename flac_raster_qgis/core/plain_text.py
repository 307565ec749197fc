"""What files, servers and names say is text: nothing in it becomes markup, wherever it is shown.

Qt takes a text for HTML if it looks like it: a tag can then show a picture of this computer or of a
server, or hide what follows. So labels are `PlainLabel`, messages above the map go through
`push_message`, tool tips and questions through `guarded`, and what is handed to QGIS, which puts
it into pages, tips and logs of its own, through `defused`. What tools log, qgis_process prints to a
terminal: `push_info`, `push_warning` and `push_error` spell out what that would obey.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from qgis.core import Qgis, QgsProcessingFeedback
from qgis.PyQt.QtCore import Qt

if TYPE_CHECKING:
    from qgis.gui import QgsMessageBar

#: The start of a tag, closed or not, as HTML and Qt's parsers see one.
_TAG = re.compile(r"<(?=\s*(?:[A-Za-z][\w:.-]*(?:[\s/>\\]|$)|[/!?]))")


def printable(text: str) -> str:
    """Spell out characters that are obeyed instead of shown, as `engine.errors` does.

    Not the engine's: the plugin starts, and says what is missing, where the engine cannot.
    """
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)


def escaped(text: str) -> str:
    """Return HTML that shows this text."""
    return escape(text, quote=False).replace("\n", "<br>")


def guarded(text: str) -> str:
    """Return what a tool tip or a dialog, which guess, shows as this text."""
    if not Qt.mightBeRichText(text):
        return text
    return f"<span>{escaped(text)}</span>"


def defused(text: str) -> str:
    """Return a text in which no tag begins and no character is obeyed, for QGIS to show anywhere.

    It looks almost the same: QGIS shows one and the same name plain in one place and as HTML in
    another, so that it cannot be escaped.
    """
    return _TAG.sub("‹", printable(text))


def push_message(
    bar: QgsMessageBar,
    title: str,
    text: str,
    level: Qgis.MessageLevel,
    *,
    more: str = "",
    seconds: int = 0,
) -> None:
    """Show a message above the map, which takes it for HTML, as it is.

    Parameters
    ----------
    bar : QgsMessageBar
    title, text : str
    level : Qgis.MessageLevel
    more : str
        What a button shows.
    seconds : int
        0: until it is closed.
    """
    texts = [escaped(title), escaped(text)]
    if more:
        texts.append(defused(more))  # plain text, other than the message
    bar.pushMessage(*texts, level, seconds)


def push_info(feedback: QgsProcessingFeedback, text: str) -> None:
    """Log a text of a tool."""
    feedback.pushInfo(printable(text))


def push_warning(feedback: QgsProcessingFeedback, text: str) -> None:
    """Log a warning of a tool."""
    feedback.pushWarning(printable(text))


def push_error(feedback: QgsProcessingFeedback, text: str) -> None:
    """Log an error that does not end a tool."""
    feedback.reportError(printable(text), False)
