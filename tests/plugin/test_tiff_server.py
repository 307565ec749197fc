"""The process of virtual GeoTIFFs: rasters do not wait until it has started."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import time
from dataclasses import replace

import pytest
import requests
from flac_raster_qgis.engine import FlacRaster
from flac_raster_qgis.engine.virtual_tiff.recipes import RasterRecipe
from kits.qgis.layers import random_array, write_flac
from kits.qgis.remote_layers import until
from kits.server_processes import children

from flac_raster_qgis.core.tiff_server import TiffServer


@pytest.fixture
def recipe(plugin, tmp_path):
    path = write_flac(tmp_path / "x.flac", random_array("uint8"))
    with FlacRaster.open(path) as raster:
        identity = raster.source.identity
    return RasterRecipe("0123456789abcdef0123456789abcdef", str(path), identity, None, None)


@pytest.fixture
def serve():
    started = []

    def start(python, errors):
        started.append(TiffServer(python, lambda token, error: errors.append(error.code)))
        return started[-1]

    yield start
    for server in started:
        server.stop()


def test_an_address_is_there_at_once_and_requests_wait(recipe, serve, tmp_path):
    slow = tmp_path / "python"
    slow.write_text(f'#!/bin/sh\nsleep 1\nexec "{sys.executable}" "$@"\n')
    slow.chmod(0o755)
    started = time.monotonic()
    url = serve(str(slow), errors := []).serve(recipe, "x")
    assert time.monotonic() - started < 0.9
    assert requests.get(url, timeout=30).content[:2] == b"II"
    assert errors == []


def test_a_program_that_does_not_start(recipe, serve):
    url = serve(shutil.which("false"), errors := []).serve(recipe, "x")
    until(lambda: errors == ["qgis.server_ended"] * 2 + ["qgis.server_failed"])
    with pytest.raises(requests.ConnectionError):
        requests.get(url, timeout=30)


def test_a_program_that_is_gone_when_another_is_started(recipe, serve, tmp_path):
    python = tmp_path / "python"
    python.write_text(f'#!/bin/sh\necho "a wrapper speaks"\nexec "{sys.executable}" "$@"\n')
    python.chmod(0o755)
    before = children()
    url = serve(str(python), errors := []).serve(recipe, "x")
    assert requests.get(url, timeout=30).content[:2] == b"II"
    python.unlink()
    (child,) = children() - before
    os.kill(child, signal.SIGKILL)
    until(lambda: errors == ["qgis.server_failed"])
    with pytest.raises(requests.ConnectionError):
        requests.get(url, timeout=30)


def test_a_process_that_reads_nothing_holds_up_nobody(recipe, serve, tmp_path):
    deaf = tmp_path / "python"
    deaf.write_text("#!/bin/sh\nexec sleep 60\n")
    deaf.chmod(0o755)
    server = serve(str(deaf), [])
    started = time.monotonic()
    for number in range(2000):
        server.serve(replace(recipe, token=f"{number:032}"), "x")
    assert time.monotonic() - started < 5
