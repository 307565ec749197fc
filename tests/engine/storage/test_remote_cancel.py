"""Cancelling, at whatever moment: it takes less than a second and leaves no thread at work."""

import socket
import threading
import time
from dataclasses import replace

import pytest
import requests
from flac_raster_qgis.engine import FlacRaster, convert, verify
from flac_raster_qgis.engine.errors import Cancelled
from flac_raster_qgis.engine.job import Job
from flac_raster_qgis.engine.storage.remote.retry import RetryPolicy
from kits.clock import clock
from kits.remote import HangUp, open_hasty, part, read_all, says, until

SLOW = RetryPolicy(connect_timeout=30, read_timeout=30, total_timeout=60)


def threads():
    return {t for t in threading.enumerate() if t.name.startswith("flac-raster")}


@pytest.fixture(autouse=True)
def no_thread_left():
    before = threads()
    yield
    until(lambda: threads() <= before, 2)


class Button:
    """Cancels a moment after `press` was called by the server."""

    def __init__(self):
        self.pressed = None

    def press(self):
        self.pressed = clock() + 0.1

    def __call__(self):
        return self.pressed is not None and clock() > self.pressed

    def check(self):
        assert clock() - self.pressed < 1


@pytest.fixture
def button():
    button = Button()
    yield button
    button.check()


def silent(server, button, after=0, data=b""):
    """Step: send so many bytes of a good answer, and then nothing."""

    def step(request):
        whole = b"".join(part(data)(request)) if data else b""
        yield whole[:after]
        button.press()
        server[0].gone.wait(20)
        raise HangUp

    return step


def test_while_waiting_for_the_first_answer(serve, button):
    server = []
    server.append(serve(silent(server, button)))
    with pytest.raises(Cancelled):
        open_hasty(server[0].url, retry=SLOW, job=Job(is_cancelled=button))


@pytest.mark.parametrize("after", [20, 1000])
def test_in_the_middle_of_headers_or_body(serve, flac, button, after):
    server = []
    server.append(serve(part(flac), silent(server, button, after, flac)))
    source = open_hasty(server[0].url, retry=SLOW)
    with pytest.raises(Cancelled):
        read_all(source, [(100_000, 5000)], job=Job(is_cancelled=button))
    button.check()
    source.close()


def test_while_waiting_to_ask_again(serve, flac, button):
    def busy(request):
        button.press()
        return says(503, Retry_After="30")(request)

    server = serve(part(flac), busy)
    source = open_hasty(server.url, retry=replace(SLOW, max_wait=30))
    with pytest.raises(Cancelled):
        read_all(source, [(100_000, 5000)], job=Job(is_cancelled=button))
    source.close()


def test_while_a_large_range_arrives(serve, flac, button):
    def endless(request):
        offset, size = request.range
        yield b'HTTP/1.1 206 P\r\nETag: "one"\r\n'
        yield f"Content-Range: bytes {offset}-{offset + size - 1}/{len(flac)}\r\n\r\n".encode()
        button.press()
        while True:
            yield b"x"
            time.sleep(0.01)

    server = serve(part(flac), endless)
    source = open_hasty(server.url, retry=SLOW)
    with pytest.raises(Cancelled):
        read_all(source, [(100_000, 100_000)], job=Job(is_cancelled=button))
    source.close()


def test_while_connecting(button):
    """A listener whose queue is full does not answer at all."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        address = listener.getsockname()
        filling = [socket.socket() for _ in range(3)]
        for s in filling:
            s.setblocking(False)
            s.connect_ex(address)
        button.press()
        with pytest.raises(Cancelled):
            open_hasty(
                f"http://127.0.0.1:{address[1]}/", retry=replace(SLOW, connect_timeout=1),
                job=Job(is_cancelled=button),
            )  # fmt: skip
        button.check()
        for s in filling:
            s.close()


def test_with_a_session_of_the_caller(serve, flac, button):
    """Its connections cannot be ended from outside, so the thread may go on, but nobody waits."""
    server = []
    server.append(serve(silent(server, button)))
    with requests.Session() as session, pytest.raises(Cancelled):
        open_hasty(
            server[0].url,
            session=session,
            retry=replace(SLOW, read_timeout=1),
            job=Job(is_cancelled=button),
        )


def test_by_leaving_off(serve, flac, button):
    """A reader that wants no more ends what is under way."""
    server = []
    hush = silent(server, button)

    def either(request):
        return (hush if request.range[0] == 200_000 else part(flac))(request)

    server.append(serve(part(flac), either, either))
    source = open_hasty(server[0].url, retry=SLOW)
    reading = source.read([(100_000, 10), (200_000, 10)])
    next(reading)
    until(lambda: button.pressed)
    reading.close()
    until(lambda: not source._pool._active, 1)
    source.close()


def test_by_closing_from_another_thread(serve, flac, button):
    from flac_raster_qgis.engine.errors import RemoteError

    server = []
    server.append(serve(part(flac), silent(server, button)))
    source = open_hasty(server[0].url, retry=SLOW)
    threading.Thread(target=lambda: (until(lambda: button.pressed), source.close())).start()
    with pytest.raises(RemoteError, match="closed meanwhile"):
        read_all(source, [(100_000, 10)])


def test_one_reader_does_not_disturb_another(serve, flac, button):
    server = []
    server.append(serve(part(flac), silent(server, button), part(flac)))
    with FlacRaster.open(open_hasty(server[0].url, retry=SLOW)) as raster:
        waiting = threading.Thread(
            target=lambda: pytest.raises(
                Cancelled, read_all, raster.source, [(100_000, 10)], job=Job(is_cancelled=button)
            )
        )
        waiting.start()
        until(lambda: button.pressed)
        assert read_all(raster.source, [(200_000, 10)]) == [flac[200_000:200_010]]
        waiting.join(5)
        assert not waiting.is_alive()


@pytest.mark.parametrize("what", ["verify", "convert"])
def test_operations(serve, flac, button, tmp_path, what):
    server = []
    server.append(serve(part(flac)))
    server[0].always = silent(server, button)
    with pytest.raises(Cancelled):
        if what == "verify":
            verify(server[0].url, job=Job(is_cancelled=button))
        else:
            convert(server[0].url, tmp_path / "x.tif", job=Job(is_cancelled=button))
    assert list(tmp_path.iterdir()) == []
