"""What a raster is, apart from its pixels: all that a GeoTIFF can say of it.

`RasterMetadata` is the one description that all parts of the engine share: sources fill it in, the
container writes it as tags and reads it back, `compare` lists its differences, the QGIS layer and
the GeoTIFF writer apply it.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any, Union

from .errors import CorruptFile
from .grid import IDENTITY, Bounds, Transform, Window, window_bounds

Number = Union[int, float]
#: Metadata by domain, as GDAL keeps it; the default domain is ``""``.
Tags = Mapping[str, Mapping[str, str]]
Color = tuple[int, int, int, int]


@dataclass(frozen=True)
class Band:
    """What one band says of itself."""

    nodata: Number | None = None
    description: str | None = None
    unit: str | None = None
    scale: float = 1.0
    offset: float = 0.0
    interpretation: str = "undefined"
    colormap: Mapping[int, Color] | None = None
    tags: Tags = field(default_factory=dict)


@dataclass(frozen=True)
class GroundControlPoint:
    """A pixel position whose map coordinates are known."""

    row: float
    col: float
    x: float
    y: float
    z: float = 0.0
    id: str = ""
    info: str = ""


@dataclass(frozen=True)
class RasterMetadata:
    """Everything about a raster but its pixels.

    Parameters
    ----------
    width, height : int
        Pixels of level 0.
    dtype : str
        numpy name; one for all bands.
    bands : tuple of Band
        At least one.
    crs : str, optional
        Authority code such as ``"EPSG:4326"`` where that says it exactly, else WKT2.
    transform : Transform
        Pixel to map coordinates; the identity means none.
    mask : bool
        Whether the raster carries a mask of valid pixels of its own, apart from nodata and alpha.
    gcps, gcps_crs : optional
        Ground control points and their CRS.
    rpcs : mapping, optional
        Rational polynomial coefficients under GDAL's names.
    bits : int, optional
        Bits really used per pixel where fewer than the data type has (GDAL's ``NBITS``).
    tags : Tags
        Of the whole raster, AREA_OR_POINT among them.
    """

    width: int
    height: int
    dtype: str
    bands: tuple[Band, ...]
    crs: str | None = None
    transform: Transform = IDENTITY
    mask: bool = False
    gcps: tuple[GroundControlPoint, ...] = ()
    gcps_crs: str | None = None
    rpcs: Mapping[str, str] | None = None
    bits: int | None = None
    tags: Tags = field(default_factory=dict)

    @property
    def count(self) -> int:
        """Number of bands."""
        return len(self.bands)

    @property
    def nodata(self) -> tuple[Number | None, ...]:
        """Nodata value of each band, None where it has none."""
        return tuple(band.nodata for band in self.bands)

    @property
    def bounds(self) -> Bounds:
        """``(xmin, ymin, xmax, ymax)`` in the units of the CRS."""
        return window_bounds(self.transform, Window(0, 0, self.width, self.height))

    @property
    def is_classes(self) -> bool:
        """Whether values are labels, which must never be averaged."""
        return any(
            band.colormap is not None
            or band.interpretation == "palette"
            or band.tags.get("", {}).get("LAYER_TYPE", "").lower() == "thematic"
            for band in self.bands
        )


# ---------------------------------------------------------------- as JSON


def number_to_json(value: Number | None) -> Number | str | None:
    """Return what strict JSON can hold: NaN and infinities as ``"nan"``, ``"inf"``, ``"-inf"``."""
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value


def number_from_json(value: Any) -> Number | None:
    """Undo `number_to_json`; whole numbers stay exact."""
    if value is None or isinstance(value, float):
        return value
    if isinstance(value, int) and not isinstance(value, bool) and -(2**63) <= value < 2**64:
        return value
    if value in ("nan", "inf", "-inf"):
        return float(value)
    raise ValueError(f"{value!r} is not a number")


def details_to_json(metadata: RasterMetadata) -> str:
    """Write what has no tag of its own as JSON; values that say nothing are left out."""
    bands = []
    for band in metadata.bands:
        entry = {f.name: getattr(band, f.name) for f in fields(band)}
        entry["nodata"] = number_to_json(band.nodata)
        entry["scale"], entry["offset"] = number_to_json(band.scale), number_to_json(band.offset)
        if band.colormap is not None:
            entry["colormap"] = {str(k): list(c) for k, c in sorted(band.colormap.items())}
        bands.append({k: v for k, v in entry.items() if v != _BAND_DEFAULTS[k]})
    details: dict[str, Any] = {
        "bands": bands,
        "mask": metadata.mask,
        "gcps": [asdict(point) for point in metadata.gcps],
        "gcps_crs": metadata.gcps_crs,
        "rpcs": metadata.rpcs,
        "bits": metadata.bits,
        "tags": metadata.tags,
    }
    kept = {k: v for k, v in details.items() if v}
    return json.dumps(kept, separators=(",", ":"), sort_keys=True, default=dict, allow_nan=False)


_BAND_DEFAULTS = {f.name: getattr(Band(), f.name) for f in fields(Band)}


def details_from_json(text: str, *, count: int, name: str) -> dict[str, Any]:
    """Read `details_to_json` back, as keyword arguments of `RasterMetadata`.

    Raises
    ------
    CorruptFile
        If the text is not what `details_to_json` writes for ``count`` bands.
    """
    try:
        details = json.loads(text)
        bands = tuple(_band_from_json(entry) for entry in details["bands"])
        result = {
            "bands": bands,
            "mask": _boolean(details.get("mask", False)),
            "gcps": tuple(_gcp_from_json(point) for point in details.get("gcps", ())),
            "gcps_crs": _text_or_none(details.get("gcps_crs")),
            "rpcs": _string_map(details["rpcs"]) if details.get("rpcs") else None,
            "bits": _bits(details.get("bits")),
            "tags": _tags_from_json(details.get("tags", {})),
        }
    except (
        ValueError,
        TypeError,
        KeyError,
        AttributeError,
        RecursionError,
        OverflowError,
    ) as error:
        raise CorruptFile(
            f"{name}: the tag GEOSPATIAL_METADATA is damaged ({error}); fetch or convert the file "
            "again."
        ) from error
    if len(bands) != count:
        raise CorruptFile(
            f"{name}: GEOSPATIAL_METADATA describes {len(bands)} bands, GEOSPATIAL_COUNT says "
            f"{count}; "
            "fetch or convert the file again."
        )
    return result


def _band_from_json(entry: Mapping[str, Any]) -> Band:
    colormap = entry.get("colormap")
    return Band(
        nodata=number_from_json(entry.get("nodata")),
        description=_text_or_none(entry.get("description")),
        unit=_text_or_none(entry.get("unit")),
        scale=float(number_from_json(entry.get("scale", 1.0))),
        offset=float(number_from_json(entry.get("offset", 0.0))),
        interpretation=_text(entry.get("interpretation", "undefined")),
        colormap=None if colormap is None else {int(k): _color(c) for k, c in colormap.items()},
        tags=_tags_from_json(entry.get("tags", {})),
    )


def _gcp_from_json(entry: Mapping[str, Any]) -> GroundControlPoint:
    return GroundControlPoint(
        *(_finite(entry[key]) for key in ("row", "col", "x", "y")),
        _finite(entry.get("z", 0.0)),
        _text(entry.get("id", "")),
        _text(entry.get("info", "")),
    )


def _color(values: Any) -> Color:
    if len(values) != 4 or not all(type(v) is int and 0 <= v <= 255 for v in values):
        raise ValueError(f"{values!r} is not a colour")
    red, green, blue, alpha = values
    return (red, green, blue, alpha)


def _boolean(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError(f"{value!r} is neither true nor false")
    return value


def _bits(value: Any) -> int | None:
    if value is not None and (type(value) is not int or not 1 <= value <= 64):
        raise ValueError(f"{value!r} is not a number of bits")
    return value


def _finite(value: Any) -> float:
    number = number_from_json(value)
    if number is None or not math.isfinite(number):
        raise ValueError(f"{value!r} is not a finite number")
    return float(number)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is not a text")
    value.encode("utf-8")  # lone surrogates cannot be shown or written anywhere
    return value


def _text_or_none(value: Any) -> str | None:
    return None if value is None else _text(value)


def _string_map(value: Mapping[str, Any]) -> dict[str, str]:
    return {_text(k): _text(v) for k, v in value.items()}


def _tags_from_json(value: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    return {_text(domain): _string_map(items) for domain, items in value.items()}
