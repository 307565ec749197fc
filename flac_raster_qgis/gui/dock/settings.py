"""Settings of the dock that QGIS keeps from one start to the next."""

from __future__ import annotations

import os

from qgis.core import QgsSettings

_GROUP = "flac_raster/dock/"


def get(name: str, default: str) -> str:
    """Return the text stored under a name."""
    return str(QgsSettings().value(_GROUP + name, default) or default)


def set(name: str, value: str) -> None:
    """Store a text under a name."""
    QgsSettings().setValue(_GROUP + name, value)


def get_flag(name: str, default: bool) -> bool:
    """Return the flag stored under a name."""
    return get(name, str(default).lower()) == "true"


def set_flag(name: str, value: bool) -> None:
    """Store a flag under a name."""
    set(name, str(bool(value)).lower())


def get_folder() -> str:
    """Return the folder of the last output file; empty if it does not exist anymore."""
    folder = get("folder", "")
    return folder if os.path.isdir(folder) else ""
