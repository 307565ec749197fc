"""Outputs that must not be written: refused before any work, and nothing is touched."""

import os

import pytest
from flac_raster_qgis.engine import convert, verify
from flac_raster_qgis.engine.errors import InputError, OutputError, OutputExists
from kits.durability import contents, refused, unchanged, write_either, write_flac

BOTH_WAYS = pytest.mark.parametrize(
    "source, output", [("a.tif", "b.flac"), ("a.flac", "b.tif"), ("a.flac", "b.flac")]
)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


@BOTH_WAYS
def test_existing_output(folder, source, output):
    write_either(folder / source)
    (folder / output).write_bytes(b"old")
    with unchanged(folder), refused(OutputExists, output, "exists already", "overwriting"):
        convert(source, output)


@BOTH_WAYS
def test_existing_output_replaced_on_demand(folder, source, output):
    write_either(folder / source)
    (folder / output).write_bytes(b"old")
    convert(source, output, overwrite=True)
    assert sorted(contents(folder)) == sorted([source, output])
    assert (folder / output).read_bytes()[:3] != b"old"


@pytest.mark.parametrize("overwrite", [False, True])
@pytest.mark.parametrize("alias", ["./a{0}", "sub/../a{0}", "symlink{0}", "hardlink{0}"])
@pytest.mark.parametrize("suffix", [".flac", ".tif"])
def test_output_is_the_input(folder, suffix, alias, overwrite):
    path = write_either(folder / f"a{suffix}")
    (folder / "sub").mkdir()
    os.symlink(path, folder / f"symlink{suffix}")
    os.link(path, folder / f"hardlink{suffix}")
    with unchanged(folder), refused(InputError, "both input and output", "Choose another output"):
        convert(path, alias.format(suffix), overwrite=overwrite)


def test_input_by_symlink_is_the_output(folder):
    path = write_flac(folder / "a.flac")
    os.symlink(path, folder / "link.flac")
    with unchanged(folder), refused(InputError, "both input and output"):
        convert("link.flac", path, overwrite=True)


@BOTH_WAYS
def test_output_is_a_folder(folder, source, output):
    write_either(folder / source)
    (folder / output).mkdir()
    with unchanged(folder), refused(OutputError, output, "is a folder. Give the name of a file"):
        convert(source, output, overwrite=True)


@BOTH_WAYS
def test_output_folder_missing(folder, source, output):
    write_either(folder / source)
    with unchanged(folder), refused(OutputError, "no/such", "does not exist. Make it first"):
        convert(source, f"no/such/{output}")


@BOTH_WAYS
def test_output_folder_is_a_file(folder, source, output):
    write_either(folder / source)
    (folder / "file").write_bytes(b"x")
    with unchanged(folder), refused(OutputError, "file"):
        convert(source, f"file/{output}")


@BOTH_WAYS
def test_output_name_too_long(folder, source, output):
    write_either(folder / source)
    with unchanged(folder), refused(OutputError, "n" * 252):
        convert(source, "n" * 252 + output)


@pytest.mark.parametrize("output", ["b.png", "b", "b.flac.gz", ".flac", ".tif", "b.tif "])
def test_wrong_suffix(folder, output):
    write_flac(folder / "a.flac")
    with unchanged(folder), refused(InputError, output, "expected .flac", ".tif"):
        convert("a.flac", output)


@pytest.mark.parametrize("output", ["B.FLAC", "B.TIF", "b.tiff", "b.Tiff"])
def test_suffix_in_any_spelling(folder, output):
    write_flac(folder / "a.flac")
    convert("a.flac", output)
    assert sorted(contents(folder)) == sorted(["a.flac", output])


def test_flac_to_flac_is_a_copy_of_the_pixels(folder):
    write_flac(folder / "a.flac")
    convert("a.flac", "b.flac")
    assert verify("b.flac").valid
