"""nginx, and the requests, round trips and bytes in its log."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

CONFIG = """
daemon off; {user} pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{ worker_connections 256; }}
http {{
    log_format requests '$msec|$request_time|$connection_requests|$body_bytes_sent';
    access_log {folder}/access.log requests;
    client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2; fastcgi_temp_path {folder}/t3;
    uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5;
    server {{ listen 127.0.0.1:{port}; root {folder}; }}
}}
"""


class Request(NamedTuple):
    """A line of the log.

    Parameters
    ----------
    arrived : float
        Seconds.
    opened : bool
        Whether it was the first of its connection.
    bytes : int
        Of the body of the reply.
    """

    arrived: float
    opened: bool
    bytes: int


class Nginx(NamedTuple):
    """A running server of a folder."""

    port: int
    log: Path

    def forget(self) -> None:
        """Start a new list of requests."""
        time.sleep(0.05)  # nginx writes its log shortly after the response
        os.truncate(self.log, 0)

    def requests(self) -> list[Request]:
        """Return the requests since `forget`."""
        time.sleep(0.05)
        found = []
        for line in self.log.read_text().splitlines():
            done, taken, number, size = line.split("|")
            found.append(Request(float(done) - float(taken), number == "1", int(size)))
        return found


def round_trips(requests: list[Request], seconds: float) -> int:
    """Return the number of sequential requests for a round trip in seconds.

    A request leaves as much earlier as its connection took to open. Those that leave before the
    first of them can have been answered belong to the same round trip.
    """
    count, answered = 0, float("-inf")
    for left in sorted(one.arrived - seconds * one.opened for one in requests):
        if left >= answered:
            count, answered = count + 1, left + 0.9 * seconds
    return count


@contextmanager
def serving(folder: Path) -> Iterator[Nginx]:
    """Run nginx on a folder."""
    nginx = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin:/sbin")
    if nginx is None:
        raise SystemExit("nginx is not installed; `make setup` installs it")
    port = free_port()
    user = "user root root;" if os.geteuid() == 0 else ""
    config, log = folder / "nginx.conf", folder / "access.log"
    config.write_text(CONFIG.format(folder=folder, port=port, user=user))
    log.write_text("")
    process = subprocess.Popen([nginx, "-p", folder, "-c", config, "-e", folder / "error.log"])
    try:
        wait_for(port)
        yield Nginx(port, log)
    finally:
        process.terminate()
        process.wait()


def free_port() -> int:
    """Return a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def wait_for(port: int) -> None:
    """Wait until a server listens on a port."""
    end = time.monotonic() + 10
    while time.monotonic() < end:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    raise SystemExit(f"nothing listens at port {port}")
