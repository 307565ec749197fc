"""What is kept in memory and on disk: shared, bounded, never wrong."""

import pickle
import sqlite3
from concurrent.futures import ThreadPoolExecutor

import pytest
from flac_raster_qgis.engine import FlacRaster
from flac_raster_qgis.engine.errors import CorruptTile, InputError
from flac_raster_qgis.engine.model.grid import TileKey
from flac_raster_qgis.engine.storage.cache import SHARED, CachedSource, LruCache, MemoryCache
from flac_raster_qgis.engine.storage.open import open_url
from hypothesis import given
from hypothesis import strategies as st
from kits.remote import HASTY, noise, open_hasty, part, read_all, says, write_flac

diskcache = pytest.importorskip("diskcache", reason="diskcache is not installed")
from flac_raster_qgis.engine.storage.disk_cache import DiskCache  # noqa: E402

FAR = (100_000, 5000)

# ---------------------------------------------------------------- memory


PUTS = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 40)), max_size=40)


@given(PUTS, st.integers(0, 100))
def test_memory_stays_within_its_limit_and_returns_what_was_put(puts, limit):
    cache, last = MemoryCache(limit), {}
    for key, size in puts:
        data = bytes([len(last) % 256]) * size
        cache.put(str(key), data)
        last[str(key)] = data
        kept = {k: cache.get(k) for k in last if k in cache}
        assert cache.bytes == sum(map(len, kept.values())) <= limit
        assert all(last[k] == data for k, data in kept.items())
        if size <= limit:
            assert str(key) in kept


def test_what_was_used_last_is_kept():
    cache = MemoryCache(30)
    for key in "abc":
        cache.put(key, bytes(10))
    assert cache.get("a") is not None
    cache.put("d", bytes(10))
    assert [key for key in "abcd" if key in cache] == ["a", "c", "d"]


def test_what_is_too_large_pushes_out_nothing():
    cache = MemoryCache(30)
    cache.put("a", bytes(30))
    cache.put("b", bytes(31))
    assert "a" in cache and "b" not in cache


def test_readers_of_the_same_url_share_tiles(serve, flac):
    server = serve(part(flac), part(flac), part(flac))
    with FlacRaster.open(server.url) as first, FlacRaster.open(server.url) as second:
        key = TileKey(0, 2, 2)
        first.read_tile(key)
        assert second.source.planned_requests([second.head.index.byte_range(key)]) == []
        second.read_tile(key)
    assert len(server.requests) == 3


def test_readers_of_another_url_do_not(serve, flac):
    for _ in range(2):
        server = serve(part(flac), part(flac))
        with FlacRaster.open(server.url) as raster:
            raster.read_tile(TileKey(0, 2, 2))


def test_many_threads_on_one_cache():
    cache = MemoryCache(1000)

    def work(seed):
        for n in range(300):
            key = str((n * seed) % 17)
            cache.put(key, key.encode() * 30)
            assert cache.get(key) in (None, key.encode() * 30)

    with ThreadPoolExecutor(8) as executor:
        list(executor.map(work, range(8)))
    assert cache.bytes <= 1000


# ---------------------------------------------------------------- damage on the way


def damaged(data, offset):
    return data[:offset] + bytes([data[offset] ^ 0x10]) + data[offset + 1 :]


def test_a_tile_damaged_on_its_way_is_fetched_once_more(serve, flac, flac_path):
    with FlacRaster.open(flac_path) as local:
        offset, size = local.head.index.byte_range(TileKey(0, 2, 2))
    wrong = damaged(flac, offset + size // 2)
    server = serve(part(flac), part(wrong), part(flac))
    with FlacRaster.open(server.url) as raster:
        tile = raster.read_tile(TileKey(0, 2, 2))
        assert (tile.pixels == noise()[:, 128:192, 128:192]).all()
        raster.read_tile(TileKey(0, 2, 2))  # what is kept is the right one
    assert server.ranges[1] == server.ranges[2] == (offset, size)
    assert server.requests[2].headers["cache-control"] == "no-cache"


def test_a_tile_damaged_where_it_lies_is_an_error(serve, flac, flac_path):
    with FlacRaster.open(flac_path) as local:
        offset, size = local.head.index.byte_range(TileKey(0, 2, 2))
    wrong = damaged(flac, offset + size // 2)
    server = serve(part(wrong), part(wrong), part(wrong), part(wrong))
    with FlacRaster.open(server.url) as raster:
        with pytest.raises(CorruptTile, match="row 2, column 2"):
            raster.read_tile(TileKey(0, 2, 2))
        raster.read_tile(TileKey(0, 2, 3))


def test_damage_in_the_first_read(serve, flac, flac_path):
    """What the first read brought is fetched again as well."""
    with FlacRaster.open(flac_path) as local:
        top = len(local.levels) - 1
        offset, size = local.head.index.byte_range(TileKey(top, 0, 0))
    wrong = damaged(flac, size - 100)
    server = serve(part(wrong), part(flac))
    with FlacRaster.open(server.url) as raster:
        raster.read_tile(TileKey(top, 0, 0))


# ---------------------------------------------------------------- disk


def open_with(disk, url):
    return open_url(url, retry=HASTY, memory_cache=None, disk_cache=disk)


def test_disk_outlives_the_program(serve, flac, tmp_path):
    server = serve(part(flac), part(flac), part(flac))
    for _ in range(2):
        disk = DiskCache(tmp_path)
        source = open_with(disk, server.url)
        assert read_all(source, [FAR]) == [flac[100_000:105_000]]
        source.close()
        disk.close()
    assert len(server.requests) == 3  # two first reads, and the range once


def test_disk_is_not_used_without_an_etag(serve, flac, tmp_path):
    disk = DiskCache(tmp_path)
    server = serve(*[part(flac, ETag=None, Last_Modified="yesterday")] * 2)
    source = open_with(disk, server.url)
    read_all(source, [FAR])
    source.close()
    assert len(diskcache.Cache(tmp_path)) == 0


def test_another_version_is_another_entry(serve, flac, tmp_path):
    disk = DiskCache(tmp_path)
    new = bytes(len(flac))
    server = serve(part(flac), part(flac), part(new, ETag='"two"'), part(new, ETag='"two"'))
    for data in (flac, new):
        source = open_with(disk, server.url)
        assert read_all(source, [FAR]) == [data[100_000:105_000]]
        source.close()


def test_no_address_is_written_to_disk(serve, flac, tmp_path):
    disk = DiskCache(tmp_path)
    server = serve(part(flac), part(flac))
    source = open_with(disk, server.url.replace("//", "//ann:hush@") + "?sig=hush")
    read_all(source, [FAR])
    source.close()
    disk.close()
    for path in tmp_path.rglob("*"):
        assert path.is_dir() or b"hush" not in path.read_bytes()


def test_whether_an_entry_is_there_is_told_without_reading_it(tmp_path, monkeypatch):
    """A plan asks for each tile of an area."""
    disk = DiskCache(tmp_path)
    disk.put("key", bytes(100_000))
    reads = []
    monkeypatch.setattr(disk._cache.disk, "fetch", lambda *args, **options: reads.append(args))
    assert "key" in disk and "other" not in disk and not reads
    assert disk.get("key") is None and reads  # what it reads is no entry any more
    assert "key" not in disk


@pytest.mark.parametrize("size", [1000, 100_000])  # diskcache keeps small and large ones apart
def test_changed_entries_count_as_missing(tmp_path, size):
    disk = DiskCache(tmp_path)
    disk.put("key", bytes(size))
    disk.put("other", b"1" * size)
    assert disk.get("key") == bytes(size)
    stored = disk._cache
    with stored.transact():
        stored.set("key", stored.get("other"))  # right by itself, but of another key
    assert disk.get("key") is None
    for wrong in (b"", b"short", "text", 5):
        stored.set("key", wrong)
        assert disk.get("key") is None and "key" not in disk
    disk.put("key", b"again")
    assert disk.get("key") == b"again"


def test_cut_off_and_removed_files(tmp_path):
    disk = DiskCache(tmp_path)
    for key in ("cut", "gone", "flipped"):
        disk.put(key, bytes(100_000))
        (path,) = [p for p in tmp_path.rglob("*.val") if p.stat().st_size > 100_000]
        if key == "cut":
            path.write_bytes(path.read_bytes()[:5000])
        elif key == "gone":
            path.unlink()
        else:
            path.write_bytes(damaged(path.read_bytes(), 5000)[:100_000])
        assert disk.get(key) is None


def test_nothing_is_unpickled(tmp_path):
    disk = DiskCache(tmp_path)

    class Bomb:
        def __reduce__(self):
            return (open, (str(tmp_path / "went off"), "w"))

    plain = diskcache.Cache(tmp_path)
    plain.set("key", Bomb())
    assert disk.get("key") is None
    assert not (tmp_path / "went off").exists()
    with pytest.raises(Exception):  # noqa: B017 (so the bomb is a real one)
        pickle.loads(pickle.dumps(Bomb())).read()
    assert (tmp_path / "went off").exists()


@pytest.mark.parametrize("damage", [b"", b"no database" * 1000])
def test_a_damaged_database_is_begun_anew(tmp_path, damage):
    disk = DiskCache(tmp_path)
    disk.put("key", b"data")
    disk.close()
    for path in tmp_path.rglob("cache.db*"):
        path.write_bytes(damage) if path.name == "cache.db" else path.unlink()
    disk = DiskCache(tmp_path)
    assert disk.get("key") is None
    disk.put("key", b"data")
    assert disk.get("key") == b"data"


def test_a_database_damaged_while_open(tmp_path, monkeypatch):
    disk = DiskCache(tmp_path)
    disk.put("key", b"data")
    broken = disk._cache

    def fail(*args, **kwargs):
        raise sqlite3.DatabaseError("database disk image is malformed")

    monkeypatch.setattr(broken, "get", fail)
    assert disk.get("key") is None
    assert disk._cache is not broken
    disk.put("key", b"data")
    assert disk.get("key") == b"data"


def test_a_full_disk_costs_nothing_but_time(serve, flac, tmp_path, monkeypatch):
    disk = DiskCache(tmp_path)

    def full(*args, **kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(disk._cache, "set", full)
    server = serve(part(flac), part(flac))
    source = open_with(disk, server.url)
    assert read_all(source, [FAR]) == [flac[100_000:105_000]]
    source.close()


def test_disk_stays_within_its_limit(tmp_path):
    limit = 2 << 20
    disk = DiskCache(tmp_path, limit)
    for n in range(150):
        disk.put(str(n), bytes([n]) * 100_000)
    assert sum(path.stat().st_size for path in tmp_path.rglob("*.val")) < limit
    log = 5 << 20  # that SQLite keeps beside its file
    assert sum(path.stat().st_size for path in tmp_path.rglob("*")) < limit + log
    assert disk.get("149") == bytes([149]) * 100_000
    disk.put("too large", bytes(limit))
    assert "too large" not in disk


def test_a_folder_that_cannot_be(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(InputError, match="cannot be used as a cache"):
        DiskCache(tmp_path / "file")


def test_plan_knows_what_is_on_disk(serve, flac, tmp_path):
    disk = DiskCache(tmp_path)
    server = serve(part(flac), part(flac))
    source = open_with(disk, server.url)
    assert isinstance(source, CachedSource)
    assert source.planned_requests([FAR]) == [FAR]
    read_all(source, [FAR])
    assert source.planned_requests([FAR]) == []
    source.close()


def test_an_error_is_not_kept(serve, flac):
    server = serve(part(flac), says(404), part(flac))
    source = open_hasty(server.url, memory_cache=SHARED)
    with pytest.raises(Exception, match="404"):
        read_all(source, [FAR])
    assert read_all(source, [FAR]) == [flac[100_000:105_000]]
    source.close()


def test_large_rasters_do_not_fill_memory(nginx):
    array = noise(600, 600, seed=5)
    write_flac(nginx.folder / "large.flac", array)
    cache = MemoryCache(100_000)
    source = open_url(nginx.url("large.flac"), memory_cache=cache)
    with FlacRaster.open(source) as raster:
        assert (raster.read() == array).all()
    assert 0 < cache.bytes <= 100_000


def test_an_owner_that_ends_inside_a_method_removes_its_entries():
    """As the garbage collector may end one at any allocation."""

    def size_of(entry):
        if entry == "other":
            cache.remove_where(lambda key: key[0] == "owner")
        return 10

    cache = LruCache(25, size_of)
    for number in range(2):
        cache.put(("owner", number), "own")
    cache.put(("x", 0), "other")
    cache.put(("x", 1), "other")
    assert [("x", n) in cache for n in (0, 1)] == [True, True] and cache.bytes == 20
    cache.clear()
    assert cache.bytes == 0
