"""Each step and each coding is undone exactly, for every width, shape, mask and number of bands."""

import tracemalloc
from unittest import mock

import numpy as np
import pytest
from flac_raster_qgis.engine import options
from flac_raster_qgis.engine.coding import cost_model, mask, select
from flac_raster_qgis.engine.coding import segment as part
from flac_raster_qgis.engine.coding import words as pixels
from flac_raster_qgis.engine.coding.decode import decode_segments
from flac_raster_qgis.engine.coding.effort import PROFILES
from flac_raster_qgis.engine.coding.interpolation import context_sort, parameters, range_folding
from flac_raster_qgis.engine.coding.interpolation import interband as bands
from flac_raster_qgis.engine.coding.interpolation import transform as interpolation
from flac_raster_qgis.engine.coding.interpolation.parameters import InterpolationParameters
from flac_raster_qgis.engine.coding.interpolation.refinement import PASSES
from flac_raster_qgis.engine.coding.interpolation.stored_mask import StoredMask
from flac_raster_qgis.engine.coding.labels import codec as labels
from flac_raster_qgis.engine.coding.labels import mispredictions
from flac_raster_qgis.engine.coding.planes import fill_values as holes
from flac_raster_qgis.engine.coding.planes import integer_scaling
from flac_raster_qgis.engine.coding.prediction import zero_runs
from flac_raster_qgis.engine.coding.registry import CODECS
from flac_raster_qgis.engine.coding.segment import Flag
from flac_raster_qgis.engine.model import data_types
from flac_raster_qgis.engine.tile.encoding import smallest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from kits import forced_codings
from kits.strategies import arrays, nodata_for, places

WORDS = ("uint8", "uint16", "uint32", "uint64")
REAL = tuple(d for d in data_types.DTYPES if not d.startswith("complex"))
multiples = st.sampled_from([32, 64, 96])
AS_USUAL = InterpolationParameters()
BALANCED = PROFILES["balanced"]
SMALL = st.tuples(st.integers(1, 70), st.integers(1, 70))
PLAIN, ROW, PLANE = (CODECS[number] for number in range(3))


def parts_of(planes, coding, nodata=None, **variant):
    """Return the parts of planes in the given coding; nodata is that of all planes."""
    if nodata is not None:
        nodata = np.asarray(np.array(nodata).astype(planes.dtype))
    return forced_codings.segments(coding, **variant)(planes, [nodata] * len(planes))


def stored_planes(*described):
    """Return the planes of a single part."""
    (planes,) = decode_segments([part.EncodedSegment(*described)])
    return planes


def decoded(one, planes):
    """Decode a part; what it is made of may be changed."""
    shape = (len(one.planes), *planes.shape[1:])
    return stored_planes(one.coding, one.samples, one.side, shape, planes.dtype)


@st.composite
def variants(draw, bands=1):
    """What a lattice can choose, as parameters of `forced_codings.only`."""
    fold = bands == 1 and draw(st.booleans())
    sharp = not fold and draw(st.booleans())
    return {
        "by_mean": sharp or draw(st.booleans()),
        "sharp": sharp,
        "fold": fold,
        "side": draw(st.sampled_from([1, 2])),
        "refinements": draw(st.sampled_from([3, 4])),
    }


@pytest.mark.parametrize("codec", [PLAIN, ROW, PLANE], ids=["plain", "row", "plane"])
@given(arrays(dtypes=WORDS))
def test_predictors(codec, array):
    before = array.copy()
    stored = codec.difference(array)
    assert (array == before).all(), "a coding must not change its input"
    assert stored.dtype == array.dtype and stored.shape == array.shape
    assert (codec.integrate(stored) == array).all()


@pytest.mark.parametrize("dtype", WORDS)
def test_rows_are_added_up_at_every_height(dtype):
    for height in range(1, 70):
        words = np.random.default_rng(height).integers(0, 256, (2, height, 3)).astype(dtype)
        assert (ROW.integrate(ROW.difference(words)) == words).all()


def test_plain_is_the_pixels_themselves():
    values = np.array([[[-5, 0, 7]]], np.int16)
    assert PLAIN.difference(pixels.to_words(values)).view(np.int16).tolist() == values.tolist()


def test_row_leaves_nothing_of_equal_rows_and_plane_nothing_of_a_plane():
    ramp = np.add.outer(3 * np.arange(6), 5 * np.arange(7)).astype(np.uint16)[np.newaxis]
    rows = np.broadcast_to(ramp[:, :1], ramp.shape).copy()
    assert not ROW.difference(rows)[:, 1:].any()
    assert not PLANE.difference(ramp)[:, 1:, 1:].any()


# ---------------------------------------------------------------- masks


@given(places())
def test_mask(found):
    for one in found:
        packed = mask.pack(one)
        assert len(packed) <= 1 + -(-one.size // 8)
        assert (mask.unpack(packed, one.shape) == one).all()
        bits = bytes([mask.BITS]) + np.packbits(one).tobytes()
        assert (mask.unpack(bits, one.shape) == one).all()


def test_masks_of_shapes_are_short_and_of_noise_no_longer_than_bits():
    rows, columns = np.mgrid[:512, :512]
    circle = np.hypot(rows - 250, columns - 250) < 200
    assert len(mask.pack(circle)) < 2000
    noise = np.random.default_rng(0).random((512, 512)) < 0.5
    assert len(mask.pack(noise)) == 1 + 512 * 512 // 8
    assert mask.pack(np.zeros((512, 512), bool)) == bytes([mask.CHANGES])


@given(st.binary(max_size=40), st.tuples(st.integers(1, 20), st.integers(1, 20)))
def test_bytes_that_are_no_mask_are_refused(data, shape):
    for first in (b"", b"\0", b"\1"):
        try:
            found = mask.unpack(first + data, shape)
        except ValueError:
            continue
        assert found.shape == shape and found.dtype == bool
        assert found.view(np.uint8).max() <= 1
        assert (mask.unpack(mask.pack(found), shape) == found).all()


@pytest.mark.parametrize(
    "data",
    [b"", b"\0", b"\0\0", b"\0\0\0\0", b"\2\0\0", b"\xff", b"\1\x0c", b"\1\0\x0b", b"\1\0\0\0"],
)
def test_no_mask_of_12_pixels(data):
    with pytest.raises(ValueError, match="mask"):
        mask.unpack(data, (3, 4))


# ---------------------------------------------------------------- residuals near an end


def count_before(residual):
    """Return how many come before each in 0, -1, 1, -2, 2, ..., as unsigned of the same width."""
    signed = residual.view(f"i{residual.itemsize}")
    return (residual << 1) ^ (signed >> (8 * residual.itemsize - 1)).view(residual.dtype)


@given(st.integers(0, 255), st.integers(0, 255))
def test_folding_takes_the_smallest_counts_for_every_prediction(one, other):
    low, high = sorted((one, other))
    values = np.arange(low, high + 1, dtype=np.uint8)
    prediction, value = (a.copy() for a in np.broadcast_arrays(values[:, np.newaxis], values))
    difference = value - prediction
    stored = difference.copy()
    low, high = values[[0, -1]]
    range_folding.fold_range(stored, prediction, low, high)
    # FLAC stores 0, -1, 1, -2, 2 at growing cost
    counts = np.sort(count_before(stored), axis=1)
    assert (counts == np.arange(values.size)).all()
    range_folding.unfold_range(stored, prediction, low, high)
    assert (stored == difference).all()


@given(st.sampled_from(WORDS), st.data())
def test_folding_words_of_every_width(dtype, data):
    word = st.integers(0, np.iinfo(dtype).max)
    low, high = sorted((data.draw(word), data.draw(word)))
    inside = st.one_of(st.integers(low, high), st.sampled_from([low, high, (low + high) // 2]))
    pairs = data.draw(st.lists(st.tuples(inside, inside), min_size=1, max_size=30))
    value, prediction = (np.array(side, dtype) for side in zip(*pairs))
    before = prediction.copy()
    stored = value - prediction
    limits = np.array([low, high], dtype)
    range_folding.fold_range(stored, prediction, *limits)
    assert max(count_before(stored).tolist()) <= high - low
    range_folding.unfold_range(stored, prediction, *limits)
    assert (prediction + stored == value).all() and (prediction == before).all()


# ---------------------------------------------------------------- lattice


def forward(tiles, stored, variants):
    """Return residuals and weights of tiles that are alike, as `lattice.inverse` takes them.

    Parameters
    ----------
    stored : list of StoredMask
        Of each tile.
    """
    found = [
        interpolation.forward(own.copy(), one, v) for own, one, v in zip(tiles, stored, variants)
    ]
    residuals, weights = zip(*found)
    return residuals, np.array(weights)


@given(
    arrays(dtypes=WORDS, max_bands=4, shapes=st.tuples(multiples, multiples)),
    st.integers(1, 3),
    st.sampled_from([None, 0.0, 0.2, 0.99, 1.0]),
    st.booleans(),
    st.data(),
)
def test_lattice(words, count, share, shared, data):
    variant = data.draw(variants(len(words)))
    fold = variant.pop("fold")
    tiles = [words, words[:, ::-1] >> 1, words[..., ::-1]][:count]
    size, holes = words.shape[1:], None
    usual = forced_codings.parameters(**variant)
    own_present = [usual.stored_mask(size, None)] * count
    if share is not None:
        # each tile has its own, the second more than the first, and the third those of one corner
        shape = words[:1].shape if shared else words.shape
        holes = np.random.default_rng(0).random((count, *shape)) < share
        holes[1:2] |= holes[:1]
        holes[2:, :, size[0] // 2 :], holes[2:, :, :, size[1] // 2 :] = True, True
        own_present = [usual.stored_mask(size, own[np.newaxis]) for own in holes]
    present = usual.stored_mask(size, holes)
    chosen = [
        usual._replace(value_range=(int(own.min()), int(own.max())) if fold else None)
        for own in tiles
    ]
    stored, weights = forward(tiles, own_present, chosen)
    assert {own.dtype for own in stored} == {words.dtype}
    assert weights.shape == (count, usual.weight_count(len(words)))
    back = interpolation.inverse(stored, len(words), present, weights, chosen)
    window = (..., *present.window)
    for number, (own, expected) in enumerate(zip(back, tiles)):
        counts = np.ones(words.shape, bool)
        if holes is not None:
            counts &= ~holes[number]
        expected, there = expected[window], counts[window]
        assert (own[there] == expected[there]).all()
        counts[:, :: usual.base_spacing, :: usual.base_spacing] = True
        assert stored[number].size == np.count_nonzero(counts)


@pytest.mark.parametrize("side", [1, 2])
@pytest.mark.parametrize("refinements", [3, 4])
@pytest.mark.parametrize("prediction", ["middle", "mean", "sharp"])
@given(st.integers(0, 159), st.integers(0, 191), st.integers(0, 40), st.booleans())
@example(0, 5, 11, False)  # blocks that are stored in part, at the rim of what has influence
@example(8, 12, 40, False)
def test_nothing_beyond_the_window_has_influence(
    prediction, side, refinements, row, column, size, limited
):
    """What is stored of a few pixels is the same however much around them is looked at."""
    words = np.random.default_rng(0).integers(0, 999, (1, 160, 192)).astype(np.uint16)
    holes = np.ones(words.shape, bool)
    holes[:, row : row + size + 1, column : column + size + 1] = False
    sharp = prediction == "sharp"
    limits = (0, 998) if limited and not sharp else None
    variant = forced_codings.parameters(prediction != "middle", limits, side, refinements, sharp)
    size = words.shape[1:]
    reaches = variant.reach, 999
    found = [StoredMask(size, holes[np.newaxis], variant.multiple, reach) for reach in reaches]
    assert found[1].window == (slice(0, 160), slice(0, 192))
    (narrow, _), (wide, _) = (interpolation.forward(words.copy(), one, variant) for one in found)
    assert narrow.tolist() == wide.tolist()
    assert narrow.size >= np.count_nonzero(~holes)


@pytest.mark.parametrize("side", [1, 2])
@given(st.integers(1, 70), st.integers(1, 70))
def test_padding_is_as_if_it_were_holes(side, height, width):
    stored = AS_USUAL.stored_mask((height, width), None)
    mask = np.zeros((1, *stored.padded), bool)
    mask[:, :height, :width] = True
    for step in parameters.STEPS:
        for phases in PASSES:
            planes = [mask[0, r * step :: 2 * step, c * step :: 2 * step] for r, c in phases]
            assert (stored.at(step, phases)[0, 0] == np.stack(planes)).all()
            (found,) = stored.occupancies(step, phases, side)
            expected = context_sort.block_occupancy(np.stack(planes)[np.newaxis], side)
            if found is None:
                assert all(plane.all() for plane in planes)
            else:
                assert [np.asarray(own).tolist() for own in found] == [
                    np.asarray(own).tolist() for own in expected
                ]


@pytest.mark.parametrize("dtype", WORDS)
def test_tiles_at_once_are_the_tiles_one_by_one(dtype):
    """Whatever their weights: of bands that are equal, alike, and nothing of each other."""
    random = np.random.default_rng(0)
    top = np.iinfo(dtype).max
    first = random.integers(0, top, (1, 64, 64), dtype, endpoint=True)
    noise = random.integers(0, top, first.shape, dtype, endpoint=True)
    tiles = [np.concatenate((first, other)) for other in (first, first // 2, noise)]
    variants = [InterpolationParameters()] * len(tiles)
    present = AS_USUAL.stored_mask(first.shape[1:], None)
    stored, weights = forward(tiles, [present] * len(tiles), variants)
    assert (weights[0] == 8).any() and len({tuple(own) for own in weights.tolist()}) == 3
    back = interpolation.inverse(stored, 2, present, weights, variants)
    assert (back == np.stack(tiles)).all()


@pytest.mark.parametrize("change", [-1, 1])
def test_lattice_refuses_too_few_and_too_many_residuals(change):
    words = np.random.default_rng(0).integers(0, 99, (2, 32, 32)).astype(np.uint16)
    present = AS_USUAL.stored_mask((32, 32), None)
    variants = [InterpolationParameters()] * 2
    stored, weights = forward([words, words], [present] * 2, variants)
    wrong = stored[1][:-1] if change < 0 else np.append(stored[1], stored[1][:1])
    with pytest.raises(ValueError, match="residuals"):
        interpolation.inverse([stored[0], wrong], 2, present, weights, variants)


def test_slivers_have_no_lattice():
    assert AS_USUAL.fits((65535, 1, 1)) and AS_USUAL.fits((1000, 1, 512))
    assert AS_USUAL.fits((65535, 16, 16)) and AS_USUAL.fits((3, 4096, 4096))
    assert not AS_USUAL.fits((65535, 1, 8192)) and not AS_USUAL.fits((65535, 8192, 1))
    planes = np.random.default_rng(0).integers(0, 256, (300, 1, 8192)).astype(np.uint8)
    search = select.candidates(planes, [None] * 300, "balanced")
    _, found = smallest(search, lambda found: bytes(found[0].samples.size))
    assert forced_codings.LATTICE not in {one.coding for one in found}
    side = bytes([0, 1]) + bytes(8 * 299)
    with pytest.raises(ValueError, match="narrow"):
        stored_planes(
            forced_codings.LATTICE, np.zeros(9, np.int8), side, planes.shape, planes.dtype
        )


@pytest.mark.parametrize("size", [(1, 1), (1, 2), (2, 1), (1, 3)])
@pytest.mark.parametrize("coding", range(4))
def test_many_planes_of_few_equal_pixels(size, coding):
    """Seeds in the padding are more residuals than pixels."""
    planes = np.full((2100, *size), 7, np.uint8)
    planes[0] = 0
    (one,) = parts_of(planes * 0, coding)
    assert (decoded(one, planes) == 0).all()
    (one,) = parts_of(planes, coding)
    assert (decoded(one, planes) == planes).all()


# ---------------------------------------------------------------- order


@given(
    arrays(dtypes=WORDS, max_bands=2, shapes=st.tuples(multiples, multiples)),
    st.lists(st.sampled_from([0.0, 0.3, 0.9, 1.0]), max_size=2),
    st.sampled_from([1, 2]),
    st.integers(0, 2),
)
def test_order(words, shares, side, spare):
    """Also of views into rows that are longer, as those of a refinement are.

    Of the tiles none has holes, or both the same, or each its own.
    """
    tiles = np.stack([words, words[..., ::-1] >> 1])
    wide = np.zeros((*tiles.shape[:3], tiles.shape[3] + 2 * spare), words.dtype)
    view = wide[..., : tiles.shape[3]]
    view[...] = tiles
    valued, occupied = np.ones((1, *words.shape), bool), None
    if shares:
        random = np.random.default_rng(1)
        valued = np.stack([random.random(words.shape) >= share for share in shares])
        occupied = context_sort.block_occupancy(valued, side)
    valued = np.broadcast_to(valued, tiles.shape)
    keys = context_sort.keys(view, None, side)
    assert keys.shape == (2, words.size // side**2)
    arrangement = context_sort.order_blocks(keys, occupied, side)
    items = context_sort.gather(view, arrangement)
    apart = [
        np.split(found, [counts[0]])
        for found, counts in zip(items, (arrangement.wholes, arrangement.kepts))
    ]

    def by_block(array):
        split = array.reshape(len(array), array.shape[1] // side, side, -1, side)
        return split.swapaxes(2, 3).reshape(-1, side**2)

    for number, own in enumerate(tiles):
        blocks, flags = by_block(own), by_block(valued[number])
        whole = flags.all(axis=1)
        for kind, found in zip((whole, ~whole), apart):
            expected = []
            for n in sorted(np.flatnonzero(kind), key=lambda n, own=keys[number]: own[n]):
                expected += blocks[n][flags[n]].tolist()
            assert found[number].tolist() == expected

    back = np.ones_like(wide)
    context_sort.scatter(*items, back[..., : tiles.shape[3]], arrangement)
    assert (back[..., : tiles.shape[3]] == tiles * valued).all()
    assert (back[..., tiles.shape[3] :] == 1).all()


@pytest.mark.parametrize("side", [1, 2])
@pytest.mark.parametrize("dtype", WORDS)
def test_keys_are_a_logarithm_of_activity_and_the_residual_before(dtype, side):
    top = np.iinfo(dtype).max
    values = sorted({0, 1, 2, 5, 30, 127, 200, top // 3, top // 2, top // 2 + 1, top})
    for activity in values:
        for before in (None, *values):
            block = np.full((1, 1, side, side), activity, dtype)
            sized = None if before is None else np.full((1, 1, side, side), before, dtype)
            size = min(before or 0, top + 1 - (before or 0))  # of a signed integer
            total = np.float32(side * float(activity)) + np.float32(1)
            mantissa, exponent = np.frexp(total + np.float32(2 * side * float(size)))
            key = 4 * (int(exponent) - 1) + int(8 * mantissa - 4)  # four steps an octave
            found = context_sort.keys(block, sized, side)
            assert found.dtype == np.uint8 and found.tolist() == [[min(255, key)]]


# ---------------------------------------------------------------- steps before and after


def test_weights_find_how_one_band_follows_another():
    first = np.random.default_rng(0).integers(-90, 90, 8 * 10).astype(np.int16)
    second = (first * 1.5).astype(np.int16)
    first, second = (a.reshape(1, 8, 10) for a in (first, second))
    weight = bands.fit_weight(second.view("u2"), first.view("u2"), None)
    assert weight == 12  # eighths
    left = second - bands.apply_weight(first.view("u2"), [weight]).view("i2")
    assert np.abs(left).max() <= 1


def test_outliers_are_the_same_in_every_numpy():
    """Their limit, 2048 and a seven-thousandth, is a float32 in all of them: 2048."""
    values = np.full(7001, 489, np.int16)
    values[:100] = 2048
    values[100 : 100 + 3_582_762 - int(values.sum(dtype=int))] += 1
    assert 4 * values.sum(dtype=int) + values.size == 2048 * values.size + 1
    before = np.full(values.size, 300, np.int16)
    before[:100] = 1200
    values[101::2] *= -1
    residual, before = (a.reshape(1, -1, 1).view(np.uint16) for a in (values, before))
    assert bands.fit_weight(residual, before, None) == 0


@given(arrays(dtypes=REAL, max_bands=3), st.data())
def test_holes(array, data):
    nodata = data.draw(nodata_for(array))
    bits = data_types.to_bits(array)
    value = None if nodata is None else np.asarray(np.array(nodata).astype(array.dtype))
    values = [holes.declared_nodata(plane_bits, value) for plane_bits in bits]
    found = holes.fill_mask(bits, values)
    if found is None:
        assert values == [None] * len(array)
        return
    assert len(found) in (1, len(array))
    everywhere = np.broadcast_to(found, array.shape)
    for plane_bits, hole, where in zip(bits, values, everywhere):
        assert not where.any() if hole is None else (plane_bits[where] == hole).all()
    changed = array.copy()
    data_types.to_bits(changed)[everywhere] ^= 1
    holes.fill(changed, found, values)
    assert changed.tobytes() == array.tobytes()


@given(places(max_planes=4), st.sampled_from(REAL), st.data())
def test_filling_holes_leaves_all_else_alone(where, dtype, data):
    planes = len(where)
    array = np.ones((planes, *where.shape[1:]), dtype)
    shared = data.draw(st.booleans())
    top = 1 << 8 * array.itemsize
    value = st.one_of(st.none(), st.sampled_from([0, 1, top // 2, top - 1]))
    values = data.draw(st.lists(value, min_size=planes, max_size=planes))
    expected = data_types.to_bits(array).copy()
    for plane_bits, there, hole in zip(expected, where[:1] if shared else where, values):
        if hole is not None:
            plane_bits[there] = hole
    if shared:
        expected[1:] = data_types.to_bits(array)[1:]
        for plane_bits, hole in zip(expected[1:], values[1:]):
            if hole is not None:
                plane_bits[where[0]] = hole
    holes.fill(array, where[:1] if shared else where, values)
    assert (data_types.to_bits(array) == expected).all()


def test_a_fill_value_that_nobody_declared_stands_apart():
    hills = 1000 + 50 * np.sin(np.mgrid[:90, :90][0] / 9).astype(np.uint16)
    hills += np.random.default_rng(0).integers(0, 40, hills.shape).astype(np.uint16)
    filled = hills.copy()
    filled[:, :20] = 0
    assert holes.dominant_value(filled, filled, BALANCED) == 0
    assert holes.dominant_value(hills, hills, BALANCED) is None
    rain = np.maximum(hills.astype(int) - 1000, 0).astype(np.uint16)  # zero is near the others
    assert holes.dominant_value(rain, rain, BALANCED) is None


@given(
    arrays(dtypes=("int16", "uint32", "int64", "uint64", "float16", "float32", "float64")),
    st.sampled_from([None, 1, 100, 256]),
)
def test_integers(array, factor):
    if factor is not None and array.dtype.kind == "f":
        with np.errstate(all="ignore"):
            whole = np.nan_to_num(array.astype(np.float64), posinf=0, neginf=0)
            array = (np.rint(np.clip(whole, -999, 999) * factor) / factor).astype(array.dtype)
    found = integer_scaling.find_scaling(array, None)
    if found is not None:
        assert found.words.itemsize <= array.itemsize
        assert integer_scaling.undo_scaling(found, array.dtype).tobytes() == array.tobytes()


@pytest.mark.parametrize(
    "values, factor, width",
    [
        (np.array([12.34, 12.35, 900.01], np.float32), 100, 4),
        (np.array([12.34, 12.35, 100.01], np.float64), 100, 2),
        (np.array([0.5, 0.25, 8.0], np.float32), 4, 1),
        (np.array([-(2**62), 5 - 2**62], np.int64), 1, 1),
        (np.array([2**64 - 1, 2**64 - 300], np.uint64), 1, 2),
    ],
)
def test_what_integers_finds(values, factor, width):
    found = integer_scaling.find_scaling(values, None)
    assert (found.factor, found.words.itemsize) == (factor, width)
    assert integer_scaling.undo_scaling(found, values.dtype).tobytes() == values.tobytes()


@pytest.mark.parametrize("value", [-0.0, np.nan, np.inf, 1 / 3, 1e30])
def test_integers_leaves_other_floats_alone(value):
    assert integer_scaling.find_scaling(np.array([1.0, value], np.float32), None) is None


@given(st.integers(0, 400), st.floats(0, 1), st.sampled_from(WORDS))
def test_sparse(size, share, dtype):
    random = np.random.default_rng(size)
    there = (random.random(-(-size // 3)) > share)[np.arange(size) // 3]
    samples = random.integers(1, 99, size).astype(dtype) * there.astype(dtype)
    kept, bitmap = zero_runs.forward(samples)
    if not bitmap:
        assert kept is samples
        return
    assert len(bitmap) == zero_runs.bitmap_size(size) and kept.size < size + zero_runs.CHUNK
    assert (zero_runs.inverse(kept, bitmap, size) == samples).all()
    with pytest.raises(ValueError, match="expected"):
        zero_runs.inverse(kept[:-1] if kept.size else np.ones(3, dtype), bitmap, size)


def test_sparse_keeps_chunks_of_four():
    samples = np.zeros(999, np.int16)
    samples[[5, 6, 998]] = 1, 2, 3
    kept, bitmap = zero_runs.forward(samples)
    assert kept.tolist() == [0, 1, 2, 0, 0, 0, 3, 0]
    assert np.flatnonzero(np.unpackbits(np.frombuffer(bitmap, np.uint8))).tolist() == [1, 249]


# ---------------------------------------------------------------- what is worth trying


@pytest.mark.parametrize("holed", [False, True])
def test_estimates_find_what_suits(holed):
    rows, columns = np.mgrid[:200, :220].astype(np.float64)
    noise = np.random.default_rng(0).normal(0, 1, rows.shape)
    valued = None
    if holed:
        valued = np.hypot(rows - 80, columns - 90)[np.newaxis] < 75

    def judged(array, dtype=np.uint16):
        found = cost_model.estimate_bits(
            array.astype(dtype)[np.newaxis], valued, BALANCED, fold=True, sharpen=True
        )
        return found, found.interpolation

    slopes = 20000 + rows**2 / 8 + 3 * columns**2 / 8 - 11 * columns
    found, lattices = judged(8 * slopes)
    assert found.plane < lattices
    found, lattices = judged(20000 + 300 * noise)
    assert found.mean < found.median < found.plane
    assert found.folded > lattices - BALANCED.min_folding_gain
    assert found.sharpened > lattices - BALANCED.min_sharpening_gain
    found, lattices = judged(np.maximum(300 * noise - 150, 0))
    assert found.folded < lattices - BALANCED.min_folding_gain
    spiked = 20000 + 30 * (columns // 40) + 9000 * (noise > 2)
    found, _ = judged(spiked)
    assert found.median < found.mean
    hills = 20000 + 4000 * np.sin(rows / 5) * np.cos(columns / 4) + 20 * noise
    found, lattices = judged(hills)
    assert found.sharpened < lattices - BALANCED.min_sharpening_gain


@given(arrays(dtypes=WORDS, max_bands=3), st.sampled_from([None, 0.0, 0.5, 1.0]))
def test_estimates_of_anything(words, share):
    valued = None
    if share is not None:
        valued = np.random.default_rng(0).random(words[:1].shape) < share
    found = cost_model.estimate_bits(words, valued, BALANCED, fold=True, sharpen=True)
    if found is None:
        assert min(words.shape[1:]) < 3 or share in (0.0, 0.5)
    else:
        assert np.isfinite(found).all() and found.folded <= min(found.median, found.mean) + 1e-9


def test_choice_follows_the_estimates():
    noise = np.random.default_rng(0).normal(0, 1, (1, 128, 128))
    clipped = np.round(np.maximum(300 * noise - 150, 0)).astype(np.uint16)
    clipped[:, :20, :20] = 65535
    rows, columns = np.mgrid[:128, :128]
    hills = 20000 + 4000 * np.sin(rows / 5) * np.cos(columns / 4) + 20 * noise
    flag = Flag
    for planes, flags in (
        ((20000 + 300 * noise).astype(np.uint16), flag.BY_MEAN),
        (hills.astype(np.uint16), flag.BY_MEAN | flag.SHARP),
        (clipped, flag.LIMITS | flag.PIXELS | flag.HOLES),
    ):
        nodata = [np.array(65535, np.uint16)]
        search = select.candidates(planes, nodata, "balanced")
        _, (one,) = smallest(search, lambda found: bytes(found[0].samples.size))
        assert one.coding == forced_codings.LATTICE
        found = one.side[0] | one.side[1] >> 4 << 8
        assert found & flags == flags
        assert not found & (flag.SHARP | flag.LIMITS | flag.PIXELS | flag.HOLES) & ~flags


# ---------------------------------------------------------------- whole codings


def patches(random, count, shape, noise=0.1):
    """Patches of labels from 0 to count - 1, of which some pixels are replaced."""
    coarse = random.integers(0, count, tuple(-(-n // 7) for n in shape))
    found = coarse.repeat(7, 0).repeat(7, 1)[: shape[0], : shape[1]]
    return np.where(random.random(shape) < noise, random.integers(0, count, shape), found)


def plane_of(samples, counts, shape, table):
    """Undo the labels of one plane, alone and among others, which must make no difference."""
    other = patches(np.random.default_rng(1), 5, shape).astype(table.dtype)
    values = np.arange(5, dtype=table.dtype)
    whole = labels.ParsedLabels(*labels.forward(other, values), values, shape, table.dtype)
    own = labels.ParsedLabels(samples, counts, table, shape, table.dtype)
    try:
        (plane,) = labels.inverse([own])
    except ValueError:
        with pytest.raises(ValueError):
            labels.inverse([whole, own, whole])
        raise
    first, again, last = labels.inverse([whole, own, whole])
    assert (again == plane).all() and (first == other).all() and (last == other).all()
    return plane


@given(
    st.integers(1, labels.MAX_LABELS),
    st.tuples(st.integers(1, 90), st.integers(1, 90)),
    st.sampled_from(WORDS),
    st.sampled_from([3, 65535]),
    st.integers(0, 9),
)
def test_labels(count, shape, dtype, longest, seed):
    random = np.random.default_rng(seed)
    bits = random.choice(256, count, replace=False).astype(dtype)[patches(random, count, shape)]
    table = random.permutation(np.unique(bits))
    with mock.patch.object(mispredictions, "_LONGEST_GAP", longest):
        samples, counts = labels.forward(bits, table)
    assert samples.dtype == np.int16 and samples.size == mispredictions.sample_count(counts)
    assert counts.shape == (labels.SUBGRIDS, mispredictions.CLASSES)
    gaps = samples[: counts[:, :6].sum()].astype(int)
    assert np.where(gaps < 0, -2 * gaps - 1, 2 * gaps).max(initial=0) <= longest
    back = plane_of(samples, counts, shape, table)
    assert back.dtype == bits.dtype and (back == bits).all()
    assert back.flags.writeable


def test_labels_of_a_tile_larger_than_gaps_can_be():
    bits = np.zeros((1030, 1030), np.uint8)
    bits[1001, 1001] = 1
    samples, counts = labels.forward(bits, np.array([0, 1], np.uint8))
    assert samples.size == 16
    assert (plane_of(samples, counts, bits.shape, np.array([0, 1], np.uint8)) == bits).all()


@given(st.integers(1, 20), st.data())
def test_damaged_labels_are_an_error_or_other_pixels_never_a_crash(count, data):
    random = np.random.default_rng(count)
    shape = (40, 37)
    bits = patches(random, count, shape).astype(np.uint8)
    table = np.arange(count, dtype=np.uint8)
    samples, counts = labels.forward(bits, table)
    for array, extremes in ((samples, (-32768, 32767)), (counts, (0, 1, 2**32 - 1))):
        for _ in range(data.draw(st.integers(0, 3)) if array.size else 0):
            place = data.draw(st.integers(0, array.size - 1))
            near = int(array.flat[place]) + data.draw(st.integers(-3, 3))
            value = data.draw(st.sampled_from([near, *extremes]))
            array.flat[place] = np.clip(value, extremes[0], extremes[-1])
    change = data.draw(st.integers(-2, 2))
    if change and samples.size > 2:
        samples = samples[:change] if change < 0 else np.append(samples, samples[:change])
    try:
        back = plane_of(samples, counts, shape, table)
    except ValueError:
        return
    assert back.shape == shape and back.dtype == table.dtype and back.max() < count


@given(st.data())
def test_any_numbers_for_labels_are_an_error_or_pixels(data):
    shape, table = (33, 20), np.arange(data.draw(st.integers(1, 5)), dtype=np.uint8)
    random = np.random.default_rng(data.draw(st.integers(0, 2**32)))
    counts = random.integers(0, 3, (labels.SUBGRIDS, mispredictions.CLASSES))
    counts[0] = 0
    samples = random.integers(-2, 3, mispredictions.sample_count(counts)).astype(np.int16)
    try:
        back = plane_of(samples, counts, shape, table)
    except ValueError:
        return
    assert back.shape == shape and back.max() < table.size


@pytest.mark.parametrize("dtype", WORDS)
def test_palette_has_the_most_frequent_value_first(dtype):
    random = np.random.default_rng(0)
    bits = patches(random, 30, (200, 210), noise=0).astype(dtype)
    bits[:80] = 99
    bits[3, 5] = 250  # too rare for any sample
    found = labels.label_values(bits, BALANCED)
    assert found.dtype == bits.dtype and found[0] == 99
    assert sorted(found) == np.unique(bits).tolist()


@pytest.mark.parametrize("dtype", WORDS)
def test_few_values_and_patches_are_classes_and_images_are_not(dtype):
    random = np.random.default_rng(0)
    assert (
        labels.label_values(random.integers(0, 9, (100, 100)).astype(dtype), BALANCED) is not None
    )
    assert labels.label_values(random.integers(0, 99, (100, 100)).astype(dtype), BALANCED) is None
    assert (
        labels.label_values(patches(random, 99, (300, 300), noise=0).astype(dtype), BALANCED)
        is not None
    )
    if dtype != "uint8":
        many = np.zeros((300, 300), dtype)
        many[:, ::100] = np.arange(900).reshape(300, 3)
        assert labels.label_values(many, BALANCED) is None


@pytest.mark.parametrize("dtype", REAL)
@pytest.mark.parametrize("coding", sorted(CODECS), ids=lambda n: CODECS[n].name)
@settings(max_examples=15)
@given(st.data())
def test_every_coding_on_every_kind_of_planes(coding, dtype, data):
    planes = data.draw(arrays(dtypes=(dtype,), max_bands=3, shapes=SMALL))
    nodata = data.draw(nodata_for(planes))
    if nodata is not None:
        planes = planes.copy()
        for one, where in zip(planes, data.draw(places(planes.shape))):
            one[where] = np.array(nodata).astype(dtype)
    variant = data.draw(variants(len(planes))) if coding == forced_codings.LATTICE else {}
    parts = parts_of(planes, coding, nodata, **variant)
    assert sorted(number for one in parts for number in one.planes) == list(range(len(planes)))
    for one in parts:
        assert decoded(one, planes).tobytes() == planes[list(one.planes)].tobytes()


@given(arrays(dtypes=REAL, max_bands=3), st.sampled_from(options.EFFORTS), st.data())
def test_whatever_is_chosen_comes_back(planes, effort, data):
    nodata = data.draw(nodata_for(planes))
    value = None if nodata is None else np.asarray(np.array(nodata).astype(planes.dtype))
    before = planes.tobytes()
    nodata = [value] * len(planes)
    _, found = smallest(select.candidates(planes, nodata, effort), part.pack_segments)
    assert planes.tobytes() == before, "a coding must not change its input"
    for one in found:
        assert decoded(one, planes).tobytes() == planes[list(one.planes)].tobytes()


@given(st.lists(st.tuples(st.integers(0, 4), st.binary(max_size=20)), min_size=1, max_size=5))
def test_parts_are_packed_and_unpacked(described):
    parts = [
        part.Segment(coding, (n, n + 7), np.zeros(3 * n, np.int8), side)
        for n, (coding, side) in enumerate(described)
    ]
    packed = part.pack_segments(parts)
    assert part.unpack_segments(packed) == [
        (p.coding, p.planes, p.samples.size, p.side) for p in parts
    ]
    for end in range(len(packed)):
        with pytest.raises(ValueError, match="side information"):
            part.unpack_segments(packed[:end])


def damage(data, content):
    """Change, cut off or lengthen bytes."""
    kind = data.draw(st.sampled_from(["byte", "bytes", "shorter", "longer"]))
    content = bytearray(content)
    if kind == "shorter":
        return bytes(content[: data.draw(st.integers(0, len(content)))])
    if kind == "longer":
        return bytes(content) + data.draw(st.binary(max_size=9))
    for _ in range(1 if kind == "byte" else 8):
        if content:
            near_start = data.draw(st.booleans())
            last = min(40, len(content) - 1) if near_start else len(content) - 1
            content[data.draw(st.integers(0, last))] ^= data.draw(st.integers(1, 255))
    return bytes(content)


@pytest.mark.parametrize("coding", sorted(CODECS), ids=lambda n: CODECS[n].name)
@settings(max_examples=150)
@given(
    arrays(dtypes=("uint8", "int16", "float32", "float64"), max_bands=3, shapes=SMALL),
    st.data(),
)
def test_damage_is_an_error_or_other_pixels_never_a_crash(coding, planes, data):
    nodata = data.draw(nodata_for(planes))
    variant = data.draw(variants(len(planes))) if coding == forced_codings.LATTICE else {}
    for one in parts_of(planes, coding, nodata, **variant):
        side, samples = one.side, one.samples
        what = data.draw(st.sampled_from(["side", "samples", "both"]))
        if what != "samples":
            side = damage(data, side)
        if what != "side":
            changed = damage(data, samples.tobytes())
            changed = changed[: len(changed) - len(changed) % samples.itemsize]
            samples = np.frombuffer(bytearray(changed), samples.dtype)
        tracemalloc.start()
        try:
            back = decoded(one._replace(side=side, samples=samples), planes)
        except ValueError:
            continue
        finally:
            peak = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
            assert peak < 20e6
        assert back.shape == (len(one.planes), *planes.shape[1:]) and back.dtype == planes.dtype
