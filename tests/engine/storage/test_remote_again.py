"""Failures that pass: how often, when and for which bytes a server is asked again."""

import socket
import struct
import time
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime

import pytest
from flac_raster_qgis.engine.errors import RemoteError, RemoteTimeout
from flac_raster_qgis.engine.storage.byte_source import FIRST_READ
from flac_raster_qgis.engine.storage.remote.retry import RetryPolicy
from kits.clock import clock
from kits.remote import FIRST, HASTY, HangUp, cut, open_hasty, part, read_all, says

FAR = (100_000, 50_000)


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504])
def test_statuses_that_may_pass(serve, flac, status):
    server = serve(says(status), says(status), part(flac), says(status), part(flac))
    source = open_hasty(server.url)
    assert read_all(source, [FAR]) == [flac[100_000:150_000]]
    source.close()


@pytest.mark.parametrize("status", [429, 503])
def test_in_the_end_it_is_an_error(serve, status):
    server = serve(*[says(status)] * 3)
    with pytest.raises(RemoteError, match=f"the server answered {status}.*Tried 3 times"):
        open_hasty(server.url)


def waited(server):
    """Seconds between the first two requests, and those that are not the fault of the machine."""
    first, second = server.requests[:2]
    return second.time - first.time, second.clock - first.clock


def test_retry_after_seconds(serve, flac):
    server = serve(says(503, Retry_After="1"), part(flac))
    open_hasty(server.url).close()
    seconds, own = waited(server)
    assert 1 <= seconds and own < 2


def test_retry_after_date(serve, flac):
    date = datetime.now(timezone.utc).replace(microsecond=0) + timedelta(seconds=2)
    server = serve(says(429, Retry_After=format_datetime(date, usegmt=True)), part(flac))
    open_hasty(server.url).close()
    assert datetime.now(timezone.utc) >= date
    assert waited(server)[1] < 2.5


@pytest.mark.parametrize("said", ["3600", "Fri, 01 Jan 2100 00:00:00 GMT", "9" * 400])
def test_retry_after_is_capped(serve, flac, said):
    server = serve(says(503, Retry_After=said), part(flac))
    open_hasty(server.url, retry=replace(HASTY, max_wait=0.3)).close()
    seconds, own = waited(server)
    assert 0.3 <= seconds and own < 1.3


@pytest.mark.parametrize("said", ["soon", "-5", "", "Thu, 01 Jan 1970 00:00:00 GMT", "nan", "\xff"])
def test_retry_after_that_says_nothing(serve, flac, said):
    server = serve(says(503, Retry_After=said), part(flac))
    open_hasty(server.url).close()
    assert waited(server)[1] < 1


def test_a_wait_beyond_the_deadline_is_not_begun(serve):
    server = serve(says(503, Retry_After="3"))
    begun = clock()
    with pytest.raises(RemoteError, match="the server answered 503.*Tried once"):
        open_hasty(server.url, retry=replace(HASTY, total_timeout=2))
    assert clock() - begun < 1


def test_waits_grow_and_differ():
    retry = RetryPolicy(backoff=1, max_wait=100)
    for attempt, seconds in ((2, 1), (3, 2), (4, 4), (5, 8)):
        waits = {retry.wait_before(attempt) for _ in range(50)}
        assert len(waits) > 40
        assert 0.5 * seconds <= min(waits) and max(waits) <= 1.5 * seconds


# ---------------------------------------------------------------- connections that break


def test_the_rest_is_asked_for_after_a_break(serve, flac):
    steps = cut(flac, 10_000), cut(flac, 20_000), part(flac)
    server = serve(part(flac), *steps)
    source = open_hasty(server.url)
    assert read_all(source, [FAR]) == [flac[100_000:150_000]]
    assert server.ranges[1:] == [FAR, (110_000, 40_000), (130_000, 20_000)]
    source.close()


def test_the_first_read_is_continued_too(serve, flac):
    server = serve(cut(flac, 5000), part(flac))
    source = open_hasty(server.url)
    assert read_all(source, [(0, FIRST_READ)]) == [flac[:FIRST_READ]]
    assert server.ranges == [FIRST, (5000, FIRST_READ - 5000)]
    source.close()


def test_a_body_shorter_than_announced_by_its_range_alone(serve, flac):
    """Without a Content-Length only the range says how long the body should be."""
    step = cut(flac, 10_000, Content_Length=None, Transfer_Encoding=None, Connection="close")

    def chunked(request):
        offset, size = request.range
        said = f"bytes {offset}-{offset + size - 1}/{len(flac)}"
        yield b"HTTP/1.1 206 P\r\nTransfer-Encoding: chunked\r\n"
        yield f"Content-Range: {said}\r\n\r\n".encode()
        yield b"64\r\n" + flac[offset : offset + 100] + b"\r\n0\r\n\r\n"

    server = serve(part(flac), step, chunked, part(flac))
    source = open_hasty(server.url, retry=replace(HASTY, attempts=4))
    assert read_all(source, [FAR]) == [flac[100_000:150_000]]
    assert server.ranges[2:] == [(110_000, 40_000), (110_100, 39_900)]
    source.close()


def test_a_connection_that_breaks_each_time(serve, flac):
    server = serve(part(flac), *[cut(flac, 10)] * 3)
    source = open_hasty(server.url)
    with pytest.raises(RemoteError, match=r"49970 are missing\. Tried 3 times") as raised:
        read_all(source, [FAR])
    assert (raised.value.place.offset, raised.value.place.size) == (100_000, 50_000)
    source.close()


def test_a_connection_closed_instead_of_an_answer(serve, flac):
    def hang_up(request):
        yield b""
        raise HangUp

    server = serve(hang_up, part(flac), hang_up, part(flac))
    source = open_hasty(server.url)
    assert read_all(source, [FAR]) == [flac[100_000:150_000]]
    source.close()


@pytest.mark.parametrize("after", [0, 20_000])
def test_a_connection_that_is_reset(serve, flac, after):
    """By a packet that says so, as a router that forgot about it does."""

    def reset(request):
        (whole,) = part(flac)(request)
        yield whole[:after]
        time.sleep(0.05)  # a reset overtakes what has not been read
        request.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        raise HangUp

    server = serve(part(flac), reset, part(flac))
    source = open_hasty(server.url)
    assert read_all(source, [FAR]) == [flac[100_000:150_000]]
    assert server.ranges[1] == FAR and sum(server.ranges[2]) == sum(FAR)
    source.close()


def test_an_error_of_one_range_ends_the_read(serve, flac):
    """Whatever the other requests of the wave do."""
    server = serve(part(flac), says(404))
    server.always = part(flac)
    source = open_hasty(server.url)
    with pytest.raises(RemoteError, match="404"):
        read_all(source, [(offset, 10) for offset in (100_000, 180_000, 260_000)])
    assert read_all(source, [FAR]) == [flac[100_000:150_000]]
    source.close()


# ---------------------------------------------------------------- too slow


def drip(data, every=0.02):
    def step(request):
        (whole,) = part(data)(request)
        yield whole[:-2000]
        for n in range(len(whole) - 2000, len(whole)):
            yield whole[n : n + 1]
            time.sleep(every)

    return step


def test_a_server_that_drips(serve, flac):
    """Each piece comes soon enough, all of them do not."""
    server = serve(drip(flac))
    begun = clock()
    with pytest.raises(RemoteTimeout, match=r"did not arrive within 0\.5\d* seconds, only \d+ b"):
        open_hasty(server.url, retry=replace(HASTY, total_timeout=0.5))
    assert clock() - begun < 1.5


def test_a_server_that_drips_headers(serve):
    def step(request):
        yield b"HTTP/1.1 206 Partial Content\r\n"
        while not request.connection._closed:
            yield b"X"
            time.sleep(0.02)

    server = serve(step)
    begun = clock()
    with pytest.raises(RemoteTimeout):
        open_hasty(server.url, retry=replace(HASTY, total_timeout=0.5))
    assert clock() - begun < 1.5


def test_a_server_that_says_nothing(serve, flac):
    def silent(request):
        server.gone.wait(5)
        yield b""
        raise HangUp

    server = serve(silent, part(flac))
    open_hasty(server.url, retry=replace(HASTY, read_timeout=0.8)).close()
    seconds, own = waited(server)
    assert 0.8 <= seconds and own < 1.8


def test_a_server_that_falls_silent_midway(serve, flac):
    def midway(request):
        (whole,) = part(flac)(request)
        yield whole[:-1000]
        server.gone.wait(5)
        raise HangUp

    server = serve(part(flac), midway, part(flac))
    source = open_hasty(server.url, retry=replace(HASTY, read_timeout=0.8))
    assert read_all(source, [FAR]) == [flac[100_000:150_000]]
    assert server.ranges[1] == FAR and server.ranges[2][0] > 100_000
    source.close()


def test_large_requests_have_more_time():
    retry = RetryPolicy(total_timeout=10, min_bytes_per_second=1000)
    assert retry.seconds_for(5000) == 15
