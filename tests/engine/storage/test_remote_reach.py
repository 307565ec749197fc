"""Who is connected to: redirects and new meanings of a name do not lead further in.

Names are made up by the look-up. Where a connection leads is made up as well: an address of the
internet that begins with ``198.51.100.`` counts as one, and a server of this machine answers.
"""

import ipaddress
import socket

import pytest
import requests
from flac_raster_qgis.engine.errors import RemoteError
from flac_raster_qgis.engine.storage import reach
from flac_raster_qgis.engine.storage.reach import (
    LINK,
    PRIVATE,
    PUBLIC,
    THIS_MACHINE,
    Reach,
    network_of,
)
from flac_raster_qgis.engine.storage.remote.http_session import new_session
from kits.remote import open_hasty, part, read_all, says

FAR = [(100_000, 50)]
OWN = socket.gethostname()


@pytest.mark.parametrize(
    ("host", "meaning"),
    [
        ("localhost", THIS_MACHINE),
        ("x.LOCALHOST", THIS_MACHINE),
        ("ip6-localhost", THIS_MACHINE),
        (OWN, THIS_MACHINE),
        (OWN.upper(), THIS_MACHINE),
        (f"{OWN.partition('.')[0]}.local", THIS_MACHINE),
        ("127.0.0.1", THIS_MACHINE),
        ("127.255.255.254", THIS_MACHINE),
        ("0.0.0.0", THIS_MACHINE),
        ("0.1.2.3", THIS_MACHINE),
        ("::", THIS_MACHINE),
        ("::1", THIS_MACHINE),
        ("::ffff:127.0.0.1", THIS_MACHINE),
        ("::127.0.0.1", THIS_MACHINE),
        ("64:ff9b::7f00:1", THIS_MACHINE),
        ("2002:7f00:1::", THIS_MACHINE),
        ("169.254.169.254", LINK),
        ("fe80::1", LINK),
        ("::ffff:169.254.1.1", LINK),
        ("10.0.0.1", PRIVATE),
        ("100.64.0.1", PRIVATE),
        ("172.16.0.1", PRIVATE),
        ("192.168.0.1", PRIVATE),
        ("fd00:ec2::254", PRIVATE),
        ("fec0::1", PRIVATE),
        ("64:ff9b::a00:1", PRIVATE),
        ("8.8.8.8", PUBLIC),
        ("2606:4700::1", PUBLIC),
        ("a.example", None),
        ("localhost.example", None),
    ],
)
def test_meaning(host, meaning):
    assert network_of(host) == meaning


@pytest.fixture(autouse=True)
def no_own_address(monkeypatch):
    """Only loopback addresses are this machine's, whatever networks it is in."""
    monkeypatch.setattr(
        reach, "is_own_address", lambda address: network_of(address) == THIS_MACHINE
    )


@pytest.mark.parametrize(
    ("first", "then", "admitted"),
    [
        (["8.8.8.8"], ["9.9.9.9", "10.0.0.1", "127.0.0.1", "169.254.0.1"], ["9.9.9.9"]),
        (["10.0.0.1"], ["9.9.9.9", "192.168.0.1", "::1"], ["9.9.9.9", "192.168.0.1"]),
        (["::1", "127.0.0.1"], ["10.0.0.1", "127.0.0.2", "fe80::1"], ["10.0.0.1", "127.0.0.2"]),
        (["169.254.0.1"], ["127.0.0.1", "169.254.0.2"], ["169.254.0.2"]),
        (["8.8.8.8", "10.0.0.1"], ["10.0.0.1", "10.0.0.2", "127.0.0.1"], ["10.0.0.1", "10.0.0.2"]),
    ],
)
def test_admitted(first, then, admitted):
    measure = Reach("http://a.example/x", "a.example")
    assert measure.admit("a.example", first) == first
    assert measure.admit("b.example", then) == admitted
    assert measure.admit("a.example", first) == first


def test_a_name_of_the_internet_that_means_this_machine_too():
    measure = Reach("http://a.example/x", "a.example")
    assert measure.admit("a.example", ["127.0.0.1", "8.8.8.8"]) == ["8.8.8.8"]
    with pytest.raises(RemoteError, match=r"a\.example, which is at 127\.0\.0\.1"):
        measure.admit("a.example", ["127.0.0.1"])


def test_own_addresses_are_this_machine():
    """The real question, put to the system."""
    assert reach_is_own_address("127.0.0.1") and not reach_is_own_address("8.8.8.8")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("8.8.8.8", 9))
        except OSError:
            pytest.skip("no network")
        own = probe.getsockname()[0]
    assert reach_is_own_address(own)


reach_is_own_address = reach.is_own_address


def test_an_own_address_is_refused_though_its_network_is_allowed(monkeypatch):
    monkeypatch.setattr(reach, "is_own_address", lambda address: address == "10.0.0.9")
    measure = Reach("http://a.example/x", "a.example")
    measure.admit("a.example", ["10.0.0.1"])
    with pytest.raises(RemoteError, match="means this computer"):
        measure.admit("b.example", ["10.0.0.9"])
    assert measure.admit("b.example", ["10.0.0.8"]) == ["10.0.0.8"]


# ---------------------------------------------------------------- with connections


@pytest.fixture
def world(monkeypatch):
    """Names with their addresses, to be filled in; returns who was connected to as well."""
    names, connected = {}, []
    look_up, connect = socket.getaddrinfo, socket.socket.connect
    is_global = ipaddress.IPv4Address.is_global.fget

    def find(host, *args, **kwargs):
        found = names.get(host, host)
        if callable(found):
            found = found()
        return look_up(found, *args, **kwargs)

    def reach_server(self, place):
        connected.append(place[0])
        return connect(
            self, ("127.0.0.1", place[1]) if place[0].startswith("198.51.100.") else place
        )

    monkeypatch.setattr(socket, "getaddrinfo", find)
    monkeypatch.setattr(socket.socket, "connect", reach_server)
    monkeypatch.setattr(
        ipaddress.IPv4Address,
        "is_global",
        property(lambda self: str(self).startswith("198.51.100.") or is_global(self)),
    )
    return names, connected


def session():
    made = new_session()
    made.trust_env = False
    return made


def at(host, server):
    return server.url.replace("127.0.0.1", host)


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "127.0.0.5", "0.0.0.0", "10.99.0.1", "169.254.9.9"]
)
def test_a_redirect_to_a_name_that_means_something_inside(world, serve, address):
    names, connected = world
    names.update({"far.example": "198.51.100.1", "inside.example": address})
    inside = serve()
    far = serve(says(302, Location=at("inside.example", inside)))
    with pytest.raises(RemoteError, match=f"inside.example, which is at {address}"):
        open_hasty(at("far.example", far), session=session())
    assert connected == ["198.51.100.1"] and not inside.requests


def test_a_redirect_from_far_to_far(world, serve, flac):
    names, connected = world
    names.update({"far.example": "198.51.100.1", "other.example": "198.51.100.2"})
    other = serve(part(flac), part(flac))
    far = serve(says(302, Location=at("other.example", other)))
    source = open_hasty(at("far.example", far), session=session())
    assert read_all(source, FAR) == [flac[100_000:100_050]]
    source.close()
    assert set(connected) == {"198.51.100.1", "198.51.100.2"}


def test_from_this_machine_to_this_machine(world, serve, flac):
    names, _ = world
    names["here.example"] = "127.0.0.1"
    there = serve(part(flac))
    here = serve(says(302, Location=at("localhost", there)))
    with pytest.raises(RemoteError, match="means this computer"):
        open_hasty(at("here.example", here), session=session())  # only its address says so
    here.steps = [says(302, Location=at("here.example", there))]
    open_hasty(at("localhost", here), session=session()).close()


def test_a_name_that_changes_its_meaning_between_two_requests(world, serve, flac):
    """DNS rebinding: the second connection would go to a server of this machine."""
    names, connected = world
    answers = ["198.51.100.1", "127.0.0.1"]
    names["far.example"] = lambda: answers.pop(0) if len(answers) > 1 else answers[0]
    server = serve(part(flac, Connection="close"))
    source = open_hasty(at("far.example", server), session=session())
    with pytest.raises(RemoteError, match=r"far\.example, which is at 127\.0\.0\.1"):
        read_all(source, FAR)
    source.close()
    assert set(connected) == {"198.51.100.1"} and len(server.requests) == 1


def test_a_name_is_looked_up_once_for_a_connection(world, serve, flac):
    """What was judged is what is connected to."""
    names, _ = world
    asked = []
    names["far.example"] = lambda: asked.append(1) or "198.51.100.1"
    server = serve(part(flac), part(flac))
    source = open_hasty(at("far.example", server), session=session())
    read_all(source, FAR)
    source.close()
    assert len(asked) == 1


def test_a_connection_of_another_raster_is_no_way_in(world, serve, flac):
    """The session is shared, and has a connection to the inside that the user asked for."""
    names, _ = world
    names.update({"far.example": "198.51.100.1", "inside.example": "127.0.0.1"})
    shared = session()
    inside = serve(part(flac))
    own = open_hasty(at("inside.example", inside), session=shared)
    far = serve(says(302, Location=at("inside.example", inside)))
    with pytest.raises(RemoteError, match="which is at"):
        open_hasty(at("far.example", far), session=shared)
    assert len(inside.requests) == 1
    own.close()


def test_a_connection_that_is_used_again_sets_the_measure_like_a_new_one(world, serve, flac):
    names, _ = world
    names.update({"here.example": "127.0.0.1", "inside.example": "127.0.0.1"})
    shared = session()
    inside = serve(part(flac))
    here = serve(part(flac), says(302, Location=at("inside.example", inside)))
    open_hasty(at("here.example", here), session=shared).close()
    names["here.example"] = "198.51.100.1"
    open_hasty(at("here.example", here), session=shared).close()


def test_with_a_session_that_is_not_ours(world, serve, flac):
    """Where its connection led was not seen, so its host is looked up."""
    names, _ = world
    names.update({"far.example": "198.51.100.1", "inside.example": "127.0.0.1"})
    inside = serve()
    far = serve(says(302, Location=at("inside.example", inside)))
    plain = requests.Session()
    plain.trust_env = False
    with pytest.raises(RemoteError, match="which is at"):
        open_hasty(at("far.example", far), session=plain)
    there = serve(part(flac))
    here = serve(says(302, Location=there.url))
    open_hasty(here.url, session=plain).close()


def test_the_next_address_where_one_does_not_answer(world, serve, flac, monkeypatch):
    names, connected = world
    server = serve(part(flac))
    find = socket.getaddrinfo

    def several(host, port, *args, **kwargs):
        if host != "far.example":
            return find(host, port, *args, **kwargs)
        return [
            entry for a in ("127.0.0.9", "127.0.0.1") for entry in find(a, port, *args, **kwargs)
        ]

    monkeypatch.setattr(socket, "getaddrinfo", several)
    open_hasty(at("far.example", server), session=session()).close()
    assert connected == ["127.0.0.9", "127.0.0.1"]


def test_behind_a_proxy_addresses_are_judged_by_what_they_say(serve, flac):
    proxy = serve(says(302, Location="http://10.0.0.1/x"))
    behind = session()
    behind.proxies = {"http": f"http://127.0.0.1:{proxy.port}"}
    with pytest.raises(RemoteError, match="a private network"):
        open_hasty("http://8.8.8.8/x", session=behind)
    proxy.steps = [says(302, Location="http://far.example/x"), part(flac)]
    open_hasty("http://8.8.8.8/x", session=behind).close()
    assert [request.path for request in proxy.requests[1:]] == [
        "http://8.8.8.8/x",
        "http://far.example/x",
    ]
