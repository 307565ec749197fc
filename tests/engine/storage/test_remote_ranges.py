"""Which requests fetch which ranges; and that a plan is what a read does."""

import threading

import pytest
from flac_raster_qgis.engine import FlacRaster, Window
from flac_raster_qgis.engine.storage.cache import CachedSource, MemoryCache
from flac_raster_qgis.engine.storage.ranges import coalesce, exclude_prefix, request_index
from hypothesis import given, settings
from hypothesis import strategies as st
from kits.remote import Server, open_hasty, part

RANGES = st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 120)), max_size=25)
GAPS, LARGEST = st.integers(0, 100), st.integers(1, 500)


@given(RANGES, GAPS, LARGEST)
def test_every_range_lies_whole_in_one_request(ranges, gap, largest):
    requests = coalesce(ranges, gap, largest)
    for offset, size in ranges:
        if size:
            start, length = requests[request_index(requests, offset)]
            assert start <= offset and offset + size <= start + length


@given(RANGES, GAPS, LARGEST)
def test_requests_are_in_order_and_share_no_byte(ranges, gap, largest):
    requests = coalesce(ranges, gap, largest)
    for (start, length), (following, _) in zip(requests, requests[1:]):
        assert start + length <= following


@given(RANGES, GAPS, LARGEST)
def test_nothing_is_fetched_but_ranges_and_small_gaps(ranges, gap, largest):
    wanted = {byte for offset, size in ranges for byte in range(offset, offset + size)}
    for start, length in coalesce(ranges, gap, largest):
        assert {start, start + length - 1} <= wanted  # no request begins or ends with a gap
        run = 0
        for byte in range(start, start + length):
            run = 0 if byte in wanted else run + 1
            assert run <= gap


@given(RANGES, GAPS, LARGEST)
def test_no_two_requests_that_could_be_one(ranges, gap, largest):
    requests = coalesce(ranges, gap, largest)
    for (start, length), (following, more) in zip(requests, requests[1:]):
        assert following - (start + length) > gap or following + more - start > largest


@given(st.lists(st.tuples(st.integers(0, 99), st.integers(1, 120)), max_size=25), GAPS, LARGEST)
def test_requests_are_not_longer_than_allowed(gaps_and_sizes, gap, largest):
    """As tiles are: one after the other."""
    ranges, end = [], 0
    for before, size in gaps_and_sizes:
        ranges.append((end + before, size))
        end = sum(ranges[-1])
    for request in coalesce(ranges, gap, largest):
        assert request[1] <= largest or request in ranges


@given(RANGES, st.integers(0, 1500))
def test_what_is_known_is_cut_off(ranges, known):
    for (offset, size), (rest, missing) in zip(ranges, exclude_prefix(ranges, known)):
        wanted = set(range(offset, offset + size)) - set(range(known))
        assert set(range(rest, rest + missing)) == wanted


# ---------------------------------------------------------------- plan and read


@pytest.fixture(scope="module")
def server(flac):
    server = Server(always=part(flac))
    yield server
    server.close()


WINDOWS = st.tuples(
    st.integers(0, 319), st.integers(0, 319), st.integers(1, 320), st.integers(1, 320)
).map(lambda w: Window(*w).intersection(Window(0, 0, 320, 320)))


@settings(max_examples=25)
@given(st.lists(WINDOWS, min_size=1, max_size=3), st.booleans())
def test_a_plan_says_the_requests_and_bytes_of_the_read(server, windows, cached):
    source = open_hasty(server.url)
    if cached:
        source = CachedSource(source, MemoryCache(1 << 20))
    with FlacRaster.open(source) as raster:
        for window in windows:
            plan = raster.plan(window)
            server.requests.clear()
            raster.read(window)
            assert sorted(server.ranges) == list(plan.requests)
            assert sum(size for _, size in server.ranges) == plan.request_bytes
        if cached:
            assert raster.plan(windows[-1]).requests == ()


def test_no_more_at_once_than_allowed_and_memory_is_let_go(serve, flac, monkeypatch):
    """Two requests at once, and no third before the first is handed out."""
    monkeypatch.setattr("flac_raster_qgis.engine.storage.remote.http_source.PARALLEL", 2)
    under_way, most, lock = [0], [0], threading.Lock()

    def count(request):
        with lock:
            under_way[0] += 1
            most[0] = max(most[0], under_way[0])
        yield from part(flac)(request)
        with lock:
            under_way[0] -= 1

    server = serve(part(flac), *[count] * 4)
    source = open_hasty(server.url)
    ranges = [(offset, 10) for offset in range(40_000, 280_000, 75_000)]
    reading = source.read(ranges)
    for n, (offset, size) in enumerate(ranges):
        assert next(reading) == flac[offset : offset + size]
        assert len(server.requests) <= 1 + n + 2
    source.close()
    assert most[0] <= 2
