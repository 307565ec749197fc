"""What the dock remembers from one start of QGIS to the next."""

from __future__ import annotations

import os

from qgis.core import QgsSettings

_GROUP = "flac_raster/dock/"


def recall(name: str, default: str) -> str:
    """Return what was remembered under a name."""
    return str(QgsSettings().value(_GROUP + name, default) or default)


def remember(name: str, value: str) -> None:
    """Keep a value under a name."""
    QgsSettings().setValue(_GROUP + name, value)


def recall_flag(name: str, default: bool) -> bool:
    """Return a flag that was remembered."""
    return recall(name, str(default).lower()) == "true"


def remember_flag(name: str, value: bool) -> None:
    """Keep a flag."""
    remember(name, str(bool(value)).lower())


def recall_folder() -> str:
    """Return the folder of the last file, empty where there is none any more."""
    folder = recall("folder", "")
    return folder if os.path.isdir(folder) else ""
