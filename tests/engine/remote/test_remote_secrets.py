"""Names and messages hold no user, password, query or header."""

import logging

import pytest
from flac_raster_qgis.engine import FlacRaster, FlacRasterError
from flac_raster_qgis.engine.operations.opening import is_flac_name, local_name
from flac_raster_qgis.engine.remote.session import new_session
from flac_raster_qgis.engine.remote.urls import file_name, scheme_of, shown
from remote_kit import HangUp, open_hasty, part, says

SECRET = "hush-hush"


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://a.example/x.flac", "https://a.example/x.flac"),
        (f"https://ann:{SECRET}@a.example:8443/x.flac", "https://a.example:8443/x.flac"),
        (f"https://{SECRET}@a.example/x", "https://a.example/x"),
        (f"https://a:b@{SECRET}@a.example/x", "https://a.example/x"),
        (f"https://a.example/x.flac?sig={SECRET}", "https://a.example/x.flac?…"),
        (f"https://a.example/x.flac#{SECRET}", "https://a.example/x.flac"),
        (f"https://a.example?sig={SECRET}/x@y", "https://a.example?…"),
        (f"s3://{SECRET}@bucket/x", "s3://bucket/x"),
        ("https://a.example/x@y", "https://a.example/x@y"),
    ],
)
def test_shown(url, name):
    assert shown(url) == name


def test_files_are_shown_as_they_are():
    assert shown("a?b#c@d.flac") == "a?b#c@d.flac"


@pytest.mark.parametrize(
    ("name", "scheme"),
    [
        ("https://a/x", "https"),
        ("HTTP://a/x", "http"),
        ("s3://b/x", "s3"),
        ("/a/b://c", None),
        ("C:/x.flac", None),
        (r"C:\x.flac", None),
        ("x.flac", None),
        ("/vsicurl/http://a/x", None),
        ("http:/a/x", None),
        ("", None),
    ],
)
def test_scheme(name, scheme):
    assert scheme_of(name) == scheme


def test_file_names():
    assert file_name("https://a/b/d%C3%A9m.flac?x=/y.tif#z") == "dém.flac"
    assert file_name("https://a.example") == file_name("https://a.example/") == ""
    assert local_name("https://a/b/x.flac?k=1").name == "x.flac"
    assert is_flac_name("https://a/b/X.FLAC?k=v.tif") and not is_flac_name("https://a/x.tif?y.flac")


def broken(request):
    yield b""
    raise HangUp


@pytest.mark.parametrize(
    "steps",
    [
        [says(403)],
        [says(503)] * 3,
        [broken] * 3,
        [says(302, Location=f"file:///{SECRET}?{SECRET}".replace(f"/{SECRET}", "/x"))],
        [says(302, Location=f"https://ann:{SECRET}@127.0.0.1:1/?sig={SECRET}"), *[broken] * 0],
        [part(b"no raster" * 9)],
        [part(b"x", Content_Range="bytes 7-8/9")],
        [says(200, b"<html>", Content_Type="text/html")],
    ],
)
def test_messages_and_logs(serve, steps, caplog):
    caplog.set_level(logging.INFO)  # urllib3 logs paths at DEBUG, which is the user's own choice
    server = serve(*steps)
    session = new_session()
    session.headers["X-Api-Key"] = SECRET
    url = server.url.replace("//", f"//ann:{SECRET}@") + f"?sig={SECRET}"
    if len(steps) == 1:
        server.always = steps[0]
    with pytest.raises(FlacRasterError) as caught:
        FlacRaster.open(open_hasty(url, session=session))
    assert SECRET not in str(caught.value) and SECRET not in caplog.text
    assert f"127.0.0.1:{server.port}/x.flac" in str(caught.value)


def test_name_of_an_open_raster(serve, flac):
    server = serve(part(flac))
    url = server.url.replace("//", f"//ann:{SECRET}@") + f"?sig={SECRET}"
    with FlacRaster.open(open_hasty(url)) as raster:
        assert raster.name == raster.source.name == f"{server.url}?…"
        assert SECRET not in raster.source.identity
