"""Which tiles a condition keeps: never too few, and exactly the right ones where that is known."""

from __future__ import annotations

import dataclasses
import operator

import numpy as np
import pytest
from flac_raster_qgis.engine import FlacRaster, WriteOptions, write_raster
from flac_raster_qgis.engine.errors import InputError
from flac_raster_qgis.engine.model.grid import TileKey
from hypothesis import given
from hypothesis import strategies as st
from kits.area import tiles_where
from kits.min_max import SIZE, expected, under
from kits.strategies import rasters

COMPARE = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "==": operator.eq,
    "!=": operator.ne,
    "<>": operator.ne,
}


def truth(raster, grid, key, name, band, symbol, limit):
    """Whether a comparison holds of the pixels of full resolution that a tile stands for."""
    bands = grid.tile_band_range(key) if band is None else [band]
    known = [expected(raster, n, *under(key)) for n in bands]
    known = [pair for pair in known if pair is not None]
    if not known:
        return False
    found = min(low for low, _ in known) if name == "min" else max(high for _, high in known)
    return COMPARE[symbol](found, limit)


@st.composite
def comparisons(draw, raster):
    """Name, band, symbol and a limit, which is often a pixel of the raster."""
    pixels = raster._array.reshape(-1)
    pixel = pixels[draw(st.integers(0, pixels.size - 1))].item()
    if pixel != pixel:
        pixel = 0
    limit = draw(st.sampled_from([pixel, 0, 100.5, -3, 2**64, float("inf")]))
    band = draw(st.one_of(st.none(), st.integers(0, raster.metadata.count - 1)))
    return draw(st.sampled_from(["min", "max"])), band, draw(st.sampled_from([*COMPARE])), limit


@given(st.data())
def test_exactly_the_right_tiles_and_never_too_few(tmp_path, data):
    raster = data.draw(rasters(max_bands=6))
    if np.dtype(raster.metadata.dtype).kind == "c":
        return
    path = tmp_path / "x.flac"
    interleave = data.draw(st.sampled_from(["auto", "band"]))
    options = WriteOptions(tile_size=SIZE, effort="fast", interleave=interleave, workers=1)
    write_raster(raster, path, options)
    first, second = (data.draw(comparisons(raster)) for _ in range(2))
    texts = [
        f"{'' if band is None else f'band{band + 1}.'}{name} {symbol} {limit}"
        for name, band, symbol, limit in (first, second)
    ]
    with FlacRaster.open(path) as back:
        keys = list(back.grid.keys())
        a, b = (
            [key for key in keys if truth(raster, back.grid, key, *one)] for one in (first, second)
        )
        conditions = {
            texts[0]: a,
            f"{texts[0]} and {texts[1]}": [key for key in a if key in b],
            f"{texts[0]} OR ({texts[1]})": [key for key in keys if key in a or key in b],
        }
        for text, right in conditions.items():
            assert tiles_where(back, keys, text) == right
        for _ in back.levels[1:]:
            coarser = back.head.statistics.coarsen()
            back.head = dataclasses.replace(back.head, statistics=coarser)
            for text, right in conditions.items():
                assert set(tiles_where(back, keys, text)) >= set(right)


@pytest.fixture
def opened(tmp_path, make_raster):
    """Two bands: tile n of 4 has 10 n to 10 n + 1 in the first, the same negated in the other."""
    steps = np.repeat(np.arange(4), SIZE) * 10 + np.arange(4 * SIZE) % 2
    array = np.broadcast_to(np.stack([steps, -steps])[:, None], (2, SIZE, 4 * SIZE))
    path = tmp_path / "x.flac"
    write_raster(make_raster(array.astype("int16")), path, WriteOptions(tile_size=SIZE))
    with FlacRaster.open(path) as raster:
        yield raster


@pytest.mark.parametrize(
    ("condition", "columns"),
    [
        ("max > 20", [2, 3]),
        ("max>20", [2, 3]),
        ("MAX > 2.0e1", [2, 3]),
        ("20 < max", [2, 3]),
        ("max >= 31.", [3]),
        ("max > 31", []),
        ("min < -.5", [0, 1, 2, 3]),
        ("band2.max = 0", [0]),
        ("Band2.Min == -21 or band1.min=30", [2, 3]),
        ("band1.min <= 10 and band2.min<-10", [1]),
        ("band1.min = 0 or band1.min = 10 and max > 100", [0]),
        ("(band1.min = 0 or band1.min = 10) and max > 100", []),
        ("10 <= band1.min <= band1.max < +22", [1, 2]),
        ("band1.max <> 1", [1, 2, 3]),
        ("min > -inf", [0, 1, 2, 3]),
        ("((max > 20))", [2, 3]),
        ("  max > 20\n", [2, 3]),
    ],
)
def test_conditions(opened, condition, columns):
    keys = list(opened.levels[0].keys())
    assert [key.column for key in tiles_where(opened, keys, condition)] == columns


def test_of_coarser_levels(opened):
    assert tiles_where(opened, [TileKey(1, 0, 0), TileKey(1, 0, 1)], "max > 11") == [(1, 0, 1, 0)]
    assert tiles_where(opened, [TileKey(2, 0, 0)], "max > 30") == [(2, 0, 0, 0)]
    assert tiles_where(opened, [], "max > 30") == []


WRONG = ["", "  ", "max", "max >", "> 3", "max > 3 4", "3", "max and min", "and", "max > 3 and"]
WRONG += ["(max > 3", "max > 3)", "()", "not max > 3", "max + 1 > 2", "max => 3", "max > > 3"]
WRONG += ["max > nan", "max > infinity", "max > 1_0", "max > 1j", "max > 0x1", "max > 1.2.3"]
WRONG += ["max.min > 3", "band.max > 3", "band0.max > 3", "band01.max > 3", "band-1.max > 3"]
WRONG += ["b1.max > 3", "mean > 3", "band1 > 3", "max > band1", "max > '3'", "max > 3; max > 4"]
WRONG += ["__import__('os').system('true')", "max.__class__ > 3", "lambda: 0", "max > 3 # all"]
WRONG += ["max > 3 or " * 200 + "max > 3", "(" * 60 + "max > 3" + ")" * 60, "(" * 900, "max > ٣"]
WRONG += ["\x00", "max\x00 > 3", "ｍａｘ > 3", "max > " + "9" * 2000, "1" + "<1" * 490 + "<"]


@pytest.mark.parametrize("condition", WRONG, ids=lambda text: ascii(text[:30]))
def test_what_is_not_understood(opened, condition):
    with pytest.raises(InputError, match="is not understood.*expected comparisons"):
        tiles_where(opened, list(opened.levels[0].keys()), condition)


@pytest.mark.parametrize("band", [3, 999999])
def test_bands_that_are_not_there(opened, band):
    with pytest.raises(InputError, match="bands 1 to 2"):
        tiles_where(opened, [], f"band{band}.max > 3")


def test_files_that_do_not_list_them(opened, tmp_path, make_raster):
    opened.head = dataclasses.replace(opened.head, statistics=None)
    with pytest.raises(InputError, match="Convert the original"):
        tiles_where(opened, [], "max > 3")
    write_raster(make_raster(np.ones((1, 4, 4), "complex64")), tmp_path / "c.flac")
    with FlacRaster.open(tmp_path / "c.flac") as raster:
        with pytest.raises(InputError, match="complex numbers have no order"):
            tiles_where(raster, [], "max > 3")
