"""Replies that are not what was asked for: each gives a sentence, none gives wrong bytes."""

import gzip

import pytest
from flac_raster_qgis.engine import FlacRaster, FlacRasterError
from flac_raster_qgis.engine.errors import NotFlacRaster, RemoteError
from flac_raster_qgis.engine.storage.byte_source import FIRST_READ
from flac_raster_qgis.engine.storage.open import open_url
from flac_raster_qgis.engine.storage.remote.retry import RetryPolicy
from kits.remote import FIRST, HangUp, open_hasty, part, read_all, reply, says

FAR = (100_000, 50)
BRIEF = RetryPolicy(
    connect_timeout=1, read_timeout=0.3, total_timeout=0.6, attempts=2, backoff=0.01, max_wait=0.1
)


def fails(serve, *steps, match, error=RemoteError):
    """Expect an error of the first read."""
    server = serve(*steps)
    with pytest.raises(error, match=match) as caught:
        open_hasty(server.url)
    assert server.url in str(caught.value)
    return caught.value


def later_fails(serve, flac, *steps, match, error=RemoteError):
    """Expect an error of a later read."""
    server = serve(part(flac), *steps)
    source = open_hasty(server.url)
    with pytest.raises(error, match=match) as caught:
        read_all(source, [FAR])
    source.close()
    assert server.url in str(caught.value)


@pytest.mark.parametrize(
    "said",
    [
        "bytes 1-32767/{n}",
        "bytes 0-32766/{n}",
        "bytes 0-32768/{n}",
        "bytes 0-32767/*",
        "bytes 0-32767/9",
        "bytes 0-32767",
        "bytes */{n}",
        "items 0-32767/{n}",
        "bytes -1-65535/{n}",
        "bytes 0-99999999999999999999999/{n}",
        "bytes ٠-32767/{n}".encode().decode("latin-1"),
        "",
        None,
    ],
)
def test_content_range_of_the_first_read(serve, flac, said):
    said = said and said.format(n=len(flac))
    fails(serve, part(flac, Content_Range=said), match="ranges is broken")


@pytest.mark.parametrize("said", ["bytes 100001-100050/{n}", "bytes 100000-100048/{n}", None])
def test_content_range_of_a_later_read(serve, flac, said):
    said = said and said.format(n=len(flac))
    later_fails(serve, flac, part(flac, Content_Range=said), match="100000 to 100049")


def test_several_parts(serve, flac):
    body = b"--x\r\nContent-Range: bytes 0-9/100\r\n\r\n0123456789\r\n--x--"
    kind = "multipart/byteranges; boundary=x"
    message = fails(serve, says(206, body, Content_Type=kind), match="ranges is broken")
    assert kind in str(message)


def test_the_whole_file_instead_of_a_later_range(serve, flac):
    later_fails(serve, flac, says(200, flac, ETag='"one"'), match="answered 200, expected 206")


def test_an_endless_body_instead_of_a_later_range_is_not_read(serve, flac):
    def endless(request):
        yield reply(200, length=False)
        while True:
            yield bytes(1 << 16)

    later_fails(serve, flac, endless, match="answered 200")


@pytest.mark.parametrize("status", [200, 206])
@pytest.mark.parametrize("encoding", ["gzip", "br", "deflate, gzip"])
def test_compressed_though_it_was_not_wanted(serve, flac, status, encoding):
    body = gzip.compress(flac)
    said = f"bytes 0-{FIRST_READ - 1}/{len(flac)}"
    step = says(status, body, Content_Encoding=encoding, Content_Range=said)
    fails(serve, step, match="compressed")


def test_identity_is_no_compression(serve, flac):
    serve_it = serve(part(flac, Content_Encoding="identity"))
    open_hasty(serve_it.url).close()


def test_longer_body_than_asked_for(serve, flac):
    """What comes after the range is not taken for the next reply either."""

    def longer(request):
        (good,) = part(flac, Content_Length=None)(request)
        yield good + b"HTTP/1.1 200 OK\r\n\r\n" * 5
        raise HangUp

    server = serve(longer, longer, longer)
    source = open_hasty(server.url)
    for _ in range(2):
        assert read_all(source, [FAR]) == [flac[100_000:100_050]]
    source.close()
    assert len({request.connection for request in server.requests}) == 3


def test_web_page_for_logging_in(serve):
    page = b"<!DOCTYPE html><title>Log in</title>"
    kind = "text/html; charset=utf-8"
    fails(serve, says(200, page, Content_Type=kind), match="text/html", error=NotFlacRaster)


def test_web_page_that_comes_as_a_range(serve):
    page = b"<!DOCTYPE html><title>Log in</title>"
    step = part(page, Content_Type="text/html")
    fails(serve, step, match="text/html", error=NotFlacRaster)


def test_a_raster_that_the_server_takes_for_a_web_page(serve, flac):
    server = serve(part(flac, Content_Type="text/html"))
    with FlacRaster.open(open_hasty(server.url)) as raster:
        assert raster.metadata.width == 320


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (401, "401 Unauthorized: it requires a user name and password"),
        (403, "403 Forbidden: it does not allow access"),
        (404, "404 Not Found: there is no such file"),
        (407, "407 Proxy Authentication Required: the proxy requires"),
        (410, "410 Gone"),
        (204, "204 No Content: expected 206"),
        (304, "304 Not Modified"),
        (400, "400 Bad Request"),
        (501, "501 Not Implemented"),
        (999, "answered 999: expected"),
    ],
)
def test_statuses_that_asking_again_does_not_help(serve, flac, status, words):
    fails(serve, says(status), match=words)
    later_fails(serve, flac, says(status), match=words)


def test_no_http_at_all(serve):
    def ssh(request):
        yield b"SSH-2.0-OpenSSH_9.2\r\n"
        raise HangUp

    fails(serve, ssh, ssh, ssh, match="Tried 3 times")


def test_music(serve, flac):
    from flac_raster_qgis.engine.flac.stream import MAGIC

    server = serve(part(b"ID3" + flac))
    with pytest.raises(NotFlacRaster, match="ID3"):
        FlacRaster.open(open_hasty(server.url))
    assert flac.startswith(MAGIC)


# ---------------------------------------------------------------- status 416


def test_empty_file(serve):
    server = serve(says(416, Content_Range="bytes */0"))
    with pytest.raises(NotFlacRaster, match="is empty"):
        FlacRaster.open(open_hasty(server.url))


def test_a_server_that_refuses_to_go_beyond_the_end(serve, flac):
    short = flac[:1000]
    server = serve(says(416, Content_Range="bytes */1000"), part(short))
    source = open_hasty(server.url)
    assert source.size == 1000 and read_all(source, [(0, 1000)]) == [short]
    assert server.ranges == [FIRST, (0, 1000)]
    source.close()


def test_416_without_reason(serve):
    fails(serve, says(416), match="416")
    fails(serve, says(416, Content_Range=f"bytes */{FIRST_READ}"), match="416")


def test_416_again(serve):
    fails(
        serve,
        says(416, Content_Range="bytes */1000"),
        says(416, Content_Range="bytes */1000"),
        match="416",
    )


def test_416_later(serve, flac):
    later_fails(serve, flac, says(416), match="answered 416")


# ---------------------------------------------------------------- hostile


def test_headers_without_end(serve):
    def endless(request):
        yield b"HTTP/1.1 206 Partial Content\r\n"
        while True:
            yield b"X-Header: " + b"x" * 1000 + b"\r\n"

    fails(serve, endless, endless, endless, match="Tried 3 times")


def test_control_characters_are_not_passed_on(serve):
    said = "bytes \x1b[31m0-32767/99"
    message = fails(serve, part(b"x" * 99, Content_Range=said), match="broken")
    assert "\x1b" not in str(message)


# ---------------------------------------------------------------- absurd headers


@pytest.mark.parametrize("status", [200, 206, 302, 416, 503])
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Content-Length", "9" * 5000),
        ("Content-Length", "-1"),
        ("Content-Length", "1e999"),
        ("Content-Length", "inf"),
        ("Content-Length", "²"),
        ("Content-Length", "5, 6"),
        ("Content-Range", f"bytes 0-9/{'9' * 5000}"),
        ("Content-Range", "bytes */" + "9" * 5000),
        ("Retry-After", "9" * 5000),
        ("Retry-After", "Mon, 99 Jan 99999 99:99:99 GMT"),
        ("Location", "http://a..b/"),
        ("Location", "http://127.0.0.1:99999/"),
        ("Location", f"http://{'a' * 70}.example/"),
        ("Location", "http://\xff\xfe/"),
        ("Location", "//"),
        ("Location", "http://" + "é" * 5000),
        ("Set-Cookie", "a=b; expires=Thu, 01 Jan 99999999 00:00:00 GMT; max-age=" + "9" * 5000),
        ("ETag", "\xe9" * 5000),
        ("Content-Type", "\xe9/\x1b[2J"),
        ("Transfer-Encoding", "chunked, chunked"),
        ("Content-Encoding", "\xe9" * 5000),
    ],
)
def test_absurd_headers(serve, status, name, value):
    server = serve(always=says(status, b"x", **{name.replace("-", "_"): value}))
    with pytest.raises(FlacRasterError) as caught:
        FlacRaster.open(open_url(server.url, retry=BRIEF, memory_cache=None))
    assert str(caught.value).isprintable()


def test_reads_after_close(serve, flac):
    source = open_hasty(serve(part(flac)).url)
    source.close()
    source.close()
    with pytest.raises(RemoteError, match="closed"):
        read_all(source, [(100_000, 5)])
