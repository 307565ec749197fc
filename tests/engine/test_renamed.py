"""Old names of options and functions, which scripts use; a warning says the new ones."""

from functools import partial

import numpy as np
import pytest
from flac_raster_qgis.engine import Band, RasterMetadata, WriteOptions, convert, info
from kits.area import write_flac
from kits.cli import run, strict_json, succeed

from flac_raster_qgis import engine


@pytest.fixture
def flac(tmp_path):
    return write_flac(tmp_path / "x.flac", np.zeros((1, 40, 40), np.uint8))


def test_describe_is_info(flac):
    with pytest.warns(DeprecationWarning, match="describe is now named info"):
        found = engine.describe(flac)
    assert found == info(flac)


def test_area_in_two_is_a_disjoint_area():
    assert engine.AreaInTwo is engine.DisjointArea


def test_keywords_of_write_options():
    with pytest.warns(DeprecationWarning, match="level is now named compression_level"):
        assert WriteOptions(level=3) == WriteOptions(compression_level=3)
    with pytest.warns(DeprecationWarning, match="overviews is now named overview_resampling"):
        assert WriteOptions(overviews="mode") == WriteOptions(overview_resampling="mode")
    with pytest.warns(DeprecationWarning), pytest.raises(TypeError, match="same argument"):
        WriteOptions(level=3, compression_level=4)


def test_keywords_of_convert(flac, tmp_path):
    with pytest.warns(DeprecationWarning) as caught:
        convert(flac, tmp_path / "old.flac", level=3, overviews="none", tile_size=16)
    assert {warning.filename for warning in caught} == {__file__}
    convert(
        flac,
        tmp_path / "new.flac",
        compression_level=3,
        overview_resampling="none",
        tile_size=16,
    )
    assert (tmp_path / "old.flac").read_bytes() == (tmp_path / "new.flac").read_bytes()


def test_options_of_the_command_line(flac, tmp_path):
    old = ["--compression=3", "--overviews", "none", "--force", "--no-skip"]
    new = ["--compression-level=3", "--overview-resampling", "none", "--overwrite"]
    for name, options in (("old.flac", old), ("new.flac", [*new, "--no-skip-identical"])):
        for _ in range(2):  # the second time in the place of the first
            succeed("convert", "x.flac", "-o", name, *options, cwd=tmp_path)
    assert (tmp_path / "old.flac").read_bytes() == (tmp_path / "new.flac").read_bytes()
    assert "already" in succeed("convert", "x.flac", "-o", "new.flac", "--skip", cwd=tmp_path)
    for pair in (("--tile-id", "--tile"), ("--tile-id=0", "--tile=0")):
        value = [] if "=" in pair[0] else ["0"]
        texts = [succeed("query", "x.flac", name, *value, cwd=tmp_path) for name in pair]
        assert texts[0] == texts[1]
    names = [("--format", "data"), ("--format", "tiles")]
    for format_name, output in zip(names, ("a.out", "b.out")):
        succeed("query", "x.flac", *format_name, "-o", output, cwd=tmp_path)
    assert (tmp_path / "a.out").read_bytes() == (tmp_path / "b.out").read_bytes()
    found = strict_json(succeed("verify", "x.flac", "--each-tile", "--json", cwd=tmp_path))
    assert len(found["all_tiles"]) == found["tiles"]


def test_old_options_are_not_in_the_help():
    for command in ("convert", "query", "extract", "verify", "create-streaming"):
        text = succeed(command, "--help")
        for old in (
            "--force",
            "--overviews",
            "--tile-id",
            "--each-tile",
            "--skip/",
            "--compression ",
        ):
            assert old not in text
    assert "No such option: --forced" in run("convert", "x.tif", "--forced").stderr


@pytest.mark.parametrize(
    ("make", "old", "new", "value"),
    [
        (partial(RasterMetadata, 4, 3, "uint8", (Band(),)), "mask", "has_mask", True),
        (partial(RasterMetadata, 4, 3, "uint8", (Band(),)), "bits", "nbits", 3),
        (Band, "interpretation", "color_interpretation", "gray"),
    ],
    ids=["mask", "bits", "interpretation"],
)
def test_metadata(make, old, new, value):
    with pytest.warns(DeprecationWarning, match=f"{old} is now named {new}"):
        made = make(**{old: value})
    assert made == make(**{new: value}) and getattr(made, new) == value
