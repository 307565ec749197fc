"""Unfinished files of killed processes: taken away by the next run, and by nobody too early."""

import os
import time

import pytest
from flac_raster_qgis.engine import convert
from flac_raster_qgis.engine.storage.output import atomic_write
from kits.durability import contents, run_apart, start_apart, write_flac, write_tif

fcntl = pytest.importorskip("fcntl", reason="there are no locks to tell by")


def age(path, seconds=3600):
    os.utime(path, (time.time() - seconds,) * 2)


@pytest.fixture
def source(tmp_path):
    return write_tif(tmp_path / "in.tif")


def leave(folder, *names):
    for name in names:
        (folder / name).write_bytes(b"unfinished")
        age(folder / name)


def test_leftovers_of_the_same_name_are_taken_away(source, tmp_path):
    folder = tmp_path / "out"
    folder.mkdir()
    own = [".x.abcd1234.part.flac", ".x.zyxw_987.part.flac"]
    others = [".y.abcd1234.part.flac", ".x.efgh5678.part.tif", ".x.abc.part.flac", "x.part.flac"]
    leave(folder, *own, *others)
    convert(source, folder / "x.flac")
    assert set(contents(folder)) == {"x.flac", *others}


def leave_folder(folder, name, *inside):
    (folder / name).mkdir()
    leave(folder / name, *inside)
    age(folder / name)


def test_folders_of_the_same_name_are_taken_away(source, tmp_path):
    folder = tmp_path / "out"
    folder.mkdir()
    leave_folder(folder, ".x.abcd1234.part.flac", "new.flac")
    leave_folder(folder, ".x.abcd5678.part.flac")  # killed before there was a file
    leave_folder(folder, ".y.abcd1234.part.flac", "new.flac")
    leave_folder(folder, ".x.efgh1234.part.flac", "new.flac")
    os.utime(folder / ".x.efgh1234.part.flac" / "new.flac")  # written to a moment ago
    convert(source, folder / "x.flac")
    names = {name for name in os.listdir(folder)}
    assert names == {"x.flac", ".y.abcd1234.part.flac", ".x.efgh1234.part.flac"}


def socket(path):
    from socket import AF_UNIX, socket

    with socket(AF_UNIX) as made:
        os.chdir(path.parent)  # names of sockets are short
        made.bind(path.name)


@pytest.mark.parametrize("suffix", [".flac", ".tif"])
@pytest.mark.parametrize("make", [os.mkfifo, socket, lambda path: path.symlink_to("precious")])
@pytest.mark.parametrize("name", [".x.abcd1234.part{}", ".x.abcd1234.part{}/new{}"])
def test_what_is_called_like_a_leftover_is_neither_opened_nor_followed(
    tmp_path, monkeypatch, make, name, suffix
):
    monkeypatch.chdir(tmp_path)  # and back
    source = write_tif(tmp_path / "in.tif")
    if suffix == ".tif":
        source = write_flac(tmp_path / "in.flac")
    path = tmp_path / name.format(suffix, suffix)
    path.parent.mkdir(exist_ok=True)
    (path.parent / "precious").write_bytes(b"precious")
    make(path)
    os.utime(path, (1, 1), follow_symlinks=False)
    outcome = run_apart(convert, source, tmp_path / f"x{suffix}")  # not for ever
    assert not outcome.error, outcome
    assert path.parent != tmp_path or (tmp_path / "precious").read_bytes() == b"precious"
    assert (tmp_path / f"x{suffix}").exists()


def test_a_folder_that_links_lead_out_of(source, tmp_path):
    precious = tmp_path / "precious"
    precious.mkdir()
    (precious / "thesis.txt").write_bytes(b"five years")
    leave_folder(tmp_path, ".x.abcd1234.part.flac", "new.flac")
    (tmp_path / ".x.abcd1234.part.flac" / "link").symlink_to(precious)
    (tmp_path / ".x.efgh5678.part.flac").symlink_to(precious)
    for path in (".x.abcd1234.part.flac/link", ".x.efgh5678.part.flac"):
        os.utime(tmp_path / path, (1, 1), follow_symlinks=False)
    convert(source, tmp_path / "x.flac")
    assert (precious / "thesis.txt").read_bytes() == b"five years"
    assert not (tmp_path / ".x.abcd1234.part.flac").exists()
    assert (tmp_path / ".x.efgh5678.part.flac").is_symlink()


@pytest.mark.parametrize("length", [200, 240, 255])
@pytest.mark.parametrize("letter", ["n", "ü", "数"])
def test_names_as_long_as_the_file_system_takes(tmp_path, letter, length):
    """The temporary name is cut; it is found again all the same."""
    for source, suffix in ((write_tif(tmp_path / "in.tif"), ".flac"), (None, ".tif")):
        source = source or write_flac(tmp_path / "in.flac")
        stem = letter * ((length - len(suffix)) // len(letter.encode()))
        output = tmp_path / f"{stem}{suffix}"
        with atomic_write(output) as part:
            (name,) = [path.name for path in tmp_path.glob(".*")]
            assert part.parent.name == name
        leave_folder(tmp_path, name, "new.flac")
        convert(source, output, overwrite=True)
        assert output.stat().st_size and not (tmp_path / name).exists()


def test_with_what_gdal_made_beside_them(tmp_path):
    folder = tmp_path / "out"
    folder.mkdir()
    flac = write_flac(tmp_path / "in.flac")
    leave(folder, ".x.abcd1234.part.tif", ".x.abcd1234.part.tif.aux.xml")
    leave(folder, ".x.abcd1234.part.plain.tif")
    convert(flac, folder / "x.tif")
    assert set(contents(folder)) == {"x.tif"}


def test_a_file_of_a_moment_ago_is_let_be(source, tmp_path):
    (tmp_path / ".x.abcd1234.part.flac").write_bytes(b"begun just now")
    convert(source, tmp_path / "x.flac")
    assert ".x.abcd1234.part.flac" in contents(tmp_path)


def hold(path):
    with atomic_write(path) as part:
        age(part)
        path.with_suffix(".ready").touch()
        time.sleep(60)


def test_a_file_that_somebody_is_at_work_on_is_let_be_until_he_is_killed(source, tmp_path):
    output = tmp_path / "x.flac"
    process = start_apart(hold, output)
    while not output.with_suffix(".ready").exists():
        assert process.is_alive()
        time.sleep(0.01)
    convert(source, output)
    (part,) = tmp_path.glob(".x.*.part.flac")
    process.kill()
    process.join()
    convert(source, output, overwrite=True)
    assert not part.exists() and output.exists()
