"""Files that fsspec reaches, by its file system in memory: s3, gs and az need servers."""

import os
import threading
from unittest import mock

import pytest
from flac_raster_qgis.engine import FlacRaster, Window
from flac_raster_qgis.engine.errors import Cancelled, InputError, MissingDependency, RemoteError
from flac_raster_qgis.engine.job import Job
from flac_raster_qgis.engine.storage.byte_source import FIRST_READ
from flac_raster_qgis.engine.storage.open import open_source, open_url
from flac_raster_qgis.engine.storage.urls import MORE_SCHEMES
from kits.clock import clock
from kits.remote import noise, read_all

fsspec = pytest.importorskip("fsspec", reason="fsspec is not installed")
URL = "memory://folder/x.flac"
FAR = (100_000, 50)


@pytest.fixture(autouse=True)
def ask_for_memory():
    with mock.patch.dict(os.environ, {MORE_SCHEMES: "memory, nonsense"}):
        yield


@pytest.fixture
def store(flac):
    files = fsspec.filesystem("memory")
    files.pipe("/folder/x.flac", flac)
    yield files
    files.rm("/folder", recursive=True)


def test_pixels(store):
    with FlacRaster.open(URL) as raster:
        assert raster.name == URL
        assert (raster.read() == noise()).all()


def test_only_what_is_needed_is_fetched(store, flac, monkeypatch):
    asked = []
    cat_file = store.cat_file

    def note(path, start=None, end=None):
        asked.append((start, end - start))
        return cat_file(path, start=start, end=end)

    monkeypatch.setattr(type(store), "cat_file", staticmethod(note))
    with FlacRaster.open(open_url(URL, memory_cache=None)) as raster:
        plan = raster.plan(Window(200, 200, 50, 50))
        raster.read(Window(200, 200, 50, 50))
    assert asked == [(0, FIRST_READ), *plan.requests]


def test_small_and_empty_files(store):
    for content in (b"", b"x", bytes(FIRST_READ), bytes(FIRST_READ + 1)):
        store.pipe("/folder/small", content)
        source = open_source("memory://folder/small")
        assert read_all(source, [(0, len(content))]) == [content]
        source.close()


def test_no_such_file(store):
    with pytest.raises(RemoteError, match="memory://folder/none.flac does not exist"):
        open_source("memory://folder/none.flac")


def test_a_folder(store):
    with pytest.raises(InputError, match="is a folder"):
        open_source("memory://folder")


def test_an_unknown_scheme():
    with pytest.raises(InputError, match="scheme nonsense is not known"):
        open_source("nonsense://x")


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "sftp://host/x.flac", "zip://x.flac", "simplecache://x", "memory://x"],
)
def test_schemes_that_nobody_asked_for(url, monkeypatch):
    monkeypatch.delenv(MORE_SCHEMES)
    monkeypatch.setattr(fsspec.core, "url_to_fs", None)
    with pytest.raises(InputError, match=f"are not opened.*{MORE_SCHEMES}"):
        open_source(url)


def test_a_chain_is_refused(monkeypatch):
    monkeypatch.setattr(fsspec.core, "url_to_fs", None)
    with pytest.raises(InputError, match="is a chain of URLs"):
        open_source("s3://bucket/x.zip::file:///etc/passwd")


def test_a_package_that_is_missing(monkeypatch):
    def missing(url):
        raise ImportError("Install s3fs to access S3")

    monkeypatch.setattr(fsspec.core, "url_to_fs", missing)
    with pytest.raises(MissingDependency, match="package for s3 is not installed.*Install s3fs"):
        open_source("s3://bucket/x.flac")


def test_fsspec_itself_is_missing(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "fsspec", None)
    with pytest.raises(MissingDependency, match="gs needs the Python package fsspec"):
        open_source("gs://bucket/x.flac")


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (PermissionError("hush"), "access is not allowed"),
        (RuntimeError("https://bucket/x?sig=hush"), r"cannot be read \(RuntimeError\)"),
    ],
)
def test_errors_of_the_store(store, monkeypatch, error, words):
    def fail(*args, **kwargs):
        raise error

    monkeypatch.setattr(type(store), "info", fail)
    with pytest.raises(RemoteError, match=words) as caught:
        open_source(URL)
    assert "hush" not in str(caught.value)


def test_a_file_that_became_shorter(store, flac):
    source = open_url(URL, memory_cache=None)
    store.pipe("/folder/x.flac", flac[:100_010])
    with pytest.raises(RemoteError, match="10 bytes came"):
        read_all(source, [FAR])
    source.close()


def test_cancel(store, monkeypatch):
    source = open_url(URL, memory_cache=None)
    going, go_on = threading.Event(), threading.Event()

    def slow(self, path, start=None, end=None):
        going.set()
        go_on.wait(10)
        return b""

    monkeypatch.setattr(type(store), "cat_file", slow)
    begun = clock()
    with pytest.raises(Cancelled):
        read_all(source, [FAR], job=Job(is_cancelled=going.is_set))
    assert clock() - begun < 1
    go_on.set()
    source.close()


def test_identity(store, monkeypatch):
    """The same for the same ETag; without one it may be another file each time."""
    validators = {}
    info = type(store).info
    monkeypatch.setattr(type(store), "info", lambda self, path: {**info(self, path), **validators})

    def identity():
        source = open_source(URL)
        source.close()
        return source.identity

    assert identity() != identity()
    validators["ETag"] = '"one"'
    one = identity()
    assert one == identity()
    validators["ETag"] = '"two"'
    assert identity() != one
