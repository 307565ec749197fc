"""Servers without ranges: small files are fetched whole, once; large ones are refused."""

import pytest
from flac_raster_qgis.engine import FlacRaster
from flac_raster_qgis.engine.errors import RemoteError
from flac_raster_qgis.engine.storage.remote import probe
from kits.remote import HangUp, noise, open_hasty, read_all, reply, says


def test_a_small_file(no_ranges, tmp_path, flac):
    (tmp_path / "x.flac").write_bytes(flac)
    with FlacRaster.open(open_hasty(f"{no_ranges.url}/x.flac")) as raster:
        assert raster.source.size == len(flac)
        assert raster.plan().requests == ()
        assert (raster.read() == noise()).all() and (raster.read() == noise()).all()
    assert no_ranges.count == 1


def test_nginx_with_ranges_off(nginx, flac):
    (nginx.folder / "off.flac").write_bytes(flac)
    with FlacRaster.open(nginx.url("whole/off.flac")) as raster:
        assert (raster.read() == noise()).all()
    assert [r[2] for r in nginx.requests()] == ["200"]


@pytest.fixture
def small_limit(monkeypatch):
    monkeypatch.setattr(probe, "WHOLE_FILE", 2 << 20)


def test_a_large_file(no_ranges, tmp_path, small_limit):
    with open(tmp_path / "x.flac", "wb") as file:
        file.truncate((2 << 20) + 1)
    with pytest.raises(RemoteError, match="does not support range requests.*than the 2 MiB"):
        open_hasty(f"{no_ranges.url}/x.flac")


def test_the_largest_small_file(no_ranges, tmp_path, small_limit):
    with open(tmp_path / "x.flac", "wb") as file:
        file.truncate(2 << 20)
    source = open_hasty(f"{no_ranges.url}/x.flac")
    assert source.size == 2 << 20
    source.close()


def without_length(body, endless=False):
    def step(request):
        yield reply(200, {"Connection": "close"}, body, length=False)
        while endless:
            yield bytes(1 << 16)
        raise HangUp

    return step


def test_a_file_of_unknown_length(serve, flac):
    server = serve(without_length(flac))
    source = open_hasty(server.url)
    assert read_all(source, [(0, len(flac))]) == [flac]
    source.close()


def test_a_file_without_end(serve, small_limit):
    server = serve(without_length(b"fLaC", endless=True))
    with pytest.raises(RemoteError, match="larger than the 2 MiB"):
        open_hasty(server.url)


def test_a_file_that_is_cut_off_is_fetched_from_its_start_again(serve, flac):
    def cut(request):
        yield reply(200, {"Content-Length": len(flac)}, flac[:1000])
        raise HangUp

    server = serve(cut, says(200, flac))
    source = open_hasty(server.url)
    assert read_all(source, [(0, len(flac))]) == [flac]
    source.close()


@pytest.mark.parametrize("said", ["-5", "many", "1e3", "\xb2"])
def test_a_length_that_is_no_number(serve, flac, said):
    def step(request):
        yield reply(200, {"Content-Length": said, "Connection": "close"}, length=False)
        yield flac
        raise HangUp

    source = open_hasty(serve(step).url)
    assert source.size == len(flac)
    source.close()
