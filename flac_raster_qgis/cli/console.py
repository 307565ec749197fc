"""How the command line shows things: errors, progress, tables, numbers with units."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Callable

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.table import Table

out = Console(highlight=False, soft_wrap=not sys.stdout.isatty())
err = Console(stderr=True, highlight=False, soft_wrap=True)


def fail(message: str) -> None:
    """Print an error."""
    err.print(f"[bold red]Error:[/] {escape(message)}")


def warn(message: str) -> None:
    """Print a warning."""
    err.print(f"[yellow]Warning:[/] {escape(message)}")


def print_json(value: Any) -> None:
    """Print strict JSON and nothing else to standard output."""
    sys.stdout.write(json.dumps(value, indent=2, ensure_ascii=False, allow_nan=False) + "\n")


@contextmanager
def progress(what: str) -> Iterator[Callable[[int, int], None]]:
    """Yield a ``progress(done, total)`` that draws a bar; silent where nobody watches."""
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(),
        console=err,
        transient=True,
        disable=not err.is_terminal,
    )
    with bar:
        task = bar.add_task(escape(what), total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def table(*columns: str, title: str | None = None) -> Table:
    """Return a table; columns whose name starts with ">" are right aligned."""
    result = Table(
        title=title, title_justify="left", title_style="bold", header_style="bold", box=None
    )
    for column in columns:
        result.add_column(column.lstrip(">"), justify="right" if column.startswith(">") else "left")
    return result


def text(value: Any) -> str:
    """Return any value as text that no terminal markup can hide in."""
    if value is None:
        return "–"
    if isinstance(value, float):
        return f"{value:.6g}"
    return escape(str(value))


def size(count: int | None) -> str:
    """Return bytes in the unit that reads best."""
    if count is None:
        return "–"
    value = float(count)
    for unit in ("bytes", "kB", "MB", "GB"):
        if value < 1000 or unit == "GB":
            return f"{count} bytes" if unit == "bytes" else f"{value:.2f} {unit}"
        value /= 1000
    raise AssertionError
