"""JSON with a list of any length at its end, piece by piece."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

#: Items of a piece.
_AT_ONCE = 1 << 10


def stream_json(document: Mapping[str, Any], name: str, items: Iterable[Any]) -> Iterator[str]:
    """Yield a JSON object whose last member, ``name``, is a list of plain values, one per line.

    Memory does not depend on the number of items. The text is ASCII, because standard output may
    have any encoding.
    """
    head = json.dumps({**document, name: []}, indent=2, allow_nan=False)
    yield head[: -len("]\n}")]
    lines: list[str] = []
    separator = "\n    "
    for item in items:
        lines.append(separator + json.dumps(item, allow_nan=False))
        separator = ",\n    "
        if len(lines) == _AT_ONCE:
            yield "".join(lines)
            lines.clear()
    yield "".join(lines)
    yield "]\n}\n" if separator == "\n    " else "\n  ]\n}\n"
