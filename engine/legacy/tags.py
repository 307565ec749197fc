"""Tags of flac-raster's streams, or of the sidecar of a stream: type, range, georeference."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..errors import CorruptFile, UnsupportedRaster
from ..flac.stream import StreamInfo
from ..format.header import MAX_PIXELS, check_tile_bytes
from ..format.tags import PREFIX, TagReader
from ..model.data_types import DTYPES, DType
from ..model.grid import Window
from ..model.limits import check_tile, decode_cost
from ..model.metadata import Band, Number, RasterMetadata
from ..model.transform import IDENTITY, Transform, window_bounds
from ..storage.byte_source import ByteSource
from ..storage.local_file import LocalFile

#: Sample at full scale, by bits per sample.
FULL_SCALE = {16: 32767, 32: 8388607}
#: Data types that can be recovered; others lose an unknown amount.
RECOVERABLE_TYPES = tuple(
    name for name in DTYPES if name[0] in "ui" or name in ("float32", "float64")
)
#: Limit of a FLAC stream.
MAX_CHANNELS = 8
#: Tag of this project: samples are pixels plus this number, without scaling.
SAMPLE_OFFSET = PREFIX + "SAMPLE_OFFSET"
#: Python's text of None.
_NONE = "None"
#: Limit of a sidecar; real ones have some hundred bytes.
_LONGEST_SIDECAR = 1 << 20
#: More pixels per byte than any FLAC stream can have: frames of 65535 equal samples.
MOST_SAMPLES_PER_BYTE = 6000


@dataclass(frozen=True)
class Georeference:
    """CRS and transform of a raster."""

    crs: str | None
    transform: Transform

    @classmethod
    def of(cls, name: str, tags: Mapping[str, str], width: int, height: int) -> Georeference:
        """Parse and check tags; raise `CorruptFile` if the bounds of the raster are not finite."""
        crs, transform = tags.get(PREFIX + "CRS"), IDENTITY
        if tags.get(PREFIX + "TRANSFORM") not in (None, "null"):
            transform = TagReader(name, tags).transform()
        bounds = window_bounds(transform, Window(0, 0, width, height))
        if not all(map(math.isfinite, bounds)):
            raise CorruptFile("tag.transform", name, tag=PREFIX + "TRANSFORM", found=bounds)
        return cls(None if crs in (None, "", _NONE) else crs, transform)


@dataclass(frozen=True)
class StreamDescription:
    """Type, size and scaling of the pixels of a stream.

    Parameters
    ----------
    width, height, count : int
        Columns, rows and bands.
    dtype : dtype
    bits : int
        Bits per sample, 16 or 32.
    minimum, maximum : number, optional
        Of all bands, nodata included; None if the writer met NaN.
    offset : int, optional
        Samples minus pixels; None if pixels were scaled.
    georeference : Georeference
    nodata : number, optional
    """

    width: int
    height: int
    count: int
    dtype: DType
    bits: int
    minimum: Number | None
    maximum: Number | None
    offset: int | None
    georeference: Georeference
    nodata: Number | None

    @classmethod
    def of(
        cls, name: str, tags: Mapping[str, str], info: StreamInfo, size: int
    ) -> StreamDescription:
        """Parse and check the tags of a stream of ``size`` bytes.

        Sample count and MD5 of ``info`` are ignored: flac-raster leaves them empty. Raises
        `CorruptFile` if the tags contradict one another or the stream, and `UnsupportedRaster` if
        pixels of this type cannot be recovered, or are too many.
        """
        get = TagReader(name, tags)
        dtype = np.dtype(get.dtype())
        if dtype.name not in RECOVERABLE_TYPES:
            raise UnsupportedRaster("legacy.data_type_lost", name, found=dtype)
        count = get.integer("COUNT", MAX_CHANNELS)
        width, height = get.integer("WIDTH", MAX_PIXELS), get.integer("HEIGHT", MAX_PIXELS)
        _check_stream(name, dtype, count, info)
        if width * height > size * MOST_SAMPLES_PER_BYTE:
            raise CorruptFile("legacy.size", name, width=width, height=height, found=size)
        offset = _offset(name, tags, info.bits_per_sample)
        low, high = number(name, tags, "DATA_MIN"), number(name, tags, "DATA_MAX")
        if offset is None:
            low, high = _extremes(name, dtype, low, high)
        description = cls(
            width=width,
            height=height,
            count=count,
            dtype=dtype,
            bits=info.bits_per_sample,
            minimum=low,
            maximum=high,
            offset=offset,
            georeference=Georeference.of(name, tags, width, height),
            nodata=_nodata(name, tags, dtype),
        )
        check_tile_bytes(description.metadata, max(width, height), count, name)
        check_tile(name, decode_cost(count, height, width, dtype.itemsize), size)
        return description

    @property
    def metadata(self) -> RasterMetadata:
        """Metadata of the raster."""
        return RasterMetadata(
            self.width,
            self.height,
            self.dtype.name,
            tuple(Band(nodata=self.nodata, color_interpretation=name) for name in self._colors),
            self.georeference.crs,
            self.georeference.transform,
        )

    @property
    def _colors(self) -> tuple[str, ...]:
        """Color interpretation of the bands: three of 8 bits are RGB, as in GDAL."""
        is_picture = self.count == 3 and self.dtype == np.uint8
        return ("red", "green", "blue") if is_picture else ("undefined",) * self.count

    @property
    def shape(self) -> tuple[int, int, int]:
        """Numbers of bands, rows and columns."""
        return self.count, self.height, self.width


def sidecar_tags(source: ByteSource) -> dict[str, str]:
    """Return the sidecar of version 0.1.0 as the tags that later versions write.

    Empty if there is no such sidecar, or the stream is not a local file.
    """
    if not isinstance(source, LocalFile):
        return {}
    path = source.path.with_suffix(".json")
    if not path.is_file():
        return {}
    try:
        with open(path, "rb") as file:
            data = file.read(_LONGEST_SIDECAR + 1)
        if len(data) > _LONGEST_SIDECAR or data.count(b"[") + data.count(b"{") > 16:
            return {}
        found = json.loads(data)
        needed = {name: _spelled(found[name]) for name in ("width", "height", "count", "dtype")}
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return {}  # music has no such sidecar, or another one
    optional = ("crs", "nodata", "data_min", "data_max")
    tags = {**needed, **{name: _spelled(found.get(name)) for name in optional}}
    if found.get("transform"):
        tags["transform"] = json.dumps(found["transform"])
    return {PREFIX + name.upper(): text for name, text in tags.items()}


def _spelled(value: Any) -> str:
    return value if isinstance(value, str) else repr(value)


def _check_stream(name: str, dtype: DType, count: int, info: StreamInfo) -> None:
    bits: tuple[int, ...] = (16,) if dtype.itemsize <= 2 else (32,)
    if dtype == np.int8:  # 0.1.2 does not treat it as a narrow type
        bits = (16, 32)
    if info.channels != count or info.bits_per_sample not in bits:
        raise CorruptFile(
            "legacy.stream",
            name,
            count=count,
            dtype=dtype,
            channels=info.channels,
            bits=info.bits_per_sample,
            expected=bits[-1],
        )


def _offset(name: str, tags: Mapping[str, str], bits: int) -> int | None:
    text = tags.get(SAMPLE_OFFSET)
    if text not in (None, "0", "-32768") or (text is not None and bits != 16):
        raise CorruptFile("legacy.sample_offset", name, tag=SAMPLE_OFFSET, found=text, bits=bits)
    return None if text is None else int(text)


def number(name: str, tags: Mapping[str, str], key: str) -> Number | None:
    """Return the number of a tag; None if the tag is missing, "None" or NaN."""
    text = tags.get(PREFIX + key, _NONE)
    if text == _NONE or not text:
        return None
    try:
        value = float(text)
    except ValueError:
        raise CorruptFile("legacy.number", name, tag=PREFIX + key, found=text[:80]) from None
    return None if math.isnan(value) else value


def _nodata(name: str, tags: Mapping[str, str], dtype: DType) -> Number | None:
    """Return nodata in the data type: a whole number for integers, rounded for floats."""
    value = number(name, tags, "NODATA")
    if value is None:
        return math.nan if tags.get(PREFIX + "NODATA", "").lower() == "nan" else None
    if dtype.kind == "f":
        with np.errstate(over="ignore"):
            return float(dtype.type(value))
    return int(value) if math.isfinite(value) and value == int(value) else value


def _extremes(
    name: str, dtype: DType, low: Number | None, high: Number | None
) -> tuple[Number | None, Number | None]:
    """Check that minimum and maximum are possible values of the data type."""
    if dtype.kind == "f" and (low is None or high is None):
        return None, None
    if low is None or high is None or not _are_possible(dtype, low, high):
        raise CorruptFile("legacy.values", name, low=low, high=high, dtype=dtype)
    if dtype.kind not in "iu":
        return low, high
    limits = np.iinfo(dtype)
    return max(int(low), int(limits.min)), min(int(high), int(limits.max))


def _are_possible(dtype: DType, low: Number, high: Number) -> bool:
    if dtype.kind not in "iu" or not low <= high:
        return low <= high
    limits = np.iinfo(dtype)
    # as floats, because 64-bit integers were rounded when they were written
    inside = float(limits.min) <= low and high <= float(limits.max)
    return inside and low == int(low) and high == int(high)
