"""Both backends read what libFLAC wrote, and notice what is damaged."""

import sys

import numpy as np
import pytest
from flac_raster_qgis.engine import flac
from flac_raster_qgis.engine.errors import MissingDependency
from flac_raster_qgis.engine.flac import soundfile_backend
from flac_raster_qgis.engine.flac.stream import FlacError, MoreNeeded, Settings, parse_head
from hypothesis import given
from hypothesis import strategies as st
from kits.backends import BACKENDS, needs_pyflac


def noise(count, dtype, seed=0):
    limits = np.iinfo(dtype)
    return np.random.default_rng(seed).integers(limits.min, limits.max, count, dtype, endpoint=True)


@given(
    st.integers(1, 9000),
    st.sampled_from([np.int8, np.int16]),
    st.sampled_from([44100, 48000, 96000, 192000]),
    st.sampled_from(range(9)),
    st.sampled_from(list(BACKENDS.values())),
)
def test_samples_come_back_with_every_setting(count, dtype, rate, level, encoder):
    samples = noise(count, dtype)
    data = encoder.encode(samples, Settings(compression_level=level, sample_rate=rate))
    info = parse_head(data).info
    assert (info.total_samples, info.channels, info.sample_rate) == (count, 1, rate)
    assert info.bits_per_sample == 8 * samples.itemsize
    assert info.md5 == flac.md5(samples)
    assert info.pack() == parse_head(data).blocks[0].body(data)
    for backend in BACKENDS.values():
        decoded = backend.decode(data, info)
        assert decoded.dtype == samples.dtype and (decoded == samples).all()


@pytest.mark.parametrize("encoder", BACKENDS.values(), ids=lambda b: b.__name__.rpartition(".")[2])
def test_higher_levels_are_smaller(encoder):
    ramp = np.arange(20000)
    rough = np.random.default_rng(0).normal(0, 40, ramp.size)
    samples = (9000 * np.sin(ramp / 50) + rough).astype(np.int16)
    sizes = [len(encoder.encode(samples, Settings(compression_level=level))) for level in (0, 3, 8)]
    assert sizes == sorted(sizes, reverse=True) and len(set(sizes)) == 3


def test_soundfile_without_levels_writes_all_the_same(monkeypatch):
    monkeypatch.setattr(soundfile_backend, "_KNOWS_LEVELS", False)
    data = soundfile_backend.encode(noise(500, np.int16), Settings(compression_level=0))
    assert (flac.decode(data, parse_head(data).info) == noise(500, np.int16)).all()


def test_what_libsndfile_refuses_is_an_error():
    with pytest.raises(FlacError, match="libsndfile refuses"):
        soundfile_backend.encode(noise(10, np.int16), Settings(sample_rate=10**7))


@pytest.mark.parametrize("backend", BACKENDS.values(), ids=lambda b: b.__name__.rpartition(".")[2])
def test_any_damaged_byte_of_the_frames_is_noticed(backend, monkeypatch):
    monkeypatch.setattr(flac, "backend", lambda: backend)
    samples = noise(300, np.int16)
    data = flac.encode(samples, Settings())
    head = parse_head(data)
    for position in range(head.frames_start, len(data)):
        damaged = bytearray(data)
        damaged[position] ^= 0x10
        with pytest.raises(FlacError):
            flac.decode(bytes(damaged), head.info)


@pytest.mark.parametrize("backend", BACKENDS.values(), ids=lambda b: b.__name__.rpartition(".")[2])
def test_any_cut_is_noticed(backend, monkeypatch):
    monkeypatch.setattr(flac, "backend", lambda: backend)
    data = flac.encode(noise(300, np.int16), Settings())
    head = parse_head(data)
    for end in range(head.frames_start, len(data)):
        with pytest.raises(FlacError):
            flac.decode(data[:end], head.info)


@needs_pyflac
def test_more_samples_than_streaminfo_says_are_refused_not_written():
    data = flac.encode(noise(5000, np.int16), Settings())
    info = parse_head(flac.encode(noise(4100, np.int16), Settings())).info
    with pytest.raises(FlacError, match="expected"):
        BACKENDS["pyflac"].decode(data, info)


@pytest.fixture
def without(monkeypatch):
    """Return a function after which modules cannot be imported."""

    def hide(*names):
        for name in names:
            monkeypatch.setitem(sys.modules, f"{flac.__name__}.{name}", None)
            monkeypatch.delattr(flac, name, raising=False)
        flac.backend.cache_clear()

    yield hide
    flac.backend.cache_clear()


def test_soundfile_does_both_where_pyflac_is_missing(without):
    without("pyflac_backend")
    assert flac.backend() is soundfile_backend
    samples = noise(5000, np.int16)
    data = flac.encode(samples, Settings())
    assert (flac.decode(data, parse_head(data).info) == samples).all()


def test_neither_is_a_sentence(without):
    without("pyflac_backend", "soundfile_backend")
    for call in (lambda: flac.encode(noise(10, np.int16), Settings()), flac.backend):
        with pytest.raises(MissingDependency, match="pyflac or soundfile.*pip install soundfile"):
            call()


@pytest.mark.parametrize("end", range(42))
def test_a_cut_head_asks_for_more(end):
    data = flac.encode(noise(10, np.int16), Settings())
    with pytest.raises(MoreNeeded) as caught:
        parse_head(data[:end])
    assert end < caught.value.end <= parse_head(data).frames_start
