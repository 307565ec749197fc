"""Names and messages hold no user, password, query or header."""

import logging
import traceback
from pathlib import Path

import pytest
import requests
from flac_raster_qgis.engine import FlacRaster, FlacRasterError, convert, extract, info
from flac_raster_qgis.engine.errors import InputError, OutputError
from flac_raster_qgis.engine.operations import convert_files
from flac_raster_qgis.engine.operations.opening import is_flac_name, local_name, open_raster
from flac_raster_qgis.engine.storage.file_urls import local_path
from flac_raster_qgis.engine.storage.open import open_source, open_url
from flac_raster_qgis.engine.storage.remote.http_session import new_session
from flac_raster_qgis.engine.storage.urls import (
    file_name,
    has_key,
    has_login,
    is_not_local,
    redact,
    redact_text,
    remove_keys,
    remove_login,
    scheme_of,
)
from hypothesis import example, given
from hypothesis import strategies as st
from kits.remote import HASTY, HangUp, open_hasty, part, says

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
        (f"https://me:Se/{SECRET}@a.example/x", "https://…"),
        (f"https://me:80/{SECRET}@a.example/x", "https://…"),
        (f"https://me:Se#{SECRET}@a.example/x", "https://…"),
        (f"https://me:Se?{SECRET}@a.example/x", "https://…"),
        (f"https://me:Se\\{SECRET}@a.example/x", "https://…"),
        (f"https://me:Se {SECRET}@a.example/x", "https://a.example/x"),
        (f"https://m/e:{SECRET}@a.example/x", "https://…"),
        (f"https://{SECRET}/{SECRET}@a.example/x", "https://…"),
        (f"https://me@b.example:1/{SECRET}@a.example/x", "https://…"),
        (f"https://me:Se/cret@a.example/x?sig=a@{SECRET}", "https://…"),
        (f"s3://key:{SECRET}/{SECRET}@bucket/x", "s3://…"),
        ("s3://bucket/x@y", "s3://bucket/x@y"),
        (f" https://ann:{SECRET}@a.example/x ", "https://a.example/x"),
        (f"/vsicurl/https://ann:{SECRET}@a.example/x.tif", "/vsicurl/https://a.example/x.tif"),
        (f"WMS:HTTPS://a.example/?key={SECRET}", "WMS:HTTPS://a.example/?…"),
    ],
)
def test_shown(url, name):
    assert redact(url) == name


@pytest.mark.parametrize(
    ("url", "name"),
    [
        (f"https://a.example/x?token={SECRET}", "https://a.example/x?token=…"),
        (f"https://a.example/x?v=1&Sig={SECRET}&w=2", "https://a.example/x?v=1&Sig=…&w=2"),
        (f"https://a.example/x?X-Amz-Security-Token={SECRET}", None),
        (f"https://a.example/x?X-Amz-Credential={SECRET}&X-Amz-Signature={SECRET}", None),
        (f"https://a.example/x?sv=2020&sig={SECRET}", "https://a.example/x?sv=2020&sig=…"),
        (f"https://a.example/x?%74oken={SECRET}?{SECRET}", "https://a.example/x?%74oken=…"),
        (f"https://a.example/x?key={SECRET}#{SECRET}", "https://a.example/x?key=…"),
        (f"/vsicurl/https://a.example/x.tif?key={SECRET}", None),
        (f's3://a/x?key={SECRET}"', "s3://a/x?key=…"),
    ],
)
def test_keys_of_a_query(url, name):
    """What a log has of it; the rest of the query says which raster is meant."""
    assert has_key(url) and SECRET not in remove_keys(url)
    assert name is None or remove_keys(url) == name
    ann = url.replace("://", "://ann:hush@")
    assert remove_keys(ann) == remove_keys(url) or ann.startswith("/vsi")


@pytest.mark.parametrize(
    "name",
    ["https://a.example/x?v=1&keyword=2", "https://a.example/x", "/d/a?key=1.flac", "x?key="],
)
def test_what_holds_no_key_stays_as_it_is(name):
    assert not has_key(name) and remove_keys(name) == name


#: Names that are nearly URLs, logins of databases and addresses in names of GDAL; what is shown.
DISGUISES = {
    f"https:/ann:{SECRET}@a.example/x.flac": "https:/a.example/x.flac",
    f"https:ann:{SECRET}@a.example/x.flac": "https:a.example/x.flac",
    rf"https:\\ann:{SECRET}@a.example\x": r"https:\\a.example\x",
    f"https:/ann:a/{SECRET}@a.example/x": "https:/…",
    f"s3:/ann:{SECRET}@b/x.flac": "s3:/b/x.flac",
    f"odd:/ann:{SECRET}@b/x.flac": "odd:/b/x.flac",
    f"//ann:{SECRET}@a.example/x.flac": "//a.example/x.flac",
    f"/vsicurl/ftp://ann:{SECRET}@a.example/x.flac": "/vsicurl/ftp://a.example/x.flac",
    f"/vsicurl/https:/ann:{SECRET}@a.example/x": "/vsicurl/https:/a.example/x",
    f"/vsicurl?url=https%3A%2F%2Fann:{SECRET}@a.example%2Fx": "/vsicurl?…",
    f"/vsicurl?header.X-Api-Key={SECRET}&url=https://a.example/x": "/vsicurl?…",
    f'NETCDF:"http://ann:{SECRET}@a.example/x.nc":v': 'NETCDF:"http://a.example/x.nc":v',
    f"zip+https://ann:{SECRET}@a.example/x": "zip+https://a.example/x",
    f"file://ann:{SECRET}@a.example/x.flac": "file://a.example/x.flac",
    f"file:/ann:{SECRET}@a.example/x.flac": "file:/a.example/x.flac",
    f"PG:host=a user=ann password='x {SECRET}' dbname=x": "PG:host=a user=ann password=…",
    f"MYSQL:x,user=ann,Password = {SECRET}": "MYSQL:x,user=ann,Password =…",
    f"OCI:ann/{SECRET}@x": "OCI:…",
    f"<GDAL_WMS><UserPwd>ann:{SECRET}</UserPwd></GDAL_WMS>": "<GDAL_WMS…",
}


@pytest.mark.parametrize("name", DISGUISES)
def test_what_is_no_url_and_holds_a_password_is_not_shown(name):
    assert local_path(name) == name
    assert redact(name) == DISGUISES[name] and has_login(name) and is_not_local(name)
    for text in (remove_login(name), remove_keys(name), file_name(name)):
        assert SECRET not in text
    for text in (f"'{name}' not found", f"cannot read {name!r}"):
        assert SECRET not in redact_text(name, text)


def test_libraries_put_another_scheme_in_front():
    name = f"zip+https://ann:{SECRET}@a.example/x?key={SECRET}"
    text = redact_text(name, "no /vsizip/vsicurl/" + name.partition("+")[2])
    assert text == "no /vsizip/vsicurl/https://…@a.example/x?…"


@pytest.mark.parametrize(
    "name",
    [
        *("/data/a@b.flac", "a@b.tif", "C:\\data\\a@b.tif", "C:/data/a@b.tif", "x:y@z.tif"),
        *("/data/http/x@y.tif", "/mirror/https:/a.example/x.tif", "//server/share/a@b.tif"),
        *('NETCDF:"/data/a@b.nc":t', "NETCDF:C:/d/a@b.nc:t", "NETCDF:a.nc:v", "PG:dbname=x"),
        *("/data/key=1/x@y.tif", "d/2020-01-01T12:30@x.tif", "<VRTDataset></VRTDataset>"),
    ],
)
def test_names_without_secrets_stay_as_they_are(name):
    assert redact(name) == remove_login(name) == remove_keys(name) == name
    assert not has_login(name) and not is_not_local(name)
    assert redact_text(name, f"{name}: no") == f"{name}: no"


def causes(error):
    """All that a traceback has of an error."""
    return "".join(traceback.format_exception(type(error), error, error.__traceback__))


@pytest.mark.parametrize("name", DISGUISES)
def test_disguises_are_in_no_message_log_or_traceback(name, tmp_path, monkeypatch, caplog):
    monkeypatch.chdir(tmp_path)
    caplog.set_level(logging.DEBUG, "rasterio")
    for attempt in (
        lambda: FlacRaster.open(name),
        lambda: FlacRaster.open(Path(name)),
        lambda: convert(name, "out.tif"),
        lambda: extract(name, "out.tif"),
    ):
        with pytest.raises(FlacRasterError) as caught:
            attempt()
        assert SECRET not in causes(caught.value)
    assert SECRET not in caplog.text and not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "start", ["/vsicurl/http://127.0.0.1:1", "NETCDF:http://127.0.0.1:1", "http://127.0.0.1:1"]
)
def test_what_gdal_says_of_an_address_has_no_query(start, caplog):
    caplog.set_level(logging.DEBUG, "rasterio")
    name = f"{start}/x.tif?t={SECRET}"
    with pytest.raises(InputError) as caught, open_raster(name):
        pass
    assert start in str(caught.value) and SECRET not in causes(caught.value)
    assert "rasterio" in caplog.text and SECRET not in caplog.text
    assert not [log for log in map(logging.getLogger, ("rasterio._env",)) if log.filters]


@pytest.mark.parametrize("kind", [str, Path])
@pytest.mark.parametrize(
    "name", [*DISGUISES, f"https://ann:{SECRET}@a.example/d", "https://a.example/d", "s3://b/d"]
)
def test_nothing_is_written_elsewhere(name, kind, flac, tmp_path, monkeypatch):
    """And nothing made on disk that is called like it."""
    (tmp_path / "in").mkdir()
    source = tmp_path / "in" / "x.flac"
    source.write_bytes(flac)
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    for attempt in (
        lambda: list(convert_files([source], kind(name))),
        lambda: convert(source, kind(f"{name}/x.tif")),
        lambda: extract(source, kind(f"{name}/x.tif")),
    ):
        with pytest.raises(OutputError, match="not on this computer") as caught:
            attempt()
        assert SECRET not in causes(caught.value)
    assert not list((tmp_path / "here").iterdir())


def test_a_cache_is_on_this_computer(tmp_path, monkeypatch):
    disk_cache = pytest.importorskip("flac_raster_qgis.engine.storage.disk_cache")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError, match="not on this computer") as caught:
        disk_cache.DiskCache(Path(f"https://ann:{SECRET}@a.example/d"), 1 << 20)
    assert SECRET not in causes(caught.value) and not list(tmp_path.iterdir())


def test_a_mirrored_address_is_a_folder_like_any_other(flac, tmp_path):
    path = tmp_path / "https:" / "a.example" / "x.flac"
    path.parent.mkdir(parents=True)
    path.write_bytes(flac)
    assert FlacRaster.open(path).name == str(path) and info(path)
    assert convert(path, path.with_suffix(".tif")).output == str(path.with_suffix(".tif"))


TEXT = st.text("ab1/#@?:\\\\% .é", min_size=1, max_size=8)


@given(TEXT, TEXT, st.sampled_from(["a.example", "a.example:8080", "localhost", "[::1]:80"]))
@example("me", "12/34", "a.example")
@example("me", "Se/cret", "localhost")
def test_no_user_and_no_password_is_ever_shown(user, password, host):
    """Whatever is in them; the letters are their own, so that nothing else can be mistaken."""
    letters = str.maketrans("ab1é", "QZ7Ü")
    user, password = user.translate(letters), password.translate(letters)
    for url in (f"https://{user}:{password}@{host}/x.flac", f"s3://{user}:{password}@b/x.flac"):
        for text in (redact(url), file_name(url), local_name(url).name):
            assert not set("QZ7Ü") & set(text)
        assert has_login(url)
        if url.startswith("https"):
            with pytest.raises(FlacRasterError) as caught:
                open_url(url, session=Offline(), retry=HASTY)
            assert not set("QZ7Ü") & set(str(caught.value))


class Offline(requests.Session):
    """Reaches nothing."""

    def get_adapter(self, url):
        raise requests.exceptions.InvalidSchema(url)


@pytest.mark.parametrize(
    "name",
    ["/data/a@b.flac", "https://a.example/a@2x.flac", "s3://bucket/a@b", "https://a.example"],
)
def test_what_is_no_login(name):
    assert not has_login(name)


def test_names_of_gdal():
    with pytest.raises(FlacRasterError, match="Give the URL by itself") as caught:
        open_source(f"/vsicurl/https://ann:{SECRET}@a.example/x.flac")
    assert SECRET not in str(caught.value)


def test_files_are_shown_as_they_are():
    assert redact("a?b#c@d.flac") == "a?b#c@d.flac"


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
        (" https://a/x", "https"),
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


def test_tracebacks(serve):
    """The exceptions of requests and urllib3 quote the whole address."""
    gone = f"http://ann:{SECRET}@127.0.0.1:1/x.flac?sig={SECRET}"
    odd = serve(always=part(b"x", ETag="x" * 70_000)).url + f"?sig={SECRET}"
    for url in (gone, f"{gone}&x=\\", odd):
        try:
            open_hasty(url)
        except FlacRasterError:
            assert SECRET not in traceback.format_exc()


def test_a_malformed_header_is_not_logged_with_its_address(serve, flac, caplog):
    """urllib3 would warn, and quote the whole address."""

    def step(request):
        (good,) = part(flac)(request)
        head, end, body = good.partition(b"\r\n\r\n")
        yield head + b"\r\nno header\r\nX: y" + end + body

    server = serve(step)
    open_hasty(f"{server.url}?sig={SECRET}").close()
    assert SECRET not in caplog.text and not caplog.records


def test_name_of_an_open_raster(serve, flac):
    server = serve(part(flac))
    url = server.url.replace("//", f"//ann:{SECRET}@") + f"?sig={SECRET}"
    with FlacRaster.open(open_hasty(url)) as raster:
        assert raster.name == raster.source.name == f"{server.url}?…"
        assert SECRET not in raster.source.identity
