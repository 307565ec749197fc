"""Small cubes as others write them: NetCDF with a time axis, GRIB, GeoTIFF with dates."""

from __future__ import annotations

import shutil
import struct
import subprocess
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest
import rasterio
import rasterio.shutil
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
    number_type: str = "f8",
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
        dimension: ((dimension,), np.array(numbers, number_type), time_attributes),
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


def climate(path: Path) -> Path:
    """Write NetCDF as climate models do: two variables of 360-day months, and much beside them.

    ``tas`` and ``pr`` are of real numbers, ``snow`` is packed, ``orog`` has no time; there are
    bounds, a series, texts and a variable without any date yet. Latitudes go northwards.
    """
    months = np.arange(3.0)
    edges = np.stack([months * 30, months * 30 + 30], axis=1)
    values = np.random.default_rng(7).normal(280, 10, (3, 3, 4)).astype("f4")
    return netcdf(
        path,
        {"extra": 0, "time": 3, "lat": 3, "lon": 4, "bnds": 2, "place": 2, "letters": 6},
        {
            "time": (
                ("time",),
                months * 30 + 15,
                {"units": "days since 2001-1-1", "calendar": "360_day", "bounds": "time_bnds"},
            ),
            "time_bnds": (("time", "bnds"), edges, {}),
            "lat": (
                ("lat",),
                np.array([1.0, 2, 3]),
                {"units": "degrees_north", "bounds": "lat_edges"},
            ),
            "lat_edges": (("lat", "bnds"), np.array([[0.5, 1.5], [1.5, 2.5], [2.5, 3.5]]), {}),
            "lon": (("lon",), np.array([1.0, 2, 3, 4]), {"units": "degrees_east"}),
            "tas": (
                ("time", "lat", "lon"),
                values,
                {"units": "K", "_FillValue": np.float32(1e20)},
            ),
            "pr": (("time", "lat", "lon"), values / 7, {"units": "mm"}),
            "snow": (
                ("time", "lat", "lon"),
                np.arange(36, dtype="i2").reshape(3, 3, 4) - 18,
                {"scale_factor": 0.1, "add_offset": 5.0, "_FillValue": np.int16(-999)},
            ),
            "orog": (("lat", "lon"), values[0] * 3, {"units": "m"}),
            "series": (("time",), months.astype("f4"), {}),
            "names": (("place", "letters"), np.array([[*"Berlin"], [*"London"]], "S1"), {}),
            "later": (("extra", "lat", "lon"), np.zeros((0, 3, 4), "f4"), {}),
        },
        {"Conventions": "CF-1.7", "history": "made by hand"},
    )


def curvilinear(path: Path) -> Path:
    """Write NetCDF as of radar or ocean models, whose pixels lie where two variables say."""
    rows, columns = np.mgrid[0:3, 0:4]
    return netcdf(
        path,
        {"time": 2, "y": 3, "x": 4},
        {
            "time": (("time",), np.array([1.0, 2]), {"units": "hours since 2020-01-01"}),
            "lat": (("y", "x"), 40 + rows * 0.1 + columns * 0.01, {"units": "degrees_north"}),
            "lon": (("y", "x"), columns * 0.1 - 90, {"units": "degrees_east"}),
            "rain": (
                ("time", "y", "x"),
                np.arange(24, dtype="f4").reshape(2, 3, 4),
                {"coordinates": "lat lon"},
            ),
        },
    )


def grib(path: Path, elements: list[tuple[int, int, int]], hours: list[int]) -> Path:
    """Write GRIB as weather models do, with the pixels ``10 * band + hour`` and more to the right.

    Parameters
    ----------
    elements : list
        Category, number and height above ground of each field of an hour.
    hours : list of int
        Since the first of January 2020.
    """
    need_driver("GRIB")
    fields = [(hour, element) for hour in hours for element in elements]
    planes = [np.full((3, 4), 10 * n + h) + np.arange(4) for n, (h, _) in enumerate(fields)]
    source = path.with_suffix(".tif")
    options = {}
    for number, (hour, (category, parameter, height)) in enumerate(fields, start=1):
        options[f"BAND_{number}_IDS"] = (
            "CENTER=98 SUBCENTER=0 MASTER_TABLE=5 LOCAL_TABLE=0 SIGNF_REF_TIME=1 "
            "REF_TIME=2020-01-01T00:00:00Z PROD_STATUS=0 TYPE=1"
        )
        options[f"BAND_{number}_PDS_PDTN"] = "0"
        options[f"BAND_{number}_PDS_TEMPLATE_NUMBERS"] = (
            f"{category} {parameter} 2 255 255 0 0 0 1 0 0 0 {hour} 103 0 0 0 0 {height} "
            "255 0 0 0 0 0"
        )
    with rasterio.open(
        *(source, "w", "GTiff", 4, 3, len(planes)),
        crs="EPSG:4326",
        transform=from_origin(5, 50, 0.5, 0.5),
        dtype="float32",
    ) as made:
        made.write(np.array(planes, "f4"))
    rasterio.shutil.copy(source, path, driver="GRIB", **options)
    source.unlink()
    return path


def grib1(path: Path, fields: list[tuple[datetime, int, int, int]]) -> Path:
    """Write GRIB of edition 1, which GDAL only reads, of 3 x 4 pixels.

    Parameters
    ----------
    fields : list
        Reference time, two steps in hours, and how these are meant: 0 for a forecast of the first
        one, 4 for an accumulation between both (table 5 of the format).
    """
    need_driver("GRIB")
    made = b""
    for number, (when, first, second, kind) in enumerate(fields):
        century, year = divmod(when.year - 1, 100)
        clock = (year + 1, when.month, when.day, when.hour, when.minute)
        product = bytes([2, 7, 96, 255, 128, 11, 1, 0, 0, *clock, 1, first, second, kind])
        product += bytes([0, 0, 0, century + 1, 0, 0, 0])
        corners = [(each).to_bytes(3, "big") for each in (50000, 5000, 48000, 8000)]
        grid = bytes([0, 255, 0]) + struct.pack(">HH", 4, 3) + corners[0] + corners[1] + b"\x80"
        grid += corners[2] + corners[3] + struct.pack(">HH", 1000, 1000) + bytes(5)
        # a byte each, above a reference of 100 in IBM's form of numbers
        data = b"\0" + struct.pack(">h", 0) + b"\x42\x64\0\0" + b"\x08"
        data += bytes(range(12 * number, 12 * number + 12)) + b"\0"
        parts = b"".join(
            (len(each) + 3).to_bytes(3, "big") + each for each in (product, grid, data)
        )
        made += b"GRIB" + (len(parts) + 12).to_bytes(3, "big") + b"\x01" + parts + b"7777"
    path.write_bytes(made)
    return path


def in_groups(path: Path) -> Path:
    """Write NetCDF-4 with a variable of the same name at the top and in two groups."""
    need_driver("netCDF")
    program = shutil.which("gdalmdimtranslate")
    if program is None:
        pytest.skip("gdalmdimtranslate is not installed")
    refs = '<DimensionRef ref="/lat"/><DimensionRef ref="/lon"/>'
    array = f'<Array name="tas"><DataType>Float32</DataType>{refs}<InlineValues>%s</InlineValues>'
    arrays = [array % " ".join(str(n + each) for n in range(12)) + "</Array>" for each in range(3)]
    axes = "".join(
        f'<Array name="{name}"><DataType>Float64</DataType><DimensionRef ref="{name}"/>'
        f'<Attribute name="units"><DataType>String</DataType><Value>{unit}</Value></Attribute>'
        f"<InlineValues>{values}</InlineValues></Array>"
        for name, unit, values in (
            ("lat", "degrees_north", "3 2 1"),
            ("lon", "degrees_east", "1 2 3 4"),
        )
    )
    source = path.with_suffix(".vrt")
    source.write_text(
        '<VRTDataset><Group name="/">'
        '<Dimension name="lat" size="3" indexingVariable="lat"/>'
        f'<Dimension name="lon" size="4" indexingVariable="lon"/>{axes}{arrays[0]}'
        f'<Group name="model">{arrays[1]}<Group name="run 1">{arrays[2]}</Group></Group>'
        "</Group></VRTDataset>"
    )
    made = path.with_suffix(".nc")
    subprocess.run([program, source, made, "-of", "netCDF", "-q"], check=True, timeout=60)
    source.unlink()
    return made.rename(path)
