"""``flac-raster compare``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Optional

import typer

from .. import compare
from ..model.band_times import find_times
from ..operations import Comparison
from ..operations.opening import local_name
from ..storage.output import atomic_write, check_output, file_size
from . import area_options, console, shared_options
from .legacy_report import with_old_keys

#: What people call what differs, as `info` does.
_CALLED = {"dtype": "data type", "count": "bands", "gcps": "ground control points"}


def command(
    a: str = typer.Argument(..., metavar="A", help="A raster of any format, file or URL."),
    b: str = typer.Argument(..., metavar="B", help="The raster to compare it with."),
    show_bands: bool = typer.Option(True, "--show-bands/--no-bands", help="List each band."),
    export: Optional[Path] = typer.Option(
        None,
        "--export",
        "-e",
        metavar="JSON",
        help="Also write the result to this file, as JSON; an older one is replaced.",
    ),
    as_json: bool = typer.Option(
        False, "--json", help="Print the result as JSON, the same as --export writes."
    ),
    time: Optional[str] = area_options.TIME,
    cache: Optional[Path] = shared_options.CACHE,
    cache_size: int = shared_options.CACHE_SIZE,
) -> None:
    """Compare two rasters by the bits of their pixels and by all metadata.

    Statistics and histograms, which programs compute from the pixels and leave beside a raster,
    are listed if they differ, but do not count as a difference. The exit status is 0 if the rasters
    are identical, 1 if they differ, 2 if one cannot be read.
    """
    # an older report is replaced, as flac-raster does
    target = None if export is None else check_output(export, overwrite=True, inputs=(a, b))
    every = as_json or target is not None
    with shared_options.opened_cache(cache, cache_size) as opened:
        with console.working(f"Comparing {local_name(a).name} and {local_name(b).name}") as job:
            result = compare(a, b, every_pixel=every, time=time, cache=opened, job=job)
    if target is not None:
        with atomic_write(target) as part:
            text = json.dumps(with_old_keys(result), indent=2, allow_nan=False) + "\n"
            part.write_text(text, encoding="utf-8")
    if as_json:
        console.print_json(with_old_keys(result))
    else:
        _show(result, show_bands, target)
    raise typer.Exit(0 if result.identical else 1)


def _show(result: Comparison, show_bands: bool, target: Path | None) -> None:
    if show_bands and result.bands:
        columns = ["pixels differing", "largest difference", "mean difference"]
        columns += ["min", "max", "RMSE"]
        named, names = _dates(result)
        rows = console.table(">band", *named, *(f">{name}" for name in columns))
        for band, date in zip(result.bands, names):
            rows.add_row(
                str(band.band),
                *date,
                str(band.differing),
                console.text(band.max_difference),
                console.text(band.mean_difference),
                f"{console.text(band.a.minimum)} | {console.text(band.b.minimum)}",
                f"{console.text(band.a.maximum)} | {console.text(band.b.maximum)}",
                console.text(band.rmse),
            )
        console.out.print(rows)
    differences = (*result.differences, *result.statistics_differences)
    if differences:
        rows = console.table("differs", "A", "B")
        for difference in differences:
            what = _CALLED.get(difference.field, difference.field)
            values = (what, *_only_different(difference.a, difference.b))
            rows.add_row(*(console.text(value, longest=50) for value in values))
        console.out.print(rows)
    if target is not None:
        size = console.size(file_size(target))
        console.out.print(f"{console.text(target)}: {size}, the result as JSON", soft_wrap=True)
    console.out.print(_verdict(result))


def _dates(result: Comparison) -> tuple[list[str], list[list[str]]]:
    """Return columns for the dates and labels that bands of the first raster have, and their cells.

    With ``--time``, bands are numbered from 1 within the time.
    """
    found = find_times(result.metadata[0], [])
    if found is None:
        return [], [[] for _ in result.bands]
    named = ["time", "label"] if any(found.labels) else ["time"]
    pairs = zip(map(str, found.times), (console.text(label, 40) for label in found.labels))
    return named, [list(pair[: len(named)]) for pair in pairs]


def _only_different(a: Any, b: Any) -> tuple[Any, Any]:
    """Return two values for people: of tags and the like, the items that differ."""
    if not isinstance(a, dict) or not isinstance(b, dict):
        return _plain_text(a), _plain_text(b)
    left, right = _flat(a), _flat(b)
    keys = [key for key in {**left, **right} if left.get(key) != right.get(key)]
    here, there = (
        ", ".join(f"{key}={_plain_text(items[key])}" for key in keys if key in items) or None
        for items in (left, right)
    )
    return here, there


def _flat(items: dict[str, Any], domain: str = "") -> dict[str, Any]:
    """Return items by their names, those of a domain with its name before theirs."""
    found: dict[str, Any] = {}
    for key, value in items.items():
        name = f"{domain}:{key}" if domain else key
        found.update(_flat(value, name) if isinstance(value, dict) else {name: value})
    return found


def _plain_text(value: Any) -> Any:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (list, tuple)):
        return ", ".join(str(_plain_text(item)) for item in value)
    if isinstance(value, dict):
        return ", ".join(f"{key}={_plain_text(item)}" for key, item in _flat(value).items())
    return value


def _verdict(result: Comparison) -> str:
    if result.identical and result.statistics_differences:
        return (
            "identical: yes (every pixel by its bits, and all metadata except statistics and "
            "histograms, which differ)"
        )
    if result.identical:
        return "identical: yes (every pixel by its bits, and all metadata)"
    if result.pixels_identical is None:
        return "identical: no (size, bands or data type differ, so pixels were not compared)"
    if result.pixels_identical:
        return "identical: no (every pixel is, but metadata differ)"
    return "identical: no (pixels differ)"
