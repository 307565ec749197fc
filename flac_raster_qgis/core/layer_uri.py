"""What a layer's URI says: which file, how to get at it, and which part of it."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, replace
from typing import Callable

from ..engine.model.grid import Bounds
from ..engine.storage.file_urls import local_path
from ..engine.storage.name_parts import scheme_of
from ..engine.storage.urls import file_name, redact, remove_keys, remove_login
from .plain_text import neutralize_markup

_NUMBER = r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?"
#: What may follow the name and a ``|``. Anything else belongs to the name itself.
_PART = re.compile(
    rf"authcfg=(?P<authcfg>\w+)|extent=(?P<extent>{_NUMBER}(?:,{_NUMBER}){{3}})", re.ASCII
)


@dataclass(frozen=True)
class LayerUri:
    """What a layer is made of, as its URI tells it and projects keep it.

    Parameters
    ----------
    name : str
        Path, or URL of any kind that the engine opens.
    authcfg : str
        Id of one of QGIS's authentication configurations; empty for none. What is secret stays in
        QGIS's own keeping.
    extent : (xmin, ymin, xmax, ymax), optional
        Part of the raster that the layer has, in its coordinates; grown to whole pixels of full
        resolution. Default: all of it.

    Examples
    --------
    >>> uri = LayerUri.parse("https://example.org/dem.flac|authcfg=abc1234|extent=0,0,50,100")
    >>> uri.name, uri.authcfg, uri.extent
    ('https://example.org/dem.flac', 'abc1234', (0.0, 0.0, 50.0, 100.0))
    >>> LayerUri("/data/dem.flac", extent=(0, 0, 50, 100)).text()
    '/data/dem.flac|extent=0.0,0.0,50.0,100.0'
    """

    name: str
    authcfg: str = ""
    extent: Bounds | None = None

    @classmethod
    def parse(cls, text: str) -> LayerUri:
        """Take a URI apart; the same file has the same name, be it a path or a ``file:`` URL."""
        authcfg, extent = "", None
        parts = text.split("|")
        while len(parts) > 1:
            found = _PART.fullmatch(parts[-1])
            if found is None:
                break
            parts.pop()
            if found["extent"]:
                xmin, ymin, xmax, ymax = map(float, found["extent"].split(","))
                extent = (xmin, ymin, xmax, ymax)
            else:
                authcfg = found["authcfg"]
        return cls(local_path("|".join(parts)), authcfg, extent)

    def text(self) -> str:
        """Put the URI together: the name alone where nothing more is to be said."""
        authcfg = f"|authcfg={self.authcfg}" if self.authcfg else ""
        extent = ""
        if self.extent is not None:
            extent = "|extent=" + ",".join(repr(float(value)) for value in self.extent)
        return self.name + authcfg + extent

    @property
    def is_remote(self) -> bool:
        """Whether it is a URL rather than a file of this computer."""
        return scheme_of(self.name) is not None

    @property
    def title(self) -> str:
        """What to call a layer: the name of its file without folders and suffix."""
        last = file_name(self.name) if self.is_remote else os.path.basename(self.name)
        return neutralize_markup(os.path.splitext(last)[0] or redact(self.name))


def remove_credentials(uri: str) -> str:
    """Return a layer URI without user and password; one that holds none is returned as it is."""
    return _with_name(uri, remove_login)


def remove_secrets(uri: str) -> str:
    """Return a layer URI as logs may have it, also without keys in its query."""
    return _with_name(uri, remove_keys)


def _with_name(uri: str, change: Callable[[str], str]) -> str:
    parsed = LayerUri.parse(uri)
    name = change(parsed.name)
    return uri if name == parsed.name else replace(parsed, name=name).text()
