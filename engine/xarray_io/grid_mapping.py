"""The CRS and ground control points of arrays of xarray: of CF, rioxarray and this project."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, Union

import xarray

from ..errors import FlacRasterError, InputError, Message, MissingDependency
from ..model.metadata import GroundControlPoint

#: A CRS as text, an EPSG code, or an object of pyproj or rasterio.
GivenCrs = Union[str, int, Any]
#: Attributes of a grid mapping that have a CRS as text.
_TEXTS = ("crs_wkt", "spatial_ref")
_PROJ_CODE = re.compile(r"\+?init=(\w+:\w+)", re.IGNORECASE | re.ASCII)


def find_mapping(
    dataset: xarray.Dataset | xarray.DataArray, array: xarray.DataArray
) -> Mapping[Any, Any]:
    """Return the attributes of the grid mapping of an array; empty if it has none."""
    named = array.encoding.get("grid_mapping") or array.attrs.get("grid_mapping") or ""
    names = (str(named).partition(":")[0].split(" ")[0], "spatial_ref", "crs")
    beside = dataset.variables if isinstance(dataset, xarray.Dataset) else array.coords
    for name in filter(None, names):
        if name in beside:
            return beside[name].attrs
    return {}


def find_crs(
    objects: Iterable[Mapping[Any, Any]], name: str, warnings: list[Message]
) -> str | None:
    """Return the first CRS that attributes have.

    Parameters
    ----------
    objects : iterable of mapping
        Attributes, of the grid mapping first.
    name : str
        For messages.
    warnings : list of Message
        Receives why what is there cannot be used.
    """
    for attributes in objects:
        found = next((attributes[key] for key in (*_TEXTS, "crs") if attributes.get(key)), None)
        if found is None and "grid_mapping_name" in attributes:
            found = _from_cf(attributes)
            if found is None:
                kind = str(attributes["grid_mapping_name"])
                warnings.append(Message("note.grid_mapping", name, found=f"{kind:.60}"))
        if found is not None:
            try:
                return crs_text(found, name)
            except FlacRasterError as error:
                warnings.append(Message("note.crs_unread", name, reason=error))
    return None


def crs_text(given: GivenCrs, name: str) -> str:
    """Return a CRS as the metadata of rasters have it; raises `InputError` for what is none."""
    text = given.to_wkt() if hasattr(given, "to_wkt") else given
    if isinstance(text, int) and not isinstance(text, bool):
        text = f"EPSG:{text}"
    if not isinstance(text, str):
        raise InputError("crs.unknown", found=repr(given)[:60], reason=Message("crs.not_text"))
    by_proj = _PROJ_CODE.fullmatch(text.strip())
    text = by_proj[1] if by_proj else text.strip()
    from ..rasterio_io.crs import normalized_crs

    try:
        return normalized_crs(text, name)
    except MissingDependency:  # what is written is checked in any case
        return text


def _from_cf(attributes: Mapping[str, Any]) -> str | None:
    """Return the WKT of parameters of CF, where pyproj is installed, which rioxarray needs."""
    try:
        from pyproj import CRS
    except ImportError:
        return None
    try:
        return str(CRS.from_cf({str(key): value for key, value in attributes.items()}).to_wkt())
    except Exception:  # noqa: BLE001  # of a wrong attribute there is an error of any kind
        return None


def find_gcps(mapping: Mapping[str, Any]) -> tuple[GroundControlPoint, ...]:
    """Return the points that rioxarray and this project keep in a grid mapping."""
    try:
        points = json.loads(mapping["gcps"])["features"]
        return tuple(map(_point, points))
    except (KeyError, TypeError, ValueError):
        return ()


def _point(feature: dict[str, Any]) -> GroundControlPoint:
    place, properties = feature["geometry"]["coordinates"], feature["properties"]
    return GroundControlPoint(
        *(float(properties["row"]), float(properties["col"]), float(place[0]), float(place[1])),
        z=float(place[2]) if len(place) > 2 else 0.0,
        id=str(properties.get("id") or ""),
        info=str(properties.get("info") or ""),
    )
