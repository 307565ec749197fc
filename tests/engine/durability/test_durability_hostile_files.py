"""Whatever a small file claims, what users do with it takes 2 s and 64 MB, or is refused."""

import io
from contextlib import redirect_stdout

import numpy as np
import pytest
from flac_raster_qgis.engine import Area, FlacRaster, errors, info, query, verify
from flac_raster_qgis.engine.cli.commands import app
from flac_raster_qgis.engine.errors import FlacRasterError
from flac_raster_qgis.engine.operations.plan import plan_area
from kits.durability import assert_sentence, run_apart
from kits.hostile_files import (
    HOSTILE,
    MANY,
    block,
    far_apart,
    listed_values,
    rotated,
    sparse,
    tall,
    wide,
)

SECONDS, MEGABYTES = 2, 64


def ask_everything(path):
    """Do what the commands, the dock and the layer do before they read pixels; and verify."""
    described = info(path)
    assert described["tiles"]
    with FlacRaster.open(path) as raster:
        for level in raster.levels:
            plan = raster.plan(None, level.number)
            assert plan.tile_bytes >= 0 and len(plan.keys) == level.tile_count
            passes = plan_area(raster, level=level.number).passes(raster)
            assert sum(one.tile_bytes for one in passes.plans_with_requests()) == plan.tile_bytes
        found = query(raster)
        raster.min_max(1)
        if raster.head.statistics is not None:
            query(raster, where="max > 1 and min < 5 or band1.max = 3").totals()
    assert found.totals()["empty_tiles"] <= len(found.tiles)
    for number, (tile, piece) in enumerate(zip(found.tiles, found.to_json())):
        assert tile.size >= 0 and piece
        if number == 4:
            break
    list(found.ranges)
    query(path, Area(tile="center"))
    checked = verify(path)
    return f"{checked.tiles} {len(found.requests)}"


def check_frugal(outcome):
    assert outcome.processor < SECONDS and outcome.megabytes < MEGABYTES, outcome
    return outcome


@pytest.mark.parametrize("write", HOSTILE.values(), ids=HOSTILE)
def test_small_files(tmp_path, write):
    path = tmp_path / "in.flac"
    write(path)
    outcome = check_frugal(run_apart(ask_everything, path))
    if outcome.error:
        assert issubclass(getattr(errors, outcome.error, Exception), FlacRasterError), outcome
        assert_sentence(outcome.text)


def run_commands(path):
    said = io.StringIO()
    with redirect_stdout(said):
        for command in (["query"], ["spatial-info"], ["info"], ["verify"]):
            assert app([*command, str(path)], standalone_mode=False) in (None, 0)
    return said.getvalue()


@pytest.mark.parametrize("write", [wide, tall, block, rotated, listed_values])
def test_commands(tmp_path, write):
    path = tmp_path / "in.flac"
    write(path)
    outcome = check_frugal(run_apart(run_commands, path))
    assert outcome.error == "", outcome


def list_all(path):
    """Write the tiles as JSON, in pieces that do not grow with them."""
    with FlacRaster.open(path) as raster:
        found = query(raster)
    assert max(map(len, found.to_geojson_text())) < 1 << 20
    return str(sum(piece.count("\n") for piece in found.to_json()))


def test_a_list_of_all_tiles_is_written_in_pieces(tmp_path):
    path = tmp_path / "in.flac"
    listed_values(path, 1 << 16)
    outcome = run_apart(list_all, path, seconds=200)
    assert outcome.error == "" and int(outcome.text) > 1 << 16, outcome
    assert outcome.megabytes < 16, outcome  # where a list of dicts would take 100


def read_a_window(path):
    with FlacRaster.open(path) as raster:
        level = raster.levels[0]
        array = raster.read(level.window._replace(width=min(level.width, 2**19), height=16))
        return str(np.unique(array).tolist())


@pytest.mark.parametrize("write", [wide, far_apart])
def test_pixels_of_tiles_of_no_bytes(tmp_path, write):
    path = tmp_path / "in.flac"
    write(path)
    outcome = check_frugal(run_apart(read_a_window, path))
    assert (outcome.error, outcome.text) == ("", "[0, 1]"), outcome


def open_16_million(path):
    with FlacRaster.open(path) as raster:
        return str(len(query(raster).tiles))


def test_as_many_tiles_as_an_index_can_list(tmp_path):
    """42 kB, and no more memory than the text of the index takes, twice."""
    path = tmp_path / "in.flac"
    sparse(path, 16 * 16_000_000, 16)
    assert path.stat().st_size < 50_000
    outcome = run_apart(open_16_million, path)
    assert (outcome.error, outcome.text) == ("", "16000000"), outcome
    assert outcome.megabytes < 128, outcome


def test_the_files_are_small(tmp_path):
    for name, write in HOSTILE.items():
        path = tmp_path / "in.flac"
        write(path)
        assert path.stat().st_size < 1_100_000 or name == "long tile", name
    wide(tmp_path / "wide.flac")
    assert (tmp_path / "wide.flac").stat().st_size < 6000 < MANY
