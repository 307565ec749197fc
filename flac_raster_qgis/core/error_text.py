"""Texts of errors in the language of QGIS."""

from __future__ import annotations

from .translation import tr


def error_text(error: object) -> str:
    """Return the text of an error or a note, translated if the engine has composed it.

    The engine is not imported: it is when it is first used, and may be unable to.
    """
    message = getattr(error, "message", error)
    translated = getattr(message, "translated", None)
    return str(error) if translated is None else str(translated(tr))
