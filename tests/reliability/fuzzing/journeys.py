"""Journeys: a URL, and where one server after the other redirects to, in a made-up network."""

import ipaddress
import re
import socket
from contextlib import ExitStack
from unittest import mock

from flac_raster_qgis.engine import FlacRasterError
from flac_raster_qgis.engine.storage.open import open_url
from flac_raster_qgis.engine.storage.remote import http_session as sessions
from flac_raster_qgis.engine.storage.remote.retry import RetryPolicy
from flac_raster_qgis.engine.storage.urls import (
    Address,
    file_name,
    has_login,
    redact,
    remove_login,
)

from . import seeds

#: In all that must stay with the server that was named.
_SECRET = "hush5hush"


class World:
    """A network of names, in which every server redirects to where the input says.

    Names with ``inside`` in them are of a private network, all others of the internet. Nothing is
    sent anywhere: a connection has its reply in it already.

    Parameters
    ----------
    locations : list of str
        Where to, connection by connection; after the last one there is a file.
    """

    def __init__(self, locations):
        self.replies = [
            f"HTTP/1.1 302 F\r\nLocation: {where}\r\nContent-Length: 0\r\n\r\n".encode(
                "utf-8", "surrogateescape"
            )
            for where in locations
        ]
        #: Connected to: address and port, and what was sent.
        self.connected, self._far_ends = [], []

    def look_up(self, host, port, *args, **kwargs):
        """See `socket.getaddrinfo`."""
        address = "8.8.8.8"
        if "inside" in host or host == "localhost":
            address = "10.0.0.9" if "inside" in host else "127.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    def connect(self, place, *args, **kwargs):
        """See `urllib3.util.connection.create_connection`."""
        near, far = socket.socketpair()
        reply = self.replies.pop(0) if self.replies else seeds.replies()[0]
        far.settimeout(1)
        far.sendall(reply[:40000])
        far.shutdown(socket.SHUT_WR)
        self.connected.append(place[:2])
        self._far_ends.append(far)
        return near

    def sent(self):
        """Return what was sent by each connection, and close them."""
        received = []
        for far in self._far_ends:
            with far:
                far.setblocking(False)
                try:
                    received.append(far.recv(1 << 17))
                except OSError:
                    received.append(b"")
        return received


def follow(data):
    """Open a URL whose server redirects; the input has the URL and the places, one a line."""
    start, *locations = data.decode("utf-8", "surrogateescape").split("\n")
    check_names(start)
    world = World(locations)
    session = sessions.new_session()
    session.trust_env = False
    session.headers["X-Api-Key"], session.params = _SECRET, {"key": _SECRET}
    retry = RetryPolicy(1, 1, 2, 1e9, attempts=2, backoff=0, max_wait=0)
    with ExitStack() as stack:
        for name, other in (
            ("socket.getaddrinfo", world.look_up),
            ("urllib3.util.connection.create_connection", world.connect),
            ("flac_raster_qgis.engine.storage.reach.is_own_address", lambda address: False),
        ):
            stack.enter_context(mock.patch(name, other))
        stack.enter_context(
            mock.patch.object(sessions._TlsPool, "ConnectionCls", sessions._Connection)
        )
        try:
            open_url(start, session=session, retry=retry, memory_cache=None).close()
        finally:
            session.close()
            sent = world.sent()
            check_journey(world.connected, sent)


def check_names(start):
    """Check that no part of a password is shown, wherever it stands."""
    for url in (start, f"http://ann:{start}{_SECRET}{start}@a.example/x"):
        texts = [redact(url), file_name(url), remove_login(url)]
        try:
            texts.append(repr(Address.parse(url)))
        except FlacRasterError as error:
            texts.append(str(error))
        assert has_login(url) or url == start
        assert url == start or not [text for text in texts if _SECRET in text]


def check_journey(connected, sent):
    """Check that secrets went to the first server alone, and that nobody led further in."""
    own = sent[0].partition(b"\r\nHost: ")[2].partition(b"\r\n")[0] if sent else b""
    for (address, port), request in zip(connected, sent):
        host = request.partition(b"\r\nHost: ")[2].partition(b"\r\n")[0]
        assert _SECRET.encode() not in request or (host, port) == (own, connected[0][1])
        if is_outside(connected[0][0]):
            assert is_outside(address), address


def is_outside(address):
    """Whether an address is of the internet, by another way than the engine's."""
    ip = ipaddress.ip_address(address)
    if ip.version == 6 and (
        ip.ipv4_mapped or ip.sixtofour or ip in ipaddress.ip_network("64:ff9b::/96")
    ):
        ip = ipaddress.ip_address(ip.ipv4_mapped or ip.sixtofour or int(ip) & 0xFFFFFFFF)
    return ip.is_global and not ip.is_loopback


def journeys():
    """Return a URL and where its server and the following ones redirect to, one a line."""
    found = [
        ["http://a.example/x.flac"],
        ["http://a.example:8080/d/x.flac?k=v#f", "/y.flac"],
        ["http://ann:s%2Fecret@a.example/x.flac", "http://b.example/y.flac?k=v"],
        ["http://a.example/x", "../y?z", "//b.example:81/y", "http://a.example/x", "y z"],
        ["http://a.example/x", "http://b.example\\@a.example/x"],
        ["http://a.example/x", "http://a.example@b.example:80/x"],
        ["http://a.example/x", "http://inside.example/x"],
        ["http://a.example/x", "http://127.0.0.1/x"],
        ["http://10.0.0.1/x", "http://[::ffff:192.168.0.1]:80/x"],
        ["http://inside.example/x", "http://10.0.0.2/x", "http://b.example/x"],
        ["http://localhost:8080/x", "http://127.0.0.1:8081/y"],
        ["https://[::1]:443/x", "http://0x7f.1/"],
        ["https://dé.example./x", "https://xn--d-cga.example/y/%2e%2e/é"],
        ["http://me:Se/cret@a.example/x"],
    ]
    return ["\n".join(journey).encode() for journey in found]


# fmt: off
_PIECES = [
    "a.example", "b.example", "inside.example", "localhost", "127.0.0.1", "10.0.0.1", "[::1]",
    "0x7f.1", "2130706433", "[::ffff:7f00:1]", "[64:ff9b::a00:1]", "１２７.0.0.1", "a..b", "x" * 64,
    "@", ":", "/", "//", "\\", "?", "#", "%", "%40", "%2f", "%00", ".", "..", " ", "\t", "\0",
    "é", "。", ";", ":0", ":80", ":99999", "http:", "https:", "http://", "ftp://", "ann:secret@",
    "[", "]",
]
# fmt: on


def mutate(data, rng, change):
    """Put something odd into an address, take a part out, or add another redirect."""
    kind = rng.randrange(4)
    if kind == 0:
        return change(data)
    lines = data.decode("utf-8", "surrogateescape").split("\n")
    number = rng.randrange(len(lines))
    parts = re.split(r"([/@:?#.])", lines[number])
    place = rng.randrange(len(parts))
    if kind == 1:
        parts[place] = rng.choice(_PIECES)
    elif kind == 2:
        parts.insert(place, rng.choice(_PIECES))
    else:
        del parts[place]
    lines[number] = "".join(parts)
    if rng.random() < 0.2:
        lines.append("http://" + "".join(rng.choices(_PIECES, k=3)))
    return "\n".join(lines).encode("utf-8", "surrogateescape")
