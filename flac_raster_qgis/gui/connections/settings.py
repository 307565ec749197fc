"""Saved connections, which are named sources of rasters, in the settings of QGIS."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import unquote

from qgis.core import QgsSettings
from qgis.PyQt.QtCore import QObject, pyqtSignal

from ...core.layer_uri import LayerUri
from ...core.translation import tr
from ...engine.storage.urls import has_login

#: Contains one group per connection; see `_key`.
_GROUP = "flac_raster/connections"
#: Bytes of a name that are not encoded in the key of its group.
_UNENCODED = frozenset(b"abcdefghijklmnopqrstuvwxyz0123456789_-")


class UnusableConnection(Exception):
    """A connection cannot be saved; ``str(error)`` is a text for users."""


class Connection(NamedTuple):
    """A name, and a layer URI that refers to secrets only by the id of an authentication."""

    name: str
    uri: str


def has_credentials(uri: str) -> bool:
    """Return whether a URL contains a user name or password, which must not be stored."""
    return has_login(LayerUri.parse(uri).name)


class Connections(QObject):
    """All saved connections; read from the settings each time, which other windows may change."""

    #: A connection was saved or removed.
    changed = pyqtSignal()

    def all(self) -> list[Connection]:
        """Return all connections, sorted by name."""
        names = sorted(set(map(unquote, _keys())), key=str.casefold)
        return [connection for connection in map(self.get, names) if connection is not None]

    def get(self, name: str) -> Connection | None:
        """Return the connection of a name, or None."""
        uris = [QgsSettings().value(f"{_GROUP}/{key}/uri", "") for key in _keys(name)]
        return next((Connection(name, uri) for uri in uris if uri), None)

    def with_uri(self, uri: str) -> Connection | None:
        """Return the first connection to a source, or None."""
        return next((connection for connection in self.all() if connection.uri == uri), None)

    def save(self, connection: Connection, previous_name: str = "") -> None:
        """Save a connection; one of the same name, or of its name before an edit, is replaced.

        Raises UnusableConnection if name or source are empty, or if the URL contains a password.
        """
        name, uri = connection.name.strip(), connection.uri.strip()
        if not name or not uri:
            raise UnusableConnection(tr("A connection needs a name and a URL or file."))
        if has_credentials(uri):
            raise UnusableConnection(
                tr(
                    "The URL contains a user name or password, which would be saved unencrypted. "
                    "Remove it and choose an authentication configuration instead."
                )
            )
        _remove(previous_name)
        _remove(name)
        QgsSettings().setValue(f"{_GROUP}/{_key(name)}/uri", uri)
        self.changed.emit()

    def rename(self, name: str, new_name: str) -> Connection:
        """Rename a connection and return it.

        Raises UnusableConnection if there is none, or if the new name is empty or taken.
        """
        connection = self.get(name)
        if connection is None:
            raise UnusableConnection(tr("There is no connection “{name}”.").format(name=name))
        if new_name.strip() != name and self.get(new_name.strip()) is not None:
            raise UnusableConnection(
                tr(
                    "The connection “{name}” already exists in this profile. Choose another name."
                ).format(name=new_name.strip())
            )
        renamed = connection._replace(name=new_name.strip())
        self.save(renamed, name)
        return renamed

    def remove(self, name: str) -> None:
        """Remove a connection; the raster is not deleted."""
        _remove(name)
        self.changed.emit()


def _key(name: str) -> str:
    """Return the key of a connection's group, from which `unquote` recovers the name.

    QgsSettings treats keys as paths, in which ``.`` and ``..`` are folders; on Windows, keys are
    not case-sensitive.
    """
    encoded = name.encode("utf-8", "replace")
    return "".join(chr(byte) if byte in _UNENCODED else f"%{byte:02x}" for byte in encoded)


def _keys(name: str | None = None) -> list[str]:
    """Return the keys of all groups, or those of one connection.

    Earlier versions encoded fewer characters, so the key of a name may differ from `_key`.
    """
    settings = QgsSettings()
    settings.beginGroup(_GROUP)
    return [key for key in settings.childGroups() if name is None or unquote(key) == name]


def _remove(name: str) -> None:
    for key in _keys(name):
        QgsSettings().remove(f"{_GROUP}/{key}")


#: Connections of this profile. Qt disconnects slots whose objects are deleted.
CONNECTIONS = Connections()
