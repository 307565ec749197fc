"""Committed and freshly written files, read by the engine and by the independent reader alike."""

import base64
import json
import shutil
import struct
import tempfile
import zlib
from pathlib import Path
from types import SimpleNamespace
from unittest import mock

import numpy as np
import pytest
from kits import VECTORS

pytest.importorskip("soundfile", reason="the independent reader decodes FLAC with soundfile")

from flac_raster_qgis.engine import (
    ArrayRaster,
    Band,
    FlacRaster,
    FlacRasterError,
    RasterMetadata,
    WriteOptions,
    write_raster,
)
from flac_raster_qgis.engine.coding import mask as masks
from flac_raster_qgis.engine.coding import select
from flac_raster_qgis.engine.coding.decode import decode_segments
from flac_raster_qgis.engine.coding.interpolation import context_sort
from flac_raster_qgis.engine.coding.prediction import codec as prediction
from flac_raster_qgis.engine.coding.registry import CODECS
from flac_raster_qgis.engine.coding.segment import EncodedSegment, Flag, Segment
from flac_raster_qgis.engine.errors import CorruptFile, UnsupportedVersion
from flac_raster_qgis.engine.model.data_types import DTYPES
from flac_raster_qgis.engine.model.grid import TileKey
from flac_raster_qgis.engine.model.metadata import number_to_json
from flac_raster_qgis.engine.options import EFFORTS, INTERLEAVES
from flac_raster_qgis.engine.tile import header as tile_header
from flac_raster_qgis.engine.tile.encoding import encode_tile
from hypothesis import given, settings
from hypothesis import strategies as st
from kits import independent_reader
from kits.forced_codings import LABELS, LATTICE, only, segments
from kits.format_vectors import surface
from kits.tiles import decode_tile
from mutagen.flac import FLAC

NAMES = sorted(path.stem for path in VECTORS.glob("*.flac"))


def by_reader(path):
    return independent_reader.read(Path(path).read_bytes())


def unpacked(text, dtype):
    return np.frombuffer(zlib.decompress(base64.b64decode(text)), dtype)


def expected_levels(name):
    expected = json.loads((VECTORS / f"{name}.json").read_text(encoding="utf-8"))
    metadata = expected["metadata"]
    dtype = np.dtype(metadata["dtype"]).newbyteorder("<")
    for level in expected["levels"]:
        size = level["height"], level["width"]
        pixels = unpacked(level["pixels"], dtype)
        mask = level["mask"]
        if mask is not None:
            mask = unpacked(mask, bool).reshape(size)
        yield pixels.reshape(metadata["count"], *size), mask


def assert_same(found, expected):
    """Compare levels of pixels and masks, bit for bit."""
    found, expected = list(found), list(expected)
    assert len(found) == len(expected)
    for (pixels, mask), (right_pixels, right_mask) in zip(found, expected):
        assert pixels.shape == right_pixels.shape
        little = right_pixels.dtype.newbyteorder("<")
        assert pixels.astype(little).tobytes() == right_pixels.astype(little).tobytes()
        assert (mask is None) == (right_mask is None)
        assert mask is None or (mask == right_mask).all()


def assert_statistics(statistics, side, pixels, mask, nodata):
    """Compare what the independent reader finds with the pixels of level 0."""
    level, valid, minimum, maximum = statistics
    side <<= level
    for band, row, column in np.ndindex(valid.shape):
        place = slice(row * side, (row + 1) * side), slice(column * side, (column + 1) * side)
        values = pixels[(band, *place)]
        ok = values == values if mask is None else (values == values) & mask[place]
        try:
            ok &= values != independent_reader.nodata_pixel(nodata[band], values.dtype)
        except independent_reader.Refused:
            ok &= True  # no pixel has this nodata value
        assert valid[band, row, column] == ok.any()
        if ok.any():
            assert minimum[band, row, column] == values[ok].min()
            assert maximum[band, row, column] == values[ok].max()


def engine_levels(raster):
    return [raster.read_masked(level=n, check_md5=True) for n, _ in enumerate(raster.levels)]


# ---------------------------------------------------------------- committed files


@pytest.mark.parametrize("name", NAMES)
def test_independent_reader_reads_vector(name):
    raster = by_reader(VECTORS / f"{name}.flac")
    assert_same(raster.levels, expected_levels(name))
    text = (VECTORS / f"{name}.json").read_text(encoding="utf-8")
    assert raster.metadata == json.loads(text)["metadata"]
    if raster.statistics:
        nodata = [band["nodata"] for band in raster.metadata["bands"]]
        with FlacRaster.open(VECTORS / f"{name}.flac") as opened:
            side = opened.grid.tile_size
        assert_statistics(raster.statistics, side, *raster.levels[0], nodata)


@pytest.mark.parametrize("name", NAMES)
def test_engine_reads_vector(name):
    with FlacRaster.open(VECTORS / f"{name}.flac") as raster:
        assert_same(engine_levels(raster), expected_levels(name))
        right = json.loads((VECTORS / f"{name}.json").read_text(encoding="utf-8"))["metadata"]
        found = raster.metadata
        for key in ("width", "height", "count", "dtype", "crs", "mask", "gcps_crs", "bits", "rpcs"):
            name = {"mask": "has_mask", "bits": "nbits"}.get(key, key)
            assert getattr(found, name) == right[key], key
        assert list(found.transform) == right["transform"]
        assert found.tags == right["tags"]
        assert [vars(point) for point in found.gcps] == right["gcps"]
        for band, right_band in zip(found.bands, right["bands"]):
            assert number_to_json(band.nodata) == right_band["nodata"]
            assert band.color_interpretation == right_band["interpretation"]
            for key in ("description", "unit", "scale", "offset", "tags"):
                assert getattr(band, key) == right_band[key], key
            colormap = band.colormap and {str(k): list(v) for k, v in band.colormap.items()}
            assert colormap == right_band["colormap"]


def test_vectors_cover_the_format():
    rasters = [by_reader(VECTORS / f"{name}.flac") for name in NAMES]
    tiles = [tile for raster in rasters for tile in raster.tiles]
    assert {raster.metadata["dtype"] for raster in rasters} == set(DTYPES)
    parts = [part for header, _, _ in tiles if header for part in header.parts]
    assert {part.coding for part in parts} == set(CODECS)
    assert any(len(header.parts) > 2 for header, _, _ in tiles if header)
    assert any(part.count == 0 for part in parts)
    assert any(size == 0 for _, _, size in tiles)
    assert any(header.mask for header, _, _ in tiles if header)
    assert any(raster.metadata["count"] == 12 for raster in rasters)
    bands = {
        (raster.metadata["count"], header.first, header.bands)
        for raster in rasters
        for header, _, _ in raster.tiles
        if header
    }
    assert bands >= {(1, 0, 1), (12, 0, 12), (3, 2, 1), (6, 0, 4), (6, 4, 2)}
    assert any(header.mask and header.first for header, _, _ in tiles if header)
    assert {len(raster.levels) for raster in rasters} >= {1, 2, 3}
    listed = [raster.statistics for raster in rasters]
    assert {found and found.level for found in listed} == {None, 0, 1}
    assert not all(found.valid.all() for found in listed if found)
    files = [path for path in VECTORS.iterdir() if path.suffix in (".flac", ".json")]
    assert sum(path.stat().st_size for path in files) < 320_000


def test_vectors_cover_every_flag():
    """A flag that is added needs a vector that has it."""
    tiles = [tile for name in NAMES for tile in by_reader(VECTORS / f"{name}.flac").tiles]
    predicted = [
        (part, part.side[0] | part.side[1] >> 4 << 8, part.side[1] & 15)
        for header, _, _ in tiles
        if header
        for part in header.parts
        if part.coding < 4
    ]
    lattices = [
        (flags, width, len(part.planes)) for part, flags, width in predicted if part.coding == 3
    ]
    for flag in Flag:
        assert any(flags & flag for flags, _, _ in lattices), flag
        assert any(not flags & flag for flags, _, _ in lattices), flag
    codings = {flag: {p.coding for p, flags, _ in predicted if flags & flag} for flag in Flag}
    assert codings[Flag.INTEGERS] == {0, 1, 2, 3}
    assert codings[Flag.SPARSE] >= {2, 3}
    assert codings[Flag.HOLES] >= {2, 3}
    for width in (1, 2, 4, 8):
        of_width = [(flags, planes) for flags, found, planes in lattices if found == width]
        assert any(planes > 2 for _, planes in of_width), "weights"
        assert any(flags & Flag.LIMITS for flags, _ in of_width)
        assert any(flags & Flag.SPARSE for flags, _ in of_width)
        assert any(not flags for flags, _ in of_width)
    several = [flags for flags, _, planes in lattices if planes > 1 and flags & Flag.HOLES]
    assert any(flags & Flag.SHARED for flags in several)
    assert any(not flags & Flag.SHARED for flags in several)


def test_vectors_cover_every_kind_of_mask_and_block(monkeypatch):
    kinds, blocks = {"tile": set(), "holes": set()}, set()

    def unpack(of, function):
        def wrapped(data, shape):
            kinds[of].add((data[0], data[0] == masks.CHANGES and 255 in data[1:]))
            return function(data, shape)

        return wrapped

    def arrange(by, occupied, side):
        there = (None, None)
        if occupied is not None:
            there = any(occupied.whole), any(occupied.partial)
        blocks.add((side, *there))
        return original(by, occupied, side)

    original = context_sort.order_blocks
    monkeypatch.setattr(context_sort, "order_blocks", arrange)
    for of, module in (("tile", tile_header), ("holes", prediction)):
        replaced = SimpleNamespace(unpack=unpack(of, masks.unpack))
        monkeypatch.setattr(module, "masks", replaced)
    for name in NAMES:
        with FlacRaster.open(VECTORS / f"{name}.flac", workers=1) as raster:
            engine_levels(raster)
    for found in kinds.values():
        assert found == {(masks.BITS, False), (masks.CHANGES, False), (masks.CHANGES, True)}
    assert blocks >= {(2, True, True), (2, True, False), (2, False, True), (2, False, False)}
    assert blocks >= {(2, None, None), (1, True, False)}  # one pixel is never partial


def test_special_values_are_in_the_vectors():
    pixels, _ = by_reader(VECTORS / "float32-special-values-row.flac").levels[0]
    found = set(pixels.view(np.uint32).ravel().tolist())
    assert {0x80000000, 0, 0x7F800001, 0xFFC12345, 0xFF800000, 1, 0x80000001} <= found


# ---------------------------------------------------------------- tiles of one's own making


def remade(data, *, dtype=None, coding=None, flags=0):
    """Return a tile with another data type, or another coding or more flags of its first part."""
    blocks, frames = independent_reader.metadata_blocks(data)
    info = blocks[0][1]
    body = bytearray(next(body for kind, body in blocks if kind == 2))
    start = 32 + int.from_bytes(body[24:28], "big")
    side = bytearray(zlib.decompress(body[start:]))
    if dtype is not None:
        body[5] = dtype
    if coding is not None:
        side[1] = coding
    first = 12 + 2 * int.from_bytes(side[2:4], "big")  # after the numbers of its planes
    side[first] |= flags & 255
    side[first + 1] |= flags >> 8 << 4
    rest = bytes(body[32:start]) + zlib.compress(side)
    crc = zlib.crc32(info + body[4:28] + rest).to_bytes(4, "big")
    body = bytes(body[:28]) + crc + rest
    head = b"fLaC" + b"\0\0\0\x22" + info + b"\x82" + len(body).to_bytes(3, "big") + body
    return head + data[frames:]


def test_what_a_later_version_adds_is_refused_by_name():
    data = (VECTORS / "tiny.flac").read_bytes()
    plain = remade(data)
    assert decode_tile(plain, "tiny").pixels.tolist() == [[[1, 200, 3], [50000, 40000, 60000]]]
    assert independent_reader.read_tile(plain)[1].tolist() == [[[1, 200, 3], [50000, 40000, 60000]]]
    for changed, name in (
        (remade(data, coding=len(CODECS)), f"coding {len(CODECS)}"),
        (remade(data, dtype=len(DTYPES)), f"data type {len(DTYPES)}"),
        (remade(data, flags=512), "flags 512"),
        (remade(data, flags=2048), "flags 2048"),
    ):
        with pytest.raises(UnsupportedVersion, match=name):
            decode_tile(changed, "tiny")
        with pytest.raises(independent_reader.Refused):
            independent_reader.read_tile(changed)


def test_labels_whose_gaps_are_too_long():
    array = np.zeros((1, 700, 800), np.uint8)
    array[0, 501, 602] = 7  # 250 rows of 400 pixels after the first of its step
    tile = encode_tile(TileKey(0, 0, 0), array, None, [None], "balanced")
    assert tile.coding == "labels"
    header, pixels, _ = independent_reader.read_tile(tile.data)
    (part,) = header.parts
    assert part.count == 16  # gaps of a miss that is none and of one; a second gap and label
    assert pixels.tobytes() == decode_tile(tile.data, "tile").pixels.tobytes() == array.tobytes()


# ---------------------------------------------------------------- damage


@pytest.mark.parametrize("name, flips", [("tiny", (1, 0x80, 0xFF)), ("uint8-mask", (0x10,))])
def test_every_byte_is_protected_or_of_no_meaning(tmp_path, name, flips):
    """A changed byte is refused, or changes neither metadata nor pixels."""
    whole = (VECTORS / f"{name}.flac").read_bytes()
    right = independent_reader.read(whole)
    blocks, frames = independent_reader.metadata_blocks(whole)
    (tags,) = (body for kind, body in blocks if kind == 4)
    titles = range(whole.index(tags), whole.index(tags) + tags.index(b"GEOSPATIAL_VERSION"))
    padding = range(frames - 4 - len(blocks[-1][1]), frames)
    path = tmp_path / "damaged.flac"
    harmless = set()
    for position in (p for p in range(len(whole)) if p not in padding[20:-20]):
        for flip in flips:
            data = bytearray(whole)
            data[position] ^= flip
            try:
                found = independent_reader.read(bytes(data))
            except independent_reader.Refused:
                pass
            else:
                harmless.add(position)
                assert found.metadata == right.metadata, position
                assert_same(found.levels, right.levels)
            path.write_bytes(data)
            try:
                with FlacRaster.open(path, workers=1) as raster:
                    levels = engine_levels(raster)
                    assert raster.metadata.transform == tuple(right.metadata["transform"])
            except FlacRasterError:
                pass
            else:
                assert_same(levels, right.levels)
    # vendor and titles, and PADDING: its content, or even its type; nothing else
    assert harmless <= {*titles, *padding}


@pytest.mark.parametrize("key", ["-5", "+5", "05", "", " 5", "1_0", "\u0665", str(2**64)])
def test_color_tables_of_no_pixel_value_are_refused(tmp_path, key):
    check_refused(tmp_path / "x.flac", {"bands": [{"colormap": {key: [1, 2, 3, 4]}}]})


@pytest.mark.parametrize("epoch", [0, -5, 10000, 1e300, "nan", "2020", True])
def test_epochs_that_are_no_year_are_refused(tmp_path, epoch):
    check_refused(tmp_path / "x.flac", {"bands": [{}], "coordinate_epoch": epoch})


def check_refused(path, metadata):
    """Both readers refuse GEOSPATIAL_METADATA."""
    shutil.copy(VECTORS / "tiny.flac", path)
    file = FLAC(path)
    file["GEOSPATIAL_METADATA"] = json.dumps(metadata)
    tags = {key.upper(): value for key, value in file.tags}
    file["GEOSPATIAL_CHECKSUM"] = independent_reader.checksum(tags)
    file.save()
    with pytest.raises(independent_reader.Refused):
        by_reader(path)
    with pytest.raises(CorruptFile, match="GEOSPATIAL_METADATA"):
        FlacRaster.open(path)


@pytest.mark.parametrize("name", ["tiny", "int16-3-levels-nodata"])
def test_cut_off_or_longer_files_are_refused(tmp_path, name):
    whole = (VECTORS / f"{name}.flac").read_bytes()
    path = tmp_path / "cut.flac"
    for data in [whole[:length] for length in range(0, len(whole), 7)] + [whole[:-1], whole + b"x"]:
        with pytest.raises(independent_reader.Refused):
            independent_reader.read(data)
        path.write_bytes(data)
        with pytest.raises(FlacRasterError):
            FlacRaster.open(path)


# ---------------------------------------------------------------- fresh files


@st.composite
def rasters(draw):
    """A raster of hills, classes or random bits, and nodata, with ways to write it."""
    dtype = np.dtype(draw(st.sampled_from(DTYPES)))
    bands, height, width = draw(st.tuples(*(st.integers(1, top) for top in (6, 70, 70))))
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    shape = bands, height, width
    noise = np.frombuffer(rng.bytes(bands * height * width * dtype.itemsize), dtype).reshape(shape)
    y, x = np.mgrid[:height, :width]
    with np.errstate(all="ignore"):
        smooth = np.broadcast_to((40 + 30 * np.sin(x / 8) * np.cos(y / 5)), shape).astype(dtype)
        slopes = np.arange(1, bands + 1)[:, None, None] * smooth
        decimals = np.round(slopes + rng.normal(0, 2, shape), 2).astype(dtype)
        classes = (x // 9 + y // 7 + (rng.random(shape) < 0.1)).astype(dtype)
    array = draw(st.sampled_from([noise, smooth, decimals, classes])).copy()
    values = [None, 0, 7]
    if dtype.kind in "iu":
        values += [int(np.iinfo(dtype).max), int(np.iinfo(dtype).min), 0.5]
    else:
        values += [float("nan"), -0.0, float("-inf"), 1e300, 0.1]
    nodata = draw(st.lists(st.sampled_from(values), min_size=bands, max_size=bands))
    for band, value in zip(array, nodata):
        if value is not None and value != 0.5:
            with np.errstate(over="ignore"):
                band[draw(st.integers(0, height)) :, draw(st.integers(0, width)) :] = value
    mask = rng.random((height, width)) < draw(st.sampled_from([0.1, 0.9, 1.0]))
    mask = draw(st.sampled_from([None, mask]))
    metadata = RasterMetadata(
        width,
        height,
        dtype.name,
        tuple(Band(nodata=value) for value in nodata),
        has_mask=mask is not None,
    )
    options = WriteOptions(
        tile_size=draw(st.sampled_from([16, 32, 48])),
        overview_resampling=draw(st.sampled_from(["auto", "mode", "nearest", "none"])),
        interleave=draw(st.sampled_from(INTERLEAVES)),
        effort=draw(st.sampled_from(EFFORTS)),
        level=0,
        workers=1,
    )
    return ArrayRaster(metadata, array, mask), (array, mask), options


@settings(deadline=None, max_examples=150)
@given(rasters())
def test_independent_reader_reads_what_the_engine_writes(case):
    source, level_0, options = case
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "fresh.flac"
        write_raster(source, path, options)
        found = by_reader(path)
        with FlacRaster.open(path, workers=1) as raster:
            assert_same(engine_levels(raster), found.levels)
    assert_same(found.levels[:1], [level_0])
    complex_numbers = np.dtype(source.metadata.dtype).kind == "c"
    assert (found.statistics is None) == complex_numbers
    if not complex_numbers:
        assert_statistics(found.statistics, options.tile_size, *level_0, source.metadata.nodata)
    assert found.metadata["mask"] == source.metadata.has_mask
    nodata = [number_to_json(band.nodata) for band in source.metadata.bands]
    assert [band["nodata"] for band in found.metadata["bands"]] == nodata


@settings(deadline=None, max_examples=100)
@given(
    rasters(),
    st.sampled_from(sorted(set(CODECS) - {LABELS})),
    st.fixed_dictionaries(
        {
            "by_mean": st.booleans(),
            "sharp": st.booleans(),
            "fold": st.booleans(),
            "side": st.sampled_from([1, 2]),
            "refinements": st.sampled_from([3, 4]),
        }
    ),
)
def test_independent_reader_reads_every_coding_and_variant(case, coding, variant):
    source, (array, valid), _ = case
    if coding != LATTICE:
        variant = {}
    elif len(array) > 1 or array.dtype.kind == "c":
        variant["fold"] = False
    if variant.get("sharp"):
        variant.update(by_mean=True, fold=False)
    nodata = [band.nodata for band in source.metadata.bands]
    with mock.patch.object(select, "candidates", only(coding, **variant)):
        key = TileKey(0, 0, 0)
        data = encode_tile(key, array, valid, nodata, allow_empty=False).data
    header, pixels, found = independent_reader.read_tile(data)
    assert {part.coding for part in header.parts} == {coding}
    assert_same([(pixels, found)], [(array, None if valid is None or valid.all() else valid)])
    ours = decode_tile(data, "tile")
    assert_same([(ours.pixels, ours.mask)], [(pixels, found)])


# ---------------------------------------------------------------- parts that must be refused

SMOOTH = (surface(20, 20, 900, 32) + 5000).astype(np.uint16)[np.newaxis]


def lattice_part(planes=SMOOTH, **variant):
    (part,) = segments(LATTICE, **variant)(planes, [None] * len(planes))
    return part


def in_place(part, start, new):
    """Return a part whose side information has other bytes from a place on."""
    return part._replace(side=part.side[:start] + new + part.side[start + len(new) :])


def flagged(part, flags, **others):
    return in_place(part, 0, bytes([flags]))._replace(**others)


def refused_parts():
    """Each with what is wrong; the side information of SMOOTH starts with its flags and width."""
    usual, folded = lattice_part(), lattice_part(fold=True)
    (row,) = segments(1)(SMOOTH, [None])
    (holed,) = segments(LATTICE)(SMOOTH, [SMOOTH[0, 3, 3]])
    plain = Segment(0, (0,), np.zeros(400, np.int16), bytes([0, 2]))
    assert not usual.side[0] and not row.side[0]
    assert (folded.side[0], holed.side[0]) == (Flag.LIMITS, Flag.HOLES)
    two = lattice_part(np.concatenate([SMOOTH, SMOOTH]))
    whole = bytes([Flag.INTEGERS, 2])
    zeros = bytes([Flag.SPARSE, 2])
    nothing = np.zeros(0, np.int16)
    yield "SHARED without HOLES", flagged(usual, Flag.SHARED)
    for flag in (Flag.BY_MEAN, Flag.PIXELS, Flag.THREE):
        yield f"{flag.name} without lattice", flagged(row, flag)
    limits = bytes(8) + b"\xff" * 2
    yield (
        "LIMITS without lattice",
        row._replace(side=bytes([Flag.LIMITS, 2]) + limits.rjust(16, b"\0")),
    )
    sharp = lattice_part(by_mean=True, sharp=True)
    yield "SHARP without BY_MEAN", flagged(sharp, 0)
    yield "SHARP with LIMITS", in_place(folded, 0, bytes([Flag.LIMITS | Flag.BY_MEAN, 16 + 2]))
    yield "SHARP without lattice", in_place(row, 0, bytes([Flag.BY_MEAN, 16 + 2]))
    for unknown in (32, 64, 128):
        yield f"flag {16 * unknown} of the future", in_place(usual, 1, bytes([unknown + 2]))
    yield "words of other widths", in_place(usual, 1, b"\1")
    yield "words of 3 bytes", in_place(usual, 1, b"\3")
    wide = struct.pack(">BBIQ", Flag.INTEGERS, 4, 1, 0)
    yield "words wider than values", plain._replace(side=wide, samples=np.zeros(800, np.int16))
    yield "factor 0", plain._replace(side=whole + bytes(12))
    yield "least word above the greatest", in_place(folded, 2, b"\0" * 6 + b"\xff\xff")
    yield "greatest word too great", in_place(folded, 10, b"\1")
    yield "LIMITS for two planes", two._replace(side=limits + two.side[2:])
    yield "no residuals at all", plain._replace(side=zeros + bytes(4))
    yield "no residuals, no samples", plain._replace(side=zeros + bytes(4), samples=nothing)
    for size in (805, 2**32 - 1):
        bitmap = bytes(-(-size // 32)) if size < 1000 else b""
        side = zeros + struct.pack(">I", size) + bitmap
        yield f"{size} residuals", plain._replace(side=side, samples=nothing)
    yield (
        "fewer samples than chunks",
        plain._replace(side=zeros + struct.pack(">I", 400) + b"\x80" + bytes(12), samples=nothing),
    )
    yield "a value that no hole has", in_place(holed, 3, b"\0" * 5 + b"\1")
    head = holed.side[:11]
    for name, mask in (
        ("no mask", b""),
        ("a mask of another kind", b"\2" + bytes(50)),
        ("a mask too short", b"\0" + bytes(49)),
        ("a mask too long", b"\0" + bytes(51)),
        ("changes too long", b"\1" + bytes(51)),
        ("a change too far", b"\1\xff\x91"),
    ):
        yield name, holed._replace(side=head + struct.pack(">I", len(mask)) + mask)
    yield "a mask longer than all", holed._replace(side=head + b"\xff" * 4 + holed.side[15:])
    yield "side information too short", two._replace(side=two.side[:-1])
    yield "side information too long", usual._replace(side=usual.side + b"\0")
    for part in (usual, folded, row, plain):
        yield f"a sample more, {part.coding}", part._replace(samples=np.append(part.samples, [0]))
        yield f"a sample less, {part.coding}", part._replace(samples=part.samples[:-1])


@pytest.mark.parametrize("part", [pytest.param(part, id=what) for what, part in refused_parts()])
def test_part_is_refused(part):
    planes = len(part.planes)
    samples = part.samples.astype(np.int16)
    shape = planes, 20, 20
    stored = EncodedSegment(part.coding, samples.copy(), part.side, shape, np.dtype(np.uint16))
    with pytest.raises(ValueError):
        decode_segments([stored])
    read = independent_reader.Part(part.coding, part.planes, samples.size, part.side)
    with pytest.raises((independent_reader.Refused, ValueError)):
        independent_reader.predicted(read, samples.astype(np.int64), (planes, 20, 20), 16, "u")


def test_slivers_of_many_planes_have_no_lattice():
    part = Segment(3, tuple(range(300)), np.zeros(9, np.int16), bytes([0, 1]) + bytes(8 * 299))
    read = independent_reader.Part(3, part.planes, 9, part.side)
    stored = EncodedSegment(3, part.samples, part.side, (300, 1, 8192), np.dtype(np.uint8))
    with pytest.raises(ValueError, match="narrow"):
        decode_segments([stored])
    with pytest.raises(independent_reader.Refused, match="padding"):
        independent_reader.predicted(read, part.samples.astype(np.int64), (300, 1, 8192), 8, "u")
