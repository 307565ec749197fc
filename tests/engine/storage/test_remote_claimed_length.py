"""How long a file is, a server only claims: what depends on it is measured by what arrives."""

import numpy as np
import pytest
from flac_raster_qgis.engine import FlacRaster, Window, WriteOptions, write_raster
from flac_raster_qgis.engine.errors import RemoteError
from flac_raster_qgis.engine.model import limits
from flac_raster_qgis.engine.storage.byte_source import FIRST_READ
from kits.durability import pack_index, read_index, retag
from kits.rasters import array_raster
from kits.remote import open_hasty, reply

SIDE = 4096
#: Bytes that a file with tiles of that side must have.
LEAST = 4 * SIDE**2 // limits.MOST_TIMES
#: Length of a tile that is not there.
CLAIM = 1 << 20


@pytest.fixture
def path(tmp_path):
    """A file of two tiles of one value."""
    path = tmp_path / "x.flac"
    raster = array_raster(np.zeros((1, SIDE, 2 * SIDE), "uint8"))
    write_raster(raster, path, WriteOptions(tile_size=SIDE, overview_resampling="none", workers=1))
    return path


def sends(data, size, longest):
    """Step: send what there is and claim that there is more; no part is longer than that."""

    def step(request):
        offset, asked = request.range
        body = data[offset : offset + min(asked, longest)]
        place = f"bytes {offset}-{offset + len(body) - 1}/{size}"
        yield reply(206, {"Content-Range": place}, body)

    return step


def test_of_a_good_file_as_much_arrives_as_large_tiles_need(serve, path):
    data = path.read_bytes()
    assert LEAST <= len(data) < LEAST + 5000
    server = serve(always=sends(data, len(data), CLAIM))
    with FlacRaster.open(open_hasty(server.url)) as raster:
        assert (FIRST_READ, LEAST - FIRST_READ) in server.ranges, server.ranges
        assert not raster.read(Window(0, 0, 1, 1))[0].any()


def test_files_of_ordinary_tiles_need_no_more_than_the_first_read(serve, flac):
    server = serve(always=sends(flac, len(flac), CLAIM))
    FlacRaster.open(open_hasty(server.url)).close()
    assert len(server.requests) == 1


@pytest.mark.parametrize("longest", [65536, CLAIM])
def test_a_claim_alone_allows_no_large_tiles(serve, path, longest):
    """The server has a few kilobytes; a last tile that nobody asks for makes up the rest."""
    index = read_index(path)
    last = index["levels"][0]["sizes"][1]
    index["levels"][0]["sizes"][1] = CLAIM
    retag(path, padding=0, SPATIAL_INDEX=pack_index(index))
    data = path.read_bytes()[:-last]
    assert len(data) < LEAST / 4
    server = serve(always=sends(data + bytes(FIRST_READ), len(data) + CLAIM, longest))
    with pytest.raises(RemoteError, match="32768 to 65535 were asked for"):
        FlacRaster.open(open_hasty(server.url))
