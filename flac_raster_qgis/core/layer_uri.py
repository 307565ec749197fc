"""URIs of layers: a file, its authentication, and the extent and the time that are shown."""

from __future__ import annotations

import base64
import os
import re
from dataclasses import dataclass, replace
from typing import Callable

from ..engine.model.transform import Bounds
from ..engine.storage.file_urls import local_path
from ..engine.storage.name_parts import scheme_of
from ..engine.storage.urls import file_name, is_collection, redact, remove_keys, remove_login
from ..engine.storage.virtual_addresses import parse_address
from .plain_text import neutralize_markup

PROVIDER_KEY = "flacraster"
_NUMBER = r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?"
#: At the end of a URI, in place of a time: all bands are meant, although there are dates to choose
#: from. QGIS gives the URI of an item in the Browser back to ask which layers it has.
NO_TIME = "none"
ALL_BANDS = f"|time={NO_TIME}"
#: A time, right or wrong, or a range with the slash of STAC, which is refused when it is read.
_TIME = r"[^|/\\]+|[-+.:\dTZ]+/[-+.:\dTZ]+"
#: Options after the name and a ``|``; anything else is part of the name.
_PART = re.compile(
    rf"authcfg=(?P<authcfg>\w+)|extent=(?P<extent>{_NUMBER}(?:,{_NUMBER}){{3}})"
    rf"|time=(?P<time>{_TIME})",
    re.ASCII,
)


@dataclass(frozen=True)
class LayerUri:
    """Source of a layer, as stored in projects.

    Parameters
    ----------
    name : str
        Path, or URL that the engine supports.
    authcfg : str
        Id of an authentication configuration, in which QGIS stores the secrets; empty for none.
    extent : (xmin, ymin, xmax, ymax), optional
        Part of the raster that the layer shows, in the CRS of the raster; extended to whole pixels
        of full resolution. Default: all.
    time : str
        Dates that the layer shows, as `TimeRange` reads them, such as ``all`` or ``2020-07``; empty
        for all bands, without dates. A range has no slash: projects would take it for a path.

    Examples
    --------
    >>> uri = LayerUri.parse("https://example.org/dem.flac|authcfg=abc1234|extent=0,0,50,100")
    >>> uri.name, uri.authcfg, uri.extent
    ('https://example.org/dem.flac', 'abc1234', (0.0, 0.0, 50.0, 100.0))
    >>> LayerUri("/data/dem.flac", extent=(0, 0, 50, 100)).text()
    '/data/dem.flac|extent=0.0,0.0,50.0,100.0'
    >>> LayerUri.parse("/data/cube.flac|time=2020-01..2020-06").time
    '2020-01..2020-06'
    >>> LayerUri.parse("/data/cube.flac|time=none").text()
    '/data/cube.flac'
    """

    name: str
    authcfg: str = ""
    extent: Bounds | None = None
    time: str = ""

    @classmethod
    def parse(cls, text: str) -> LayerUri:
        """Parse a URI; a ``file:`` URL becomes a path.

        The address of a virtual GeoTIFF, of any session, stands for the URI that it contains.
        """
        text = without_address(text)
        authcfg, extent, time = "", None, ""
        parts = text.split("|")
        while len(parts) > 1:
            option = _PART.fullmatch(parts[-1])
            if option is None:
                break
            parts.pop()
            if option["extent"]:
                xmin, ymin, xmax, ymax = map(float, option["extent"].split(","))
                extent = (xmin, ymin, xmax, ymax)
            elif option["time"]:
                time = "" if option["time"] == NO_TIME else option["time"].strip()
            else:
                authcfg = option["authcfg"]
        return cls(local_path("|".join(parts)), authcfg, extent, time)

    def text(self) -> str:
        """Return the URI as text; only the name if there are no options."""
        authcfg = f"|authcfg={self.authcfg}" if self.authcfg else ""
        extent = ""
        if self.extent is not None:
            extent = "|extent=" + ",".join(repr(float(value)) for value in self.extent)
        time = f"|time={self.time}" if self.time else ""
        return self.name + authcfg + extent + time

    @property
    def whole(self) -> LayerUri:
        """The URI of all pixels and bands of the same raster."""
        return LayerUri(self.name, self.authcfg)

    @property
    def is_remote(self) -> bool:
        """Whether the source is a URL rather than a local file."""
        return scheme_of(self.name) is not None

    @property
    def is_collection(self) -> bool:
        """Whether the source is a folder of a server or a list, rather than a raster."""
        return is_collection(self.name)

    @property
    def file_name(self) -> str:
        """Name of the file without folders; empty if a URL has none."""
        return file_name(self.name) if self.is_remote else os.path.basename(self.name)

    @property
    def title(self) -> str:
        """Default name of the layer: the file name without suffix."""
        return neutralize_markup(os.path.splitext(self.file_name)[0] or redact(self.name))


def address_path(uri: LayerUri) -> tuple[str, str]:
    """Return the parts of an address after its token: the encoded URI, and a title."""
    text = uri.text().encode("utf-8", "surrogateescape")
    return base64.urlsafe_b64encode(text).decode("ascii").rstrip("="), uri.title


def without_address(text: str) -> str:
    """Return the URI in the address of a virtual GeoTIFF, and any other text unchanged."""
    path = parse_address(text)[1:]
    if len(path) != 2:
        return text
    encoded = path[0] + "=" * (-len(path[0]) % 4)
    try:
        return base64.urlsafe_b64decode(encoded).decode("utf-8", "surrogateescape")
    except ValueError:
        return text


def remove_credentials(uri: str) -> str:
    """Return a layer URI without user name and password."""
    return _with_name(uri, remove_login)


def remove_secrets(uri: str) -> str:
    """Return a layer URI for logs, also without keys in its query."""
    return _with_name(uri, remove_keys)


def _with_name(uri: str, change: Callable[[str], str]) -> str:
    parsed = LayerUri.parse(uri)
    name = change(parsed.name)
    return uri if name == parsed.name else replace(parsed, name=name).text()
