"""What lies below HTTP: names, connections, certificates, proxies."""

import shutil
import socket
import ssl
import subprocess
import threading
from contextlib import suppress

import pytest
import requests
from flac_raster_qgis.engine.errors import InputError, RemoteError
from flac_raster_qgis.engine.job import Job
from flac_raster_qgis.engine.storage.open import open_source, open_url
from flac_raster_qgis.engine.storage.remote.http_session import new_session
from kits.clock import clock
from kits.remote import HASTY, open_hasty, part, read_all


def test_an_unknown_host(monkeypatch):
    asked = []

    def unknown(host, *args, **kwargs):
        asked.append(host)
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(RemoteError, match="the host nowhere.example cannot be found"):
        open_hasty("http://nowhere.example/x.flac")
    assert len(asked) == 1


def test_a_host_that_cannot_be_looked_up_right_now(monkeypatch, serve, flac):
    server = serve(part(flac))
    asked = []
    look_up = socket.getaddrinfo

    def busy(host, *args, **kwargs):
        asked.append(host)
        if len(asked) < 3:
            raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")
        return look_up(host, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", busy)
    open_hasty(server.url).close()
    assert len(asked) == 3


def test_nobody_listens():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/x.flac"
    with pytest.raises(RemoteError, match=r"Connection refused.*Tried 3 times"):
        open_hasty(url)


def test_no_connection_in_time(monkeypatch):
    def slow(*args, **kwargs):
        raise socket.timeout("timed out")

    monkeypatch.setattr("urllib3.util.connection.create_connection", slow)
    with pytest.raises(RemoteError, match="127.0.0.1 does not answer"):
        open_hasty("http://127.0.0.1:9/x.flac")


@pytest.mark.parametrize(
    "url",
    ["http://", "http:///x.flac", "http://[::1/x.flac", "https://a:b:c/x", "http://a:99999/x"],
)
def test_no_address(url):
    with pytest.raises(InputError, match="not a valid URL"):
        open_source(url)


@pytest.mark.parametrize("url", ["http://.a.example/x", "http://*.example/x", "http://a b/x"])
def test_no_host(url):
    with pytest.raises(InputError):
        open_url(url, retry=HASTY)


# ---------------------------------------------------------------- TLS


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A self-signed certificate for 127.0.0.1 and nothing else."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed")
    path = tmp_path_factory.mktemp("tls") / "both.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
         "/CN=here", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", path, "-out", path],
        check=True, capture_output=True,
    )  # fmt: skip
    return path


@pytest.fixture
def tls(serve, flac, certificate):
    """Return a function that puts TLS in front of a scripted server."""
    listeners = []

    def start(*steps, shows=certificate):
        server = serve(*steps)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(shows)
        listener = socket.create_server(("127.0.0.1", 0))
        listeners.append(listener)

        def accept():
            with suppress(OSError):
                while True:
                    plain, _ = listener.accept()
                    try:
                        inside = context.wrap_socket(plain, server_side=True)
                    except OSError:
                        continue
                    server._sockets.append(inside)
                    threading.Thread(target=server._serve, args=(inside,), daemon=True).start()

        threading.Thread(target=accept, daemon=True).start()
        server.url = f"https://127.0.0.1:{listener.getsockname()[1]}/x.flac"
        return server

    yield start
    for listener in listeners:
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()


def trusting(certificate):
    session = new_session()
    session.verify = str(certificate)
    return session


def test_a_certificate_that_is_trusted(tls, flac, certificate):
    server = tls(part(flac), part(flac))
    source = open_hasty(server.url, session=trusting(certificate))
    assert read_all(source, [(100_000, 5)]) == [flac[100_000:100_005]]
    source.close()


def test_a_certificate_that_is_not_trusted(tls):
    server = tls()
    with pytest.raises(RemoteError, match=r"certificate of 127.0.0.1 is not .*self.signed"):
        open_hasty(server.url)
    assert server.requests == []


def test_a_certificate_for_another_name(tls, certificate):
    server = tls()
    with pytest.raises(RemoteError, match="certificate of localhost is not to be trusted"):
        open_hasty(server.url.replace("127.0.0.1", "localhost"), session=trusting(certificate))
    assert server.requests == []


def test_https_where_http_is_spoken(nginx):
    with pytest.raises(RemoteError, match="no encrypted connection"):
        open_hasty(nginx.url("x.flac").replace("http:", "https:"))


def test_cancelling_an_encrypted_answer(tls, flac, certificate):
    """The socket is shut down below the encryption."""

    from flac_raster_qgis.engine.errors import Cancelled

    pressed = []

    def silent(request):
        pressed.append(clock())
        server.gone.wait(10)
        yield b""

    server = tls(part(flac), silent)
    source = open_hasty(server.url, session=trusting(certificate))
    with pytest.raises(Cancelled):
        read_all(source, [(100_000, 5)], job=Job(is_cancelled=lambda: bool(pressed)))
    assert clock() - pressed[0] < 1
    source.close()


def test_an_ip_address_with_a_context_of_the_callers_own(tls, flac, certificate, tmp_path):
    """urllib3 1.26 does not tell it whom it connects to, and a context that checks that fails."""
    server = tls(part(flac))
    context = ssl.create_default_context(cafile=certificate)
    session = new_session(context)
    open_hasty(server.url, session=session).close()
    assert context.check_hostname
    other = make_certificate(tmp_path / "other.pem", "localhost")
    context.load_verify_locations(other)
    with pytest.raises(RemoteError, match=r"certificate of 127.0.0.1 is not .*mismatch"):
        open_hasty(tls(shows=other).url, session=new_session(context))


@pytest.fixture
def two_hosts(monkeypatch):
    """Two names of this machine."""
    find = socket.getaddrinfo
    names = ("own.example", "other.example")
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda h, *a, **k: find("127.0.0.1" if h in names else h, *a, **k)
    )
    return names


@pytest.mark.parametrize("way", ["context", "session"])
def test_a_client_certificate_stays_with_its_host(tmp_path, two_hosts, way):
    """One in the session's TLS context, as QGIS has it, and one that requests brings."""
    pem = {name: make_certificate(tmp_path / f"{name}.pem", name) for name in (*two_hosts, "user")}
    everyone = tmp_path / "all.pem"
    everyone.write_bytes(b"".join(path.read_bytes() for path in pem.values()))
    seen = []

    def serve(name, answer):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(pem[name])
        context.load_verify_locations(everyone)
        context.verify_mode = ssl.CERT_OPTIONAL
        listener = context.wrap_socket(socket.create_server(("127.0.0.1", 0)), server_side=True)

        def accept():
            with suppress(OSError):
                while True:
                    with suppress(ssl.SSLError), listener.accept()[0] as one:
                        one.recv(10_000)
                        seen.append((name, one.getpeercert() is not None))
                        one.sendall(answer)

        threading.Thread(target=accept, daemon=True).start()
        return listener

    there = serve("other.example", b"HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n")
    to = f"https://other.example:{there.getsockname()[1]}/"
    moved = f"HTTP/1.1 302 F\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n"
    here = serve("own.example", moved.encode())
    context = ssl.create_default_context(cafile=everyone)
    if way == "context":
        context.load_cert_chain(pem["user"])
    session = new_session(context)
    session.trust_env = False
    if way == "session":
        session.cert = str(pem["user"])
    with pytest.raises(RemoteError, match="404"):
        open_hasty(f"https://own.example:{here.getsockname()[1]}/x.flac", session=session)
    assert seen == [("own.example", True), ("other.example", False)]
    for listener in (here, there):
        listener.close()


def make_certificate(path, name):
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
         f"/CN={name}", "-addext", f"subjectAltName=DNS:{name}", "-keyout", path, "-out", path],
        check=True, capture_output=True,
    )  # fmt: skip
    return path


# ---------------------------------------------------------------- proxies


def test_a_proxy(serve, flac):
    """A proxy is asked for the whole address, and told its own password only."""
    proxy = serve(part(flac), part(flac))
    session = new_session()
    session.trust_env = False
    session.proxies = {"http": f"http://ann:secret@127.0.0.1:{proxy.port}"}
    source = open_hasty("http://far.example/x.flac", session=session)
    assert read_all(source, [(100_000, 5)]) == [flac[100_000:100_005]]
    source.close()
    for request in proxy.requests:
        assert request.path == "http://far.example/x.flac"
        assert request.headers["proxy-authorization"].startswith("Basic ")
        assert "authorization" not in request.headers


def test_a_proxy_that_is_not_there():
    session = new_session()
    session.trust_env = False
    session.proxies = {"http": "http://ann:secret@127.0.0.1:1"}
    with pytest.raises(RemoteError, match="the proxy cannot be reached") as caught:
        open_hasty("http://far.example/x.flac", session=session)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("address", ["http://[bad", "::::", "ftp://a:99999", "socks9://a"])
def test_a_proxy_of_which_the_address_is_none(address):
    session = new_session()
    session.trust_env = False
    session.proxies = {"http": address}
    with pytest.raises(RemoteError, match="the proxy cannot be used"):
        open_hasty("http://far.example/x.flac", session=session)


@pytest.mark.parametrize("setting", ["cert", "verify"])
def test_certificates_that_are_not_there(setting):
    session = new_session()
    setattr(session, setting, "/does/not/exist")
    with pytest.raises(RemoteError, match="a file of certificates cannot be read"):
        open_hasty("https://127.0.0.1:9/x.flac", session=session)


@pytest.mark.parametrize(
    ("name", "value"), [("headers", {"X": "a\nb"}), ("headers", {"X": "€"}), ("auth", 5)]
)
def test_headers_and_authentication_that_cannot_be_sent(name, value):
    session = new_session()
    getattr(session, name).update(value) if name == "headers" else setattr(session, name, value)
    with pytest.raises(RemoteError, match="Check the headers and the authentication"):
        open_hasty("http://127.0.0.1:9/x.flac", session=session)


def test_a_session_of_the_caller_stays_open(serve, flac):
    server = serve(part(flac), part(flac))
    with requests.Session() as session:
        for _ in range(2):
            open_hasty(server.url, session=session).close()
    assert len({request.connection for request in server.requests}) == 1
