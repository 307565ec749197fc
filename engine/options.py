"""Values of options that all interfaces list, and old names of options."""

from __future__ import annotations

import warnings
from functools import wraps
from typing import Any, Callable, TypeVar, cast

EFFORTS = ("fast", "balanced", "small")
DEFAULT_EFFORT = "balanced"
#: ``average`` for measured values, ``mode`` (the most frequent) for categories, ``nearest`` (the
#: upper left) for either.
METHODS = ("average", "mode", "nearest")
OVERVIEW_RESAMPLING = ("auto", *METHODS, "none")
INTERLEAVES = ("auto", "pixel", "band")
#: Layouts of FLAC files: this project's own, and the one that it shares with flac-raster.
TILED, STREAMING = LAYOUTS = ("tiled", "streaming")
COMPRESSION_LEVELS = range(9)

F = TypeVar("F", bound=Callable[..., Any])
C = TypeVar("C", bound=type)


def renamed_keywords(**names: str) -> Callable[[F], F]:
    """Let a function accept old names of keyword arguments, with a `DeprecationWarning`.

    Parameters
    ----------
    **names : str
        New names by old names.
    """

    def decorate(function: F) -> F:
        @wraps(function)
        def call(*args: Any, **options: Any) -> Any:
            for old in names.keys() & options.keys():
                warnings.warn(f"{old} is now named {names[old]}", DeprecationWarning, stacklevel=2)
                if names[old] in options:
                    raise TypeError(f"{old} and {names[old]} are the same argument")
                options[names[old]] = options.pop(old)
            return function(*args, **options)

        return cast(F, call)

    return decorate


def renamed_fields(**names: str) -> Callable[[C], C]:
    """Let a dataclass accept old names of fields, see `renamed_keywords`."""

    def decorate(cls: C) -> C:
        cls.__init__ = renamed_keywords(**names)(cls.__init__)  # type: ignore[misc]
        return cls

    return decorate
