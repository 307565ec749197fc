"""Saved connections: sources of rasters under a name, in the settings of QGIS."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import unquote

from qgis.core import QgsSettings
from qgis.PyQt.QtCore import QObject, pyqtSignal

from ...core.layer_uri import LayerUri
from ...core.translation import tr
from ...engine.storage.urls import has_login

#: Below it one group per connection, see `_key`.
_GROUP = "flac_raster/connections"
#: Bytes of a name that stand for themselves in the key of its group.
_PLAIN = frozenset(b"abcdefghijklmnopqrstuvwxyz0123456789_-")


class UnusableConnection(Exception):
    """A connection that cannot be saved; ``str(error)`` is meant for users."""


class Connection(NamedTuple):
    """A raster that is opened often.

    Parameters
    ----------
    name : str
        What users see.
    uri : str
        Layer URI, which names secrets by the id of their authentication configuration only.
    """

    name: str
    uri: str


def has_credentials(uri: str) -> bool:
    """Whether a URL has a user or a password in it, which are not to be written down."""
    return has_login(LayerUri.parse(uri).name)


class Connections(QObject):
    """All saved connections.

    Nothing is held in memory: another window of QGIS may save connections, too.
    """

    #: One was saved or removed.
    changed = pyqtSignal()

    def all(self) -> list[Connection]:
        """Return all of them in the order of their names."""
        names = sorted(set(map(unquote, _keys())), key=str.casefold)
        return [found for found in map(self.get, names) if found is not None]

    def get(self, name: str) -> Connection | None:
        """Return the one with a name, None where there is none."""
        uris = [QgsSettings().value(f"{_GROUP}/{key}/uri", "") for key in _keys(name)]
        return next((Connection(name, uri) for uri in uris if uri), None)

    def with_uri(self, uri: str) -> Connection | None:
        """Return the first one that opens a source, None where there is none."""
        return next((one for one in self.all() if one.uri == uri), None)

    def save(self, connection: Connection, former_name: str = "") -> None:
        """Save a connection in place of the one with its name.

        Parameters
        ----------
        connection : Connection
        former_name : str
            Name of the connection that was edited, which this one takes the place of.

        Raises
        ------
        UnusableConnection
            If it has no name or source, or if a password stands in its URL.
        """
        name, uri = connection.name.strip(), connection.uri.strip()
        if not name or not uri:
            raise UnusableConnection(tr("A connection needs a name and a URL or file."))
        if has_credentials(uri):
            raise UnusableConnection(
                tr(
                    "The URL has a user name or password in it, which would be saved for anyone "
                    "to read. Take it out and choose an authentication configuration instead."
                )
            )
        _forget(former_name)
        _forget(name)
        QgsSettings().setValue(f"{_GROUP}/{_key(name)}/uri", uri)
        self.changed.emit()

    def rename(self, name: str, new_name: str) -> Connection:
        """Give a connection another name; return it as it is then.

        Raises
        ------
        UnusableConnection
            If there is none, or if the new name is empty or taken.
        """
        connection = self.get(name)
        if connection is None:
            raise UnusableConnection(tr("There is no connection “{name}”.").format(name=name))
        if new_name.strip() != name and self.get(new_name.strip()) is not None:
            raise UnusableConnection(
                tr("There is a connection “{name}” already.").format(name=new_name.strip())
            )
        renamed = connection._replace(name=new_name.strip())
        self.save(renamed, name)
        return renamed

    def remove(self, name: str) -> None:
        """Forget a connection; the raster stays where it is."""
        _forget(name)
        self.changed.emit()


def _key(name: str) -> str:
    """Return the key of the group of a connection; `unquote` gives the name again.

    QgsSettings takes a key for a path, and ``.`` and ``..`` in it for this folder and the one
    above; on Windows, keys that differ in case alone are the same.
    """
    encoded = name.encode("utf-8", "replace")
    return "".join(chr(byte) if byte in _PLAIN else f"%{byte:02x}" for byte in encoded)


def _keys(name: str | None = None) -> list[str]:
    """Return the keys of all groups, or of those that hold the connection with a name.

    Earlier versions encoded fewer characters, so that a name may have another key than `_key`.
    """
    settings = QgsSettings()
    settings.beginGroup(_GROUP)
    return [key for key in settings.childGroups() if name is None or unquote(key) == name]


def _forget(name: str) -> None:
    for key in _keys(name):
        QgsSettings().remove(f"{_GROUP}/{key}")


#: The ones of this profile. Listeners are methods of objects, which Qt disconnects when they go.
CONNECTIONS = Connections()
