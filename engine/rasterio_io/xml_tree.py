"""XML that GDAL writes, as a tree of elements.

Made with expat directly, which can neither expand entities nor open anything here: both need a
document type, which is refused.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any
from xml.parsers import expat

from ..job import NO_JOB, Job

#: What GDAL leaves in documents that it pastes into its own: declarations, which may only stand at
#: the start, and document types. Neither goes on over the beginning of another one, so that a text
#: of many beginnings is read once.
_PASTED = re.compile(
    rb"<\?xml\s[^<>]*>|<!DOCTYPE[^<>\[]*(?:\[[^\]<]*(?:<(?!!DOCTYPE)[^\]<]*)*\]\s*)?>"
)
#: Bytes that are parsed between two looks at whether to stop.
_STEP = 1 << 16
_NOTHING: Mapping[str, str] = {}

#: What follows a tag, up to the next one.
_TEXT = re.compile(rb">[^<>]*")


class Element:
    """An element with its attributes, its text and the elements inside it."""

    __slots__ = ("attributes", "children", "name", "text")

    def __init__(self, name: str, attributes: Mapping[str, str] = _NOTHING):
        self.name, self.attributes, self.text = name, attributes or _NOTHING, ""
        self.children: list[Element] = []

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


def parse_xml(
    data: bytes,
    *,
    without: Collection[str] = (),
    job: Job = NO_JOB,
) -> Element:
    """Parse a document, which may have others pasted into it with their declarations.

    Parameters
    ----------
    data : bytes
    without : collection of str
        Names of elements to leave out, with all that is in them: there may be very many.
    job : Job, optional

    Raises
    ------
    ValueError
        If it is not well-formed, or has a document type.
    Cancelled
    """
    builder = _TreeBuilder(without)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = builder.start, builder.end
    parser.CharacterDataHandler, parser.StartDoctypeDeclHandler = builder.add_text, _refuse
    data = _TEXT.sub(_keep_returns, _PASTED.sub(b"", data))
    try:
        for start in range(0, len(data), _STEP):
            job.check()
            parser.Parse(data[start : start + _STEP], False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise ValueError(f"is not well-formed XML: {error}{_near(data, error)}") from error
    return builder.root.children[0]


def _keep_returns(text: re.Match[bytes]) -> bytes:
    """Escape returns: to GDAL they are characters like others, to XML ends of lines."""
    found = text[0]
    return found.replace(b"\r", b"&#13;") if b"\r" in found and found[1:].strip() else found


def _near(data: bytes, error: expat.ExpatError) -> str:
    """Quote the line of an error: nobody has seen a document that GDAL made just now."""
    lines = data.split(b"\n")
    line = lines[error.lineno - 1] if error.lineno <= len(lines) else b""
    start = max(error.offset - _QUOTED // 2, 0)
    found = line[start : start + _QUOTED].decode("utf-8", "replace").strip()
    return f", near {found!r}" if found else ""


#: Bytes of a line that a message quotes.
_QUOTED = 60


class _TreeBuilder:
    """Makes a tree of what expat finds."""

    def __init__(self, without: Collection[str]):
        self.root = Element("")
        self._without = frozenset(without)
        self._open = [(self.root, [""])]
        #: Depth inside an element that is left out.
        self._skipped = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if self._skipped or name in self._without:
            self._skipped += 1
            return
        element = Element(name, attributes)
        self._open[-1][0].children.append(element)
        self._open.append((element, []))

    def end(self, _: str) -> None:
        if self._skipped:
            self._skipped -= 1
            return
        element, texts = self._open.pop()
        element.text = "".join(texts)

    def add_text(self, text: str) -> None:
        if not self._skipped:
            self._open[-1][1].append(text)


def _refuse(*_: Any) -> None:
    raise ValueError("has a document type")
