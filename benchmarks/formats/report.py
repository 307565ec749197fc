"""Tables and plots of the measurements."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from pathlib import Path

#: Reference of all ratios.
BASE = "COG ZSTD"
#: This project's default.
OWN = "FLAC balanced"
#: Bits per second of the link over which download and decoding, in processor time, are added up.
LINK = 100e6


def geometric_mean(values: Iterable[float]) -> float:
    """Return the geometric mean; NaN of no values."""
    values = list(values)
    return math.exp(sum(map(math.log, values)) / len(values)) if values else math.nan


def _index(results: list[dict]) -> dict[tuple[str, str, int], dict]:
    return {(r["raster"], r["codec"], r["threads"]): r for r in results if "error" not in r}


def markdown(results: list[dict]) -> str:
    """Return all tables."""
    found = _index(results)
    rasters = list(dict.fromkeys(r["raster"] for r in results))
    codecs = list(dict.fromkeys(r["codec"] for r in results))
    threads = sorted({r["threads"] for r in results})
    lines = [f"Sizes relative to {BASE} (level 9, predictor), without overviews.", ""]
    lines += _table("raster", codecs, rasters, lambda r, c: _relative(found, r, c, threads[0]))
    lines += [
        "",
        "Over the rasters that a format can hold; speeds by processor time are with one thread:",
        "",
    ]
    head = ["size, geometric mean", "exact"]
    head += [f"{what}, {n} thread(s), MB/s" for n in threads for what in ("write", "read")]
    head += ["write, MB/s of processor time", "read, MB/s of processor time"]
    head += ["512² window, ms", "peak memory, MB", "download at 100 Mbit/s and decode, s"]
    lines += [f"| format | {' | '.join(head)} |", "|---|" + "---|" * len(head)]
    for codec in codecs:
        own = [found[r, codec, threads[0]] for r in rasters if (r, codec, threads[0]) in found]
        if own:
            lines.append(
                f"| {codec} | " + " | ".join(_summary(found, rasters, codec, threads)) + " |"
            )
    if OWN in codecs:
        lines += [
            "",
            f"{OWN}, how many times as fast as the others, by processor time, one thread:",
            "",
        ]
        others = [codec for codec in codecs if codec != OWN]
        lines += _table(
            "speed of",
            others,
            ["write_cpu", "read_cpu"],
            lambda what, codec: _speed(found, rasters, codec, what, threads[0]),
        )
    failed = {(r["raster"], r["codec"], r["error"]) for r in results if "error" in r}
    if failed:
        lines += ["", "Not measured:", ""]
        lines += [f"- {raster}, {codec}: {error[:120]}" for raster, codec, error in sorted(failed)]
    return "\n".join(lines) + "\n"


def _relative(found: dict, raster: str, codec: str, threads: int) -> str:
    own, base = found.get((raster, codec, threads)), found.get((raster, BASE, threads))
    return f"{own['bytes'] / base['bytes']:.3f}" if own and base else "–"


def _speed(found: dict, rasters: list[str], codec: str, what: str, threads: int) -> str:
    """Return the speed of this project's default relative to others."""
    both = [
        (found[r, OWN, threads][what], found[r, codec, threads][what])
        for r in rasters
        if (r, codec, threads) in found and (r, OWN, threads) in found
    ]
    return f"{geometric_mean(other / own for own, other in both):.2f}" if both else "–"


def _table(
    corner: str, columns: list[str], rows: list[str], cell: Callable[[str, str], str]
) -> list[str]:
    lines = [f"| {corner} | {' | '.join(columns)} |", "|---|" + "---|" * len(columns)]
    return lines + [
        f"| {row} | " + " | ".join(cell(row, c) for c in columns) + " |" for row in rows
    ]


def _summary(found: dict, rasters: list[str], codec: str, threads: list[int]) -> list[str]:
    def each(count: int) -> list[dict]:
        return [found[r, codec, count] for r in rasters if (r, codec, count) in found]

    first = each(threads[0])
    relative = [
        r["bytes"] / found[r["raster"], BASE, threads[0]]["bytes"]
        for r in first
        if (r["raster"], BASE, threads[0]) in found
    ]
    cells = [f"{geometric_mean(relative):.3f}", f"{sum(r['exact'] for r in first)} of {len(first)}"]
    for count in threads:
        for what in ("write", "read"):
            speed = geometric_mean(r["raw"] / 1e6 / r[what] for r in each(count))
            cells.append(f"{speed:.0f}")
    for what in ("write_cpu", "read_cpu"):
        cells.append(f"{geometric_mean(r['raw'] / 1e6 / r[what] for r in first):.0f}")
    windows = [1000 * r["window"] for r in first if r.get("window")]
    cells.append(f"{geometric_mean(windows):.1f}" if windows else "–")
    cells.append(f"{max(r['peak_mb'] for r in first):.0f}")
    cells.append(f"{sum(8 * r['bytes'] / LINK + r['read_cpu'] for r in first):.2f}")
    return cells


def plots(results: list[dict], folder: Path) -> None:
    """Draw size by raster, and size against speed of reading."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    found = _index(results)
    rasters = list(dict.fromkeys(r["raster"] for r in results))
    codecs = [c for c in dict.fromkeys(r["codec"] for r in results)]
    figure, axes = pyplot.subplots(figsize=(11, 5), layout="constrained")
    width = 0.8 / len(codecs)
    for number, codec in enumerate(codecs):
        heights = [
            found[r, codec, 1]["bytes"] / found[r, BASE, 1]["bytes"]
            if (r, codec, 1) in found and (r, BASE, 1) in found
            else 0
            for r in rasters
        ]
        places = [n + number * width for n in range(len(rasters))]
        axes.bar(places, heights, width, label=codec)
    axes.axhline(1, color="grey", linewidth=0.8)
    axes.set_ylim(0, 2)
    axes.set_xticks([n + 0.4 for n in range(len(rasters))], rasters, rotation=30, ha="right")
    axes.set_ylabel(f"size relative to {BASE}")
    figure.legend(loc="outside upper center", ncols=5, fontsize="small")
    figure.savefig(folder / "sizes.png", dpi=120)
    pyplot.close(figure)

    figure, axes = pyplot.subplots(figsize=(7, 5), layout="constrained")
    for number, codec in enumerate(codecs):
        own = [found[r, codec, 1] for r in rasters if (r, codec, 1) in found]
        own = [r for r in own if (r["raster"], BASE, 1) in found]
        if not own:
            continue
        size = geometric_mean(r["bytes"] / found[r["raster"], BASE, 1]["bytes"] for r in own)
        speed = geometric_mean(r["raw"] / 1e6 / r["read"] for r in own)
        axes.scatter(speed, size, label=codec, s=60, marker="ooovvvss*"[number % 9])
    axes.set_xscale("log")
    axes.grid(alpha=0.3)
    axes.set_xlabel("reading, MB/s of pixels, one thread (geometric mean)")
    axes.set_ylabel(f"size relative to {BASE} (geometric mean)")
    axes.legend(fontsize="small")
    figure.savefig(folder / "speed.png", dpi=120)
    pyplot.close(figure)
