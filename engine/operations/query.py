"""List the tiles, bytes and requests that an area needs, without downloading any."""

from __future__ import annotations

from collections.abc import Sequence

from ..job import NO_JOB, Job
from ..storage.cache import Cache
from .area import Area
from .opening import RasterName, open_flac, retry_on_change
from .plan import AreaPlan, plan_area


@retry_on_change
def query(
    source: RasterName,
    /,
    area: Area = Area(),  # noqa: B008 (frozen)
    *,
    level: int | None = None,
    resolution: float | None = None,
    bands: Sequence[int] | None = None,
    where: str | None = None,
    time: str | None = None,
    cache: Cache | None = None,
    job: Job = NO_JOB,
) -> AreaPlan:
    """Plan the read of an area; only the file header is read.

    Parameters
    ----------
    source : path, URL or FlacRaster
    area, level, resolution, bands, where, time : optional
        See `flac_raster_qgis.engine.operations.plan.plan_area`.
    cache : Cache, optional
        See `flac_raster_qgis.engine.operations.opening.open_raster`.
    job : Job, optional

    Returns
    -------
    AreaPlan
        Can be handed to `extract`.

    Raises
    ------
    FlacRasterError
        If the raster cannot be opened, and as `plan_area`.
    """
    with open_flac(source, cache=cache, job=job) as raster:
        return plan_area(
            raster,
            area,
            level=level,
            resolution=resolution,
            bands=bands,
            where=where,
            time=time,
            source=source,
        )
