"""Everything the engine raises on purpose.

One root, so that a caller can catch ``FlacRasterError`` and show its text: each message is a whole
sentence that names the file, the place in it, what was expected, what was found and what to do.
"""

from __future__ import annotations

import copyreg
from typing import Any

#: Longer messages are cut: what a file says of itself may be quoted in them.
_LONGEST = 900


def printable(text: str) -> str:
    """Spell out the characters that a terminal would obey instead of show."""
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)


class FlacRasterError(Exception):
    """Root of all errors raised by the engine; ``str(error)`` is meant for users.

    Parameters
    ----------
    message : str
        A sentence. Since it may quote a hostile file, characters that a terminal would obey are
        spelled out, and what is very long is cut.
    """

    def __init__(self, message: str):
        text = printable(str(message)).rstrip(". ")
        if len(text) > _LONGEST:
            text = f"{text[: _LONGEST // 2]} … {text[-_LONGEST // 2 :]}"
        super().__init__(f"{text}.")

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel between processes with the text as it is, not made into a sentence once more."""
        make = copyreg.__newobj__  # type: ignore[attr-defined]  # not in typeshed
        return make, (type(self), *self.args), self.__dict__ or None


class InputError(FlacRasterError):
    """The input does not exist, cannot be read, or an option makes no sense for it."""


class OutsideRaster(InputError):
    """An area has no pixels of a raster."""


class AreaInTwo(InputError):
    """An area reaches over both ends of a raster, which do not go on from each other."""


class NotFlacRaster(InputError):
    """The bytes are not a FLAC raster: another format, a music file, or a cut-off header."""


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
    """The output is there already and overwriting was not asked for.

    Parameters
    ----------
    fact : str
        What was found; each interface has its own way to ask for overwriting.
    """

    def __init__(self, fact: str):
        super().__init__(f"{fact}; choose another name or ask for overwriting.")
        self.fact = fact


class MissingDependency(FlacRasterError):
    """A Python package that this operation needs is not installed."""


class WorkerError(FlacRasterError):
    """A worker failed or was lost, and trying again did not help."""


class Cancelled(FlacRasterError):
    """The caller's ``cancelled()`` returned true; nothing was left behind."""

    def __init__(self, what: str = "The operation"):
        super().__init__(f"{what} was cancelled; nothing was written.")
