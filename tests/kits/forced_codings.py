"""Tiles with the coding that a test or a vector is about, not what the writer would choose."""

from __future__ import annotations

import numpy as np
from flac_raster_qgis.engine.coding import registry, select
from flac_raster_qgis.engine.coding.interpolation import codec as interpolation
from flac_raster_qgis.engine.coding.prediction import codec as prediction
from flac_raster_qgis.engine.coding.prediction import fill_values
from flac_raster_qgis.engine.coding.segment import Segment
from flac_raster_qgis.engine.model import data_types


def only(coding, **variant):
    """Return what stands in for `select.candidates` where one coding is to be used; see `parts`."""

    def candidates(planes, nodata, effort):
        yield select.Candidate(parts(coding, **variant)(planes, nodata))

    return candidates


def parts(coding, by_mean=False, fold=False, side=2, refinements=4, sharp=False):
    """Return what makes parts of planes and their nodata values by one coding.

    Labels take the planes that have few values, the lattice the others. Nodata pixels are holes in
    every coding; the other parameters are the lattice's, see `lattice.Variant`.
    """

    def predicted(planes, numbers, nodata, number):
        chosen = np.ascontiguousarray(planes[list(numbers)])
        bits = data_types.to_bits(chosen)
        values = [fill_values.declared(plane, nodata[n]) for plane, n in zip(bits, numbers)]
        prepared = prediction.prepare(chosen, values)
        if number != registry.LATTICE:
            return [Segment(number, numbers, *prediction.encode(prepared, number))]
        limits = None
        if fold:
            counted = prepared.words
            if prepared.mask is not None and not prepared.mask.all():
                counted = counted[np.broadcast_to(~prepared.mask, counted.shape)]
            limits = int(counted.min()), int(counted.max())
        variant = interpolation.Variant(by_mean, limits, side, refinements, sharp)
        return [Segment(number, numbers, *prediction.encode(prepared, number, variant))]

    def make(planes, nodata):
        numbers = tuple(range(len(planes)))
        if coding != registry.LABELS:
            return predicted(planes, numbers, nodata, coding)
        found = select._label_parts(planes)
        rest = tuple(n for n in numbers if n not in {part.planes[0] for part in found})
        return found + (predicted(planes, rest, nodata, registry.LATTICE) if rest else [])

    return make
