"""Folders that may not be written to: the system's reason is passed on, nothing is left."""

import os
import shutil
import subprocess

import pytest
from flac_raster_qgis.engine import convert
from flac_raster_qgis.engine.errors import OutputError
from flac_raster_qgis.engine.job import Job
from kits.durability import let_others_in, mounted, refused, run_apart, unchanged, write_either

BOTH_WAYS = pytest.mark.parametrize("names", [("in.tif", "out.flac"), ("in.flac", "out.tif")])
NOBODY = 65534


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    return folder


@BOTH_WAYS
def test_read_only_disk(tmp_path, folder, names):
    source = write_either(tmp_path / names[0])
    with mounted(folder, "size=1m"):
        output = folder / names[1]
        output.write_bytes(b"old")
        subprocess.run(["mount", "-o", "remount,ro", folder], check=True)
        with unchanged(folder), refused(OutputError, output, "Read-only", "Choose a folder"):
            convert(source, output, overwrite=True)


@pytest.mark.skipif(not shutil.which("chattr"), reason="chattr is not installed")
@BOTH_WAYS
def test_output_folder_locked_while_it_is_written(tmp_path, folder, names):
    """The unfinished file cannot be removed then; the error must be as clear all the same."""
    source = write_either(tmp_path / names[0])
    output = folder / names[1]
    output.write_bytes(b"old")

    def lock(done, total):
        if subprocess.run(["chattr", "+i", folder], capture_output=True).returncode:
            pytest.skip("chattr +i does not work here")

    try:
        with refused(OutputError, output, "Choose a folder"):
            convert(source, output, overwrite=True, job=Job(lock))
        assert output.read_bytes() == b"old"
    finally:
        subprocess.run(["chattr", "-i", folder], check=True)


def convert_as_nobody(source, output):
    # while this user may still read where the engine lies
    import flac_raster_qgis.engine.rasterio_io  # noqa: F401

    os.setgid(NOBODY)
    os.setuid(NOBODY)
    convert(source, output, overwrite=True)


def locked_paths(tmp_path, names):
    """Input and output in a folder of their own, which others may read."""
    if os.getuid() != 0:
        pytest.skip("only root can become another user")
    let_others_in(tmp_path)
    return write_either(tmp_path / names[0]), tmp_path / names[1]


@BOTH_WAYS
def test_folder_of_another_user(tmp_path, names):
    source, output = locked_paths(tmp_path, names)
    with unchanged(tmp_path):
        outcome = run_apart(convert_as_nobody, source, output)
    assert outcome.error == "OutputError", outcome
    assert str(output) in outcome.text
    assert "Choose a folder that you may write to" in outcome.text


@BOTH_WAYS
def test_input_of_another_user(tmp_path, names):
    source, output = locked_paths(tmp_path, names)
    source.chmod(0o600)
    with unchanged(tmp_path):
        outcome = run_apart(convert_as_nobody, source, output)
    assert outcome.error == "InputError", outcome
    assert str(source) in outcome.text


@BOTH_WAYS
def test_input_in_a_folder_of_another_user(tmp_path, folder, names):
    locked_paths(tmp_path, names)
    source = write_either(folder / names[0])
    folder.chmod(0o700)
    outcome = run_apart(convert_as_nobody, source, tmp_path / names[1])
    assert outcome.error == "InputError", outcome
    assert str(source) in outcome.text
