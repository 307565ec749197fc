"""Small samples of the long runs: ``make fuzz``, ``flips``, ``kills``, ``faults`` and ``load``."""

import random

import pytest
from kits import VECTORS

pytest.importorskip("resource", reason="Windows does not limit what a process takes")

from kits.durability import noise, write_either  # noqa: E402
from reliability.campaigns import faults, flips, kills, load  # noqa: E402
from reliability.fuzzing.campaign import replay, without_coverage  # noqa: E402
from reliability.fuzzing.targets import REGRESSIONS, TARGETS  # noqa: E402


@pytest.mark.parametrize("name", TARGETS)
def test_seeds_and_what_fuzzing_once_found(name):
    expected = len(TARGETS[name].seeds()) + len(list((REGRESSIONS / name).glob("*")))
    assert replay(name) == expected


@pytest.mark.parametrize("name", TARGETS)
def test_fuzzing(name):
    judge = without_coverage(name, 150)
    assert 0 < judge.refused < judge.executions


@pytest.mark.parametrize("name", ["tiny", "uint8-mask", "float32-decimals-lattice"])
def test_flipped_bits(name):
    data = flips.with_little_padding((VECTORS / f"{name}.flac").read_bytes())
    found = flips.flip(data, random.Random(name).sample(range(8 * len(data)), 150))
    outcomes = {outcome for _, outcome in found}
    assert outcomes == {"refused", "tile named", "no change"}
    harmless = {region for region, outcome in found if outcome == "no change"}
    assert harmless <= {"padding", "tags", "lengths and kinds of blocks", "pictures and the like"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("samples")
    for name in ("in.tif", "in.flac"):
        write_either(folder / name, noise(120, 120))
    return folder


def test_full_disks(folder):
    found = faults.full_disks(folder, 4, random.Random(3))
    assert set(found) <= {"OutputError, the older file kept", "a whole new file"}
    assert found["OutputError, the older file kept"]


def test_lost_folders(folder):
    found = faults.lost_folders(folder, 4, random.Random(1))
    assert "LOST" not in found and "LEFTOVERS" not in found


def test_faulty_servers(folder):
    found, injected, _ = faults.faulty_servers(folder, 30, random.Random(3), share=0.3)
    assert sum(injected.values()) > 10
    assert found["right pixels"] > 10
    assert not {"WRONG", "SLOW"} & set(found)


def test_killed(tmp_path):
    found = kills.kill_at_random(tmp_path, 4, random.Random(4))
    for counts in found.values():
        assert counts["killed while at work"] == 1
        assert not {"LOST", "DAMAGED"} & set(counts)
        assert counts["left after the next run"] == 0


def test_many_readers(tmp_path):
    assert load.many_readers(tmp_path, 8, 2)["requests"] > 1


def test_soak(tmp_path):
    table = load.soak(tmp_path, 3, 3)
    assert load.is_flat(table)
    assert table[-1]["operations"] == 60
