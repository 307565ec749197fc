"""A real nginx for tests: a server of a folder, with its log."""

import http.client
import os
import shutil
import socket
import subprocess

import pytest

from kits.remote import until

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
            autoindex on;
        }}
        location /listed/ {{ autoindex on; alias {folder}/files/; }}
        location /json/ {{ autoindex on; autoindex_format json; alias {folder}/files/; }}
        location /moved/ {{ rewrite ^/moved/(.*)$ /$1 redirect; }}
        location /whole/ {{ max_ranges 0; alias {folder}/files/; }}
        location /slow/ {{ limit_rate 150k; alias {folder}/files/; }}
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
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        # it would become another user, who may not read here
        user = "user root root;" if os.geteuid() == 0 else ""
        (self.base / "nginx.conf").write_text(
            CONFIG.format(folder=self.base, port=self.port, user=user)
        )
        return self.start()

    def start(self):
        """Begin, or begin again at the same address; say whether it listens."""
        pid = self.base / "nginx.pid"  # written once it listens
        pid.unlink(missing_ok=True)
        self.process = subprocess.Popen(
            [NGINX, "-p", self.base, "-c", self.base / "nginx.conf", "-e", self.base / "error.log"]
        )
        until(lambda: self.process.poll() is not None or (pid.exists() and pid.read_text()), 20)
        return self.process.poll() is None

    def url(self, path):
        return f"http://127.0.0.1:{self.port}/{path}"

    def forget(self):
        """Start a new list of requests."""
        self._seen = len(self._lines())

    def requests(self, count=0):
        """Return ``(uri, range, status, bytes)`` of the requests since `forget`.

        ``count`` waits for so many, where another thread is yet to ask.
        """
        until(lambda: len(self._requests()) >= count)
        return self._requests()

    def _requests(self):
        found = [tuple(line.split("|")) for line in self._lines()[self._seen :]]
        return [line for line in found if not line[0].startswith("/mark/")]

    def _lines(self):
        """Read the log, once all is there.

        nginx writes a line a moment after it answers, so it is asked for something else: as one
        process does all the work, the line of that comes last.
        """
        log = self.base / "access.log"
        if self.process.poll() is not None:
            return log.read_text().splitlines()
        self._marks += 1
        mark = f"/mark/{self._marks}"
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.request("GET", mark)
        connection.getresponse().read()
        connection.close()
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
