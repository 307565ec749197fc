"""Stores that GDAL does not read, such as Zarr of several variables, through xarray."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping
from typing import Any

import xarray

from ..errors import InputError
from .axes import find_dimensions
from .raster import XarrayRaster
from .time_coordinate import bounds_name

#: As files have values: nothing is unpacked or decoded, so that every bit is kept.
_AS_STORED: Mapping[str, Any] = {
    "mask_and_scale": False,
    "decode_times": False,
    "decode_coords": "all",
    "chunks": None,
    "cache": False,
}


class Store:
    """Variables of a store that is open.

    Parameters
    ----------
    name : str
        For messages.
    datasets : mapping of str to xarray.Dataset
        By group; that of the root is empty.
    """

    def __init__(self, name: str, datasets: Mapping[str, xarray.Dataset]):
        self.name = name
        self._datasets = datasets

    def roles(self) -> Iterator[tuple[str, str]]:
        """Yield the path of each variable that is not an axis, and what it is.

        The words are those of `flac_raster_qgis.engine.rasterio_io.container`.
        """
        for group, dataset in self._datasets.items():
            bounds = {str(bounds_name(each)) for each in dataset.coords.values()}
            for name, array in dataset.variables.items():
                if array.ndim > 1 or name in dataset.data_vars:
                    yield _path(group, str(name)), _role(dataset, str(name), bounds)

    def raster(self, path: str) -> XarrayRaster:
        """Return a variable as a raster, which is read as long as the store is open."""
        group, _, name = path.rpartition("/")
        dataset = self._datasets[group]
        if name in dataset.coords:
            dataset = dataset.reset_coords(name)
        others = [other for other in dataset.data_vars if other != name]
        return XarrayRaster(dataset.drop_vars(others), f"{self.name}, {path}")

    def close(self) -> None:
        """Close the files."""
        for dataset in self._datasets.values():
            dataset.close()


def _path(group: str, name: str) -> str:
    return f"{group}/{name}" if group else name


def _role(dataset: xarray.Dataset, name: str, bounds: set[str]) -> str:
    array = dataset[name]
    if name in bounds or name.lower().endswith(("_bnds", "_bounds")):
        return "bounds"
    if name in dataset.coords:
        return "coordinates"
    if array.dtype.kind not in "biufc":
        return "text"
    if find_dimensions(array) is None:
        return "scalar" if array.ndim == 0 else "line"
    return "raster" if array.size else "empty"


def open_store(path: str, engine: str | None) -> Store:
    """Open a store, by xarray's name of how to read it, or in any way.

    Raises `InputError` if xarray cannot read it, ImportError if it lacks a package for it.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of stores without consolidated metadata
            return Store(path, _open_groups(path, engine))
    except ImportError:
        raise
    except Exception as error:  # of any library that xarray reads with
        if _lacks_package(error):
            raise ImportError(str(error)) from error
        reason = f"{type(error).__name__}: {error}"
        raise InputError("input.not_raster", path, reason=reason) from error


def _lacks_package(error: Exception) -> bool:
    """Whether xarray says that no package is installed for a kind of files."""
    text = str(error)
    return isinstance(error, ValueError) and (
        "unrecognized engine" in text or "did not find a match in any of xarray's" in text
    )


def _open_groups(path: str, engine: str | None) -> dict[str, xarray.Dataset]:
    """Return the datasets of all groups, each with the coordinates of those above it."""
    try:
        groups = xarray.open_groups(path, engine=engine, **_AS_STORED)
        found = {name.strip("/"): dataset for name, dataset in groups.items()}
    except (AttributeError, NotImplementedError, TypeError):
        # xarray before 2024.10, and files that have no groups
        found = {"": xarray.open_dataset(path, engine=engine, **_AS_STORED)}
    for group in sorted(found, key=len):
        above = found.get(group.rpartition("/")[0]) if group else None
        if above is not None:
            found[group] = _with_coordinates(found[group], above)
    return found


def _with_coordinates(dataset: xarray.Dataset, above: xarray.Dataset) -> xarray.Dataset:
    """Return a dataset with the coordinates of its dimensions that a group above it has."""
    missing = {
        name: coordinate
        for name, coordinate in above.coords.items()
        if name not in dataset.variables
        and all(dataset.sizes.get(each) == above.sizes[each] for each in coordinate.dims)
    }
    return dataset.assign_coords(missing)
