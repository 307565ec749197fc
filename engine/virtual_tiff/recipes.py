"""How another process opens a raster that this one has open."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any
from weakref import finalize

from ..errors import FlacRasterError, RemoteChanged
from ..model.grid import Window
from ..reading.flac_raster import FlacRaster
from ..storage.name_parts import scheme_of
from ..storage.open import open_local, open_url

if TYPE_CHECKING:
    from ..storage.cache import Cache
    from ..storage.remote.session_recipe import SessionRecipe


@dataclass(frozen=True)
class RasterRecipe:
    """A raster to serve: a path or URL, the part that is shown, and a session for http and https.

    ``bands`` are the numbers of those that are shown, from 1; all if there are none.
    Another ``identity`` of the source when it is opened is an error, for its tiles are elsewhere.
    """

    token: str
    name: str
    identity: str
    window: Window | None = None
    session: SessionRecipe | None = None
    bands: tuple[int, ...] | None = None

    def to_json(self) -> str:
        """Return a line of JSON. It has the credentials of the session."""
        return json.dumps(asdict(self)) + "\n"

    @classmethod
    def from_values(cls, found: dict[str, Any]) -> RasterRecipe:
        """Return the recipe in the JSON of `to_json`."""
        if found["window"] is not None:
            found["window"] = Window(*found["window"])
        if found["bands"] is not None:
            found["bands"] = tuple(found["bands"])
        if found["session"] is not None:
            from ..storage.remote.session_recipe import SessionRecipe

            found["session"] = SessionRecipe(**found["session"])
        return cls(**found)

    def open(self, cache: Cache | None) -> FlacRaster:
        """Open the raster; raise `RemoteChanged` if it is not the same one any more."""
        raster = FlacRaster.open(self._source(cache))
        if raster.source.identity != self.identity:
            raster.close()
            raise RemoteChanged("input.replaced", name=raster.name)
        return raster

    def _source(self, cache: Cache | None) -> Any:
        if scheme_of(self.name) is None:
            return open_local(self.name)
        session = None if self.session is None else self.session.session()
        source = open_url(self.name, session=session, disk_cache=cache)
        if session is not None:
            finalize(source, session.close)
        return source


def open_cache(arguments: dict[str, Any] | None) -> Cache | None:
    """Open a disk cache; without one, more is downloaded."""
    if arguments is None:
        return None
    from ..storage.disk_cache import DiskCache

    try:
        return DiskCache(**arguments)
    except FlacRasterError:
        return None
