"""How the engine reaches servers from inside QGIS: its proxies, authentication and certificates."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from .engine.parallel import IsCancelled, never_cancelled
from .engine.remote import open_source as open_anything
from .engine.source import ByteSource

if TYPE_CHECKING:
    import requests

    from .engine.remote.patience import Patience


def session_for(url: str, authcfg: str = "") -> requests.Session:
    """Return a session that reaches a server as QGIS itself would; any thread may call.

    Parameters
    ----------
    url : str
        http or https.
    authcfg : str
        Id of an authentication configuration of QGIS; empty for none.

    Raises
    ------
    InputError
        If there is no such configuration, or it cannot be used.
    """
    raise NotImplementedError


def open_source(
    name: str | os.PathLike,
    authcfg: str = "",
    *,
    patience: Patience | None = None,
    is_cancelled: IsCancelled = never_cancelled,
) -> ByteSource:
    """Open a file or a URL as QGIS is set up: the one way in for layers, tools and the dock.

    Parameters
    ----------
    name : path or URL
    authcfg : str
        See `session_for`.
    patience : Patience, optional
        Limits for http and https.
    is_cancelled : callable
        Asked as long as anything is fetched, by later reads as well.

    Raises
    ------
    InputError, RemoteError, MissingDependency, Cancelled
    """
    return open_anything(name, is_cancelled=is_cancelled)
