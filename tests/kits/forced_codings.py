"""Tiles with the coding that a test or a vector is about, not what the writer would choose."""

from __future__ import annotations

import numpy as np
from flac_raster_qgis.engine.coding import select
from flac_raster_qgis.engine.coding.effort import PROFILES
from flac_raster_qgis.engine.coding.interpolation.parameters import InterpolationParameters
from flac_raster_qgis.engine.coding.interpolation.refinement import Prediction
from flac_raster_qgis.engine.coding.planes import fill_values
from flac_raster_qgis.engine.coding.planes.plane_set import PlaneSet
from flac_raster_qgis.engine.coding.registry import CODECS
from flac_raster_qgis.engine.model import data_types

LATTICE, LABELS = 3, 4


def only(coding, **variant):
    """Return what stands in for `select.candidates` where one coding is to be used."""

    def candidates(planes, nodata, effort):
        yield select.Candidate(segments(coding, **variant)(planes, nodata))

    return candidates


def parameters(by_mean=False, value_range=None, side=2, refinements=4, sharp=False):
    """Return parameters of the lattice."""
    prediction = Prediction.MEAN if by_mean else Prediction.MEDIAN
    if sharp:
        prediction = Prediction.SHARPENED_MEAN
    return InterpolationParameters(prediction, value_range, side, refinements)


def segments(coding, fold=False, **variant):
    """Return what makes segments of planes and their nodata values by one coding.

    Labels take the planes that have few values, the lattice the others. Nodata pixels are taken out
    in every coding; the other arguments are those of `parameters`.
    """

    def predicted(planes, number):
        bits = data_types.to_bits(planes.pixels)
        values = map(fill_values.declared_nodata, bits, planes.nodata)
        filled = PlaneSet(
            planes.pixels, planes.numbers, planes.nodata, planes.profile, list(values)
        )
        if number != LATTICE:
            return list(CODECS[number].segments(filled))
        value_range = None
        if fold:
            words, valid = filled.prepared.words, filled.valid
            if valid is not None and valid.any():
                words = words[np.broadcast_to(valid, words.shape)]
            value_range = int(words.min()), int(words.max())
        return [CODECS[LATTICE].encode(filled, parameters(value_range=value_range, **variant))]

    def make(planes, nodata):
        planes = PlaneSet(planes, tuple(range(len(planes))), nodata, PROFILES["balanced"])
        if coding != LABELS:
            return predicted(planes, coding)
        found = list(CODECS[LABELS].segments(planes))
        rest = planes.without({one.planes[0] for one in found})
        return found + (predicted(rest, LATTICE) if rest.numbers else [])

    return make
