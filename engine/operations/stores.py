"""Stores of variables that xarray opens where GDAL does not: Zarr, and NetCDF without a driver."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from typing import TYPE_CHECKING

from ..errors import MissingDependency

if TYPE_CHECKING:
    from ..xarray_io.store import Store

#: Zarr of its formats 2 and 3, and NetCDF or HDF5.
ZARR, ZARR_3, NETCDF = "zarr", "zarr 3", "netcdf"
#: Files at the top of a store of Zarr.
_OF_ZARR = {"zarr.json": ZARR_3, ".zgroup": ZARR, ".zarray": ZARR, ".zmetadata": ZARR}
#: First bytes of NetCDF and HDF5.
_SIGNATURES = (b"CDF", b"\x89HDF\r\n\x1a\n")
#: What xarray needs to read them, as pip installs it.
_PACKAGES = {
    ZARR: ("xarray", "zarr"),
    ZARR_3: ("xarray", "zarr>=3"),
    NETCDF: ("xarray", "h5netcdf", "scipy"),
}


def store_kind(path: str) -> str | None:
    """Return what a folder or file is; None if xarray does not open it."""
    try:
        if os.path.isdir(path):
            kinds = (k for n, k in _OF_ZARR.items() if os.path.isfile(os.path.join(path, n)))
            return next(kinds, None)
        with open(path, "rb") as file:
            return NETCDF if file.read(8).startswith(_SIGNATURES) else None
    except (OSError, ValueError):  # ValueError: a NUL in the name
        return None


@contextmanager
def opened_store(path: str, kind: str) -> Iterator[Store]:
    """Open a store for the length of a ``with`` block.

    Raises
    ------
    InputError
        If xarray cannot read it.
    MissingDependency
        If it needs packages that are not installed.
    """
    try:
        from ..xarray_io import store as of_xarray

        if kind == ZARR_3 and int(version("zarr").partition(".")[0]) < 3:
            raise ImportError(f"zarr {version('zarr')} reads format 2 only")
        store = of_xarray.open_store(path, None if kind == NETCDF else "zarr")
    except ImportError as error:  # also where a package has no version, for it is not there
        names = _PACKAGES[kind]
        text = f"{', '.join(names[:-1])} and {names[-1]}"
        packages = " ".join(f'"{name}"' if ">" in name else name for name in names)
        raise MissingDependency("package.store", path, found=text, package=packages) from error
    try:
        yield store
    finally:
        store.close()
