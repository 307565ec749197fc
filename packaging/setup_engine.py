"""Make .venv ready for the engine's tests and the linters: no QGIS, no system packages, any system.

    python3 packaging/setup_engine.py

Does only what is missing. A .venv that `make setup` has made is more than this and is left to it.
Plain Python without dependencies; it is run by the Python that .venv is to have.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "engine-stamp"
#: Written by packaging/setup.sh.
STAMP_OF_QGIS = VENV / "setup-stamp"
EXTRAS = "test,lint"
#: What decides which packages are installed.
SOURCES = ("pyproject.toml", "setup.py", "engine/_version.py", "packaging/setup_engine.py")
#: Run in .venv: prints what `pip install --editable .[EXTRAS]` would install, without pyflac.
WITHOUT_PYFLAC = f"""
from importlib.metadata import requires
from pip._vendor.packaging.requirements import Requirement
project, extras, seen = "flac-raster-qgis", set("{EXTRAS}".split(",")), set()
while extras - seen:
    seen |= extras
    for wanted in map(Requirement, requires(project)):
        if wanted.marker and not any(wanted.marker.evaluate({{"extra": e}}) for e in {{"", *seen}}):
            continue
        if wanted.name == project:
            extras = extras | wanted.extras
        elif wanted.name != "pyflac":
            wanted.marker = None
            print(wanted)
"""


def pip(*arguments: str) -> bool:
    """Run pip in .venv; whether it went well."""
    command = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    return not subprocess.run([*command, *arguments], cwd=ROOT).returncode


def install() -> bool:
    """Install the project and what its tests need; whether it went well."""
    if pip("--editable", f".[{EXTRAS}]"):
        return True
    if not sys.platform.startswith("linux"):
        return False
    # pyflac is compiled on Linux. The engine does without, but pip cannot be told to leave it out.
    print("setup: without pyflac, which needs a C compiler and the headers of Python (python3-dev)")
    if not pip("--no-deps", "--editable", "."):
        return False
    listed = subprocess.run(
        [PYTHON, "-c", WITHOUT_PYFLAC], cwd=ROOT, check=True, capture_output=True, text=True
    )
    return pip(*dict.fromkeys(listed.stdout.splitlines()))


def main() -> None:
    """Bring .venv up to date."""
    if sys.version_info < (3, 9):  # noqa: UP036 (run by whatever Python there is)
        sys.exit(f"setup: needs Python 3.9 or later; {sys.executable} is {sys.version.split()[0]}")
    if STAMP_OF_QGIS.exists():
        sys.exit(subprocess.run([ROOT / "packaging" / "setup.sh"]).returncode)
    made_for = f"{sys.version} in {ROOT}".replace("\n", " ")  # a .venv cannot follow either
    contents = hashlib.sha256(b"".join((ROOT / name).read_bytes() for name in SOURCES)).hexdigest()
    found = STAMP.read_text("utf-8").splitlines() if STAMP.exists() else []
    if found == [made_for, contents]:
        return
    print("setup: installing Python packages in .venv")
    if found[:1] != [made_for]:
        venv.create(VENV, clear=True, with_pip=True)
    if not install():
        sys.exit("setup: pip failed, see above")
    STAMP.write_text(f"{made_for}\n{contents}\n", "utf-8")


if __name__ == "__main__":
    main()
