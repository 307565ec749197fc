"""Write a raster as NetCDF by the conventions of CF: times, bounds, grid mapping, packed values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import xarray

from ..errors import Message, MissingDependency, OutputError, UnsupportedRaster
from ..model.band_times import CALENDAR
from ..model.data_types import Array
from ..model.grid import Level
from ..model.metadata import Band, RasterMetadata
from .layout import BandGroup, band_coordinates, describe_variable, grid_coordinates
from .netcdf_names import NAMES_IN_USE, global_attributes, plain_name, split_labels, variable_items
from .times import BOUNDS, ENDS, LABEL, TIME, TimeLayout, time_layout

#: Packages that write NetCDF, with xarray's names for them, the first that is there is used. The
#: last one writes the classic format, which has fewer types.
_ENGINES = (("netCDF4", "netcdf4"), ("h5netcdf", "h5netcdf"), ("scipy", "scipy"))
#: Types of the classic format that hold those that it lacks.
_CLASSIC = {"uint16": "i4", "uint32": "f8", "int64": "f8", "uint64": "f8"}
#: Most bytes of a variable of the classic format.
_CLASSIC_BYTES = 1 << 31
#: Whole numbers up to this are exact in float64.
_EXACT = 1 << 53
_MASK = "mask"


def write_netcdf(
    path: Path, metadata: RasterMetadata, pixels: Array, mask: Array | None, name: str
) -> tuple[Message, ...]:
    """Write a raster in memory, and return a sentence about what the format cannot hold.

    Parameters
    ----------
    path : Path
    metadata : RasterMetadata
    pixels : ndarray, shape (bands, height, width)
    mask : ndarray of bool, shape (height, width), optional
    name : str
        For messages.

    Raises
    ------
    UnsupportedRaster
        For complex numbers, and bands of a variable that are packed in different ways.
    MissingDependency
        Without a package that writes NetCDF, or one for the calendar.
    OutputError
    """
    engine = _engine()
    is_classic = engine == "scipy"
    dataset = netcdf_dataset(metadata, pixels, mask, name, is_classic=is_classic)
    if is_classic and any(each.nbytes >= _CLASSIC_BYTES for each in dataset.variables.values()):
        raise MissingDependency("netcdf.large", name, package="netCDF4", found=pixels.nbytes)
    try:
        kind: Any = "NETCDF3_64BIT" if is_classic else "NETCDF4"
        dataset.to_netcdf(path, format=kind, engine=engine)
    except (OSError, MemoryError):
        raise
    except Exception as error:  # of any of the packages
        raise OutputError("output.cannot_write", name, reason=str(error)) from error
    return tuple(_lost(metadata, name))


def check_writable(metadata: RasterMetadata, name: str) -> None:
    """Raise, before any work, what `write_netcdf` would raise without its pixels."""
    if np.dtype(metadata.dtype).kind == "c":
        raise UnsupportedRaster("netcdf.complex", name, found=metadata.dtype)
    _engine()
    # dates of other calendars would become those of the standard one
    if CALENDAR in metadata.tags.get("", {}) and find_spec("cftime") is None:
        raise MissingDependency(
            "package.missing", purpose=Message("purpose.calendar"), package="cftime"
        )


def _engine() -> Any:
    found = next((engine for package, engine in _ENGINES if find_spec(package)), None)
    if found is None:
        raise MissingDependency(
            "package.missing", purpose=Message("purpose.netcdf"), package=_ENGINES[0][0]
        )
    return found


def netcdf_dataset(
    metadata: RasterMetadata, pixels: Array, mask: Array | None, name: str, *, is_classic: bool
) -> xarray.Dataset:
    """Return a raster as a dataset whose variables are as NetCDF stores them.

    Each label of bands with times is a variable of the dimensions (time, y, x), or a place along a
    further dimension. ``is_classic`` says whether the types are those of the classic format.
    """
    times = time_layout(metadata, least_dates=1)
    groups, coordinates = _groups(metadata, times, name)
    coordinates |= _place(metadata, name)
    if times is not None:
        coordinates |= _times(times, {each for own, _ in groups.values() for each in own})
    variables: dict[str, xarray.Variable] = {}
    for key, (dimensions, bands) in groups.items():
        _check_packing([metadata.bands[int(band)] for band in bands.flat], key, name)
        attributes, _ = describe_variable(
            replace(metadata, tags={}), bands, dimensions, masked=False, scaled=False
        )
        values, packed = _stored(pixels[bands], attributes, is_classic, name)
        if mask is not None:
            packed["ancillary_variables"] = _MASK
        encoding = {"grid_mapping": "spatial_ref"} if "spatial_ref" in coordinates else {}
        variables[key] = xarray.Variable(
            (*dimensions, "y", "x"),
            values,
            variable_items(metadata, key, packed, values.dtype),
            {**encoding, **_storage(is_classic), **_fill(packed)},
        )
    if mask is not None:
        flags = {"flag_values": np.array([0, 1], "i1"), "flag_meanings": "masked valid"}
        variables[_MASK] = xarray.Variable(("y", "x"), mask.astype("i1"), flags)
    attributes = {"Conventions": "CF-1.8", **global_attributes(metadata)}
    if BOUNDS in coordinates:  # which CF does not count among coordinates
        variables[BOUNDS] = coordinates.pop(BOUNDS)
    return xarray.Dataset(variables, coordinates, attributes)


def _fill(attributes: Mapping[str, Any]) -> dict[str, Any]:
    """Return an encoding without the nodata value that xarray would add."""
    return {} if "_FillValue" in attributes else {"_FillValue": None}


def _storage(is_classic: bool) -> dict[str, Any]:
    return {} if is_classic else {"zlib": True, "complevel": 4, "shuffle": True}


def _groups(
    metadata: RasterMetadata, times: TimeLayout | None, name: str
) -> tuple[dict[str, BandGroup], dict[str, Any]]:
    """Return the bands of each variable, and the coordinates of their dimensions."""
    own = plain_name(metadata)
    if times is not None and times.has_dimension:
        split = split_labels(times.labels)
        if split is None:
            names = _unique(times.labels, own)
            return {key: ((TIME,), times.bands[:, n]) for n, key in enumerate(names)}, {}
        dimension, values, columns = split
        attributes = {
            key.partition("#")[2]: text
            for key, text in metadata.tags.get("", {}).items()
            if key.startswith(f"{dimension}#")
        }
        place: dict[str, Any] = {
            dimension: xarray.Variable((dimension,), values, attributes, {"_FillValue": None})
        }
        groups: dict[str, BandGroup] = {
            key or own: ((TIME, dimension), times.bands[:, n]) for key, n in columns.items()
        }
        return groups, place
    bands = np.arange(metadata.count)
    if metadata.count == 1:
        return {own: ((), np.asarray(0))}, {}
    if len({_packing(band) for band in metadata.bands}) == 1:
        place = band_coordinates(metadata.count, times)
        texts = [band.description or "" for band in metadata.bands]
        if len({*texts}) > 1:  # an attribute has no place for them
            place.setdefault(LABEL, ("band", np.array(texts, object)))
        return {own: (("band",), bands)}, place
    labels = [band.description or f"band_{n}" for n, band in enumerate(metadata.bands, start=1)]
    return {key: ((), np.asarray(n)) for n, key in enumerate(_unique(labels, own))}, {}


def _unique(labels: Sequence[str], alone: str) -> list[str]:
    """Return names of variables for labels of bands."""
    names: list[str] = []
    for number, label in enumerate(labels, start=1):
        text = re.sub(r"\W+", "_", label, flags=re.ASCII).strip("_")
        if not text:
            text = alone if len(labels) == 1 else f"band_{number}"
        text = f"band_{text}" if text in NAMES_IN_USE or not text[0].isalpha() else text
        names.append(text if text not in names else f"{text}_{number}")
    return names


def _packing(band: Band) -> tuple[str, ...]:
    return tuple(map(repr, (band.scale, band.offset, band.nodata, band.unit)))


def _check_packing(bands: Sequence[Band], key: str, name: str) -> None:
    if len({_packing(band)[:3] for band in bands}) > 1:
        raise UnsupportedRaster("netcdf.packing", name, variable=key)


def _stored(
    pixels: Array, attributes: dict[str, Any], is_classic: bool, name: str
) -> tuple[Array, dict[str, Any]]:
    """Return pixels in a type that NetCDF has, with the same values, and their attributes."""
    made = {key: value for key, value in attributes.items() if not isinstance(value, tuple)}
    for key, plain in (("scale_factor", 1.0), ("add_offset", 0.0)):
        if made.get(key) == plain:  # xarray would make floats of integers
            del made[key]
    dtype = pixels.dtype
    if dtype == "f2":
        pixels = pixels.astype("f4")
    elif is_classic and dtype == "u1":
        pixels = pixels.view("i1")
        made["_Unsigned"] = "true"
    elif is_classic and dtype.name in _CLASSIC:
        if dtype.itemsize == 8 and pixels.size:
            largest = max(-int(pixels.min()), int(pixels.max()))
            if largest > _EXACT:
                raise MissingDependency("netcdf.classic", name, package="netCDF4", found=dtype)
        pixels = pixels.astype(_CLASSIC[dtype.name])
    if "_FillValue" in made and pixels.dtype != dtype:
        fill = np.asarray(made["_FillValue"])
        is_view = pixels.dtype.itemsize == 1
        made["_FillValue"] = (fill.view("i1") if is_view else fill.astype(pixels.dtype))[()]
    return pixels, made


def _place(metadata: RasterMetadata, name: str) -> dict[str, Any]:
    """Return coordinates of pixels and the grid mapping, as CF describes them."""
    size = Level(0, metadata.width, metadata.height, max(metadata.width, metadata.height))
    found = grid_coordinates(metadata, size, name, wanted=bool(metadata.has_transform))
    spatial_ref = found["spatial_ref"]
    if not metadata.has_transform:
        del spatial_ref.attrs["GeoTransform"]
    if not spatial_ref.attrs:
        return {}
    kind = _kind_of_crs(metadata.crs)
    spatial_ref.attrs.update(_parameters(spatial_ref.attrs.get("crs_wkt")))
    for key, axis in (("x", "X"), ("y", "Y")):
        if key in found:
            described = {"axis": axis, **kind.get(key, {})}
            dimensions, values = found[key]
            found[key] = xarray.Variable(dimensions, values, described, {"_FillValue": None})
    return found


def _kind_of_crs(crs: str | None) -> dict[str, dict[str, str]]:
    """Return the attributes of the coordinates in a CRS."""
    if not crs:
        return {}
    from ..rasterio_io.crs import linear_unit, units_per_turn

    unit = linear_unit(crs)
    if unit is not None:
        unit = "m" if unit in ("metre", "meter") else unit
        return {
            axis: {"standard_name": f"projection_{axis}_coordinate", "units": unit}
            for axis in ("x", "y")
        }
    if units_per_turn(crs) != 360:
        return {}
    return {
        "x": {"standard_name": "longitude", "units": "degrees_east"},
        "y": {"standard_name": "latitude", "units": "degrees_north"},
    }


def _parameters(wkt: str | None) -> dict[str, Any]:
    """Return the parameters of a CRS by their names in CF, where pyproj is installed.

    GDAL, QGIS and rioxarray read the WKT.
    """
    if not wkt:
        return {}
    try:
        from pyproj import CRS
        from pyproj.exceptions import CRSError
    except ImportError:
        return {}
    try:
        found = CRS.from_wkt(wkt).to_cf()
    except (CRSError, KeyError, ValueError):
        return {}
    return {key: value for key, value in found.items() if key != "crs_wkt" and value is not None}


def _times(times: TimeLayout, used: set[str]) -> dict[str, Any]:
    """Return the times whose dimensions are used, in one unit with their bounds."""
    used = used | {ENDS}
    found = {key: value.copy() for key, value in times.coordinates.items() if {*value.dims} <= used}
    time, bounds = found.get(TIME), found.get(BOUNDS)
    if time is None:
        return {}
    if "units" not in time.encoding:
        time.encoding.update(_units(time, bounds))
    for each in (time,) if bounds is None else (time, bounds):
        each.encoding |= {key: time.encoding[key] for key in ("units", "calendar", "dtype")}
        each.encoding["_FillValue"] = None
    return found


def _units(time: xarray.Variable, bounds: xarray.Variable | None) -> dict[str, Any]:
    """Return the largest unit of which all times are whole numbers, since the first day."""
    when = np.concatenate([each.values.ravel() for each in (time, bounds) if each is not None])
    first = when.min()
    if isinstance(first, np.datetime64):
        whole = when.astype("M8[us]").astype("i8")
        day, calendar = str(first)[:10], "proleptic_gregorian"
    else:
        clock = [((d.hour * 60 + d.minute) * 60 + d.second) * 10**6 + d.microsecond for d in when]
        whole, calendar = np.array(clock, "i8"), str(first.calendar)
        day = f"{first.year:04d}-{first.month:02d}-{first.day:02d}"
    lengths = (("days", 86400 * 10**6), ("hours", 3600 * 10**6), ("minutes", 60 * 10**6))
    unit = next((each for each, length in lengths if not (whole % length).any()), "seconds")
    return {"units": f"{unit} since {day}", "calendar": calendar, "dtype": np.dtype("f8")}


def _lost(metadata: RasterMetadata, name: str) -> Iterator[Message]:
    """Yield a sentence about what NetCDF has no place for."""
    bands = metadata.bands
    found = [
        text
        for text, is_there in (
            ("color table", any(band.colormap for band in bands)),
            ("category names", any(band.category_names for band in bands)),
            ("attribute table", any(band.attribute_table is not None for band in bands)),
            ("RPCs", metadata.rpcs),
            ("coordinate epoch", metadata.coordinate_epoch is not None),
        )
        if is_there
    ]
    if found:
        yield Message("note.netcdf", name, found=", ".join(found))
