"""Small HTML pages: a headline and tables.

Simple enough for Qt's own rich text as well as for a browser. Whatever is put into a page is text
and is escaped here, so that nothing in a file's tags can become markup.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

GOOD, BAD, NEUTRAL = "#1b7f3b", "#b3261e", "#1f5f9e"

_STYLE = """
body { font-family: "Segoe UI", "Noto Sans", "DejaVu Sans", sans-serif; font-size: 10pt;
       color: #202124; background-color: #ffffff; margin: 16px; }
h1 { font-size: 15pt; margin: 0 0 10px 0; }
h2 { font-size: 11pt; margin: 18px 0 6px 0; color: #3c4043; }
p { margin: 0 0 8px 0; color: #5f6368; }
table { border-collapse: collapse; margin-bottom: 8px; }
th { text-align: left; background-color: #eef1f4; font-weight: 600; }
th, td { padding: 3px 12px; border: 1px solid #dadce0; vertical-align: top; }
td { min-width: 4em; word-wrap: break-word; word-break: break-word; overflow-wrap: anywhere; }
td.number, th.number { min-width: 0; text-align: right; white-space: nowrap; }
th.label { white-space: nowrap; }
"""


def page(title: str, headline: str, color: str, *parts: str) -> str:
    """Return a page of HTML parts, made by the other functions of this module, below a headline."""
    return (
        '<!DOCTYPE html>\n<html><head><meta charset="utf-8">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body>\n"
        f'<h1 style="color: {color}">{escape(headline)}</h1>\n' + "\n".join(parts) + "\n"
        "</body></html>\n"
    )


def heading(text: str) -> str:
    """Make the heading of a part."""
    return f"<h2>{escape(text)}</h2>"


def paragraph(text: str) -> str:
    """Make a line of text."""
    return f"<p>{escape(text)}</p>"


def facts(rows: Iterable[tuple[str, str]]) -> str:
    """Make a table of two columns: what, and its value."""
    body = "".join(
        f"<tr><th>{escape(label)}</th><td>{escape(value)}</td></tr>\n" for label, value in rows
    )
    return f'<table cellspacing="0" cellpadding="3">\n{body}</table>'


def table(
    columns: Iterable[str],
    rows: Iterable[Sequence[str]],
    numbers_from: int = 0,
    *,
    has_labels: bool = False,
) -> str:
    """Make a table with a row of headings; columns from ``numbers_from`` on are right-aligned.

    Rows may begin with labels, which stay in one line however many columns there are.
    """

    def cells(tag: str, texts: Iterable[str], label: str | None = None) -> str:
        made = [] if label is None else [f'<th class="label">{escape(label)}</th>']
        for n, text in enumerate(texts, start=len(made)):
            # the attribute is for Qt, which knows `align` only
            align = ' class="number" align="right"' if n >= numbers_from else ""
            made.append(f"<{tag}{align}>{escape(text)}</{tag}>")
        return f"<tr>{''.join(made)}</tr>\n"

    if has_labels:
        body = "".join(cells("td", row[1:], row[0]) for row in rows)
    else:
        body = "".join(cells("td", row) for row in rows)
    return f'<table cellspacing="0" cellpadding="3">\n{cells("th", columns)}{body}</table>'
