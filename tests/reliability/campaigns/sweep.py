"""All drivers of GDAL that write times all kinds of metadata, there and back, judged by GDAL."""

import re
import sys
import tempfile
import time
from collections import Counter

from kits.sweep import runner

from . import save

VERDICTS = ("equal", "named", "refused", "failed")


def run(triples):
    """Run cases; return how many of each verdict, by what they are about, and what is wrong."""
    with tempfile.TemporaryDirectory() as folder:
        results = runner.sweep(triples, f"{folder}/sweep")
    counts = {}
    for case in results:
        item = case["kind"].partition(":")[0]
        counts.setdefault(item, Counter())[case["verdict"]] += 1
    wrong = [
        f"{case['driver']}, {case['kind']}, {case['way']}: {text}"
        for case in results
        for text in case["wrong"]
    ]
    return counts, wrong, {case["driver"] for case in results}


def main():
    """Sweep all drivers, or those that a pattern names, one after the other."""
    started, counts, wrong, drivers = time.monotonic(), {}, [], set()
    pattern = re.compile(sys.argv[1] if sys.argv[1:] else ".*")
    for driver in filter(pattern.fullmatch, runner.about()["drivers"]):
        found, bad, made = run([one for one in runner.everything() if one[0] == driver])
        for item, verdicts in found.items():
            counts.setdefault(item, Counter()).update(verdicts)
        wrong += bad
        drivers |= made
        said = sum(found.values(), Counter())
        print(driver, *(f"{said[v]} {v}" for v in VERDICTS), sep=", ", flush=True)
    print(*wrong, sep="\n")
    result = {
        "GDAL": runner.about()["version"],
        "drivers": len(drivers),
        "kinds": len(runner.about()["kinds"]),
        "items": {item: dict(found) for item, found in sorted(counts.items())},
        "wrong": wrong,
    }
    save("sweep", result, started)
    sys.exit(bool(wrong))
