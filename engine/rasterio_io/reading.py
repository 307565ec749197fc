"""Read any raster that rasterio opens."""

from __future__ import annotations

import re
from contextlib import ExitStack
from types import ModuleType
from typing import Any

import numpy as np

from ..errors import InputError, UnsupportedRaster
from ..grid import Window
from ..metadata import Band, GroundControlPoint, RasterMetadata
from ..processes import serving
from ..raster import Block
from ..reference import RasterReference
from ..remote.urls import shown
from .library import (
    crs_to_text,
    failures,
    quiet_rasterio,
    rasterio_environment,
    rasterio_module,
)

#: Domains that describe the file rather than the raster, or that are kept in fields of their own.
_DERIVED_DOMAINS = {"IMAGE_STRUCTURE", "DERIVED_SUBDATASETS", "SUBDATASETS", "RPC"}


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
        self.name = shown(str(path))
        self._reference = RasterReference.to(RasterioRaster, str(path))
        self._opened = ExitStack()
        try:
            if serving():  # no other code here wants other settings: one for all windows
                self._opened.enter_context(rasterio_environment())
            with quiet_rasterio() as rasterio:
                try:
                    self._dataset = rasterio.open(str(path))
                except (*failures(rasterio), ValueError, TypeError) as error:
                    # GDAL quotes the whole address
                    reason = str(error).replace(str(path), self.name)
                    raise _cannot_open(self.name, reason) from error
                self._opened.callback(self._dataset.close)
                self.metadata = _read_metadata(self._dataset, self.name)
        except BaseException:
            self.close()
            raise

    def read_block(self, window: Window) -> Block:
        """See `Raster`."""
        with quiet_rasterio() as rasterio:
            area = rasterio.windows.Window(*window)
            try:
                array = self._dataset.read(window=area)
                mask = self._dataset.read_masks(1, window=area) if self.metadata.mask else None
            except failures(rasterio) as error:
                raise InputError(
                    f"{self.name} cannot be read at {window}: {error.__cause__ or error}; the "
                    "file may be damaged."
                ) from error
        if mask is None:
            return array, None
        if not np.isin(mask, (0, 255)).all():
            raise UnsupportedRaster(
                f"{self.name}: its mask has values between 0 and 255, which cannot be kept; make "
                "it an alpha band."
            )
        return array, mask == 255

    def reference(self) -> RasterReference:
        """See `flac_raster_qgis.engine.reference.Named`."""
        return self._reference

    def close(self) -> None:
        """Close the dataset; in a worker process in the thread that opened it."""
        self._opened.close()


def _cannot_open(name: str, error: str) -> InputError:
    if "No such file" in error:
        return InputError(f"{name} does not exist; check the path.")
    return InputError(f"{name} is not a raster that can be read: {error}.")


def _read_metadata(dataset: Any, name: str) -> RasterMetadata:
    rasterio = rasterio_module()
    if not dataset.count:
        parts = dataset.subdatasets
        if parts:
            raise InputError(
                f"{name} holds {len(parts)} rasters; give the name of one of them: "
                f"{', '.join(parts)}."
            )
        raise InputError(f"{name} has no bands; a raster was expected.")
    dtypes = sorted(set(dataset.dtypes))
    if len(dtypes) > 1:
        raise UnsupportedRaster(
            f"{name}: its bands have different data types ({', '.join(dtypes)}); convert each on "
            "its own."
        )
    flags = dataset.mask_flag_enums
    flag = rasterio.enums.MaskFlags
    own_masks = [not set(f) & {flag.all_valid, flag.nodata, flag.alpha} for f in flags]
    shared = all(flag.per_dataset in f for f in flags)
    if any(own_masks) and not (all(own_masks) and (shared or dataset.count == 1)):
        raise UnsupportedRaster(
            f"{name}: its bands have masks of their own, which cannot be kept; make one mask for "
            "all bands."
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


def _nodata_of_64_bits(dataset: Any, rasterio: ModuleType) -> list[int | None]:
    """Read nodata from the text of a VRT; rasterio rounds or drops such values."""
    with rasterio.MemoryFile(ext=".vrt") as file:
        rasterio.shutil.copy(dataset, file.name, driver="VRT")
        # a mask has a band of its own in there
        text = re.sub(rb"<MaskBand>.*?</MaskBand>", b"", file.read(), flags=re.DOTALL)
    bands = re.findall(rb"<VRTRasterBand\b.*?</VRTRasterBand>", text, re.DOTALL)
    found = [re.search(rb"<NoDataValue>([^<]+)<", band) for band in bands]
    texts = [None if value is None else value[1].decode("ascii") for value in found]
    values = [None if text is None else int(float(text) if "." in text else text) for text in texts]
    if dataset.dtypes[0] == "int64":
        # GDAL 3.5 and 3.6 write negative ones as if they were unsigned
        values = [value - 2**64 if value and value >= 2**63 else value for value in values]
    return values


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
    """Nodata as a pixel has it: a whole number for integers, rounded to its width for floats."""
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
