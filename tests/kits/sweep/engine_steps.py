"""Our part of the sweep, in a process of its own: rasters there and back, and what it says."""

import json
import os
import subprocess
import sys
import warnings
from pathlib import Path

from flac_raster_qgis.engine import FlacRasterError, compare, convert


def there_and_back(case, convert):
    """Convert the case's raster to FLAC and back; return the case with all that was said."""
    path = Path(case["path"])
    flac, back = path.parent / "there.flac", path.parent / "back.tif"
    case = {**case, "back": str(back), "warnings": [], "notes": []}
    for step, a, b in (("to FLAC", path, flac), ("back", flac, back)):
        try:
            lost, notes = convert(a, b)
            case["warnings"] += lost
            case["notes"] += notes
        except (FlacRasterError, Refused) as error:
            return {**case, "refused": f"{error}", "step": step}
        except Exception as error:
            return {**case, "crash": f"{step}: {type(error).__name__}: {error}"}
    try:
        found = compare(path, back)
    except Exception as error:
        return {**case, "crash": f"compare: {type(error).__name__}: {error}"}
    differences = [f"{d.field}: {d.a!r} != {d.b!r}"[:300] for d in found.differences]
    return {**case, "identical": found.identical, "compared": differences}


def by_engine(a, b):
    """Convert, and return warnings and notes."""
    result = convert(a, b, workers=1, overwrite=True)
    return result.warnings, result.notes


class Refused(Exception):
    """The command line ended with a message for users."""


def by_command_line(a, b):
    """Convert by the command line, and return the warnings and notes that it prints."""
    command = [sys.executable, "-m", "flac_raster_qgis", "convert", a, "-o", b]
    environment = {**os.environ, "NO_COLOR": "1", "COLUMNS": "10000"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120)
    if done.returncode:
        known = done.stderr.startswith("Error:")
        raise (Refused if known else RuntimeError)(done.stderr)
    lost = [line for line in done.stderr.splitlines() if line.startswith("Warning:")]
    return lost, done.stdout.splitlines()


def main():
    warnings.simplefilter("ignore")
    way = by_command_line if "--command-line" in sys.argv else by_engine
    for line in sys.stdin:
        print(json.dumps(there_and_back(json.loads(line), way)), flush=True)


if __name__ == "__main__":
    main()
