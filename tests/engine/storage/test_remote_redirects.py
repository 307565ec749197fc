"""Redirects: followed as far as they are safe, and no secret goes to another host."""

import base64
from urllib.parse import quote

import pytest
import requests
from flac_raster_qgis.engine.errors import RemoteError
from flac_raster_qgis.engine.storage.remote.http_session import new_session
from flac_raster_qgis.engine.storage.urls import redirect_target
from kits.remote import open_hasty, part, read_all, says

FAR = [(100_000, 50)]
SECRETS = ("authorization", "cookie", "x-api-key")


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_followed_once_and_remembered(serve, flac, status):
    there = serve(part(flac), part(flac))
    here = serve(says(status, Location=there.url))
    source = open_hasty(here.url)
    assert read_all(source, FAR) == [flac[100_000:100_050]]
    assert source.name == here.url
    assert all(request.headers["range"] for request in there.requests)
    source.close()


def test_relative(serve, flac):
    server = serve(says(302, Location="../a/y.flac?k=v"), part(flac))
    open_hasty(server.url).close()
    assert [request.path for request in server.requests] == ["/x.flac", "/a/y.flac?k=v"]


def test_real_server(nginx, flac):
    (nginx.folder / "there.flac").write_bytes(flac)
    source = open_hasty(nginx.url("moved/there.flac"))
    assert read_all(source, FAR) == [flac[100_000:100_050]]
    source.close()
    assert [r[2] for r in nginx.requests()] == ["302", "206", "206"]


def test_loop(serve):
    server = serve()
    server.always = says(302, Location="/x.flac")
    with pytest.raises(RemoteError, match="redirects more than 8 times"):
        open_hasty(server.url)
    assert len(server.requests) == 9


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_a_signed_address_that_expired_is_asked_for_anew(serve, flac, status):
    there = serve(part(flac), says(status), part(flac))
    here = serve(*[says(302, Location=there.url)] * 2)
    source = open_hasty(here.url)
    assert read_all(source, FAR) == [flac[100_000:100_050]]
    source.close()


def test_but_only_once(serve, flac):
    there = serve(part(flac), says(403), says(403))
    here = serve(*[says(302, Location=there.url)] * 2)
    source = open_hasty(here.url)
    with pytest.raises(RemoteError, match="403"):
        read_all(source, FAR)
    source.close()


def test_an_endless_body_of_a_redirect_is_not_read(serve, flac):
    there = serve(part(flac))

    def endless(request):
        yield f"HTTP/1.1 302 F\r\nLocation: {there.url}\r\n\r\n".encode()
        while True:
            yield bytes(1 << 16)

    open_hasty(serve(endless).url).close()


def test_without_a_place_to_go(serve):
    server = serve(says(302))
    with pytest.raises(RemoteError, match="answered 302 Found"):
        open_hasty(server.url)


# ---------------------------------------------------------------- where to


@pytest.mark.parametrize(
    ("start", "location"),
    [
        ("http://a.example/x", "file:///etc/passwd"),
        ("http://a.example/x", "ftp://a.example/x"),
        ("http://a.example/x", "javascript:alert(1)"),
        ("http://a.example/x", "http://[::1/x"),
        ("http://a.example/x", "http://b.example:99999/x"),
        ("https://a.example/x", "http://a.example/x"),
        ("http://a.example/x", "http://127.0.0.1/x"),
        ("http://a.example/x", "http://127.1/x"),
        ("http://a.example/x", "http://2130706433/x"),
        ("http://a.example/x", "http://0x7f.0.0.1/x"),
        ("http://a.example/x", "http://0.0.0.0/x"),
        ("http://a.example/x", "http://localhost:80/x"),
        ("http://a.example/x", "http://LOCALHOST./x"),
        ("http://a.example/x", "http://[::1]/x"),
        ("http://a.example/x", "http://[::ffff:127.0.0.1]/x"),
        ("http://a.example/x", "http://169.254.169.254/latest/meta-data"),
        ("http://a.example/x", "http://[fe80::1%25eth0]/x"),
        ("http://127.0.0.1/x", "http://169.254.169.254/x"),
    ],
)
def test_not_followed(start, location):
    with pytest.raises(RemoteError, match="so it was not followed"):
        redirect_target(start, start, location)


@pytest.mark.parametrize(
    ("start", "location", "target"),
    [
        ("http://a.example/x", "https://a.example/x", "https://a.example/x"),
        ("https://a.example/x", "https://b.example/y", "https://b.example/y"),
        ("https://a.example/d/x", "y?z", "https://a.example/d/y?z"),
        ("https://a.example/x", "//b.example/y", "https://b.example/y"),
        ("http://localhost/x", "http://127.0.0.1/y", "http://127.0.0.1/y"),
        ("http://127.0.0.1/x", "http://93.184.216.34/y", "http://93.184.216.34/y"),
        ("http://a.example/x", "http://192.168.1.9/y", "http://192.168.1.9/y"),
    ],
)
def test_followed(start, location, target):
    assert redirect_target(start, start, location) == target


def test_not_followed_by_a_source(serve):
    server = serve(says(302, Location="file:///etc/passwd"))
    with pytest.raises(RemoteError, match="file:///etc/passwd"):
        open_hasty(server.url)


# ---------------------------------------------------------------- secrets


def session_with_secrets():
    session = new_session()
    session.auth = ("ann", "secret")
    session.headers["X-Api-Key"] = "secret"
    session.cookies.set("token", "secret")
    session.params = {"key": "secret"}
    return session


def test_secrets_go_to_the_own_host(serve, flac):
    server = serve(part(flac), part(flac))
    source = open_hasty(server.url, session=session_with_secrets())
    read_all(source, FAR)
    source.close()
    for request in server.requests:
        assert all(name in request.headers for name in SECRETS)
        assert request.path == "/x.flac?key=secret"


def test_secrets_do_not_go_to_another_host(serve, flac):
    """Another port is another host. All later requests go there directly, without them as well."""
    there = serve(part(flac), part(flac))
    here = serve(says(302, Location=there.url))
    source = open_hasty(here.url, session=session_with_secrets())
    read_all(source, FAR)
    source.close()
    assert "x-api-key" in here.requests[0].headers
    for request in there.requests:
        assert not [name for name in SECRETS if name in request.headers]
        assert "secret" not in request.path


def test_nor_back_home_by_way_of_another_host(serve, flac):
    here = serve()
    there = serve(says(302, Location=here.url))
    here.steps = [says(302, Location=there.url), part(flac)]
    open_hasty(here.url, session=session_with_secrets()).close()
    assert "x-api-key" not in here.requests[1].headers


def test_password_in_the_address(serve, flac):
    there = serve(part(flac))
    here = serve(says(302, Location=there.url))
    open_hasty(here.url.replace("//", "//ann:secret@")).close()
    assert here.requests[0].headers["authorization"].startswith("Basic ")
    assert "authorization" not in there.requests[0].headers


def test_cookies_of_the_server_are_sent_back(serve, flac):
    server = serve(part(flac, Set_Cookie="a=b"), part(flac))
    source = open_hasty(server.url)
    read_all(source, FAR)
    source.close()
    assert server.requests[1].headers["cookie"] == "a=b"


def test_client_certificates_are_not_shown_to_another_host(serve, flac, monkeypatch):
    there = serve(part(flac))
    here = serve(says(302, Location=there.url))
    session = new_session()
    session.cert = "client.pem"
    used = []
    send = requests.adapters.HTTPAdapter.send

    def note(self, request, **settings):
        used.append((request.url, settings.pop("cert")))
        return send(self, request, **settings)

    monkeypatch.setattr(requests.adapters.HTTPAdapter, "send", note)
    open_hasty(here.url, session=session).close()
    assert used == [(here.url, "client.pem"), (there.url, None)]


def test_connections_of_the_session_are_not_used_for_another_host(serve, flac, monkeypatch):
    """An adapter of the caller's own may show who he is in ways that nobody here knows of."""
    there = serve(part(flac))
    here = serve(says(302, Location=there.url))
    asked = []

    class Own(requests.adapters.HTTPAdapter):
        def send(self, request, **settings):
            asked.append(request.url)
            return super().send(request, **settings)

    session = requests.Session()
    session.mount("http://", Own())
    open_hasty(here.url, session=session).close()
    assert asked == [here.url] and len(there.requests) == 1


def test_nor_when_another_host_leads_back(serve, flac):
    """What came back by way of a stranger is asked for as a stranger."""
    here = serve()
    there = serve(says(302, Location=here.url))
    here.steps = [says(302, Location=there.url), part(flac)]
    open_hasty(here.url, session=session_with_secrets()).close()
    assert here.requests[0].connection is not here.requests[1].connection


def test_the_password_of_an_address_stays_after_a_redirect_to_its_own_host(serve, flac):
    server = serve(says(302, Location="/y.flac"), part(flac))
    open_hasty(server.url.replace("//", "//ann:secret@")).close()
    assert all(r.headers["authorization"].startswith("Basic ") for r in server.requests)


@pytest.mark.parametrize("password", ["a/b", "a#b", "a@b", "a b", "пароль", "a:b"])
def test_a_password_with_odd_characters(serve, flac, password):
    server = serve(part(flac))
    open_hasty(server.url.replace("//", f"//ann:{quote(password, safe='')}@")).close()
    said = server.requests[0].headers["authorization"].partition(" ")[2]
    assert base64.b64decode(said).decode() == f"ann:{password}"


def test_cookies_of_another_host_are_not_kept(serve, flac):
    there = serve(part(flac, Set_Cookie="a=b"))
    session = new_session()
    here = serve(says(302, Location=there.url, Set_Cookie="c=d"))
    open_hasty(here.url, session=session).close()
    assert session.cookies.get_dict() == {"c": "d"}


def test_authentication_that_leads_elsewhere_sends_nothing(serve):
    there, here = serve(), serve()

    def elsewhere(prepared):
        prepared.url = there.url
        return prepared

    session = new_session()
    session.auth = elsewhere
    with pytest.raises(RemoteError, match="leads to another server"):
        open_hasty(here.url, session=session)
    assert not here.requests and not there.requests


BACKSLASH = "http://127.0.0.1:{other}\\@localhost:{own}/x.flac"


@pytest.mark.parametrize(
    "location",
    [
        BACKSLASH,
        BACKSLASH.replace("\\", "\t"),
        BACKSLASH.replace("\\", " "),
        BACKSLASH.replace("\\", "#"),
        BACKSLASH.replace("\\", "?"),
        "http://localhost:{own}@127.0.0.1:{other}/x.flac",
        "http://127.0.0.1:{other}/@localhost:{own}/x.flac",
        "//127.0.0.1:{other}/x.flac",
        "http://localhost%3A{own}@127.0.0.1:{other}/x.flac",
        "http://127.0.0.1%2e:{other}/x.flac",
        "http://localhost:{other}/x.flac",
    ],
)
def test_whatever_a_redirect_looks_like_only_the_own_server_is_told(serve, location):
    own, other = serve(always=says(404)), serve(always=says(404))
    location = location.format(own=own.port, other=other.port)
    own.steps = [says(302, Location=location)]
    session = session_with_secrets()
    session.trust_env = False
    with pytest.raises(RemoteError):
        open_hasty(own.url.replace("127.0.0.1", "localhost"), session=session)
    for request in other.requests:
        assert not [name for name in SECRETS if name in request.headers]
        assert "secret" not in request.path


def test_basic_authentication_of_a_real_server(nginx, flac):
    (nginx.folder / "x.flac").write_bytes(flac)
    with pytest.raises(RemoteError, match="401"):
        open_hasty(nginx.url("locked/x.flac"))
    session = new_session()
    session.auth = ("ann", "secret")
    source = open_hasty(nginx.url("locked/x.flac"), session=session)
    assert read_all(source, FAR) == [flac[100_000:100_050]]
    source.close()


def test_digest_authentication(serve, flac):
    challenge = 'Digest realm="r", nonce="n", qop="auth"'
    server = serve(says(401, WWW_Authenticate=challenge), part(flac), part(flac))
    session = new_session()
    session.auth = requests.auth.HTTPDigestAuth("ann", "secret")
    source = open_hasty(server.url, session=session)
    read_all(source, FAR)
    source.close()
    assert server.requests[1].headers["authorization"].startswith('Digest username="ann"')


def test_a_user_name_that_is_a_host_of_netrc_gets_no_secret(serve, tmp_path, monkeypatch, flac):
    """What requests before 2.32.4 takes for the host stands in front of the first colon."""
    netrc = tmp_path / "netrc"
    netrc.write_text("machine bank.example login ann password hush-hush\n")
    monkeypatch.setenv("NETRC", str(netrc))
    server = serve(part(flac))
    open_hasty(server.url.replace("127.0.0.1", "bank.example:@127.0.0.1")).close()
    (request,) = server.requests
    said = base64.b64decode(request.headers["authorization"].partition(" ")[2])
    assert said == b"bank.example:"
