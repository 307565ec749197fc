"""``flac-raster convert --out-dir``: many rasters, a line at once for each failure, a summary."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from .. import convert_files
from ..errors import Cancelled
from ..operations import FileOutcome
from . import console, signals

#: As a name of a raster: names are read from standard input.
FROM_STDIN = "-"


def names_of(sources: Sequence[str]) -> list[str]:
    """Return the names of rasters, with ``-`` replaced by the lines of standard input."""
    names = []
    for source in sources:
        lines = sys.stdin.buffer.read().splitlines() if source == FROM_STDIN else [source]
        names += [name for name in map(os.fsdecode, lines) if name.strip()]
    return names


def run(
    sources: Sequence[str],
    folder: Path,
    worker_options: AbstractContextManager[dict[str, Any]],
    options: dict[str, Any],
    as_json: bool,
) -> int:
    """Convert all and report; return the exit status."""
    outcomes: list[FileOutcome] = []
    interrupted = False
    rasters = console.count(len(sources), "raster")
    try:
        with console.working(f"Converting {rasters}") as job, worker_options as chosen:
            for outcome in convert_files(sources, folder, **options, **chosen, job=job):
                _report(outcome)
                outcomes.append(outcome)
    except (Cancelled, signals.Interrupted):
        interrupted = True
    if as_json:
        console.print_json([outcome.to_dict() for outcome in outcomes])
    else:
        _show(outcomes)
    if interrupted:
        left = len(sources) - len(outcomes)
        console.fail(f"Interrupted; {left} of {rasters} were not converted.")
        return 130
    return 2 if any(outcome.status == "failed" for outcome in outcomes) else 0


def _report(outcome: FileOutcome) -> None:
    for note in outcome.notes:
        console.note(note, console.err)
    if outcome.error is not None:
        console.fail(outcome.error, "another folder with --out-dir")
        return
    for warning in outcome.result.warnings if outcome.result else ():
        console.warn(f"{outcome.output}: {warning}")


def _show(outcomes: Sequence[FileOutcome]) -> None:
    rows = console.table("raster", "", ">pixels", ">output", ">of pixels", "")
    for outcome in outcomes:
        result = outcome.result
        if result is None:
            facts: tuple[str | None, ...] = (None, None, None)
        else:
            size, share = console.size(result.output_bytes), console.percent(result.size_ratio)
            facts = (console.size(result.uncompressed_bytes), size, share)
        rows.add_row(
            *map(console.text, (_name(outcome), outcome.status, *facts)),
            console.text(outcome.error or outcome.output),
        )
    if outcomes:
        console.out.print(rows)
    console.out.print(_totals(outcomes))


def _name(outcome: FileOutcome) -> str:
    return outcome.input if outcome.variable is None else f"{outcome.input} {outcome.variable}"


def _totals(outcomes: Sequence[FileOutcome]) -> str:
    counts = Counter(outcome.status for outcome in outcomes)
    parts = ", ".join(f"{counts[status]} {status}" for status in ("done", "skipped", "failed"))
    results = [outcome.result for outcome in outcomes if outcome.result is not None]
    pixels = sum(result.uncompressed_bytes for result in results)
    size = sum(result.output_bytes for result in results)
    if not pixels:
        return parts
    return (
        f"{parts}; {console.size(pixels)} of pixels in {console.size(size)} "
        f"({console.percent(size / pixels)})"
    )
