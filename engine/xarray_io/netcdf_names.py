"""Names in NetCDF: of variables and dimensions, from labels of bands, and of attributes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import numpy as np

from ..model.band_times import CALENDAR, END, LABEL, START
from ..model.data_types import Array, DType
from ..model.metadata import RasterMetadata
from .times import BOUNDS, ENDS, TIME

#: Names that dimensions and coordinates have.
NAMES_IN_USE = {"x", "y", "xc", "yc", "band", "band_label", "spatial_ref", "mask"}
NAMES_IN_USE |= {TIME, BOUNDS, ENDS}
#: Name of a variable that has none.
DEFAULT_NAME = "band_data"
_LABEL = re.compile(r"(?:([A-Za-z]\w*) )?([A-Za-z]\w*)=(\S+)", re.ASCII)
_NAME = re.compile(r"[A-Za-z]\w*", re.ASCII)
_ATTRIBUTE = re.compile(r"[A-Za-z_][\w.+@-]{0,200}", re.ASCII)
#: Tags that repeat what NetCDF has elsewhere.
_ELSEWHERE = re.compile(r"NETCDF_.*|STATISTICS_.*")
#: Attributes that are made anew.
_STORED = frozenset(
    "_FillValue missing_value scale_factor add_offset grid_mapping coordinates _Unsigned".split()
)
#: Attributes that have numbers of the type of the pixels, which tags have as text.
_NUMBERS = ("valid_range", "valid_min", "valid_max", "flag_values", "flag_masks")
#: Tag that has the name of the variable, as GDAL writes it.
VARIABLE = "NETCDF_VARNAME"
_GLOBAL = "NC_GLOBAL#"
#: Dimension, its coordinates, and the columns of bands of each variable.
_Split = tuple[str, Array, dict[str, Array]]


def plain_name(metadata: RasterMetadata) -> str:
    """Return the name that the variable of all bands had in NetCDF, or one for all others."""
    names = {band.tags.get("", {}).get(VARIABLE, "") for band in metadata.bands}
    found = names.pop() if len(names) == 1 else ""
    found = found or metadata.tags.get("", {}).get(VARIABLE, "")
    return found if _NAME.fullmatch(found) and found not in NAMES_IN_USE else DEFAULT_NAME


def split_labels(labels: Sequence[str]) -> _Split | None:
    """Return the dimension of labels such as ``level=500`` or ``air level=500``.

    None if they are others, or if not all variables have the same numbers.
    """
    found = [_LABEL.fullmatch(label) for label in labels]
    matches = [each for each in found if each is not None]
    dimensions = {each[2] for each in matches}
    if not matches or len(matches) < len(labels) or len(dimensions) > 1:
        return None
    dimension = dimensions.pop()
    variables: dict[str, list[int]] = {}
    for column, each in enumerate(matches):
        variables.setdefault(each[1] or "", []).append(column)
    places = {name: [matches[n][3] for n in own] for name, own in variables.items()}
    texts = next(iter(places.values()))
    if dimension in NAMES_IN_USE or dimension in variables:
        return None
    if any(each != texts for each in places.values()) or len({*texts}) < len(texts):
        return None
    try:
        numbers = np.array([float(text) for text in texts])
    except ValueError:
        return None
    if NAMES_IN_USE & {*variables}:
        return None
    return dimension, numbers, {name: np.array(own) for name, own in variables.items()}


def variable_items(
    metadata: RasterMetadata, name: str, own: dict[str, Any], dtype: DType
) -> dict[str, Any]:
    """Return the attributes of a variable: those of its bands, and what GDAL read of NetCDF.

    ``dtype`` is that of its pixels in NetCDF.
    """
    prefix = f"{name}#"
    top = metadata.tags.get("", {})
    found = {key[len(prefix) :]: text for key, text in top.items() if key.startswith(prefix)}
    found = {key: text for key, text in found.items() if key not in _STORED}
    made = {key: value for key, value in {**found, **own}.items() if _is_attribute(key)}
    numbers = {key: _numbers(str(made.pop(key)), dtype) for key in _NUMBERS if key in made}
    return {**made, **{key: value for key, value in numbers.items() if value is not None}}


def _numbers(text: str, dtype: DType) -> Array | None:
    """Return the numbers of a text such as ``{0,10}``; None if pixels cannot have them."""
    try:
        numbers = [float(part) for part in text.strip("{}").split(",")]
    except ValueError:
        return None
    if dtype.kind not in "iu":
        return np.array(numbers, dtype)
    limits = np.iinfo(dtype)
    fits = all(each.is_integer() and limits.min <= each <= limits.max for each in numbers)
    return np.array([int(each) for each in numbers], dtype) if fits else None


def global_attributes(metadata: RasterMetadata) -> dict[str, str]:
    """Return the attributes of the file."""
    made = {}
    for key, text in metadata.tags.get("", {}).items():
        if key.startswith(_GLOBAL):
            key = key[len(_GLOBAL) :]
        elif "#" in key:  # of a variable
            continue
        if _is_attribute(key) and key != "Conventions":
            made[key] = text
    return made


def _is_attribute(key: str) -> bool:
    own = (START, END, LABEL, CALENDAR)
    return bool(_ATTRIBUTE.fullmatch(key)) and not _ELSEWHERE.fullmatch(key) and key not in own
