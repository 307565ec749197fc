"""Rasters of every kind for property tests."""

from __future__ import annotations

import numpy as np
from flac_raster_qgis.engine import ArrayRaster, Band, RasterMetadata
from flac_raster_qgis.engine.model.data_types import DTYPES
from hypothesis import strategies as st

SIDES = st.one_of(st.sampled_from([1, 2, 15, 16, 17, 33]), st.integers(1, 70))
SHAPES = st.one_of(
    st.tuples(SIDES, SIDES),
    st.tuples(st.just(1), st.integers(1, 300)),
    st.tuples(st.integers(1, 300), st.just(1)),
)
NANS = [0x7FC00000, 0x7FC00001, 0xFFC12345, 0x7F800001, 0x7F800000, 0xFF800000, 0x80000000, 1]


@st.composite
def arrays(draw, dtypes=DTYPES, max_bands=12, shapes=SHAPES):
    """Pixels of shape (bands, height, width): noise, constants, ramps, extremes, NaN payloads."""
    dtype = np.dtype(draw(st.sampled_from(dtypes)))
    height, width = draw(shapes)
    bands = draw(st.integers(1, max_bands))
    shape = (bands, height, width)
    generator = np.random.default_rng(draw(st.integers(0, 2**32)))
    kind = draw(st.sampled_from(["noise", "constant", "ramp", "extremes"]))
    count = int(np.prod(shape))
    if kind == "noise":
        array = np.frombuffer(generator.bytes(count * dtype.itemsize), dtype).reshape(shape)
    elif kind == "constant":
        array = np.full(shape, np.frombuffer(generator.bytes(dtype.itemsize), dtype)[0])
    elif kind == "ramp":
        ramp = np.add.outer(np.arange(height), 3 * np.arange(width)) % 120
        array = np.broadcast_to(ramp, shape).astype(dtype)
    else:
        array = generator.choice(_extremes(dtype), shape)
    return np.ascontiguousarray(array)


def _extremes(dtype):
    if dtype.kind in "iu":
        limits = np.iinfo(dtype)
        return np.array([limits.min, limits.max, 0, 1], dtype)
    if dtype == np.float32:
        return np.array(NANS, np.uint32).view(np.float32)
    part = np.dtype(f"f{dtype.itemsize // 2}") if dtype.kind == "c" else dtype
    limits = np.finfo(part)
    values = np.array([limits.max, limits.min, limits.tiny, np.nan, np.inf, -0.0], part)
    return values.astype(dtype)


@st.composite
def places(draw, shape=None, max_planes=3):
    """Some pixels of each plane, shape (planes, height, width): shapes, noise, all, none."""
    planes, height, width = shape or (draw(st.integers(1, max_planes)), *draw(SHAPES))
    generator = np.random.default_rng(draw(st.integers(0, 2**32)))
    rows, columns = np.mgrid[:height, :width]

    def one():
        kind = draw(
            st.sampled_from(["disc", "noise", "specks", "stripes", "corner", "all", "none"])
        )
        if kind == "disc":
            return np.hypot(rows - height / 2, columns - width / 3) < (height + width) / 5
        if kind == "corner":
            return (rows >= height // 3) & (columns >= width // 2)
        if kind == "stripes":
            return columns // 3 % 2 == 1
        share = {"noise": 0.4, "specks": 0.02, "all": 1, "none": 0}[kind]
        return generator.random((height, width)) < share

    first = one()
    return np.stack([first] + [first if draw(st.booleans()) else one() for _ in range(planes - 1)])


def nodata_for(array):
    """No nodata, a value that occurs, one that does not, and for floats NaN."""
    first = array.real.reshape(-1)[0]
    choices = [None, 0]
    if array.dtype.kind in "iu" or np.isfinite(first):
        choices.append(first.item())
    if array.dtype.kind in "fc":
        choices += [float("nan"), float("inf"), -9999.0]
    return st.sampled_from(choices)


TRANSFORMS = st.sampled_from(
    [
        (1.0, 0.0, 0.0, 0.0, 1.0, 0.0),
        (10.0, 0.0, 400000.0, 0.0, -10.0, 5000000.0),
        (0.1, 0.0, -180.0, 0.0, 0.1, -90.0),
        (3.0, 1.5, 10.0, -0.7, -2.9, 20.0),
    ]
)
CRSS = st.sampled_from([None, "EPSG:4326", "EPSG:32633"])


@st.composite
def rasters(draw, **options):
    """Rasters with nodata, mask and georeference."""
    array = draw(arrays(**options))
    nodata = draw(st.lists(nodata_for(array), min_size=len(array), max_size=len(array)))
    if draw(st.booleans()):
        nodata = [nodata[0]] * len(array)
    array = array.copy()
    hidden = np.random.default_rng(draw(st.integers(0, 99))).random(array.shape)
    share = draw(st.sampled_from([0, 0.1, 1]))
    for band, value, chance in zip(array, nodata, hidden):
        if value is not None and (array.dtype.kind in "fc" or float(value).is_integer()):
            band[chance < share] = np.array(value).astype(array.dtype)
    mask = None
    if draw(st.booleans()):
        mask = hidden[0] < draw(st.sampled_from([0, 0.5, 1]))
    metadata = RasterMetadata(
        width=array.shape[2],
        height=array.shape[1],
        dtype=array.dtype.name,
        bands=tuple(Band(nodata=value) for value in nodata),
        crs=draw(CRSS),
        transform=draw(TRANSFORMS),
        has_mask=mask is not None,
    )
    return ArrayRaster(metadata, array, mask)
