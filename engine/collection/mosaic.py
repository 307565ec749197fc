"""Draw members over each other: the first one lies on top, and what is invalid shows what is below.

Where the pixels come from is the caller's business: the command line reads them from files, QGIS
from its cache of tiles.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from typing import Optional

import numpy as np

from ..job import NO_JOB, Job
from ..model.data_types import Array, DType
from .placement import View

#: Members that are read at once, and before it is seen whether the view is covered.
AT_ONCE = 12
#: Part of the view, its pixels, and which of them are valid, both of shape (bands, height, width).
Drawn = tuple[tuple[slice, slice], Array, Array]
#: Reads what a view shows of a member, in any thread; None if nothing. It reports its own errors.
ReadMember = Callable[[int], Optional[Drawn]]


def draw(
    view: View,
    members: Sequence[int],
    bounds: Array,
    read: ReadMember,
    *,
    count: int,
    dtype: DType,
    pool: Executor,
    job: Job = NO_JOB,
) -> tuple[Array, Array]:
    """Return the pixels of a view of a collection.

    Parameters
    ----------
    view : View
    members : sequence of int
        Rows of ``bounds``, from the top down.
    bounds : ndarray, shape (n, 4)
        In the CRS of the view.
    read : callable
        See `ReadMember`.
    count : int
        Number of bands.
    dtype : dtype
    pool : Executor
        Of threads.
    job : Job, optional
        Its progress counts members.

    Returns
    -------
    values : ndarray, shape (count, view.height, view.width)
        0 where nothing is valid.
    valid : ndarray of bool, of the same shape
    """
    values = np.zeros((count, view.height, view.width), dtype)
    valid = np.zeros(values.shape, bool)
    done = 0
    while done < len(members) and not valid.all():
        job.check("operation.reading")
        batch = [n for n in members[done : done + AT_ONCE] if _is_wanted(view, bounds[n], valid)]
        for drawn in pool.map(read, batch):
            if drawn is not None:
                part, pixels, are_valid = drawn
                shown, covered = values[(..., *part)], valid[(..., *part)]
                np.copyto(shown, pixels, where=are_valid & ~covered)
                covered |= are_valid
        done += AT_ONCE
        job.progress(min(done, len(members)), len(members))
    return values, valid


def _is_wanted(view: View, bounds: Array, valid: Array) -> bool:
    """Whether a member may show a pixel that nothing above it covers."""
    part = view.part(tuple(bounds.tolist()))
    return part is not None and not valid[(..., *part)].all()
