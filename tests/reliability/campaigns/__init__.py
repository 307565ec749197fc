"""Long runs that try to break a promise, each a module with a ``main``; see docs/reliability.md.

``make test`` runs small samples of them; the environment variable SCALE makes them longer.
"""

import json
import os
import platform
import subprocess
import time
from pathlib import Path

RESULTS = Path("build/reliability")
#: Multiplies how often things are done.
SCALE = int(os.environ.get("SCALE") or 1)


def save(name, result, started):
    """Write down what a campaign came to, and on what."""
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True)
    facts = {
        "commit": commit.stdout.strip(),
        "date": time.strftime("%Y-%m-%d"),
        "python": platform.python_version(),
        "seconds": round(time.monotonic() - started),
    }
    RESULTS.mkdir(parents=True, exist_ok=True)
    path = RESULTS / f"{name}.json"
    path.write_text(json.dumps({**facts, **result}, indent=2) + "\n")
    print(json.dumps(result, indent=2))
