"""Times of bands that the user gives: a list, a CSV file, or a start and a step."""

from __future__ import annotations

import copy
import csv
import io
import os
import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar, Union

from ..errors import InputError, Message
from ..model.band_times import with_times
from ..model.metadata import RasterMetadata
from ..model.raster import Raster
from ..model.times import Time, add_months, interval, parse_time, utc
from ..storage.local_file import LocalFile

#: A text as of `parse_time`, a date, or a pair of them, of which the second may be None.
GivenTime = Union[str, datetime, Sequence[Union[str, datetime, None]]]
#: Names of the columns of a file, in the order that they have without a header.
_COLUMNS = ("start", "end", "label", "band")
_OTHER_NAMES = {"time": "start", "date": "start", "time_start": "start", "time_end": "end"}
_OTHER_NAMES.update({"time_band": "label", "name": "label"})
_STEP = re.compile(
    r"P(?=[\dT])(?:(\d{1,4})Y)?(?:(\d{1,5})M)?(?:(\d{1,5})W)?(?:(\d{1,7})D)?"
    r"(?:T(?=\d)(?:(\d{1,8})H)?(?:(\d{1,9})M)?(?:(\d{1,10}(?:\.\d{1,6})?)S)?)?",
    re.ASCII,
)
AnyRaster = TypeVar("AnyRaster", bound=Raster)


def with_given_times(
    raster: AnyRaster,
    times: str | os.PathLike[str] | Sequence[GivenTime] | None,
    start: str | datetime | None,
    step: str | None,
) -> AnyRaster:
    """Return a raster with the times that `convert` is given, in place of those it has.

    It shares its file with the raster, and is not closed by itself. Raises `InputError`.
    """
    if times is None and start is None and step is None:
        return raster
    if times is not None and (start is not None or step is not None):
        raise InputError("times.two_ways")
    if start is None and step is not None:
        raise InputError("times.step_alone")
    labels: list[str] = []
    metadata = raster.metadata
    if start is not None:
        found = regular_times(start, step, metadata.count)
    elif isinstance(times, (str, os.PathLike)):
        found, labels = read_times(Path(times), raster.name, metadata.count)
    else:
        found = [_given_time(each, band) for band, each in enumerate(times or (), start=1)]
        _check_count("times", len(found), raster.name, metadata.count)
    return with_metadata(raster, with_times(metadata, found, labels))


def with_metadata(raster: AnyRaster, metadata: RasterMetadata) -> AnyRaster:
    """Return a raster with other metadata, which shares the file and is not closed by itself."""
    changed = copy.copy(raster)
    changed.metadata = metadata
    return changed


def regular_times(start: str | datetime, step: str | None, count: int) -> list[Time]:
    """Return a time for each of some bands, a step apart.

    A start with a clock time makes instants; a date, month or year makes intervals as long as the
    step. Without a step, all bands have the time of the start.
    """
    try:
        first = _time(start)
    except ValueError as error:
        raise InputError("times.start", reason=error) from error
    if step is None:
        return [first] * count
    months, length = _parse_step(step)
    try:
        starts = [add_months(first.start, n * months) + n * length for n in range(count + 1)]
    except (OverflowError, ValueError):
        starts = []
    if not starts or starts[-1] == datetime.max:
        raise InputError("times.beyond", found=step, start=start, expected=count)
    if first.end is None:
        return [Time(each) for each in starts[:count]]
    return [Time(*pair) for pair in zip(starts, starts[1:])]


def _parse_step(text: str) -> tuple[int, timedelta]:
    found = _STEP.fullmatch(text.strip().upper()) if isinstance(text, str) else None
    if found:
        years, months, weeks, days, hours, minutes = (int(n or 0) for n in found.groups()[:6])
        seconds = float(found[7] or 0)
        try:
            length = timedelta(days, seconds, hours=hours, minutes=minutes, weeks=weeks)
        except OverflowError:
            length = timedelta()
        if years or months or length:
            return 12 * years + months, length
    raise InputError("times.step", found=f"{text!r:.80}")


def _given_time(given: GivenTime, band: int) -> Time:
    pair = given if isinstance(given, Sequence) and not isinstance(given, str) else (given, None)
    try:
        if len(pair) != 2:
            raise ValueError(Message("time.text", found=f"{given!r:.60}"))
        return _interval(*pair)
    except ValueError as error:
        raise InputError("times.of_band", band=band, reason=error) from error


def _interval(start: str | datetime | None, end: str | datetime | None) -> Time:
    """Return an instant or interval; the end is not part of it, as in the format."""
    first = _time(start)
    return first if end is None or end == "" else interval(first, _time(end), end)


def _time(given: str | datetime | None) -> Time:
    if isinstance(given, datetime):
        return Time(utc(given))
    if given is None or isinstance(given, str):
        return parse_time(given or "")
    raise ValueError(Message("time.text", found=f"{given!r:.60}"))


def _check_count(source: str, found: int, raster: str, count: int) -> None:
    if found != count:
        raise InputError("times.count", source, found=found, expected=count, raster=raster)


def read_times(path: Path, raster: str, count: int) -> tuple[list[Time], list[str]]:
    """Read the times and labels of the bands of a raster from a CSV file.

    Each line has a start, and perhaps an end, which is not part of the interval, and a label. A
    header may name these columns in another order, and a column ``band`` of numbers. Commas,
    semicolons or tabs separate them.
    """
    found: dict[int, tuple[Time, str]] = {}
    for line, row in _rows(path, _text(path, count)):
        band = _band(row.get("band", ""), len(found) + 1)
        if band is None or not 1 <= band <= count or band in found:
            if "band" not in row:  # more lines than bands
                raise InputError("times.too_many", path, line=line, expected=count, raster=raster)
            raise InputError("times.band", path, line=line, found=row["band"], expected=count)
        try:
            found[band] = (_interval(row.get("start"), row.get("end")), row.get("label", ""))
        except ValueError as error:
            raise InputError("times.line", path, line=line, reason=error) from error
    _check_count(str(path), len(found), raster, count)
    ordered = [found[band] for band in sorted(found)]
    return [time for time, _ in ordered], [label for _, label in ordered]


def _text(path: Path, count: int) -> str:
    """Read a file, unless it is far longer than one of so many bands."""
    file = LocalFile(path)  # raises clearer errors than `open`
    file.close()
    longest = _LONGEST_HEADER + _LONGEST_LINE * count
    if file.size > longest:
        raise InputError("times.too_long", path, found=file.size, expected=longest)
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputError("input.cannot_open", path, reason=error.strerror or error) from error
    except UnicodeDecodeError as error:
        raise InputError("times.not_utf8", path) from error


_LONGEST_HEADER, _LONGEST_LINE = 100_000, 1000


def _rows(path: Path, text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the number of each line and its cells by the names of their columns."""
    first = text.partition("\n")[0]
    separator = next((each for each in ";\t" if each in first), ",")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    columns: list[str] = []
    try:
        for cells in reader:
            row = [cell.strip() for cell in cells]
            if not any(row):
                continue
            if not columns:
                has_header = not row[0][:1].isdigit()
                columns = _header(path, row) if has_header else [*_COLUMNS[:3]]
                if has_header:
                    continue
            if len(row) > len(columns) and any(row[len(columns) :]):
                raise InputError(
                    "times.cells", path, line=reader.line_num, found=len(row), expected=len(columns)
                )
            yield reader.line_num, dict(zip(columns, row))
    except csv.Error as error:
        reason = str(error)
        raise InputError("times.line", path, line=reader.line_num, reason=reason) from error


def _header(path: Path, row: list[str]) -> list[str]:
    """Return the names of columns; `InputError` for one that is not known, or none of times."""
    names = [_OTHER_NAMES.get(cell.lower(), cell.lower()) for cell in row]
    unknown = [cell for cell, name in zip(row, names) if name not in _COLUMNS]
    if unknown or "start" not in names or len({*names}) < len(names):
        found = ", ".join(row)
        raise InputError("times.columns", path, found=f"{found:.80}", expected=", ".join(_COLUMNS))
    return names


def _band(text: str, following: int) -> int | None:
    if not text:
        return following
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else None
