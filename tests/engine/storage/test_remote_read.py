"""Reading over HTTP: round trips, what is fetched, many readers, order of things."""

import threading
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from flac_raster_qgis.engine import FlacRaster, Window
from flac_raster_qgis.engine.job import Job
from flac_raster_qgis.engine.storage.byte_source import FIRST_READ
from flac_raster_qgis.engine.storage.local_file import LocalFile
from flac_raster_qgis.engine.storage.open import open_source
from kits.remote import FIRST, noise, open_hasty, part, read_all, write_flac


def test_the_same_pixels_as_from_disk(nginx, flac):
    (nginx.folder / "same.flac").write_bytes(flac)
    with FlacRaster.open(nginx.url("same.flac")) as raster:
        assert raster.metadata.crs == "EPSG:32633"
        assert (raster.read() == noise()).all()
        for level in range(1, len(raster.levels)):
            with FlacRaster.open(nginx.folder / "same.flac") as local:
                assert (raster.read(level=level) == local.read(level=level)).all()


def test_from_nothing_to_a_window_in_two_round_trips(serve, tmp_path):
    """The second wave is held back until all its requests are here: so they come together."""
    array = noise(192, 1024)
    data = write_flac(tmp_path / "wide.flac", array).read_bytes()
    window = Window(130, 10, 100, 170)
    rows = 3
    together = threading.Barrier(rows, timeout=5)

    def in_wave(request):
        together.wait()
        return part(data)(request)

    server = serve(part(data), *[in_wave] * rows)
    with FlacRaster.open(open_hasty(server.url)) as raster:
        assert server.ranges == [FIRST]
        plan = raster.plan(window)
        assert len(plan.keys) == 2 * rows and len(plan.requests) == rows
        assert plan.request_bytes == plan.tile_bytes
        assert (raster.read(window) == array[(slice(None), *window.slices)]).all()
    assert sorted(server.ranges[1:]) == list(plan.requests)


def test_connections_are_kept(serve, flac):
    server = serve(always=part(flac))
    source = open_hasty(server.url)
    for offset in range(70_000, 100_000, 1000):
        read_all(source, [(offset, 10)])
    source.close()
    assert len(server.requests) == 31
    assert len({request.connection for request in server.requests}) == 1


def test_what_the_first_read_brought_is_not_fetched_again(serve, flac):
    server = serve(part(flac))
    source = open_hasty(server.url)
    ranges = [(0, 10), (100, 0), (FIRST_READ - 5, 5), (0, FIRST_READ), (len(flac), 0)]
    assert source.planned_requests(ranges) == []
    assert read_all(source, ranges) == [flac[o : o + s] for o, s in ranges]
    source.close()


def test_a_range_that_begins_in_the_first_read_is_continued(serve, flac):
    server = serve(part(flac), part(flac))
    source = open_hasty(server.url)
    assert read_all(source, [(FIRST_READ - 10, 30)]) == [flac[FIRST_READ - 10 : FIRST_READ + 20]]
    assert server.ranges == [FIRST, (FIRST_READ, 20)]
    source.close()


def test_a_file_shorter_than_the_first_read(nginx, tmp_path):
    path = write_flac(nginx.folder / "short.flac", noise(20, 30))
    with FlacRaster.open(nginx.url("short.flac")) as raster:
        assert raster.source.size == path.stat().st_size < FIRST_READ
        assert (raster.read() == noise(20, 30)).all()
    assert len(nginx.requests()) == 1


def test_a_head_longer_than_the_first_read(nginx):
    import mutagen.flac

    path = write_flac(nginx.folder / "long.flac", noise(100, 100))
    file = mutagen.flac.FLAC(path)
    file["COMMENT"] = "x" * (3 * FIRST_READ)
    file.save()
    with FlacRaster.open(nginx.url("long.flac")) as raster:
        assert (raster.read() == noise(100, 100)).all()
    ranges = [r[1] for r in nginx.requests()]
    assert ranges[0] == f"bytes=0-{FIRST_READ - 1}"
    assert ranges[1].startswith(f"bytes={FIRST_READ}-")  # the start is not fetched twice


def test_headers_of_every_request(serve, flac):
    server = serve(part(flac), part(flac))
    source = open_hasty(server.url)
    read_all(source, [(100_000, 5)])
    source.close()
    for request in server.requests:
        assert request.method == "GET"  # some servers refuse HEAD, or forget the length
        assert request.headers["accept-encoding"] == "identity"
        assert request.headers["user-agent"].startswith("flac-raster-qgis/")
        assert "," not in request.headers["range"]  # several ranges in one request never work


def test_ranges_in_any_order_repeated_and_overlapping(serve, flac):
    server = serve(always=part(flac))
    ranges = [(200_000, 9), (60_000, 5), (0, 0), (200_004, 100), (60_000, 5), (10, 2), (150_000, 3)]
    source = open_hasty(server.url)
    assert read_all(source, ranges) == [flac[o : o + s] for o, s in ranges]
    assert sorted(server.ranges[1:]) == source.planned_requests(ranges)
    source.close()


def test_tiles_are_handed_out_while_others_are_on_their_way(serve, flac):
    first_out = threading.Event()

    def late(request):
        if request.range[0] > 150_000:
            assert first_out.wait(5)
        return part(flac)(request)

    server = serve(part(flac), late, late)
    source = open_hasty(server.url)
    reading = source.read([(100_000, 10), (200_000, 10)])
    assert next(reading) == flac[100_000:100_010]
    first_out.set()
    assert next(reading) == flac[200_000:200_010]
    source.close()


def test_progress_counts_bytes_of_requests_and_ends_with_all(serve, flac):
    server = serve(always=part(flac))
    source = open_hasty(server.url)
    ranges = [(100_000, 10), (100_020, 10), (200_000, 50)]
    total = sum(size for _, size in source.planned_requests(ranges))
    told = []
    read_all(source, ranges, job=Job(lambda done, all: told.append((done, all))))
    source.close()
    assert total == 80 and told[-1] == (total, total)
    assert {all for _, all in told} == {total}
    assert [done for done, _ in told] == sorted(done for done, _ in told)


@pytest.mark.parametrize("one_source", [True, False])
def test_32_readers_at_once(nginx, flac, one_source):
    (nginx.folder / "many.flac").write_bytes(flac)
    url = nginx.url("many.flac")
    array = noise()
    shared = FlacRaster.open(url) if one_source else None
    start = threading.Barrier(32)

    def read(seed):
        rng = np.random.default_rng(seed)
        raster = shared or FlacRaster.open(url, workers=1)
        start.wait()
        for _ in range(5):
            left, top = map(int, rng.integers(0, 280, 2))
            window = Window(left, top, 40, 40)
            assert (raster.read(window) == array[(slice(None), *window.slices)]).all()
        if not one_source:
            raster.close()
        return True

    with ThreadPoolExecutor(32) as executor:
        assert sum(executor.map(read, range(32))) == 32
    if shared:
        shared.close()


def test_reading_beyond_the_end(serve, flac):
    from flac_raster_qgis.engine.errors import CorruptFile

    server = serve(part(flac))
    source = open_hasty(server.url)
    for ranges in ([(len(flac) - 1, 2)], [(-1, 2)]):
        with pytest.raises(CorruptFile, match="is truncated"):
            read_all(source, ranges)
    source.close()


def test_after_closing(serve, flac):
    from flac_raster_qgis.engine.errors import RemoteError

    server = serve(part(flac))
    source = open_hasty(server.url)
    source.close()
    source.close()
    with pytest.raises(RemoteError, match="closed"):
        read_all(source, [(100_000, 2)])


def test_names_without_a_scheme_are_files(tmp_path):
    (tmp_path / "http:").mkdir()
    (tmp_path / "http:" / "x.flac").write_bytes(b"1")
    assert isinstance(open_source(tmp_path / "http:" / "x.flac"), LocalFile)
