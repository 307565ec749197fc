"""Values of options that all interfaces list."""

from __future__ import annotations

EFFORTS = ("fast", "balanced", "small")
DEFAULT_EFFORT = "balanced"


#: ``average`` for measured values, ``mode`` (the most frequent) for classes, ``nearest`` (the upper
#: left) for either.
METHODS = ("average", "mode", "nearest")


OVERVIEWS = ("auto", *METHODS, "none")
INTERLEAVES = ("auto", "pixel", "band")
