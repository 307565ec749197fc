"""Rasters as lazy xarray datasets."""

from .backend import FlacRasterBackend

__all__ = ["FlacRasterBackend"]
