"""JSON from strangers: no more than RFC 8259 allows, and nothing that takes long to parse."""

from __future__ import annotations

import json
from typing import Any

#: Most digits of an integer. Longer ones mean nothing here, and older Pythons take the square of
#: the length to parse them.
MAX_DIGITS = 40


def parse_json(text: str | bytes) -> Any:
    """Parse a JSON text.

    Parameters
    ----------
    text : str or bytes

    Raises
    ------
    ValueError
        If it is no JSON, is nested too deeply, or has ``NaN``, ``Infinity`` or an integer of more
        than `MAX_DIGITS` digits.
    """
    try:
        return _DECODER.decode(text if isinstance(text, str) else text.decode("utf-8"))
    except RecursionError:
        raise ValueError("it is nested too deeply") from None


def parse_integer(digits: str) -> int:
    """Turn the digits of an integer into a number.

    Raises
    ------
    ValueError
        If there are too many of them.
    """
    if len(digits) > MAX_DIGITS:
        raise ValueError(f"it has an integer of {len(digits)} digits")
    return int(digits)


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is no JSON")


#: Made once, which takes longer than to parse a short text.
_DECODER = json.JSONDecoder(parse_int=parse_integer, parse_constant=_refuse_constant)
