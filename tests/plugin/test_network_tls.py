"""Encrypted connections trust whom QGIS trusts, and show the certificate that QGIS would."""

from __future__ import annotations

import http.server
import shutil
import ssl
import subprocess
import threading

import pytest
from flac_raster_qgis.engine.errors import RemoteError
from qgis.core import QgsApplication, QgsAuthMethodConfig
from qgis.PyQt.QtNetwork import QSslCertificate

from flac_raster_qgis.core import network

OPENSSL = shutil.which("openssl")
pytestmark = pytest.mark.skipif(OPENSSL is None, reason="openssl is not installed")


class Magic(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Length", "4")
        self.end_headers()
        self.wfile.write(b"fLaC")

    def log_message(self, *args):
        pass


class _Server(http.server.ThreadingHTTPServer):
    def handle_error(self, *args):
        """A client that distrusts the server, or is distrusted, is nothing to report."""


@pytest.fixture(scope="module")
def certificates(tmp_path_factory):
    """A folder with an authority, and certificates of a server and a client signed by it."""
    folder = tmp_path_factory.mktemp("certificates")

    def openssl(*arguments):
        subprocess.run([OPENSSL, *arguments], cwd=folder, check=True, capture_output=True)

    new = ("-newkey", "rsa:2048", "-nodes")
    usage = ("-addext", "keyUsage=critical,keyCertSign,cRLSign")
    subject = ("-subj", "/CN=Tests", "-days", "2", *usage)
    openssl("req", "-x509", *new, "-keyout", "ca.key", "-out", "ca.pem", *subject)
    (folder / "names").write_text("subjectAltName=DNS:localhost,IP:127.0.0.1\n")
    signing = ("-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-extfile", "names")
    for name in ("server", "client"):
        openssl(
            "req", *new, "-keyout", f"{name}.key", "-out", f"{name}.csr", "-subj", f"/CN={name}"
        )
        openssl("x509", "-req", "-in", f"{name}.csr", *signing, "-out", f"{name}.pem")
    return folder


@pytest.fixture
def serve(certificates):
    """Return a function that starts a server and returns the address of a file."""
    servers = []

    def start(verify=ssl.CERT_NONE, at="127.0.0.1"):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificates / "server.pem", certificates / "server.key")
        context.load_verify_locations(certificates / "ca.pem")
        context.verify_mode = verify
        server = _Server((at, 0), Magic)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"https://localhost:{server.server_port}/x.flac"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture
def trusted(qgis_app, certificates):
    """Have QGIS trust the authority."""
    manager = QgsApplication.authManager()
    assert manager.setMasterPassword("of the tests", True)
    authority = QSslCertificate((certificates / "ca.pem").read_bytes())
    assert manager.storeCertAuthority(authority)
    _read_again(manager)
    yield
    manager.removeCertAuthority(authority)
    _read_again(manager)


def _read_again(manager) -> None:
    manager.rebuildCaCertsCache()
    manager.rebuildTrustedCaCertsCache()


def test_an_authority_that_nobody_trusts(qgis_app, serve):
    with pytest.raises(RemoteError, match="is not to be trusted"):
        network.open_source(serve())


def test_an_authority_that_qgis_trusts(serve, trusted):
    source = network.open_source(serve())
    assert source.size == 4
    source.close()


def test_an_ip_address(serve, trusted):
    source = network.open_source(serve().replace("localhost", "127.0.0.1"))
    assert source.size == 4
    source.close()
    with pytest.raises(RemoteError, match=r"certificate of 127\.0\.0\.2 is not to be trusted"):
        network.open_source(serve(at="127.0.0.2").replace("localhost", "127.0.0.2"))


def test_the_certificate_of_a_configuration(serve, trusted, certificates):
    url = serve(verify=ssl.CERT_REQUIRED)
    with pytest.raises(RemoteError):
        network.open_source(url)
    manager = QgsApplication.authManager()
    config = QgsAuthMethodConfig("PKI-Paths")
    config.setName("client")
    config.setConfig("certpath", str(certificates / "client.pem"))
    config.setConfig("keypath", str(certificates / "client.key"))
    config.setConfig("keypass", "")
    assert manager.storeAuthenticationConfig(config)
    source = network.open_source(url, config.id())
    assert source.size == 4
    source.close()
    manager.removeAuthenticationConfig(config.id())
