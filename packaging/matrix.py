"""Run the tests on every QGIS and every Python that can be had here: the table of compatibility.

    matrix.py                  all of it: hours on a small machine
    matrix.py trixie 3.12      these rows only; the table keeps the others as they were

Rows named after a release of Debian run all tests, with the QGIS of that release, in a bare system
of its own below build/matrix/: that needs root and debootstrap, and 3 GB each. `here` is this
system. Rows named after a version of Python run the engine's tests with packages from PyPI.

What is tested is the last commit, as it is at the start. Plain Python without dependencies, as it
has to run anywhere.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

from generated import DOCS, update

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "build" / "matrix"
PAGE = DOCS / "compatibility.md"
#: The last result of every row.
RESULTS = ROOT / "packaging" / "matrix.json"
SYSTEMS = ("here", "trixie", "sid")
NO_PYTHON = "no such Python here"
PYTHONS = ("3.9", "3.10", "3.11", "3.12", "3.13", "3.14")
#: What this system needs to reach its package mirrors; a bare one needs the same.
CARRIED = (
    "/etc/resolv.conf",
    "/etc/hosts",
    "/etc/pip.conf",
    "/etc/ssl/certs/ca-certificates.crt",
    *map(str, Path("/etc/apt/apt.conf.d").glob("*")),
)
#: Run by the Python of the tests; what cannot be imported is left out.
ABOUT = """
import json, platform
said = {"Python": platform.python_version()}
for name in ("qgis.core", "numpy", "rasterio", "pyflac", "xarray"):
    try:
        module = __import__(name, fromlist=["x"])
    except ImportError:
        continue
    if name == "qgis.core":
        from qgis.PyQt.QtCore import QT_VERSION_STR
        said["QGIS"], said["Qt"] = module.Qgis.QGIS_VERSION.split("-")[0], QT_VERSION_STR
    else:
        said[name] = getattr(module, "__version__", "")
print(json.dumps(said))
"""


class Place(NamedTuple):
    """Where commands of a row run: a folder, and the root of the system it lies in."""

    project: Path
    system: Path = Path("/")

    def run(self, *command: str, log: Path, folder: Path | None = None) -> bool:
        """Run a command in the project; whether it went well. What it says goes to the log."""
        inside = "/" / (folder or self.project).relative_to(self.system)
        if self.system != Path("/"):
            # in a namespace of its own, in which no mount outlives the command
            script = f'mount -t proc proc "{self.system}/proc"; mount --rbind /dev '
            script += f'"{self.system}/dev"; exec chroot "{self.system}" sh -c \'cd "$0"; '
            script += f'exec "$@"\' "{inside}" "$@"'
            command = ("unshare", "--mount", "sh", "-ec", script, "sh", *command)
            environment = {
                "HOME": "/root",
                "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
                "LANG": "C.UTF-8",
                "PIP_CERT": "/etc/ssl/certs/ca-certificates.crt",
            }
            cwd = Path("/")
        else:
            environment, cwd = dict(os.environ), inside
        with log.open("a") as said:
            said.write(f"\n$ {' '.join(command)}\n")
            said.flush()
            return not subprocess.run(
                command, cwd=cwd, env=environment, stdout=said, stderr=said
            ).returncode

    def clone(self, commit: str) -> None:
        """Put a commit there; what set-up made at other times stays."""
        if not (self.project / ".git").exists():
            self.project.parent.mkdir(parents=True, exist_ok=True)
            git("clone", "--quiet", "--no-hardlinks", str(ROOT), str(self.project))
        git("-C", str(self.project), "fetch", "--quiet", str(ROOT), commit)
        git("-C", str(self.project), "checkout", "--quiet", "--force", "--detach", commit)


def git(*arguments: str) -> str:
    """Run git in this checkout."""
    done = subprocess.run(["git", *arguments], cwd=ROOT, check=True, capture_output=True, text=True)
    return done.stdout.strip()


# ---------------------------------------------------------------- systems


def mirror() -> str:
    """Return the mirror that this system's own packages come from."""
    for path in (Path("/etc/apt/sources.list"), *Path("/etc/apt/sources.list.d").glob("*")):
        text = path.read_text() if path.is_file() else ""
        for address in re.findall(r"^(?:deb|URIs:)\s+(?:\[.*\]\s+)?(\S+)", text, re.M):
            if address.rstrip("/").endswith("/debian"):
                return address
    sys.exit("matrix: found no Debian mirror in /etc/apt")


def bare_system(release: str, log: Path) -> Path:
    """Make a bare system, if there is none of other times, and return its root."""
    system = FOLDER / release
    if os.geteuid() or not shutil.which("debootstrap"):
        sys.exit(f"matrix: {release} needs root and the package debootstrap")
    made = FOLDER / f"{release}.made"
    if not made.exists():
        shutil.rmtree(system, ignore_errors=True)
        tools = "--include=ca-certificates,make,git"
        command = ("debootstrap", "--variant=minbase", tools, release, str(system), mirror())
        if not Place(FOLDER).run(*command, log=log):
            sys.exit(f"matrix: debootstrap failed, see {log}")
        made.touch()
    for name in CARRIED:
        if os.path.isfile(name):
            shutil.copy(name, f"{system}{name}")
    return system


def test_system(name: str, commit: str, log: Path) -> dict[str, str]:
    """Run all tests on a system; returns a row of the table."""
    if name == "here":
        place = Place(FOLDER / "here" / "project")
    else:
        system = bare_system(name, log)
        place = Place(system / "root" / "project", system)
    place.clone(commit)
    if not place.run("make", "setup", log=log):
        return {"result": "set-up failed"}
    row = about(place, ("packaging/qgis_env.sh", ".venv/bin/python"), log)
    reports = []
    for part in ("engine", "plugin"):
        report = place.project / "build" / f"{part}.xml"
        report.unlink(missing_ok=True)
        options = f"PYTEST_ARGS=-q --junitxml=build/{part}.xml"
        place.run("make", f"test-{part}", options, log=log)
        reports.append(report)
    return {**row, **outcome(reports)}


# ---------------------------------------------------------------- versions of Python


def interpreter(version: str) -> tuple[str, Path] | None:
    """Find a Python here or in one of the bare systems: its path there, and the system."""
    homes = [os.environ.get("PYENV_ROOT", os.path.expanduser("~/.pyenv"))]
    found = [str(path) for home in homes for path in Path(home).glob(f"versions/{version}.*")]
    here = [f"{folder}/bin/python{version}" for folder in sorted(found, reverse=True)]
    for path in (*here, shutil.which(f"python{version}") or ""):
        if os.access(path, os.X_OK):
            return path, Path("/")
    for release in SYSTEMS[1:]:
        path = f"/usr/bin/python{version}"
        if (FOLDER / f"{release}{path}").exists():
            return path, FOLDER / release
    return None


def test_python(version: str, commit: str, log: Path) -> dict[str, str]:
    """Run the engine's tests on a Python, with the packages pip chooses for it."""
    found = interpreter(version)
    if found is None:
        return {"result": NO_PYTHON}
    python, system = found
    inside = system / "root" / "python" if system != Path("/") else FOLDER / "python"
    place = Place(inside / version, system)
    place.clone(commit)
    if not (place.project / ".venv").exists():
        place.run(python, "-m", "venv", ".venv", log=log)
    pip = (".venv/bin/python", "-m", "pip", "install", "-q", "--editable", ".[test]")
    if not place.run(*pip, log=log):
        return {"result": "packages cannot be installed"}
    row = about(place, (".venv/bin/python",), log)
    report = place.project / "build" / "engine.xml"
    report.unlink(missing_ok=True)
    pytest = (".venv/bin/python", "-m", "pytest", "-p", "no:pytest_qgis", "-q", "tests/engine")
    place.run(*pytest, "--junitxml=build/engine.xml", log=log)
    return {**row, **outcome([report])}


# ---------------------------------------------------------------- results


def about(place: Place, python: tuple[str, ...], log: Path) -> dict[str, str]:
    """Return the versions of what is tested."""
    said = log.with_suffix(".about")
    said.unlink(missing_ok=True)
    place.run(*python, "-c", ABOUT, log=said)
    lines = [line for line in said.read_text().splitlines() if line.startswith("{")]
    return json.loads(lines[-1]) if lines else {}


def outcome(reports: list[Path]) -> dict[str, str]:
    """Add up pytest's reports."""
    if missing := [path.stem for path in reports if not path.exists()]:
        return {"result": f"tests of {', '.join(missing)} did not end"}
    suites = [suite for path in reports for suite in ElementTree.parse(path).iter("testsuite")]  # noqa: S314
    tests, failed, skipped = (
        sum(int(suite.get(key, 0)) for suite in suites for key in keys)
        for keys in (("tests",), ("failures", "errors"), ("skipped",))
    )
    parts = [f"{tests - failed - skipped:,} passed"]
    parts += [f"**{failed} failed**"] if failed else []
    parts += [f"{skipped} skipped"] if skipped else []
    return {"result": ", ".join(parts), "failed": str(failed)}


def table(rows: dict[str, dict[str, str]]) -> str:
    """Return both tables as Markdown."""
    columns = {
        "QGIS": (SYSTEMS, ("QGIS", "Qt", "Python", "numpy", "rasterio")),
        "engine": (PYTHONS, ("Python", "numpy", "rasterio", "xarray")),
    }
    parts = []
    for names, keys in columns.values():
        parts.append(f"| {' | '.join(keys)} | tests | commit |")
        parts.append("|---" * (len(keys) + 2) + "|")
        for name in names:
            row = rows.get(name)
            if row is not None:
                cells = [row.get(key, "–") for key in keys]
                parts.append(f"| {' | '.join(cells)} | {row['result']} | {row['commit']} |")
        parts.append("")
    return "\n".join(parts)


def remember(name: str, row: dict[str, str]) -> None:
    """Keep the result of a row, and put the tables between the marks of the page."""
    rows = json.loads(RESULTS.read_text())
    rows[name] = row
    RESULTS.write_text(json.dumps(rows, indent=2, sort_keys=True) + "\n")
    update(PAGE, table(rows), "make matrix")


def main(names: list[str]) -> int:
    """Test, and write the page; 1 if anything failed."""
    os.nice(10)
    FOLDER.mkdir(parents=True, exist_ok=True)
    commit = git("rev-parse", "HEAD")  # of all rows, whatever is committed meanwhile
    failed = False
    for name in names or (*SYSTEMS, *PYTHONS):
        log = FOLDER / f"{name}.log"
        log.unlink(missing_ok=True)
        print(f"{name}: {log.relative_to(ROOT)}", flush=True)
        row = (test_python if name in PYTHONS else test_system)(name, commit, log)
        row["commit"] = git("rev-parse", "--short", commit)
        print(f"{name}: {row['result']}", flush=True)
        failed |= row.get("failed") != "0"
        if row["result"] != NO_PYTHON:
            remember(name, row)
    return int(failed)


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description="Run the tests on every QGIS and Python.")
    arguments.add_argument("names", nargs="*", choices=[*SYSTEMS, *PYTHONS, []], metavar="ROW")
    sys.exit(main(arguments.parse_args().names))
