"""Prove that a file is whole: check every tile against its MD5, the index and the tags."""

from __future__ import annotations

from collections import Counter
from contextlib import ExitStack, closing
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

from ..errors import CorruptTile, UnsupportedVersion
from ..grid import TileKey
from ..parallel import (
    IsCancelled,
    Progress,
    executor_for,
    in_order,
    never_cancelled,
    no_progress,
)
from ..reader import FlacRaster
from ..remote.cache import Cache
from .opening import RasterName, open_flac


@dataclass(frozen=True)
class Damage:
    """One damaged tile."""

    key: TileKey
    offset: int
    size: int
    problem: str


@dataclass(frozen=True)
class Verification:
    """What `verify` found.

    Parameters
    ----------
    name : str
    tiles : int
        Tiles checked; tiles of nothing but nodata are counted too.
    codings : dict
        How many tiles use which coding.
    damaged : tuple of Damage
    has_md5 : bool
        Whether each tile was compared with its MD5; files of flac-raster have none, so that only
        the checksums of their frames were.
    uncertain, values : int
        Pixel values that may not be what flac-raster was once given, and all of those that were
        checked; 0 uncertain ones in files of this project.
    warnings : tuple of str
        What the file has lost, one sentence each.
    """

    name: str
    tiles: int
    bytes: int
    codings: dict[str, int]
    damaged: tuple[Damage, ...]
    has_md5: bool = True
    uncertain: int = 0
    values: int = 0
    warnings: tuple[str, ...] = ()

    @property
    def valid(self) -> bool:
        """Whether every tile is whole."""
        return not self.damaged

    def to_dict(self) -> dict[str, Any]:
        """Return plain values for JSON."""
        return {
            "name": self.name,
            "valid": self.valid,
            "tiles": self.tiles,
            "bytes": self.bytes,
            "codings": self.codings,
            "has_md5": self.has_md5,
            "uncertain": self.uncertain,
            "values": self.values,
            "warnings": list(self.warnings),
            "damaged": [
                {
                    **damage.key._asdict(),
                    "band": damage.key.band + 1,
                    "offset": damage.offset,
                    "size": damage.size,
                    "problem": damage.problem,
                }
                for damage in self.damaged
            ],
        }


def verify(
    name: RasterName,
    *,
    workers: int | None = None,
    cache: Cache | None = None,
    progress: Progress = no_progress,
    is_cancelled: IsCancelled = never_cancelled,
) -> Verification:
    """Decode every tile of a FLAC raster and check it.

    Parameters
    ----------
    name : path or URL
    workers : int, optional
        Tiles decoded at once; default one per processor.
    cache : Cache, optional
        See `flac_raster_qgis.engine.operations.opening.open_raster`.
    progress, is_cancelled : callable
        ``progress(done, total)`` counts tiles.

    Raises
    ------
    FlacRasterError
        If the head of the file is damaged, so that its tiles cannot be found. Damaged tiles do not
        raise: they are in the result.
    """
    with ExitStack() as stack:
        raster = stack.enter_context(open_flac(name, cache=cache, is_cancelled=is_cancelled))
        keys = list(raster.grid.keys())
        total = len(keys)
        fetched = stack.enter_context(closing(raster.fetch(keys)))
        executor, count = stack.enter_context(executor_for(workers))
        calls = (partial(_check, raster, key, data) for key, data in zip(keys, fetched))
        codings: Counter[str] = Counter()
        damaged, uncertain, values = [], 0, 0
        for done, result in enumerate(in_order(executor, calls, 2 * count, is_cancelled), start=1):
            if isinstance(result, Damage):
                damaged.append(result)
            else:
                codings[result.coding] += 1
                uncertain += result.uncertain
                values += result.values
            progress(done, total)
        restoration = raster.head.restoration
        return Verification(
            raster.name,
            total,
            raster.source.size,
            dict(codings.most_common()),
            tuple(damaged),
            restoration is None or restoration.has_md5,
            uncertain,
            values,
            raster.warnings,
        )


class _Whole(NamedTuple):
    """What is counted of a tile that is not damaged."""

    coding: str
    uncertain: int
    values: int


def _check(raster: FlacRaster, key: TileKey, data: bytes) -> _Whole | Damage:
    """Return what is to be counted of a tile, or what is wrong with it."""
    try:
        tile = raster.decode(key, data)
        return _Whole(tile.coding, tile.uncertain, tile.pixels.size)
    except (CorruptTile, UnsupportedVersion) as error:
        return Damage(key, *raster.head.index.byte_range(key), str(error))
