"""Let no exception out of what QGIS calls: it would have no answer, and crash or abort."""

from __future__ import annotations

import functools
import math
import traceback
from types import FunctionType
from typing import Any, Callable, TypeVar

from ..core.message_log import log_error
from ..core.translation import tr
from .runs import fail_run

Class = TypeVar("Class", bound=type)

#: What a method answers instead, by the type that it says it returns.
_EMPTY: dict[str, Callable[[], Any]] = {
    "None": lambda: None,
    "bool": lambda: False,
    "int": lambda: 0,
    "float": lambda: math.nan,
    "str": lambda: "",
    "tuple[float, bool]": lambda: (math.nan, False),
    "tuple[float, float]": lambda: (math.nan, math.nan),
}


def never_raises(**answers: Callable[..., Any]) -> Callable[[Class], Class]:
    """Decorate a class whose public methods QGIS calls: an exception becomes an entry in the log.

    Parameters
    ----------
    **answers : callable
        What a method returns instead, by its name; called with the object and the arguments. Needed
        where no empty value follows from the type that the method returns.
    """

    def decorate(cls: Class) -> Class:
        for name, method in list(vars(cls).items()):
            if isinstance(method, FunctionType) and not name.startswith("_"):
                setattr(cls, name, _guarded(method, answers.get(name) or _empty(method)))
        return cls

    return decorate


def _empty(method: FunctionType) -> Callable[..., Any]:
    returns = str(method.__annotations__.get("return"))
    if returns.startswith(("list", "dict")):
        made: Callable[[], Any] = list if returns.startswith("list") else dict
    elif returns.endswith("| None"):
        made = _EMPTY["None"]
    elif returns in _EMPTY:
        made = _EMPTY[returns]
    else:
        raise TypeError(f"{method.__qualname__}: say what it answers where it fails")
    return lambda *_: made()


def _guarded(method: FunctionType, answer: Callable[..., Any]) -> FunctionType:
    @functools.wraps(method)
    def guarded(self: Any, *args: Any, **kwargs: Any) -> Any:
        try:
            return method(self, *args, **kwargs)
        except Exception:
            text = tr("Internal error in {place}; please report it: {error}")
            sentence = text.format(place=method.__qualname__, error=traceback.format_exc())
            log_error(sentence)
            fail_run(sentence)  # which would take the answer for one
            return answer(self, *args)

    return guarded
