"""Addresses: what is sent is put together anew, and all parsers agree on it."""

import re
from urllib.parse import urlsplit

import pytest
import requests
import urllib3
from flac_raster_qgis.engine.errors import FlacRasterError, InputError, RemoteError
from flac_raster_qgis.engine.storage.urls import Address, redirect_target
from hypothesis import example, given
from hypothesis import strategies as st

START = "https://a.example/x"


@pytest.mark.parametrize(
    ("text", "sent"),
    [
        ("http://a.example", "http://a.example/"),
        ("HTTP://A.Example:80/X?", "http://a.example/X?"),
        ("https://a.example.:443/x", "https://a.example/x"),
        ("http://a.example:443/x", "http://a.example:443/x"),
        (" http://a.example/x ", "http://a.example/x"),
        ("http://a.example?k=v#f", "http://a.example/?k=v"),
        ("http://a.example/a b/é?q=ü", "http://a.example/a%20b/%C3%A9?q=%C3%BC"),
        ("http://a.example/100%/a@b", "http://a.example/100%25/a@b"),
        ("http://127.0.0.1.:81/x", "http://127.0.0.1:81/x"),
        ("http://[0:0:0:0:0:0:0:1]/x", "http://[::1]/x"),
        ("http://faß.example/", "http://xn--fa-hia.example/"),
        ("http://a_b-c.example/", "http://a_b-c.example/"),
        ("http://ann:p%2Fw@a.example/x", "http://a.example/x"),
        ("http://b.example:80@a.example/x", "http://a.example/x"),
    ],
)
def test_what_is_sent(text, sent):
    address = Address.parse(text)
    assert address.url == sent
    assert Address.parse(sent).origin == address.origin


@pytest.mark.parametrize(
    ("text", "login"),
    [
        ("http://ann:secret@a.example/", ("ann", "secret")),
        ("http://ann@a.example/", ("ann", "")),
        ("http://ann:a:b@a.example/", ("ann", "a:b")),
        ("http://ann:a@b@a.example/", ("ann", "a@b")),
        ("http://ann:a%2Fb%23c%40@a.example/", ("ann", "a/b#c@")),
        ("http://ann:a b@a.example/", ("ann", "a b")),
        ("http://a.example/ann:secret@x", None),
        ("http://@a.example/", None),
    ],
)
def test_login(text, login):
    assert Address.parse(text).login == login
    assert "secret" not in repr(Address.parse(text))


DISPUTED = [
    "http://b.example\\@a.example/x",
    "http://a.example\\.b.example/x",
    "http://a.example/x\\y",
    "http://a.example\t.b.example/x",
    "http://a.example\x00/x",
    "http://a.example/x\x7f",
    "http://a b.example/x",
    "http://a%2eexample/x",
    "http://a.example%00.b.example/x",
    "http://%61.example/x",
    "http://a..b/x",
    "http://.a.example/x",
    "http://a.example../x",
    f"http://{'a' * 64}.example/x",
    f"http://{'a.' * 130}example/x",
    f"http://{'é' * 2000}.example/x",
    f"http://a.example/{'x' * 20000}",
    "http://*.example/x",
    "http://a,b/x",
    "http://a.example:0/x",
    "http://a.example:65536/x",
    "http://a.example:-1/x",
    "http://a.example:８０/x",
    "http://a.example:80:81/x",
    "http://[a.example]/x",
    "http://[::1/x",
    "http://[fe80::1%25eth0]/x",
    "http://127.1/x",
    "http://0x7f.1/x",
    "http://0x7f000001/x",
    "http://2130706433/x",
    "http://0177.0.0.1/x",
    "http://127.0.0.1.2/x",
    "http://１２７.０.０.１/x",
    "http://a\u200b.example/x",
    "http://\ud800.example/x",
    "http:///x",
    "http://?x",
]


@pytest.mark.parametrize("text", DISPUTED)
def test_refused(text):
    with pytest.raises(InputError, match="not a valid URL"):
        Address.parse(text)


LOGINS = ["https://ann@b.example/", "https://b.example:1@c.example"]


@pytest.mark.parametrize("text", [*DISPUTED, *LOGINS])
def test_refused_as_a_redirect(text):
    with pytest.raises(RemoteError, match="so it was not followed"):
        redirect_target(START, START, text.replace("http:", "https:"))


@pytest.mark.parametrize(
    ("location", "target"),
    [
        ("/a b?c=d e", "https://a.example/a%20b?c=d%20e"),
        ("é.flac", "https://a.example/%C3%A9.flac"),
        ("?k=v", "https://a.example/x?k=v"),
        ("https://B.example.:443/y#z", "https://b.example/y"),
        ("  /y  ", "https://a.example/y"),
        ("///y", "https://a.example/y"),
        ("https:y", "https://a.example/y"),
    ],
)
def test_redirects_are_put_together_anew(location, target):
    assert redirect_target(START, START, location) == target


PIECES = ["a.example", "b.example", "127.0.0.1", "[::1]", "@", ":", "/", "\\", "?", "#", "%", "%40"]
PIECES += [
    "%2f",
    ".",
    "..",
    " ",
    "\t",
    "\0",
    "80",
    "0",
    ";",
    "é",
    "。",
    "１",
    "//",
    "http://",
    "&=",
]


@given(st.lists(st.sampled_from(PIECES), max_size=8).map("".join))
@example("b.example\\@a.example/")
@example("a.example#@b.example/")
def test_every_parser_agrees_on_what_is_sent(text):
    for make in (Address.parse, lambda url: Address.parse(redirect_target(START, START, url))):
        try:
            address = make("https://" + text)
        except FlacRasterError:
            continue
        assert re.fullmatch("[!-~]+", address.url)
        sent = requests.Request("GET", address.url).prepare().url
        for url in (address.url, sent):
            parsed, split = urllib3.util.parse_url(url), urlsplit(url)
            expected = address.host, None if address.port == 443 else address.port
            assert (parsed.host.strip("[]"), parsed.port) == expected
            assert (split.hostname, split.port) == expected
            assert parsed.auth is split.username is split.password is None
            assert Address.parse(url).origin == address.origin
