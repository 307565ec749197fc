"""Parse XML that GDAL writes.

Uses expat directly: unlike the parser of ElementTree, it accepts prefixes without a namespace. It
cannot expand entities or open files here: both need a document type, which is refused.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any
from xml.etree.ElementTree import Element, TreeBuilder  # nosec B405: no parser of it is used
from xml.parsers import expat

from ..errors import Message
from ..job import NO_JOB, Job

__all__ = ["Element", "parse_xml"]

#: Declarations and document types in documents that GDAL embeds. A match does not contain the start
#: of another one, so that matching takes linear time.
_PASTED = re.compile(
    rb"<\?xml\s[^<>]*>|<!DOCTYPE[^<>\[]*(?:\[[^\]<]*(?:<(?!!DOCTYPE)[^\]<]*)*\]\s*)?>"
)
#: Bytes that are parsed between checks for cancellation.
_STEP = 1 << 16
#: Text between two tags.
_TEXT = re.compile(rb">[^<>]*")


def parse_xml(
    data: bytes,
    *,
    without: Collection[str] = (),
    job: Job = NO_JOB,
) -> Element:
    """Parse a document, which may have others embedded with their declarations.

    Elements named in ``without`` are skipped with their contents, because there may be very many.
    Raises `ValueError` if it is not well-formed, or has a document type.
    """
    tree = _FilteredTree(without)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = tree.start, tree.end
    parser.CharacterDataHandler, parser.StartDoctypeDeclHandler = tree.data, _refuse
    data = _TEXT.sub(_keep_returns, _PASTED.sub(b"", data))
    try:
        for start in range(0, len(data), _STEP):
            job.check()
            parser.Parse(data[start : start + _STEP], False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        message = Message("xml.malformed", reason=error, near=_near(data, error))
        raise ValueError(message) from error
    return tree.builder.close()


def _keep_returns(text: re.Match[bytes]) -> bytes:
    """Escape carriage returns, which XML would normalize and GDAL does not."""
    found = text[0]
    return found.replace(b"\r", b"&#13;") if b"\r" in found and found[1:].strip() else found


def _near(data: bytes, error: expat.ExpatError) -> str:
    """Quote the line of an error, because users cannot see GDAL's document."""
    lines = data.split(b"\n")
    line = lines[error.lineno - 1] if error.lineno <= len(lines) else b""
    start = max(error.offset - _QUOTED // 2, 0)
    found = line[start : start + _QUOTED].decode("utf-8", "replace").strip()
    return Message("xml.near", found=found) if found else ""


#: Maximum bytes of a line in a message.
_QUOTED = 60


class _FilteredTree:
    """Tree builder that skips some elements and their contents."""

    def __init__(self, without: Collection[str]):
        self.builder = TreeBuilder()
        self._without = frozenset(without)
        #: Depth inside a skipped element.
        self._skipped = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if self._skipped or name in self._without:
            self._skipped += 1
        else:
            self.builder.start(name, attributes)

    def end(self, name: str) -> None:
        if self._skipped:
            self._skipped -= 1
        else:
            self.builder.end(name)

    def data(self, text: str) -> None:
        if not self._skipped:
            self.builder.data(text)


def _refuse(*_: Any) -> None:
    raise ValueError(Message("xml.document_type"))
