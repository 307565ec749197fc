"""Command lines of pip that add missing packages without changing those of QGIS."""

from __future__ import annotations

import os
import re
import shlex
import sys
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import distributions
from importlib.util import find_spec
from pathlib import Path

#: Words that cmd.exe accepts without quotes.
_UNQUOTED = re.compile(r"[\w.:\\/+-]+")
#: Valid name of a package.
_NAME = re.compile(r"[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?")
#: Valid version for pip; system packages may have other ones.
_VERSION = re.compile(r"[0-9]+(\.[0-9]+)*([a-z]+[0-9]*)?(\.(post|dev)[0-9]+)*(\+[a-z0-9.]+)?")

#: Tested versions of the packages that the plugin may install.
TESTED = {
    "numpy": ">=1.24,<3",
    "mutagen": ">=1.46,<2",
    "requests": ">=2.28.1,<3",
    "soundfile": ">=0.11,<0.15",
    "rasterio": ">=1.3,<1.6",
}
#: rasterio by major version of numpy: built for numpy 1 before 1.4, for numpy 2 since 1.5.
_RASTERIO = {"1": ">=1.3,<1.5", "2": ">=1.4,<1.6"}

#: Settings of pip that choose where packages come from; all others are dropped.
_SOURCE_SETTINGS = """
    PIP_INDEX_URL PIP_EXTRA_INDEX_URL PIP_NO_INDEX PIP_FIND_LINKS PIP_TRUSTED_HOST PIP_CERT
    PIP_CLIENT_CERT PIP_PROXY PIP_TIMEOUT PIP_DEFAULT_TIMEOUT PIP_RETRIES PIP_CACHE_DIR
    PIP_NO_CACHE_DIR PIP_KEYRING_PROVIDER PIP_USE_FEATURE PIP_USE_DEPRECATED
""".split()
#: Variables of Python and pip; includes __PYVENV_LAUNCHER__ of macOS.
_PYTHON_VARIABLE = re.compile(r"_*(PYTHON|PYVENV|PIP_)", re.IGNORECASE)
#: Override the configuration files of pip.
_OVERRIDES = {
    "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    "PIP_NO_INPUT": "1",
    **dict.fromkeys(
        "PIP_DRY_RUN PIP_FORCE_REINSTALL PIP_IGNORE_INSTALLED PIP_NO_DEPS PIP_PRE "
        "PIP_REQUIRE_VIRTUALENV PIP_UPGRADE PIP_USER".split(),
        "0",
    ),
}
#: Append the plugin's packages to Python's path, without the empty path, which means the working
#: folder. Then run pip or import packages.
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
    """Return the path of the Python that QGIS embeds; "python3" if it is not found.

    ``sys.executable`` is QGIS itself on Windows and macOS, and elsewhere the first Python on PATH.
    """
    return _find_python() or "python3"


def _find_python() -> str | None:
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
    """Return whether pip is installed, which is a package of its own on some systems."""
    return find_spec("pip") is not None and _find_python() is not None


def manual_command(names: Sequence[str]) -> str:
    """Return the command of Debian's package manager, whose packages match QGIS; else empty."""
    if Path("/etc/debian_version").exists() and python_executable().startswith("/usr/bin/"):
        return shlex.join(["sudo", "apt", "install", *(f"python3-{name}" for name in names)])
    return ""


def constraints() -> str:
    """Return constraints for pip: installed versions, and tested versions of missing packages."""
    installed = versions()
    ranges = {
        **TESTED,
        "rasterio": _RASTERIO.get(installed.get("numpy", "")[:1], TESTED["rasterio"]),
    }
    lines = [f"{name}=={version}" for name, version in installed.items()]
    lines += [f"{name}{range_}" for name, range_ in ranges.items() if name not in installed]
    return "".join(f"{line}\n" for line in sorted(lines))


def versions(folders: Sequence[str] | None = None) -> dict[str, str]:
    """Return the versions of packages in Python's path, or in folders, by names in lower case."""
    installed: dict[str, str] = {}
    for distribution in distributions(**({} if folders is None else {"path": list(folders)})):
        metadata = distribution.metadata or {}  # an incomplete uninstall may leave none
        name, version = metadata.get("Name") or "", metadata.get("Version") or ""
        if _NAME.fullmatch(name) and _VERSION.fullmatch(version):
            installed.setdefault(name.lower(), version)  # Python imports the first one
    return installed


def pip_command(names: Sequence[str]) -> str:
    """Return the generic `python -m pip install` command."""
    return command_line(python_executable(), ["-m", "pip", "install", *names])


def arguments(names: Sequence[str], prefix: Path, constraints_file: Path) -> list[str]:
    """Return the arguments of pip that install packages below a prefix.

    ``--target`` would install all dependencies again, such as numpy; it is cleared because the user
    may have configured it. Packages are never built from source, which needs a compiler.
    """
    return [
        *("install", "--target=", "--prefix", str(prefix), "--constraint", str(constraints_file)),
        *("--only-binary", ":all:", "--no-warn-script-location", "--progress-bar", "off"),
        *names,
    ]


def isolated() -> list[str]:
    """Return options that isolate Python from the working folder, environment and user packages.

    A file called pip.py or usercustomize.py there would be executed.
    """
    if "PYTHONHOME" not in os.environ:
        return ["-I"]
    # -I ignores PYTHONHOME, which the Python of a macOS app needs to find its library; all other
    # variables are removed by `environment`
    return ["-s", "-P"] if sys.version_info >= (3, 11) else ["-s"]


def python_arguments(what: str, arguments: Sequence[str], folders: Sequence[str]) -> list[str]:
    """Return arguments for Python that run "pip", or "import" packages as a check.

    It looks for packages in the additional folders as well.
    """
    return [*isolated(), "-u", "-c", _START, what, str(len(folders)), *folders, *arguments]


def environment(given: Mapping[str, str]) -> dict[str, str]:
    """Return the environment for these commands.

    Variables of Python and pip are removed, except those that choose where packages come from.
    Certificates and proxies of the system are kept.
    """
    variables = {
        name: value
        for name, value in given.items()
        if not _PYTHON_VARIABLE.match(name) or name.upper() in _SOURCE_SETTINGS
    }
    if "PYTHONHOME" in given:  # the actual library folders of the Python of QGIS
        homes = dict.fromkeys((sys.base_prefix, sys.base_exec_prefix))
        variables["PYTHONHOME"] = os.pathsep.join(homes)
    return {**variables, **_OVERRIDES}


def command_line(program: str, arguments: Sequence[str]) -> str:
    """Return a command to paste into a terminal of this system.

    It sets PYTHONHOME where QGIS does, except on Windows, where the OSGeo4W Shell sets it.
    """
    words = [program, *arguments]
    if os.name == "nt":
        return " ".join(word if _UNQUOTED.fullmatch(word) else f'"{word}"' for word in words)
    home = os.environ.get("PYTHONHOME")
    return shlex.join(["env", f"PYTHONHOME={home}", *words] if home else words)
