"""``flac-raster`` on URLs of a real web server."""

import json

import pytest
import rasterio
from cli_kit import names, run, succeed
from remote_kit import noise


@pytest.fixture
def url(nginx, flac):
    (nginx.folder / "cli.flac").write_bytes(flac)
    return nginx.url("cli.flac")


def test_info_is_one_request(nginx, url, flac):
    facts = json.loads(succeed("info", "--json", url))
    assert facts["name"] == url and facts["file_bytes"] == len(flac)
    (request,) = nginx.requests(1)
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


def test_verify_in_few_requests(nginx, url):
    assert f"{url} is whole: 39 tiles" in succeed("verify", url)
    assert len(nginx.requests(2)) == 2


def test_verify_finds_damage(nginx, flac):
    wrong = bytearray(flac)
    wrong[len(flac) // 2] ^= 1
    (nginx.folder / "wrong.flac").write_bytes(wrong)
    done = run("verify", "--json", nginx.url("wrong.flac"))
    result = json.loads(done.stdout)
    assert done.returncode == 1 and len(result["damaged"]) == 1


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
