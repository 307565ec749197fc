"""FLAC metadata blocks that no tagger writes: skipped or refused, at once and in little memory."""

import struct

import pytest
from flac_raster_qgis.engine import FlacRaster, FlacRasterError
from flac_raster_qgis.engine.flac.stream import pack_block, parse_head
from flac_raster_qgis.engine.reading.detect import read_file_header
from kits.durability import Bytes, everything, noise, run_apart, write_flac

SEEKTABLE, VORBIS_COMMENT, CUESHEET, PICTURE = 3, 4, 5, 6


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    path = write_flac(tmp_path_factory.mktemp("blocks") / "in.flac", noise(20, 10))
    return path.read_bytes()


def with_block(data, kind, body, before_tags=False):
    """Insert a metadata block behind the first one, or as the last but one."""
    blocks = parse_head(data).blocks
    position = blocks[1 if before_tags else -1].start - 4
    return data[:position] + pack_block(kind, body, last=False) + data[position:]


BLOCKS = {
    "empty of every kind": [(kind, b"") for kind in range(1, 127) if kind != VORBIS_COMMENT],
    "noise of every kind": [
        (kind, bytes(range(256))) for kind in range(1, 127) if kind != VORBIS_COMMENT
    ],
    "forbidden kind": [(127, b"abc")],
    "picture with lengths that lie": [(PICTURE, struct.pack(">II", 3, 2**32 - 1) + bytes(30))],
    "picture of 16 MB": [(PICTURE, bytes(2**24 - 1))],
    "picture cut off": [(PICTURE, bytes(count)) for count in range(33)],
    "cue sheet cut off": [(CUESHEET, b"\xff" * count) for count in (1, 127, 395, 396, 500)],
    "cue sheet of 255 tracks": [(CUESHEET, bytes(395) + b"\xff")],
    "seek table with a rest": [(SEEKTABLE, bytes(17))],
    "second tags": [(VORBIS_COMMENT, struct.pack("<II", 0, 0))],
    "second tags that lie": [
        (VORBIS_COMMENT, struct.pack("<I", 2**32 - 1)),
        (VORBIS_COMMENT, struct.pack("<II", 0, 2**32 - 1)),
        (VORBIS_COMMENT, struct.pack("<III", 0, 1, 2**32 - 1)),
        (VORBIS_COMMENT, struct.pack("<III", 0, 1, 1) + b"="),
        (VORBIS_COMMENT, b""),
    ],
}


@pytest.mark.parametrize("before_tags", [True, False])
@pytest.mark.parametrize("blocks", BLOCKS.values(), ids=BLOCKS)
def test_inserted_block(data, blocks, before_tags):
    whole = everything(data)
    for kind, body in blocks:
        try:
            found = everything(with_block(data, kind, body, before_tags))
        except FlacRasterError:
            continue
        assert found == whole


def test_foreign_blocks_are_skipped(data):
    """Padding, foreign applications and seek tables are none of a raster's business."""
    whole = everything(data)
    for kind, body in [(1, bytes(5000)), (2, b"abcd" * 100), (SEEKTABLE, bytes(18)), (100, b"?")]:
        assert everything(with_block(data, kind, body)) == whole


def open_and_forget(path):
    FlacRaster.open(path).close()


def test_head_longer_than_any_head(tmp_path, data):
    path = tmp_path / "in.flac"
    filler = pack_block(1, bytes(2**24 - 1), last=False)
    position = parse_head(data).blocks[-1].start - 4
    path.write_bytes(data[:position] + 5 * filler + data[position:])
    outcome = run_apart(open_and_forget, path)
    assert outcome.error == "CorruptFile", outcome
    assert outcome.seconds < 2 and outcome.megabytes < 300, outcome


def test_very_many_blocks(tmp_path, data):
    path = tmp_path / "in.flac"
    position = parse_head(data).blocks[-1].start - 4
    path.write_bytes(data[:position] + pack_block(1, b"", last=False) * 10**5 * 3 + data[position:])
    outcome = run_apart(open_and_forget, path)
    assert outcome.error in ("", "CorruptFile"), outcome
    assert outcome.seconds < 2 and outcome.megabytes < 200, outcome


def test_every_tag_length_changed(data):
    """The lengths inside the tags' block, which say where each tag ends, one byte at a time."""
    (block,) = parse_head(data).of_type(VORBIS_COMMENT)
    end = read_file_header(Bytes(data)).index.frames_start
    whole = everything(data)
    for position in range(block.start, min(block.start + 200, end)):
        for value in (0x00, 0x7F, 0xFF):
            changed = bytearray(data)
            changed[position] = value
            try:
                found = everything(changed)
            except FlacRasterError:
                continue
            assert found == whole, position
