"""Values as people read them: thousands separated, with units, and not too long."""

from __future__ import annotations

import json
from typing import Any, Union

Number = Union[int, float, str, None]  # "nan" and "inf" are strings in what the engine hands out
#: Longest text that is shown in full; a page is for reading, the JSON report has everything.
_LONGEST = 2000


def plain_number(value: Number, digits: int = 7) -> str:
    """Write whole numbers in full with thousands separated, others with some digits.

    Examples
    --------
    >>> plain_number(1234567), plain_number(0.1 + 0.2), plain_number(None), plain_number("nan")
    ('1,234,567', '0.3', '–', 'nan')
    """
    if value is None:
        return "–"
    if isinstance(value, float):
        if value.is_integer() and abs(value) < 1e15:
            return f"{value:,.0f}"
        return f"{value:,.{digits}g}"
    return f"{value:,}" if isinstance(value, int) else str(value)


def megabytes(size: int | None) -> str:
    """Write a size in the unit that suits it.

    Examples
    --------
    >>> megabytes(812), megabytes(45_678), megabytes(3_100_000), megabytes(2_500_000_000)
    ('812 bytes', '45.7 kB', '3.1 MB', '2.5 GB')
    """
    if size is None:
        return "–"
    if size < 1000:
        return f"{size} bytes"
    value, units = size / 1000, ["kB", "MB", "GB", "TB"]
    while value >= 999.95 and len(units) > 1:
        value /= 1000
        units.pop(0)
    return f"{value:,.1f} {units[0]}"


def percent(part: float) -> str:
    """Write a part of a whole; what is not nothing or all of it is not rounded to that.

    Examples
    --------
    >>> percent(0.4567), percent(0), percent(0.00002), percent(0.99997), percent(1)
    ('45.7 %', '0 %', '< 0.1 %', '> 99.9 %', '100 %')
    """
    if part in (0, 1):
        return f"{part:.0%}".replace("%", " %")
    if 0 < part < 0.0005:
        return "< 0.1 %"
    if 0.9995 <= part < 1:
        return "> 99.9 %"
    if 1 < part < 1.0005:
        return "> 100 %"
    return f"{100 * part:,.1f} %"


def short(value: Any) -> str:
    """Write any value of the metadata, cut off where it is too long for a page.

    Examples
    --------
    >>> short({"AREA_OR_POINT": "Area"}), short(None)
    ('{"AREA_OR_POINT": "Area"}', '–')
    """
    if value is None:
        return "–"
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONGEST else text[:_LONGEST] + " …"
