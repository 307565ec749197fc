"""Texts of bands: descriptions, units, labels and tags, from names and attributes of xarray."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

import numpy as np
import xarray

from ..model.band_times import CALENDAR, END, LABEL, START
from ..model.metadata import Band, RasterMetadata
from .packing import PACKING_KEYS
from .times import LABEL as LABEL_COORDINATE

#: Attributes that have a place of their own, or are made anew.
_ELSEWHERE = PACKING_KEYS | {"units", "long_name", "grid_mapping", "coordinates"}
_ELSEWHERE |= {START, END, LABEL, CALENDAR}
#: Names that reading gives to variables where a file has none.
_MADE_UP = re.compile(r"band_(data|\d+)", re.ASCII)
_Described = TypeVar("_Described", Band, RasterMetadata)


def variable_label(array: xarray.DataArray) -> str:
    """Return the name of a variable; empty if nobody gave it one."""
    text = "" if array.name is None else str(array.name)
    is_of_dask = array.chunks is not None and getattr(array.data, "name", None) == text
    return "" if is_of_dask or _MADE_UP.fullmatch(text) else text


def band_labels(
    array: xarray.DataArray,
    dimensions: Sequence[Hashable],
    named: Sequence[Hashable] | None = None,
) -> list[str]:
    """Return what tells the bands along some dimensions apart: ``level=500``.

    All of these dimensions are named, or just some of them.

    A dimension ``band`` has the labels of its coordinate ``band_label``, and none if its bands are
    just numbered.
    """
    shape = [array.sizes[dimension] for dimension in dimensions]
    texts = [
        [*_labels(array, each)] if named is None or each in named else [""] * size
        for each, size in zip(dimensions, shape)
    ]
    return [
        " ".join(filter(None, (each[n] for each, n in zip(texts, index))))
        for index in np.ndindex(*shape)
    ]


def _labels(array: xarray.DataArray, dimension: Hashable) -> Iterator[str]:
    size = array.sizes[dimension]
    numbers = [str(n) for n in range(1, size + 1)]
    if dimension == "band" and LABEL_COORDINATE in array.coords:
        found = array.coords[LABEL_COORDINATE]
        if found.dims == (dimension,):
            yield from map(str, found.values.tolist())
            return
    if dimension not in array.coords:
        values = numbers
    else:
        values = [_shown(value) for value in array.coords[dimension].values]
    for value in values:
        yield "" if dimension == "band" and values == numbers else f"{dimension}={value}"


def _shown(value: Any) -> str:
    if isinstance(value, np.datetime64):
        return str(value.astype("datetime64[s]"))
    if isinstance(value, np.timedelta64):
        return f"{value / np.timedelta64(1, 'h'):g}h"
    return f"{value:.10g}" if isinstance(value, np.floating) else str(value)


def band_texts(
    array: xarray.DataArray, dimensions: Sequence[Hashable], is_labeled: bool
) -> list[tuple[str, str]]:
    """Return description and unit of each band of an array, in the order of the dimensions.

    Parameters
    ----------
    array : xarray.DataArray
    dimensions : sequence
        Of its bands.
    is_labeled : bool
        Whether descriptions tell bands apart; where these have times, their labels do.
    """
    shape = [array.sizes[dimension] for dimension in dimensions]
    name, labels = variable_label(array), band_labels(array, dimensions)
    made = []
    for label, index in zip(labels, np.ndindex(*shape)):
        own = dict(zip(dimensions, index))
        text = _of_band(array, "long_name", own, shape) or name
        if is_labeled and label not in text:
            text = " ".join(filter(None, (text, label)))
        made.append((text, _of_band(array, "units", own, shape)))
    return made


def _of_band(
    array: xarray.DataArray, key: str, index: Mapping[Hashable, int], shape: Sequence[int]
) -> str:
    """Return the text of an attribute, of which there may be one for each band."""
    value = array.attrs.get(key)
    if isinstance(value, str) or value is None:
        return value or ""
    texts = [str(each) for each in np.asarray(value, object).ravel()]
    if len(texts) == array.sizes.get("band", 1) and "band" in index:
        return texts[index["band"]]
    if len(texts) != np.prod(shape, dtype=np.int64):
        return str(value) if np.ndim(value) == 0 else ""
    own = [each for each in array.dims if each in index]  # the order of the array itself
    place = (
        np.ravel_multi_index([index[each] for each in own], [array.sizes[each] for each in own])
        if own
        else 0
    )
    return texts[int(place)]


def tag_items(attributes: Mapping[Any, Any]) -> dict[str, str]:
    """Return attributes as tags; lists are written as GDAL does."""
    made = {}
    for key, value in attributes.items():
        text = _as_text(value)
        if str(key) not in _ELSEWHERE and str(key) and text is not None:
            made[str(key)] = text
    return made


def _as_text(value: Any) -> str | None:
    if isinstance(value, (str, bytes)):
        return value if isinstance(value, str) else value.decode("utf-8", "replace")
    if value is None or isinstance(value, Mapping):
        return None
    if np.ndim(value) == 0:
        return str(value)
    return "{" + ",".join(map(str, np.asarray(value, object).ravel())) + "}"


def with_items(described: _Described, items: Mapping[str, str]) -> _Described:
    """Return a band or the metadata of a raster with further tags."""
    tags = {**described.tags, "": {**described.tags.get("", {}), **items}}
    return replace(described, tags=tags)
