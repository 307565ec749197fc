"""On a terminal: a progress bar on stderr; results on stdout stay clean."""

import os
import subprocess

import pytest
from kits.cli import COMMAND, ENVIRONMENT, strict_json
from kits.geotiff import write_tif
from kits.rasters import slope, write_flac

pty = pytest.importorskip("pty", reason="terminals of this kind exist on Unix only")


def run_on_terminal(*arguments, cwd):
    """Run with stderr on a terminal; return exit status, stdout, and what the terminal got."""
    try:
        ours, theirs = pty.openpty()
    except OSError as error:
        pytest.skip(f"this system gives no terminal ({error})")
    process = subprocess.Popen(
        [*COMMAND, *arguments],
        cwd=cwd,
        env={**ENVIRONMENT, "TERM": "xterm", "COLUMNS": "100"},
        stdout=subprocess.PIPE,
        stderr=theirs,
    )
    os.close(theirs)
    shown = b""
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:  # Linux reports the end of a terminal as an error
            break
        if not part:
            break
        shown += part
    os.close(ours)
    out = process.stdout.read().decode()
    process.stdout.close()
    return process.wait(30), out, shown.decode()


def test_progress_bar_of_convert(tmp_path):
    write_tif(tmp_path / "a.tif", slope(160, 160))
    status, out, shown = run_on_terminal("convert", "a.tif", "--tile-size", "16", cwd=tmp_path)
    assert status == 0
    assert out.startswith("a.flac: ") and out.count("\n") == 1 and "\x1b" not in out
    assert "Converting a.tif" in shown and "%" in shown
    assert shown.endswith("\x1b[2K") or shown.rstrip("\r\n").endswith(("\x1b[?25h", "\x1b[2K"))


def test_json_stays_clean(tmp_path):
    write_flac(tmp_path / "a.flac", slope(160, 160))
    status, out, shown = run_on_terminal("verify", "--json", "a.flac", cwd=tmp_path)
    assert status == 0
    assert strict_json(out)["valid"] is True
    assert "Verifying a.flac" in shown


def test_markup_in_a_name_is_shown_as_it_is(tmp_path):
    write_tif(tmp_path / "[bold]x.tif", slope(50, 50))
    status, out, shown = run_on_terminal("convert", "[bold]x.tif", cwd=tmp_path)
    assert status == 0
    assert "Converting [bold]x.tif" in shown
    assert out.startswith("[bold]x.flac: ")


def test_error_in_colour(tmp_path):
    status, out, shown = run_on_terminal("info", "none.flac", cwd=tmp_path)
    assert (status, out) == (2, "")
    assert "\x1b[1;31mError:\x1b[0m none.flac does not exist" in shown
