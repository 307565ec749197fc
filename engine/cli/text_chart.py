"""A chart of characters: values over time, or over the numbers of bands."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple, Optional

#: Of the series, in their order.
SYMBOLS = "•+×o*#%@"
_ASCII = str.maketrans("•×┤│─┼", "*x||-+")
_MARKS = 4  # labels of the vertical axis, at most


class Series(NamedTuple):
    """Values of one line of a chart.

    Parameters
    ----------
    name : str
    values : sequence of float or None
        One at each position; None where there is none.
    """

    name: str
    values: Sequence[Optional[float]]


def draw(
    series: Sequence[Series],
    positions: Sequence[float],
    ends: tuple[str, str],
    width: int,
    height: int,
    encoding: str = "utf-8",
) -> list[str]:
    """Draw finite values as lines of text; none if there are no such values.

    Parameters
    ----------
    series : sequence of Series
        At most as many as there are `SYMBOLS`.
    positions : sequence of float
        Of the values, from left to right.
    ends : (str, str)
        What the first and the last position mean.
    width, height : int
        In characters, all included but a legend.
    encoding : str
        Of the output: characters that it lacks are replaced by others.
    """
    points = [
        (position, value, symbol)
        for line, symbol in zip(series, SYMBOLS)
        for position, value in zip(positions, line.values)
        if value is not None and math.isfinite(value)
    ]
    if not points:
        return []
    low, high = (each(value for _, value, _ in points) for each in (min, max))
    if low == high:
        low, high = low - 0.5, high + 0.5
    rows = max(height - 2, 2)
    marks = {round(n * (rows - 1) / (_MARKS - 1)) for n in range(_MARKS)}
    # halves, as the difference of two large numbers may be infinite
    texts = {row: f"{high - 2 * (high / 2 - low / 2) * row / (rows - 1):.6g}" for row in marks}
    margin = max(map(len, texts.values()))
    columns = max(width - margin - 2, 10)
    cells = [[" "] * columns for _ in range(rows)]
    length = positions[-1] - positions[0]
    for position, value, symbol in points:
        column = (position - positions[0]) / length * (columns - 1) if length else columns / 2
        row = (high / 2 - value / 2) / (high / 2 - low / 2) * (rows - 1)
        cells[round(row)][round(column)] = symbol
    lines = [
        f"{texts.get(row, ''):>{margin}} {'┤' if row in texts else '│'}{''.join(line)}"
        for row, line in enumerate(cells)
    ]
    lines.append(f"{'':>{margin}} ┼{'─' * columns}")
    first, last = ends
    gap = max(columns - len(first) - len(last), 1)
    lines.append(f"{'':>{margin}}  {first}" + (f"{'':>{gap}}{last}" if last != first else ""))
    if len(series) > 1:
        names = (f"{symbol} {line.name}" for line, symbol in zip(series, SYMBOLS))
        lines.append(f"{'':>{margin}}  {'   '.join(names)}")
    lines = [line.rstrip() for line in lines]
    try:
        "\n".join(lines).encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return [line.translate(_ASCII) for line in lines]
    return lines
