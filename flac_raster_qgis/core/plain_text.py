"""Show text from files, servers and names literally; nothing in it may become markup.

Qt treats a text that looks like HTML as HTML: a tag could load an image from disk or from a server,
or hide the text after it. Therefore labels are `PlainLabel`, messages above the map go through
`push_message`, tool tips and questions through `literal_text`, and texts that QGIS puts into its
own pages, tips and logs through `neutralize_markup`. qgis_process prints the log of a tool to a
terminal: `push_info`, `push_warning` and `push_error` escape control characters.
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


def to_html(text: str) -> str:
    """Return HTML that shows this text."""
    return escape(text, quote=False).replace("\n", "<br>")


def literal_text(text: str) -> str:
    """Return what a tool tip or a dialog, which guess, shows as this text."""
    if not Qt.mightBeRichText(text):
        return text
    return f"<span>{to_html(text)}</span>"


def neutralize_markup(text: str) -> str:
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
    texts = [to_html(title), to_html(text)]
    if more:
        texts.append(neutralize_markup(more))  # plain text, other than the message
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
