"""Put what the campaigns came to into docs/reliability.md."""

import json
import re
from pathlib import Path

from . import RESULTS

DOCUMENT = Path("docs/reliability.md")
_BEGIN, _END = "<!-- figures, written by make reliability -->\n", "<!-- end of figures -->"


def _table(head, rows):
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(map(_text, line)) + " |" for line in lines) + "\n"


def _text(value):
    return f"{value:,}" if isinstance(value, int) else str(value)


def _run(result):
    made = f"commit {result['commit']}, {result['date']}, Python {result['python']}"
    return f"({made}; {result['seconds']} seconds.)\n"


def fuzz(results):
    """Return the table of fuzzing."""
    rows = []
    for name, found in results.items():
        lines = found["lines"]
        share = f"{lines['reached'] / lines['of']:.0%} of {lines['of']}" if lines else "–"
        rows.append(
            [f"`{name}`", found["executions"], found["edges"] or "–", share, found["crashes"]]
        )
    seconds = next(iter(results.values()))["seconds"]
    head = ["target", "executions", "branches reached", "lines of its parsers reached", "crashes"]
    return f"Fuzzing, {seconds} seconds a target:\n\n" + _table(head, rows)


def flips(result):
    """Return the table of flipped bits."""
    outcomes = ["refused", "tile named", "no change", "silent"]
    rows = [
        [region, *(found.get(outcome, 0) for outcome in outcomes)]
        for region, found in result["regions"].items()
    ]
    rows.append(["all", *(result.get(outcome, 0) for outcome in outcomes)])
    kinds = [result["files of which every bit"], result["files of which a sample"]]
    head = ["where", "refused at opening", "tile named by verify", "raster unchanged", "unnoticed"]
    return (
        f"{result['flips']:,} flipped bits, every one of {kinds[0]} files and a sample of "
        f"{kinds[1]}; verify named another tile than the one hit {result['wrong tile named']} "
        f"times:\n\n{_table(head, rows)}\n{_run(result)}"
    )


def kills(result):
    """Return the table of kills."""
    found = ["killed while at work", "nothing", "the older file", "a whole new file"]
    found += ["LOST", "DAMAGED", "unfinished files left", "left after the next run"]
    rows = [
        [name, *(counts.get(what, 0) for what in found)]
        for name, counts in result["operations"].items()
    ]
    rows.append(["all", *(result["total"].get(what, 0) for what in found)])
    head = ["", "killed at work", "then: nothing", "the older file", "a whole new file", "lost"]
    head += ["damaged", "unfinished files seen", "and after the next run"]
    note = "Of runs that were done before they could be killed, the whole new file is counted too."
    return f"SIGKILL:\n\n{_table(head, rows)}\n{note} {_run(result)}"


def faults(result):
    """Return the tables of faults."""
    rows = [
        [kind, result[kind].get("times") or result[kind].get("reads"), _said(result[kind])]
        for kind in ("full disks", "lost folders", "faulty servers")
    ]
    said = ", ".join(f"{name} {n}" for name, n in result["faults of servers"].items())
    return (
        f"Faults:\n\n{_table(['', 'runs', 'what came of them'], rows)}\n"
        f"Faults of servers, in {result['faulty servers']['requests']:,} requests: {said}.\n"
        f"{_run(result)}"
    )


def _said(counts):
    kept = {name: n for name, n in counts.items() if name not in ("times", "reads", "requests")}
    return "; ".join(f"{name}: {n}" for name, n in sorted(kept.items()))


def load(result):
    """Return the tables of load."""
    readers = result["readers"]
    kinds = ["threads", "processes", "threads over HTTP"]
    rows = [[kind, readers["at once"], readers["windows each"], readers[kind]] for kind in kinds]
    head = ["readers", "at once", "windows each, all right", "seconds"]
    soak = [[row[what] for what in result["soak"][0]] for row in result["soak"]]
    return (
        f"Load:\n\n{_table(head, rows)}\nOperations of all kinds on end, in one process:\n\n"
        f"{_table(list(result['soak'][0]), soak)}\n{_run(result)}"
    )


def sweep(result):
    """Return the table of formats and metadata."""
    verdicts = ["equal", "named", "refused", "failed"]
    rows = [
        [item, *(found.get(verdict, 0) for verdict in verdicts)]
        for item, found in result["items"].items()
    ]
    rows.append(["all", *(sum(row[n] for row in rows) for n in range(1, 1 + len(verdicts)))])
    head = ["rasters that differ in", "the same for GDAL", "differences named", "refused, with why"]
    head.append("differences in silence, or untrue")
    return (
        f"{result['drivers']} drivers of GDAL {result['GDAL']} times {result['kinds']} kinds of "
        "what a raster says of itself, to FLAC and back, as far as a driver can say it:\n\n"
        f"{_table(head, rows)}\n{_run(result)}"
    )


def main():
    parts = [fuzz(json.loads(Path("build/fuzz/results.json").read_text()))]
    for make in (flips, kills, faults, load, sweep):
        parts.append(make(json.loads((RESULTS / f"{make.__name__}.json").read_text())))
    text = DOCUMENT.read_text(encoding="utf-8")
    new = _BEGIN + "\n" + "\n".join(parts) + "\n" + _END
    pattern = re.compile(re.escape(_BEGIN) + ".*?" + re.escape(_END), re.DOTALL)
    DOCUMENT.write_text(pattern.sub(lambda _: new, text, count=1), encoding="utf-8")
