"""Texts from files are shown as they are: no markup, no emoji, no control characters."""

import os

import pytest
from flac_raster_qgis.engine import verify
from flac_raster_qgis.engine.cli import console
from kits.cli import run, strict_json, succeed
from kits.geotiff import write_tif
from kits.rasters import slope, write_flac

MARKUP = "[bold]x[/] [/nothing] [link=file:///]y[/link] \\[z]"


def test_markup_in_a_table(tmp_path):
    write_flac(
        tmp_path / "a.flac", description=MARKUP, unit="[red]m[/]", color_interpretation="[/x]"
    )
    text = succeed("info", "a.flac", cwd=tmp_path)
    assert MARKUP in text and "[red]m[/]" in text and "[/x]" in text


def test_markup_in_differences_is_shown_even_where_it_is_cut(tmp_path):
    """Long values are cut; wherever that falls, nothing is added that was not there."""
    for start in range(42, 49):
        text = "." * start + "[bold]x[/]" * 10
        write_flac(tmp_path / "a.flac", slope(4, 4), description=text)
        write_flac(tmp_path / "b.flac", slope(4, 4), description="other")
        shown = run("compare", "a.flac", "b.flac", "--no-bands", cwd=tmp_path).stdout
        cut = next(word for word in shown.split() if word.startswith("....."))
        assert "\\" not in cut and text.startswith(cut[:-3]) and cut.endswith("...")


def test_emoji_codes_stay_what_they_are(tmp_path):
    write_flac(tmp_path / "12:a:30.flac", description=":bomb: at 12:a:30")
    text = succeed("info", "12:a:30.flac", cwd=tmp_path)
    assert text.startswith("12:a:30.flac") and ":bomb: at 12:a:30" in text


def test_emoji_codes_in_an_error(tmp_path):
    done = run("info", "12:a:30.flac", cwd=tmp_path)
    assert done.stderr == "Error: 12:a:30.flac does not exist. Check the path.\n"


def test_control_characters_do_not_reach_the_terminal(tmp_path):
    write_flac(
        tmp_path / "a.flac", description="\x1b[2J\x1b]0;title\x07\r\x08x\u202e", unit="\x9b31m"
    )
    text = succeed("info", "a.flac", cwd=tmp_path)
    assert not set(text) & set("\x1b\x07\x08\r\x9b\u202e")


#: Turn the direction of what follows, without being seen.
BIDI = [chr(c) for c in (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x61C)]


@pytest.mark.parametrize("character", [*BIDI, "\x1b", "\x9b", "\r", "\u2028"], ids=ascii)
def test_what_a_terminal_obeys_is_spelled_out_in_warnings_and_notes(tmp_path, character):
    """Of a name, and of texts in the file that a warning quotes."""
    source = tmp_path / f"a{character}b.flac"
    write_flac(source, description=f"x{character}y", unit=f"u{character}", tile_size=16)
    spelled = repr(character)[1:-1]
    streaming = run("create-streaming", source.name, "-o", "s.flac", cwd=tmp_path)
    assert streaming.returncode == 0 and "Warning:" in streaming.stderr
    plain = run("convert", source.name, "-o", "x.tif", cwd=tmp_path)
    assert plain.returncode == 0 and "Note:" in plain.stdout
    twice = run("convert", "s.flac", source.name, cwd=tmp_path)
    assert twice.returncode == 2 and "is taken for a second raster" in twice.stderr
    for done in (streaming, plain, twice):
        shown = done.stdout + done.stderr
        assert character not in shown and spelled in shown


def test_control_characters_in_a_name(tmp_path):
    done = run("info", "a\x1b[31m.flac", cwd=tmp_path)
    assert done.returncode == 2 and "\x1b" not in done.stderr


NO_UNICODE = os.fsdecode(b"na\xefve.flac")


@pytest.mark.parametrize("line", ["info", "info --json", "verify", "verify --json", "convert -f"])
def test_name_that_is_no_unicode(tmp_path, line):
    write_flac(tmp_path / "a.flac").rename(tmp_path / NO_UNICODE)
    arguments = [*line.split(), NO_UNICODE]
    if "convert" in line:
        arguments += ["-o", "b.tif"]
    done = run(*arguments, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    if "--json" in line:
        strict_json(done.stdout.encode("utf-8", "surrogateescape").decode("utf-8"))


@pytest.mark.parametrize("line", ["info", "verify", "convert"])
def test_error_about_a_name_that_is_no_unicode(tmp_path, line):
    done = run(line, NO_UNICODE, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith("Error: ") and "does not exist" in done.stderr


def test_geotiff_whose_name_is_no_unicode(tmp_path):
    """GDAL takes no such names from rasterio; then that is said in a sentence."""
    name = NO_UNICODE.replace(".flac", ".tif")
    write_tif(tmp_path / "a.tif").rename(tmp_path / name)
    done = run("convert", name, cwd=tmp_path)
    if done.returncode:
        assert done.stderr.startswith("Error: ") and done.stderr.count("\n") == 1
    else:
        assert verify(tmp_path / NO_UNICODE).valid


@pytest.mark.parametrize(
    ("part", "text"),
    [
        *(
            (0, "0 %"),
            (1e-9, "< 0.1 %"),
            (0.00049, "< 0.1 %"),
            (0.0005, "0.1 %"),
            (0.0462, "4.6 %"),
        ),
        *((0.99949, "99.9 %"), (0.9996, "> 99.9 %"), (1 - 1e-12, "> 99.9 %"), (1, "100 %")),
        *((1.004, "100.4 %"), (1.0001, "> 100 %"), (14.3834, "1438.3 %"), (-0.02, "-2.0 %")),
        *((99.999, "9999.9 %"), (100, "100 times"), (7503.352, "7,503 times")),
    ],
)
def test_parts_are_not_rounded_to_nothing_or_all(part, text):
    assert console.percent(part) == text


@pytest.mark.parametrize(
    ("count", "text"),
    [
        *((0, "0 bytes"), (1, "1 byte"), (999, "999 bytes"), (1000, "1.0 kB"), (1049, "1.0 kB")),
        *((99_949, "99.9 kB"), (99_951, "100 kB"), (999_499, "999 kB"), (999_500, "1.0 MB")),
        *((2_340_000, "2.3 MB"), (10**10, "10.0 GB"), (3 * 10**15, "3000 TB"), (None, "–")),
    ],
)
def test_sizes_have_one_decimal_below_100(count, text):
    assert console.size(count) == text


def test_a_file_much_larger_than_its_pixels(tmp_path):
    """Of a raster of one pixel, whose metadata are all there is."""
    write_tif(tmp_path / "one.tif", slope(1, 1, dtype="uint8"))
    line = succeed("convert", "one.tif", cwd=tmp_path)
    assert " times 1 byte of pixels, " in line and "%" not in line and "1 bytes" not in line
    assert " times the pixels" in succeed("info", "one.flac", cwd=tmp_path)


def test_one_is_not_many(tmp_path):
    write_flac(tmp_path / "one.flac", slope(8, 8))
    write_flac(tmp_path / "more.flac", slope(count=3))
    one, more = (tmp_path / f"{name}.flac" for name in ("one", "more"))
    assert "is intact: 1 tile decoded" in succeed("verify", one)
    assert "is intact: 9 tiles decoded" in succeed("verify", more)
    assert "pixels, 1 band " in succeed("info", one) and "1 band each" in succeed("info", one)
    assert "pixels, 3 bands " in succeed("info", more) and "3 bands each" in succeed("info", more)
    assert ": 1 tile, " in succeed("query", one)
    for command in ("info", "verify", "query"):
        for path in (one, more):
            assert "(s)" not in succeed(command, path)
