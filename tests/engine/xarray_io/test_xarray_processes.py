"""Lazy datasets are read in other processes, which open the file or URL for themselves."""

from __future__ import annotations

import multiprocessing
import os
import pickle
from concurrent.futures import ProcessPoolExecutor

import numpy as np
import pytest
from flac_raster_qgis.engine import WriteOptions, write_raster
from flac_raster_qgis.engine.errors import InputError, RemoteChanged

xarray = pytest.importorskip("xarray", reason="xarray is not installed")
ROTATED = (10.0, 2.0, 500000.0, 2.0, -10.0, 5000000.0)


def read(dataset):
    """Read all of a dataset where this runs, and say where that is."""
    loaded = dataset.load()
    return os.getpid(), {name: array.values for name, array in loaded.variables.items()}


@pytest.fixture(scope="module")
def elsewhere():
    """Return a function that reads a dataset in a process that knows nothing of this one."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:

        def run(dataset):
            process, values = pool.submit(read, dataset).result(timeout=120)
            assert process != os.getpid()
            return values

        yield run


@pytest.fixture
def write(make_raster, terrain):
    """Return a function that writes a small raster of several tiles."""

    def write(path, seed=0, **metadata):
        raster = make_raster(terrain(150, 200, 2, seed), nodata=9000, **metadata)
        write_raster(raster, path, WriteOptions(tile_size=64))
        return path

    return write


def check(found, opened):
    expected = read(opened)[1]
    assert found.keys() == expected.keys()
    for name, values in expected.items():
        np.testing.assert_array_equal(found[name], values)


@pytest.mark.parametrize("chunks", [None, {}])
@pytest.mark.parametrize("options", [{}, {"mask_and_scale": False}, {"level": 1}], ids=str)
def test_a_file(write, tmp_path, elsewhere, chunks, options):
    if chunks is not None:
        pytest.importorskip("dask", reason="dask is not installed")
    path = write(tmp_path / "x.flac")
    opened = xarray.open_dataset(path, engine="flac_raster", chunks=chunks, **options)
    check(elsewhere(opened), opened)


def test_coordinates_that_are_computed(write, tmp_path, elsewhere):
    path = write(tmp_path / "x.flac", transform=ROTATED)
    opened = xarray.open_dataset(path, engine="flac_raster", band_as_variable=True)
    assert {"xc", "yc"} <= set(opened.coords)
    check(elsewhere(opened), opened)


def test_a_name_that_is_relative_to_a_folder_of_this_process(
    write, tmp_path, elsewhere, monkeypatch
):
    write(tmp_path / "x.flac")
    monkeypatch.chdir(tmp_path)
    opened = xarray.open_dataset("x.flac", engine="flac_raster")
    check(elsewhere(opened), opened)


def test_a_url(write, nginx, elsewhere):
    write(nginx.folder / "travels.flac")
    opened = xarray.open_dataset(nginx.url("travels.flac"), engine="flac_raster")
    part = opened.isel(x=slice(0, 10), y=slice(0, 10))
    check(elsewhere(part), part)


def test_workers_of_dask_in_processes_of_their_own(write, tmp_path, nginx):
    distributed = pytest.importorskip("distributed", reason="Dask is not installed")
    path, url = write(tmp_path / "x.flac"), nginx.url("dask.flac")
    write(nginx.folder / "dask.flac")
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0"
        ) as cluster,
        distributed.Client(cluster),
    ):
        for name in (path, url):
            opened = xarray.open_dataset(name, engine="flac_raster", chunks={})
            assert opened["band_data"].chunks[1:] == ((64, 64, 22), (64, 64, 64, 8))
            whole = xarray.open_dataset(name, engine="flac_raster")
            xarray.testing.assert_equal(opened.compute(), whole)


def test_dask_s_own_processes(write, tmp_path):
    pytest.importorskip("dask", reason="dask is not installed")
    path = write(tmp_path / "x.flac")
    opened = xarray.open_dataset(path, engine="flac_raster", chunks={})
    expected = float(xarray.open_dataset(path, engine="flac_raster")["band_data"].sum())
    assert float(opened["band_data"].sum().compute(scheduler="processes")) == expected


# ---------------------------------------------------------------- files that were replaced


def test_a_file_that_was_replaced_is_not_read_in_its_place(write, tmp_path, elsewhere):
    path = write(tmp_path / "x.flac")
    opened = xarray.open_dataset(path, engine="flac_raster", cache=False)
    write(path, seed=1)
    with pytest.raises(InputError, match=r"x\.flac was changed .* Open the dataset again"):
        elsewhere(opened)
    check(elsewhere(xarray.open_dataset(path, engine="flac_raster")), opened_anew(path))


def opened_anew(name):
    return xarray.open_dataset(name, engine="flac_raster")


def test_nor_in_this_process_after_xarray_has_closed_it(write, tmp_path):
    path, other = write(tmp_path / "x.flac"), write(tmp_path / "y.flac")
    with xarray.set_options(file_cache_maxsize=1):
        opened = xarray.open_dataset(path, engine="flac_raster", cache=False)
        xarray.open_dataset(other, engine="flac_raster")
        write(path, seed=1)
        with pytest.raises(InputError, match=r"x\.flac was changed"):
            opened.load()


def test_a_url_that_was_replaced_is_not_read_in_its_place(write, nginx, elsewhere):
    write(nginx.folder / "replaced.flac")
    opened = xarray.open_dataset(nginx.url("replaced.flac"), engine="flac_raster", cache=False)
    pickled = pickle.dumps(opened)
    write(nginx.folder / "replaced.flac", seed=1)
    with pytest.raises(RemoteChanged, match=r"replaced\.flac was changed"):
        elsewhere(pickle.loads(pickled))


def test_a_server_that_names_no_versions_is_believed_where_nothing_else_differs(
    no_etag, write, elsewhere
):
    path, url = write(no_etag.folder / "x.flac"), f"{no_etag.url}/x.flac"
    opened = xarray.open_dataset(url, engine="flac_raster", cache=False)
    write(path, seed=1)
    with pytest.raises(RemoteChanged, match=r"x\.flac was changed"):
        elsewhere(opened)
    check(elsewhere(opened_anew(url)), opened_anew(url))


@pytest.fixture
def no_etag(tmp_path):
    """Python's own server, which names no versions and sends whole files."""
    import functools
    import http.server
    import threading

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *args):
            """Say nothing."""

        def send_header(self, keyword, value):
            if keyword != "Last-Modified":
                super().send_header(keyword, value)

    handler = functools.partial(Quiet, directory=tmp_path)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.folder, server.url = tmp_path, f"http://127.0.0.1:{server.server_port}"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()
