"""Every other raster format, through rasterio: open anything GDAL reads, write GeoTIFF and COG.

rasterio carries a GDAL and a PROJ of its own, which a QGIS process should not be burdened with before it must; so it
is imported here only, and only when a raster of another format is really read or written.
"""

from __future__ import annotations

import os
import threading
import warnings
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any, Iterator, Mapping, Optional
from xml.etree import ElementTree

import numpy as np

from .errors import InputError, MissingDependency, UnsupportedRaster
from .grid import IDENTITY, Window
from .metadata import Band, GroundControlPoint, RasterMetadata, number_to_json
from .output import write_error
from .raster import Block

#: Domains that describe the file rather than the raster, or that are kept in fields of their own.
_DERIVED_DOMAINS = {"IMAGE_STRUCTURE", "DERIVED_SUBDATASETS", "SUBDATASETS", "RPC"}
#: Set by launchers of QGIS to its own PROJ and GDAL data, which do not fit the ones that rasterio may carry.
_FOREIGN_DATA = ("PROJ_LIB", "PROJ_DATA", "GDAL_DATA")
#: rasterio takes and hands out nodata as float64, in which larger whole numbers are not exact.
_EXACT_IN_FLOAT64 = 1 << 53
_IMPORTING = threading.Lock()
#: GDAL's cache of decoded blocks; the default, a twentieth of all memory, is far more than one pass needs.
_CACHE_MB = 64


@lru_cache(maxsize=None)
def _rasterio() -> ModuleType:
    """Import rasterio with the environment it was built for.

    Raises
    ------
    MissingDependency
    """
    with _IMPORTING:
        hidden = {key: os.environ.pop(key) for key in _FOREIGN_DATA if key in os.environ}
        try:
            import rasterio
            import rasterio.control
            import rasterio.enums
            import rasterio.errors
            import rasterio.rpc
            import rasterio.shutil
            import rasterio.windows

            with (
                rasterio.Env()
            ):  # finds its own PROJ and GDAL data while the foreign ones are hidden
                pass
        except ImportError as error:
            raise MissingDependency(
                f"Reading and writing GeoTIFF needs the Python package rasterio, which cannot be imported ({error}); "
                "install it with: python -m pip install rasterio"
            ) from error
        finally:
            os.environ.update(hidden)
    return rasterio


@contextmanager
def _quiet() -> Iterator[ModuleType]:
    """Provide rasterio without its warning of rasters that have no georeference, which are welcome here."""
    rasterio = _rasterio()
    with warnings.catch_warnings(), rasterio.Env(GDAL_CACHEMAX=_CACHE_MB):
        warnings.simplefilter("ignore", rasterio.errors.NotGeoreferencedWarning)
        yield rasterio


# ---------------------------------------------------------------- CRS


def crs_to_text(crs: Any) -> Optional[str]:
    """Name a CRS by its authority code where that is exactly it, else by its WKT2."""
    if not crs:
        return None
    rasterio = _rasterio()
    authority = crs.to_authority()
    if authority:
        code = ":".join(authority)
        try:
            # "is the same" would also accept a CRS of another name and datum
            if rasterio.crs.CRS.from_user_input(code).to_wkt() == crs.to_wkt():
                return code
        except rasterio.errors.CRSError:
            return crs.to_wkt(version="WKT2_2019")
    return crs.to_wkt(version="WKT2_2019")


def same_crs(left: Optional[str], right: Optional[str]) -> bool:
    """Whether two texts name the same CRS, name and datum included."""
    if left == right or not left or not right:
        return left == right
    rasterio = _rasterio()
    try:
        a, b = (rasterio.crs.CRS.from_user_input(text) for text in (left, right))
        return a.to_wkt() == b.to_wkt()
    except rasterio.errors.CRSError:
        return False


# ---------------------------------------------------------------- reading


class RasterioRaster:
    """A raster of any format that rasterio opens.

    Parameters
    ----------
    path : str
        File, URL, or whatever else GDAL takes for a name.

    Raises
    ------
    InputError
        If it cannot be opened or is not a raster.
    UnsupportedRaster
        If it holds something that could not be kept.
    MissingDependency
        If rasterio is not installed.
    """

    def __init__(self, path: str):
        self.name = str(path)
        with _quiet() as rasterio:
            try:
                self._dataset = rasterio.open(self.name)
            except (rasterio.errors.RasterioError, ValueError, TypeError) as error:
                raise _cannot_open(self.name, error) from error
        try:
            self.metadata = _read_metadata(self._dataset, self.name)
        except BaseException:
            self.close()
            raise

    def read_block(self, window: Window) -> Block:
        """See `Raster`."""
        with _quiet() as rasterio:
            area = rasterio.windows.Window(*window)
            try:
                array = self._dataset.read(window=area)
                mask = self._dataset.read_masks(1, window=area) if self.metadata.mask else None
            except rasterio.errors.RasterioError as error:
                raise InputError(
                    f"{self.name} cannot be read at {window}: {error.__cause__ or error}; the file may be damaged."
                ) from error
        if mask is None:
            return array, None
        if not np.isin(mask, (0, 255)).all():
            raise UnsupportedRaster(
                f"{self.name}: its mask has values between 0 and 255, which cannot be kept; make it an alpha band."
            )
        return array, mask == 255

    def close(self) -> None:
        """Close the dataset."""
        self._dataset.close()


def _cannot_open(name: str, error: Exception) -> InputError:
    path = Path(name)
    if "://" not in name and not name.startswith("/vsi") and ":" not in path.name:
        if not path.exists():
            return InputError(f"{name} does not exist; check the path.")
        if path.is_dir():
            return InputError(f"{name} is a folder; a raster file was expected.")
    return InputError(f"{name} is not a raster that can be read: {error}.")


def _read_metadata(dataset: Any, name: str) -> RasterMetadata:
    rasterio = _rasterio()
    if not dataset.count:
        parts = dataset.subdatasets
        if parts:
            raise InputError(
                f"{name} holds {len(parts)} rasters; give the name of one of them: {', '.join(parts)}."
            )
        raise InputError(f"{name} has no bands; a raster was expected.")
    dtypes = sorted(set(dataset.dtypes))
    if len(dtypes) > 1:
        raise UnsupportedRaster(
            f"{name}: its bands have different data types ({', '.join(dtypes)}); convert each on its own."
        )
    flags = dataset.mask_flag_enums
    flag = rasterio.enums.MaskFlags
    own_masks = [not set(f) & {flag.all_valid, flag.nodata, flag.alpha} for f in flags]
    shared = all(flag.per_dataset in f for f in flags)
    if any(own_masks) and not (all(own_masks) and (shared or dataset.count == 1)):
        raise UnsupportedRaster(
            f"{name}: its bands have masks of their own, which cannot be kept; make one mask for all bands."
        )
    nodata = dataset.nodatavals
    if dtypes[0] in ("int64", "uint64"):
        nodata = _nodata_of_64_bits(dataset, rasterio)
    gcps, gcps_crs = dataset.gcps
    bits = dataset.tags(1, ns="IMAGE_STRUCTURE").get("NBITS")
    return RasterMetadata(
        width=dataset.width,
        height=dataset.height,
        dtype=dtypes[0],
        bands=tuple(_read_band(dataset, n + 1, value) for n, value in enumerate(nodata)),
        crs=crs_to_text(dataset.crs),
        transform=tuple(float(v) for v in dataset.transform[:6]),
        mask=all(own_masks),
        gcps=tuple(
            GroundControlPoint(p.row, p.col, p.x, p.y, p.z or 0.0, p.id or "", p.info or "")
            for p in gcps
        ),
        gcps_crs=crs_to_text(gcps_crs) if gcps else None,
        rpcs=dataset.tags(ns="RPC") or None,
        bits=int(bits) if bits else None,
        tags=_read_tags(dataset, 0),
    )


def _nodata_of_64_bits(dataset: Any, rasterio: ModuleType) -> list[Optional[int]]:
    """Read nodata from a VRT of the raster, whose text has all digits; rasterio rounds or drops such values."""
    with rasterio.MemoryFile(ext=".vrt") as file:
        rasterio.shutil.copy(dataset, file.name, driver="VRT")
        bands = ElementTree.fromstring(file.read()).iter("VRTRasterBand")  # noqa: S314 (GDAL wrote it)
        texts = [band.findtext("NoDataValue") for band in bands]
    return [
        None if text is None else int(float(text)) if "." in text or "e" in text else int(text)
        for text in texts
    ]


def _read_band(dataset: Any, number: int, nodata: Any) -> Band:
    n = number - 1
    try:
        colormap = {
            value: tuple(color) for value, color in sorted(dataset.colormap(number).items())
        }
    except ValueError:  # rasterio's way to say that there is none
        colormap = None
    return Band(
        nodata=_nodata(nodata, dataset.dtypes[n]),
        description=dataset.descriptions[n],
        unit=dataset.units[n] or None,
        scale=float(dataset.scales[n]),
        offset=float(dataset.offsets[n]),
        interpretation=dataset.colorinterp[n].name,
        colormap=colormap,
        tags=_read_tags(dataset, number),
    )


def _nodata(value: Any, dtype: str) -> Any:
    """Nodata as a pixel of the raster has it: a whole number for integers, rounded to its width for floats."""
    if value is None:
        return None
    kind = np.dtype(dtype)
    if kind.kind in "iu":
        return int(value) if value == value and float(value).is_integer() else float(value)
    with np.errstate(over="ignore"):
        return float(kind.type(value).real)


def _read_tags(dataset: Any, band: int) -> dict[str, dict[str, str]]:
    domains = {domain for domain in dataset.tag_namespaces(band) if domain not in _DERIVED_DOMAINS}
    tags = {domain: dataset.tags(band, ns=domain) for domain in sorted(domains)}
    tags[""] = dataset.tags(band)
    return {domain: dict(items) for domain, items in sorted(tags.items()) if items}


# ---------------------------------------------------------------- writing


class GeoTiffWriter:
    """Write a GeoTIFF strip by strip, with all metadata that the format holds.

    Parameters
    ----------
    path : Path
        Written directly; put it in its place with `output.replacing`.
    metadata : RasterMetadata
    workers : int
        Threads that compress.

    """

    def __init__(self, path: Path, metadata: RasterMetadata, workers: int):
        self.path, self.metadata = path, metadata
        with _writing() as rasterio:
            profile = _profile(metadata, rasterio)
            try:
                self._dataset = rasterio.open(path, "w", num_threads=workers, **profile)
            except (rasterio.errors.RasterioError, TypeError, ValueError) as error:
                raise UnsupportedRaster(
                    f"{path} cannot be written as GeoTIFF: {error.__cause__ or error}."
                ) from error
            self._write_metadata(rasterio)

    def write_block(self, window: Window, block: Block) -> None:
        """Write the pixels of all bands, and the mask, of a window."""
        array, mask = block
        with _writing() as rasterio:
            area = rasterio.windows.Window(*window)
            try:
                self._dataset.write(array, window=area)
                if mask is not None:
                    self._dataset.write_mask(mask, window=area)
            except rasterio.errors.RasterioError as error:
                raise _refused(self.path, error) from error

    def close(self) -> None:
        """Finish the file."""
        with _writing() as rasterio:
            try:
                self._dataset.close()
            except rasterio.errors.RasterioError as error:
                raise _refused(self.path, error) from error

    def _write_metadata(self, rasterio: ModuleType) -> None:
        metadata, dataset = self.metadata, self._dataset
        bands = metadata.bands
        kinds = rasterio.enums.ColorInterp
        dataset.colorinterp = [getattr(kinds, b.interpretation, kinds.undefined) for b in bands]
        for domain, items in metadata.tags.items():
            dataset.update_tags(ns=domain or None, **_as_pairs(domain, items))
        if metadata.rpcs:
            dataset.rpcs = rasterio.rpc.RPC.from_gdal(dict(metadata.rpcs))
        if metadata.gcps:
            points = [rasterio.control.GroundControlPoint(**vars(p)) for p in metadata.gcps]
            crs = metadata.gcps_crs
            dataset.gcps = (
                points,
                rasterio.crs.CRS.from_user_input(crs) if crs else rasterio.crs.CRS(),
            )
        for number, band in enumerate(bands, start=1):
            if band.description:
                dataset.set_band_description(number, band.description)
            if band.unit:
                dataset.set_band_unit(number, band.unit)
            for domain, items in band.tags.items():
                dataset.update_tags(number, ns=domain or None, **_as_pairs(domain, items))
            if band.colormap is not None and metadata.count == 1 and metadata.dtype in _PALETTES:
                dataset.write_colormap(number, dict(band.colormap))
        dataset.scales = [band.scale for band in bands]
        dataset.offsets = [band.offset for band in bands]


def _as_pairs(domain: str, items: Mapping[str, str]) -> Mapping[str, str]:
    """Cut the document of an ``xml:`` domain at its first "=", where rasterio will join name and value again."""
    if not domain.startswith("xml:"):
        return items
    name, _, value = items.get(domain, "").partition("=")
    return {name: value} if value else {}


@contextmanager
def _writing() -> Iterator[ModuleType]:
    """Mask inside the file, so that one file is all there is."""
    with _quiet() as rasterio, rasterio.Env(GDAL_TIFF_INTERNAL_MASK=True):
        yield rasterio


def _refused(path: Path, error: Exception) -> Exception:
    return write_error(path, OSError(0, f"GDAL says {error.__cause__ or error}"))


def _profile(metadata: RasterMetadata, rasterio: ModuleType) -> dict[str, Any]:
    """Creation options: tiled, compressed without loss, BigTIFF where it may be needed."""
    profile: dict[str, Any] = {
        "driver": "GTiff",
        "width": metadata.width,
        "height": metadata.height,
        "count": metadata.count,
        "dtype": metadata.dtype,
        "nodata": None if _needs_sidecar(metadata) else metadata.nodata[0],
        "tiled": True,
        "blockxsize": 256,
        "blockysize": 256,
        "compress": "deflate",
        "predictor": _predictor(metadata),
        "bigtiff": "if_safer",
        "interleave": "pixel" if metadata.count <= _PIXEL_INTERLEAVED else "band",
    }
    if metadata.bits is not None:
        profile["nbits"] = metadata.bits
    if metadata.crs:
        profile["crs"] = rasterio.crs.CRS.from_user_input(metadata.crs)
    if metadata.transform != IDENTITY:
        profile["transform"] = rasterio.Affine(*metadata.transform)
    return profile


#: Data types of which a TIFF holds a colour table.
_PALETTES = ("uint8", "uint16")
#: With more bands than this, a block of all of them would be large.
_PIXEL_INTERLEAVED = 8


def _predictor(metadata: RasterMetadata) -> int:
    if metadata.bits is not None or metadata.dtype.startswith("complex"):
        return 1
    return 3 if metadata.dtype.startswith("float") else 2


def _needs_sidecar(metadata: RasterMetadata) -> bool:
    """Whether nodata differs from band to band or has more digits than rasterio passes on."""
    values = {number_to_json(value) for value in metadata.nodata}
    large = any(isinstance(value, int) and abs(value) > _EXACT_IN_FLOAT64 for value in values)
    return len(values) > 1 or large


def write_sidecar(path: Path, metadata: RasterMetadata) -> None:
    """Write nodata to GDAL's ``.aux.xml`` where the TIFF itself cannot hold it."""
    if not _needs_sidecar(metadata):
        return
    root = ElementTree.Element("PAMDataset")
    for number, value in enumerate(metadata.nodata, start=1):
        if value is not None:
            band = ElementTree.SubElement(root, "PAMRasterBand", band=str(number))
            ElementTree.SubElement(band, "NoDataValue").text = str(value)
    ElementTree.ElementTree(root).write(sidecars(path)[0])


def sidecars(path: Path) -> list[Path]:
    """Files that GDAL reads along with a raster: metadata, overviews and mask."""
    return [path.with_name(path.name + suffix) for suffix in (".aux.xml", ".ovr", ".msk")]


def copy_as_cog(source: Path, target: Path, metadata: RasterMetadata, workers: int) -> None:
    """Rewrite a GeoTIFF as Cloud Optimized GeoTIFF."""
    with _writing() as rasterio:
        try:
            rasterio.shutil.copy(
                source,
                target,
                driver="COG",
                compress="deflate",
                predictor="yes" if _predictor(metadata) > 1 else "no",
                bigtiff="if_safer",
                num_threads=workers,
                overview_resampling="mode" if metadata.is_classes else "average",
            )
        except rasterio.errors.RasterioError as error:
            raise _refused(target, error) from error
