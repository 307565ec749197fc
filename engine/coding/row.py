"""Each row minus the row above.

FLAC predicts along the row but knows nothing of the row above; this is the missing half of a
two-dimensional prediction. The first row is stored plain.
"""

from __future__ import annotations

import numpy as np

from . import plain


def forward(words: np.ndarray) -> np.ndarray:
    """Subtract from every row the one above, modulo the word's width."""
    residual = np.empty_like(words)
    residual[:, 0] = plain.forward(words[:, 0])
    np.subtract(words[:, 1:], words[:, :-1], out=residual[:, 1:])
    return residual


def inverse(residual: np.ndarray) -> np.ndarray:
    """Add up the rows."""
    words = residual.copy()
    words[:, 0] = plain.inverse(residual[:, 0])
    return np.cumsum(words, axis=1, dtype=words.dtype, out=words)
