"""Files that releases of rasterio write are the same to each other, in every data type.

``make test-rasterio`` builds an environment for each release below build/rasterio, and has GDAL
make the rasters and judge what comes back. With ``--vectors`` it keeps files for the tests.
"""

import glob
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from itertools import product
from pathlib import Path

from kits.sweep import runner

from . import save

FOLDER = Path("build/rasterio").absolute()
#: The checkout as a package, for a Python that has not installed it.
CHECKOUT = Path("build/profile/profiles/default/python/plugins").absolute()
#: Python and what pip installs, by name; rasterio swapped int64 and uint64 before 1.3.7.
RELEASES = {
    "1.3.0": ("3.10", ["rasterio==1.3.0", "numpy<2"]),
    "1.3.7": ("3.11", ["rasterio==1.3.7", "numpy<2"]),
    "1.4": ("3.12", ["rasterio==1.4.*"]),
    "newest": ("3.13", ["rasterio"]),
}
OTHERS = ["soundfile", "mutagen", "requests"]
HERE = "here"


def pythons():
    """Return the Python of each release, the one of this checkout first; what fails is left out."""
    found = {HERE: Path(sys.executable)}
    for name, (version, packages) in RELEASES.items():
        place = FOLDER / name
        python = place / "bin" / "python"
        if not (place / "made").exists():
            base = interpreter(version)
            if base is None:
                print(f"rasterio {name}: there is no Python {version} here")
                continue
            shutil.rmtree(place, ignore_errors=True)
            subprocess.run([base, "-m", "venv", place], check=True)
            pip = [python, "-m", "pip", "install", "-q", "--disable-pip-version-check"]
            if subprocess.run([*pip, *packages, *OTHERS]).returncode:
                print(f"rasterio {name} cannot be installed")
                continue
            (place / "made").touch()
        found[name] = python
    return found


def interpreter(version):
    """Find a Python of a version, on the path or among those of pyenv."""
    root = os.environ.get("PYENV_ROOT", os.path.expanduser("~/.pyenv"))
    inside = sorted(glob.glob(f"{root}/versions/{version}.*/bin/python"))
    return inside[-1] if inside else shutil.which(f"python{version}")


def about(python):
    """Return the releases that a Python has."""
    text = "import rasterio, numpy; print(rasterio.__version__, rasterio.__gdal_version__, "
    done = subprocess.run(
        [python, "-c", text + "numpy.__version__)"], capture_output=True, text=True, check=True
    )
    return dict(zip(("rasterio", "GDAL", "numpy"), done.stdout.split()))


def keep(files):
    """Keep what the oldest and the newest release write of each data type, in the same bytes."""
    runner.VECTORS.mkdir(exist_ok=True)
    for release, kind, file in files:
        data_type = re.fullmatch(r"type: (\w+) with nodata", kind)
        if release in ("1.3.0", "newest") and data_type:
            place = runner.VECTORS / f"{data_type[1]}.flac"
            if release == "newest" and place.read_bytes() != file.read_bytes():
                raise RuntimeError(f"{place.name} has other bytes where rasterio is new")
            shutil.copy(file, place)


def try_all(found, folder):
    """Have every release write, and every one read what each wrote; return counts and faults."""
    runner.PYTHONPATH.insert(0, str(CHECKOUT))
    kinds = [kind for kind in runner.about()["kinds"] if kind.startswith("type:")]
    gdal = [runner.python_of_gdal(), runner.HERE / "gdal_steps.py"]
    cases = [
        {"driver": "GTiff", "kind": kind, "way": "copied", "folder": str(folder / "sources")}
        for kind in kinds
    ]
    paths = runner.work_off([*gdal, "make"], cases, folder)
    sources = {kind: path for kind, path in zip(kinds, paths) if path}
    steps = runner.HERE / "version_steps.py"
    wrong = []
    for name, python in found.items():
        cases = [
            {"path": path, "flac": str(folder / f"{n}-{name}.flac")}
            for n, path in enumerate(sources.values())
        ]
        answers = runner.work_off([python, steps, "write"], cases, folder)
        for kind, answer in zip(sources, answers):
            wrong += [f"{name} cannot write {kind}: {answer}"] if answer else []
    if "--vectors" in sys.argv:
        keep(
            (name, kind, folder / f"{n}-{name}.flac")
            for name in found
            for n, kind in enumerate(sources)
        )
    said, judged = {}, 0
    for (writer, reader), (n, kind) in product(product(found, found), enumerate(sources)):
        flac = folder / f"{n}-{writer}.flac"
        if flac.exists():
            back = folder / f"{n}-{writer}-{reader}.tif"
            case = {"path": sources[kind], "flac": str(flac), "back": str(back)}
            said.setdefault(reader, []).append((writer, kind, case))
    values = {}
    for reader, todo in said.items():
        cases = [case for *_, case in todo]
        answers = runner.work_off([found[reader], steps, "read"], cases, folder)
        results = [
            {**case, **answer} if isinstance(answer, dict) else {**case, "crash": answer}
            for case, answer in zip(cases, answers)
        ]
        verdicts = runner.work_off([*gdal, "judge"], results, folder)
        for (writer, kind, _), result, verdict in zip(todo, results, verdicts):
            judged += 1
            faults = verdict["wrong"] if isinstance(verdict, dict) else [verdict]
            wrong += [f"{writer} wrote, {reader} read, {kind}: {fault}" for fault in faults]
            if not result.get("crash") and not result.get("refused"):
                found_values = [result[key] for key in ("dtype", "nodata", "pixels", "mask")]
                known = values.setdefault(kind, found_values)
                if known != found_values:
                    said_by = f"{writer} wrote, {reader} read, {kind}"
                    wrong.append(f"{said_by}: {found_values}, others {known}")
    return {"rasters": len(sources), "files read": judged, "wrong": wrong}


def main():
    started, found = time.monotonic(), pythons()
    with tempfile.TemporaryDirectory() as folder:
        result = try_all(found, Path(folder))
    result["releases"] = {name: about(python) for name, python in found.items()}
    save("rasterio_versions", result, started)
    sys.exit(bool(result["wrong"]) or len(found) < 2)
