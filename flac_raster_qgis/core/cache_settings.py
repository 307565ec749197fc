"""The disk cache of remote tiles, configured in the settings of QGIS, which are read each time.

The settings are ``flac_raster/cache/enabled`` (default true), ``flac_raster/cache/folder``
(default: the user's cache folder) and ``flac_raster/cache/size_mb`` (default 1000).
"""

from __future__ import annotations

import os
import threading
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, NamedTuple

from qgis.core import Qgis, QgsMessageLog, QgsSettings
from qgis.PyQt.QtCore import QStandardPaths

from .error_text import error_text
from .translation import tr

if TYPE_CHECKING:
    from ..engine.storage.disk_cache import DiskCache

ENABLED = "flac_raster/cache/enabled"
FOLDER = "flac_raster/cache/folder"
SIZE = "flac_raster/cache/size_mb"
DEFAULT_SIZE = 1000


class CacheSettings(NamedTuple):
    """Settings of the disk cache; an empty folder means `default_folder`."""

    enabled: bool = True
    folder: str = ""
    megabytes: int = DEFAULT_SIZE

    @classmethod
    def load(cls) -> CacheSettings:
        """Read the settings; an invalid size, or one below 1 MB, counts as not set."""
        settings = QgsSettings()
        try:
            size = int(settings.value(SIZE, DEFAULT_SIZE))
        except (TypeError, ValueError):
            size = DEFAULT_SIZE
        return cls(
            settings.value(ENABLED, True, type=bool),
            str(settings.value(FOLDER, "") or ""),
            size if size > 0 else DEFAULT_SIZE,
        )

    def arguments(self) -> dict[str, Any] | None:
        """Return the arguments of `DiskCache`; None if there is to be none."""
        if not (self.enabled and is_available()):
            return None
        folder = self.folder or default_folder()
        return {"folder": folder, "limit": self.megabytes * 1_000_000}

    def save(self) -> None:
        """Write the settings."""
        settings = QgsSettings()
        settings.setValue(ENABLED, self.enabled)
        settings.setValue(FOLDER, self.folder)
        settings.setValue(SIZE, self.megabytes)


def default_folder() -> str:
    """Return the folder for the cache in the user's cache folder."""
    place = QStandardPaths.StandardLocation.GenericCacheLocation
    return os.path.join(QStandardPaths.writableLocation(place), "flac-raster-qgis")


def is_available() -> bool:
    """Return whether the Python package diskcache is installed."""
    return find_spec("diskcache") is not None


_lock = threading.Lock()
#: The current cache and its settings.
_opened: tuple[CacheSettings, DiskCache | None] | None = None


def disk_cache() -> DiskCache | None:
    """Return the disk cache for the engine; thread-safe. Remote rasters can be opened without one.

    The same cache is returned until the settings change. It is never closed, because open rasters
    may still use it. None if it is switched off, diskcache is not installed, or the folder is not
    writable, which is logged.
    """
    global _opened
    settings = CacheSettings.load()
    with _lock:
        if _opened is None or _opened[0] != settings:
            _opened = (settings, _open(settings))
        return _opened[1]


def _open(settings: CacheSettings) -> DiskCache | None:
    arguments = settings.arguments()
    if arguments is None:
        return None
    # not at the top, to import the engine only when needed
    from ..engine.errors import InputError
    from ..engine.storage.disk_cache import DiskCache

    try:
        return DiskCache(**arguments)
    except InputError as error:
        QgsMessageLog.logMessage(
            tr("The disk cache is not available: {reason}").format(reason=error_text(error)),
            "FLAC Raster",
            Qgis.MessageLevel.Warning,
        )
        return None
