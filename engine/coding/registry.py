"""Codings by number: their names, and how libFLAC is set for them."""

from __future__ import annotations

from .prediction import codec as prediction

PLAIN, ROW, PLANE, LATTICE, LABELS = 0, 1, 2, prediction.LATTICE, 4
#: Names of all codings, by the number in the file.
CODINGS = {
    **{n: p.name for n, p in prediction.PREDICTORS.items()},
    LATTICE: "lattice",
    LABELS: "labels",
}
#: libFLAC's preset that suits each: its own prediction finds nothing more in what the lattice
#: leaves.
FLAC_LEVELS = {PLAIN: 5, ROW: 5, PLANE: 0, LATTICE: 0, LABELS: 0}
#: Samples of libFLAC's frames. Long ones are quicker to read. It divides all into as many
#: partitions, so that short ones follow residuals more closely, which pays where these are not
#: sorted.
BLOCK_SIZES = {PLAIN: 4096, ROW: 4096, PLANE: 4096, LATTICE: 16384, LABELS: 16384}
