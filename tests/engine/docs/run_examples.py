"""Runs examples of many pages in one process, since libraries take long to import.

    run_examples.py EXAMPLES.json OUTCOMES.json

The first is a list of [place, kind, folder, text], the second becomes a list of [place, outcome];
an outcome is ``done``, ``skipped: ...`` or ``failed: ...``.
"""

from __future__ import annotations

import contextlib
import glob
import io
import json
import os
import shlex
import subprocess
import sys
import traceback

#: Optional packages, without which some examples cannot run.
OPTIONAL = {"dask", "diskcache", "distributed", "fsspec", "xarray"}
DASK = "tcp://host:8786"


class Skipped(Exception):
    """The example needs what is not installed."""


def run_python(text: str, place: str, namespace: dict) -> None:
    """Run a block as a file of its own."""
    try:
        exec(compile(text, place, "exec"), namespace)
    except ImportError as error:
        if error.name in OPTIONAL:
            raise Skipped(error.name) from error
        raise


def run_command(text: str) -> None:
    """Run one command of the project as its program does, but in this process."""
    from flac_raster_qgis.engine import cli

    if DASK in text:
        text = text.replace(DASK, cluster())
    words = [
        name
        for word in shlex.split(text, comments=True)
        for name in (sorted(glob.glob(word)) if "*" in word else [word])
    ]
    sys.argv = words
    said = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    try:
        with contextlib.redirect_stderr(said):
            cli.main()
    except SystemExit as done:
        if done.code:
            said.seek(0)
            raise RuntimeError(f"status {done.code}: {said.read()}") from None


def run_shell(text: str) -> None:
    """Run a line in a real shell."""
    command = ["bash", "-euo", "pipefail", "-c", text]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    if done.returncode:
        raise RuntimeError(f"status {done.returncode}: {done.stdout}{done.stderr}")


_clusters: list = []


def cluster() -> str:
    """Return the address of a Dask cluster, started when it is needed first."""
    try:
        from distributed import LocalCluster
    except ImportError as error:
        raise Skipped("distributed") from error
    if not _clusters:
        options = {"processes": False, "protocol": "tcp://", "dashboard_address": None}
        _clusters.append(LocalCluster(n_workers=1, threads_per_worker=1, **options))
    return _clusters[0].scheduler_address


def main(examples: str, outcomes: str) -> None:
    """Run all, each in its folder, and note after each what became of it."""
    with open(examples, encoding="utf-8") as file:
        listed = json.load(file)
    noted = []
    for place, kind, folder, text in listed:
        os.chdir(folder)
        try:
            if kind == "python":
                run_python(text, place, {"__name__": "__main__"})
            elif kind == "command":
                run_command(text)
            else:
                run_shell(text)
            outcome = "done"
        except Skipped as skipped:
            outcome = f"skipped: needs {skipped}"
        except BaseException:
            outcome = f"failed: {text}\n{traceback.format_exc()}"
        noted.append([place, outcome])
        with open(outcomes, "w", encoding="utf-8") as file:
            json.dump(noted, file)
    for each in _clusters:
        each.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
