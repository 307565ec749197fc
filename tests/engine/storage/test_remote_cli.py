"""``flac-raster`` on URLs of a real web server."""

import json
import subprocess

import numpy as np
import pytest
import rasterio
from flac_raster_qgis.engine import convert
from flac_raster_qgis.engine.cli import console
from flac_raster_qgis.engine.errors import OutputExists
from kits.cli import COMMAND, ENVIRONMENT, names, run, succeed
from kits.remote import noise


@pytest.fixture
def url(nginx, flac):
    (nginx.folder / "cli.flac").write_bytes(flac)
    return nginx.url("cli.flac")


def test_info_is_one_request(nginx, url, flac):
    facts = json.loads(succeed("info", "--json", url))
    assert facts["name"] == url and facts["file_bytes"] == len(flac)
    (request,) = nginx.requests()
    assert request[2] == "206"


def test_convert_and_compare(url, tmp_path):
    succeed("convert", url, cwd=tmp_path)
    assert names(tmp_path) == ["cli.tif"]
    with rasterio.open(tmp_path / "cli.tif") as dataset:
        assert (dataset.read() == noise()).all() and dataset.crs.to_epsg() == 32633
    assert "identical: yes" in succeed("compare", url, "cli.tif", cwd=tmp_path)


def test_convert_to_flac_again(url, flac, tmp_path):
    succeed("convert", url, "-o", "x.flac", cwd=tmp_path)
    assert "identical: yes" in succeed("compare", "x.flac", url, cwd=tmp_path)


def downloaded(nginx):
    return sum(int(size) for *_, size in nginx.requests())


def test_extract_says_what_was_downloaded(nginx, url, flac, tmp_path):
    line = succeed("extract", url, "--tile", "0", "-o", "x.tif", cwd=tmp_path)
    assert f"; {console.size(downloaded(nginx))} of {console.size(len(flac))} downloaded, " in line
    assert "saved" not in line


def test_from_a_server_without_ranges_all_of_the_file_is_downloaded(nginx, flac, tmp_path):
    (nginx.folder / "off.flac").write_bytes(flac)
    url, size = nginx.url("whole/off.flac"), console.size(len(flac))
    line = succeed("extract", url, "--tile", "0", "-o", "x.tif", cwd=tmp_path)
    assert f"; all {size} of the file downloaded, " in line and "saved" not in line
    assert "nothing to fetch, since opening it downloaded the whole file" in line
    line = succeed("extract", "--json", url, "--tile", "0", "-o", "y.tif", cwd=tmp_path)
    assert json.loads(line)["downloaded_bytes"] == len(flac)
    assert "downloaded the whole file" in succeed("query", url, "--tile", "0")
    table = succeed("extract-streaming", url, "--tile", "0", "--savings")
    assert ["saved", "0", "%"] in [row.split() for row in table.splitlines()]


def test_verify_in_few_requests(nginx, url):
    assert f"{url} is intact: 39 tiles" in succeed("verify", url)
    assert len(nginx.requests()) == 2


def test_verify_finds_damage(nginx, flac):
    wrong = bytearray(flac)
    wrong[len(flac) // 2] ^= 1
    (nginx.folder / "wrong.flac").write_bytes(wrong)
    done = run("verify", "--json", nginx.url("wrong.flac"))
    result = json.loads(done.stdout)
    assert done.returncode == 1 and len(result["damaged_tiles"]) == 1


def test_no_such_file(nginx):
    done = run("info", nginx.url("none.flac"))
    assert done.returncode == 2 and "404 Not Found: there is no such file" in done.stderr


def test_secrets_are_not_shown(nginx, url):
    secret = url.replace("//", "//ann:hush@") + "?sig=hush"
    for command in (["info"], ["verify"], ["compare", secret]):
        done = run(*command, secret)
        assert done.returncode == 0 and "hush" not in done.stdout + done.stderr
    for missing in (secret.replace("cli", "none"), secret.replace("cli.flac", "none.tif")):
        done = run("convert", missing, "-o", "x.flac")
        assert done.returncode == 2 and "hush" not in done.stdout + done.stderr


def test_secrets_are_not_shown_of_an_output_that_exists(url, tmp_path):
    succeed("convert", url, "-o", "x.tif", cwd=tmp_path)
    with rasterio.open(tmp_path / "x.tif", "r+") as dataset:
        dataset.write(dataset.read() + 1)
    for skip_identical in (False, True):
        with pytest.raises(OutputExists) as caught:
            convert(f"{url}?sig=hush", tmp_path / "x.tif", skip_identical=skip_identical)
        assert "hush" not in str(caught.value)


def test_secrets_are_not_shown_of_what_gdal_reads(nginx, tmp_path):
    """Neither where it quotes the address, in names of parts, nor where reading fails."""
    with rasterio.open(
        *(tmp_path / "x.tif", "w", "GTiff", 64, 64, 1), dtype="uint8", compress="deflate"
    ) as dataset:
        dataset.write(np.random.default_rng(1).integers(0, 255, (1, 64, 64)).astype("uint8"))
    data = (tmp_path / "x.tif").read_bytes()
    (nginx.folder / "cut.tif").write_bytes(data[: len(data) // 2])
    (nginx.folder / "text.tif").write_bytes(b"no raster")
    for name in ("cut.tif", "text.tif"):
        for prefix in ("", "/vsicurl/"):
            for command in (["info"], ["convert", "-o", tmp_path / "y.flac", "--overwrite"]):
                address = f"{prefix}{nginx.url(name)}?sig=hush"
                done = run(command[0], address, *command[1:])
                assert "hush" not in done.stdout + done.stderr
        assert done.returncode == 2 and name in done.stderr


COMMANDS = [
    ["verify"],
    ["convert", "-o", "x.tif"],
    ["extract", "--last", "-o", "x.tif"],
    ["compare", "same.flac"],
    ["query", "--last", "-f", "data", "-o", "x.bin"],
    ["convert", "--out-dir", "."],
]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: " ".join(command[:2]))
def test_a_cache_on_disk(nginx, url, flac, tmp_path, command):
    """The second time, only the first read is fetched, which says whether the file is the same."""
    pytest.importorskip("diskcache", reason="diskcache is not installed")
    (tmp_path / "same.flac").write_bytes(flac)
    arguments = [command[0], url, *command[1:], "--cache", "kept"]
    succeed(*arguments, cwd=tmp_path)
    assert len(nginx.requests()) >= 2
    for name in names(tmp_path):
        if name not in ("kept", "same.flac"):
            (tmp_path / name).unlink()
    nginx.forget()
    succeed(*arguments, cwd=tmp_path)
    (again,) = nginx.requests()
    assert again[1].startswith("bytes=0-")


def test_the_cache_by_the_environment(nginx, url, tmp_path):
    pytest.importorskip("diskcache", reason="diskcache is not installed")
    environment = {
        **ENVIRONMENT,
        "FLAC_RASTER_CACHE": str(tmp_path / "kept"),
        "FLAC_RASTER_CACHE_SIZE": "1",
    }
    for _ in range(2):
        subprocess.run([*COMMAND, "verify", url], env=environment, check=True, capture_output=True)
    assert len(nginx.requests()) == 3
    assert names(tmp_path) == ["kept"]


@pytest.mark.parametrize("value", ["abc", "0", "1.5", "-1", "1 GB"])
def test_a_size_of_the_cache_that_is_none(value):
    environment = {**ENVIRONMENT, "FLAC_RASTER_CACHE_SIZE": value}
    done = subprocess.run(
        [*COMMAND, "verify", "x.flac"], env=environment, capture_output=True, text=True
    )
    text = " ".join(done.stderr.split())
    assert done.returncode == 2 and "FLAC_RASTER_CACHE_SIZE" in text
    assert f"it is {value!r}, expected a whole number of megabytes from 1 on" in text


def test_the_cache_keeps_to_its_size(url, tmp_path):
    pytest.importorskip("diskcache", reason="diskcache is not installed")
    from flac_raster_qgis.engine.storage.disk_cache import DiskCache

    succeed("verify", url, "--cache", "kept", "--cache-size", "3", cwd=tmp_path)
    disk = DiskCache(tmp_path / "kept", 3_000_000)
    assert disk._cache.size_limit == 3_000_000 and len(disk._cache) > 20


def test_a_cache_that_cannot_be(url, tmp_path):
    pytest.importorskip("diskcache", reason="diskcache is not installed")
    (tmp_path / "file").write_text("x")
    done = run("info", url, "--cache", "file", cwd=tmp_path)
    assert done.returncode == 2 and "file cannot be used as a cache" in done.stderr
    assert done.stderr.count("\n") == 1


def test_info_takes_the_cache_options(url, tmp_path):
    pytest.importorskip("diskcache", reason="diskcache is not installed")
    succeed("info", url, "--cache", "kept", cwd=tmp_path)
