"""The configurations of web servers in docs/publishing.md do what the page says."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

import pytest
import requests
from flac_raster_qgis.engine import FlacRaster
from flac_raster_qgis.engine.storage.open import open_url
from kits.documents import DOCS, of_language
from kits.nginx import NGINX
from kits.remote import until

pytestmark = pytest.mark.skipif(not DOCS.exists(), reason="no docs/ here: not a checkout")

SBIN = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/sbin"])
APACHE = shutil.which("apache2", path=SBIN)
#: All around the part in the page; compresses whatever it may.
NGINX_CONFIG = """
daemon off; {user} pid {base}/pid; error_log {base}/error.log;
events {{ }}
http {{
    access_log off;
    gzip on; gzip_types *; gzip_min_length 1;
    client_body_temp_path {base}/t1; proxy_temp_path {base}/t2; fastcgi_temp_path {base}/t3;
    uwsgi_temp_path {base}/t4; scgi_temp_path {base}/t5;
    server {{
        listen 127.0.0.1:{port};
        root {base}/files;
        {part}
    }}
}}
"""
APACHE_CONFIG = """
ServerRoot {base}
ServerName localhost
Listen 127.0.0.1:{port}
PidFile {base}/pid
ErrorLog {base}/error.log
{modules}
{user}
DocumentRoot {base}/files
SetOutputFilter DEFLATE
{part}
"""
MODULES = "mpm_event authz_core env filter deflate headers".split()


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def part_of_page(language, folder):
    (block,) = of_language(DOCS / "publishing.md", language)
    return block.text.replace("/srv/rasters", str(folder))


def nginx_command(base, port):
    if NGINX is None:
        pytest.skip("nginx is not installed; `make setup` installs it")
    user = "user root root;" if os.geteuid() == 0 else ""
    part = part_of_page("nginx", base / "files")
    (base / "conf").write_text(NGINX_CONFIG.format(base=base, port=port, user=user, part=part))
    return [NGINX, "-p", base, "-c", base / "conf", "-e", base / "error.log"]


def apache_command(base, port):
    if APACHE is None:
        pytest.skip("Apache is not installed")
    folder = Path(APACHE).parents[1] / "lib" / "apache2" / "modules"
    modules = "\n".join(f"LoadModule {m}_module {folder}/mod_{m}.so" for m in MODULES)
    user = "User www-data\nGroup www-data" if os.geteuid() == 0 else ""
    part = part_of_page("apache", base / "files")
    text = APACHE_CONFIG.format(base=base, port=port, user=user, part=part, modules=modules)
    (base / "conf").write_text(text)
    return [APACHE, "-f", base / "conf", "-X"]


@pytest.fixture(params=[nginx_command, apache_command], ids=["nginx", "apache"])
def url(request, rasters):
    """Start the server with the part in the page; yield the address of a raster."""
    # open to all, as pytest's folders are not: Apache, started by root, becomes another user
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder)
        base.chmod(0o755)
        yield from serving(base, free_port(), request.param, rasters / "dem.flac")


def serving(base, port, command, raster):
    (base / "files").mkdir()
    shutil.copy(raster, base / "files")
    os.utime(base / "files" / "dem.flac", (10**9, 10**9))  # Apache: of new files ETags are weak
    (base / "files" / "page.txt").write_text("text " * 1000)
    process = subprocess.Popen(command(base, port))

    def answers():
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", port)) == 0

    try:
        until(answers, 10)
        yield f"http://127.0.0.1:{port}/dem.flac"
    finally:
        process.terminate()
        process.wait(10)


def test_configuration(url, rasters):
    data = (rasters / "dem.flac").read_bytes()
    page = {"Origin": "https://maps.example.org", "Accept-Encoding": "gzip"}

    reply = requests.get(url.replace("dem.flac", "page.txt"), headers=page, timeout=10)
    assert reply.headers["Content-Encoding"] == "gzip"  # so that the rest means something

    reply = requests.get(url, headers={**page, "Range": "bytes=100-199"}, timeout=10)
    assert reply.status_code == 206 and reply.content == data[100:200]
    assert reply.headers["Content-Range"] == f"bytes 100-199/{len(data)}"
    assert "Content-Encoding" not in reply.headers
    assert reply.headers["ETag"].startswith('"') and "gzip" not in reply.headers["ETag"]
    assert reply.headers["Content-Type"] == "audio/flac"
    assert reply.headers["Cache-Control"] == "public, max-age=3600, no-transform"
    assert reply.headers["Access-Control-Allow-Origin"] == "*"
    exposed = reply.headers["Access-Control-Expose-Headers"]
    assert {"Content-Range", "ETag"} <= set(exposed.split(", "))

    whole = requests.get(url, headers=page, timeout=10)
    assert whole.content == data and "Content-Encoding" not in whole.headers

    asking = {"Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": "range"}
    preflight = requests.options(url, headers={**page, **asking}, timeout=10)
    assert preflight.status_code in (200, 204)
    assert preflight.headers["Access-Control-Allow-Origin"] == "*"
    assert "Range" in preflight.headers["Access-Control-Allow-Headers"]

    with FlacRaster.open(url) as raster, FlacRaster.open(rasters / "dem.flac") as original:
        assert (raster.read() == original.read()).all()
    source = open_url(url, memory_cache=None)
    assert source.version is not None
    source.close()
