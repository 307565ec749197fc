"""Wrong usage: exit status 2, the usage on stderr, nothing on stdout, nothing written."""

import pytest
from kits.cli import names, run
from kits.geotiff import write_tif


@pytest.mark.parametrize(
    "arguments, word",
    [
        (["convert"], "Missing argument"),
        (["paint", "a.tif"], "No such command"),
        (["convert", "a.tif", "--colour"], "No such option"),
        (["convert", "a.tif", "-c", "9"], "--compression-level"),
        (["convert", "a.tif", "-c", "much"], "--compression-level"),
        (["convert", "a.tif", "--workers", "0"], "--workers"),
        (["compare", "a.tif"], "Missing argument"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_usage(tmp_path, arguments, word):
    write_tif(tmp_path / "a.tif")
    done = run(*arguments, cwd=tmp_path)
    assert done.returncode == 2 and done.stdout == ""
    assert done.stderr.startswith("Usage: ")
    assert word in done.stderr and "Traceback" not in done.stderr
    assert names(tmp_path) == ["a.tif"]
