"""Verify a file: check every tile against its MD5, the index and the tags."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from ..format.tile_index import TileIndex
from ..job import NO_JOB, Job
from ..model.grid import Grid, TileKey
from ..reading.tile_pipeline import DamagedTile, TileOutcome
from ..storage.cache import Cache
from ..tile.encoding import NODATA
from .json_stream import stream_json
from .opening import RasterName, open_flac, retry_on_change
from .times import bands_of_time


@dataclass(frozen=True)
class TileCheck:
    """Result of `verify` for one tile.

    Parameters
    ----------
    key : TileKey
    offset, size : int
        Byte range in the file.
    error : str
        What is wrong with it, empty if it is intact.
    coding : str
        Names of the codings of its parts, joined by ``+``; empty if it is damaged.
    uncertain_values : int
        Pixel values that may differ from the original; 0 in files of this project.
    """

    key: TileKey
    offset: int
    size: int
    error: str = ""
    coding: str = ""
    uncertain_values: int = 0

    @classmethod
    def of(cls, outcome: TileOutcome, index: TileIndex) -> TileCheck:
        """Describe what became of decoding a tile."""
        byte_range = index.byte_range(outcome.key)
        if isinstance(outcome, DamagedTile):
            return cls(outcome.key, *byte_range, error=outcome.error.message)
        return cls(
            outcome.key, *byte_range, coding=outcome.coding, uncertain_values=outcome.uncertain
        )

    def to_dict(self) -> dict[str, Any]:
        """Return plain values for JSON; bands count from 1."""
        return {
            **self.key._asdict(),
            "band": self.key.band + 1,
            "offset": self.offset,
            "size": self.size,
            "coding": self.coding or None,
            "error": self.error or None,
        }


class AllTiles(Iterable[TileCheck]):
    """All tiles that were verified, in order; those of no bytes are created while iterating.

    ``starts`` are their first bands, from 0.
    """

    def __init__(
        self, index: TileIndex, checked: Mapping[TileKey, TileCheck], starts: Sequence[int]
    ):
        self._index, self._checked, self._starts = index, checked, starts

    def __len__(self) -> int:
        return _tile_count(self._index.grid, self._starts)

    def __iter__(self) -> Iterator[TileCheck]:
        chosen = {*self._starts}
        for key in self._index.grid.keys():
            if key.band in chosen:
                found = self._checked.get(key)
                yield found or TileCheck(key, *self._index.byte_range(key), coding=NODATA)


def _tile_count(grid: Grid, starts: Sequence[int]) -> int:
    return sum(level.tile_rows * level.tile_columns for level in grid.levels) * len(starts)


@dataclass(frozen=True)
class Verification:
    """Result of `verify`.

    Parameters
    ----------
    name : str
    tiles : int
        Number of tiles, including those that contain only nodata.
    codings : dict
        Number of tiles per coding.
    damaged_tiles : tuple of TileCheck
    all_tiles : AllTiles, optional
        All tiles in the order of the file, if requested.
    has_md5 : bool
        Whether each tile was compared with its MD5; files of flac-raster have none, so only the
        checksums of their frames were checked.
    uncertain_values, values : int
        Pixel values that may differ from the original, and all that were checked; 0 uncertain ones
        in files of this project.
    warnings : tuple of str
        One sentence for each loss in the file.
    """

    name: str
    tiles: int
    file_bytes: int
    codings: dict[str, int]
    damaged_tiles: tuple[TileCheck, ...]
    all_tiles: AllTiles | None = None
    has_md5: bool = True
    uncertain_values: int = 0
    values: int = 0
    warnings: tuple[str, ...] = ()

    @property
    def valid(self) -> bool:
        """Whether every tile is intact."""
        return not self.damaged_tiles

    def to_json(self) -> Iterator[str]:
        """Yield `to_dict` as JSON in pieces, for any number of tiles."""
        if self.all_tiles is None:
            return iter([json.dumps(self.to_dict(), indent=2, allow_nan=False) + "\n"])
        tiles = (tile.to_dict() for tile in self.all_tiles)
        return stream_json(self._totals(), "all_tiles", tiles)

    def to_dict(self) -> dict[str, Any]:
        """Return plain values for JSON."""
        if self.all_tiles is None:
            return self._totals()
        return {**self._totals(), "all_tiles": [tile.to_dict() for tile in self.all_tiles]}

    def _totals(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "valid": self.valid,
            "tiles": self.tiles,
            "file_bytes": self.file_bytes,
            "codings": self.codings,
            "has_md5": self.has_md5,
            "uncertain_values": self.uncertain_values,
            "values": self.values,
            "warnings": list(self.warnings),
            "damaged_tiles": [tile.to_dict() for tile in self.damaged_tiles],
        }


@retry_on_change
def verify(
    source: RasterName,
    /,
    *,
    all_tiles: bool = False,
    time: str | None = None,
    workers: int | None = None,
    cache: Cache | None = None,
    job: Job = NO_JOB,
) -> Verification:
    """Decode every tile of a FLAC raster and check it.

    Parameters
    ----------
    source : path, URL or FlacRaster
    all_tiles : bool
        Report all tiles, not only damaged ones.
    time : str, optional
        Check only the tiles with bands of a time, see
        `flac_raster_qgis.engine.model.times.TimeRange`.
    workers : int, optional
        Tiles decoded at once; default one per processor, or as the FlacRaster has it.
    cache : Cache, optional
        See `flac_raster_qgis.engine.operations.opening.open_raster`.
    job : Job, optional
        Its progress counts tiles.

    Raises
    ------
    FlacRasterError
        If the file header is damaged, so that its tiles cannot be found. Damaged tiles do not
        raise; they are in the result.
    """
    with open_flac(source, workers=workers, cache=cache, job=job) as raster:
        index = raster.head.index
        # there is nothing to check in tiles of no bytes, of which a short file may have millions
        keys = index.stored_keys()
        starts: Sequence[int] = raster.levels[0].band_starts
        chosen = bands_of_time(raster.metadata, raster.name, time)
        if chosen is not None:
            starts = raster.levels[0].tile_starts(number - 1 for number in chosen)
            chosen_starts = {*starts}
            keys = [key for key in keys if key.band in chosen_starts]
        total = _tile_count(raster.grid, starts)
        empty = total - len(keys)
        if empty:
            job.progress(empty, total)
        codings: Counter[str] = Counter({NODATA: empty} if empty else {})
        bands = sum(min(raster.grid.tile_bands, raster.metadata.count - n) for n in starts)
        values = bands * sum(level.width * level.height for level in raster.levels)
        damaged, checked, uncertain = [], {}, 0
        outcomes = raster.pipeline.run(keys, job=job.silent)
        with closing(outcomes):
            for done, outcome in enumerate(outcomes, start=empty + 1):
                tile = TileCheck.of(outcome, index)
                if isinstance(outcome, DamagedTile):
                    damaged.append(tile)
                    values -= raster.pipeline.spec(tile.key).values
                else:
                    codings[tile.coding] += 1
                    uncertain += tile.uncertain_values
                if all_tiles:
                    checked[tile.key] = tile
                job.progress(done, total)
                job.check("operation.verification")  # a small file is one batch of the pipeline
        every = AllTiles(index, checked, starts) if all_tiles else None
        recovery = raster.head.recovery
        return Verification(
            raster.name,
            total,
            raster.source.size,
            dict(codings.most_common()),
            tuple(damaged),
            every,
            recovery is None or recovery.has_md5,
            uncertain,
            values,
            raster.warnings,
        )
