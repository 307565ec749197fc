"""Read any raster that rasterio opens."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from typing import Any

import numpy as np

from ..errors import Cancelled, FlacRasterError, InputError, Message, UnsupportedRaster
from ..job import NO_JOB, Job
from ..model.data_types import Array
from ..model.grid import Window
from ..model.limits import check_block
from ..model.metadata import (
    WIDENED_TYPES,
    Band,
    Color,
    GroundControlPoint,
    Number,
    RasterMetadata,
    uncompressed_size,
)
from ..model.raster import MaskedPixels
from ..model.transform import IDENTITY, Transform
from ..parallel.processes import in_worker_process
from ..parallel.raster_reference import RasterReference
from ..storage.pipes import check_references
from ..storage.urls import redact, redact_text
from .axes_order import axes_notes
from .crs import crs_to_text
from .data_types import common_bits, data_type, declared_bits, lost_bits
from .dataset import opened_dataset, subdatasets
from .description import DATA_TYPES, Description, read_description, sidecar_of
from .environment import (
    gdal_errors,
    quiet_rasterio,
    rasterio_environment,
    rasterio_module,
    with_quick_indexes,
)
from .nodata import as_whole, is_exact_in_rasterio
from .redaction import cause_of, redacted_logs
from .tags import read_tags
from .times import add_times

#: Bands per read; GDAL may decode a block of all bands again for each read.
_BANDS_AT_ONCE = 4096


class RasterioRaster:
    """A raster in any format that rasterio supports.

    Parameters
    ----------
    path : str
        File, URL or other dataset name of GDAL.
    job : Job, optional
        Cancels reading of metadata and pixels.
    with_times : bool
        Add tags for the times of bands; else the metadata are those of the file alone.

    Raises
    ------
    InputError
        If it cannot be opened or is not a raster.
    UnsupportedRaster
        If it holds something that could not be kept.
    MissingDependency
        If rasterio is not installed.
    """

    def __init__(self, path: str, job: Job = NO_JOB, with_times: bool = False):
        self._name = str(path)
        self.name = redact(self._name)
        self._job = job
        self._reference = RasterReference.to(RasterioRaster, str(path))
        self._opened = ExitStack()
        try:
            if in_worker_process():  # one environment for all windows
                self._opened.enter_context(rasterio_environment())
            with quiet_rasterio():
                self._opened.enter_context(redacted_logs(self._name))
                dataset, here = self._opened.enter_context(opened_dataset(self._name))
                self._dataset = with_quick_indexes(dataset)
                check_references(here, self._dataset.tags(ns="OVERVIEWS").get("OVERVIEW_FILE", ""))
                description = self._describe(job)
                bits = declared_bits(self._dataset)
                recoded = [description.recoded]
                try:
                    self.metadata = _read_metadata(
                        self._dataset, description, common_bits(bits), recoded, self.name, job
                    )
                except UnicodeDecodeError as error:
                    raise _not_utf8(self._dataset, self.name, error) from error
                #: Names of the rasters in the file, if there are several.
                self.subdatasets = tuple(
                    text.replace(here, self.name) for text in subdatasets(self._dataset)
                )
                notes: tuple[Message, ...] = ()
                if with_times:
                    self.metadata, notes = add_times(self.metadata, self._dataset, self.name)
                    notes += tuple(axes_notes(self.metadata, self._dataset, self.name))
                self.warnings = (
                    *description.warnings,
                    *notes,
                    *_recoded(self._dataset, recoded, self.name),
                    *lost_bits(bits, self.name),
                    *_others_named(self.name, self.subdatasets),
                )
                self._block_bytes = _block_bytes(self._dataset, self.metadata)
                #: Number of overviews of the first band; they are not read.
                self.overview_count = len(self._dataset.overviews(1))
        except BaseException:
            self.close()
            raise

    def read_window(self, window: Window, bands: Sequence[int] | None = None) -> MaskedPixels:
        """See `Raster`. Bands from 1 are those to read, default all."""
        size = uncompressed_size(self.metadata)
        pixel = size // (self.metadata.width * self.metadata.height)
        check_block(self.name, self._block_bytes, pixel, size)
        with quiet_rasterio() as rasterio:
            area = rasterio.windows.Window(*window)
            try:
                array = self._read(area, bands or range(1, self.metadata.count + 1))
                mask = self._dataset.read_masks(1, window=area) if self.metadata.has_mask else None
            except gdal_errors(rasterio) as error:
                raise InputError(
                    "input.damaged",
                    self.name,
                    window=window,
                    reason=self._redacted(str(error.__cause__ or error)),
                ) from self._cause(error)
        if mask is None:
            return array, None
        if not np.isin(mask, (0, 255)).all():
            raise UnsupportedRaster("raster.mask_values", self.name)
        return array, mask == 255

    def _read(self, area: Any, bands: Sequence[int]) -> Array:
        """Read bands in groups, so that a cancellation takes effect soon."""
        parts = []
        for first in range(0, len(bands), _BANDS_AT_ONCE):
            self._job.check()
            parts.append(self._read_some(list(bands[first : first + _BANDS_AT_ONCE]), area))
        return parts[0] if len(parts) == 1 else np.concatenate(parts)

    def _read_some(self, bands: list[int], area: Any) -> Array:
        """Read pixels in their actual data type, even if rasterio reports another one."""
        dtype = np.dtype(self.metadata.dtype)
        if self.metadata.gdal_type is not None:
            shape = (len(bands), area.height, area.width)
            filled: Array = self._dataset.read(bands, window=area, out=np.empty(shape, dtype))
            return filled
        array: Array = self._dataset.read(bands, window=area)
        if array.dtype.itemsize != dtype.itemsize:  # half floats widened by GDAL
            return array.astype(dtype)
        # rasterio before 1.3.7 swaps the names int64 and uint64; the bits are right
        return array if array.dtype == dtype else array.view(dtype)

    def _redacted(self, text: str) -> str:
        """Redact the name in a text of GDAL, which quotes whole URLs."""
        return redact_text(self._name, text)

    def _cause(self, error: Exception) -> Exception | None:
        return cause_of(self._name, error)

    def _describe(self, job: Job) -> Description:
        try:
            return _checked_description(self._dataset, self.name, job)
        except Cancelled:
            raise
        except FlacRasterError as error:
            raise error.redacted(self._redacted) from self._cause(error)

    def reference(self) -> RasterReference:
        """See `flac_raster_qgis.engine.parallel.raster_reference.reference_for`."""
        return self._reference

    def close(self) -> None:
        """Close the dataset; in a worker process in the thread that opened it."""
        self._opened.close()


def _checked_description(dataset: Any, name: str, job: Job) -> Description:
    rasterio = rasterio_module()
    if not dataset.count:
        parts = subdatasets(dataset)
        if parts:
            raise InputError("input.many_rasters", name, found=len(parts), parts=", ".join(parts))
        raise InputError("input.no_bands", name)
    try:
        description = read_description(dataset, name, rasterio, job)
    except gdal_errors(rasterio, ValueError) as error:
        where = sidecar_of(dataset) or Message("raster.the_raster")
        raise UnsupportedRaster("raster.description", name, reason=error, where=where) from error
    types = sorted({*description.gdal_types})
    if len(types) == 1:  # GDAL before 3.7 marks signed bytes in metadata
        types = sorted(set(dataset.dtypes)) if len(set(dataset.dtypes)) > 1 else types
    if len(types) > 1:
        raise UnsupportedRaster("raster.mixed_types", name, found=", ".join(types))
    if types[0] not in {*DATA_TYPES, *WIDENED_TYPES}:
        raise UnsupportedRaster("raster.type_lost", name, found=types[0])
    return description


def _others_named(name: str, subdatasets: tuple[str, ...]) -> Iterator[Message]:
    """Warn that a file has more rasters than the one that GDAL opens."""
    if len(subdatasets) > 1:  # one is the raster itself
        names = list(subdatasets)
        if len(names) > _NAMED:
            names[_NAMED - 2 : -1] = ["…"]
        yield Message("note.subdatasets", name, found=len(subdatasets), parts=", ".join(names))


#: Maximum number of names in a message.
_NAMED = 6


def _recoded(dataset: Any, texts: list[str], name: str) -> Iterator[Message]:
    """Warn that texts were decoded as Latin-1."""
    example = next(filter(None, texts), "").strip()[:_QUOTED]
    if example:
        where = sidecar_of(dataset) or Message("note.the_texts")
        yield Message("note.recoded", name, found=example, where=where)


#: Maximum length of a text in a message.
_QUOTED = 60


def _not_utf8(dataset: Any, name: str, error: UnicodeDecodeError) -> UnsupportedRaster:
    found = error.object.decode("cp1252", "replace")
    where = sidecar_of(dataset) or Message("raster.its_file")
    return UnsupportedRaster("raster.not_utf8", name, found=found[:_QUOTED], where=where)


def _block_bytes(dataset: Any, metadata: RasterMetadata) -> int:
    """Return the bytes that GDAL decodes at once, even for a small window."""
    height, width = map(int, dataset.block_shapes[0])
    is_mixed = dataset.tags(ns="IMAGE_STRUCTURE").get("INTERLEAVE") == "PIXEL"
    bands = metadata.count if is_mixed else 1
    return height * width * bands * np.dtype(metadata.dtype).itemsize


def _transform(dataset: Any) -> Transform:
    a, b, c, d, e, f = map(float, dataset.transform[:6])
    return (a, b, c, d, e, f)


def _has_mask(dataset: Any, name: str) -> bool:
    """Whether there is a mask for all bands, other than nodata and alpha."""
    flag = rasterio_module().enums.MaskFlags
    flags = dataset.mask_flag_enums
    own_masks = [not set(f) & {flag.all_valid, flag.nodata, flag.alpha} for f in flags]
    shared = all(flag.per_dataset in f for f in flags)
    if any(own_masks) and not (all(own_masks) and (shared or dataset.count == 1)):
        raise UnsupportedRaster("raster.band_masks", name)
    return all(own_masks)


def _read_metadata(
    dataset: Any,
    description: Description,
    bits: int | None,
    recoded: list[str],
    name: str,
    job: Job,
) -> RasterMetadata:
    gdal_type = description.gdal_types[0]
    gcps, gcps_crs = dataset.gcps
    dtype = data_type(dataset, gdal_type, bits)
    return RasterMetadata(
        width=dataset.width,
        height=dataset.height,
        dtype=dtype,
        bands=tuple(_read_bands(dataset, description, recoded, name, job)),
        crs=crs_to_text(description.crs, dataset.crs, name),
        # some drivers do not initialize a missing transform
        transform=_transform(dataset) if description.has_transform else IDENTITY,
        has_mask=_has_mask(dataset, name),
        gcps=tuple(
            GroundControlPoint(p.row, p.col, p.x, p.y, p.z or 0.0, p.id or "", p.info or "")
            for p in gcps
        ),
        gcps_crs=crs_to_text(description.gcps_crs, gcps_crs, name) if gcps else None,
        rpcs=dataset.tags(ns="RPC") or None,
        nbits=None if dtype == "float16" else bits,
        tags=read_tags(dataset, 0, description.unlisted_domains, recoded),
        coordinate_epoch=description.coordinate_epoch,
        gdal_type=gdal_type if gdal_type in WIDENED_TYPES else None,
        has_transform=description.has_transform,
    )


def _read_bands(
    dataset: Any, description: Description, recoded: list[str], name: str, job: Job
) -> Iterator[Band]:
    gdal_type = description.gdal_types[0]
    # rasterio rounds integers to float64, with a warning each time
    values = dataset.nodatavals if is_exact_in_rasterio(gdal_type) else (None,) * dataset.count
    try:
        texts = list(zip(dataset.descriptions, dataset.units))
    except UnicodeDecodeError:
        texts = [(band.description, band.unit) for band in description.bands]
    kept = zip(description.bands, values, texts, dataset.scales, dataset.offsets)
    for number, (band, nodata, (text, unit), scale, offset) in enumerate(kept, start=1):
        job.check()
        yield replace(
            band,
            nodata=band.nodata if nodata is None else _nodata(float(nodata), gdal_type),
            description=text,
            unit=unit or None,
            scale=float(scale),
            offset=float(offset),
            colormap=_colormap(dataset, number, name),
            tags=read_tags(dataset, number, description.unlisted_domains, recoded),
        )


def _nodata(value: float, gdal_type: str) -> Number:
    return value if "Float" in gdal_type else as_whole(value)


def _colormap(dataset: Any, number: int, name: str) -> dict[int, Color] | None:
    try:
        colors = sorted(dataset.colormap(number).items())
    except ValueError:  # there is none
        return None
    for value, color in colors:
        if not all(0 <= part <= 255 for part in color):
            raise UnsupportedRaster(
                "raster.color_table", name, band=number, found=color, value=value
            )
    return {value: tuple(color) for value, color in colors} or None
