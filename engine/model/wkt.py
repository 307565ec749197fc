"""Parse well-known text of coordinate reference systems (WKT1 and WKT2)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ..errors import Message

#: Maximum depth, as in PROJ.
_DEEPEST = 16
#: One token; a quotation mark in a string is doubled. All alternatives start with different
#: characters, so that matching takes linear time.
_TOKEN = re.compile(
    r"""\s*(?:
        (?P<open>[\[(]) | (?P<close>[\])]) | (?P<comma>,)
        | "(?P<string>[^"]*(?:""[^"]*)*)"
        | (?P<word>[A-Za-z_][A-Za-z0-9_]*)
        | (?P<number>[-+.0-9][-+.0-9A-Za-z:]*)
    )""",
    re.VERBOSE | re.ASCII,
)


class NotWkt(ValueError):
    """The text is not well-known text; its argument is a `Message` with the position."""


@dataclass
class Node:
    """Keyword in upper case, with the contents of its brackets; strings have no quotation marks."""

    keyword: str
    strings: list[str] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)

    def __iter__(self) -> Iterator[Node]:
        """Yield this node and all descendants."""
        yield self
        for child in self.children:
            yield from child


def parse_wkt(text: str) -> list[Node]:
    """Parse a definition: one node, or several with commas between them, as ESRI writes heights.

    Stricter than PROJ and GDAL: rejects text that they would ignore or interpret differently, with
    `NotWkt`. Takes linear time.
    """
    position, end = 0, len(text.rstrip())
    stack: list[Node] = []
    roots: list[Node] = []
    word, may_begin, may_end = "", True, False
    while position < end:
        token = _TOKEN.match(text, position)
        kind = token.lastgroup if token else None
        if token is None:
            found = text[position : position + 20]
            raise NotWkt(Message("wkt.unexpected", found=found, position=position))
        if kind == "open" and word:
            node = Node(word.upper())
            (stack[-1].children if stack else roots).append(node)
            stack.append(node)
            if len(stack) > _DEEPEST:
                raise NotWkt(Message("wkt.deep", expected=_DEEPEST))
            word, may_begin, may_end = "", True, False
        elif kind == "close" and stack and may_end:
            stack.pop()
            word, may_begin = "", False
        elif kind == "comma" and may_end:
            word, may_begin, may_end = "", True, False
        elif kind in ("string", "word", "number") and may_begin and (stack or kind == "word"):
            if kind == "string":
                stack[-1].strings.append(token["string"].replace('""', '"'))
            word, may_begin, may_end = token["word"] or "", False, bool(stack)
        else:
            found = token[0].strip()[:20]
            raise NotWkt(Message("wkt.unexpected", found=found, position=position))
        position = token.end()
    if stack or not may_end:
        raise NotWkt(Message("wkt.in_brackets" if stack else "wkt.no_bracket"))
    return roots
