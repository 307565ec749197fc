"""Convert many rasters into a folder; one that fails does not stop the others."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Callable, NamedTuple, TypeVar

from ..errors import Cancelled, FlacRasterError, InputError, OutputError
from ..job import NO_JOB, Job
from ..reading.flac_raster import FlacRaster
from ..storage.output import PathLike, local_output, write_error
from ..storage.urls import redact
from .convert import ConvertResult, convert, default_output
from .opening import RasterName, display_name, is_flac_name
from .variables import Choice, Variable, contents_of

#: Steps of progress for each raster.
_STEPS = 1000


@dataclass(frozen=True)
class FileOutcome:
    """Outcome of converting one raster of a batch.

    Parameters
    ----------
    input, output : str
    result : ConvertResult, optional
        None if it failed.
    error : FlacRasterError, optional
        Why it failed.
    variable : str, optional
        Of a file of several variables, the one that this is.
    notes : tuple of str
        What the file has beside its variables, told with the first of them.
    """

    input: str
    output: str
    result: ConvertResult | None
    error: FlacRasterError | None = None
    variable: str | None = None
    notes: tuple[str, ...] = ()

    @property
    def status(self) -> str:
        """``done``, ``skipped`` or ``failed``."""
        if self.result is None:
            return "failed"
        return "skipped" if self.result.skipped else "done"

    def to_dict(self) -> dict[str, Any]:
        """Return plain values for JSON."""
        facts = {} if self.result is None else self.result.to_dict()
        return {
            **facts,
            "input": self.input,
            "output": self.output,
            "variable": self.variable,
            "status": self.status,
            "error": None if self.error is None else self.error.to_dict(),
        }


class _Outputs:
    """Outputs in a folder, no two of one name, and none of the name of an input."""

    def __init__(self, folder: PathLike, sources: Sequence[RasterName]):
        self.folder = local_output(folder)
        self._inputs = {_real_path(source) for source in sources}
        self._made_of: dict[str, RasterName] = {}

    def name(self, source: RasterName, variable: str | None = None) -> Path:
        """Name the output of a raster; raises `InputError` if it cannot be."""
        output = default_output(source, self.folder, variable)
        place = _real_path(output)
        if place in self._made_of:
            raise InputError(
                "batch.same_output",
                _shown_name(source),
                other=_shown_name(self._made_of[place]),
                output=output,
            )
        if place in self._inputs:
            raise InputError("batch.output_is_input", _shown_name(source), output=output)
        self._made_of[place] = source
        return output

    def make_folder(self) -> None:
        """Make the folder if it is missing; raises `OutputError` if it cannot be made."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except FileExistsError as error:
            raise OutputError("output.folder_is_file", self.folder) from error
        except OSError as error:
            raise write_error(self.folder, error) from error


def output_paths(folder: PathLike, sources: Sequence[RasterName]) -> list[Path]:
    """Name the output of each raster in a folder, which is made if missing; see `default_output`.

    Raises `InputError` if there are no rasters, two would have the same output, or one's output is
    another one's input; `OutputError` if the folder cannot be made.
    """
    return _named_outputs(folder, sources)[1]


def _named_outputs(folder: PathLike, sources: Sequence[RasterName]) -> tuple[_Outputs, list[Path]]:
    if not sources:
        raise InputError("input.none", remedy="name_files")
    outputs = _Outputs(folder, sources)
    paths = [outputs.name(source) for source in sources]
    outputs.make_folder()
    return outputs, paths


class _Item(NamedTuple):
    """What becomes one output: a raster, or a variable of a file."""

    source: RasterName
    output: Path
    variable: Choice = None
    notes: tuple[str, ...] = ()
    #: Why it has no name.
    error: FlacRasterError | None = None


def _items(
    source: RasterName, output: Path, outputs: _Outputs, choice: Choice, stack: bool, job: Job
) -> list[_Item]:
    """Return what a file is converted to: a raster of its own name, or one for each variable."""
    if stack or isinstance(source, FlacRaster) or is_flac_name(source):
        return [_Item(source, output, choice)]
    contents = contents_of(source, job)
    chosen = contents.choose(choice)
    if choice is None and len(chosen) < 2:
        return [_Item(source, output, None if contents.is_raster else chosen[0], contents.notes)]
    items: list[_Item] = []
    for variable in chosen:
        notes = contents.notes if choice is None and not items else ()
        try:
            items.append(_Item(source, outputs.name(source, variable.name), variable, notes))
        except InputError as error:
            items.append(_Item(source, output, variable, notes, error))
    return items


def convert_files(
    sources: Sequence[RasterName],
    folder: PathLike,
    *,
    variable: str | Sequence[str] | None = None,
    stack: bool = False,
    skip_identical: bool = True,
    job: Job = NO_JOB,
    **options: Any,
) -> Iterator[FileOutcome]:
    """Convert rasters one after the other, each with all workers.

    A file of several variables, such as NetCDF or GRIB, becomes a raster for each of them.

    Parameters
    ----------
    sources : sequence of paths or URLs
    folder : path
        Where the outputs go, see `output_paths`; of variables, see `default_output`.
    variable : str or sequence of str, optional
        Of files of several variables: those to convert, default all but bounds and coordinates.
    stack : bool
        Put the variables of a file into one raster, as in `convert`.
    skip_identical : bool
        Leave alone what is there already and proven to hold the raster, so that a batch that was
        interrupted, or that is repeated every night, does only what is missing.
    job : Job, optional
        As for `convert`; progress counts all rasters together.
    options
        As for `convert`.

    Yields
    ------
    FileOutcome
        As soon as each raster is done.

    Raises
    ------
    Cancelled
        Outputs that were yielded before are complete.
    FlacRasterError
        If the outputs cannot be named; nothing has been read then.
    """
    outputs, paths = _named_outputs(folder, sources)
    options |= {"stack": stack, "skip_identical": skip_identical}
    total = _STEPS * len(paths)
    for before, (source, output) in enumerate(zip(sources, paths)):
        found, failure = _attempt(
            source, partial(_items, source, output, outputs, variable, stack, job)
        )
        items: list[_Item] = found or [_Item(source, output, error=failure)]
        ends = [_STEPS * before + _STEPS * n // len(items) for n in range(len(items) + 1)]
        for item, first, end in zip(items, ends, ends[1:]):

            def count(done: int, steps: int, first: int = first, end: int = end) -> None:
                job.progress(first + (end - first) * done // (steps or 1), total)

            outcome = _outcome(item, job.reporting_to(count), options)
            job.progress(end, total)
            yield outcome


def _outcome(item: _Item, job: Job, options: dict[str, Any]) -> FileOutcome:
    source, output, variable, notes, failure = item
    result = None
    if failure is None:
        result, failure = _attempt(
            source, partial(convert, source, output, variable=variable, job=job, **options)
        )
    name = variable.name if isinstance(variable, Variable) else None
    return FileOutcome(_shown_name(source), os.fspath(output), result, failure, name, notes)


T = TypeVar("T")


def _attempt(source: RasterName, work: Callable[[], T]) -> tuple[T | None, FlacRasterError | None]:
    """Do some work, and return its result or why it failed; a cancellation is raised."""
    try:
        return work(), None
    except Cancelled:
        raise
    except FlacRasterError as error:
        return None, error
    except Exception as error:  # even a bug that one raster brings to light is but its own
        named = f"{type(error).__name__}: {error}"
        return None, FlacRasterError("internal", _shown_name(source), reason=named)


def _shown_name(name: RasterName) -> str:
    return redact(display_name(name))


def _real_path(name: RasterName) -> str:
    """Return what is equal for names of the same file."""
    return os.path.normcase(os.path.realpath(display_name(name)))
