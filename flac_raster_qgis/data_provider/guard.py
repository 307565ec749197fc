"""Keep exceptions out of QGIS, which would crash without a return value."""

from __future__ import annotations

import functools
import math
import traceback
from types import FunctionType
from typing import Any, Callable, TypeVar

from ..core.message_log import log_error
from ..core.translation import tr
from .failed_runs import fail_run

Class = TypeVar("Class", bound=type)

#: Return values after an exception, by return annotation.
_DEFAULTS: dict[str, Callable[[], Any]] = {
    "None": lambda: None,
    "bool": lambda: False,
    "int": lambda: 0,
    "float": lambda: math.nan,
    "str": lambda: "",
    "tuple[float, bool]": lambda: (math.nan, False),
    "tuple[float, float]": lambda: (math.nan, math.nan),
}


def never_raises(**answers: Callable[..., Any]) -> Callable[[Class], Class]:
    """Decorate a class whose public methods QGIS calls, so that they log exceptions.

    ``answers`` make the return value after an exception, by name of the method, from the object and
    the arguments; required where the return annotation implies no default.
    """

    def decorate(cls: Class) -> Class:
        for name, method in list(vars(cls).items()):
            if isinstance(method, FunctionType) and not name.startswith("_"):
                setattr(cls, name, _guarded(method, answers.get(name) or _default(method)))
        return cls

    return decorate


def _default(method: FunctionType) -> Callable[..., Any]:
    returns = str(method.__annotations__.get("return"))
    if returns.startswith(("list", "dict")):
        default: Callable[[], Any] = list if returns.startswith("list") else dict
    elif returns.endswith("| None"):
        default = _DEFAULTS["None"]
    elif returns in _DEFAULTS:
        default = _DEFAULTS[returns]
    else:
        raise TypeError(f"{method.__qualname__}: name its return value after an exception")
    return lambda *_: default()


def _guarded(method: FunctionType, answer: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(method)
    def guarded(self: Any, *args: Any, **kwargs: Any) -> Any:
        try:
            return method(self, *args, **kwargs)
        except Exception:
            text = tr("Internal error in {place}. Please report it: {error}")
            message = text.format(place=method.__qualname__, error=traceback.format_exc())
            log_error(message)
            fail_run(message)  # the run would use the default as a result
            return answer(self, *args)

    return guarded
