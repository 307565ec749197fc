"""Output of the command line: errors, progress, tables, numbers with units."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.table import Table

from ..error_messages import REMEDIES
from ..errors import FlacRasterError, OutputExists, printable
from ..job import Job
from . import signals

#: What is piped on is not cut to the width of a screen that is not there.
out = Console(highlight=False, emoji=False, width=None if sys.stdout.isatty() else 10_000)
err = Console(stderr=True, highlight=False, emoji=False, soft_wrap=True)


def fail(error: FlacRasterError | str, elsewhere: str = "another name with --output") -> None:
    """Print an error; where an output is in the way, with the options that help."""
    text = str(error)
    if isinstance(error, OutputExists):
        advice = {REMEDIES["overwrite"]: f"Choose {elsewhere}, or replace it with --overwrite."}
        text = error.message.translated(lambda text: advice.get(text, text))
    err.print(f"[bold red]Error:[/] {escape(printable(text))}")


def warn(message: str) -> None:
    """Print a warning."""
    err.print(f"[yellow]Warning:[/] {escape(printable(message))}")


def note(message: str, place: Console = out) -> None:
    """Print what is good to know of a result, though nothing is lost."""
    place.print(f"[cyan]Note:[/] {escape(printable(message))}", soft_wrap=True)


def print_json(value: Any) -> None:
    """Print strict JSON and nothing else to standard output."""
    # ASCII, because standard output may have any encoding
    sys.stdout.write(json.dumps(value, indent=2, allow_nan=False) + "\n")


@contextmanager
def interruptible() -> Iterator[threading.Event]:
    """Yield an event that is set when termination is requested; the second request ends at once.

    Raising from the signal itself could hit a callback inside libFLAC, which swallows exceptions.
    """
    is_requested = threading.Event()

    def request(number: int, frame: object) -> None:
        if is_requested.is_set():
            raise signals.Interrupted
        is_requested.set()

    signals.handle_termination(request)
    # left in place: after the work only its last line is printed, which must stay true
    yield is_requested


@contextmanager
def working(what: str) -> Iterator[Job]:
    """Draw a progress bar on a terminal while the block runs, and handle Ctrl-C."""
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(),
        console=err,
        transient=True,
        disable=not err.is_terminal,
    )
    with interruptible() as is_cancelled, bar:
        task = bar.add_task(escape(printable(what)), total=None)
        yield Job(
            lambda done, total: bar.update(task, completed=done, total=total), is_cancelled.is_set
        )


def heading(text: str) -> None:
    """Print a line of its own, which is not broken however long it is."""
    out.print(f"[bold]{escape(printable(text))}[/]", soft_wrap=True)


def table(*columns: str) -> Table:
    """Return a table; columns whose name starts with ">" are right aligned."""
    result = Table(header_style="bold", box=None, show_header=any(columns))
    for column in columns:
        result.add_column(column.lstrip(">"), justify="right" if column.startswith(">") else "left")
    return result


def text(value: Any, longest: int | None = None) -> str:
    """Return any value as text without markup and control characters; None as a dash.

    Text longer than ``longest`` characters is cut.
    """
    if value is None:
        return "–"
    if isinstance(value, float):
        return f"{value:.6g}"
    shown = printable(str(value))
    if longest is not None and len(shown) > longest:
        shown = shown[: longest - 3] + "..."
    return escape(shown)


def percent(part: float) -> str:
    """Return a part of a whole; what is not nothing or all of it is not rounded to that.

    Examples
    --------
    >>> percent(0.0462), percent(0), percent(0.00002), percent(0.99997), percent(1)
    ('4.6 %', '0 %', '< 0.1 %', '> 99.9 %', '100 %')
    """
    if part in (0, 1):
        return f"{100 * part:.0f} %"
    if 0 < part < 0.0005:
        return "< 0.1 %"
    if 0.9995 <= part < 1:
        return "> 99.9 %"
    if 1 < part < 1.0005:
        return "> 100 %"
    if part >= _TIMES:
        return f"{part:,.0f} times"
    return f"{100 * part:.1f} %"


def percent_of(part: float, whole: str) -> str:
    """Return a part of a named whole, or how many times as large it is.

    Examples
    --------
    >>> percent_of(0.0462, "the file"), percent_of(7503.4, "1 byte of pixels")
    ('4.6 % of the file', '7,503 times 1 byte of pixels')
    """
    return f"{percent(part)} {'' if part >= _TIMES else 'of '}{whole}"


#: Shares from here on are shown as multiples: a raster of one pixel has a file of kilobytes.
_TIMES = 100


def count(number: int, one: str, many: str | None = None) -> str:
    """Return how many there are of something.

    Examples
    --------
    >>> count(1, "tile"), count(2504, "tile"), count(3, "entry", "entries")
    ('1 tile', '2504 tiles', '3 entries')
    """
    return f"{number} {one}" if number == 1 else f"{number} {many or one + 's'}"


def size(count: int | None) -> str:
    """Return bytes in the unit that reads best, with one decimal below 100.

    Examples
    --------
    >>> size(1), size(812), size(45_678), size(151_180), size(999_600), size(3_100_000)
    ('1 byte', '812 bytes', '45.7 kB', '151 kB', '1.0 MB', '3.1 MB')
    """
    if count is None:
        return "–"
    if count < 1000:
        return "1 byte" if count == 1 else f"{count} bytes"
    value, units = count / 1000, ["kB", "MB", "GB", "TB"]
    while value >= 999.5 and len(units) > 1:
        value /= 1000
        units.pop(0)
    digits = 1 if value < 99.95 else 0
    return f"{value:.{digits}f} {units[0]}"
