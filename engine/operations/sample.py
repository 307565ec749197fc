"""Values of a raster at points: a pixel's history, if its bands have times.

All bands of a place are next to each other in a file, so its history is one range of bytes.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any, Callable, NamedTuple, Union

import numpy as np

from ..errors import InputError
from ..job import NO_JOB, Job
from ..model.data_types import Array
from ..model.metadata import number_to_json
from ..model.nodata import valid_mask
from ..reading.flac_raster import FlacRaster
from ..storage.cache import Cache
from .json_stream import stream_json
from .opening import RasterName, open_flac, retry_on_change
from .sample_plan import SampledBand, SamplePlan, blocks_of, plan_sample

#: Columns of CSV.
CSV_COLUMNS = ("point", "x", "y", "band", "start", "end", "label", "value")
#: A value in JSON, CSV or a table; None where there is none.
PlainValue = Union[int, float, str, None]


class SamplePiece(NamedTuple):
    """Values of one tile.

    Parameters
    ----------
    points, bands : ndarray of int
        Indexes of the plan's points and bands.
    values : ndarray, shape (points, bands)
    valid : ndarray of bool, shape (points, bands)
        False for NaN, nodata and masked pixels.
    """

    points: Array
    bands: Array
    values: Array
    valid: Array


@dataclass(frozen=True, eq=False)
class Samples:
    """Values at points.

    Parameters
    ----------
    plan : SamplePlan
    values : numpy.ma.MaskedArray, shape (points, bands)
        Of the raster's dtype, or scaled float64; masked at points outside, and where pixels are
        NaN, nodata or masked.
    is_scaled : bool
    warnings : tuple of str
    downloaded_bytes : int
        Bytes downloaded since the file was opened, including to open it; 0 for a local file.
    """

    plan: SamplePlan
    values: Any = field(repr=False)
    is_scaled: bool
    warnings: tuple[str, ...]
    downloaded_bytes: int

    @property
    def bands(self) -> tuple[SampledBand, ...]:
        """What each column of the values is."""
        return self.plan.bands

    def plain_values(self, point: int) -> list[PlainValue]:
        """Return the values at a point, by its index; None where there is none."""
        values, mask = self.values.data[point], self.values.mask[point]
        return [None if gone else plain_value(value) for value, gone in zip(values, mask)]

    def to_json(self) -> Iterator[str]:
        """Yield a JSON document with totals, bands and points, as pieces of text."""
        document = {
            **self.plan.totals(),
            "downloaded_bytes": self.downloaded_bytes,
            "warnings": list(self.warnings),
            "bands": [band.to_dict() for band in self.bands],
        }
        return stream_json(document, "points", map(self._plain_point, range(len(self.values))))

    def to_csv(self) -> Iterator[str]:
        """Yield CSV with a line for each band at each point, as pieces of text."""
        yield csv_lines([CSV_COLUMNS])
        bands = [band.to_dict() for band in self.bands]
        for number, (x, y) in enumerate(self.plan.points.tolist()):
            yield csv_lines(
                (number + 1, x, y, band["band"], band["start"], band["end"], band["label"], value)
                for band, value in zip(bands, self.plain_values(number))
            )

    def _plain_point(self, number: int) -> dict[str, Any]:
        x, y = self.plan.points[number].tolist()
        columns, rows, inside = (values[number].item() for values in self.plan.pixels)
        return {
            "x": x,
            "y": y,
            "column": columns if inside else None,
            "row": rows if inside else None,
            "values": list(map(number_to_json, self.plain_values(number))),  # type: ignore[arg-type]
        }


def csv_lines(rows: Iterable[Sequence[Any]]) -> str:
    """Return rows as CSV; None is an empty cell."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def plain_value(value: Any) -> PlainValue:
    """Return a value of numpy as a number whose text is the shortest that gives it back.

    Complex numbers, which JSON lacks, become texts.
    """
    if value.dtype.kind in "iub":
        return int(value)
    text = str(value)
    return float(text) if value.dtype.kind == "f" else text.strip("()")


def iter_samples(
    raster: FlacRaster, plan: SamplePlan, *, job: Job = NO_JOB
) -> Iterator[SamplePiece]:
    """Yield the values of a plan tile by tile, as they arrive.

    All tiles are requested at once, those of a place together; each is decoded once. The progress
    of the job counts bytes. Raises as `sample` does.
    """
    level, pixels = raster.levels[0], plan.pixels
    blocks = blocks_of(raster, pixels)
    inside = np.flatnonzero(pixels.inside)
    order = inside[np.argsort(blocks[inside], kind="stable")]
    ordered = blocks[order]
    of_tile: dict[int, list[int]] = {}
    for index, band in enumerate(plan.bands):
        of_tile.setdefault(level.first_band(band.number - 1), []).append(index)
    reference = raster.reference()
    with closing(raster.read_tiles(plan.tiles, check_md5=False, job=job)) as tiles:
        for tile in tiles:
            block = tile.key.row * level.tile_columns + tile.key.column
            first, stop = np.searchsorted(ordered, [block, block + 1])
            points = order[first:stop]
            window = raster.grid.tile_window(tile.key)
            rows, columns = pixels.rows[points], pixels.columns[points]
            place = (rows - window.row_off, columns - window.col_off)
            mask = None if tile.mask is None else tile.mask[place]
            bands = of_tile[tile.key.band]
            planes = [plan.bands[band].number - 1 for band in bands]
            values = np.stack([tile.pixels[plane - tile.key.band][place] for plane in planes])
            nodata = (plan.metadata.nodata[plane] for plane in planes)
            valid = np.stack([valid_mask(*each, mask) for each in zip(values, nodata)])
            yield SamplePiece(points, np.array(bands), values.T, valid.T)
    if reference is not None:
        reference.check_unchanged()


def read_samples(
    raster: FlacRaster,
    plan: SamplePlan,
    *,
    scaled: bool = False,
    arrived: Callable[[SamplePiece], None] | None = None,
    job: Job = NO_JOB,
) -> Samples:
    """Carry out a plan of the open raster; see `sample`.

    Parameters
    ----------
    arrived : callable, optional
        Called with the values of each tile; these are not scaled.
    """
    shape = (len(plan.points), len(plan.bands))
    try:
        values, mask = np.zeros(shape, raster.dtype), np.ones(shape, bool)
    except (MemoryError, ValueError) as error:
        raise InputError(
            "points.memory", raster.name, found=len(plan.points), bands=len(plan.bands)
        ) from error
    for piece in iter_samples(raster, plan, job=job):
        place = np.ix_(piece.points, piece.bands)
        values[place], mask[place] = piece.values, ~piece.valid
        if arrived is not None:
            arrived(piece)
    if scaled:
        values = scale_values(values, plan.bands)
    return Samples(
        plan=plan,
        is_scaled=scaled,
        values=np.ma.MaskedArray(values, mask),  # type: ignore[no-untyped-call]
        warnings=plan.warnings + raster.warnings,
        downloaded_bytes=raster.source.downloaded,
    )


def scale_values(values: Array, bands: Sequence[SampledBand]) -> Array:
    """Return physical values of shape (points, bands), as float64 or complex128."""
    kind = np.complex128 if values.dtype.kind == "c" else np.float64
    with np.errstate(over="ignore", invalid="ignore"):
        found: Array = values.astype(kind)
        found *= np.array([band.scale for band in bands])
        found += np.array([band.offset for band in bands])
    return found


@retry_on_change
def sample(
    source: RasterName,
    /,
    points: Any,
    crs: str | None = None,
    *,
    bands: Sequence[int] | None = None,
    time: str | None = None,
    scaled: bool = False,
    workers: int | None = None,
    cache: Cache | None = None,
    job: Job = NO_JOB,
) -> Samples:
    """Read the values of all bands at points.

    Parameters
    ----------
    source : path, URL or FlacRaster
    points, crs, bands, time
        See `plan_sample`.
    scaled : bool
        Return pixel * scale + offset instead of the pixels.
    workers : int, optional
        Tiles decoded at once; default one per processor, or that of the FlacRaster.
    cache : Cache, optional
        See `flac_raster_qgis.engine.operations.opening.open_raster`.
    job : Job, optional
        Its progress counts bytes fetched.

    Raises
    ------
    FlacRasterError
        If the raster cannot be opened or a tile is damaged, and as `plan_sample`.

    Examples
    --------
    >>> found = sample("tas.flac", [(7.4, 46.9)], "EPSG:4326")      # doctest: +SKIP
    >>> [(str(band.time), value) for band, value in zip(found.bands, found.values[0])]
    """
    with open_flac(source, workers=workers, cache=cache, job=job) as raster:
        plan = plan_sample(raster, points, crs, bands=bands, time=time)
        return read_samples(raster, plan, scaled=scaled, job=job)
