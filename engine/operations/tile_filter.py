"""Which tiles may hold what is looked for: comparisons with the smallest and largest pixels.

    condition = comparisons, joined by ``and`` and ``or``, in parentheses where needed
    comparison = min | max | bandN.min | bandN.max | number, compared by < <= > >= = == != <>

``min`` and ``max`` are those of the bands of the tile that are asked for, ``band2.max`` is that of
one band at the same place, asked for or not. Bands are counted from 1, and pixels are as stored,
before scale and offset.
``0 < min <= max < 10`` is understood, too.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import partial, reduce
from typing import Any, Callable, NamedTuple

import numpy as np

from ..errors import InputError, Message
from ..format.statistics import TileStatistics
from ..format.tile_set import TileSet
from ..model.data_types import Array
from ..model.grid import TileKey
from ..reading.flac_raster import FlacRaster

#: Longest condition, and most parentheses inside one another.
_LONGEST, _DEEPEST = 1000, 50
_INFINITY = "inf"

_TOKEN = re.compile(
    r"""\s* (?: (?P<number> [-+]? (?: (?:\d+\.?\d*|\.\d+) (?:e[-+]?\d+)? | inf) (?![\w.]) )
    | (?P<name> [a-z]\w* (?:\.\w+)? )
    | (?P<symbol> <= | >= | <> | == | != | [<>=()] ) )""",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
_NAME = re.compile(r"(?:band([1-9][0-9]{0,5})\.)?(min|max)", re.ASCII)


class _Interval(NamedTuple):
    """Range in which each of some numbers lies; both ends are equal if it is known exactly.

    Parameters
    ----------
    low, high : number, or ndarray of object, shape (tiles,)
        Python's own numbers, which are compared exactly, whatever the types of the two sides.
    known : ndarray of bool, shape (tiles,), or True
        False of a tile without valid pixels; the numbers mean nothing then.
    """

    low: Any
    high: Any
    known: Any = True


class _Tiles(NamedTuple):
    """Tiles of one level, for which a condition is evaluated.

    Parameters
    ----------
    statistics : TileStatistics
        With cells no smaller than the tiles.
    is_exact : bool
        Whether each cell is one tile position.
    rows, columns, bands : ndarray of int64, shape (tiles,)
        Statistics cells, and the first bands of the tiles.
    asked : collection of int, optional
        Numbers from 1; default all.
    """

    statistics: TileStatistics
    is_exact: bool
    rows: Array
    columns: Array
    bands: Array
    asked: Collection[int] | None

    def number(self, name: str, band: int | None) -> _Interval:
        """Return ``min`` or ``max`` of a band from 0, or of the requested bands."""
        low = np.zeros(len(self.rows), object)
        high, known = low.copy(), np.zeros(len(self.rows), bool)
        statistics = self.statistics
        for first in np.unique(self.bands).tolist():
            asked = statistics.grid.requested_bands(TileKey(0, 0, 0, first), self.asked)
            for one in asked if band is None else [band]:
                tiles = np.flatnonzero(self.bands == first)
                tiles = tiles[statistics.valid[one][self.rows[tiles], self.columns[tiles]]]
                cell = self.rows[tiles], self.columns[tiles]
                least = statistics.minimum[one][cell].astype(object)
                most = statistics.maximum[one][cell].astype(object)
                seen = known[tiles]
                low[tiles] = np.where(seen, np.minimum(low[tiles], least), least)
                high[tiles] = np.where(seen, np.maximum(high[tiles], most), most)
                known[tiles] = True
        if self.is_exact:
            low = high = low if name == "min" else high
        # else known of a cell of several tiles: this one's lies anywhere in between
        return _Interval(low, high, known)


_Value = Callable[[_Tiles], _Interval]
#: Returns whether it may hold of each tile, or of all of them.
_Predicate = Callable[[_Tiles], Any]

#: Whether a comparison may hold of two numbers of which this is known.
_MAY_HOLD: dict[str, Callable[[_Interval, _Interval], Any]] = {
    "<": lambda a, b: a.low < b.high,
    "<=": lambda a, b: a.low <= b.high,
    ">": lambda a, b: a.high > b.low,
    ">=": lambda a, b: a.high >= b.low,
    "=": lambda a, b: np.logical_and(a.low <= b.high, b.low <= a.high),
    "!=": lambda a, b: np.logical_or(a.low != b.high, b.low != a.high),
}
_ALIASES = {"==": "=", "<>": "!="}


def filter_tiles(
    raster: FlacRaster, keys: TileSet, condition: str, bands: Collection[int] | None = None
) -> TileSet:
    """Return the tiles of one level that may match a condition, without reading them.

    Statistics are those of full resolution at their position, of the requested bands (from 1;
    default all). Tiles that cannot match are left out: a tile with a pixel above 2000 is always
    among those where ``max > 2000``. Exactly those that match remain if the file lists every tile
    (``raster.head.statistics.level`` is 0). A tile without valid pixels matches nothing.

    Raises `InputError` if the condition, see the module's docstring, cannot be parsed, or the file
    does not list the statistics that it needs.
    """
    if not isinstance(condition, str):
        raise InputError("filter.type", found=f"{condition!r:.80}")
    may_match = _Parser(condition, raster).parse()
    statistics = raster.head.statistics
    if statistics is None:
        code = "filter.complex" if raster.dtype.kind == "c" else "filter.no_statistics"
        raise InputError(code, raster.name)
    statistics = statistics.of_level(keys.level.number)
    coarser = statistics.level - keys.level.number
    chosen = [np.zeros(0, np.int64)]
    for numbers in keys.numbers():
        rows, columns, first = keys.places_at(numbers)
        tiles = _Tiles(statistics, not coarser, rows >> coarser, columns >> coarser, first, bands)
        chosen.append(numbers[np.broadcast_to(may_match(tiles), len(numbers))])
    return keys.select(np.concatenate(chosen))


class _Parser:
    """Turns a condition into a predicate of tiles, token by token."""

    def __init__(self, condition: str, raster: FlacRaster):
        self._text, self._raster = condition, raster
        self._tokens = self._tokenize() if len(condition) <= _LONGEST else []
        self._position = self._depth = 0

    def parse(self) -> _Predicate:
        if not self._tokens:
            raise self._wrong()
        predicate = self._parse_or()
        if self._position < len(self._tokens):
            raise self._wrong()
        return predicate

    def _tokenize(self) -> list[str]:
        tokens, position, text = [], 0, self._text.rstrip()
        while position < len(text):
            match = _TOKEN.match(text, position)
            if match is None:
                raise self._wrong(text[position:])
            tokens.append(match[0].strip().lower())
            position = match.end()
        return tokens

    def _wrong(self, at: str | None = None) -> InputError:
        if at is None and self._position < len(self._tokens):
            at = self._tokens[self._position]
        place = "" if at is None else Message("filter.at", found=at.strip()[:40])
        return InputError("filter.syntax", found=self._text[:200], place=place)

    def _take(self, *tokens: str) -> str | None:
        """Return the next token if it is one of these, and go on."""
        if self._position < len(self._tokens) and self._tokens[self._position] in tokens:
            self._position += 1
            return self._tokens[self._position - 1]
        return None

    def _parse_or(self) -> _Predicate:
        parts = [self._parse_and()]
        while self._take("or"):
            parts.append(self._parse_and())
        return lambda tiles: reduce(np.logical_or, [part(tiles) for part in parts])

    def _parse_and(self) -> _Predicate:
        parts = [self._parse_term()]
        while self._take("and"):
            parts.append(self._parse_term())
        return lambda tiles: reduce(np.logical_and, [part(tiles) for part in parts])

    def _parse_term(self) -> _Predicate:
        if not self._take("("):
            return self._parse_comparison()
        self._depth += 1
        if self._depth > _DEEPEST:
            raise self._wrong()
        inside = self._parse_or()
        if not self._take(")"):
            raise self._wrong()
        self._depth -= 1
        return inside

    def _parse_comparison(self) -> _Predicate:
        values, symbols = [self._parse_value()], []
        while symbol := self._take(*_MAY_HOLD, *_ALIASES):
            symbols.append(_MAY_HOLD[_ALIASES.get(symbol, symbol)])
            values.append(self._parse_value())
        if not symbols:
            raise self._wrong()

        def may_hold(tiles: _Tiles) -> Any:
            found = [value(tiles) for value in values]
            known = [value.known for value in found]
            held = [compare(a, b) for compare, a, b in zip(symbols, found, found[1:])]
            return reduce(np.logical_and, known + held)

        return may_hold

    def _parse_value(self) -> _Value:
        if self._position == len(self._tokens):
            raise self._wrong()
        token = self._tokens[self._position]
        named = _NAME.fullmatch(token)
        if named is None:
            number = self._parse_number(token)
            self._position += 1
            return lambda tiles: number
        self._position += 1
        band = int(named[1] or 0)
        if band > self._raster.metadata.count:
            raise InputError(
                "filter.band",
                self._raster.name,
                expected=self._raster.metadata.count,
                condition=self._text[:200],
                found=band,
            )
        return partial(_Tiles.number, name=named[2], band=band - 1 if band else None)

    def _parse_number(self, token: str) -> _Interval:
        if token[0].isalpha() and token != _INFINITY:
            raise self._wrong()
        for kind in (int, float):
            try:
                return _Interval(kind(token), kind(token))
            except ValueError:
                continue
        raise self._wrong()
