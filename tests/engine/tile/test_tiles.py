"""A tile explains itself, and a reader believes none of it unchecked."""

import numpy as np
import pytest
from flac_raster_qgis.engine import options
from flac_raster_qgis.engine.errors import CorruptTile, UnsupportedVersion
from flac_raster_qgis.engine.flac.stream import parse_head
from flac_raster_qgis.engine.model.grid import TileKey
from flac_raster_qgis.engine.tile.encoding import encode_tile
from flac_raster_qgis.engine.tile.header import TileSpec
from kits.tiles import decode_tile

KEY = TileKey(3, 5, 7)


@pytest.fixture
def array():
    return np.random.default_rng(0).integers(0, 900, (2, 20, 30)).astype(np.int32)


@pytest.fixture
def data(array):
    return encode_tile(KEY, array, None, (None, None)).data


def test_a_tile_needs_nothing_but_itself(array, data):
    tile = decode_tile(data, "x.flac")
    assert tile.key == KEY and tile.mask is None
    assert tile.pixels.tobytes() == array.tobytes()


@pytest.mark.parametrize("effort", options.EFFORTS)
@pytest.mark.parametrize("kind", ["noise", "classes", "surface", "cents"])
def test_more_effort_never_makes_a_tile_larger(kind, effort):
    generator = np.random.default_rng(0)
    rows, columns = np.mgrid[:90, :90]
    surface = 30000 + 9000 * np.sin(rows / 40) * np.cos(columns / 50)
    tile = {
        "noise": generator.integers(0, 65536, (90, 90)).astype(np.uint16),
        "classes": (rows // 20 + columns // 30).astype(np.uint16),
        "surface": surface.astype(np.uint16),
        "cents": (np.rint(surface) / 100).astype(np.float32),
    }[kind][np.newaxis]
    sizes = {}
    for tried in options.EFFORTS[: options.EFFORTS.index(effort) + 1]:
        encoded = encode_tile(KEY, tile, None, (None,), tried)
        again = encode_tile(KEY, tile, None, (None,), tried)
        # in hexadecimal, so that a failure shows all of both tiles
        assert encoded.data.hex() == again.data.hex(), f"{tried}: {encoded.coding}, {again.coding}"
        decoded = decode_tile(encoded.data, "x")
        wrong = np.argwhere(decoded.pixels != tile).tolist()
        assert decoded.pixels.tobytes() == tile.tobytes(), (tried, wrong, encoded.data.hex())
        assert decoded.coding == encoded.coding
        sizes[tried] = len(encoded.data), encoded.coding, encoded.data.hex()
    # within what the tables of a coding take in a tile as small as this
    assert sizes[effort][0] < 1.01 * min(size for size, *_ in sizes.values()) + 100, sizes


def test_a_tile_of_another_place_or_shape_is_refused(data):
    with pytest.raises(
        CorruptTile, match="x.flac, tile level 3, row 5, column 6 .* says its place"
    ):
        decode_tile(data, "x.flac", key=TileKey(3, 5, 6))
    shape = TileSpec(np.dtype("int32"), 3, 20, 30)
    with pytest.raises(CorruptTile, match="says its shape is 2 bands of 20 x 30 int32"):
        decode_tile(data, "x.flac", shape=shape)


def test_every_damaged_bit_outside_the_frames_is_noticed(data):
    for position in range(parse_head(data).frames_start):
        for bit in range(8):
            damaged = bytearray(data)
            damaged[position] ^= 1 << bit
            with pytest.raises((CorruptTile, UnsupportedVersion)):
                decode_tile(bytes(damaged), "x.flac", check_md5=False)


def test_every_cut_is_noticed(data):
    for end in range(len(data)):
        with pytest.raises(CorruptTile):
            decode_tile(data[:end], "x.flac")


def test_wrong_pixels_behind_right_crcs_are_noticed_by_the_md5(array, data):
    upside_down = np.ascontiguousarray(array[:, ::-1])
    other = encode_tile(KEY, upside_down, None, (None, None)).data
    start = parse_head(data).frames_start
    forged = data[:start] + other[parse_head(other).frames_start :]
    assert decode_tile(forged, "x.flac", check_md5=False).pixels.tobytes() != array.tobytes()
    with pytest.raises(CorruptTile, match="MD5"):
        decode_tile(forged, "x.flac", check_md5=True)


def test_a_mask_travels_with_its_tile(array):
    mask = np.random.default_rng(1).random(array.shape[1:]) < 0.5
    data = encode_tile(KEY, array, mask, (None, None)).data
    assert (decode_tile(data, "x").mask == mask).all()


@pytest.mark.parametrize("nodata", [float("nan"), 0.0, -9999.0])
def test_only_the_very_bits_of_nodata_make_a_tile_empty(nodata):
    array = np.full((1, 4, 4), nodata, np.float32)
    assert encode_tile(KEY, array, None, (nodata,)).data == b""
    kept = encode_tile(KEY, array, None, (nodata,), allow_empty=False)
    assert decode_tile(kept.data, "x").pixels.tobytes() == array.tobytes()
    array.view(np.uint32)[0, 0, 0] ^= 0x80000000 if nodata == 0 else 1
    assert encode_tile(KEY, array, None, (nodata,)).data != b""
