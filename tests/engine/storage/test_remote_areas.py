"""Query and extract on a real web server: what is planned is what its log shows."""

import json
import os
import re

import pytest
import rasterio
from flac_raster_qgis.engine import Area, FlacRaster, Window, extract, query
from flac_raster_qgis.engine.errors import RemoteChanged
from flac_raster_qgis.engine.storage.byte_source import FIRST_READ
from flac_raster_qgis.engine.storage.cache import SHARED
from hypothesis import given, settings
from hypothesis import strategies as st
from kits.cli import run, succeed
from kits.remote import noise, open_hasty

pytestmark = pytest.mark.filterwarnings("ignore::rasterio.errors.NotGeoreferencedWarning")
OPENING = f"bytes=0-{FIRST_READ - 1}"


@pytest.fixture
def url(nginx, flac):
    (nginx.folder / "areas.flac").write_bytes(flac)
    return nginx.url("areas.flac")


def headers(ranges):
    return sorted(f"bytes={offset}-{offset + size - 1}" for offset, size in ranges)


def test_a_query_is_one_request(nginx, url):
    found = query(url, Area((70, 70, 200, 100)))
    assert [r[1] for r in nginx.requests()] == [OPENING]
    assert len(found.requests) == 1 and found.request_bytes >= found.tile_bytes > 4 * 4000
    assert found.file_bytes == (nginx.folder / "areas.flac").stat().st_size


SIDES = st.tuples(st.integers(0, 319), st.integers(1, 320))


@settings(max_examples=25)
@given(SIDES, SIDES, st.integers(0, 2))
def test_what_is_planned_is_what_is_read(nginx, url, tmp_path, across, down, level):
    """Requests and bytes; the pixels are those of the raster."""
    bbox = (across[0], down[0], min(320, sum(across)), min(320, sum(down)))
    SHARED.clear()
    nginx.forget()
    planned = query(url, Area(bbox), level=level)
    assert len(nginx.requests()) == 1
    nginx.forget()
    result = extract(url, tmp_path / "out.tif", Area(bbox), level=level, overwrite=True)
    assert result.plan == planned
    opening, *others = nginx.requests()
    assert opening[1] == OPENING
    assert sorted(request[1] for request in others) == headers(planned.requests)
    assert sum(int(request[3]) for request in others) == planned.request_bytes
    with rasterio.open(tmp_path / "out.tif") as dataset, FlacRaster.open(url) as raster:
        assert (dataset.read() == raster.read(planned.window, level)).all()
        if level == 0:
            assert (dataset.read() == noise()[(slice(None), *planned.window.slices)]).all()


def test_a_local_file_is_answered_as_if_it_lay_there(nginx, url):
    area = Area((70, 70, 200, 200))
    local = query(nginx.folder / "areas.flac", area)
    assert local.requests == query(url, area).requests and local.ranges == query(url, area).ranges


def test_what_is_in_memory_is_not_planned(url):
    area = Area((70, 70, 200, 200))
    with FlacRaster.open(url) as raster:
        raster.read(Window(64, 64, 64, 64))
    first = query(url, area)
    with FlacRaster.open(open_hasty(url)) as raster:  # without the cache
        assert first.request_bytes < query(raster, area).request_bytes
    assert first.tile_bytes == query(url, area).tile_bytes


def test_an_open_raster_with_a_source_of_its_own(url, tmp_path):
    with FlacRaster.open(open_hasty(url)) as raster:
        extract(raster, tmp_path / "out.tif", Area(tile=7))
        assert raster.read(Window(0, 0, 5, 5)).shape == (1, 5, 5)
    with rasterio.open(tmp_path / "out.tif") as dataset:
        assert (dataset.read() == noise()[:, 64:128, 128:192]).all()


def test_on_the_command_line(nginx, url, tmp_path):
    arguments = ("--bbox", "70,70,200,100", "--bands", "1")
    planned = json.loads(succeed("query", url, *arguments, "-f", "json"))
    assert len(nginx.requests()) == 1
    nginx.forget()
    out = succeed("extract", url, "-o", "out.tif", *arguments, cwd=tmp_path)
    assert "130 x 30 pixels of level 0: 3 tiles" in out and "in 1 request; " in out
    assert sorted(r[1] for r in nginx.requests())[1:] == headers(planned["requests"])
    with rasterio.open(tmp_path / "out.tif") as dataset:
        assert (dataset.read() == noise()[:, 70:100, 70:200]).all()


def test_printed_ranges_are_enough_for_any_client(nginx, url, flac):
    """Each tile fetched by the header that is printed is a FLAC stream."""
    import requests

    printed = succeed("query", url, "--last", "-f", "ranges").split()
    bodies = [requests.get(url, headers={"Range": line}, timeout=5).content for line in printed]
    assert len(bodies) == 1 and bodies[0][:4] == b"fLaC" and flac.endswith(bodies[0])


def test_secrets_are_not_shown(url, tmp_path):
    secret = url.replace("//", "//ann:hush@") + "?sig=hush"
    for command in (["query"], ["query", "-f", "json"], ["extract", "-o", tmp_path / "x.tif"]):
        done = run(command[0], secret, *command[1:])
        assert done.returncode == 0 and "hush" not in done.stdout + done.stderr
    done = run("extract", secret, "-o", tmp_path / "y.tif", "--bbox", "-9,-9,-8,-8")
    assert done.returncode == 2 and not re.search("hush", done.stderr)


def test_damage_on_the_way_leaves_nothing(nginx, flac, tmp_path):
    wrong = bytearray(flac)
    wrong[len(flac) // 2] ^= 1
    (nginx.folder / "wrong.flac").write_bytes(wrong)
    done = run("extract", nginx.url("wrong.flac"), "-o", "x.tif", cwd=tmp_path)
    assert done.returncode == 2 and "Error: " in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_plan_of_a_file_that_was_replaced(nginx, url, flac, tmp_path):
    """The plan names the version that it was made of."""
    plan = query(url, Area((70, 70, 200, 100)))
    SHARED.clear()
    (nginx.folder / "areas.flac").write_bytes(flac[:-1] + b"x")
    os.utime(nginx.folder / "areas.flac", (1, 1))
    with pytest.raises(RemoteChanged, match="areas.flac changed after the area was planned"):
        extract(plan, tmp_path / "out.tif")
    assert not (tmp_path / "out.tif").exists()
