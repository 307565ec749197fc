"""Rasters as lazy xarray datasets, and arrays of xarray as rasters."""

from .accessor import FlacRasterAccessor
from .backend import FlacRasterBackend
from .write import to_flac

__all__ = ["FlacRasterAccessor", "FlacRasterBackend", "to_flac"]
