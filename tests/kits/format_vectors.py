"""Write the test vectors in vectors/: small FLAC rasters and what they must decode to.

Each ``NAME.flac`` has a ``NAME.json`` with its metadata and, level by level from 0, its pixels as
little-endian bytes (band, row, column), and its mask, one byte a pixel; both as base64 of zlib.
Expected pixels are those that went in, never ones read back. From the top of the checkout:

    PYTHONPATH=tests python -m kits.format_vectors          write all vectors again
    PYTHONPATH=tests python -m kits.format_vectors --dump   print the dump in docs/format.md

Vectors are only made anew when the format itself changes: they stand for files that exist.
"""

from __future__ import annotations

import base64
import json
import sys
import zlib
from contextlib import ExitStack
from dataclasses import asdict
from unittest import mock

import numpy as np
from flac_raster_qgis.engine import ArrayRaster, Band, RasterMetadata, WriteOptions, write_raster
from flac_raster_qgis.engine.coding import select
from flac_raster_qgis.engine.coding.prediction import zero_runs as sparse
from flac_raster_qgis.engine.coding.registry import CODECS
from flac_raster_qgis.engine.format import header
from flac_raster_qgis.engine.format.statistics import TileStatistics
from flac_raster_qgis.engine.model.attribute_table import AttributeTable, Column
from flac_raster_qgis.engine.model.grid import Grid
from flac_raster_qgis.engine.model.metadata import GroundControlPoint, Histogram, number_to_json
from flac_raster_qgis.engine.model.transform import IDENTITY
from flac_raster_qgis.engine.writing import overviews
from mutagen.flac import FLAC, Picture

from kits import VECTORS
from kits.forced_codings import only
from kits.independent_reader import ADDED, ADDED_TO_BANDS

#: The file that docs/format.md explains byte by byte.
EXAMPLE = "tiny"
TILE_SIZE = 16

LOCAL_CRS = (
    'ENGCRS["Grid of the site",EDATUM["Peg 1"],CS[Cartesian,2],AXIS["(E)",east,ORDER[1]],'
    'AXIS["(N)",north,ORDER[2]],LENGTHUNIT["metre",1]]'
)


def write(
    name,
    array,
    *,
    bands=None,
    mask=None,
    overview="auto",
    interleave="pixel",
    coding=None,
    variant=None,
    tile_size=TILE_SIZE,
    drop_zeros=True,
    padding=16,
    squares=0,
    **more,
):
    """Write one vector, with one coding or those that the writer chooses.

    ``variant`` has parameters of `only`; statistics are those of squares of a level.
    """
    metadata = RasterMetadata(
        array.shape[2],
        array.shape[1],
        array.dtype.name,
        tuple(bands or [Band()] * len(array)),
        has_mask=mask is not None,
        **more,
    )
    path = VECTORS / f"{name}.flac"
    numbers = {codec.name: number for number, codec in CODECS.items()}
    chosen = select.candidates if coding is None else only(numbers[coding], **(variant or {}))
    dropping = sparse.forward if drop_zeros else lambda residual: (residual, b"")
    with ExitStack() as patches:
        patches.enter_context(mock.patch.object(select, "candidates", chosen))
        patches.enter_context(mock.patch.object(sparse, "forward", dropping))
        patches.enter_context(mock.patch.object(header, "padding_size", lambda content: padding))
        patches.enter_context(
            mock.patch.object(
                TileStatistics, "text_within", lambda found, length: of_squares(found, squares)
            )
        )
        write_raster(
            ArrayRaster(metadata, array, mask),
            path,
            WriteOptions(
                effort="balanced",
                tile_size=tile_size,
                overview_resampling=overview,
                interleave=interleave,
                workers=1,
                title=name,
            ),
        )
    levels = 1
    if overview == "none":
        method = "nearest"
    else:
        method = overview
        if overview == "auto":
            method = "mode" if metadata.is_categorical else "average"
        levels = Grid.pyramid(metadata.width, metadata.height, tile_size).level_count
    expected = {"metadata": plain(metadata), "levels": []}
    for _ in range(levels):
        expected["levels"].append(
            {
                "width": array.shape[2],
                "height": array.shape[1],
                "pixels": packed(array.astype(array.dtype.newbyteorder("<"))),
                "mask": None if mask is None else packed(mask.astype(np.uint8)),
            }
        )
        array, mask = overviews.downsample(array, mask, metadata.nodata, method)
    text = json.dumps(expected, ensure_ascii=False, default=dict, separators=(",", ":"))
    (VECTORS / f"{name}.json").write_text(text + "\n", encoding="utf-8")
    return path


def of_squares(statistics, level):
    """Write statistics of squares of a level."""
    while statistics.level < level:
        statistics = statistics.coarsen()
    return statistics.to_text()


def packed(array):
    return base64.b64encode(zlib.compress(array.tobytes(), 9)).decode("ascii")


#: Keys of the format that differ from the names of fields.
FILE_KEYS = {"has_mask": "mask", "nbits": "bits", "color_interpretation": "interpretation"}


def plain(metadata):
    """Return metadata under the names of docs/format.md, defaults of version 1.0 filled in."""
    found = {FILE_KEYS.get(key, key): value for key, value in asdict(metadata).items()}
    bands = found["bands"]
    found["bands"] = [{FILE_KEYS.get(key, key): band[key] for key in band} for band in bands]
    found["count"] = len(found["bands"])
    found["has_transform"] &= found["transform"] == IDENTITY
    for key in ADDED:
        if not found[key]:
            del found[key]
    for band in found["bands"]:
        for key in ("nodata", "scale", "offset"):
            band[key] = number_to_json(band[key])
        if band["colormap"] is not None:
            band["colormap"] = {str(k): list(v) for k, v in band["colormap"].items()}
        if band["attribute_table"] is not None:
            table = band["attribute_table"]
            band["attribute_table"] = {k: v for k, v in table.items() if v is not None}
        for key in ADDED_TO_BANDS:
            if not band[key]:
                del band[key]
    return json.loads(json.dumps(found))


def bits(values, dtype):
    """Return values of a float type by their bits, one band of one row."""
    unsigned = np.dtype(f"u{np.dtype(dtype).itemsize}")
    return np.array(values, unsigned).view(dtype).reshape(1, 1, -1)


def surface(height, width, amplitude, seed):
    """Return a hilly surface with some noise, centred on zero."""
    y, x = np.mgrid[:height, :width]
    noise = np.random.default_rng(seed).normal(0, 0.02, (height, width))
    return amplitude * (np.sin(x / 9) * np.cos(y / 7) + noise)


def with_specials(array, specials):
    """Put special values, given one row long, into the first pixels."""
    array[0].reshape(-1)[: specials.size] = specials.reshape(-1)
    return array


def png():
    """Return a grey picture of 8 x 8 pixels."""

    def chunk(kind, data):
        body = kind + data
        return len(data).to_bytes(4, "big") + body + zlib.crc32(body).to_bytes(4, "big")

    head = bytes([0, 0, 0, 8, 0, 0, 0, 8, 8, 0, 0, 0, 0])
    parts = chunk(b"IHDR", head), chunk(b"IDAT", zlib.compress(bytes(72))), chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def integers():
    write(
        EXAMPLE,
        np.array([[[1, 200, 3], [50000, 40000, 60000]]], np.uint16),
        coding="row",
        drop_zeros=False,
        padding=1024,
    )
    many = np.stack([surface(9, 13, 40 + band, band) + 128 for band in range(12)])
    write("uint8-12-bands-lattice", many.astype(np.uint8), coding="lattice")
    write("int8-plain", surface(11, 20, 127, 1).astype(np.int8)[np.newaxis], coding="plain")

    dem = surface(33, 40, 900, 2).astype(np.int16)
    dem[:20, 16:] = -9999
    dem[30, :3] = -32768, 32767, -1
    write(
        "int16-3-levels-nodata",
        dem[np.newaxis],
        bands=[Band(nodata=-9999, description="Höhe", unit="m")],
        crs="EPSG:32632",
        transform=(30.0, 0.0, 500000.0, 0.0, -30.0, 5200000.1),
        tags={"": {"AREA_OR_POINT": "Point"}},
    )
    write("int16-statistics-of-squares", dem[np.newaxis], bands=[Band(nodata=-9999)], squares=1)
    write(
        "uint16-no-overviews",
        (surface(20, 37, 9000, 3) + 30000).astype(np.uint16)[np.newaxis],
        overview="none",
    )
    kinds = ("uint32", "plain"), ("int32", "row"), ("uint64", "plane"), ("int64", "lattice")
    for dtype, coding in kinds:
        limits = np.iinfo(dtype)
        wide = (surface(10, 17, 1e6, 4) + 2e6).astype(dtype)[np.newaxis]
        ends = np.array([limits.min, limits.max, limits.min, limits.max // 2, 0, 1], dtype)
        write(f"{dtype}-{coding}", with_specials(wide, ends), coding=coding)


def lattices():
    """Write several planes whose weights differ, of words of every width, in one tile each."""
    for dtype, height, width, amplitude in (
        ("uint8", 35, 40, 60),
        ("uint16", 33, 35, 15000),
        ("uint32", 18, 25, 1e9),
        ("uint64", 11, 17, 5e18),
    ):
        base = surface(height, width, amplitude, 14)
        more = surface(height, width, amplitude, 15)
        planes = [base, base + more / 50, -base, more, base / 3]
        array = (np.stack(planes[: 5 if dtype == "uint8" else 3]) + 1.2 * amplitude).astype(dtype)
        array[:, 5, 7] = np.iinfo(dtype).max
        write(
            f"{dtype}-lattice-weights",
            array,
            coding="lattice",
            tile_size=48,
            overview="none",
            drop_zeros=False,
        )
    flat = np.full((2, 40, 30), 1000, np.uint16)
    flat[:, 10:21, 3:19] += surface(11, 16, 400, 16).astype(np.int64).astype(np.uint16)
    write("uint16-sparse", flat, coding="lattice", tile_size=48, overview="none")
    for dtype in ("uint8", "uint32", "uint64"):
        narrow = (flat[:1] // 16).astype(dtype) * (np.iinfo(dtype).max // 255)
        write(f"{dtype}-sparse", narrow, coding="lattice", tile_size=48, overview="none")
        narrow[0, 30:, 20:] = 0
        bands = [Band(nodata=0)]
        write(f"{dtype}-holes", narrow, bands=bands, coding="lattice", tile_size=48)
    flat[0, 30:, 20:] = flat[1, :7] = 0
    bands = [Band(nodata=0), Band(nodata=0)]
    write("uint16-holes", flat, bands=bands, coding="lattice", tile_size=48, overview="none")
    write("uint16-sparse-plane", flat, coding="plane", tile_size=32, overview="none")
    write("uint16-constant", np.zeros((1, 20, 20), np.uint16), coding="lattice")


def variants():
    """Write what a lattice can choose: prediction, limits, blocks of one pixel, masks of holes."""
    options = {"coding": "lattice", "tile_size": 48, "overview": "none"}
    hills = np.stack([surface(33, 35, 900, 24), surface(33, 35, 700, 25)]).astype(np.int16)
    hills[1] += hills[0]
    shared = hills.copy()
    shared[:, 9:, :12] = -9999
    both = [Band(nodata=-9999)] * 2
    write("int16-by-mean", shared, bands=both, variant={"by_mean": True}, **options)
    own = (hills.astype(np.uint32) + 10000) * 100003  # needs all of 32 bits
    own[0, 20:, 24:] = own[1, :3, 5:] = own[1, 11, ::2] = 7
    both = [Band(nodata=7)] * 2
    write("uint32-pixels", own, bands=both, variant={"side": 1}, **options)
    every = {"by_mean": True, "side": 1}
    scattered = np.random.default_rng(26).random(hills.shape[1:]) < 0.3
    shared[:, scattered] = -9999
    write("int16-scattered-holes", shared, bands=[Band(nodata=-9999)] * 2, variant=every, **options)
    every = {**every, "refinements": 3}
    own = np.concatenate([shared, hills[:1]]).astype(np.int32)
    write("int32-three-refinements", own, bands=[Band(nodata=-9999)] * 3, variant=every, **options)

    two = [Band(nodata=-9999)] * 2
    sharp = {"by_mean": True, "sharp": True}
    write("int32-sharp", own[1:, 10:22, 6:22], bands=two, variant=sharp, **options)

    rain = np.maximum(surface(33, 35, 60, 27), 0)
    dry = rain.astype(np.uint8)
    write("uint8-folded", dry[np.newaxis], variant={"fold": True}, drop_zeros=False, **options)
    dry = rain.astype(np.uint16) * 7
    dry[30:, 20:] = 65535
    three = {"fold": True, "refinements": 3}
    write("uint8-three-refinements", dry.astype(np.uint8)[np.newaxis], variant=three, **options)
    every = {"fold": True, "by_mean": True, "side": 1}
    write("uint16-folded", dry[np.newaxis], bands=[Band(nodata=65535)], variant=every, **options)
    ends = np.clip(surface(21, 25, 3, 28), -1, 1).astype(np.float32)
    write("float32-folded", ends[np.newaxis], variant={"fold": True}, **options)
    wide = np.clip(surface(21, 25, 3e19, 29) + 9e18, 0, 1.8e19).astype(np.uint64)
    wide[3, 4] = 2**64 - 1
    write("uint64-folded", wide[np.newaxis], variant=every, **options)


def narrowed():
    """Write decimals and whole numbers in wider types than they need."""
    cents = np.round(surface(20, 24, 80, 17) + 400, 2).astype(np.float32)
    cents[12:, :9] = -9999
    for coding in ("plane", "lattice"):
        bands = [Band(nodata=-9999)]
        write(f"float32-decimals-{coding}", cents[np.newaxis, :17], bands=bands, coding=coding)
    whole = np.rint(surface(16, 19, 1e7, 18))
    write("float64-whole-numbers", whole[np.newaxis], coding="lattice")
    write("float64-large-whole-numbers", (whole[:9] * 2.0**27)[np.newaxis], coding="row")
    eighths = np.round(surface(12, 13, 10, 19) * 8) / 8
    write("float16-eighths", eighths.astype(np.float16)[np.newaxis], coding="row")
    far = (surface(18, 20, 5000, 20) - 5e12).astype(np.int64)
    write("int64-far-from-zero", np.stack([far, far // 2 - 2_500_000_000_000]), coding="lattice")
    high = (surface(12, 15, 60, 21) + 60).astype(np.uint64) + np.uint64(2**64 - 200)
    write("uint64-near-its-end", high[np.newaxis], coding="plain")


def labelled():
    """Write maps of classes: patches, all seven classes of pixels, wide words, several parts."""
    rng = np.random.default_rng(22)
    patches = (np.add.outer(np.arange(45) // 9, np.arange(50) // 11) % 6).astype(np.uint8) * 40
    stray = rng.random(patches.shape) < 0.1
    patches[stray] = rng.integers(0, 9, stray.sum()) * 20
    write("uint8-labels", patches[np.newaxis], coding="labels", tile_size=48, overview="none")
    smooth = (surface(45, 50, 90, 23) + 128).astype(np.uint8)
    write(
        "uint8-labels-and-lattice",
        np.stack([smooth, patches, smooth // 2 + 7, patches // 2])[:, :30],
        coding="labels",
        tile_size=64,
        overview="none",
    )
    values = np.array([-1.5, np.nan, -0.0, 0.0, 1e30], np.float32)
    few = values[(patches[:20, :20] // 40) % 5]
    write("float32-labels", few[np.newaxis], coding="labels", overview="nearest")
    pair = few.astype(np.float64) + 1j * few[::-1]
    write("complex128-labels", pair[np.newaxis, :17], coding="labels", overview="none")
    write("int16-one-label", np.full((1, 5, 6), -7, np.int16), coding="labels")


def floats():
    half = surface(8, 9, 10, 5).astype(np.float16)[np.newaxis]
    write("float16", with_specials(half, bits([0x8000, 0x7C01, 0xFE55, 0x7C00, 1], "f2")))

    single = surface(14, 20, 10, 6).astype(np.float32)[np.newaxis]
    odd = [0x80000000, 0x00000000, 0x7FC00000, 0x7F800001, 0xFFC12345, 0x7F800000, 0xFF800000]
    single = with_specials(single, bits([*odd, 0x00000001, 0x80000001, 0x7F7FFFFF], "f4"))
    for coding in ("plain", "row", "plane", "lattice"):
        write(f"float32-special-values-{coding}", single, coding=coding)
    sparse = np.full((2, 17, 20), np.nan, np.float32)
    sparse[1] = np.float32(-3.4e38)
    sparse[:, :5, :6] = surface(5, 6, 1, 7)
    write(
        "float32-nodata-per-band",
        sparse,
        bands=[Band(nodata=float("nan")), Band(nodata=float(np.float32(-3.4e38)))],
    )

    double = surface(10, 12, 1e-3, 8)[np.newaxis]
    odd = [0x8000000000000000, 0x7FF8000000000001, 0xFFF0000000000000, 0x7FF0DEADBEEF0001, 1]
    write("float64", with_specials(double, bits(odd, "f8")))

    parts = surface(9, 10, 5, 9) + 1j * surface(9, 10, 7, 10)
    complexes = np.stack([parts, parts.conj()]).astype(np.complex64)
    complexes[0, 0, :2] = np.array([0x80000000, 0x7FC00123, 0xFFC00456, 0], "u4").view("c8")
    write("complex64-2-bands", complexes)
    write("complex128", parts[np.newaxis])


def bands_apart():
    """Write bands in tiles of their own and a few in each; one without pixels, one without nodata.

    A mask is in every tile of the same pixels.
    """
    array = np.stack([surface(18, 25, 100, 24 + band) for band in range(6)]).astype(np.int16)
    array[1, :, 16:] = -1
    array[4:, :16, 16:] = -1
    bands = [Band(nodata=nodata) for nodata in (None, -1, -1, None, -1, -1)]
    write("int16-bands-apart", array[:3], bands=bands[:3], interleave="band")
    write("int16-bands-in-fours", array, bands=bands, interleave="auto")
    valid = np.hypot(*np.mgrid[-8:10, -9:16]) < 13
    write("int16-bands-apart-mask", array[:2], mask=valid, interleave="band")


def masked_and_described():
    valid = np.hypot(*np.mgrid[-8:10, -9:11]) < 10
    write(
        "uint8-mask",
        (surface(18, 20, 90, 11) + 128).astype(np.uint8)[np.newaxis],
        mask=valid,
    )
    valid = np.random.default_rng(30).random((32, 64)) < 0.5  # the first tile's has no shape
    valid[:, 32:] = np.hypot(*np.mgrid[-22:10, -9:23]) < 9  # the second's begins far from its start
    write(
        "uint8-masks-of-both-kinds",
        (surface(32, 64, 90, 31) + 128).astype(np.uint8)[np.newaxis],
        mask=valid,
        tile_size=32,
        overview="none",
    )
    classes = (surface(18, 18, 2, 12) + 3).astype(np.uint8)
    classes = np.stack([classes, classes // 2])
    write(
        "uint8-all-metadata",
        classes,
        bands=[
            Band(
                nodata=255,
                description="Bodenbedeckung\nzweite Zeile",
                color_interpretation="palette",
                colormap={0: (0, 0, 0, 0), 1: (255, 128, 0, 255), 5: (1, 2, 3, 4)},
                tags={"": {"LAYER_TYPE": "thematic"}, "Ünits": {"k=ey": "välue"}},
            ),
            Band(unit="%", scale=0.1, offset=-1e-300),
        ],
        crs=LOCAL_CRS,
        transform=(0.1, 1 / 3, -1e-7, 0.25, 0.2, 1e22),
        gcps=(GroundControlPoint(0.5, 1.5, 10.1, 20.2, 30.3, "1", "church"),),
        gcps_crs="EPSG:4326",
        rpcs={"LINE_OFF": "2991", "SAMP_NUM_COEFF": "1 2 3"},
        nbits=3,
        tags={"": {"AREA_OR_POINT": "Area"}, "xml:XMP": {"xml:XMP": "<x>\n</x>"}},
    )
    write(
        "uint8-version-1.1",
        classes,
        bands=[
            Band(
                category_names=("", "Wald", "<See> & Fluß"),
                attribute_table=AttributeTable(
                    (
                        Column("Value", "integer", "min_max", ("1", "2")),
                        Column("Name", "string", "name", ("Wald", "")),
                        Column("Höhe", "real", "generic", ("0.3333333333333333", "nan")),
                    ),
                    "athematic",
                    -0.5,
                    0.1,
                ),
                histograms=(Histogram(-0.5, 5.5, (1, 2, 2**63), True, False),),
            ),
            Band(),
        ],
        crs="EPSG:7844",
        coordinate_epoch=2022.5,
        has_transform=True,
    )
    write(
        "complex64-of-integers",
        (np.arange(-6, 6) * 5461 + 1j * np.arange(12)).astype("c8").reshape(1, 3, 4),
        bands=[Band(nodata=-32768)],
        gdal_type="CInt16",
    )
    path = write(
        "int16-retagged",
        surface(20, 20, 500, 13).astype(np.int16)[np.newaxis],
        bands=[Band(nodata=-1)],
    )
    retag(path)


def retag(path):
    """Do what taggers do: other letter case, other tags, a picture, no padding."""
    file = FLAC(path)
    file.tags[:] = [("artist", "x" * 3000)] + [(key.lower(), value) for key, value in file.tags]
    picture = Picture()
    picture.type, picture.mime, picture.data = 3, "image/png", png()
    file.add_picture(picture)
    file.save(padding=lambda info: 0)


def dump(data, starts):
    """Return lines of hex, a new one at each of ``starts``; ``*`` stands for lines of zeros."""
    lines, zeros = [], False
    ends = [*starts[1:], len(data)]
    for start, end in zip(starts, ends):
        for offset in range(start, end, 16):
            part = data[offset : min(offset + 16, end)]
            if offset > start and len(part) == 16 and not any(part):
                if not zeros:
                    lines.append("*")
                zeros = True
                continue
            zeros = False
            text = "".join(chr(byte) if 32 <= byte < 127 else "." for byte in part)
            lines.append(f"{offset:08x}  {part.hex(' '):47}  |{text}|")
        lines.append("")
    return "\n".join(lines)


def block_starts(data):
    """Return where the marker, each metadata block and the first frame of a stream start."""
    starts, last = [0, 4], False
    while not last:
        last = bool(data[starts[-1]] & 128)
        starts.append(starts[-1] + 4 + int.from_bytes(data[starts[-1] + 1 : starts[-1] + 4], "big"))
    return starts


if __name__ == "__main__":
    if sys.argv[1:] == ["--dump"]:
        content = (VECTORS / f"{EXAMPLE}.flac").read_bytes()
        print(dump(content, block_starts(content)))
    else:
        for old in (*VECTORS.glob("*.flac"), *VECTORS.glob("*.json")):
            old.unlink()
        integers()
        lattices()
        variants()
        narrowed()
        labelled()
        floats()
        bands_apart()
        masked_and_described()
