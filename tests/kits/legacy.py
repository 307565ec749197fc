"""What the tests of flac-raster's files share: files made as its releases make them.

The scaling is written down here a second time, as its own code has it, so that the engine's is not
tested against itself; tests that run the real program show that both do what it does.
"""

import base64
import gzip
import io
import json

import numpy as np
import rasterio
from flac_raster_qgis.engine import flac
from flac_raster_qgis.engine.flac.stream import MAGIC, Settings, StreamInfo, parse_head
from mutagen.flac import FLAC

from kits import LEGACY_SAMPLES

TRANSFORM = [10.0, 0.0, 500000.0, 0.0, -10.0, 5200000.0, 0.0, 0.0, 1.0]
#: With numpy 1 products of floats are doubles, since numpy 2 they are as wide as the pixels.
OLD, OLDER, NEW = "0.1.2", "0.1.2 with numpy 1", "0.2.0"
RELEASES = (OLD, NEW)


def truth(name):
    with rasterio.open(LEGACY_SAMPLES / f"{name}.tif") as dataset:
        return dataset.read()


# ---------------------------------------------------------------- scaling


def samples_of(array, release):
    """Scale bands as a release does; int16 or int32 of shape (bands, pixels)."""
    narrow = array.dtype.name in ("uint8", "uint16", "int16") or (
        release == NEW and array.dtype == np.int8
    )
    full = 32767 if narrow else 8388607
    with np.errstate(all="ignore"):
        norm = _new_norm(array) if release == NEW else _old_norm(array)
        scaled = norm * (norm.dtype.type(full) if release == OLD else np.float64(full))
        made = scaled.astype(np.int64) if narrow else _as_int32(scaled)
    return made.astype(np.int16 if narrow else np.int32).reshape(len(array), -1)


def _old_norm(array):
    if array.dtype.kind == "f":
        return array
    low, high = array.min(), array.max()
    if not high > low:
        return np.zeros_like(array, dtype=np.float32)
    return 2.0 * (array - low) / (np.array([high]) - np.array([low])) - 1.0


def _new_norm(array):
    wide = array.astype(np.float64)
    low, high = np.nanmin(wide), np.nanmax(wide)
    if not high > low:
        return np.zeros(array.shape)
    return np.nan_to_num(2 * (wide - low) / (high - low) - 1, nan=0.0)


def _as_int32(scaled):
    """As x86 processors do it: what does not fit becomes the smallest number."""
    whole = np.trunc(scaled.astype(np.float64))
    fits = (whole >= -(2.0**31)) & (whole < 2.0**31)
    return np.where(fits, whole, -(2.0**31)).astype(np.int32)


# ---------------------------------------------------------------- files


def tags_of(array, release=OLD, nodata=None, crs="EPSG:32633", transform=None, **others):
    wide = array.astype(np.float64)
    extreme = (np.nanmin, np.nanmax) if release == NEW else (np.min, np.max)
    count, height, width = array.shape
    tags = {
        "CRS": crs,
        "WIDTH": width,
        "HEIGHT": height,
        "COUNT": count,
        "DTYPE": array.dtype.name,
        "NODATA": nodata,
        "DATA_MIN": float(extreme[0](wide)),
        "DATA_MAX": float(extreme[1](wide)),
        "TRANSFORM": json.dumps(TRANSFORM if transform is None else transform),
        "SPATIAL_TILING": False,
        **others,
    }
    return {f"GEOSPATIAL_{key}": str(value) for key, value in tags.items()}


def stream(samples, tags=None):
    """Encode samples as flac-raster does: neither their number nor an MD5 is in the file."""
    data = bytearray(flac.encode(samples, Settings(compression_level=5)))
    body = slice(len(MAGIC) + 4, len(MAGIC) + 4 + StreamInfo.SIZE)
    info = StreamInfo.parse(bytes(data[body]))
    empty = {**vars(info), "total_samples": 0, "md5": bytes(16)}
    data[body] = StreamInfo(**{**empty, "min_framesize": 0, "max_framesize": 0}).pack()
    if tags is None:
        return bytes(data)
    buffer = io.BytesIO(data)
    file = FLAC(buffer)
    file.tags.extend({"ENCODER": "FLAC-Raster v0.1.0", **tags}.items())
    buffer.seek(0)
    file.save(buffer)
    return buffer.getvalue()


def plain(array, release=OLD, **options):
    return stream(samples_of(array, release), tags_of(array, release, **options))


def streaming(array, release=OLD, tile_size=32, change=None):
    """Make a file; ``change(document)`` may spoil its index."""
    bands = array[:1] if release == OLD else array
    frames, tiles, offset = [], [], 0
    _, height, width = array.shape
    for row in range(0, height, tile_size):
        for column in range(0, width, tile_size):
            tile = bands[:, row : row + tile_size, column : column + tile_size]
            place = TRANSFORM.copy()
            place[2], place[5] = place[2] + 10 * column, place[5] - 10 * row
            data = plain(tile, release, transform=place)
            window = {"col_off": column, "row_off": row}
            window |= {"width": tile.shape[2], "height": tile.shape[1]}
            frames.append(
                {"frame_id": len(frames), "bbox": [0, 0, 1, 1], "window": window}
                | {"byte_offset": offset, "byte_size": len(data)}
            )
            tiles.append(data)
            offset += len(data)
    document = {"crs": "EPSG:32633", "transform": TRANSFORM, "width": width, "height": height}
    if release == NEW:
        document |= {"bands": len(bands), "dtype": array.dtype.name}
    document |= {"tile_size": tile_size, "frames": frames}
    if change is not None:
        change(document)
    return with_index(json.dumps(document, separators=(",", ":")).encode(), b"".join(tiles))


def with_index(index, tiles=b""):
    return len(index).to_bytes(4, "big") + index + tiles


def spatial(array, tile_size=32, **others):
    """Make a file of 0.1.2: fractions of -1 to 1, cut to whole numbers."""
    count, height, width = array.shape
    limits = np.iinfo(array.dtype)
    norm = 2 * (array.astype(np.float64) - limits.min) / (float(limits.max) - limits.min) - 1
    frames, tiles = [], []
    for row in range(0, height, tile_size):
        for column in range(0, width, tile_size):
            tile = norm[:, row : row + tile_size, column : column + tile_size]
            tiles.append(stream(np.trunc(tile).astype(np.int32).reshape(count, -1)))
            window = {"row_off": row, "col_off": column}
            window |= {"height": tile.shape[1], "width": tile.shape[2]}
            frames.append(
                {"frame_id": len(frames), "bbox": [0, 0, 1, 1], "window": window}
                | {"byte_offset": sum(map(len, tiles[:-1])), "byte_size": len(tiles[-1])}
            )
    index = {"crs": "EPSG:32633", "transform": TRANSFORM, "frames": frames}
    packed = base64.b64encode(gzip.compress(json.dumps(index).encode())).decode()
    tags = tags_of(
        array, SPATIAL_TILING="true", TILE_SIZE=tile_size, SPATIAL_INDEX=packed, **others
    )
    first = FLAC(buffer := io.BytesIO(tiles[0]))
    first.tags.extend({"ENCODER": "FLAC-Raster v0.1.0", **tags}.items())
    buffer.seek(0)
    first.save(buffer)
    return buffer.getvalue() + b"".join(tiles[1:])


def retagged(data, **tags):
    """Change tags of a stream, or remove those that are None."""
    buffer = io.BytesIO(data)
    file = FLAC(buffer)
    for key, value in tags.items():
        name = f"GEOSPATIAL_{key}"
        if value is None:
            del file[name]
        else:
            file[name] = str(value)
    buffer.seek(0)
    file.save(buffer)
    return buffer.getvalue()


def info_of(data):
    return parse_head(data).info
