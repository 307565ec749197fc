"""Small cubes as others write them: NetCDF with a time axis, GRIB, GeoTIFF with dates."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import pytest
import rasterio
from rasterio.transform import from_origin

_TYPES = {"S1": 2, "i2": 3, "i4": 4, "f4": 5, "f8": 6}


def need_driver(name: str) -> None:
    """Skip a test where GDAL lacks a driver."""
    with rasterio.Env() as env:
        if name not in env.drivers():
            pytest.skip(f"GDAL has no driver {name}")


def netcdf(path: Path, dimensions: dict, variables: dict, attributes: dict | None = None) -> Path:
    """Write a NetCDF file in its classic format.

    Parameters
    ----------
    dimensions : dict
        Lengths by name.
    variables : dict
        ``(dimensions, array, attributes)`` by name.
    """
    need_driver("netCDF")
    names = [*dimensions]
    chunks = [
        np.ascontiguousarray(a, np.asarray(a).dtype.newbyteorder(">")).tobytes()
        for _, a, _ in variables.values()
    ]
    chunks = [chunk + bytes(-len(chunk) % 4) for chunk in chunks]

    def header(begins: list[int]) -> bytes:
        made = b"CDF\x01" + struct.pack(">i", 0)
        made += struct.pack(">ii", 10, len(names))
        made += b"".join(_name(name) + struct.pack(">i", dimensions[name]) for name in names)
        made += _attributes(attributes or {}) + struct.pack(">ii", 11, len(variables))
        for (name, (own, array, extra)), begin, data in zip(variables.items(), begins, chunks):
            made += _name(name) + struct.pack(">i", len(own))
            made += b"".join(struct.pack(">i", names.index(each)) for each in own)
            kind = _TYPES[np.asarray(array).dtype.str[1:]]
            made += _attributes(extra) + struct.pack(">iii", kind, len(data), begin)
        return made

    begins, place = [], len(header([0] * len(chunks)))
    for chunk in chunks:
        begins.append(place)
        place += len(chunk)
    path.write_bytes(header(begins) + b"".join(chunks))
    return path


def _name(text: str) -> bytes:
    data = text.encode()
    return struct.pack(">i", len(data)) + data + bytes(-len(data) % 4)


def _attributes(items: dict) -> bytes:
    if not items:
        return bytes(8)
    made = struct.pack(">ii", 12, len(items))
    for key, value in items.items():
        if isinstance(value, str):
            data, kind, count = value.encode(), 2, len(value.encode())
        else:
            array = np.atleast_1d(value)
            data = array.astype(array.dtype.newbyteorder(">")).tobytes()
            kind, count = _TYPES[array.dtype.str[1:]], array.size
        made += _name(key) + struct.pack(">ii", kind, count) + data + bytes(-len(data) % 4)
    return made


def cube(
    path: Path,
    numbers: list[float],
    units: str | None,
    calendar: str | None = None,
    bounds: list | None = None,
    levels: list[float] | None = None,
    dimension: str = "time",
    attributes: dict | None = None,
) -> Path:
    """Write a NetCDF file of one variable ``tos``, of times, perhaps levels, 3 x 4 pixels."""
    dims = {dimension: len(numbers), "lat": 3, "lon": 4}
    time_attributes = {**(attributes or {})}
    if units is not None:
        time_attributes["units"] = units
    if calendar is not None:
        time_attributes["calendar"] = calendar
    if bounds is not None:
        time_attributes["bounds"] = f"{dimension}_bnds"
    found = {
        "lat": (("lat",), np.array([3.0, 2, 1]), {"units": "degrees_north"}),
        "lon": (("lon",), np.array([1.0, 2, 3, 4]), {"units": "degrees_east"}),
        dimension: ((dimension,), np.array(numbers, "f8"), time_attributes),
    }
    if bounds is not None:
        dims["bnds"] = 2
        found[f"{dimension}_bnds"] = ((dimension, "bnds"), np.array(bounds, "f8"), {})
    shape = [dimension, "lat", "lon"]
    if levels is not None:
        dims["level"] = len(levels)
        found["level"] = (("level",), np.array(levels, "f8"), {"units": "hPa"})
        shape.insert(1, "level")
    size = [dims[name] for name in shape]
    values = np.arange(np.prod(size), dtype="f4").reshape(size) + 271
    extra = {"long_name": "sea surface temperature", "units": "K", "_FillValue": np.float32(1e20)}
    found["tos"] = (tuple(shape), values, extra)
    return netcdf(path, dims, found)


def geotiff(path: Path, descriptions: list[str | None], tags: list[dict] | None = None) -> Path:
    """Write a GeoTIFF whose bands have descriptions and tags; a domain has a dict of its own."""
    count = len(descriptions)
    pixels = np.arange(count * 20 * 30, dtype="int16").reshape(count, 20, 30)
    with rasterio.open(
        *(path, "w", "GTiff", 30, 20, count),
        crs="EPSG:4326",
        transform=from_origin(5, 50, 0.5, 0.5),
        dtype="int16",
    ) as made:
        made.write(pixels)
        for number, text in enumerate(descriptions, start=1):
            if text:
                made.set_band_description(number, text)
        for number, items in enumerate(tags or [], start=1):
            for domain, own in items.items():
                made.update_tags(number, ns=domain or None, **own)
    return path
