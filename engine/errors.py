"""Everything that the engine raises on purpose.

All errors have one root, so that a caller can catch `FlacRasterError` and show its text. A program
reads the fields instead: a stable code, the place, what was expected, what was found.
"""

from __future__ import annotations

import copy
import copyreg
from functools import partial
from math import isfinite
from numbers import Integral
from pathlib import PurePath
from typing import Any, Callable, NamedTuple

from .error_messages import MESSAGES, REMEDIES, template_and_remedy

#: Longer messages are cut: they may quote what a file says about itself.
_MAX_LENGTH = 900


def printable(text: str) -> str:
    """Escape control characters."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)


class Message(str):
    """An English text that keeps its code and values, so that it can be translated.

    Parameters
    ----------
    code : str
        Key of `MESSAGES`.
    name : object, optional
        Path or URL of the file, or a message with a place in it.
    remedy : str, optional
        Key of `REMEDIES`, in place of the one that the message names.
    **values
        What the placeholders stand for, without credentials; a `partial` is called for it, so that
        no text is made for an error that does not happen. Errors and messages among them are
        translated with this one, other exceptions are kept as text.
    """

    code: str
    remedy: str
    values: dict[str, Any]

    def __new__(cls, code: str, name: object = None, *, remedy: str = "", **values: Any) -> Message:
        """Compose the English text."""
        remedy = remedy or template_and_remedy(code)[1]
        values = values if name is None else {"name": name, **values}
        values = {name: _to_value(value) for name, value in values.items()}
        message = super().__new__(cls, _compose(code, remedy, values, str))
        message.code, message.remedy, message.values = code, remedy, values
        return message

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, Any]]:
        return (self.code,), {"remedy": self.remedy, **self.values}

    def get(self, name: str) -> Any:
        """Return a value by its name, also one of a message among the values; None without one."""
        value = self.values.get(name)
        if isinstance(value, Message):  # the name of a file with a tile in it
            return value.get(name) or value
        inner = (value.get(name) for value in self.values.values() if isinstance(value, Message))
        return next((v for v in inner if v is not None), None) if value is None else value

    def redacted(self, redact: Callable[[str], str]) -> Message:
        """Return the message with every text among its values passed through a function."""
        values = {
            name: value.redacted(redact)
            if isinstance(value, Message)
            else (redact(value) if isinstance(value, str) else value)
            for name, value in self.values.items()
        }
        return Message(self.code, remedy=self.remedy, **values)

    def translated(self, translate: Callable[[str], str]) -> str:
        """Return the text in another language.

        Parameters
        ----------
        translate : callable
            Return the translation of the template of a message, or of a remedy.
        """
        return _compose(self.code, self.remedy, self.values, translate)


def _to_value(value: Any) -> Any:
    value = value() if isinstance(value, partial) else value
    if isinstance(value, BaseException):
        message = getattr(value, "message", value.args[0] if value.args else None)
        return message if isinstance(message, Message) else str(value)
    return str(value) if isinstance(value, PurePath) else value


def _compose(
    code: str, remedy: str, values: dict[str, Any], translate: Callable[[str], str]
) -> str:
    filled = {}
    for name, value in values.items():
        is_message = isinstance(value, Message)
        filled[name] = value.translated(translate).rstrip(".") if is_message else value
    if "offset" in filled and "size" in filled:
        filled["end"] = filled["offset"] + filled["size"] - 1
    template = translate(template_and_remedy(code)[0])
    text = printable(template.format_map(filled)).rstrip(". ")
    if len(text) > _MAX_LENGTH:
        text = f"{text[: _MAX_LENGTH // 2]} … {text[-_MAX_LENGTH // 2 :]}"
    end = "." if template.endswith(".") else ""
    advice = translate(REMEDIES[remedy]).format_map(filled) if remedy else ""
    return f"{text}{end} {printable(advice)}".rstrip()


def tile_place(name: str, key: Any) -> Message:
    """Return the name of a file and the place of a tile in it; its `TileKey` may be unknown."""
    if key is None:
        return Message("place.unknown_tile", name)
    code = "place.tile_band" if key.band else "place.tile"
    return Message(code, name, tile=key, band=key.band + 1)


class Place(NamedTuple):
    """Where an error is; None where it does not apply or is not known.

    Parameters
    ----------
    name : str, optional
        Path or URL of the file, without credentials.
    level, row, column, band : int, optional
        Of the tile; the band counts from 0.
    tag : str, optional
        Of the file header.
    offset, size : int, optional
        Byte range of the file.
    """

    name: str | None = None
    level: int | None = None
    row: int | None = None
    column: int | None = None
    band: int | None = None
    tag: str | None = None
    offset: int | None = None
    size: int | None = None


class FlacRasterError(Exception):
    """Root of all errors raised by the engine; ``str(error)`` is meant for users.

    Parameters
    ----------
    code : str
        Key of `MESSAGES`; stable, and listed in docs/errors.md.
    name, remedy, **values
        As for `Message`. ``name``, ``tile``, ``tag``, ``offset`` and
        ``size`` are the place; ``expected`` and ``found`` are fields of their own.
    """

    message: Message

    def __init__(self, code: str, name: object = None, *, remedy: str = "", **values: Any):
        self.message = Message(code, name, remedy=remedy, **values)
        super().__init__(str(self.message))

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel between processes with all fields, and copy without the traceback."""
        make = copyreg.__newobj__  # type: ignore[attr-defined]  # not in typeshed
        return make, (type(self), *self.args), self.__dict__

    def redacted(self, redact: Callable[[str], str]) -> FlacRasterError:
        """Return the error with every text among its values passed through a function."""
        error = copy.copy(self)
        error.message = self.message.redacted(redact)
        error.args = (str(error.message),)
        return error

    @property
    def code(self) -> str:
        """What is wrong, for programs; the same in all releases and languages."""
        return self.message.code

    @property
    def remedy(self) -> str:
        """What to do, for programs; empty if there is nothing general to do."""
        return self.message.remedy

    @property
    def place(self) -> Place:
        """Where it is wrong."""
        name, tile, *others = map(self.message.get, ("name", "tile", *Place._fields[5:]))
        return Place(name, *(tile if isinstance(tile, tuple) else (None,) * 4), *others)

    @property
    def expected(self) -> Any:
        """What was expected; None if the code says it."""
        return self.message.get("expected")

    @property
    def found(self) -> Any:
        """What was found instead; None if the code says it."""
        return self.message.get("found")

    def to_dict(self) -> dict[str, Any]:
        """Return plain values for JSON."""
        place = {name: _plain(v) for name, v in self.place._asdict().items() if v is not None}
        fields = {"code": self.code, "message": str(self), "remedy": self.remedy, "place": place}
        return {**fields, "expected": _plain(self.expected), "found": _plain(self.found)}


def _plain(value: Any) -> Any:
    if isinstance(value, Integral) and not isinstance(value, bool):
        return int(value)
    is_plain = value is None or isinstance(value, (bool, str))
    return value if is_plain or (isinstance(value, float) and isfinite(value)) else str(value)


class InputError(FlacRasterError):
    """The input does not exist, cannot be read, or an option makes no sense for it."""


class OutsideRaster(InputError):
    """An area has no pixels of a raster."""


class DisjointArea(InputError):
    """An area reaches both ends of a raster that does not wrap around: it is not one window."""


#: Old name.
AreaInTwo = DisjointArea


class NotFlacRaster(InputError):
    """The bytes are not a FLAC raster: another format, a music file, or a truncated header."""


class UnsupportedVersion(NotFlacRaster):
    """A FLAC raster, but of a format version that this release does not read."""


class UnsupportedRaster(InputError):
    """A raster that cannot be kept without loss, so it is refused instead of being changed."""


class CorruptFile(FlacRasterError):
    """A FLAC raster whose header, index or file length contradicts itself."""


class CorruptTile(CorruptFile):
    """One damaged tile; the other tiles of the file can still be read."""


class RemoteError(InputError):
    """A server does not deliver a file, or not as a server must; ``__str__`` holds no secrets."""


class RemoteTimeout(RemoteError):
    """A server takes too long."""


class RemoteChanged(RemoteError):
    """A remote file was replaced while it was open; opening it again reads the new one."""


class OutputError(FlacRasterError):
    """The output cannot be written; whatever stood at its place before is untouched."""


class OutputExists(OutputError):
    """The output already exists and overwriting was not enabled."""


class MissingDependency(FlacRasterError):
    """A Python package that this operation needs is not installed."""


class WorkerError(FlacRasterError):
    """A worker failed or was lost, and trying again did not help."""


class Cancelled(FlacRasterError):
    """The caller's ``is_cancelled()`` returned true; nothing was left behind."""

    def __init__(self, operation: str = "operation.any"):
        named = Message(operation) if operation in MESSAGES else operation
        super().__init__("cancelled", operation=named)
