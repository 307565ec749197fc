"""How to call pip so that it adds what is missing and touches nothing that QGIS has."""

from __future__ import annotations

import os
import re
import shlex
import sys
from collections.abc import Iterator, Sequence
from importlib.metadata import distributions
from importlib.util import find_spec
from pathlib import Path

#: What cmd.exe takes as it is, outside of quotes.
_PLAIN = re.compile(r"[\w.:\\/+-]+")
#: What pip understands as a version; systems give their own packages others as well.
_VERSION = re.compile(r"[0-9]+(\.[0-9]+)*([a-z]+[0-9]*)?(\.(post|dev)[0-9]+)*(\+[a-z0-9.]+)?")


def python_executable() -> str:
    """Return the Python that QGIS embeds, as a program; "python3" where it has none.

    ``sys.executable`` is QGIS itself on Windows and macOS, and elsewhere may be whatever Python
    comes first on PATH.
    """
    return _found() or "python3"


def _found() -> str | None:
    return next((str(path) for path in _candidates() if os.access(path, os.X_OK)), None)


def _candidates() -> Iterator[Path]:
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    suffix = ".exe" if os.name == "nt" else ""
    names = [f"python{number}{suffix}" for number in (version, version[0], "")]
    here = Path(sys.executable).parent  # macOS: QGIS.app/Contents/MacOS
    for folder in (Path(sys.exec_prefix), Path(sys.base_exec_prefix), here):
        for place in (folder / "bin", folder):
            for name in names:
                if (place / name).is_file():
                    yield place / name


def is_there() -> bool:
    """Whether QGIS's Python has pip, which some systems pack apart, and is there as a program."""
    return find_spec("pip") is not None and _found() is not None


def by_hand(names: Sequence[str]) -> str:
    """Return the command for a system that packs these itself, with the GDAL that QGIS has too."""
    if Path("/etc/debian_version").exists() and python_executable().startswith("/usr/bin/"):
        return shlex.join(["sudo", "apt", "install", *(f"python3-{name}" for name in names)])
    return ""


def constraints() -> str:
    """Return the versions of all packages that QGIS's Python has, for pip to leave them alone."""
    found = {}
    for distribution in distributions():
        metadata = distribution.metadata or {}  # what an uninstall left behind may have none
        name, version = metadata.get("Name"), metadata.get("Version")
        if name and version and _VERSION.fullmatch(version):
            found.setdefault(name.lower(), f"{name}=={version}")  # the first is what is imported
    return "".join(f"{line}\n" for line in sorted(found.values()))


def pip_command(names: Sequence[str]) -> str:
    """Return the command that every Python knows."""
    return command_line(python_executable(), ["-m", "pip", "install", *names])


def arguments(names: Sequence[str], prefix: Path, constraints_file: Path) -> list[str]:
    """Return the arguments of a Python that install packages below a prefix.

    ``--prefix``, not ``--target``, which would install all that they depend on a second time, numpy
    among it. Never from source: that takes a compiler, which few have.
    """
    return [
        *("-m", "pip", "install", "--prefix", str(prefix), "--constraint", str(constraints_file)),
        *("--only-binary", ":all:", "--no-warn-script-location", "--progress-bar", "off"),
        *names,
    ]


def command_line(program: str, arguments: Sequence[str]) -> str:
    """Return a command to paste into a terminal of this system.

    The OSGeo4W Shell sets PYTHONHOME as QGIS's launcher does; terminals elsewhere do not.
    """
    words = [program, *arguments]
    if os.name == "nt":
        return " ".join(word if _PLAIN.fullmatch(word) else f'"{word}"' for word in words)
    home = os.environ.get("PYTHONHOME")
    return shlex.join(["env", f"PYTHONHOME={home}", *words] if home else words)
