"""Arrays of xarray as a raster that is read window by window, whether computed yet or not."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Union

import numpy as np
import xarray

from ..errors import FlacRasterError, InputError, Message
from ..model.band_times import with_times
from ..model.data_types import Array
from ..model.grid import Window
from ..model.metadata import Band, Number, RasterMetadata, Tags
from ..model.raster import MaskedPixels
from ..model.transform import IDENTITY
from .axes import GridAxes, find_dimensions, grid_axes
from .band_texts import band_labels, band_texts, tag_items, variable_label, with_items
from .grid_mapping import GivenCrs, crs_text, find_crs, find_gcps, find_mapping
from .netcdf_names import VARIABLE
from .packing import Packing, find_packing
from .time_coordinate import TimeCoordinate, bounds_name, find_times

#: What can be written as a raster.
XarrayObject = Union[xarray.Dataset, xarray.DataArray]


@dataclass(frozen=True)
class _Part:
    """A variable: its array, how it is stored, and the raster's bands of it, from 0."""

    array: xarray.DataArray
    dimensions: tuple[Hashable, ...]
    packing: Packing
    bands: Array

    def chosen(self, bands: Sequence[int]) -> _Part:
        """Return what has some bands, from 1: less along the first dimension, such as the time."""
        if not self.dimensions:
            has_it = int(self.bands) + 1 in bands
            return self if has_it else replace(self, bands=self.bands.reshape(1)[:0])
        own = np.isin(self.bands, np.asarray(bands) - 1).reshape(len(self.bands), -1).any(axis=1)
        if own.all():
            return self
        array = self.array.isel({self.dimensions[0]: np.flatnonzero(own)})
        return replace(self, array=array, bands=self.bands[own])

    def own_names(self, key: str) -> list[str]:
        """Return names for its dimensions that no other variable has: lengths may differ."""
        return [f"{key} {dimension}" for dimension in self.dimensions]

    def lazy(self, key: str) -> xarray.Variable:
        """Return the values, with its own names of dimensions."""
        variable = self.array.variable.copy(deep=False)
        names: dict[Hashable, Hashable] = dict(zip(self.dimensions, self.own_names(key)))
        variable.dims = [names.get(each, each) for each in variable.dims]
        return variable


class XarrayRaster:
    """An array, or the variables of a dataset, as a `flac_raster_qgis.engine.model.raster.Raster`.

    Bands are in the order of their dates, and those of a date in that of variables and of further
    dimensions. Pixels are computed or read when a window is read, not before.

    Parameters
    ----------
    obj : xarray.DataArray or xarray.Dataset
        Of numbers, with dimensions of rows and columns, and perhaps others, in any order. Variables
        of a dataset without both, such as bounds, are left out.
    name : str, optional
        For messages; default that of the array or its file.
    crs : str, int or object with ``to_wkt``, optional
        In place of what the object says.
    nodata : int or float, optional
        In place of what the object says; NaN is stored as this value.
    packs : bool
        Whether values that xarray has unpacked by their ``encoding`` are packed again. Reading
        then raises `flac_raster_qgis.engine.xarray_io.packing.NotExact` where that would not give
        back the same values.

    Raises
    ------
    InputError
        If there is no grid, or coordinates are uneven.
    UnsupportedRaster
        For data types that rasters cannot have.
    """

    def __init__(
        self,
        obj: XarrayObject,
        name: str | None = None,
        *,
        crs: GivenCrs | None = None,
        nodata: Number | None = None,
        packs: bool = False,
    ):
        if not isinstance(obj, (xarray.Dataset, xarray.DataArray)):
            raise InputError("xarray.type", found=type(obj).__name__)
        self.name = name or _name_of(obj)
        if isinstance(nodata, np.number):
            nodata = nodata.item()
        if nodata is not None and (
            isinstance(nodata, bool) or not isinstance(nodata, (int, float))
        ):
            raise InputError("xarray.nodata_type", self.name, found=f"{nodata!r:.60}")
        warnings: list[Message] = []
        arrays = _arrays(obj, self.name, warnings)
        first = arrays[0]
        if not all(each.size for each in arrays):
            raise InputError("xarray.empty", self.name, found=dict(obj.sizes))
        mapping = find_mapping(obj, first)
        self._axes = axes = grid_axes(first, mapping, self.name)
        times = _common_times(arrays, obj, axes, self.name, warnings)
        self._parts = _parts(arrays, axes, times, nodata, packs, self.name)
        gcps = find_gcps(mapping) if axes.transform is None else ()
        if crs is not None:
            text: str | None = crs_text(crs, self.name)
        else:
            own = (mapping, first.attrs) if obj is first else (mapping, first.attrs, obj.attrs)
            text = find_crs(own, self.name, warnings)
        if text is None and axes.transform is not None:
            warnings.append(Message("note.no_crs", self.name))
        _warn_of_curves(first, axes, self.name, warnings)
        metadata = RasterMetadata(
            first.sizes[axes.x],
            first.sizes[axes.y],
            self._parts[0].packing.dtype.name,
            tuple(_bands(self._parts, is_labeled=times is None)),
            crs=None if gcps else text,
            transform=axes.transform or IDENTITY,
            gcps=gcps,
            gcps_crs=text if gcps else None,
            tags=_tags(obj, arrays),
            has_transform=axes.transform is not None,
        )
        self.metadata = metadata if times is None else _with_times(metadata, times, self._parts)
        self._warnings = tuple(warnings)

    @property
    def warnings(self) -> tuple[str, ...]:
        """See `Raster`."""
        return self._warnings

    @property
    def is_packed(self) -> bool:
        """Whether values are packed, see ``packs``."""
        return any(part.packing.is_packed for part in self._parts)

    def read_window(self, window: Window, bands: Sequence[int] | None = None) -> MaskedPixels:
        """See `Raster`. Bands from 1 are those to read, default all.

        Raises `InputError` if computing or reading the values fails.
        """
        axes, (rows, columns) = self._axes, window.slices
        if axes.flips_y:
            rows = slice(self.metadata.height - rows.stop, self.metadata.height - rows.start)
        if axes.flips_x:
            columns = slice(self.metadata.width - columns.stop, self.metadata.width - columns.start)
        wanted = range(1, self.metadata.count + 1) if bands is None else bands
        parts = {str(n): part.chosen(wanted) for n, part in enumerate(self._parts)}
        parts = {key: part for key, part in parts.items() if part.bands.size}
        lazy = {key: part.lazy(key) for key, part in parts.items()}
        try:
            # at once, so that variables that depend on each other are computed once
            found = xarray.Dataset(lazy).isel({axes.y: rows, axes.x: columns}).compute()
        except (FlacRasterError, MemoryError):
            raise
        except Exception as error:  # of whatever computes the values
            reason = f"{type(error).__name__}: {error}"
            raise InputError("xarray.compute", self.name, window=window, reason=reason) from error
        shape = (window.height, window.width)
        pixels = np.empty((len(wanted), *shape), self.metadata.dtype)
        places = {number - 1: place for place, number in enumerate(wanted)}
        for key, part in parts.items():
            variable = found[key].variable.transpose(*part.own_names(key), axes.y, axes.x)
            self._check(variable, part, window)
            values = variable.values.reshape(-1, *shape)
            if axes.flips_y:
                values = values[:, ::-1]
            if axes.flips_x:
                values = values[:, :, ::-1]
            for band, plane in zip(part.bands.flat, values):
                if band in places:
                    pixels[places[band]] = part.packing.store(plane)
        return pixels, None

    def _check(self, variable: xarray.Variable, part: _Part, window: Window) -> None:
        """Raise an error if a lazy array turns out to be another one than it said."""
        expected = (part.array.dtype, (*part.bands.shape, window.height, window.width))
        if (variable.dtype, variable.shape) != expected:
            raise InputError(
                "xarray.other_array",
                self.name,
                window=window,
                found=f"{variable.dtype} {variable.shape}",
                expected=f"{expected[0]} {expected[1]}",
            )

    def close(self) -> None:
        """Do nothing: the object belongs to the caller."""


def _name_of(obj: XarrayObject) -> str:
    own = variable_label(obj) if isinstance(obj, xarray.DataArray) else ""
    return str(own or obj.encoding.get("source") or type(obj).__name__)


def _arrays(obj: XarrayObject, name: str, warnings: list[Message]) -> list[xarray.DataArray]:
    """Return the arrays that become bands, all on one grid."""
    if isinstance(obj, xarray.DataArray):
        return [obj]
    found = {
        key: array
        for key, array in obj.data_vars.items()
        if find_dimensions(array) is not None and array.dtype.kind in "biufc"
    }
    if not found:
        raise InputError("xarray.no_variable", name, found=", ".join(map(str, obj.data_vars)))
    grids = {find_dimensions(array) for array in found.values()}
    if len(grids) > 1:
        raise InputError("xarray.grids", name, found=", ".join(map(str, found)))
    used = {bounds_name(coordinate) for coordinate in obj.coords.values()}
    used |= {each for array in found.values() for each in _mappings(array)}
    others = [str(key) for key in obj.data_vars if key not in found and key not in used]
    if others:
        warnings.append(Message("note.variables_left", name, found=", ".join(others)))
    return list(found.values())


def _mappings(array: xarray.DataArray) -> tuple[str, ...]:
    named = array.encoding.get("grid_mapping") or array.attrs.get("grid_mapping") or ""
    return (str(named).partition(":")[0], "spatial_ref", "crs")


def _common_times(
    arrays: list[xarray.DataArray],
    obj: XarrayObject,
    axes: GridAxes,
    name: str,
    warnings: list[Message],
) -> TimeCoordinate | None:
    """Return the times of all arrays, which have the same ones."""
    found = [find_times(each, obj, (axes.y, axes.x), name, warnings) for each in arrays[:1]]
    found += [find_times(each, obj, (axes.y, axes.x), name, []) for each in arrays[1:]]
    first = found[0]
    for array, times in zip(arrays, found):
        if (times and times.dimensions) != (first and first.dimensions):
            raise InputError(
                "xarray.other_times", name, first=str(arrays[0].name), second=str(array.name)
            )
    return first


def _parts(
    arrays: list[xarray.DataArray],
    axes: GridAxes,
    times: TimeCoordinate | None,
    nodata: Number | None,
    packs: bool,
    name: str,
) -> list[_Part]:
    """Number the bands of each array: date by date, then array by array."""
    along = () if times is None else times.dimensions
    orders = [
        (*along, *(each for each in array.dims if each not in (*along, axes.y, axes.x)))
        for array in arrays
    ]
    shapes = [tuple(array.sizes[each] for each in order) for array, order in zip(arrays, orders)]
    counts = [int(np.prod(shape[len(along) :], dtype=np.int64)) for shape in shapes]
    dates = int(np.prod(shapes[0][: len(along)], dtype=np.int64))
    labels = [str(array.name) for array in arrays]
    packings = [
        find_packing(array, dates * count, nodata, packs=packs, name=name)
        for array, count in zip(arrays, counts)
    ]
    types = {packing.dtype for packing in packings}
    if len(types) > 1 and packs and len({array.dtype for array in arrays}) == 1:
        return _parts(arrays, axes, times, nodata, False, name)
    if len(types) > 1:
        found = (f"{label}: {packing.dtype}" for label, packing in zip(labels, packings))
        raise InputError("xarray.types", name, found=", ".join(found))
    parts, before = [], 0
    for array, order, shape, count, packing in zip(arrays, orders, shapes, counts, packings):
        numbers = np.arange(dates)[:, np.newaxis] * sum(counts) + before + np.arange(count)
        parts.append(_Part(array, order, packing, numbers.reshape(shape)))
        before += count
    return parts


def _bands(parts: list[_Part], is_labeled: bool) -> Iterator[Band]:
    """Yield the bands of a raster."""
    made: dict[int, Band] = {}
    is_alone = len(parts) == 1
    for part in parts:
        packing = part.packing
        texts = band_texts(part.array, part.dimensions, is_labeled)
        own: Tags = {} if is_alone else {"": tag_items(part.array.attrs)}
        for n, (number, (description, unit)) in enumerate(zip(part.bands.flat, texts)):
            made[int(number)] = Band(
                nodata=packing.nodata,
                description=description or None,
                unit=unit or None,
                scale=packing.scale[n % len(packing.scale)],
                offset=packing.offset[n % len(packing.offset)],
                tags=own if own.get("") else {},
            )
    yield from (made[number] for number in sorted(made))


def _tags(obj: XarrayObject, arrays: list[xarray.DataArray]) -> Tags:
    """Return the tags of the raster; of a dataset of one variable, they are those of both."""
    items = tag_items(obj.attrs)
    if isinstance(obj, xarray.Dataset) and len(arrays) == 1:
        items |= tag_items(arrays[0].attrs)
    if len(arrays) == 1 and variable_label(arrays[0]):
        items[VARIABLE] = variable_label(arrays[0])
    return {"": items} if items else {}


def _with_times(
    metadata: RasterMetadata, times: TimeCoordinate, parts: list[_Part]
) -> RasterMetadata:
    """Return metadata with the times of bands, and what tells those of one time apart."""
    along, dates = len(times.dimensions), times.times.ravel().tolist()
    of_a_date = metadata.count // len(dates)
    labels = []
    for part in parts:
        own = [] if len(parts) == 1 else [variable_label(part.array)]
        for text in band_labels(part.array, part.dimensions[along:]):
            labels.append(" ".join(filter(None, (*own, text))))
    labels *= len(dates)
    # what else tells dates apart: labels of bands, and where one is there several times all of it
    names = times.dimensions if len({*dates}) < len(dates) else ("band",)
    beside = band_labels(parts[0].array, times.dimensions, names)
    labels = [
        " ".join(filter(None, (label, beside[n // of_a_date]))) for n, label in enumerate(labels)
    ]
    all_times = [dates[n // of_a_date] for n in range(metadata.count)]
    made = with_times(metadata, all_times, labels, times.calendar)
    if not times.numbers:
        return made
    bands = (
        with_items(band, {f"NETCDF_DIM_{times.name}": times.numbers[n // of_a_date]})
        for n, band in enumerate(made.bands)
    )
    top = {f"{times.name}#{key}": text for key, text in times.attributes.items()}
    return replace(with_items(made, top), bands=tuple(bands))


def _warn_of_curves(
    array: xarray.DataArray, axes: GridAxes, name: str, warnings: list[Message]
) -> None:
    """Tell that coordinates of single pixels are not kept."""
    found = [str(key) for key, each in array.coords.items() if {axes.y, axes.x} <= {*each.dims}]
    found = [] if axes.transform is not None else found
    if found:
        warnings.append(Message("note.curvilinear", name, found=", ".join(found)))
