"""Listings of folders and lists of URLs: what they name, and what they must not."""

from __future__ import annotations

import json
import time

import pytest
from flac_raster_qgis.engine.storage import listings
from flac_raster_qgis.engine.storage.listings import (
    Entry,
    parse_collection,
    parse_list,
    parse_listing,
    same_server,
)
from flac_raster_qgis.engine.storage.urls import is_collection

FOLDER = "https://example.org/data/"
NGINX = """<html>\r
<head><title>Index of /data/</title></head>\r
<body>\r
<h1>Index of /data/</h1><hr><pre><a href="../">../</a>\r
<a href="2020/">2020/</a>                       01-Dec-2026 08:00       -\r
<a href="b%20%C3%A4%25.flac">b ä%.flac</a>      01-Dec-2026 08:00    1234\r
<a href="A.FLAC">A.FLAC</a>                     01-Dec-2026 08:00    1234\r
<a href="a%3Ab.flac">a:b.flac</a>               01-Dec-2026 08:00    1234\r
<a href="readme.txt">readme.txt</a>             01-Dec-2026 08:00      12\r
</pre><hr></body>\r
</html>"""
APACHE = """<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 3.2 Final//EN">
<table><tr><th><a href="?C=N;O=D">Name</a></th><th><a href="?C=M;O=A">Last modified</a></th></tr>
<tr><td><a href="/">Parent Directory</a></td></tr>
<tr><td><img src="/icons/folder.gif"></td><td><A HREF='2020/'>2020/</A></td></tr>
<tr><td><a class="file" href="a&amp;b.flac">a&amp;b.flac</a></td></tr>
<tr><td><a href="/data/c.flac">c.flac</a></td></tr>
"""


def names(found):
    return [entry.name for entry in found.entries]


def test_listing_of_nginx():
    found = parse_listing(FOLDER, NGINX.encode())
    assert found.entries == [
        Entry("2020", FOLDER + "2020/", True),
        Entry("A.FLAC", FOLDER + "A.FLAC", False),
        Entry("a:b.flac", FOLDER + "a%3Ab.flac", False),
        Entry("b ä%.flac", FOLDER + "b%20%C3%A4%25.flac", False),
    ]
    assert found.skipped == 0


def test_listing_of_apache():
    found = parse_listing(FOLDER, APACHE.encode())
    assert [(e.name, e.target) for e in found.entries] == [
        ("2020", FOLDER + "2020/"),
        ("a&b.flac", FOLDER + "a&b.flac"),
        ("c.flac", FOLDER + "c.flac"),
    ]


def test_listing_of_nginx_as_json():
    items = [
        {"name": "b ä%.flac", "type": "file", "mtime": "Tue, 01 Dec 2026 08:00:00 GMT", "size": 12},
        {"name": "what?#.flac", "type": "file"},
        {"name": "2020", "type": "directory"},
        {"name": "song.mp3", "type": "file"},
        {"name": "..", "type": "directory"},
        {"name": "../up.flac", "type": "file"},
        {"name": 7},
        "x.flac",
    ]
    found = parse_listing(FOLDER, json.dumps(items).encode())
    assert [(e.name, e.target) for e in found.entries] == [
        ("2020", FOLDER + "2020/"),
        ("b ä%.flac", FOLDER + "b%20%C3%A4%25.flac"),
        ("what?#.flac", FOLDER + "what%3F%23.flac"),
    ]
    assert parse_listing(FOLDER, b"[" * 100_000).entries == []


def test_a_page_that_is_no_listing_has_no_entries():
    for data in (b"", b"fLaC\xff\xfe", b"<html>Welcome</html>", b"<a href=>", b"<a href"):
        assert parse_listing(FOLDER, data).entries == []


@pytest.mark.parametrize(
    "link",
    [
        "https://elsewhere.org/data/x.flac",
        "http://example.org/data/x.flac",
        "https://example.org:8443/data/x.flac",
        "//elsewhere.org/data/x.flac",
        "https://ann:pw@example.org/data/x.flac",
        "https://example.org\\@elsewhere.org/data/x.flac",
        "../x.flac",
        "a/../../x.flac",
        "%2e%2e/x.flac",
        "%2e%2e%2fx.flac",
        "a%2f..%2fx.flac",
        "a%5cx.flac",
        "a%00.flac",
        "/data",
        "/database/x.flac",
        "./",
        "?x.flac",
        "x.flac?download=1",
        "javascript:x.flac",
        "file:///data/x.flac",
    ],
)
def test_only_what_is_below_the_folder_counts(link):
    page = f'<a href="{link}">x</a> <a href="good.flac">good</a>'
    assert names(parse_listing(FOLDER, page.encode())) == ["good.flac"]


def test_a_key_in_the_query_is_that_of_all_entries():
    page = b'<a href="x.flac">x</a><a href="sub/">sub/</a>'
    found = parse_listing("https://example.org/data/?key=a%26b", page)
    assert [e.target for e in found.entries] == [
        "https://example.org/data/sub/?key=a%26b",
        "https://example.org/data/x.flac?key=a%26b",
    ]
    assert all(is_collection(e.target) == e.is_collection for e in found.entries)


def test_a_folder_without_a_slash_is_one():
    (entry,) = parse_listing("https://example.org", b'<a href="x.flac">').entries
    assert entry.target == "https://example.org/x.flac"


def test_entries_are_limited(monkeypatch):
    monkeypatch.setattr(listings, "MAX_ENTRIES", 3)
    page = "".join(f'<a href="{n}.flac">' for n in range(5))
    found = parse_listing(FOLDER, page.encode())
    assert names(found) == ["0.flac", "1.flac", "2.flac"] and found.skipped == 2
    found = parse_list("/data/x.txt", "\n".join(f"{n}.flac" for n in range(5)).encode())
    assert len(found.entries) == 3 and found.skipped == 2


@pytest.mark.parametrize(
    "piece", ["<a ", "<a href=", "<!--", '<a href="x.flac', "<a href='&", "<a href=n.flac>", "&#"]
)
def test_hostile_listings_are_parsed_quickly(piece):
    page = (piece * (listings.MAX_SIZE // len(piece))).encode()
    if piece.endswith(">"):
        page = b"".join(b"<a href=%d.flac>" % n for n in range(listings.MAX_SIZE // 16))
    started = time.process_time()
    parse_listing(FOLDER, page)
    assert time.process_time() - started < 10


LIST = """\ufeff# rasters of 2026

https://example.org/a.flac
  http://other.org/b%20c.flac?v=2
s3://bucket/d.flac
https://example.org/more/
file:///data/e.flac
sub/f g.flac
/srv/h.flac
ftp://example.org/i.flac
https://ann:pw@example.org/j.flac
https:/example.org/k.flac
"""


def test_list_in_a_local_file(tmp_path):
    found = parse_list(str(tmp_path / "x.txt"), LIST.encode())
    assert [(e.name, e.target, e.is_collection) for e in found.entries] == [
        ("a.flac", "https://example.org/a.flac", False),
        ("b c.flac", "http://other.org/b%20c.flac?v=2", False),
        ("d.flac", "s3://bucket/d.flac", False),
        ("more", "https://example.org/more/", True),
        ("e.flac", "/data/e.flac", False),
        ("f g.flac", str(tmp_path / "sub/f g.flac"), False),
        ("h.flac", "/srv/h.flac", False),
    ]
    assert found.skipped == 3


def test_list_on_a_server_names_no_local_file():
    found = parse_list("https://example.org/lists/x.txt", LIST.encode())
    assert [e.target for e in found.entries] == [
        "https://example.org/a.flac",
        "http://other.org/b%20c.flac?v=2",
        "s3://bucket/d.flac",
        "https://example.org/more/",
        "https://example.org/lists/sub/f%20g.flac",
        "https://example.org/srv/h.flac",
    ]
    assert found.skipped == 4
    found = parse_list("https://example.org/x.txt", b"//elsewhere.org/a.flac\n")
    assert found.entries == [] and found.skipped == 1


def test_a_list_cannot_choose_an_authentication():
    (entry,) = parse_list("x.txt", b"https://example.org/a.flac|authcfg=abc1234").entries
    assert entry.target == "https://example.org/a.flac%7Cauthcfg=abc1234"


def test_equal_names_are_told_apart():
    text = b"https://a.org/x.flac?key=secret\nhttps://b.org/x.flac\nhttps://b.org/y.flac\n"
    assert names(parse_list("x.txt", text)) == [
        "https://a.org/x.flac?…",
        "https://b.org/x.flac",
        "y.flac",
    ]


def test_the_name_says_what_a_collection_is():
    page = b'<a href="x.flac">'
    assert names(parse_collection(FOLDER, page)) == ["x.flac"]
    assert names(parse_collection("https://example.org/x.TXT?v=1", b"y.flac")) == ["y.flac"]
    for name in (FOLDER, "https://example.org", "https://example.org/x.txt", "C:\\x.txt"):
        assert is_collection(name), name
    for name in (
        "https://example.org/x.flac",
        "s3://bucket/",
        "/data/",
        "https://example.txt.org/x",
    ):
        assert not is_collection(name), name


def test_servers_are_the_same_by_scheme_host_and_port():
    assert same_server("https://Example.org:443/a", "https://example.org/b")
    for other in ("http://example.org/", "https://example.org:444/", "https://b.org/", "/data/x"):
        assert not same_server("https://example.org/", other)
