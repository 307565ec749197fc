"""Servers: nginx, Python's own, and one that follows a script."""

import faulthandler
import functools
import http.server
import threading

import pytest
from flac_raster_qgis.engine.storage.cache import SHARED
from kits.remote import servers, write_flac


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args):
        self.server.count += 1


class _QuietServer(http.server.ThreadingHTTPServer):
    def handle_error(self, *args):
        """A client that hangs up is nothing to report."""


@pytest.fixture
def no_ranges(tmp_path):
    """Serve ``tmp_path`` by Python's own server, which knows no ranges; yield its address."""
    handler = functools.partial(_Quiet, directory=tmp_path)
    with _QuietServer(("127.0.0.1", 0), handler) as server:
        server.count = 0
        threading.Thread(target=server.serve_forever, daemon=True).start()
        server.url = f"http://127.0.0.1:{server.server_port}"
        yield server
        server.shutdown()


@pytest.fixture
def serve():
    """Return a function that starts a scripted server; its script must be used up by the end."""
    with servers() as (start, started):
        yield start
    for server in started:
        server.check()


@pytest.fixture(scope="session")
def flac_path(tmp_path_factory):
    """A raster of 25 tiles of 64 pixels and noise, several times as long as the first read."""
    return write_flac(tmp_path_factory.mktemp("remote") / "x.flac")


@pytest.fixture(scope="session")
def flac(flac_path):
    return flac_path.read_bytes()


@pytest.fixture(autouse=True)
def never_a_hang():
    """End everything, with a word on where, if a test takes minutes: no fault may be waited out."""
    faulthandler.dump_traceback_later(180, exit=True)
    yield
    faulthandler.cancel_dump_traceback_later()


@pytest.fixture(autouse=True)
def no_shared_cache():
    """Begin and end with nothing in the cache that all sources share."""
    SHARED.clear()
    yield
    SHARED.clear()
