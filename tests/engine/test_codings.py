"""Each step and each coding is undone exactly, for every width, shape, mask and number of bands."""

from unittest import mock

import numpy as np
import pytest
from flac_raster_qgis.engine import pixels
from flac_raster_qgis.engine.coding import (
    bands,
    choose,
    holes,
    integers,
    labels,
    lattice,
    order,
    part,
    plain,
    plane,
    residual,
    row,
    sparse,
)
from hypothesis import given
from hypothesis import strategies as st
from strategies import arrays, nodata_for

WORDS = ("uint8", "uint16", "uint32", "uint64")
REAL = tuple(d for d in pixels.DTYPES if not d.startswith("complex"))
multiples = st.sampled_from([32, 64, 96])


@pytest.mark.parametrize("predictor", [plain, row, plane], ids=lambda m: m.__name__[-5:])
@given(arrays(dtypes=WORDS))
def test_predictors(predictor, array):
    before = array.copy()
    stored = predictor.forward(array)
    assert (array == before).all(), "a coding must not change its input"
    assert stored.dtype == array.dtype and stored.shape == array.shape
    kept = stored.copy()
    assert (predictor.inverse(stored) == array).all()
    assert (stored == kept).all(), "an inverse must not change its input"


def test_plain_is_the_pixels_themselves():
    values = np.array([[[-5, 0, 7]]], np.int16)
    assert plain.forward(pixels.to_words(values)).view(np.int16).tolist() == values.tolist()


def test_row_leaves_nothing_of_equal_rows_and_plane_nothing_of_a_plane():
    ramp = np.add.outer(3 * np.arange(6), 5 * np.arange(7)).astype(np.uint16)[np.newaxis]
    rows = np.broadcast_to(ramp[:, :1], ramp.shape).copy()
    assert not row.forward(rows)[:, 1:].any()
    assert not plane.forward(ramp)[:, 1:, 1:].any()


@given(
    arrays(dtypes=WORDS, max_bands=4, shapes=st.tuples(multiples, multiples)),
    st.sampled_from([None, 0.0, 0.2, 1.0]),
)
def test_lattice(words, share):
    skip = None
    if share is not None:
        skip = np.random.default_rng(0).random(words.shape) < share
    stored, weights = lattice.forward(words.copy(), None if skip is None else skip.copy())
    back = lattice.inverse(stored, words.shape, weights, skip)
    counts = np.ones(words.shape, bool) if skip is None else ~skip
    counts[:, :: lattice.SEED_STEP, :: lattice.SEED_STEP] = True
    assert stored.size == np.count_nonzero(counts)
    assert (back[counts] == words[counts]).all()


@pytest.mark.parametrize("change", [-1, 1])
def test_lattice_refuses_too_few_and_too_many_residuals(change):
    words = np.random.default_rng(0).integers(0, 99, (2, 32, 32)).astype(np.uint16)
    stored, weights = lattice.forward(words, None)
    wrong = stored[:-1] if change < 0 else np.append(stored, stored[:1])
    with pytest.raises(ValueError, match="residuals"):
        lattice.inverse(wrong, words.shape, weights, None)
    with pytest.raises(ValueError, match="weights|residuals"):
        lattice.inverse(stored, words.shape, weights[:-1], None)


@given(arrays(dtypes=WORDS, max_bands=1, shapes=st.tuples(multiples, multiples)))
def test_order(words):
    rows, columns = words.shape[1:]
    flat = np.zeros((rows, columns + 2), words.dtype)
    flat[:, :columns] = words[0]
    arrangement = order.by_activity(flat.reshape(-1), rows, columns)
    assert sorted(arrangement) == list(range(rows * columns // 4))
    items = order.gather(flat.reshape(-1), rows, columns, arrangement)
    back = np.zeros_like(flat)
    order.scatter(items, back.reshape(-1), rows, columns, arrangement)
    assert (back == flat).all()


def test_weights_find_how_one_band_follows_another():
    first = np.random.default_rng(0).integers(-90, 90, 8 * 10).astype(np.int16)
    second = (first * 1.5).astype(np.int16)
    weight = bands.fit_weight(second.view("u2"), first.view("u2"), 10, None)
    assert weight == 12  # eighths
    left = second - bands.weighted(first.view("u2"), weight).view("i2")
    assert np.abs(left).max() <= 1


@given(st.data())
def test_holes(data):
    array = data.draw(arrays(dtypes=("uint8", "int16", "float32"), max_bands=3))
    nodata = data.draw(nodata_for(array))
    bits = pixels.to_bits(array)
    value = None if nodata is None else np.asarray(np.array(nodata).astype(array.dtype))
    values = [holes.declared(plane_bits, value) for plane_bits in bits]
    mask = holes.mask(bits, values)
    if mask is None:
        return
    for plane_bits, found, where in zip(bits, values, mask):
        assert not where.any() if found is None else (plane_bits[where] == found).all()
    changed = array.copy()
    pixels.to_bits(changed)[mask] ^= 1
    holes.fill(changed, mask, values)
    assert changed.tobytes() == array.tobytes()


@given(
    arrays(dtypes=("int16", "uint32", "int64", "uint64", "float16", "float32", "float64")),
    st.sampled_from([None, 1, 100, 256]),
)
def test_integers(array, factor):
    if factor is not None and array.dtype.kind == "f":
        with np.errstate(all="ignore"):
            whole = np.nan_to_num(array.astype(np.float64), posinf=0, neginf=0)
            array = (np.rint(np.clip(whole, -999, 999) * factor) / factor).astype(array.dtype)
    found = integers.find(array, None)
    if found is not None:
        assert found.words.itemsize <= array.itemsize
        assert integers.restore(found, array.dtype).tobytes() == array.tobytes()


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
    found = integers.find(values, None)
    assert (found.factor, found.words.itemsize) == (factor, width)
    assert integers.restore(found, values.dtype).tobytes() == values.tobytes()


@pytest.mark.parametrize("value", [-0.0, np.nan, np.inf, 1 / 3, 1e30])
def test_integers_leaves_other_floats_alone(value):
    assert integers.find(np.array([1.0, value], np.float32), None) is None


@given(st.integers(0, 400), st.floats(0, 1), st.sampled_from(WORDS))
def test_sparse(size, share, dtype):
    random = np.random.default_rng(size)
    samples = random.integers(1, 99, size).astype(dtype) * (random.random(-(-size // 8)) > share)[
        np.arange(size) // 8
    ].astype(dtype)
    kept, bitmap = sparse.forward(samples)
    if bitmap:
        assert len(bitmap) == sparse.bitmap_size(size)
        assert (sparse.inverse(kept, bitmap, size) == samples).all()
        with pytest.raises(ValueError, match="expected"):
            sparse.inverse(kept[:-1] if kept.size else np.ones(3, dtype), bitmap, size)
    else:
        assert kept is samples


def patches(random, count, shape, noise=0.1):
    """Patches of labels from 0 to count - 1, of which some pixels are replaced."""
    coarse = random.integers(0, count, tuple(-(-n // 7) for n in shape))
    found = coarse.repeat(7, 0).repeat(7, 1)[: shape[0], : shape[1]]
    return np.where(random.random(shape) < noise, random.integers(0, count, shape), found)


@given(
    st.integers(1, labels.LARGEST),
    st.tuples(st.integers(1, 90), st.integers(1, 90)),
    st.sampled_from(WORDS),
    st.sampled_from([3, 65535]),
    st.integers(0, 9),
)
def test_labels(count, shape, dtype, longest, seed):
    random = np.random.default_rng(seed)
    bits = random.choice(256, count, replace=False).astype(dtype)[patches(random, count, shape)]
    table = random.permutation(np.unique(bits))
    with mock.patch.object(labels, "_LONGEST_GAP", longest):
        samples, counts = labels.forward(bits, table)
    assert samples.dtype == np.int16 and samples.size == labels.sample_count(shape, counts)
    assert counts.shape == (labels.PLANES, labels.CLASSES)
    gaps = samples[: counts[:, :6].sum()].astype(int)
    assert np.where(gaps < 0, -2 * gaps - 1, 2 * gaps).max(initial=0) <= longest
    back = labels.inverse(samples, counts, shape, table)
    assert back.dtype == bits.dtype and (back == bits).all()
    assert back.flags.writeable


def test_labels_of_a_tile_larger_than_gaps_can_be():
    bits = np.zeros((1030, 1030), np.uint8)
    bits[1001, 1001] = 1
    samples, counts = labels.forward(bits, np.array([0, 1], np.uint8))
    assert samples.size == 16
    assert (labels.inverse(samples, counts, bits.shape, np.array([0, 1], np.uint8)) == bits).all()


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
        back = labels.inverse(samples, counts, shape, table)
    except ValueError:
        return
    assert back.shape == shape and back.dtype == table.dtype and back.max() < count


@given(st.data())
def test_any_numbers_for_labels_are_an_error_or_pixels(data):
    shape, table = (33, 20), np.arange(data.draw(st.integers(1, 5)), dtype=np.uint8)
    random = np.random.default_rng(data.draw(st.integers(0, 2**32)))
    counts = random.integers(0, 3, (labels.PLANES, labels.CLASSES))
    counts[0] = 0
    samples = random.integers(-2, 3, labels.sample_count(shape, counts)).astype(np.int16)
    try:
        back = labels.inverse(samples, counts, shape, table)
    except ValueError:
        return
    assert back.shape == shape and back.max() < table.size


@pytest.mark.parametrize("dtype", WORDS)
def test_palette_has_the_most_frequent_value_first(dtype):
    random = np.random.default_rng(0)
    bits = patches(random, 30, (200, 210), noise=0).astype(dtype)
    bits[:80] = 99
    bits[3, 5] = 250  # too rare for any sample
    found = labels.palette(bits)
    assert found.dtype == bits.dtype and found[0] == 99
    assert sorted(found) == np.unique(bits).tolist()


@pytest.mark.parametrize("dtype", WORDS)
def test_few_values_and_patches_are_classes_and_images_are_not(dtype):
    random = np.random.default_rng(0)
    assert labels.palette(random.integers(0, 9, (100, 100)).astype(dtype)) is not None
    assert labels.palette(random.integers(0, 99, (100, 100)).astype(dtype)) is None
    assert labels.palette(patches(random, 99, (300, 300), noise=0).astype(dtype)) is not None
    if dtype != "uint8":
        many = np.zeros((300, 300), dtype)
        many[:, ::100] = np.arange(900).reshape(300, 3)
        assert labels.palette(many) is None


@given(
    arrays(dtypes=REAL, max_bands=3, shapes=st.tuples(st.integers(1, 70), st.integers(1, 70))),
    st.sampled_from(sorted(choose.CODINGS)),
    st.data(),
)
def test_every_coding_on_every_kind_of_planes(planes, coding, data):
    nodata = data.draw(nodata_for(planes))
    value = None
    if nodata is not None and coding == residual.LATTICE:
        value = np.asarray(np.array(nodata).astype(planes.dtype))
    if coding == choose.LABELS:
        parts = choose._label_parts(planes)
    else:
        values = [holes.declared(bits, value) for bits in pixels.to_bits(planes)]
        parts = [choose._residual(planes, tuple(range(len(planes))), coding, values)]
    for one in parts:
        shape = (len(one.planes), *planes.shape[1:])
        back = choose.decode_part(one.coding, one.samples, one.side, shape, planes.dtype)
        assert back.tobytes() == planes[list(one.planes)].tobytes()


@given(st.lists(st.tuples(st.integers(0, 4), st.binary(max_size=20)), min_size=1, max_size=5))
def test_parts_are_packed_and_unpacked(described):
    parts = [
        part.Part(coding, (n, n + 7), np.zeros(3 * n, np.int8), side)
        for n, (coding, side) in enumerate(described)
    ]
    packed = part.pack_parts(parts)
    assert part.unpack_parts(packed) == [
        (p.coding, p.planes, p.samples.size, p.side) for p in parts
    ]
    for end in range(len(packed)):
        with pytest.raises(ValueError, match="side information"):
            part.unpack_parts(packed[:end])


@given(
    arrays(dtypes=("uint8", "int16", "float32"), max_bands=2),
    st.sampled_from(sorted(choose.CODINGS)),
    st.data(),
)
def test_damaged_side_information_is_an_error_or_other_pixels_never_a_crash(planes, coding, data):
    if coding == choose.LABELS:
        parts = choose._label_parts(planes)
    else:
        parts = [choose._residual(planes, tuple(range(len(planes))), coding)]
    for one in parts:
        side = bytearray(one.side)
        if side:
            side[data.draw(st.integers(0, len(side) - 1))] ^= data.draw(st.integers(1, 255))
        shape = (len(one.planes), *planes.shape[1:])
        try:
            back = choose.decode_part(one.coding, one.samples, bytes(side), shape, planes.dtype)
        except ValueError:
            continue
        assert back.shape == shape and back.dtype == planes.dtype
