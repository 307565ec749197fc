"""Runs blocks of Python as one session: run_blocks.py FILE.json, which lists [place, text]."""

import json
import sys

#: Optional packages, whose examples cannot run without them.
OPTIONAL = {"diskcache", "distributed", "xarray"}
SKIPPED = 77

if __name__ == "__main__":
    namespace = {"__name__": "__main__"}
    with open(sys.argv[1], encoding="utf-8") as file:
        listed = json.load(file)
    for place, text in listed:
        try:
            exec(compile(text, place, "exec"), namespace)
        except ImportError as error:
            if error.name not in OPTIONAL:
                raise
            print(f"{place} needs {error.name}")
            sys.exit(SKIPPED)
