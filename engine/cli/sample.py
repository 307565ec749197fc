"""``flac-raster sample``."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Optional

import typer

from ..errors import printable
from ..operations.opening import open_flac
from ..operations.sample import Samples, read_samples
from ..operations.sample_plan import SampledBand, SamplePlan, plan_sample
from . import area_options, console, shared_options
from .query import downloads
from .text_chart import SYMBOLS, Series, draw

#: As a point: points are read from standard input.
FROM_STDIN = "-"
#: Rows that the table lists, and size of the chart where no terminal says another.
_SHOWN, _WIDTH, _HEIGHT = 40, 80, 18
_NUMBER = r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?"
_PAIR = re.compile(
    rf"\s*(?:\[\s*)?({_NUMBER})(?:\s*[,;]\s*|\s+)({_NUMBER})(?:[,;\s\]].*)?", re.ASCII | re.DOTALL
)
#: Numbers with a decimal comma, as some languages write them.
_DECIMAL_COMMA = re.compile(r"\s*[-+]?\d+,\d+\s*[;\t]", re.ASCII)
#: Names of columns in headers.
_X = ("x", "lon", "long", "longitude", "lng", "easting", "east")
_Y = ("y", "lat", "latitude", "northing", "north")

Point = tuple[float, float]


def command(
    file: str = shared_options.FLAC_FILE,
    points: list[str] = typer.Argument(
        ...,
        metavar="X,Y...",
        help="Points, x before y. - reads them from standard input, a line each: x,y or [x, y].",
    ),
    crs: Optional[str] = typer.Option(
        None,
        metavar="CRS",
        help="CRS of the points, such as EPSG:4326. Default: that of the raster.",
    ),
    bands: Optional[str] = area_options.BANDS,
    time: Optional[str] = area_options.TIME,
    scaled: bool = typer.Option(
        False,
        "--scaled",
        help="Apply the scale and offset of the bands. Default: pixels as stored.",
    ),
    as_csv: bool = typer.Option(False, "--csv", help="Print all values as CSV."),
    as_json: bool = typer.Option(False, "--json", help="Print all values as JSON."),
    plot: bool = typer.Option(False, "--plot", help="Draw a chart."),
    only_plan: bool = typer.Option(
        False, "--plan", help="Only say what is to be read; download no pixels."
    ),
    workers: Optional[int] = shared_options.WORKERS,
    cache: Optional[Path] = shared_options.CACHE,
    cache_size: int = shared_options.CACHE_SIZE,
) -> None:
    """Print the values of all bands at points: the history of a pixel, if bands have times.

    Reads only the tiles of the points, each once. Where there is no value (nodata, NaN, masked, or
    outside the raster), JSON says null and CSV nothing.
    """
    if sum((as_csv, as_json, plot)) > 1:
        raise typer.BadParameter("Give only one of --csv, --json and --plot.")
    if only_plan and (as_csv or plot):
        raise typer.BadParameter("--plan has neither values for --csv nor for --plot.")
    places = list(_points(points))
    numbers = area_options.chosen_bands(bands)
    with shared_options.opened_cache(cache, cache_size) as opened:
        with console.working("Reading values") as job:
            with open_flac(file, workers=workers, cache=opened, job=job) as raster:
                plan = plan_sample(raster, places, crs, bands=numbers, time=time)
                if only_plan:
                    _show_plan(plan, as_json)
                    return
                if not (as_csv or as_json):
                    console.out.print(f"{_summary(plan)}.")
                elif console.err.is_terminal:
                    console.err.print(f"{_summary(plan)}.")
                found = read_samples(raster, plan, scaled=scaled, job=job)
    for warning in found.warnings:
        console.warn(warning)
    if as_json or as_csv:
        for part in found.to_json() if as_json else found.to_csv():
            sys.stdout.write(part)
    elif plot:
        _plot(found)
    else:
        _show(found)


def _points(texts: Sequence[str]) -> Iterator[Point]:
    for text in texts:
        if text == FROM_STDIN:
            yield from _listed_points()
        elif re.match(r"-+[A-Za-z]", text):  # unknown options, as points may begin with a minus
            raise typer.BadParameter(f"There is no option {text}.")
        else:
            found = _PAIR.fullmatch(text)
            if found is None or text.count(",") > 1:
                raise typer.BadParameter(
                    f"{text!r} is no point, expected X,Y such as 7.44,46.95 without spaces."
                )
            yield float(found[1]), float(found[2])


def _listed_points() -> Iterator[Point]:
    """Yield the points of standard input; a first line of other words is a header."""
    data = sys.stdin.buffer.read().decode("utf-8-sig", "replace")
    for number, line in enumerate(data.splitlines(), start=1):
        found = _PAIR.fullmatch(line)
        if found is not None and not _DECIMAL_COMMA.match(line):
            yield float(found[1]), float(found[2])
        elif number == 1 and not re.match(r"\s*[-+.]?\d", line):
            _check_header(line)
        elif line.strip():
            raise typer.BadParameter(
                f"Line {number} of the points is {line[:60]!r}, expected x,y or [x, y], with "
                "decimal points."
            )


def _check_header(line: str) -> None:
    """Raise an error for a header whose first columns are others than x and y."""
    names = [name.strip(' "').lower() for name in re.split("[,;\t]", line)]
    has_both = any(name in names for name in _X) and any(name in names for name in _Y)
    if has_both and not (names[0] in _X and names[1] in _Y):
        raise typer.BadParameter(
            f"The columns of the points are {line.strip()[:60]!r}; x (longitude) must be the first "
            "and y (latitude) the second."
        )


def _summary(plan: SamplePlan) -> str:
    """Return one line about the tiles of points and what is to be downloaded."""
    points, bands = len(plan.points), len(plan.bands)
    dates = len({band.time for band in plan.bands})
    shown = console.count(bands, "band")
    if plan.has_times:
        shown += f" of {console.count(dates, 'date')}"
    return (
        f"{console.count(points, 'point')}, {shown}: {console.count(len(plan.tiles), 'tile')}, "
        f"{console.size(plan.tile_bytes)}, {console.percent(plan.file_fraction)} of the file; "
        f"{downloads(plan)}"
    )


def _show_plan(plan: SamplePlan, as_json: bool) -> None:
    for warning in plan.warnings:
        console.warn(warning)
    if as_json:
        console.print_json(plan.totals())
    else:
        console.out.print(f"{_summary(plan)}.")


def _show(found: Samples) -> None:
    """Print a table, with columns only for what there is."""
    plan, bands = found.plan, found.bands
    several = len(plan.points) > 1
    labels = any(band.label for band in bands)
    columns = [*((">point", ">x", ">y") if several else ()), ">band"]
    columns += ["time"] * plan.has_times + ["label"] * labels + [">value"]
    units = {band.unit for band in bands} - {None}
    rows = console.table(*columns, *(["unit"] if units else []))
    shown = 0
    for number, (x, y) in enumerate(plan.points.tolist(), start=1):
        for band, value in zip(bands, found.plain_values(number - 1)):
            if shown < _SHOWN:
                cells = [str(number), _text(x), _text(y)] if several else []
                cells += [str(band.number)]
                cells += [str(band.time)] if plan.has_times else []
                cells += [console.text(band.label, 40)] if labels else []
                cells += [_text(value)]
                rows.add_row(*cells, *([console.text(band.unit or "")] if units else []))
            shown += 1
    console.out.print(rows)
    if shown > _SHOWN:
        console.out.print(f"... and {shown - _SHOWN} more; --csv and --json have all.")


def _text(value: object) -> str:
    return console.text(value if value is None else str(value))


def _plot(found: Samples) -> None:
    """Draw a chart for each unit, with a line for each label at each point."""
    plan, bands = found.plan, found.bands
    if found.values.dtype.kind == "c":
        raise typer.BadParameter("Complex numbers have no chart; --csv lists them.")
    units: dict[str, dict[str, list[int]]] = {}
    for index, band in enumerate(bands):
        labels = units.setdefault(band.unit or "", {})
        labels.setdefault(band.label if plan.has_times else "", []).append(index)
    starts = sorted({_position(band) for band in bands})
    first, last = (
        str(end.time) if plan.has_times else f"band {end.number}"
        for end in (min(bands, key=_position), max(bands, key=_position))
    )
    width = min(console.out.width, 120) if sys.stdout.isatty() else _WIDTH
    encoding = sys.stdout.encoding or "ascii"
    for unit, labels in units.items():
        lines = list(_lines(found, labels, starts))
        drawn = draw(lines, starts, (first, last), width, _HEIGHT, encoding)
        if len(lines) > len(SYMBOLS):
            console.warn(
                f"The chart has {len(SYMBOLS)} of {len(lines)} lines; --csv has all values."
            )
        is_physical = found.is_scaled or all((b.scale, b.offset) == (1, 0) for b in bands)
        if unit and is_physical:
            sys.stdout.write(f"{printable(unit)}\n")
        sys.stdout.write("\n".join(drawn or ["No values to draw."]) + "\n")


def _lines(
    found: Samples, labels: dict[str, list[int]], starts: Sequence[float]
) -> Iterator[Series]:
    """Yield the values of each label at each point."""
    points = len(found.plan.points)
    for number in range(points):
        values = found.plain_values(number)
        for label, indexes in labels.items():
            at = {_position(found.bands[index]): values[index] for index in indexes}
            point = f"point {number + 1}" if points > 1 else ""
            name = " ".join(filter(None, (point, printable(label))))
            yield Series(name, [at.get(start) for start in starts])  # type: ignore[misc]


def _position(band: SampledBand) -> float:
    """Return where a band is on the horizontal axis: days, or its number."""
    if band.time is None:
        return band.number
    return (band.time.start - type(band.time.start).min).total_seconds() / 86_400
