"""Tiles are decoded ahead of readers of whole rows of blocks, and of no others."""

import gc
import threading
from contextlib import contextmanager
from functools import partial

import numpy as np
import pytest
from flac_raster_qgis.engine import Band, FlacRaster, WriteOptions, write_raster
from flac_raster_qgis.engine.errors import CorruptTile, InputError
from flac_raster_qgis.engine.model.grid import TileKey
from flac_raster_qgis.engine.virtual_tiff import ServedRasters, VirtualTiff, read_ahead, tiles
from flac_raster_qgis.engine.virtual_tiff.read_ahead import ReadAhead, Runs
from flac_raster_qgis.engine.virtual_tiff.tiles import DecodedTileCache
from hypothesis import given
from hypothesis import strategies as st
from kits.area import noise, write_flac
from kits.remote import part, servers, until
from kits.strategies import rasters

#: Of the raster of most tests: blocks in a row and in a column, and bytes of each.
SIDE, BLOCK = 8, 16 * 16 * 2
AHEAD = "flac-raster-ahead"


@pytest.fixture(autouse=True)
def one_thread(monkeypatch):
    monkeypatch.setattr(read_ahead, "default_workers", lambda: 2)


@pytest.fixture
def path(tmp_path):
    return write_flac(tmp_path / "x.flac", noise(1, 16 * SIDE, 16 * SIDE), 16)


class Watched:
    """A virtual TIFF whose reading is written down, and held up in the threads ahead."""

    def __init__(self, raster, limit=1 << 20, cache_limit=1 << 20):
        self.cache = DecodedTileCache(cache_limit)
        self.tiff = VirtualTiff(raster, cache=self.cache, ahead=ReadAhead(limit))
        self.go = threading.Event()
        self.go.set()
        #: Tiles by who decoded them, in this order.
        self.wanted, self.ahead = [], []
        self._run = raster.pipeline.run
        raster.pipeline.run = self._watched_run
        self.offset = self.tiff._images[0].offset

    def _watched_run(self, keys, **options):
        is_ahead = threading.current_thread().name.startswith(AHEAD)
        (self.ahead if is_ahead else self.wanted).extend(keys)
        if is_ahead:
            assert self.go.wait(10)
        yield from self._run(keys, **options)

    @property
    def pending(self):
        return sorted(self.tiff.tiles._pending)

    def blocks(self, start, stop):
        """Read some blocks of full resolution."""
        found = self.tiff.read(self.offset + start * BLOCK, self.offset + stop * BLOCK)
        return b"".join(found)

    def row(self, number):
        return self.blocks(number * SIDE, number * SIDE + SIDE)

    def settle(self):
        until(lambda: not self.pending)


@contextmanager
def watched(path, **options):
    with FlacRaster.open(path) as raster:
        one = Watched(raster, **options)
        yield one
        one.go.set()
        one.settle()


def keys_of_rows(*rows):
    return [TileKey(0, row, column) for row in rows for column in range(SIDE)]


# ---------------------------------------------------------------- what is decoded ahead


def test_as_many_rows_as_were_read(path):
    with watched(path) as one:
        one.row(0)
        one.settle()
        assert (one.wanted, one.ahead) == (keys_of_rows(0), keys_of_rows(1))
        one.row(1)
        one.settle()
        assert (one.wanted, one.ahead) == (keys_of_rows(0), keys_of_rows(1, 2, 3))
        for row in range(2, SIDE):
            one.row(row)
            one.settle()
        assert (one.wanted, one.ahead) == (keys_of_rows(0), keys_of_rows(*range(1, SIDE)))


def test_rows_in_pieces_that_end_within_blocks(path):
    """As GDAL reads them, whose pieces are of 16 kB."""
    with watched(path) as one:
        for start in range(0, SIDE * BLOCK, 700):
            at = one.offset + start
            list(one.tiff.read(at, min(at + 700, one.offset + SIDE * BLOCK)))
        one.settle()
        assert one.ahead[:SIDE] == keys_of_rows(1)


def test_windows_and_single_blocks_are_not_read_ahead_of(path):
    with watched(path) as one:
        for row in range(SIDE):
            for column in range(1, SIDE - 1, 2):
                one.blocks(row * SIDE + column, row * SIDE + column + 2)
        list(one.tiff.read(0, one.offset))
        assert one.ahead == [] and one.pending == []


def test_empty_blocks_that_are_skipped_do_not_end_a_run(tmp_path):
    array = noise(1, 16 * SIDE, 16 * SIDE).copy()
    array[:, :, : 16 * 3] = array[:, :16] = 7
    path = write_flac(tmp_path / "x.flac", array, 16, bands=(Band(nodata=7),))
    with watched(path) as one:
        one.blocks(SIDE + 3, 2 * SIDE)
        one.blocks(2 * SIDE + 3, 3 * SIDE)
        one.settle()
        assert set(one.ahead) > {TileKey(0, 3, column) for column in range(3, SIDE)}
        assert all(key.column >= 3 for key in one.ahead)


def test_files_of_servers_are_not_read_ahead_of(path):
    data = path.read_bytes()
    with servers() as (start, _):
        server = start(always=part(data))
        with FlacRaster.open(server.url) as raster:
            one = Watched(raster)
            one.row(0)
            one.row(1)
            assert one.ahead == [] and one.pending == []


def test_readers_do_not_decode_what_is_being_decoded(path):
    with watched(path) as one:
        expected = [one.row(0), one.row(1)]
        one.settle()
        one.go.clear()
        one.cache.clear()
        one.row(0)
        until(lambda: one.ahead[-1] == keys_of_rows(1)[-1])
        found = []
        reader = threading.Thread(target=lambda: found.append(one.row(1)))
        reader.start()
        reader.join(0.2)
        assert reader.is_alive()
        one.go.set()
        reader.join(10)
        assert found == expected[1:]
        assert one.wanted == keys_of_rows(0, 0)


# ---------------------------------------------------------------- nobody waits, nothing is wasted


@pytest.fixture
def held(path, monkeypatch):
    """Two rows are read; the next is being decoded, the one behind it waits for the thread."""
    monkeypatch.setattr(tiles, "_BATCH_PIXELS", SIDE * 16 * 16)
    with watched(path) as one:
        one.row(0)
        one.settle()
        one.go.clear()
        one.row(1)
        until(lambda: one.ahead[-1] == keys_of_rows(2)[-1])
        assert one.pending == keys_of_rows(2, 3)
        yield one


def test_a_reader_that_moves_does_not_wait_and_cancels_the_rest(held):
    with FlacRaster.open(held.tiff.raster.name) as raster:
        expected = raster.read()[0, 96:112, :16]
    assert held.blocks(6 * SIDE, 6 * SIDE + 1) == expected.tobytes()
    assert held.pending == keys_of_rows(2)
    held.go.set()
    held.settle()
    assert held.ahead == keys_of_rows(1, 2)


def test_what_has_not_begun_is_decoded_by_its_reader(held):
    held.row(3)
    assert held.wanted[-SIDE:] == keys_of_rows(3)
    held.go.set()
    held.settle()
    assert held.ahead[: 2 * SIDE] == keys_of_rows(1, 2)
    assert not set(keys_of_rows(3)) & set(held.ahead)


def test_a_raster_is_closed_when_nothing_is_decoded_any_more(path, monkeypatch):
    raster = FlacRaster.open(path)
    rasters, decoded, go = ServedRasters(), threading.Event(), threading.Event()
    run = raster.pipeline.run

    def held_run(keys, **options):
        if threading.current_thread().name.startswith(AHEAD):
            decoded.set()
            assert go.wait(10)
        yield from run(keys, **options)

    raster.pipeline.run = held_run
    token = rasters.add(lambda: raster)
    file = rasters.find(token, "x.tif")
    offset = file._tiff._images[0].offset
    list(file.read(offset, offset + SIDE * BLOCK))
    assert decoded.wait(10)
    rasters.withdraw(token)
    del file
    gc.collect()
    assert not raster.source._file.closed
    go.set()
    until(lambda: raster.source._file.closed)


# ---------------------------------------------------------------- memory


def test_no_more_than_the_limit_is_decoded_ahead(path):
    with watched(path, limit=3 * BLOCK) as one:
        for row in range(SIDE - 1):
            one.go.clear()
            one.row(row)
            assert len(one.pending) <= 3
            one.go.set()
            one.settle()
        assert one.ahead[:3] == keys_of_rows(1)[:3]


def test_tiles_above_the_limit_are_not_decoded_ahead(path):
    with watched(path, limit=BLOCK - 1) as one:
        one.row(0)
        one.row(1)
        assert one.ahead == []


def test_large_tiles_that_are_cut_into_blocks(tmp_path):
    """A row of blocks needs two tiles, of which one is within the limit."""
    side = 2160
    array = np.zeros((1, side, side), "uint8")
    path = write_flac(tmp_path / "x.flac", array, 1088)
    with FlacRaster.open(path) as raster:
        one = Watched(raster, limit=1088**2 * 3 // 2, cache_limit=1 << 24)
        image = one.tiff._images[0]
        assert (image.block_width, image.block_count) == (544, 16)
        for row in range(2):
            start = one.offset + row * 4 * image.block_bytes
            list(one.tiff.read(start, start + 4 * image.block_bytes))
        one.settle()
        assert one.ahead == [TileKey(0, 1, 0)]


def test_the_cache_has_a_limit_of_its_own(path):
    with watched(path, cache_limit=5 * BLOCK) as one:
        with FlacRaster.open(path) as raster:
            tiff = VirtualTiff(raster)
            expected = b"".join(tiff.read(one.offset, one.offset + SIDE * SIDE * BLOCK))
        assert b"".join(map(one.row, range(SIDE))) == expected
        one.settle()
        assert one.cache.bytes <= 5 * BLOCK


def test_readers_share_the_limit_as_long_as_they_read(monkeypatch):
    now = [100.0]
    monkeypatch.setattr(read_ahead.time, "monotonic", lambda: now[0])
    ahead = ReadAhead(120)
    assert [ahead.share(name) for name in "abcab"] == [120, 60, 40, 40, 40]
    now[0] += 4
    assert ahead.share("a") == 40
    now[0] += 4
    assert ahead.share("a") == 120


# ---------------------------------------------------------------- damage


def test_damage_is_raised_only_when_it_is_read(path):
    with FlacRaster.open(path) as raster:
        offset, size = raster.head.index.byte_range(TileKey(0, 1, 5))
    data = bytearray(path.read_bytes())
    data[offset + size // 2] ^= 1
    path.write_bytes(data)
    with watched(path) as one:
        one.row(0)
        one.settle()
        assert one.ahead == keys_of_rows(1)
        one.blocks(SIDE, SIDE + 5)
        one.blocks(SIDE + 6, 2 * SIDE)
        assert one.wanted == keys_of_rows(0)  # all others were decoded ahead
        for _ in range(2):
            with pytest.raises(CorruptTile, match="row 1, column 5"):
                one.row(1)


def test_a_file_that_cannot_be_read_any_more(path):
    with FlacRaster.open(path) as raster:
        one = Watched(raster)
        one.go.clear()
        one.row(0)
        raster.close()
        one.go.set()
        one.settle()
        with pytest.raises(InputError, match="closed"):
            one.row(1)


# ---------------------------------------------------------------- the same bytes in any order


@given(data=st.data())
def test_any_reader_gets_the_same_bytes(tmp_path_factory, data):
    shapes = st.tuples(st.integers(1, 90), st.integers(1, 90))
    raster = data.draw(rasters(max_bands=4, shapes=shapes))
    interleave = data.draw(st.sampled_from(["auto", "pixel", "band"]))
    path = tmp_path_factory.mktemp("x") / "x.flac"
    write_raster(raster, path, WriteOptions(tile_size=16, interleave=interleave))
    with FlacRaster.open(path) as flac:
        whole = VirtualTiff(flac)
        expected = b"".join(whole.read(0, whole.size))
        cache = DecodedTileCache(data.draw(st.sampled_from([0, 5000, 1 << 20])))
        ahead = ReadAhead(data.draw(st.sampled_from([0, 20_000, 1 << 20])))
        tiff = VirtualTiff(flac, cache=cache, ahead=ahead)
        step = data.draw(st.integers(500, 20_000))
        for _ in range(data.draw(st.integers(1, 3))):  # readers that begin anywhere
            start = data.draw(st.integers(0, tiff.size))
            for at in range(start, min(tiff.size, start + 8 * step), step):
                assert b"".join(tiff.read(at, at + step)) == expected[at : at + step]
        until(lambda: not tiff.tiles._pending)


def test_many_readers_at_once(path):
    with watched(path) as one:
        with FlacRaster.open(path) as raster:
            plain = VirtualTiff(raster)
            expected = b"".join(plain.read(one.offset, one.offset + SIDE * SIDE * BLOCK))
        found = {}

        def read(number):
            if number % 2:
                found[number] = b"".join(map(one.row, range(SIDE)))
            else:
                blocks = np.random.default_rng(number).permutation(SIDE * SIDE)
                parts = {block: one.blocks(block, block + 1) for block in blocks.tolist()}
                found[number] = b"".join(parts[block] for block in sorted(parts))

        threads = [threading.Thread(target=partial(read, number)) for number in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        assert [found.get(number) == expected for number in range(6)] == [True] * 6


# ---------------------------------------------------------------- runs


def extend(runs, start, stop, empty=()):
    return runs.extend(start, stop, lambda first, last: set(range(first, last)) <= set(empty))


def test_runs():
    runs = Runs()
    assert extend(runs, 0, 10) == 10
    assert extend(runs, 10, 15) == 15
    assert extend(runs, 14, 20) == 20  # a range of bytes has ended within block 14
    assert extend(runs, 22, 30) == 8  # 20 and 21 were left out
    assert extend(runs, 32, 40, empty=[30, 31]) == 18
    assert extend(runs, 100, 104) == 4
    assert extend(runs, 40, 41) == 19  # another reader does not end it
    assert extend(runs, 50, 51) == 1
    assert extend(runs, 35, 41) == 6  # the same again is no run


def test_as_many_runs_as_readers_that_take_turns():
    runs = Runs()
    for turn in range(3):
        for reader in range(8):
            start = 1000 * reader + 10 * turn
            assert extend(runs, start, start + 10) == 10 * (turn + 1)
    for reader in range(9):
        extend(runs, 50_000 * (reader + 1), 50_000 * (reader + 1) + 5)
    assert extend(runs, 50_005, 50_010) == 5  # one more than are remembered
