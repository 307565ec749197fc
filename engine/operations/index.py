"""Index many FLAC rasters as a collection, from their headers alone."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from ..collection.catalog import CRS, OVERVIEW, Collection, Overview
from ..collection.describe import SORT_KEYS, describe_member
from ..collection.document import read_document, write_document
from ..collection.hrefs import href_of, target_of
from ..collection.item_collection import Indexed, item_collection
from ..collection.members import Members
from ..errors import Cancelled, FlacRasterError, InputError
from ..job import NO_JOB, Job
from ..parallel.executors import resolve_workers
from ..parallel.ordered import Call, map_ordered
from ..reading.flac_raster import FlacRaster
from ..storage.name_parts import scheme_of
from ..storage.output import PathLike, check_output
from ..storage.urls import redact
from .collection_overview import FEW, overview_path, write_overview
from .flac_files import flac_files
from .footprint import footprint
from .open_collection import member_opener
from .opening import RasterName

#: Headers of servers that are read at once.
_PARALLEL = 16
_SUFFIXES = (".json", ".json.gz")


@dataclass(frozen=True)
class BrokenMember:
    """A raster that cannot be in the collection, and why."""

    name: str
    error: FlacRasterError


@dataclass(frozen=True)
class IndexResult:
    """Outcome of `index`.

    Parameters
    ----------
    output : str
    members : int
        Rasters in the collection.
    added, updated, unchanged, removed : int
        Compared with the collection that was there before.
    broken : tuple of BrokenMember
    crs : str
        Of the collection.
    output_bytes : int
    """

    output: str
    members: int
    added: int
    updated: int
    unchanged: int
    removed: int
    broken: tuple[BrokenMember, ...]
    crs: str
    output_bytes: int

    def to_dict(self) -> dict[str, Any]:
        """Return plain values for JSON."""
        broken = [{"name": each.name, "error": each.error.to_dict()} for each in self.broken]
        return {**self.__dict__, "broken": broken}


def index(
    sources: Sequence[RasterName],
    output: PathLike,
    /,
    *,
    crs: str | None = None,
    sort: str = "time-",
    update: bool = False,
    prune: bool = False,
    overview: bool = True,
    overwrite: bool = False,
    workers: int | None = None,
    job: Job = NO_JOB,
) -> IndexResult:
    """Write a collection: a STAC ItemCollection of FLAC rasters, which opens as one raster.

    Only headers are read. A raster that cannot be opened, or lies nowhere, is left out and
    reported.

    Parameters
    ----------
    sources : sequence of paths or URLs
        See `flac_raster_qgis.engine.operations.flac_files.flac_files`.
    output : path
        A name that ends in ``.json.gz``, or ``.json``.
    crs : str, optional
        CRS of the collection; default the most frequent one of its rasters.
    sort : str
        What decides which raster lies on top: ``time``, ``id`` or ``resolution``, with a ``-`` at
        its end from the largest to the smallest.
    update : bool
        Keep what the collection has already, and read only headers of files that are new or have
        changed.
    prune : bool
        Remove rasters that the collection has and the sources have not; only with ``update``.
    overview : bool
        Whether to write a raster of all members at a small scale beside a collection of more than a
        few, for views of all of it. That reads their coarse levels.
    overwrite : bool
        Whether to replace the collection.
    workers : int, optional
        Headers that are read at once; default one per processor, or 16 if any is on a server.
    job : Job, optional

    Returns
    -------
    IndexResult

    Raises
    ------
    InputError
        If the rasters differ in data type or number of bands, or none can be opened.
    OutputExists, OutputError
    Cancelled
    """
    target = check_output(output, overwrite=overwrite or update)
    if not target.name.lower().endswith(_SUFFIXES):
        raise InputError("collection.suffix", target)
    field, is_falling = _sort_key(sort)
    resolve_workers(workers)
    before, overview_before = _members_before(target, job) if update else ({}, None)
    names = list(flac_files(sources, job=job))
    found: dict[str, Indexed] = {}
    broken: dict[str, FlacRasterError] = {}
    for done, (key, outcome) in enumerate(_described(names, target, before, workers, job), 1):
        if isinstance(outcome, FlacRasterError):
            broken[key] = outcome
        else:
            found[key] = outcome
        job.progress(done, len(names))
    if not prune:
        tried = {*found, *broken}
        found |= {key: each for key, each in before.items() if key not in tried}
    if not found:
        raise InputError("collection.none", target, reason=next(iter(broken.values()), ""))
    _check_alike(found)
    members = sorted(_with_ids(found), key=lambda each: each.member.id)
    # not at the top: to open a collection must not need rasterio
    from ..rasterio_io.crs import point_transform

    members.sort(key=lambda each: SORT_KEYS[field](each.member), reverse=is_falling)
    document = item_collection(members, crs, point_transform)
    is_same = len(found) == len(before) == sum(before.get(key) is found[key] for key in found)
    if overview and is_same and overview_before is not None and overview_path(target).is_file():
        document[OVERVIEW] = overview_before._asdict()
    elif overview and len(members) > FEW:
        with member_opener(str(target), job=job) as open_raster:
            opened = Members(Collection(str(target), document), open_raster)
            document[OVERVIEW] = write_overview(opened, overview_path(target), job)
            keys = [target_of(str(target), each.member.href) for each in members]
            broken |= {keys[number]: error for number, error in opened.failures.items()}
    write_document(target, document)
    unchanged = sum(before.get(name) is each for name, each in found.items())
    updated = len(found.keys() & before.keys()) - unchanged
    return IndexResult(
        str(target),
        len(found),
        len(found.keys() - before.keys()),
        updated,
        unchanged,
        len(before.keys() - found.keys()),
        tuple(BrokenMember(redact(key), error) for key, error in broken.items()),
        document[CRS],
        target.stat().st_size,
    )


def _sort_key(sort: str) -> tuple[str, bool]:
    key = sort[:-1] if sort.endswith("-") else sort
    if key not in SORT_KEYS:
        raise InputError("collection.sort", found=f"{sort!r:.80}", expected=", ".join(SORT_KEYS))
    return key, sort.endswith("-")


def _members_before(target: Path, job: Job) -> tuple[dict[str, Indexed], Overview | None]:
    """Return what a collection has, by its absolute name, and its overview.

    Nothing if there is no file yet.
    """
    if not target.exists():
        return {}, None
    collection = Collection(str(target), read_document(str(target), job=job))
    found = {}
    for item in collection.items:
        indexed = Indexed.of_item(item)
        if indexed is not None:
            found[target_of(str(target), indexed.member.href)] = indexed
    return found, collection.overview


def _described(
    names: Sequence[str],
    target: Path,
    before: dict[str, Indexed],
    workers: int | None,
    job: Job,
) -> Iterator[tuple[str, Indexed | FlacRasterError]]:
    """Yield what each header says, in order, or why it cannot be read."""
    is_remote = any(scheme_of(name) is not None for name in names)
    count = workers or (_PARALLEL if is_remote else resolve_workers(None))
    with ThreadPoolExecutor(count, "flac-raster-index") as pool:
        keys = [target_of(str(target), href_of(str(target), name)) for name in names]
        calls = (
            Call(name, _describe, name, target, before.get(key), job)
            for name, key in zip(names, keys)
        )
        yield from zip(keys, map_ordered(pool, calls, in_flight=4 * count, job=job))


def _describe(
    name: str, target: Path, before: Indexed | None, job: Job
) -> Indexed | FlacRasterError:
    try:
        modified = None
        if scheme_of(name) is None:
            status = os.stat(name)
            modified = datetime.fromtimestamp(status.st_mtime, timezone.utc).replace(tzinfo=None)
            state = (status.st_size, str(status.st_mtime_ns))
            if before and state == (before.member.file_bytes, before.member.version):
                return before
        with FlacRaster.open(name, workers=1, job=job.silent) as raster:
            member = describe_member(raster, href_of(str(target), name), "")
            if before and member.version is not None and member.version == before.member.version:
                return before
        place = footprint(member.transform, member.width, member.height, member.crs)
    except Cancelled:
        raise
    except FlacRasterError as error:
        return error
    except OSError as error:
        return InputError("input.cannot_open", name, reason=error.strerror or error)
    return Indexed(member, *place, modified or datetime.now(timezone.utc).replace(tzinfo=None))


def _check_alike(found: dict[str, Indexed]) -> None:
    """Raise `InputError` that names the first raster with another data type or number of bands."""
    facts = [(name, each.member.dtype, len(each.member.bands)) for name, each in found.items()]
    (first, dtype, count), *others = facts
    for name, other_dtype, other_count in others:
        if (other_dtype, other_count) != (dtype, count):
            raise InputError(
                "collection.differs",
                redact(name),
                found_bands=other_count,
                found=other_dtype,
                other=redact(first),
                bands=count,
                expected=dtype,
            )


def _with_ids(found: dict[str, Indexed]) -> list[Indexed]:
    """Give each member a unique id: the name of its file, and as much of its path as it takes."""
    paths = {name: _parts(each.member.href) for name, each in found.items()}
    depths = dict.fromkeys(found, 1)
    while True:
        ids = {name: "/".join(paths[name][-depths[name] :]) for name in found}
        by_id: dict[str, list[str]] = {}
        for name, id in ids.items():
            by_id.setdefault(id, []).append(name)
        alike = [name for same in by_id.values() if len(same) > 1 for name in same]
        longer = [name for name in alike if depths[name] < len(paths[name])]
        if not longer:
            break
        for name in longer:
            depths[name] += 1
    return [
        replace(each, member=replace(each.member, id=ids[name])) for name, each in found.items()
    ]


def _parts(href: str) -> list[str]:
    """Return the folders and the name of a file, without its suffix."""
    parts = [part for part in href.partition("?")[0].split("/") if part not in ("", ".", "..")]
    return [*parts[:-1], os.path.splitext(parts[-1])[0]] if parts else [href]
