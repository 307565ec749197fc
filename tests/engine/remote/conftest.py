"""Servers: nginx, Python's own, and one that follows a script."""

import faulthandler
import functools
import http.client
import http.server
import os
import shutil
import socket
import subprocess
import threading

import pytest
from flac_raster_qgis.engine.remote.cache import SHARED
from remote_kit import Server, until, write_flac

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/sbin")
CONFIG = """
daemon off;
{user}
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 512; }}
http {{
    types {{ application/octet-stream flac; }}
    log_format requests '$uri|$http_range|$status|$body_bytes_sent';
    access_log {folder}/access.log requests;
    client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2; fastcgi_temp_path {folder}/t3;
    uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5;
    server {{
        listen 127.0.0.1:{port};
        root {folder}/files;
        location /locked/ {{
            auth_basic "locked"; auth_basic_user_file {folder}/users; alias {folder}/files/;
        }}
        location /moved/ {{ rewrite ^/moved/(.*)$ /$1 redirect; }}
        location /whole/ {{ max_ranges 0; alias {folder}/files/; }}
    }}
}}
"""


class Nginx:
    """A running nginx: ``folder`` is what it serves."""

    def __init__(self, base):
        self.base, self.folder = base, base / "files"
        self.folder.mkdir()
        (base / "users").write_text("ann:{PLAIN}secret\n")
        self._marks = 0
        while not self._start():  # another program took the port meanwhile
            pass

    def _start(self):
        base = self.base
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        # it would become another user, who may not read here
        user = "user root root;" if os.geteuid() == 0 else ""
        (base / "nginx.conf").write_text(CONFIG.format(folder=base, port=self.port, user=user))
        self.process = subprocess.Popen(
            [NGINX, "-p", base, "-c", base / "nginx.conf", "-e", base / "error.log"]
        )
        pid = base / "nginx.pid"  # written once it listens
        until(lambda: self.process.poll() is not None or (pid.exists() and pid.read_text()), 20)
        return self.process.poll() is None

    def url(self, path):
        return f"http://127.0.0.1:{self.port}/{path}"

    def forget(self):
        """Start a new list of requests."""
        self._seen = len(self._lines())

    def requests(self):
        """Return ``(uri, range, status, bytes)`` of the requests since `forget`."""
        found = [tuple(line.split("|")) for line in self._lines()[self._seen :]]
        return [line for line in found if not line[0].startswith("/mark/")]

    def _lines(self):
        """Read the log, once all is there.

        nginx writes a line a moment after it answers, so it is asked for something else: as one
        process does all the work, the line of that comes last.
        """
        self._marks += 1
        mark = f"/mark/{self._marks}"
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.request("GET", mark)
        connection.getresponse().read()
        connection.close()
        log = self.base / "access.log"
        until(lambda: f"{mark}|" in log.read_text())
        return log.read_text().splitlines()

    def stop(self):
        self.process.terminate()
        self.process.wait(10)


@pytest.fixture(scope="session")
def nginx_process(tmp_path_factory):
    if NGINX is None:
        pytest.skip("nginx is not installed; `make setup` installs it")
    server = Nginx(tmp_path_factory.mktemp("nginx"))
    yield server
    server.stop()


@pytest.fixture
def nginx(nginx_process):
    """A real web server, with its log at the start."""
    nginx_process.forget()
    return nginx_process


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
    servers = []

    def start(*steps, **options):
        servers.append(Server(steps, **options))
        return servers[-1]

    yield start
    for server in servers:
        server.close()
    for server in servers:
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
