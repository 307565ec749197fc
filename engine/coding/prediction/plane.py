"""Each pixel minus the plane through three neighbours: ``x - left - up + upleft``.

Best for very smooth surfaces (geoids, bathymetry), whose slope hardly changes from pixel to pixel.
"""

from __future__ import annotations

import numpy as np

from ...model.data_types import Array
from . import row


def forward(words: Array) -> Array:
    """Subtract the row above, then within each row the value to the left."""
    residual = row.forward(words)
    residual[:, :, 1:] -= residual[:, :, :-1].copy()
    return residual


def inverse(residual: Array) -> Array:
    """Add up along each row, then down the rows."""
    # numpy adds up narrower words several times as slowly
    wide = np.promote_types(residual.dtype, np.uint32)
    return row.inverse(np.cumsum(residual, axis=2, dtype=wide).astype(residual.dtype))
