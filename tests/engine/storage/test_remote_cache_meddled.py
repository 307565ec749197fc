"""A cache that somebody has meddled with: rows, files and folders lead nowhere else."""

import os
import socket
import sqlite3
import stat
import sys
import threading
import time
from contextlib import closing

import pytest

diskcache = pytest.importorskip("diskcache")
from flac_raster_qgis.engine.errors import InputError  # noqa: E402
from flac_raster_qgis.engine.storage import cache_folder, disk_cache  # noqa: E402
from flac_raster_qgis.engine.storage.disk_cache import DiskCache  # noqa: E402

DATA = bytes(range(256)) * 500  # in a file of its own
SMALL = b"in the database"
posix = pytest.mark.skipif(os.name == "nt", reason="there are no modes")


@pytest.fixture
def place(tmp_path):
    """A folder with a cache of two entries."""
    place = tmp_path / "cache"
    with closing(DiskCache(place)) as cache:
        cache.put("large", DATA)
        cache.put("small", SMALL)
    return place


@pytest.fixture
def victim(tmp_path):
    """A file that the cache has nothing to do with."""
    victim = tmp_path / "home" / "thesis.txt"
    victim.parent.mkdir()
    victim.write_text("five years")
    return victim


def own(place):
    return place / "flac-raster-tiles"


def value_file(place):
    (path,) = own(place).rglob("*.val")
    return path


def execute(place, *statements):
    with closing(sqlite3.connect(own(place) / "cache.db")) as database:
        for statement in statements:
            database.execute(*((statement,) if isinstance(statement, str) else statement))
        database.commit()


def use(place, limit=1 << 30):
    """Do with a cache whatever can be done, and return what it has of both entries."""
    with closing(DiskCache(place, limit)) as cache:
        found = cache.get("large"), cache.get("small")
        for key in ("large", "small", "third"):
            assert key in cache or cache.get(key) is None
            cache.put(key, DATA)
            assert cache.get(key) in (DATA, None)
        assert cache.get("third") == DATA
    return found


# ---------------------------------------------------------------- rows


NAMES = {
    "absolute": lambda victim: str(victim),
    "up": lambda victim: f"../../home/{victim.name}",
    "up from below": lambda victim: f"ab/cd/../../../../home/{victim.name}",
    "windows": lambda victim: rf"..\..\home\{victim.name}",
    "drive": lambda victim: r"C:\home\thesis.txt",
    "device": lambda victim: "/dev/zero",
    "the database": lambda victim: "cache.db",
    "empty": lambda victim: "",
    "number": lambda victim: 7,
    "bytes": lambda victim: b"ab/cd/" + bytes(28),
    "NUL": lambda victim: "ab/cd/\0",
    "nearly": lambda victim: "ab/cd/" + "0" * 28 + ".val\n",
}


@pytest.mark.parametrize("mode", [2, 4, "2"])
@pytest.mark.parametrize("name", NAMES)
def test_no_row_leads_out_of_the_folder(place, victim, name, mode):
    statement = "UPDATE Cache SET filename = ?, mode = ?, value = ?"
    execute(place, (statement, (NAMES[name](victim), mode, b"cos\nsystem\n(S'false'\ntR.")))
    found = use(place)
    assert found[0] in (None, DATA) and found[1] in (None, SMALL)
    assert victim.read_text() == "five years"


def test_nothing_else_is_opened(place, victim, tmp_path):
    """Seen by the system: neither a device nor a file elsewhere."""
    opened = []

    def note(event, arguments):
        if event == "open" and watching:
            opened.append(str(arguments[0]))

    watching = [True]
    sys.addaudithook(note)
    execute(place, ("UPDATE Cache SET filename = ?, mode = 2", (str(victim),)))
    use(place)
    watching.clear()
    assert opened and not [name for name in opened if "thesis" in name]


@pytest.mark.parametrize(
    "column", ["size", "access_time", "store_time", "expire_time", "raw", "key"]
)
@pytest.mark.parametrize("value", [-(2**63), 1e308, b"text"])
def test_numbers_of_a_row(place, column, value):
    execute(place, (f"UPDATE OR REPLACE Cache SET {column} = ?", (value,)))
    use(place)


def test_a_size_that_lies_does_not_lift_the_limit(place):
    limit = 2 << 20
    with closing(DiskCache(place, limit)) as cache:
        for size in (2**40, -(2**40)):
            execute(place, ("UPDATE Cache SET size = ?", (size,)))
            for n in range(60):
                cache.put(str(n), bytes([n]) * 100_000)
            assert sum(path.stat().st_size for path in own(place).rglob("*.val")) < 2 * limit
        cache.put("last", DATA)
        assert cache.get("last") == DATA


def test_text_that_is_no_unicode(place):
    execute(place, "UPDATE Cache SET filename = CAST(x'ff2f' AS TEXT) WHERE key = 'large'")
    use(place)


# ---------------------------------------------------------------- files and folders of entries


def fifo(path):
    os.mkfifo(path)


def a_folder(path):
    path.mkdir()


def a_socket(path):
    with socket.socket(socket.AF_UNIX) as made:
        here = os.getcwd()
        os.chdir(path.parent)  # names of sockets are short
        try:
            made.bind(path.name)
        finally:
            os.chdir(here)


def a_device(path):
    path.symlink_to("/dev/zero")


def a_large_file(path):
    with open(path, "wb") as file:
        file.truncate(1 << 40)


@posix
@pytest.mark.parametrize("make", [fifo, a_folder, a_socket, a_device, a_large_file])
def test_entries_that_are_no_plain_files_are_ignored(place, make):
    path = value_file(place)
    path.unlink()
    make(path)
    with closing(DiskCache(place)) as cache:
        assert cache.get("large") is None and "large" not in cache
        cache.put("large", DATA)
        assert cache.get("large") == DATA


@posix
def test_a_link_in_the_place_of_an_entry(place, victim):
    path = value_file(place)
    victim.write_bytes(path.read_bytes())  # even if it were the right bytes
    path.unlink()
    path.symlink_to(victim)
    assert use(place) == (None, SMALL) and victim.exists()


@posix
@pytest.mark.parametrize("level", [0, 1])
def test_a_link_in_the_place_of_a_folder(place, tmp_path, level):
    elsewhere = tmp_path / "elsewhere"
    folder = value_file(place).parents[level]
    folder.rename(elsewhere)
    folder.symlink_to(elsewhere)
    before = sorted(elsewhere.rglob("*"))
    assert use(place) == (None, SMALL)
    assert sorted(elsewhere.rglob("*")) == before


@posix
def test_new_entries_follow_no_links_either(place, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    for n in range(256):
        if not (own(place) / f"{n:02x}").exists():
            (own(place) / f"{n:02x}").symlink_to(elsewhere)
    with closing(DiskCache(place)) as cache:
        for n in range(20):
            cache.put(str(n), DATA)
    assert not list(elsewhere.iterdir())


# ---------------------------------------------------------------- the database


ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
SCHEMAS = {
    "a view that never ends": ["DROP TABLE Cache", f"CREATE VIEW Cache AS {ENDLESS}"],
    "settings that never end": ["DROP TABLE Settings", f"CREATE VIEW Settings AS {ENDLESS}"],
    "a trigger": [
        f"CREATE TRIGGER t BEFORE UPDATE ON Settings BEGIN SELECT ({ENDLESS}); END",
    ],
    "a trigger of an old name": [
        "DROP TRIGGER Settings_count_insert",
        f"CREATE TRIGGER Settings_count_insert AFTER INSERT ON Cache BEGIN SELECT ({ENDLESS}); END",
    ],
    "an index of an expression": ["CREATE INDEX i ON Cache(length(randomblob(1 + size)))"],
    "another table": ["CREATE TABLE more(x)"],
    "other columns": ["ALTER TABLE Cache RENAME COLUMN filename TO name"],
}


@pytest.mark.parametrize("statements", SCHEMAS.values(), ids=SCHEMAS)
def test_only_the_tables_of_diskcache_are_used(place, statements):
    try:
        execute(place, *statements)
    except sqlite3.OperationalError as error:
        pytest.skip(f"this SQLite cannot: {error}")
    started = time.monotonic()
    assert use(place) == (None, None)
    assert time.monotonic() - started < 5


@pytest.mark.parametrize(
    "key, value",
    [
        ("size", -(10**15)),
        ("size", 2**62),
        ("size", "x"),
        ("count", None),
        ("size_limit", "x"),
        ("size_limit", -1),
        ("cull_limit", 0),
        ("statistics", 1),
        ("eviction_policy", "none"),
        ("eviction_policy", "no such"),
        ("sqlite_mmap_size", 2**62),
        ("sqlite_journal_mode", "off"),
        ("sqlite_temp_store_directory", "'/'"),
        ("sqlite_cache_size = 1; DROP TABLE Cache", 1),
        ("disk_longest", 1),
        ("disk_fetch", 1),
        ("get", 1),
        ("set", 1),
        ("_sql", 1),
        (b"\xff", 1),
        (None, 1),
    ],
)
@pytest.mark.parametrize("while_open", [False, True])
def test_settings_in_the_database(place, key, value, while_open, monkeypatch):
    # diskcache tries for a minute to set what cannot be set while others have the file open
    monkeypatch.setattr(diskcache.core, "time", HurriedTime())
    statement = ("INSERT OR REPLACE INTO Settings VALUES (?, ?)", (key, value))
    if key is None:
        statement = ("INSERT OR IGNORE INTO Settings VALUES (?, ?)", ("another", value))
    if not while_open:
        execute(place, statement)
        use(place)
        return
    with closing(DiskCache(place)) as cache:
        execute(place, statement)
        for n in range(3):
            cache.put(str(n), DATA)
            cache.get(str(n))
        asked = []  # a thread has a connection of its own, and reads settings for it
        thread = threading.Thread(target=lambda: asked.append((cache.get("0"), "0" in cache)))
        thread.start()
        thread.join()
        assert asked and asked[0][0] in (DATA, None)
    use(place)


class HurriedTime:
    """The module `time`, by whose clock a minute takes two seconds."""

    def time(self):
        return 30 * time.time()

    def __getattr__(self, name):
        return getattr(time, name)


@posix
@pytest.mark.parametrize("name", ["cache.db", "cache.db-wal", "cache.db-shm", "cache.db-journal"])
@pytest.mark.parametrize("make", [fifo, a_folder, a_socket, a_device])
def test_a_database_that_is_no_file(place, make, name):
    (own(place) / name).unlink(missing_ok=True)
    make(own(place) / name)
    started = time.monotonic()
    use(place)
    assert time.monotonic() - started < 5


@posix
def test_a_link_to_another_database(place, tmp_path):
    other = tmp_path / "places.sqlite"
    with closing(sqlite3.connect(other)) as database:
        database.execute("CREATE TABLE bookmarks(url)")
        database.commit()
    before = other.read_bytes()
    (own(place) / "cache.db").unlink()
    (own(place) / "cache.db").symlink_to(other)
    use(place)
    assert other.read_bytes() == before


def test_a_database_that_somebody_locks(place, monkeypatch):
    monkeypatch.setattr(cache_folder, "_BUSY", 0.2)
    with closing(DiskCache(place)) as cache:
        other = sqlite3.connect(own(place) / "cache.db", isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")
        started = time.monotonic()
        with pytest.raises(InputError, match="locked"):
            DiskCache(place)
        for _ in range(100):  # the first one waits, the others do not ask again
            assert cache.get("large") is None
            cache.put("new", DATA)
        assert time.monotonic() - started < 5
        other.execute("ROLLBACK")
        other.close()
        monkeypatch.setattr(cache, "_paused_until", 0.0)
        assert cache.get("large") == DATA


def test_what_cannot_be_begun_anew_keeps_nothing(place, monkeypatch):
    with closing(DiskCache(place)) as cache:
        execute(place, "DROP TABLE Cache")

        def refuse(folder):
            raise InputError("input.none")

        monkeypatch.setattr(disk_cache, "private_folder", refuse)
        assert cache.get("large") is None
        cache.put("large", DATA)
        assert cache.get("large") is None and "large" not in cache


def test_many_programs_may_make_one_at_the_same_time(tmp_path):
    """None takes the tables that another one is about to make for damage."""
    import subprocess
    from pathlib import Path

    import flac_raster_qgis

    code = (
        "import sys; from flac_raster_qgis.engine.storage.disk_cache import DiskCache\n"
        "for n in range(5):\n"
        "    cache = DiskCache(sys.argv[1]); cache.put(sys.argv[2], bytes(9)); cache.close()\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(flac_raster_qgis.__file__).parents[1])}
    command = [sys.executable, "-c", code, str(tmp_path)]
    programs = [subprocess.Popen([*command, str(n)], env=environment) for n in range(4)]
    assert [program.wait(60) for program in programs] == [0] * 4
    with closing(DiskCache(tmp_path)) as cache:
        assert [cache.get(str(n)) for n in range(4)] == [bytes(9)] * 4


# ---------------------------------------------------------------- the folder


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


@posix
@pytest.mark.parametrize("mask", [0, 0o022, 0o077])
def test_the_folder_is_private(tmp_path, mask):
    before = os.umask(mask)
    try:
        DiskCache(tmp_path / "new").close()
    finally:
        os.umask(before)
    assert mode(own(tmp_path / "new")) == 0o700


@posix
def test_the_folder_of_an_earlier_release_becomes_private(place):
    own(place).chmod(0o755)
    assert use(place) == (DATA, SMALL)
    assert mode(own(place)) == 0o700


@posix
@pytest.mark.parametrize(
    "of, bits, said",
    [
        ("own", 0o777, "other users can write to"),
        ("own", 0o770, "other users can write to"),
        ("around", 0o777, "every user can write to it"),
    ],
)
def test_a_folder_that_others_can_write_to_is_refused(place, of, bits, said):
    folder = own(place) if of == "own" else place
    folder.chmod(bits)
    with pytest.raises(InputError, match=f"{said}.*Choose another folder"):
        DiskCache(place)
    assert value_file(place).exists() and mode(folder) == bits


@posix
def test_a_folder_in_tmp_will_do(place):
    place.chmod(0o1777)  # where nobody can rename what is another user's
    assert use(place) == (DATA, SMALL)


@posix
@pytest.mark.parametrize("of", ["own", "around"])
def test_a_folder_of_another_user_is_refused(place, monkeypatch, of):
    if os.geteuid() == 0:
        os.chown(own(place) if of == "own" else place, 65534, 65534)
    else:
        monkeypatch.setattr(os, "geteuid", lambda: 65533)
    with pytest.raises(InputError, match="belongs to another user"):
        DiskCache(place)


@posix
@pytest.mark.parametrize(
    "make", [fifo, a_socket, a_device, lambda path: path.symlink_to(path.parent)]
)
def test_what_is_no_folder_is_refused(tmp_path, make):
    make(own(tmp_path))
    with pytest.raises(InputError, match="is not a folder"):
        DiskCache(tmp_path)


def test_a_name_that_diskcache_would_change_is_refused(tmp_path, monkeypatch):
    monkeypatch.setenv("ELSEWHERE", str(tmp_path / "elsewhere"))
    with pytest.raises(InputError, match="environment variable"):
        DiskCache(tmp_path / "$ELSEWHERE")
    assert not (tmp_path / "elsewhere").exists()


def test_the_home_folder_may_be_named_by_its_sign(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    DiskCache("~/tiles").close()
    assert own(tmp_path / "tiles").is_dir()
