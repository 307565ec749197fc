"""The JSON that flac-raster 0.1.2 writes for ``compare --export``, from a comparison of today."""

from __future__ import annotations

import math
from typing import Any, cast

from ..model.metadata import number_to_json
from ..operations import Comparison
from ..operations.compare import BandComparison, RasterBandStatistics
from ..operations.opening import local_name


def with_old_keys(result: Comparison) -> dict[str, Any]:
    """Return a comparison for JSON: today's keys, and beside them those of flac-raster 0.1.2.

    It must have `every_pixel`, because flac-raster knows neither nodata nor masks. One of its keys,
    ``max_difference``, is also one of today's, and counts valid pixels only.
    """
    a, b = result.metadata
    old: dict[str, Any] = {
        "shape_match": (a.count, a.height, a.width) == (b.count, b.height, b.width),
        "dtype_match": a.dtype == b.dtype,
        "crs_match": all(difference.field != "crs" for difference in result.differences),
    }
    for number, name, metadata in ((1, result.a, a), (2, result.b, b)):
        old[f"file{number}"] = local_name(name).name
        old[f"file{number}_shape"] = [metadata.count, metadata.height, metadata.width]
        old[f"file{number}_dtype"] = metadata.dtype
        old[f"file{number}_crs"] = str(metadata.crs)
    found = result.to_dict()
    if result.every_pixel:
        old.update(_of_all_bands(result.every_pixel))
        for band, every in zip(found["bands"], result.every_pixel):
            band.update(_of_band(every))
    return {**old, **found}


def _of_all_bands(bands: tuple[BandComparison, ...]) -> dict[str, Any]:
    """Summarize bands, which have as many pixels each."""
    # of every pixel, so there are some, and neither is None
    means = [cast(float, band.mean_difference) for band in bands]
    mean = sum(means) / len(bands)
    rmse = math.sqrt(sum(cast(float, band.rmse) ** 2 for band in bands) / len(bands))
    return {
        "arrays_equal": all(band.max_difference == 0 for band in bands),
        "mean_difference": number_to_json(mean),
        "rmse": number_to_json(rmse),
        "file1_min": _ends([band.a for band in bands])[0],
        "file1_max": _ends([band.a for band in bands])[1],
        "file2_min": _ends([band.b for band in bands])[0],
        "file2_max": _ends([band.b for band in bands])[1],
    }


def _of_band(band: BandComparison) -> dict[str, Any]:
    return {
        "equal": band.max_difference == 0,
        "max_diff": number_to_json(band.max_difference),
        "mean_diff": number_to_json(band.mean_difference),
        "file1_range": _ends([band.a]),
        "file2_range": _ends([band.b]),
    }


def _ends(sides: list[RasterBandStatistics]) -> list[Any]:
    """Return the smallest and largest pixel; NaN if one is NaN, None of complex numbers."""
    lows, highs = [], []
    for side in sides:
        if side.minimum is None or side.maximum is None or side.minimum != side.minimum:
            return [number_to_json(side.minimum)] * 2
        lows.append(side.minimum)
        highs.append(side.maximum)
    return [number_to_json(min(lows)), number_to_json(max(highs))]
