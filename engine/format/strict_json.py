"""Parse untrusted JSON: only what RFC 8259 allows, and nothing that is slow to parse."""

from __future__ import annotations

import json
import re
from typing import Any

#: Limit of digits of an integer; older versions of Python take quadratic time for longer ones.
MAX_DIGITS = 40


def parse_json(text: str | bytes) -> Any:
    """Parse a JSON text, raise ValueError if it is none.

    That is also raised if it is nested too deeply, or contains ``NaN``, ``Infinity`` or an integer
    of more than `MAX_DIGITS` digits.
    """
    text = text if isinstance(text, str) else text.decode("utf-8")
    try:
        # most texts have no long number, and are parsed three times as fast without counting digits
        return (_CAREFUL if _MANY_DIGITS.search(text) else _DECODER).decode(text)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None


def parse_integer(digits: str) -> int:
    """Return the integer of some digits; raise `ValueError` if there are too many."""
    if len(digits) > MAX_DIGITS:
        raise ValueError(f"it has an integer of {len(digits)} digits")
    return int(digits)


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is no JSON")


_MANY_DIGITS = re.compile(f"[0-9]{{{MAX_DIGITS + 1}}}")
#: Built once, because that takes longer than parsing a short text.
_DECODER = json.JSONDecoder(parse_constant=_refuse_constant)
_CAREFUL = json.JSONDecoder(parse_int=parse_integer, parse_constant=_refuse_constant)
