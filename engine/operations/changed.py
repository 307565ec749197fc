"""Start over, once, where a remote file was replaced while an operation read it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from ..errors import RemoteChanged
from ..reading.flac_raster import FlacRaster

F = TypeVar("F", bound=Callable[..., Any])


def once_more_if_changed(operation: F) -> F:
    """Run an operation again, from the opening on, where it raises `RemoteChanged`.

    Nothing of the first time remains: outputs appear when they are whole, and caches keep versions
    apart. A `FlacRaster` among the arguments stays pinned to its version, since its owner has seen
    what it was, so there the error is passed on. So it is where the file changes once more.
    """

    @wraps(operation)
    def run(*args: Any, **options: Any) -> Any:
        try:
            return operation(*args, **options)
        except RemoteChanged:
            if any(isinstance(one, FlacRaster) for one in (*args, *options.values())):
                raise
        return operation(*args, **options)

    return cast(F, run)
