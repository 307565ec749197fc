"""XML that GDAL writes, as a tree of elements.

Made with expat directly, which can neither expand entities nor open anything here: both need a
document type, which is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

#: What GDAL leaves in documents that it pastes into its own: declarations, which may only stand at
#: the start, and document types. Neither goes on over the beginning of another one, so that a text
#: of many beginnings is read once.
_PASTED = re.compile(
    rb"<\?xml\s[^<>]*>|<!DOCTYPE[^<>\[]*(?:\[[^\]<]*(?:<(?!!DOCTYPE)[^\]<]*)*\]\s*)?>"
)


@dataclass
class Element:
    """An element with its attributes, its text and the elements inside it."""

    name: str
    attributes: Mapping[str, str]
    children: list[Element] = field(default_factory=list)
    text: str = ""

    def all(self, name: str) -> Iterator[Element]:
        """Yield the children of a name."""
        return (child for child in self.children if child.name == name)

    def first(self, name: str) -> Element | None:
        """Return the first child of a name."""
        return next(self.all(name), None)

    def value(self, name: str) -> str | None:
        """Return the text of the first child of a name."""
        child = self.first(name)
        return None if child is None else child.text


def parse_xml(data: bytes) -> Element:
    """Parse a document, which may have others pasted into it with their declarations.

    Raises
    ------
    ValueError
        If it is not well-formed, or has a document type.
    """
    root = Element("", {})
    stack = [root]

    def start(name: str, attributes: dict[str, str]) -> None:
        element = Element(name, attributes)
        stack[-1].children.append(element)
        stack.append(element)

    def end(_: str) -> None:
        element = stack.pop()
        element.text = "".join(texts.pop(id(element), ()))

    texts: dict[int, list[str]] = {}

    def text(part: str) -> None:
        texts.setdefault(id(stack[-1]), []).append(part)

    def refuse(*_: Any) -> None:
        raise ValueError("has a document type")

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler, parser.StartDoctypeDeclHandler = text, refuse
    try:
        parser.Parse(_PASTED.sub(b"", data), True)
    except expat.ExpatError as error:
        raise ValueError(f"is not well-formed XML: {error}{_near(data, error)}") from error
    return root.children[0]


def _near(data: bytes, error: expat.ExpatError) -> str:
    """Quote the line of an error: nobody has seen a document that GDAL made just now."""
    lines = _PASTED.sub(b"", data).split(b"\n")
    line = lines[error.lineno - 1] if error.lineno <= len(lines) else b""
    start = max(error.offset - _QUOTED // 2, 0)
    found = line[start : start + _QUOTED].decode("utf-8", "replace").strip()
    return f", near {found!r}" if found else ""


#: Bytes of a line that a message quotes.
_QUOTED = 60
