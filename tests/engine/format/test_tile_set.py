"""Tiles by arithmetic: the same as tiles listed one by one."""

import json
import string

import numpy as np
import pytest
from flac_raster_qgis.engine.errors import CorruptFile, UnsupportedVersion
from flac_raster_qgis.engine.format import index_text
from flac_raster_qgis.engine.format.index_text import read_index
from flac_raster_qgis.engine.format.tag_text import encode_text
from flac_raster_qgis.engine.format.tile_index import TileIndex
from flac_raster_qgis.engine.format.tile_set import TileSet
from flac_raster_qgis.engine.model.grid import Grid, TileKey, Window
from hypothesis import given
from hypothesis import strategies as st


@st.composite
def indexes(draw):
    """An index of a small pyramid, and the sizes of all its tiles."""
    width, height = draw(st.integers(1, 400)), draw(st.integers(1, 400))
    bands = draw(st.integers(1, 7))
    grid = Grid.pyramid(width, height, 16 * draw(st.integers(1, 4)), bands, 1)
    grid = Grid(
        width,
        height,
        grid.tile_size,
        draw(st.integers(1, grid.level_count)),
        bands,
        draw(st.integers(1, bands)),
    )
    generator = np.random.default_rng(draw(st.integers(0, 2**32)))
    sizes = generator.integers(1, 2 ** draw(st.integers(1, 40)), grid.tile_count)
    sizes[generator.random(grid.tile_count) < draw(st.sampled_from([0, 0.5, 0.99, 1]))] = 0
    sizes[0] = max(sizes[0], 1)
    return TileIndex.of(grid, sizes.astype(np.int64), 100), sizes


def reference(index, sizes):
    """Where each tile lies, added up one by one."""
    places, end = {}, index.frames_start
    for key, size in zip(index.grid.keys(), sizes.tolist()):
        end += size
        places[key] = (end - size, size) if places else (0, end)
    return places


@given(indexes())
def test_places_of_all_tiles(made):
    index, sizes = made
    places = reference(index, sizes)
    assert {key: index.byte_range(key) for key in places} == places
    assert index.end == sum(next(reversed(places.values())))
    stored = [key for key, (_, size) in places.items() if size]
    assert index.stored_keys() == stored
    assert index.empty_count == len(places) - len(stored)
    for level in index.grid.levels:
        of_level = [size for size, key in zip(sizes, places) if key.level == level.number]
        assert index.level_bytes(level.number) == sum(of_level)


@st.composite
def tile_sets(draw, grid):
    """Some tiles of a level, and the same ones as a list."""
    level = draw(st.sampled_from(grid.levels))
    left, top = draw(st.integers(0, level.width - 1)), draw(st.integers(0, level.height - 1))
    window = Window(
        left,
        top,
        draw(st.integers(1, level.width - left)),
        draw(st.integers(1, level.height - top)),
    )
    bands = draw(st.none() | st.lists(st.integers(0, grid.bands - 1), min_size=1))
    tiles, keys = TileSet.in_window(level, window, bands), level.keys_in(window, bands)
    if draw(st.booleans()):
        chosen = sorted(draw(st.sets(st.integers(0, len(keys) - 1))))
        tiles, keys = tiles.select(np.array(chosen, np.int64)), [keys[n] for n in chosen]
    return tiles, keys


@given(st.data())
def test_tiles_of_a_window(data):
    index, sizes = data.draw(indexes())
    tiles, keys = data.draw(tile_sets(index.grid))
    assert (len(tiles), list(tiles), list(tiles[:3])) == (len(keys), keys, keys[:3])
    assert [tiles[n] for n in range(-len(keys), len(keys))] == keys + keys
    with pytest.raises(IndexError):
        tiles[len(keys)]
    places = reference(index, sizes)
    expected = [(n, *places[key]) for n, key in enumerate(keys) if places[key][1]]
    for asked in (tiles, keys):
        stored = index.stored(asked)
        found = zip(stored.numbers.tolist(), stored.ranges)
        assert [(number, *place) for number, place in found] == expected
    turned = index.stored(keys[::-1])
    assert turned.ranges == index.stored(keys).ranges[::-1]
    ends = sorted(
        data.draw(st.lists(st.integers(0, tiles.level.tile_columns), min_size=2, max_size=4))
    )
    columns = [range(*pair) for pair in zip(ends[::2], ends[1::2])]
    right = [key for key in keys if any(key.column in one for one in columns)]
    assert list(tiles.in_columns(columns)) == right


@given(indexes(), st.integers(0, 6))
def test_which_squares_take_bytes(made, band):
    index, sizes = made
    places, band = reference(index, sizes), band % index.grid.bands
    for level in index.grid.levels:
        rows, columns = np.mgrid[: level.tile_rows, : level.tile_columns]
        found = index.takes_bytes(level.number, rows, columns, band)
        first = level.first_band(band)
        for row, column in np.ndindex(found.shape):
            expected = places[TileKey(level.number, row, column, first)][1] > 0
            assert found[row, column] == expected


# ---------------------------------------------------------------- as text


def read(text, index):
    grid = index.grid
    return read_index(
        encode_text(text.encode()),
        width=grid.width,
        height=grid.height,
        bands=grid.bands,
        frames_start=index.frames_start,
        name="x",
    )


def document_of(index, sizes):
    grid, sizes = index.grid, sizes.tolist()
    levels = []
    for level in reversed(grid.levels):
        own, sizes = sizes[: level.tile_count], sizes[level.tile_count :]
        levels.append({"width": level.width, "height": level.height, "sizes": own})
    head = {"tile_size": grid.tile_size, "tile_bands": grid.tile_bands, "order": "row-major"}
    return {**head, "levels": levels}


def assert_same(found, index):
    assert found.grid == index.grid
    assert (found.positions.tolist(), found.sizes.tolist()) == (
        index.positions.tolist(),
        index.sizes.tolist(),
    )


@pytest.mark.parametrize("short", [0, 1 << 12])
@given(indexes(), st.sampled_from([None, 0, 2, 7, "\t", "\r\n"]), st.booleans())
def test_any_json_of_an_index(monkeypatch, short, made, indent, turned):
    """Whatever spaces a writer puts, and in whatever order the keys stand."""
    monkeypatch.setattr(index_text, "_SHORT", short)
    index, sizes = made
    document = document_of(index, sizes)
    if turned:
        document = dict(reversed(document.items()))
        document["levels"] = [dict(reversed(level.items())) for level in document["levels"]]
        document["remark"] = "sizes: [1,2] or {3}]"
    assert_same(read(json.dumps(document, indent=indent), index), index)


@given(indexes())
def test_the_text_that_is_written(made):
    index, _ = made
    found = read_index(
        index.to_text(),
        width=index.grid.width,
        height=index.grid.height,
        bands=index.grid.bands,
        frames_start=100,
        name="x",
    )
    assert_same(found, index)


def test_long_lists_are_parsed_in_pieces():
    columns = 200_000
    grid = Grid(16 * columns, 16, 16, 1)
    sizes = np.random.default_rng(3).integers(0, 3, columns) * 2**39
    sizes[0] = 7
    index = TileIndex.of(grid, sizes, 0)
    document = document_of(index, sizes)
    for separators in [(",", ":"), (" , \n", ":")]:
        assert_same(read(json.dumps(document, separators=separators), index), index)


@pytest.mark.parametrize("short", [0, 1 << 12])
@given(st.data())
def test_what_is_taken_is_what_json_says(monkeypatch, short, data):
    """A changed text is refused, or means the same to a parser of JSON."""
    monkeypatch.setattr(index_text, "_SHORT", short)
    index, sizes = data.draw(indexes().filter(lambda made: made[0].grid.tile_count < 200))
    text = json.dumps(document_of(index, sizes), separators=(",", ":"))
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(text)))
        end = min(len(text), place + data.draw(st.integers(0, 2)))
        letters = data.draw(st.text(string.digits + ',[]{}"-+.eE \n', max_size=2))
        text = text[:place] + letters + text[end:]
    try:
        found = read(text, index)
    except (CorruptFile, UnsupportedVersion):
        return
    levels = json.loads(text)["levels"]
    expected = np.array([size for level in levels for size in level["sizes"]])
    assert expected.dtype.kind == "i" and expected[0] >= 0
    dense = np.zeros(found.grid.tile_count, np.int64)
    dense[found.positions] = found.sizes
    assert dense.tolist() == expected.tolist()
