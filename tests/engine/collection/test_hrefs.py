"""Where the names of members in a collection lead."""

from __future__ import annotations

import pytest
from flac_raster_qgis.engine.collection.hrefs import target_of
from flac_raster_qgis.engine.errors import InputError, RemoteError
from flac_raster_qgis.engine.storage.open import open_url
from kits.remote import part, servers

SERVER = "https://example.org/scenes/all.json"


@pytest.mark.parametrize(
    "href, code",
    [
        ("file:///etc/passwd.flac", "url.scheme"),
        ("http://127.0.0.1:8000/x.flac", "list.inside"),
        ("http://localhost/x.flac", "list.inside"),
        ("http://[::1]/x.flac", "list.inside"),
        ("//169.254.169.254/x.flac", "list.inside"),
        ("https://me:secret@example.org/x.flac", "list.login"),
        ("data:audio/flac;base64,AAAA", "url.invalid"),
    ],
)
def test_where_a_collection_on_a_server_must_not_lead(href, code):
    with pytest.raises(InputError) as raised:
        target_of(SERVER, href)
    assert raised.value.code == code
    assert "secret" not in str(raised.value)


def test_where_collections_may_lead(tmp_path):
    assert target_of(SERVER, "a/x.flac") == "https://example.org/scenes/a/x.flac"
    assert target_of(SERVER, "https://example.com/x.flac") == "https://example.com/x.flac"
    own = "http://127.0.0.1:8000/x.flac"
    assert target_of("http://localhost:9000/all.json", own) == own
    assert target_of(str(tmp_path / "all.json"), own) == own
    assert target_of(str(tmp_path / "all.json"), "a%20b.flac") == str(tmp_path / "a b.flac")


def test_a_name_that_means_this_computer_is_not_reached():
    """Addresses are looked up where they are connected to: a name may mean any of them."""
    data = b"fLaC" + bytes(60)
    with servers() as (start, _):
        server = start(always=part(data))
        source = open_url(server.url, origin="http://127.0.0.1/all.json", memory_cache=None)
        assert source.size == len(data)
        source.close()
        before = len(server.ranges)
        with pytest.raises(RemoteError) as raised:
            open_url(server.url, origin="https://192.0.2.1/all.json")
        assert raised.value.code == "url.reach"
        assert len(server.ranges) == before
