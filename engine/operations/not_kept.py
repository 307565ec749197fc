"""What an output could not hold of its raster."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ..errors import InputError
from ..model.metadata import RasterMetadata
from ..storage.output import written_bytes
from .metadata_diff import metadata_differences, statistics_differences
from .opening import open_raster


def not_kept(metadata: RasterMetadata, path: Path, layout: str, original: str) -> tuple[str, ...]:
    """Say, from the written file itself, what of the metadata it does not hold.

    Parameters
    ----------
    metadata : RasterMetadata
        Of the raster that was written.
    path : Path
    layout, original : str
        What cannot hold it, and what still does, as parts of a sentence.

    Returns
    -------
    tuple of str
        A sentence for each thing that is lost.

    Raises
    ------
    OutputError
        If something has taken the file away since it was written.
    """
    try:
        with open_raster(path) as written:
            found = [
                difference
                for differences in (metadata_differences, statistics_differences)
                for difference in differences(metadata, written.metadata)
            ]
    except InputError:
        written_bytes(path)  # says it better where the file is gone
        raise
    sentences = []
    for difference in found:
        was, became = _changed(difference.a, difference.b)
        sentences.append(
            f"{layout} cannot hold all of this raster's {difference.what}: it was {_short(was)} "
            f"and became {_short(became)}; {original} still has it."
        )
    return tuple(sentences)


def _changed(a: Any, b: Any) -> tuple[Any, Any]:
    """Leave out the items of two mappings that are equal in both, at every depth."""
    if not (isinstance(a, dict) and isinstance(b, dict)):
        return a, b
    left, right = {}, {}
    for key in [*a, *(key for key in b if key not in a)]:
        was, became = _changed(a.get(key), b.get(key))
        if was != became:
            left.update({key: was} if key in a else {})
            right.update({key: became} if key in b else {})
    return left, right


def _short(value: Any) -> str:
    """Show a value in a sentence."""
    text = "nothing" if value in (None, {}, []) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


#: Characters of a value in a sentence.
_LONGEST = 200
