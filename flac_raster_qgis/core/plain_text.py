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
from qgis.PyQt import sip
from qgis.PyQt.QtCore import Qt

if TYPE_CHECKING:
    from qgis.gui import QgsMessageBar, QgsMessageBarItem

#: Start of a tag, complete or not, as the parsers of HTML and Qt recognize it.
_TAG = re.compile(r"<(?=\s*(?:[A-Za-z][\w:.-]*(?:[\s/>\\]|$)|[/!?]))")


def printable(text: str) -> str:
    """Escape control characters, as the function of `engine.errors` does.

    That one is not used because the plugin also starts, and reports missing packages, where the
    engine cannot be imported.
    """
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)


def to_html(text: str) -> str:
    """Return HTML that shows a text literally."""
    return escape(text, quote=False).replace("\n", "<br>")


def literal_text(text: str) -> str:
    """Return text for tooltips and dialogs, which detect HTML, that shows a text literally."""
    if not Qt.mightBeRichText(text):
        return text
    return f"<span>{to_html(text)}</span>"


def neutralize_markup(text: str) -> str:
    """Return a similar text without tags and control characters, which QGIS may show anywhere.

    It cannot be escaped, because QGIS shows the same name as plain text in one place and as HTML in
    another.
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
    """Show a message above the map literally, although the message bar expects HTML.

    A button shows ``more``. The message is closed after some ``seconds``, for 0 by the user.
    """
    texts = [to_html(title), to_html(text)]
    if more:
        texts.append(neutralize_markup(more))  # the button shows plain text
    bar.pushMessage(*texts, level, seconds)


def close_message(bar: QgsMessageBar, item: QgsMessageBarItem | None) -> None:
    """Close a message above the map, unless that has been done."""
    if item is not None and not sip.isdeleted(item):
        bar.popWidget(item)


def push_info(feedback: QgsProcessingFeedback, text: str) -> None:
    """Log a text of a tool."""
    feedback.pushInfo(printable(text))


def push_warning(feedback: QgsProcessingFeedback, text: str) -> None:
    """Log a warning of a tool."""
    feedback.pushWarning(printable(text))


def push_error(feedback: QgsProcessingFeedback, text: str) -> None:
    """Log an error that does not end the tool."""
    feedback.reportError(printable(text), False)
