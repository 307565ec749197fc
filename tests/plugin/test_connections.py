"""Saved connections and history: what is kept in the settings, and what never is."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from qgis.core import QgsSettings

from flac_raster_qgis.gui.connections.recent_sources import add_recent_source, recent_sources
from flac_raster_qgis.gui.connections.settings import CONNECTIONS, Connection, UnusableConnection

pytestmark = pytest.mark.usefixtures("no_sources")

URL = "https://example.org/dem.flac"


def stored() -> str:
    """All that the settings hold of sources."""
    others = ("flac_raster/dock/", "flac_raster/cache/")  # of tests in the same process
    keys = [key for key in QgsSettings().allKeys() if key.startswith("flac_raster/")]
    keys = [key for key in keys if not key.startswith(others)]
    return " ".join(f"{key}={QgsSettings().value(key)}" for key in keys)


@pytest.fixture
def changes():
    seen = []

    def note():
        seen.append(CONNECTIONS.all())

    CONNECTIONS.changed.connect(note)
    yield seen
    CONNECTIONS.changed.disconnect(note)


def test_saved_connections_come_in_the_order_of_their_names(changes):
    for name in ("b", "C", "a"):
        CONNECTIONS.save(Connection(name, f"/data/{name}.flac"))
    assert [one.name for one in CONNECTIONS.all()] == ["a", "b", "C"]
    assert changes[-1] == CONNECTIONS.all() and len(changes) == 3


#: Names that are something else to those who take them for paths, keys or case alone.
ODD_NAMES = (
    ".",
    "..",
    "../..",
    "a/b",
    "/a",
    "a//b/",
    "\\",
    "a\\b",
    "%",
    "%2e",
    "a.b",
    "A",
    "ä",
    "uri",
    "a\0b",
)


@given(name=st.sampled_from(ODD_NAMES) | st.text(min_size=1))
def test_any_name_will_do(name, no_sources):
    assume(name.strip())
    other = Connection("another one", URL)
    connection = Connection(name.strip(), URL + "|authcfg=abc1234|extent=0.0,0.0,1.0,2.0")
    CONNECTIONS.save(other)
    CONNECTIONS.save(connection._replace(name=name))
    name = connection.name
    assert set(CONNECTIONS.all()) == {connection, other}
    assert CONNECTIONS.get(name) == CONNECTIONS.with_uri(connection.uri) == connection
    CONNECTIONS.remove(name)
    assert CONNECTIONS.all() == [other]
    CONNECTIONS.remove(other.name)
    assert stored() == ""


@given(names=st.sets(st.sampled_from(ODD_NAMES) | st.text("aA.%/", min_size=1), min_size=2))
def test_names_do_not_get_in_each_other_s_way(names, no_sources):
    for name in names:
        CONNECTIONS.save(Connection(name, f"/{name}.flac"))
    keys = [key for key in QgsSettings().allKeys() if key.startswith("flac_raster/connections/")]
    assert len({key.casefold() for key in keys}) == len(names)  # Windows tells no case apart
    for name in names:
        CONNECTIONS.remove(name)
        assert CONNECTIONS.get(name) is None
    assert CONNECTIONS.all() == []


@pytest.mark.parametrize("name", ["..", "../..", "."])
def test_removing_a_connection_leaves_other_settings_alone(name):
    QgsSettings().setValue("flac_raster/test/kept", "yes")
    CONNECTIONS.save(Connection(name, URL))
    CONNECTIONS.rename(name, "plain")
    CONNECTIONS.rename("plain", name)
    CONNECTIONS.remove(name)
    assert QgsSettings().value("flac_raster/test/kept") == "yes"
    QgsSettings().remove("flac_raster/test")


@pytest.mark.parametrize("name", ["DEM of Switzerland", "A/b.c~", "%41", "Ärzte"])
def test_connections_that_earlier_versions_saved_are_found_renamed_and_removed(name):
    QgsSettings().setValue(f"flac_raster/connections/{quote(name, safe='')}/uri", URL)
    assert CONNECTIONS.all() == [Connection(name, URL)]
    CONNECTIONS.save(Connection(name, "/other.flac"))
    assert CONNECTIONS.all() == [Connection(name, "/other.flac")]
    CONNECTIONS.rename(name, "new")
    assert CONNECTIONS.all() == [Connection("new", "/other.flac")]
    CONNECTIONS.remove("new")
    assert stored() == ""


def test_renaming_leaves_one(changes):
    CONNECTIONS.save(Connection("old", URL))
    CONNECTIONS.rename("old", " new ")
    assert CONNECTIONS.all() == [Connection("new", URL)]
    assert len(changes) == 2
    with pytest.raises(UnusableConnection, match="no connection “old”"):
        CONNECTIONS.rename("old", "newer")


def test_a_new_name_that_is_refused_loses_nothing(changes):
    CONNECTIONS.save(Connection("old", URL))
    with pytest.raises(UnusableConnection, match="needs a name"):
        CONNECTIONS.rename("old", " ")
    assert CONNECTIONS.all() == [Connection("old", URL)] and len(changes) == 1


@pytest.mark.parametrize("connection", [Connection("", URL), Connection("a", " ")])
def test_name_and_source_are_needed(connection):
    with pytest.raises(UnusableConnection, match="needs a name"):
        CONNECTIONS.save(connection)


@pytest.mark.parametrize("login", ["ann:secret@", "secret@", ":secret@"])
def test_no_password_is_written_down(login):
    uri = f"https://{login}example.org/dem.flac|authcfg=abc1234"
    with pytest.raises(UnusableConnection, match="authentication configuration") as error:
        CONNECTIONS.save(Connection("a", uri))
    assert "secret" not in str(error.value)
    add_recent_source(uri)
    assert "secret" not in stored() and CONNECTIONS.all() == recent_sources() == []


def test_an_at_sign_in_a_path_is_no_password():
    for uri in ("/data/a@b.flac", "https://example.org/a@2x.flac"):
        add_recent_source(uri)
        CONNECTIONS.save(Connection(uri, uri))
    assert len(recent_sources()) == len(CONNECTIONS.all()) == 2


def test_history_begins_with_the_last_source_and_has_each_once():
    assert recent_sources() == []
    add_recent_source("/a.flac")
    assert recent_sources() == ["/a.flac"]
    for uri in (URL, "/a.flac", "/b, with comma.flac", URL):
        add_recent_source(uri)
    assert recent_sources() == [URL, "/b, with comma.flac", "/a.flac"]
    QgsSettings().remove("flac_raster/recent_sources")
    assert recent_sources() == []


def test_history_ends_somewhere():
    for number in range(30):
        add_recent_source(f"/{number}.flac")
    assert recent_sources() == [f"/{number}.flac" for number in range(29, 9, -1)]
