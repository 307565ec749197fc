"""``flac-raster verify``: exit status 0 or 1, and JSON."""

import pytest
from kits.cli import run, strict_json, succeed
from kits.rasters import write_flac


@pytest.fixture
def folder(tmp_path):
    whole = write_flac(tmp_path / "whole.flac").read_bytes()
    damaged = bytearray(whole)
    damaged[-5] ^= 0xFF
    (tmp_path / "damaged.flac").write_bytes(damaged)
    return tmp_path


def test_whole(folder):
    text = succeed("verify", "whole.flac", cwd=folder)
    assert text == "whole.flac is intact: 9 tiles decoded, every MD5 is right.\n"


def test_damaged(folder):
    done = run("verify", "damaged.flac", "--workers", "2", cwd=folder)
    assert (done.returncode, done.stderr) == (1, "")
    assert "damaged.flac, tile level 0, row 1, column 2 is damaged" in done.stdout
    assert done.stdout.endswith("damaged.flac is damaged: 1 of 9 tiles.\n")


def test_json_of_a_whole_file(folder):
    result = strict_json(succeed("verify", "--json", "whole.flac", cwd=folder))
    assert result["valid"] is True and result["damaged_tiles"] == []
    assert result["tiles"] == 9 == sum(result["codings"].values())


def test_json_of_a_damaged_file(folder):
    done = run("verify", "--json", "damaged.flac", cwd=folder)
    assert (done.returncode, done.stderr) == (1, "")
    result = strict_json(done.stdout)
    assert result["valid"] is False
    (damage,) = result["damaged_tiles"]
    place = damage["level"], damage["row"], damage["column"], damage["band"]
    assert place == (0, 1, 2, 1)
    size = (folder / "damaged.flac").stat().st_size
    assert damage["offset"] + damage["size"] == size
