"""How to call pip so that it adds what is missing and touches nothing that QGIS has."""

from __future__ import annotations

import os
import re
import shlex
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.metadata import distributions
from importlib.util import find_spec
from pathlib import Path

#: What cmd.exe takes as it is, outside of quotes.
_PLAIN = re.compile(r"[\w.:\\/+-]+")
#: What pip understands as the name of a package.
_NAME = re.compile(r"[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?")
#: What pip understands as a version; systems give their own packages others as well.
_VERSION = re.compile(r"[0-9]+(\.[0-9]+)*([a-z]+[0-9]*)?(\.(post|dev)[0-9]+)*(\+[a-z0-9.]+)?")

#: The versions that all tests have passed with, of the packages that the plugin may install.
TESTED = {
    "numpy": ">=1.24,<3",
    "mutagen": ">=1.46,<2",
    "requests": ">=2.28.1,<3",
    "soundfile": ">=0.11,<0.15",
    "rasterio": ">=1.3,<1.6",
}
#: Of rasterio, by the major version of numpy: built for numpy 1 before 1.4, for 2 from 1.5 on.
_RASTERIO = {"1": ">=1.3,<1.5", "2": ">=1.4,<1.6"}

#: Settings of pip that say where packages come from; what else is set must not change what it does.
_KEPT = """
    PIP_INDEX_URL PIP_EXTRA_INDEX_URL PIP_NO_INDEX PIP_FIND_LINKS PIP_TRUSTED_HOST PIP_CERT
    PIP_CLIENT_CERT PIP_PROXY PIP_TIMEOUT PIP_DEFAULT_TIMEOUT PIP_RETRIES PIP_CACHE_DIR
    PIP_NO_CACHE_DIR PIP_KEYRING_PROVIDER PIP_USE_FEATURE PIP_USE_DEPRECATED
""".split()
#: Variables of Python and pip; __PYVENV_LAUNCHER__ tells Python on macOS where it is.
_OURS = re.compile(r"_*(PYTHON|PYVENV|PIP_)", re.IGNORECASE)
#: What settings files of pip may say, but not here.
_ALWAYS = {
    "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    "PIP_NO_INPUT": "1",
    **dict.fromkeys(
        "PIP_DRY_RUN PIP_FORCE_REINSTALL PIP_IGNORE_INSTALLED PIP_NO_DEPS PIP_PRE "
        "PIP_REQUIRE_VIRTUALENV PIP_UPGRADE PIP_USER".split(),
        "0",
    ),
}
#: Lets Python find the plugin's packages, after all others, then runs pip or imports what it is
#: told. The empty path means the working folder.
_START = """
import sys
what, count = sys.argv[1], int(sys.argv[2])
sys.path[:] = [path for path in sys.path if path] + sys.argv[3 : 3 + count]
del sys.argv[1 : 3 + count]
for stream in (sys.stdout, sys.stderr):
    stream.reconfigure(encoding="utf-8", errors="replace")
if what == "pip":
    import runpy
    runpy.run_module("pip", run_name="__main__", alter_sys=True)
else:
    import importlib
    for name in sys.argv[1:]:
        importlib.import_module(name)
"""


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


def has_pip() -> bool:
    """Whether QGIS's Python has pip, which some systems pack apart, and is there as a program."""
    return find_spec("pip") is not None and _found() is not None


def manual_command(names: Sequence[str]) -> str:
    """Return the command for a system that packs these itself, with the GDAL that QGIS has too."""
    if Path("/etc/debian_version").exists() and python_executable().startswith("/usr/bin/"):
        return shlex.join(["sudo", "apt", "install", *(f"python3-{name}" for name in names)])
    return ""


def constraints() -> str:
    """Return which versions pip may take: of what QGIS's Python has that one, else tested ones."""
    found = versions()
    ranges = {**TESTED, "rasterio": _RASTERIO.get(found.get("numpy", "")[:1], TESTED["rasterio"])}
    lines = [f"{name}=={version}" for name, version in found.items()]
    lines += [f"{name}{range_}" for name, range_ in ranges.items() if name not in found]
    return "".join(f"{line}\n" for line in sorted(lines))


def versions(folders: Sequence[str] | None = None) -> dict[str, str]:
    """Return the versions of packages by their names in lower case.

    Parameters
    ----------
    folders : sequence of str, optional
        Where to look; default: wherever Python imports from.
    """
    found: dict[str, str] = {}
    for distribution in distributions(**({} if folders is None else {"path": list(folders)})):
        metadata = distribution.metadata or {}  # what an uninstall left behind may have none
        name, version = metadata.get("Name") or "", metadata.get("Version") or ""
        if _NAME.fullmatch(name) and _VERSION.fullmatch(version):
            found.setdefault(name.lower(), version)  # the first is what is imported
    return found


def pip_command(names: Sequence[str]) -> str:
    """Return the command that every Python knows."""
    return command_line(python_executable(), ["-m", "pip", "install", *names])


def arguments(names: Sequence[str], prefix: Path, constraints_file: Path) -> list[str]:
    """Return the arguments of pip that install packages below a prefix.

    ``--prefix``, not ``--target``, which would install all that they depend on a second time, numpy
    among it, and which settings of the user may set. Never from source: that takes a compiler,
    which few have.
    """
    return [
        *("install", "--target=", "--prefix", str(prefix), "--constraint", str(constraints_file)),
        *("--only-binary", ":all:", "--no-warn-script-location", "--progress-bar", "off"),
        *names,
    ]


def isolated() -> list[str]:
    """Return the options of a Python that imports nothing but what belongs to it.

    Neither from the working folder, nor from where the environment says, nor from the packages of
    the user; there, any file called pip.py or usercustomize.py would run.
    """
    if "PYTHONHOME" not in os.environ:
        return ["-I"]
    # which -I would ignore, and without which the Python in an app of macOS finds no library;
    # `environment` removes all other variables
    return ["-s", "-P"] if sys.version_info >= (3, 11) else ["-s"]


def run_pip(arguments: Sequence[str], folders: Sequence[str]) -> list[str]:
    """Return the arguments of a Python that run pip, which finds packages in folders as well."""
    return _start("pip", folders, arguments)


def run_imports(names: Sequence[str], folders: Sequence[str]) -> list[str]:
    """Return the arguments of a Python that import packages, to see whether that works."""
    return _start("import", folders, names)


def _start(what: str, folders: Sequence[str], arguments: Iterable[str]) -> list[str]:
    return [*isolated(), "-u", "-c", _START, what, str(len(folders)), *folders, *arguments]


def environment(given: Mapping[str, str]) -> dict[str, str]:
    """Return the environment for such a Python.

    Variables of Python go, and all settings of pip but those that say where packages come from.
    Certificates and proxies of the system stay.
    """
    kept = {
        name: value
        for name, value in given.items()
        if not _OURS.match(name) or name.upper() in _KEPT
    }
    if "PYTHONHOME" in given:  # where the Python of QGIS has its library in fact
        homes = dict.fromkeys((sys.base_prefix, sys.base_exec_prefix))
        kept["PYTHONHOME"] = os.pathsep.join(homes)
    return {**kept, **_ALWAYS}


def command_line(program: str, arguments: Sequence[str]) -> str:
    """Return a command to paste into a terminal of this system.

    The OSGeo4W Shell sets PYTHONHOME as QGIS's launcher does; terminals elsewhere do not.
    """
    words = [program, *arguments]
    if os.name == "nt":
        return " ".join(word if _PLAIN.fullmatch(word) else f'"{word}"' for word in words)
    home = os.environ.get("PYTHONHOME")
    return shlex.join(["env", f"PYTHONHOME={home}", *words] if home else words)
