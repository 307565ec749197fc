"""Run the sweep: GDAL makes rasters, we convert them there and back, GDAL describes and judges.

Each in a process of its own, so that no GDAL sees what another one remembers.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from itertools import product
from pathlib import Path

HERE = Path(__file__).parent
#: Files of every data type, written by an old release of rasterio.
VECTORS = HERE / "vectors"
#: Pythons that may have GDAL's own bindings: that of the tests, and that of QGIS.
PYTHONS = (sys.executable, "/usr/bin/python3")
WAYS = ("copied", "set")
SECONDS = 1800
#: Has this package, and whatever it had.
PYTHONPATH = [str(HERE.parents[1]), *filter(None, [os.environ.get("PYTHONPATH")])]


@cache
def python_of_gdal():
    """Return a Python that has GDAL's bindings, or None."""
    for python in PYTHONS:
        if os.access(python, os.X_OK):
            tried = subprocess.run([python, "-c", "from osgeo import gdal"], capture_output=True)
            if tried.returncode == 0:
                return python
    return None


def work_off(command, cases, folder):
    """Have a process in a folder answer each case with a line.

    Returns
    -------
    list
        An answer for each case; of a case that ended the process, the text of how.
    """
    answers = []
    while len(answers) < len(cases):
        done = subprocess.run(
            list(map(str, command)),
            cwd=folder,  # a driver leaves files where it runs
            env={**os.environ, "PYTHONPATH": os.pathsep.join(PYTHONPATH)},
            input="".join(json.dumps(case) + "\n" for case in cases[len(answers) :]),
            capture_output=True,
            text=True,
            timeout=SECONDS,
        )
        answers += [json.loads(line) for line in done.stdout.splitlines()]
        if len(answers) < len(cases):
            last = done.stderr.strip().splitlines()[-1:]
            answers.append(f"the process ended with {done.returncode}: {last}")
    return answers


def side_by_side(command, cases, folder):
    """Do the same in two processes, each with every other case."""
    with ThreadPoolExecutor(2) as pool:
        halves = pool.map(work_off, [command] * 2, (cases[::2], cases[1::2]), [folder] * 2)
    answers = [None] * len(cases)
    answers[::2], answers[1::2] = halves
    return answers


@cache
def about():
    """Return version, drivers and kinds of GDAL."""
    return work_off([python_of_gdal(), HERE / "gdal_steps.py", "about"], [None], HERE)[0]


def sweep(triples, folder, command_line=False):
    """Run cases, given as (driver, kind, way); return those that could be made, judged."""
    folder = Path(folder)
    gdal = [python_of_gdal(), HERE / "gdal_steps.py"]
    engine = [sys.executable, HERE / "engine_steps.py"]
    made = make(triples, folder)
    answers = side_by_side([*engine, *(["--command-line"] * command_line)], made, folder)
    done = [a if isinstance(a, dict) else {**c, "crash": a} for a, c in zip(answers, made)]
    verdicts = work_off([*gdal, "judge"], done, folder)
    shutil.rmtree(folder, ignore_errors=True)
    return [
        v if isinstance(v, dict) else {**case, "verdict": "failed", "wrong": [f"GDAL: {v}"]}
        for v, case in zip(verdicts, done)
    ]


def make(triples, folder):
    """Make the rasters of cases, and return the cases that GDAL can make, with their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    cases = [{"driver": d, "kind": k, "way": w, "folder": str(folder / d)} for d, k, w in triples]
    # where GDAL itself dies there is no raster
    paths = work_off([python_of_gdal(), HERE / "gdal_steps.py", "make"], cases, folder)
    return [{**c, "path": p} for c, p in zip(cases, paths) if p and Path(p).exists()]


def compare_virtual(triples, folder):
    """Say of cases how their virtual TIFF differs from the GeoTIFF, by what GDAL says of both."""
    made = make(triples, folder)
    answers = work_off([sys.executable, HERE / "virtual_steps.py"], made, folder)
    done = [a if isinstance(a, dict) else {**c, "wrong": [a]} for a, c in zip(answers, made)]
    return work_off([python_of_gdal(), HERE / "same_steps.py"], done, folder)


def kinds_once():
    """Choose every kind once, in a VRT or a GeoTIFF, which can say nearly anything."""
    in_tiff = ("NBITS", "mask", "type: signed")
    return [
        ("GTiff", kind, "copied") if kind.startswith(in_tiff) else ("VRT", kind, "set")
        for kind in about()["kinds"]
    ]


def drivers_once():
    """Choose of every driver that it says everything, and every second kind of some driver."""
    drivers, kinds = about()["drivers"], about()["kinds"]
    return [
        (driver, kind, WAYS[n % 2])
        for n, driver in enumerate(drivers)
        for kind in [*kinds[2 * n :: 2 * len(drivers)], "everything: of one band"]
    ]


def everything():
    """Choose every kind of every driver, both ways."""
    return list(product(about()["drivers"], about()["kinds"], WAYS))


def main(drivers, kinds=""):
    """Print the verdicts on some drivers and kinds: ``runner.py 'GTiff|HFA' nodata``."""
    for driver in filter(re.compile(drivers).fullmatch, about()["drivers"]):
        chosen = [kind for kind in about()["kinds"] if re.search(kinds, kind)]
        with tempfile.TemporaryDirectory() as folder:
            for case in sweep([(driver, k, w) for k in chosen for w in WAYS], folder):
                print(case["verdict"], driver, case["kind"], case["way"], *case["wrong"], sep=" | ")


if __name__ == "__main__":
    main(*sys.argv[1:])
