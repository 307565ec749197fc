"""Pixels of flac-raster's files: exact where they can be, nowhere wrong without being counted."""

import numpy as np
import pytest
from flac_raster_qgis.engine.legacy.stream_decoder import is_exact, recover_pixels, unscaler_for
from flac_raster_qgis.engine.legacy.tags import StreamDescription
from hypothesis import given
from hypothesis import strategies as st
from kits.legacy import NEW, OLD, OLDER, RELEASES, info_of, samples_of, stream, tags_of

INTEGERS = ("uint8", "int8", "uint16", "int16", "uint32", "int32", "uint64", "int64")
FULL = {"uint8": 32767, "uint16": 32767, "int16": 32767}


def facts_of(array, release, **options):
    samples = samples_of(array, release)
    info = info_of(stream(samples[:, :1]))
    return StreamDescription.of("x", tags_of(array, release, **options), info, 1 << 20), samples


def restored(array, release):
    """Return what is exact, what is certain, and what the engine counts."""
    facts, samples = facts_of(array, release)
    pixels, uncertain = recover_pixels(facts, samples)
    flat, certain = unscaler_for(facts, samples).recover(samples.ravel())
    assert (flat.view(np.uint8) == pixels.ravel().view(np.uint8)).all()
    assert uncertain == np.count_nonzero(~certain)
    bits = f"u{array.itemsize}"
    exact = pixels.view(bits) == array.view(bits)
    assert exact.ravel()[certain].all(), "wrong, and nobody is told"
    if is_exact(facts):
        assert not uncertain
    return exact.ravel(), certain, samples.ravel()


def whole_range(dtype, low, high, count=4096):
    """All values of a range, or so many of them, the ends and the middle among them."""
    if high - low < 1 << 17:
        values = list(range(low, high + 1))
    else:
        spread = np.random.default_rng(0).integers(low, high, count, np.int64, endpoint=True)
        middle = (low + high) // 2
        values = [low, low + 1, middle - 1, middle, middle + 1, high - 1, high, *spread.tolist()]
    return np.array(values, dtype).reshape(1, 1, -1)


def is_promised(dtype, span, has_zero, release):
    """Whether all pixels of a range can be restored, by measurements on the real program."""
    dtype = np.dtype(dtype)
    if span == 0 or dtype.itemsize == 1:
        return True
    if dtype.itemsize == 2:
        if span <= 32766:
            return True
        if dtype.kind == "i" and release == OLD:  # which wraps
            return span == 32768 or (span == 32767 and not has_zero)
        return span <= 65532 if span % 2 == 0 else not has_zero
    full = 8388607
    if span < full:
        return True
    if dtype == np.int32 and span > 2**31 - 1:
        return False
    return span <= 2 * full - 2 and (span % 2 == 0 or not has_zero)


RANGES_16 = [1, 2, 255, 16357, 16380, 21845, 32765, 32766, 32767, 32768, 32769, 40000, 40001]
RANGES_16 += [43693, 43739, 49151, 60000, 65531, 65532, 65533, 65534, 65535]


@pytest.mark.parametrize("release", RELEASES)
@pytest.mark.parametrize("span", RANGES_16)
@pytest.mark.parametrize("dtype", ["uint16", "int16"])
def test_every_value_of_16_bits(dtype, span, release):
    limits = np.iinfo(dtype)
    for low in {limits.min, limits.max - span, min(limits.min + 100, limits.max - span)}:
        array = whole_range(dtype, low, low + span)
        exact, certain, samples = restored(array, release)
        if is_promised(dtype, span, (samples == 0).any(), release):
            assert exact.all() and certain.all()
        if span % 2 and 32767 <= span <= 65533 and dtype == "uint16":
            # the two in the middle become the same, and nothing else does
            assert np.count_nonzero(~certain) == 2
            rest = array[:, :, samples != 0]
            assert restored(rest, release)[0].all()


@pytest.mark.parametrize("release", RELEASES)
@pytest.mark.parametrize("dtype", ["uint8", "int8"])
def test_every_range_of_8_bits(dtype, release):
    limits = np.iinfo(dtype)
    for span in range(256):
        array = whole_range(dtype, limits.max - span, limits.max)
        exact, certain, _ = restored(array, release)
        assert exact.all() and certain.all()


@pytest.mark.parametrize("release", RELEASES)
@pytest.mark.parametrize("dtype", ["uint32", "int32", "uint64", "int64"])
@pytest.mark.parametrize(
    "span",
    [1, 80001, 8388606, 8388607, 8388608, 12_000_001, 16_777_212, 16_777_213, 16_777_214]
    + [16_777_216, 2**31 - 2, 2**31, 2**32 - 1],
)
def test_wide_integers(dtype, span, release):
    limits = np.iinfo(dtype)
    for low in (max(limits.min, -(2**31)), max(0, limits.min)):
        if low + span > limits.max:
            continue
        array = whole_range(dtype, low, low + span)
        exact, certain, samples = restored(array, release)
        if is_promised(dtype, span, (samples == 0).any(), release):
            assert exact.all() and certain.all()
        if span >= 2**31 - 2 and dtype != "int32":
            assert certain.sum() < certain.size // 10


def test_64_bits_beyond_what_the_tags_can_say():
    array = np.array([[[2**62, 2**62 + 1, 2**62 + 500, 2**63 - 1]]], np.int64)
    assert not restored(array, OLD)[1].any()
    assert not restored(array.astype(np.uint64) * 2, OLD)[1].any()
    for dtype in ("int64", "uint64"):
        limits = np.iinfo(dtype)
        ends = np.array([[[limits.min, 0, 5, limits.max - 7, limits.max]]], dtype)
        assert not restored(ends, NEW)[1].any()
        for value in (limits.max, limits.max - 7, 2**62 + 1, limits.min):
            constant = np.full((1, 2, 3), value, dtype)
            assert restored(constant, OLD)[1].all() == (value == 0)


@given(
    st.sampled_from(INTEGERS),
    st.sampled_from(RELEASES),
    st.integers(0, 2**32),
    st.floats(0, 1),
    st.integers(0, 70_000),
)
def test_never_wrong_in_silence(dtype, release, span, place, seed):
    limits = np.iinfo(dtype)
    low_most, high_most = max(limits.min, -(2**40)), min(limits.max, 2**40)
    span = min(span, high_most - low_most)
    low = low_most + int(place * (high_most - low_most - span))
    random = np.random.default_rng(seed).integers(low, low + span, 300, np.int64, endpoint=True)
    array = np.array([low, low + span, *random.tolist()], dtype).reshape(1, 1, -1)
    exact, certain, samples = restored(array, release)
    known = dtype != "int16" or span <= np.iinfo(dtype).max  # else which release it was is not
    if known and is_promised(dtype, span, (samples == 0).any(), release):
        assert exact.all() and certain.all()


@pytest.mark.parametrize("release", RELEASES)
def test_a_constant_raster_is_exact(release):
    for dtype in INTEGERS:
        array = np.full((2, 3, 4), 7, dtype)
        exact, certain, _ = restored(array, release)
        assert exact.all() and certain.all()


# ---------------------------------------------------------------- floats


def floats(low, high, dtype="float32", count=20_000):
    values = np.random.default_rng(1).uniform(low, high, count)
    return np.array([low, high, *values], dtype).reshape(1, 1, -1)


@pytest.mark.parametrize("release", [OLD, OLDER])
def test_floats_from_1_to_256_are_exact_but_for_a_few(release):
    for sign in (1, -1):
        exact, certain, _ = restored(np.sort(sign * floats(1, 255.9)), release)
        assert certain.mean() > 0.999


@pytest.mark.parametrize("power", range(8))
def test_one_pair_in_each_binade_of_floats_cannot_be_told_apart(power):
    low = np.float32(2.0**power)
    values = np.float32(1.5 * 2.0**power) + np.arange(-500, 500) * np.spacing(low)
    # the ends tell which numpy it was
    array = np.array([1.1, *values, 255.3], np.float32).reshape(1, 1, -1)
    exact, certain, _ = restored(array, OLD)
    assert np.count_nonzero(~certain) == 2


def test_floats_below_1_are_close_and_said_to_be_uncertain():
    array = floats(-1, 1)
    facts, samples = facts_of(array, OLD)
    pixels, uncertain = recover_pixels(facts, samples)
    assert np.abs(pixels - array).max() < 1.2e-7
    assert uncertain > 0.95 * array.size
    restored(array, OLD)


@pytest.mark.parametrize("release", [OLD, OLDER])
@pytest.mark.parametrize("hole", [np.nan, np.inf])
def test_floats_that_overflowed_or_were_nan_are_nan_and_uncertain(hole, release):
    array = np.array([[[1.6, hole, 300.0, -1e30, 20.26]]], np.float32)
    facts, samples = facts_of(array, release)
    pixels, uncertain = recover_pixels(facts, samples)
    assert uncertain >= 3
    assert np.allclose(pixels[0, 0, [0, 4]], [1.6, 20.26], rtol=1e-6)
    assert np.isnan(pixels[0, 0, 1:4]).all()
    restored(array, release)


@pytest.mark.parametrize("low, high", [(1.5, 3000.8), (-20.0, 20.0), (0.1, 0.2), (-1.0, 1.0)])
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_floats_of_both_releases_are_told_apart(low, high, dtype):
    for release in (OLD, OLDER, NEW):
        array = floats(low, high, dtype)
        facts, samples = facts_of(array, release)
        restored(array, release)
        pixels, _ = recover_pixels(facts, samples)
        kept = np.ones(array.shape, bool) if release == NEW else np.abs(array) < 256
        step = (high - low) / 2**24 if release == NEW else 1.2e-7
        limit = step + np.spacing(np.abs(array[kept]).astype(dtype))
        assert (np.abs(pixels[kept] - array[kept]) <= limit).all()


def test_doubles_are_never_said_to_be_certain():
    assert not restored(floats(-3, 200, "float64"), OLD)[1].any()
    assert not restored(floats(-3, 200, "float64"), NEW)[1].any()


@pytest.mark.parametrize("release", [OLD, OLDER, NEW])
@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("value", [1234.5678, 99.7, 0.3, -1.0])
def test_constant_floats(value, dtype, release):
    array = np.full((1, 2, 3), value, dtype)
    exact, certain, _ = restored(array, release)
    assert exact.all()
    assert certain.all() == (release != NEW)  # where NaN looks the same
    hole = array.copy()
    hole[0, 0, 0] = np.nan
    restored(hole, release)


# ---------------------------------------------------------------- several bands, odd samples


def test_bands_share_one_range():
    array = np.array([[[0, 5]], [[1000, 40000]]], np.uint16)
    exact, certain, _ = restored(array, OLD)
    assert exact.all() and certain.all()


def test_samples_that_no_pixel_becomes_are_uncertain():
    facts, samples = facts_of(whole_range("uint8", 0, 255), OLD)
    samples = samples.copy()
    samples[0, 1:4] += 1
    _, uncertain = recover_pixels(facts, samples)
    assert uncertain == 3


@pytest.mark.parametrize("release", [OLD, OLDER])
@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize("share", [1.0, 0.5, 1e-6, np.inf])
def test_constant_floats_whose_product_is_no_number(share, sign, dtype, release):
    """The largest doubles times full scale are infinite."""
    value = sign * (np.inf if np.isinf(share) else share * np.finfo(dtype).max)
    array = np.full((1, 2, 3), value, dtype)
    exact, _, _ = restored(array, release)
    assert exact.all()
