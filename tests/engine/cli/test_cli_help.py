"""Version and help."""

import re

from flac_raster_qgis.engine import __version__
from kits.cli import run, succeed


def test_version():
    assert succeed("--version") == f"flac-raster-qgis {__version__}\n"


def test_help_lists_the_commands():
    text = succeed("--help")
    for command in ("convert", "query", "extract", "info", "compare", "verify"):
        assert f"\n  {command} " in text


def test_no_line_of_the_list_is_cut_off():
    _, _, commands = succeed("--help").partition("Commands:")
    lines = [line for line in commands.splitlines() if line.strip()]
    assert len(lines) >= 10
    assert all(re.match(r"  [a-z-]+ +[A-Z].*\w\.$", line) for line in lines), commands


def test_help_of_convert_lists_its_options():
    text = succeed("convert", "--help")
    for option in (
        *(
            "-o",
            "--output",
            "-c",
            "--compression-level",
            "--tile-size",
            "--overview-resampling",
            "--workers",
        ),
        "--interleave",
        *("--cog", "-f", "--overwrite", "-v", "--verbose"),
    ):
        assert option in text
    assert "auto|average|mode|nearest|none" in text
    assert "auto|pixel|band" in text


def test_no_arguments_show_the_help():
    done = run()
    assert done.returncode == 2 and done.stdout == ""
    assert "Usage: " in done.stderr
