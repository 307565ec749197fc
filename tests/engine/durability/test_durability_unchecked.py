"""What carries no proof is not taken for proven: tags that are no text, tiles without an MD5."""

import numpy as np
import pytest
from flac_raster_qgis.engine import FlacRaster, verify
from flac_raster_qgis.engine.errors import CorruptFile
from flac_raster_qgis.engine.flac.stream import VORBIS_COMMENT, parse_head
from kits.durability import Bytes, noise, refused, retag, write_flac
from reliability.fuzzing import mutators


@pytest.mark.parametrize("raw", [b"\xff\xfe", b"\xc3", b"\xed\xa0\x80", b"\x00"])
@pytest.mark.parametrize("tag", [b"GEOSPATIAL_DTYPE=", b"GEOSPATIAL_CRS=", b"GEOSPATIAL_W"])
def test_tags_that_are_no_utf8(tmp_path, tag, raw):
    path = write_flac(tmp_path / "in.flac")
    retag(path, CRS="EPSG:32633")
    data = path.read_bytes()
    (block,) = parse_head(data).of_type(VORBIS_COMMENT)
    start = data.index(tag, block.start) + len(tag)
    changed = data[:start] + raw + data[start + len(raw) :]
    with refused(CorruptFile, "memory.flac"):
        FlacRaster.open(Bytes(changed))


@pytest.mark.parametrize("md5", [bytes(16), b"\xff" * 16])
def test_a_tile_without_md5_is_damaged_and_not_whole(tmp_path, md5):
    """FLAC lets a writer leave the MD5 out; then nothing proves the pixels, and CRCs are right."""
    path = write_flac(tmp_path / "in.flac", noise(20, 10))
    data = path.read_bytes()
    with FlacRaster.open(path) as raster:
        *_, key = raster.grid.keys()
        offset, size = raster.head.index.byte_range(key)
        whole = raster.read()
    tile = data[offset : offset + size]
    info = mutators.take_apart(tile, parse_head(tile)).info
    made = mutators.with_pieces(tile, parse_head(tile), info=info[:-16] + md5)
    assert len(made) == len(tile)
    path.write_bytes(data[:offset] + made + data[offset + size :])
    (damage,) = verify(path).damaged_tiles
    assert damage.key == key and "MD5" in damage.error
    with FlacRaster.open(path) as raster:  # the CRCs of the frames are right all the same
        assert (np.asarray(raster.read()) == whole).all()
