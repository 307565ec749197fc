"""The cache of remote tiles on disk, as the settings of QGIS say.

They are ``flac_raster/cache/enabled`` (default true), ``flac_raster/cache/folder`` (default: where
programs of the user cache things) and ``flac_raster/cache/size_mb`` (default 1000), and are read
each time.
"""

from __future__ import annotations

import os
import threading
from importlib.util import find_spec
from typing import TYPE_CHECKING, NamedTuple

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
    """What the settings say.

    Parameters
    ----------
    enabled : bool
    folder : str
        Empty for `default_folder`.
    megabytes : int
    """

    enabled: bool = True
    folder: str = ""
    megabytes: int = DEFAULT_SIZE

    @classmethod
    def load(cls) -> CacheSettings:
        """Read them; what is no number or below 1 MB counts as not set."""
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

    def save(self) -> None:
        """Write them."""
        settings = QgsSettings()
        settings.setValue(ENABLED, self.enabled)
        settings.setValue(FOLDER, self.folder)
        settings.setValue(SIZE, self.megabytes)


def default_folder() -> str:
    """Return the folder of the user where programs cache things."""
    place = QStandardPaths.StandardLocation.GenericCacheLocation
    return os.path.join(QStandardPaths.writableLocation(place), "flac-raster-qgis")


def is_available() -> bool:
    """Whether the Python package that keeps the cache is installed."""
    return find_spec("diskcache") is not None


_lock = threading.Lock()
#: Opened last, and as what settings said; one for all of QGIS.
_opened: tuple[CacheSettings, DiskCache | None] | None = None


def disk_cache() -> DiskCache | None:
    """Return the cache to give to the engine; any thread may ask.

    The same one as long as the settings stay the same, so nobody closes it: after a change, whoever
    still reads with the former one goes on to do so.

    Returns
    -------
    DiskCache, optional
        None where it is switched off, its package is not installed, or its folder cannot be
        written, which is noted in the log: remote rasters open without a cache as well.
    """
    global _opened
    wanted = CacheSettings.load()
    with _lock:
        if _opened is None or _opened[0] != wanted:
            _opened = (wanted, _open(wanted))
        return _opened[1]


def _open(wanted: CacheSettings) -> DiskCache | None:
    if not (wanted.enabled and is_available()):
        return None
    # not at the top: the engine is imported when it is first used
    from ..engine.errors import InputError
    from ..engine.storage.disk_cache import DiskCache

    try:
        return DiskCache(wanted.folder or default_folder(), wanted.megabytes * 1_000_000)
    except InputError as error:
        QgsMessageLog.logMessage(
            tr("Remote tiles are not kept on disk: {reason}").format(reason=error_text(error)),
            "FLAC Raster",
            Qgis.MessageLevel.Warning,
        )
        return None
