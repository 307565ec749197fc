"""Small files that claim much, all checksums right: one of each field that a head counts with."""

import base64
import gzip
import json
import os
import zlib

import numpy as np
from flac_raster_qgis.engine import ArrayRaster, Band, RasterMetadata, WriteOptions, write_raster
from flac_raster_qgis.engine.flac.stream import VORBIS_COMMENT, pack_block, parse_head
from flac_raster_qgis.engine.model.grid import Grid
from mutagen.flac import FLAC

from kits.durability import pack_index, read_index, retag, write_flac

#: As many as a file of 5 kB lists.
MANY = 1_200_000


def sparse(path, width, height, size=16, bands=1, levels=1, **tags):
    """Write a tile, and very many of no bytes, in all levels that are asked for."""
    array = np.zeros((bands, size, size), "uint8")
    array[0, 0, 0] = 1
    raster = ArrayRaster(RasterMetadata(size, size, "uint8", (Band(nodata=0),) * bands), array)
    write_raster(
        raster, path, WriteOptions(tile_size=size, overview_resampling="none", interleave="band")
    )
    index = read_index(path)
    first = index["levels"][0]["sizes"][0]
    grid = Grid(width, height, size, levels, bands)
    made = []
    for level in reversed(grid.levels):
        made.append({"width": level.width, "height": level.height})
        made[-1]["sizes"] = [0] * level.tile_count
    made[0]["sizes"][0] = first
    data = json.dumps({**index, "levels": made}, separators=(",", ":")).encode()
    tags = {"STATISTICS": None, "DATA_MIN": None, "DATA_MAX": None, **tags}
    text = base64.b64encode(gzip.compress(data, 9)).decode()
    retag(path, padding=0, WIDTH=str(width), HEIGHT=str(height), SPATIAL_INDEX=text, **tags)


def wide(path):
    sparse(path, 16 * MANY, 16)


def tall(path):
    sparse(path, 16, 16 * MANY)


def block(path):
    side = int(MANY**0.5)
    sparse(path, 16 * side, 16 * side)


def all_levels(path):
    sparse(path, 16 * 1024, 16 * 512, levels=11)


def far_apart(path):
    """Tiles as large as a short file may have, so that there are as many pixels as possible."""
    sparse(path, 1024 * 1024, 1024 * 512, size=1024)


def many_bands(path):
    sparse(path, 16 * 256, 16, bands=4000)


def rotated(path):
    sparse(path, 16, 16 * MANY, TRANSFORM="[0.5,-0.5,7,0.5,0.5,3,0,0,1]")


def sheared(path):
    side = int(MANY**0.5)
    sparse(path, 16 * side, 16 * side, TRANSFORM="[0.5,0.1,7,0.3,-0.5,3,0,0,1]")


def sheared_far_apart(path):
    sparse(path, 2**20, 2**19, size=1024, TRANSFORM="[0.5,0.1,7,0.3,-0.5,3,0,0,1]")


def listed_values(path, columns=1 << 20):
    """Statistics of very many squares."""
    packed = b"\0" + b"\xff" * (columns // 8) + bytes(columns) + b"\2" * columns
    sparse(path, 16 * columns, 16, STATISTICS=pack_index(packed))


def listed_nothing(path):
    sparse(path, 16 * (1 << 20), 16, STATISTICS=pack_index(b"\0" + bytes(1 << 17)))


def statistics_that_go_on(path):
    write_flac(path)
    retag(path, STATISTICS=pack_index(bytes(32 << 20)))


def index_text(path, data, **tags):
    write_flac(path, nodata=0)
    retag(path, SPATIAL_INDEX=base64.b64encode(gzip.compress(data, 9)).decode(), **tags)


_HEAD = b'{"tile_size":16,"tile_bands":1,"order":"row-major",'
_HEAD += b'"levels":[{"width":%d,"height":%d,"sizes":['


def index_of_zeros(path):
    huge = {"WIDTH": str(2**31), "HEIGHT": str(2**31)}
    index_text(path, _HEAD % (2**31, 2**31) + b"0," * 2_000_000 + b"0]}]}", **huge)


def index_of_space(path):
    index_text(path, _HEAD % (40, 30) + b" " * 4_000_000 + b"0]}]}")


def index_of_space_between(path):
    columns = 40_000
    size = {"WIDTH": str(16 * columns), "HEIGHT": "16"}
    text = _HEAD % (16 * columns, 16) + b"1" + (b"," + b" " * 100 + b"0") * (columns - 1)
    index_text(path, text + b"]}]}", **size)


def index_of_digits(path):
    index_text(path, _HEAD % (40, 30) + b"7" * 4_000_000 + b"]}]}")


def index_of_texts(path):
    size = {"WIDTH": str(16 * MANY), "HEIGHT": "16"}
    index_text(path, _HEAD % (16 * MANY, 16) + b'"",' * 900_000 + b'""]}]}', **size)


def index_of_fractions(path):
    size = {"WIDTH": str(16 * MANY), "HEIGHT": "16"}
    index_text(path, _HEAD % (16 * MANY, 16) + b"0.5," * 900_000 + b"0.5]}]}", **size)


def index_of_keys(path):
    size = {"WIDTH": str(16 * MANY), "HEIGHT": "16"}
    index_text(path, b"{" + b'"":0,' * 900_000 + b'"":0}', **size)


def long_tile(path):
    """A file with a hole, which takes no room on a disk, in the place of a tile."""
    write_flac(path)
    index, size = read_index(path), path.stat().st_size
    sizes = index["levels"][-1]["sizes"]
    index["levels"][-1]["sizes"] = [*sizes[:-1], sizes[-1] + (400 << 20)]
    retag(path, SPATIAL_INDEX=pack_index(index))
    os.truncate(path, path.stat().st_size + (400 << 20))
    assert size < 10_000


def same_tag(path):
    tags_of(path, [f"GEOSPATIAL_{n % 20000:05d}=" for n in range(40000)])


def many_tags(path):
    tags_of(path, [f"GEOSPATIAL_{n:05d}=" for n in range(30000)])


def tags_of(path, more):
    """Add tags to a file, whatever its checksum says."""
    write_flac(path)
    data = path.read_bytes()
    head = parse_head(data)
    texts = [f"{key}={value}" for key, value in FLAC(path).tags] + more
    packed = b"".join(len(text).to_bytes(4, "little") + text.encode() for text in texts)
    comment = bytes(4) + len(texts).to_bytes(4, "little") + packed
    blocks = [
        (one.type, comment if one.type == VORBIS_COMMENT else one.body(data)) for one in head.blocks
    ]
    made = [pack_block(*one, last=n == len(blocks)) for n, one in enumerate(blocks, 1)]
    path.write_bytes(b"fLaC" + b"".join(made) + data[head.frames_start :])


def tag(name, text):
    def write(path):
        write_flac(path)
        retag(path, **{name: text})

    return write


_DIGITS = "9" * 500_000
_BAND = '{"bands":[{%s}]}'
TAGS = {
    "nodata of many digits": ("METADATA", _BAND % f'"nodata":{_DIGITS}'),
    "color of many digits": ("METADATA", _BAND % f'"colormap":{{"{_DIGITS}":[0,0,0,0]}}'),
    "color of no pixel": ("METADATA", _BAND % f'"colormap":{{"{10**30}":[0,0,0,0]}}'),
    "more bands than there are": ("METADATA", '{"bands":[' + "{}," * 200_000 + "{}]}"),
    "transform of many digits": ("TRANSFORM", f"[{_DIGITS},0,0,0,1,0,0,0,1]"),
    "transform nested": ("TRANSFORM", "[" * 200_000),
    "codings infinite": ("CODINGS", '{"a":[1e999,1]}'),
    "codings of many digits": ("CODINGS", f'{{"a":[{_DIGITS},1]}}'),
    "codings nested": ("CODINGS", '{"a":' * 200_000),
    "codings negative": ("CODINGS", '{"a":[-1,1]}'),
    "smallest of many digits": ("DATA_MIN", _DIGITS),
    "smallest beyond all types": ("DATA_MIN", "1" * 30),
    "largest of many zeros": ("DATA_MAX", "0." + "0" * 500_000 + "1"),
    "width of many digits": ("WIDTH", _DIGITS),
    "version of many dots": ("VERSION", "1" + "." * 500_000),
    "CRS of many brackets": ("CRS", "[" * 200_000),
}


def spatial_layout(path):
    """The index of a file of flac-raster, which lists tiles that are not there."""
    write_flac(path)
    frame = b'{"byte_size":1,"window":{"width":1,"height":1}},' + b" " * 100
    text = base64.b64encode(gzip.compress(b'{"frames":[' + frame * 100_000 + b"0]}", 9)).decode()
    of_flac_raster = {"VERSION": None, "CHECKSUM": None, "SPATIAL_TILING": "true"}
    retag(path, SPATIAL_INDEX=text)
    file = FLAC(path)
    for key, value in of_flac_raster.items():
        if value is None:
            del file[f"GEOSPATIAL_{key}"]
        else:
            file[f"GEOSPATIAL_{key}"] = value
    file.save()


def masks_without_end(path):
    """A tile whose mask inflates on and on, in a raster of one tile."""
    write_flac(path, np.zeros((1, 512, 512), "uint8"), tile_size=512)
    data = path.read_bytes()
    bomb = zlib.compress(bytes(32 << 20), 9)
    path.write_bytes(data + bomb)


HOSTILE = {
    **{
        made.__name__.replace("_", " "): made
        for made in (
            *(wide, tall, block, all_levels, far_apart, many_bands, rotated, sheared),
            sheared_far_apart,
            *(listed_values, listed_nothing, statistics_that_go_on),
            *(index_of_zeros, index_of_space, index_of_space_between, index_of_digits),
            *(index_of_texts, index_of_fractions, index_of_keys),
            *(long_tile, same_tag, many_tags, spatial_layout, masks_without_end),
        )
    },
    **{name: tag(*one) for name, one in TAGS.items()},
}
