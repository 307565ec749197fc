"""Every bit of a small file flipped, one at a time: found out, or of no consequence."""

import pytest
from flac_raster_qgis.engine import FlacRaster, FlacRasterError, verify
from flac_raster_qgis.engine.reading.detect import read_file_header
from kits.durability import Bytes, everything, noise, retag, write_flac


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    path = write_flac(tmp_path_factory.mktemp("flipped") / "in.flac", noise(20, 10, 1, "uint8"))
    retag(path, padding=4)
    return path


@pytest.fixture(scope="module")
def data(path):
    return path.read_bytes()


@pytest.fixture(scope="module")
def frames_start(data):
    return read_file_header(Bytes(data)).index.frames_start


def flipped(data, position, bits):
    changed = bytearray(data)
    changed[position] ^= bits
    return bytes(changed)


def test_every_bit_of_the_head(data, frames_start):
    whole = everything(data)
    for position in range(frames_start):
        for bit in range(8):
            try:
                found = everything(flipped(data, position, 1 << bit))
            except FlacRasterError:
                continue
            assert found == whole, f"bit {bit} of byte {position}"


@pytest.mark.parametrize("bits", [0x01, 0x80, 0xFF])
def test_every_byte_of_the_tiles(data, frames_start, bits):
    for position in range(frames_start, len(data)):
        with pytest.raises(FlacRasterError):
            everything(flipped(data, position, bits))


def test_every_byte_of_the_tiles_in_a_plain_read(data, frames_start):
    with FlacRaster.open(Bytes(data), workers=1) as raster:
        whole = raster.read().tobytes()
    for position in range(frames_start, len(data)):
        with FlacRaster.open(Bytes(flipped(data, position, 0x10)), workers=1) as raster:
            try:
                found = raster.read().tobytes()
            except FlacRasterError:
                continue
        assert found == whole, f"byte {position}"


def test_verify_names_the_damaged_tile_and_goes_on(path, data, tmp_path):
    damaged = tmp_path / "damaged.flac"
    damaged.write_bytes(flipped(data, len(data) - 3, 0xFF))
    result = verify(damaged)
    assert not result.valid
    assert [damage.key[:3] for damage in result.damaged_tiles] == [(0, 0, 1)]
    assert result.tiles == verify(path).tiles == 3
