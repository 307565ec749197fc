"""When a whole raster was taken, where its bands do not say it themselves."""

from __future__ import annotations

from pathlib import PurePath

from .band_times import ACQUIRED, IMAGERY
from .metadata import RasterMetadata
from .text_dates import find_date
from .times import Time, parse_time_or_none

#: Where files say it, after the time of acquisition. The last one is without a zone, and often when
#: the file was written, so that a date in the name goes before.
_COVERAGE = ("NC_GLOBAL#time_coverage_start", "NC_GLOBAL#time_coverage_end")
_TIFF = "TIFFTAG_DATETIME"


def find_file_time(metadata: RasterMetadata, name: str) -> tuple[Time, str] | None:
    """Return the time of a raster and where it was found, None if it is not said.

    Nothing of it is written: the tags and the name stay what they are.
    """
    top = metadata.tags.get("", {})
    acquired = parse_time_or_none(metadata.tags.get(IMAGERY, {}).get(ACQUIRED, ""))
    if acquired is not None:
        return acquired, ACQUIRED
    first, last = (parse_time_or_none(top.get(key, "")) for key in _COVERAGE)
    if first is not None:
        end = None if last is None else last.end or last.start
        is_interval = end is not None and end > first.start
        return Time(first.start, end) if is_interval else first, "time_coverage_start"
    named = find_date(PurePath(name.rpartition("/")[2]).stem)
    if named is not None:
        return named[0], "file name"
    written = parse_time_or_none(top.get(_TIFF, "").replace(":", "-", 2))
    return None if written is None else (written, _TIFF)
