"""Write GeoTIFF and Cloud Optimized GeoTIFF."""

from __future__ import annotations

import errno
import os
import re
import shutil
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from ..errors import InputError, Message, OutputError, UnsupportedRaster
from ..model.data_types import Array
from ..model.grid import Window
from ..model.metadata import RasterMetadata
from ..model.raster import MaskedPixels
from ..model.transform import IDENTITY
from ..storage.output import write_error
from .crs import parse_crs
from .data_types import HALF_BITS
from .description import vrt_text
from .environment import (
    flush_block_cache,
    gdal_errors,
    quiet_rasterio,
    rasterio_module,
    with_quick_indexes,
)
from .reader import RasterioRaster
from .sidecar import has_swapped_types, tiff_nodata
from .tags import items_to_write

#: Free bytes below which a disk counts as full.
_FULL_DISK = 1 << 20
#: Exceptions that rasterio raises for values that it does not accept.
_VALUE_ERRORS = (ValueError, TypeError, KeyError, IndexError, OverflowError, AttributeError)


class GeoTiffWriter:
    """Write a GeoTIFF strip by strip, with all metadata that the format can store.

    Parameters
    ----------
    part : Path
        Written directly; put it in its place with `output.atomic_write`.
    path : Path
        Name for errors.
    metadata : RasterMetadata
    workers : int
        Threads that compress.
    layout : mapping, optional
        Creation options of GDAL to use instead of the writer's own.

    Raises
    ------
    UnsupportedRaster
        If GDAL does not accept the metadata.
    OutputError
        If it cannot write.
    """

    def __init__(
        self,
        part: Path,
        path: Path,
        metadata: RasterMetadata,
        workers: int,
        layout: Mapping[str, Any] | None = None,
    ):
        self.path, self.metadata = path, metadata
        #: Window and checksum of each written block.
        self.written: list[tuple[Window, int]] = []
        #: Written after the mask: GDAL derives a mask from them, which cannot be written.
        self._late_tags = {
            key: text
            for key, text in metadata.tags.get("", {}).items()
            if key == "NODATA_VALUES" and metadata.has_mask
        }
        with quiet_rasterio() as rasterio:
            try:
                profile = {**_profile(metadata, rasterio), **(layout or {})}
                is_own = profile["dtype"] in _WRITTEN_AS.values()
                self._dtype = np.dtype(metadata.dtype if is_own else profile["dtype"])
                dataset = rasterio.open(part, "w", num_threads=workers, **profile)
                self._dataset = with_quick_indexes(dataset)
                self._write_metadata(rasterio)
            except gdal_errors(rasterio, *_VALUE_ERRORS) as error:
                if not part.exists():  # its folder went away
                    raise gdal_write_error(path, error) from error
                raise UnsupportedRaster(
                    "geotiff.metadata", path, reason=error.__cause__ or error
                ) from error

    def write_block(self, window: Window, block: MaskedPixels) -> None:
        """Write the pixels of all bands, and the mask, of a window."""
        array, mask = block
        with quiet_rasterio() as rasterio:
            area = rasterio.windows.Window(*window)
            try:
                self._dataset.write(self._as_written(array), window=area)
                if mask is not None:
                    self._dataset.write_mask(mask, window=area)
            except gdal_errors(rasterio) as error:
                raise gdal_write_error(self.path, error) from error
        self.written.append((window, _checksum(block)))

    def close(self) -> None:
        """Finish the file."""
        with quiet_rasterio() as rasterio:
            try:
                if self._late_tags:  # else GDAL would write the directory anew, at the end
                    self._dataset.update_tags(**self._late_tags)
                flush_block_cache()
                self._dataset.close()
            except gdal_errors(rasterio) as error:
                raise gdal_write_error(self.path, error) from error

    def _as_written(self, array: Array) -> Array:
        """Return pixels in the data type of the file: the same bits, or half floats widened."""
        same_bits = array.dtype.itemsize == self._dtype.itemsize
        return array.view(self._dtype) if same_bits else array.astype(self._dtype)

    def _write_metadata(self, rasterio: ModuleType) -> None:
        metadata, dataset = self.metadata, self._dataset
        bands = metadata.bands
        kinds = rasterio.enums.ColorInterp
        names = kinds.__members__
        dataset.colorinterp = [names.get(b.color_interpretation, kinds.undefined) for b in bands]
        for domain, items in metadata.tags.items():
            written = {k: v for k, v in items.items() if domain or k not in self._late_tags}
            dataset.update_tags(ns=domain or None, **items_to_write(domain, written))
        if metadata.rpcs and _fits_tiff(metadata.rpcs):
            dataset.rpcs = rasterio.rpc.RPC.from_gdal(dict(metadata.rpcs))
        if metadata.gcps:
            points = [rasterio.control.GroundControlPoint(**vars(p)) for p in metadata.gcps]
            crs = metadata.gcps_crs
            dataset.gcps = (
                points,
                parse_crs(crs, rasterio) if crs else rasterio.crs.CRS(),
            )
        for number, band in enumerate(bands, start=1):
            if band.description:
                dataset.set_band_description(number, band.description)
            if band.unit:
                dataset.set_band_unit(number, band.unit)
            for domain, items in band.tags.items():
                dataset.update_tags(number, ns=domain or None, **items_to_write(domain, items))
            if band.colormap is not None and metadata.count == 1 and metadata.dtype in _PALETTES:
                dataset.write_colormap(number, dict(band.colormap))
        dataset.scales = [band.scale for band in bands]
        dataset.offsets = [band.offset for band in bands]


#: Coefficients in the TIFF tag, and their lengths; the last two are optional.
_RPCS = {
    **dict.fromkeys(("LINE_OFF", "SAMP_OFF", "LAT_OFF", "LONG_OFF", "HEIGHT_OFF"), 1),
    **dict.fromkeys(("LINE_SCALE", "SAMP_SCALE", "LAT_SCALE", "LONG_SCALE", "HEIGHT_SCALE"), 1),
    **dict.fromkeys(("LINE_NUM_COEFF", "LINE_DEN_COEFF"), 20),
    **dict.fromkeys(("SAMP_NUM_COEFF", "SAMP_DEN_COEFF"), 20),
    **dict.fromkeys(("ERR_BIAS", "ERR_RAND"), 1),
}


def _fits_tiff(rpcs: Mapping[str, str]) -> bool:
    """Whether the TIFF tag can store the coefficients, of which GDAL reads 15 digits.

    Otherwise they are written to the sidecar, which GDAL reads if the TIFF has none.
    """
    if not _RPCS.keys() - {"ERR_BIAS", "ERR_RAND"} <= rpcs.keys() <= _RPCS.keys():
        return False
    try:
        numbers = {key: [float(word) for word in text.split()] for key, text in rpcs.items()}
    except ValueError:
        return False
    return all(
        len(values) == _RPCS[key] and all(value == float(f"{value:.15g}") for value in values)
        for key, values in numbers.items()
    )


def gdal_write_error(path: Path, error: object) -> OutputError:
    """Return the error for a failed write; GDAL does not report a full disk as such."""
    if not path.parent.is_dir():
        return write_error(path, OSError(errno.ENOENT, os.strerror(errno.ENOENT)))
    if shutil.disk_usage(path.parent).free < _FULL_DISK:
        return write_error(path, OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)))
    reason = Message("geotiff.gdal", reason=error) if isinstance(error, Exception) else error
    return OutputError("geotiff.cannot_write", path, reason=reason)


def _checksum(block: MaskedPixels) -> int:
    array, mask = block
    crc = zlib.crc32(np.ascontiguousarray(array).data)
    return crc if mask is None else zlib.crc32(np.ascontiguousarray(mask).data, crc)


@contextmanager
def reading_back(path: Path) -> Iterator[None]:
    """Report a new file that cannot be read as not written."""
    try:
        yield
    except InputError as error:
        raise gdal_write_error(path, Message("geotiff.not_read_back")) from error


def check_written(part: Path, path: Path, written: list[tuple[Window, int]]) -> None:
    """Read a file back and compare checksums; raises `OutputError`.

    GDAL writes late, and rasterio does not report errors at the end.
    """
    with reading_back(path):
        raster = RasterioRaster(str(part))
        try:
            wrong = [w for w, crc in written if _checksum(raster.read_window(w)) != crc]
        finally:
            raster.close()
    if wrong:
        raise gdal_write_error(path, Message("geotiff.read_back_differs", found=wrong[0]))


def _profile(metadata: RasterMetadata, rasterio: ModuleType) -> dict[str, Any]:
    """Return the creation options: tiled, lossless, BigTIFF if necessary."""
    profile: dict[str, Any] = {
        "driver": "GTiff",
        "width": metadata.width,
        "height": metadata.height,
        "count": metadata.count,
        "dtype": _rasterio_dtype(metadata, rasterio),
        "nodata": tiff_nodata(metadata, rasterio),
        "tiled": True,
        "blockxsize": 256,
        "blockysize": 256,
        "compress": "deflate",
        "predictor": _predictor(metadata),
        "bigtiff": "if_safer",
        "interleave": _interleave(metadata),
    }
    bits = _tiff_bits(metadata)
    if bits is not None:
        profile["nbits"] = bits
    if metadata.crs:
        profile["crs"] = parse_crs(metadata.crs, rasterio)
    if metadata.transform != IDENTITY:
        profile["transform"] = rasterio.Affine(*metadata.transform)
    return profile


#: Data types that can have a color table in a TIFF.
_PALETTES = ("uint8", "uint16")
#: Maximum number of bands for pixel interleaving; with more, blocks would be large.
_PIXEL_INTERLEAVED = 8


def _interleave(metadata: RasterMetadata) -> str:
    return "pixel" if metadata.count <= _PIXEL_INTERLEAVED else "band"


def _tiff_bits(metadata: RasterMetadata) -> int | None:
    """Return the value of NBITS, None for all bits of the data type."""
    if metadata.dtype == "float16":
        return HALF_BITS
    is_narrower = metadata.dtype == "float32" and metadata.nbits == HALF_BITS
    return None if is_narrower else metadata.nbits  # GDAL would write half floats


def _predictor(metadata: RasterMetadata) -> int:
    if metadata.dtype == "float16":
        return 2  # the only one that GDAL supports
    if metadata.nbits is not None or metadata.dtype.startswith("complex"):
        return 1
    if metadata.dtype in ("int64", "uint64"):
        return 1  # libtiff before 4.4 cannot read a predictor of 64 bits
    return 3 if metadata.dtype.startswith("float") else 2


#: rasterio's names of data types that numpy lacks, by GDAL's names.
_WRITTEN_AS = {"CInt16": "complex_int16"}
#: Data types that rasterio cannot write, with GDAL's numbers; CFloat16 is new in GDAL 3.11.
_COPIED = {"CInt32": 9, "CFloat16": 16}


def _rasterio_dtype(metadata: RasterMetadata, rasterio: ModuleType) -> str:
    """Return rasterio's name of the data type of the file."""
    if metadata.dtype in ("int64", "uint64") and has_swapped_types(rasterio):
        return {"int64": "uint64", "uint64": "int64"}[metadata.dtype]
    if metadata.dtype == "float16" and "float16" not in rasterio.dtypes.dtype_fwd.values():
        return "float32"  # of 16 bits, which is the same in a TIFF
    return _WRITTEN_AS.get(metadata.gdal_type or "", metadata.dtype)


def needs_copy(metadata: RasterMetadata) -> bool:
    """Whether the data type can only be written by copying a GeoTIFF of a wider type.

    If GDAL lacks the data type, the file keeps the wider one.
    """
    return _COPIED.get(metadata.gdal_type or "") in rasterio_module().dtypes.dtype_fwd


def copy_geotiff(
    source: Path,
    part: Path,
    path: Path,
    metadata: RasterMetadata,
    workers: int,
    cog: Mapping[str, Any] | None,
) -> None:
    """Copy a GeoTIFF to a Cloud Optimized GeoTIFF, or to the original data type.

    ``path`` is its name in errors, ``cog`` the options of a Cloud Optimized GeoTIFF, if it is to be
    one. Raises `OutputError`.
    """
    options = copy_options(metadata, workers, cog)
    with quiet_rasterio() as rasterio:
        try:
            rasterio.shutil.copy(_as_type(source, metadata, rasterio), part, **options)
        except gdal_errors(rasterio) as error:
            raise gdal_write_error(path, error) from error


def _as_type(source: Path, metadata: RasterMetadata, rasterio: ModuleType) -> Any:
    """Return a VRT of the source in the original data type, or the source."""
    if not needs_copy(metadata):
        return source
    with rasterio.open(source) as dataset:
        text = vrt_text(dataset, rasterio).decode("utf-8")
    return re.sub(r'(<VRTRasterBand dataType=")\w+', rf"\g<1>{metadata.gdal_type}", text)


#: Names of TIFF predictors in the COG driver.
_COG_PREDICTORS = {1: "no", 2: "standard", 3: "floating_point"}


def copy_options(
    metadata: RasterMetadata, workers: int, cog: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Return the creation options for a copy of a GeoTIFF, or a Cloud Optimized GeoTIFF."""
    options = {"compress": "deflate", "bigtiff": "if_safer", "num_threads": workers}
    if cog is None:
        return {"driver": "GTiff", "tiled": "yes", "interleave": _interleave(metadata), **options}
    predictor = _COG_PREDICTORS[_predictor(metadata)]
    return {"driver": "COG", "predictor": predictor, **options, **cog}
