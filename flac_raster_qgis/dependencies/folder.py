"""The folder of packages that the plugin installs, and how Python finds them."""

from __future__ import annotations

import importlib
import sys
import sysconfig
from pathlib import Path

from qgis.core import QgsApplication

#: Where pip puts packages below a prefix: Windows, most systems, Debian.
_PLACES = ("Lib/site-packages", "lib*/python*/site-packages", "local/lib*/python*/dist-packages")


def prefix() -> Path:
    """Return the path of the folder, which may not exist.

    It is kept when the plugin is updated. Each version of Python has its own, because compiled
    packages do not work with another one.
    """
    python = f"python{sys.version_info[0]}.{sys.version_info[1]}-{sysconfig.get_platform()}"
    return Path(QgsApplication.qgisSettingsDirPath(), "flac_raster", python)


def sibling(suffix: str) -> Path:
    """Return the path of a file or folder next to the folder."""
    return prefix().with_name(prefix().name + suffix)


def package_folders() -> list[str]:
    """Return the folders in it from which Python can import."""
    return folders_below(prefix())


def folders_below(place: Path) -> list[str]:
    """Return the folders below a prefix of pip from which Python can import."""
    return sorted({str(path.resolve()) for name in _PLACES for path in place.glob(name)})


def activate() -> None:
    """Append the packages to Python's path; those of QGIS take precedence."""
    sys.path.extend(folder for folder in package_folders() if folder not in sys.path)
    importlib.invalidate_caches()


def deactivate() -> None:
    """Undo `activate`."""
    inside = set(package_folders())
    sys.path[:] = [folder for folder in sys.path if folder not in inside]
