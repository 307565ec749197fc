"""Kinds of what a raster says of itself, each a function that says it to an open GDAL dataset.

Runs where GDAL's own Python bindings are, which need not be where the engine is.
"""

from . import classes, colors, everything, georeference, masks, metadata, values  # noqa: F401
from .registry import KINDS, crs_of
from .types import pixels

__all__ = ["KINDS", "crs_of", "pixels"]
