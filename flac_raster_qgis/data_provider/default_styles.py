"""Put the default styles of layers where QGIS finds them for the plain source.

*Save as Default* stores the style of a local file beside it, and that of any other source in a
database. To QGIS, the address of a layer is such a source, but no layer has it in another session.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QFileSystemWatcher

from ..core.layer_styles import style_path
from ..core.layer_uri import without_address
from ..core.message_log import log_error
from ..engine.storage.virtual_addresses import GDAL_PREFIX

_watchers: list[QFileSystemWatcher] = []


def watch() -> None:
    """Move default styles now, and as soon as one is saved."""
    unwatch()
    folder = QgsApplication.qgisSettingsDirPath()
    if os.path.isdir(folder):
        watcher = QFileSystemWatcher([folder])  # SQLite makes a journal there and removes it
        watcher.directoryChanged.connect(_move_styles)
        _watchers.append(watcher)
    _move_styles()


def unwatch() -> None:
    """End `watch`."""
    while _watchers:
        watcher = _watchers.pop()  # PyQt crashes if nothing refers to it meanwhile
        watcher.directoryChanged.disconnect(_move_styles)


def _move_styles() -> None:
    database = os.path.join(QgsApplication.qgisSettingsDirPath(), "qgis.qmldb")
    if not os.path.exists(database):
        return
    try:
        with closing(sqlite3.connect(database, timeout=1)) as connection, connection:
            find = "SELECT style, qml FROM tbl_styles WHERE style LIKE ?"
            for address, style in connection.execute(find, [f"{GDAL_PREFIX}http%"]).fetchall():
                plain = without_address(address)
                if plain != address:
                    _move_style(connection, address, plain, style)
    except sqlite3.Error as error:
        log_error(f"{database}: {error}")


def _move_style(connection: sqlite3.Connection, address: str, plain: str, style: str) -> None:
    connection.execute("DELETE FROM tbl_styles WHERE style = ?", [address])
    if os.path.isfile(plain):
        plain = style_path(plain)
        with suppress(OSError):  # QGIS looks for the name of the file in the database, too
            Path(plain).write_text(style, encoding="utf-8")
            return
    connection.execute("INSERT OR REPLACE INTO tbl_styles VALUES (?, ?)", [plain, style])
