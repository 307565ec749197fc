"""A plan is what is fetched: any bbox, level and bands, whatever is in memory and on disk."""

import threading
from contextlib import ExitStack, closing

import pytest
from flac_raster_qgis.engine import (
    ArrayRaster,
    Band,
    FlacRaster,
    RasterMetadata,
    WriteOptions,
    write_raster,
)
from flac_raster_qgis.engine import query as query_area
from flac_raster_qgis.engine.operations import Area
from flac_raster_qgis.engine.storage.cache import MemoryCache
from flac_raster_qgis.engine.storage.open import open_url
from hypothesis import given, settings
from hypothesis import strategies as st
from kits.remote import Server, noise, open_hasty, part

WIDTH, HEIGHT, COUNT = 300, 200, 5


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """Five bands, four in a tile and one in another; 20 squares of 64 pixels and coarser levels."""
    path = tmp_path_factory.mktemp("plan") / "x.flac"
    metadata = RasterMetadata(WIDTH, HEIGHT, "uint16", (Band(),) * COUNT, crs="EPSG:3857")
    array = noise(HEIGHT, WIDTH, COUNT)
    write_raster(ArrayRaster(metadata, array), path, WriteOptions(tile_size=64, effort="fast"))
    return path.read_bytes()


@pytest.fixture(scope="module")
def server(data):
    with closing(Server(always=part(data))) as server:
        yield server


SIDES = st.tuples(st.integers(-20, 320), st.integers(1, 320))
BANDS = st.none() | st.lists(st.integers(1, COUNT), min_size=1, max_size=COUNT, unique=True)
VIEWS = st.tuples(SIDES, SIDES, st.integers(0, 2), BANDS)
#: None, too small for one tile, for most, and for all.
LIMITS = st.sampled_from([None, 0, 100_000, 10_000_000])


def area_of(across, down):
    """A bbox that overlaps the raster, also partly outside."""
    left, top = min(across[0], WIDTH - 1), min(down[0], HEIGHT - 1)
    return Area((left, top, max(left + across[1], 1), max(top + down[1], 1)))


@settings(max_examples=40)
@given(st.lists(VIEWS, min_size=1, max_size=4), LIMITS, st.booleans(), st.booleans())
def test_what_is_planned_is_fetched_byte_for_byte(
    server, data, tmp_path_factory, views, limit, on_disk, twice
):
    """Also by a query; and a view that is read again needs nothing where all has room."""
    with ExitStack() as stack:
        disk = None
        if on_disk:
            pytest.importorskip("diskcache")
            from flac_raster_qgis.engine.storage.disk_cache import DiskCache

            disk = stack.enter_context(closing(DiskCache(tmp_path_factory.mktemp("disk"))))
        memory = None if limit is None else MemoryCache(limit)
        for across, down, level, bands in views * (1 + twice):
            # opened anew: what is known is in the caches alone
            source = open_hasty(server.url, memory_cache=memory, disk_cache=disk)
            with FlacRaster.open(source) as raster:
                found = query_area(raster, area_of(across, down), level=level, bands=bands)
                plan = raster.plan(found.window, level, bands)
                server.requests.clear()
                raster.read(found.window, level, bands)
                assert sorted(server.ranges) == list(plan.requests) == sorted(found.requests)
                assert sum(size for _, size in server.ranges) == plan.request_bytes
                assert found.request_bytes == plan.request_bytes
                if on_disk or limit == 10_000_000:
                    assert raster.plan(found.window, level, bands).requests == ()


def test_tiles_on_disk_are_shared_by_threads(server, data, tmp_path):
    """Many readers with one cache on disk: right pixels, and no error."""
    pytest.importorskip("diskcache")
    from flac_raster_qgis.engine.storage.disk_cache import DiskCache

    array, wrong = noise(HEIGHT, WIDTH, COUNT), []
    with closing(DiskCache(tmp_path)) as disk:

        def read(seed):
            source = open_url(server.url, memory_cache=None, disk_cache=disk)
            with FlacRaster.open(source, workers=1) as raster:
                for level in (0, 0, 1):
                    pixels = raster.read(level=level)
                    if level == 0 and not (pixels == array).all():
                        wrong.append(seed)

        threads = [threading.Thread(target=read, args=(n,)) for n in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert wrong == []
