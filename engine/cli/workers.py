"""Who does the work: threads, processes or a Dask cluster, as the options say."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Optional

import typer

from ..parallel.dask import dask_executor
from ..parallel.processes import ProcessExecutor


def chosen_workers(
    workers: Optional[int], processes: Optional[int], dask: Optional[str]
) -> AbstractContextManager[dict[str, Any]]:
    """Return a context that yields the engine's arguments ``workers`` and ``executor``."""
    if sum(option is not None for option in (workers, processes, dask)) > 1:
        raise typer.BadParameter("Give only one of --workers, --processes and --dask.")
    return _workers(workers, processes, dask)


@contextmanager
def _workers(
    workers: Optional[int], processes: Optional[int], dask: Optional[str]
) -> Iterator[dict[str, Any]]:
    if processes is not None:
        with ProcessExecutor(processes) as executor:
            yield {"executor": executor, "workers": processes}
    elif dask is not None:
        with dask_executor(dask) as (executor, count):
            yield {"executor": executor, "workers": count}
    else:
        yield {"executor": None, "workers": workers}
