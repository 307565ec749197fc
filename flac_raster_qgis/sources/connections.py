"""Saved connections: sources of rasters under a name, in the settings of QGIS."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import quote, unquote, urlsplit

from qgis.core import QgsSettings
from qgis.PyQt.QtCore import QObject, pyqtSignal

from ..layer.uri import LayerUri
from ..translation import tr

#: Below it one group a connection, named after it; `quote` makes any name fit for a key.
_GROUP = "flac_raster/connections"


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


def holds_password(uri: str) -> bool:
    """Whether a URL has a user or a password in it, which are not to be written down."""
    try:
        return "@" in urlsplit(LayerUri.parse(uri).name).netloc
    except ValueError:  # not a URL anyone can open
        return False


class Connections(QObject):
    """All saved connections.

    Nothing is held in memory: another window of QGIS may save connections, too.
    """

    #: One was saved or removed.
    changed = pyqtSignal()

    def all(self) -> list[Connection]:
        """Return all of them in the order of their names."""
        settings = QgsSettings()
        settings.beginGroup(_GROUP)
        names = sorted(map(unquote, settings.childGroups()), key=str.casefold)
        return [found for found in map(self.get, names) if found is not None]

    def get(self, name: str) -> Connection | None:
        """Return the one with a name, None where there is none."""
        uri = QgsSettings().value(f"{_group(name)}/uri", "")
        return Connection(name, uri) if uri else None

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
        if holds_password(uri):
            raise UnusableConnection(
                tr(
                    "The URL has a user name or password in it, which would be saved for anyone "
                    "to read. Take it out and choose an authentication configuration instead."
                )
            )
        if former_name and former_name != name:
            QgsSettings().remove(_group(former_name))
        QgsSettings().setValue(f"{_group(name)}/uri", uri)
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
        QgsSettings().remove(_group(name))
        self.changed.emit()


def _group(name: str) -> str:
    return f"{_GROUP}/{quote(name, safe='')}"


#: The ones of this profile. Listeners are methods of objects, which Qt disconnects when they go.
CONNECTIONS = Connections()
