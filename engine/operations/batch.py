"""Convert many rasters into a folder; one that fails does not stop the others."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..errors import Cancelled, FlacRasterError, InputError, OutputError
from ..job import NO_JOB, Job
from ..storage.output import PathLike, local_output, write_error
from ..storage.urls import redact
from .convert import ConvertResult, convert, default_output
from .opening import RasterName, display_name

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
    """

    input: str
    output: str
    result: ConvertResult | None
    error: FlacRasterError | None = None

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
            "status": self.status,
            "error": None if self.error is None else self.error.to_dict(),
        }


def output_paths(folder: PathLike, sources: Sequence[RasterName]) -> list[Path]:
    """Name the output of each raster in a folder, which is made if missing; see `default_output`.

    Raises `InputError` if there are no rasters, two would have the same output, or one's output is
    another one's input; `OutputError` if the folder cannot be made.
    """
    if not sources:
        raise InputError("input.none", remedy="name_files")
    target = local_output(folder)
    inputs = {_real_path(source): source for source in sources}
    made_of: dict[str, RasterName] = {}
    outputs = []
    for source in sources:
        output = default_output(source, target)
        place = _real_path(output)
        if place in made_of:
            raise InputError(
                "batch.same_output",
                _shown_name(source),
                other=_shown_name(made_of[place]),
                output=output,
            )
        if place in inputs:
            raise InputError("batch.output_is_input", _shown_name(source), output=output)
        made_of[place] = source
        outputs.append(output)
    try:
        target.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise OutputError("output.folder_is_file", target) from error
    except OSError as error:
        raise write_error(target, error) from error
    return outputs


def convert_files(
    sources: Sequence[RasterName],
    folder: PathLike,
    *,
    skip_identical: bool = True,
    job: Job = NO_JOB,
    **options: Any,
) -> Iterator[FileOutcome]:
    """Convert rasters one after the other, each with all workers.

    Parameters
    ----------
    sources : sequence of paths or URLs
    folder : path
        Where the outputs go, see `output_paths`.
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
    outputs = output_paths(folder, sources)
    total = _STEPS * len(outputs)
    for before, (source, output) in enumerate(zip(sources, outputs)):

        def count(done: int, steps: int, before: int = before) -> None:
            job.progress(_STEPS * before + _STEPS * done // (steps or 1), total)

        result = failure = None
        try:
            result = convert(
                source,
                output,
                skip_identical=skip_identical,
                job=job.reporting_to(count),
                **options,
            )
        except Cancelled:
            raise
        except FlacRasterError as error:
            failure = error
        except Exception as error:  # even a bug that one raster brings to light is but its own
            named = f"{type(error).__name__}: {error}"
            failure = FlacRasterError("internal", _shown_name(source), reason=named)
        job.progress(_STEPS * (before + 1), total)
        yield FileOutcome(_shown_name(source), os.fspath(output), result, failure)


def _shown_name(name: RasterName) -> str:
    return redact(display_name(name))


def _real_path(name: RasterName) -> str:
    """Return what is equal for names of the same file."""
    return os.path.normcase(os.path.realpath(display_name(name)))
