"""Small files of web servers that are read whole, such as listings of folders."""

from __future__ import annotations

import threading

import pytest
import requests
from flac_raster_qgis.engine.errors import Cancelled, InputError, RemoteError
from flac_raster_qgis.engine.job import Job
from flac_raster_qgis.engine.storage.listings import MAX_SIZE, parse_listing
from flac_raster_qgis.engine.storage.remote.document import fetch_document
from flac_raster_qgis.engine.storage.remote.http_session import new_session
from flac_raster_qgis.engine.storage.remote.http_source import HttpSource
from flac_raster_qgis.engine.storage.remote.retry import RetryPolicy
from kits.remote import HangUp, reply, says


@pytest.mark.parametrize("place", ["listed", "json"])
def test_listing_of_a_real_server(nginx, place):
    folder = nginx.folder / "rasters ä"
    (folder / "more").mkdir(parents=True, exist_ok=True)
    for name in ("50 %.flac", "a&b.flac", "c#?.flac", "song.mp3"):
        (folder / name).touch()
    url = nginx.url(f"{place}/rasters%20%C3%A4/")
    found = parse_listing(url, fetch_document(url, MAX_SIZE))
    assert [entry.name for entry in found.entries] == ["more", "50 %.flac", "a&b.flac", "c#?.flac"]
    for entry in found.entries[1:]:
        assert fetch_document(entry.target, 10) == b""
    assert found.entries[0].target == f"{url}more/"


def test_one_request_and_no_more_than_the_limit(nginx):
    (nginx.folder / "text.txt").write_bytes(b"x" * 1000)
    nginx.forget()
    assert fetch_document(nginx.url("text.txt"), 1000) == b"x" * 1000
    assert len(nginx.requests(1)) == 1
    with pytest.raises(RemoteError, match="is larger than 0 kB"):
        fetch_document(nginx.url("text.txt"), 999)
    with pytest.raises(RemoteError, match="404 Not Found"):
        fetch_document(nginx.url("nothing.txt"), 999)


def test_a_session_is_closed_by_whoever_made_it(nginx, monkeypatch):
    made, closed = [], []
    make, close = requests.Session.__init__, requests.Session.close
    monkeypatch.setattr(
        requests.Session, "__init__", lambda self: (made.append(self), make(self))[1]
    )
    monkeypatch.setattr(
        requests.Session, "close", lambda self: (closed.append(self), close(self))[1]
    )
    (nginx.folder / "text.txt").write_bytes(b"text")
    with new_session() as given:
        fetch_document(nginx.url("text.txt"), 4, session=given)
        HttpSource(nginx.url("text.txt"), session=given).close()
        assert (made, closed) == ([given], [])
    made.clear()
    closed.clear()
    fetch_document(nginx.url("text.txt"), 4)
    HttpSource(nginx.url("text.txt")).close()
    with pytest.raises(RemoteError):
        HttpSource(nginx.url("nothing.txt"))
    for open_ in (lambda url: fetch_document(url, 4), HttpSource):
        with pytest.raises(InputError):
            open_("http://:80/")
    assert made == closed and len(made) == 3


def cut_off(request):
    yield reply(200, body=b"abcdef")[:-3]
    raise HangUp


def test_a_broken_connection_is_not_a_short_file(serve):
    server = serve(cut_off, says(200, b"abcdef"))
    assert fetch_document(server.url, 100, retry=RetryPolicy(backoff=0.01)) == b"abcdef"
    server = serve(cut_off, cut_off)
    with pytest.raises(RemoteError, match="Tried 2 times"):
        fetch_document(server.url, 100, retry=RetryPolicy(attempts=2, backoff=0.01))


def test_it_can_be_cancelled(serve):
    asked, wait = threading.Event(), threading.Event()

    def silent(request):
        asked.set()
        wait.wait(10)
        raise HangUp
        yield

    server = serve(silent)
    with pytest.raises(Cancelled):
        fetch_document(server.url, 100, job=Job(is_cancelled=asked.is_set))
    wait.set()
