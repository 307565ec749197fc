"""rasterio itself: imported late, in an environment that fits it, and CRS as text."""

from __future__ import annotations

import os
import re
import threading
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import cache
from types import ModuleType
from typing import Any

from ..errors import InputError, MissingDependency, UnsupportedRaster
from ..model.crs import AUTHORITY_CODE, refusal

#: Set by launchers of QGIS to its own PROJ and GDAL data, which do not fit the ones that rasterio
#: may carry.
_FOREIGN_DATA = ("PROJ_LIB", "PROJ_DATA", "GDAL_DATA")
_HIDING = threading.RLock()
_THREAD = threading.local()
#: Bytes of GDAL's cache of decoded blocks; the default, a twentieth of all memory, is far more than
#: one pass needs. GDAL takes small numbers for megabytes, rasterio all for bytes.
_CACHE = 64 << 20
#: Masks go inside the file, so that one file is all there is.
_SETTINGS = {"GDAL_CACHEMAX": _CACHE, "GDAL_TIFF_INTERNAL_MASK": True}
#: Bytes by which the cache is emptied, less than most blocks have.
_STEP = 128 << 10


@contextmanager
def _foreign_data_hidden() -> Iterator[None]:
    """Take the paths of another PROJ and GDAL out of the environment, and put them back."""
    with _HIDING:
        hidden = {key: os.environ.pop(key) for key in _FOREIGN_DATA if key in os.environ}
        try:
            yield
        finally:
            os.environ.update(hidden)


@cache
def rasterio_module() -> ModuleType:
    """Import rasterio with the environment it was built for.

    Raises
    ------
    MissingDependency
    """
    try:
        with _foreign_data_hidden():
            import rasterio
            import rasterio.control
            import rasterio.enums
            import rasterio.env
            import rasterio.errors
            import rasterio.rpc
            import rasterio.shutil
            import rasterio.windows
    except ImportError as error:
        raise MissingDependency(
            "Reading and writing GeoTIFF needs the Python package rasterio, which cannot be "
            f"imported ({error}); install it with: python -m pip install rasterio"
        ) from error
    return rasterio


@contextmanager
def quiet_rasterio() -> Iterator[ModuleType]:
    """Provide rasterio without its warning of rasters that have no georeference."""
    with rasterio_environment() as rasterio, warnings.catch_warnings():
        warnings.simplefilter("ignore", rasterio.errors.NotGeoreferencedWarning)
        yield rasterio


@contextmanager
def rasterio_environment() -> Iterator[ModuleType]:
    """Provide rasterio with our settings of GDAL, in this thread.

    Inside one, another one is the same: to begin or leave it takes a millisecond.
    """
    rasterio = rasterio_module()
    if getattr(_THREAD, "holds_environment", False):
        yield rasterio
        return
    with ExitStack() as stack:
        with _foreign_data_hidden():  # where an environment begins, rasterio looks for its data
            stack.enter_context(rasterio.Env(**_SETTINGS))
        _THREAD.holds_environment = True
        try:
            yield rasterio
        finally:
            _THREAD.holds_environment = False


def with_quick_indexes(dataset: Any) -> Any:
    """Have an open dataset say its bands as a range.

    rasterio looks each band up in a tuple of all of them, which it makes anew each time: of 65,535
    bands that takes minutes a block, which nothing can interrupt.
    """
    dataset.__class__ = _quick_class(type(dataset))
    return dataset


@cache
def _quick_class(kind: type) -> type:
    indexes = property(lambda self: range(1, self.count + 1))
    return type(kind.__name__, (kind,), {"indexes": indexes, "__slots__": ()})


def empty_cache() -> None:
    """Have GDAL write out what is in its cache, a block at a time; within `quiet_rasterio`.

    To close a file does so at once, and rasterio lets no other Python run meanwhile: an interface
    would stand still for as long as tens of megabytes take to compress.
    """
    from rasterio._env import set_gdal_config

    for size in range(_CACHE - _STEP, 0, -_STEP):
        set_gdal_config("GDAL_CACHEMAX", size)
    set_gdal_config("GDAL_CACHEMAX", _CACHE)


def failures(rasterio: ModuleType) -> tuple[type[Exception], ...]:
    """Return what rasterio raises when GDAL fails.

    Its I/O error is no RasterioError, and copying lets GDAL's own errors through.
    """
    from rasterio._err import CPLE_BaseError

    return (rasterio.errors.RasterioError, rasterio.errors.RasterioIOError, CPLE_BaseError)


# ---------------------------------------------------------------- CRS


def parse_crs(text: str, rasterio: ModuleType) -> Any:
    """Return the CRS of an authority code or a WKT that names no file, and of nothing else.

    Raises
    ------
    rasterio.errors.CRSError
        With the reason, also where the text is refused, see `refusal`.
    """
    reason = refusal(text)
    if reason is not None:
        raise rasterio.errors.CRSError(reason)
    code = AUTHORITY_CODE.fullmatch(text)
    if code is None:
        return rasterio.crs.CRS.from_wkt(text)
    try:
        # as a URN: a code whose authority GDAL does not know it takes for the name of a file
        return rasterio.crs.CRS.from_user_input("urn:ogc:def:crs:{}::{}".format(*code.groups()))
    except rasterio.errors.CRSError as error:
        if "proj.db" in str(error):  # the database is missing, or another version's
            raise
        raise rasterio.errors.CRSError(f"its database has no code {text}") from error


def crs_to_text(crs: Any, name: str) -> str | None:
    """Name a CRS by its authority code where that is exactly it, else by its WKT2.

    Parameters
    ----------
    crs : rasterio.crs.CRS
    name : str
        Of the raster, for messages.

    Raises
    ------
    UnsupportedRaster
        If it is a definition that is not read again, see `refusal`.
    """
    if not crs:
        return None
    rasterio = rasterio_module()
    wkt = crs.to_wkt()
    # the WKT's own claim: a search for a CRS that resembles it can take PROJ half a second
    claim = re.search(r'(?:AUTHORITY|ID)\["(\w+)","?(\w+)"?\]\]$', wkt)
    if claim:
        code = ":".join(claim.groups())
        with suppress(rasterio.errors.CRSError):
            if parse_crs(code, rasterio).to_wkt() == wkt:
                return code
    text = crs.to_wkt(version="WKT2_2019")
    reason = refusal(text)
    if reason is not None:
        raise UnsupportedRaster(
            f"{name}: {reason}; such a CRS is not kept. Give the raster another one first, for "
            "example with gdal_edit.py -a_srs EPSG:4326."
        )
    return text


def crs_to_wkt(text: str) -> str:
    """Spell out a CRS as WKT.

    Raises
    ------
    InputError
        If PROJ does not know it.
    MissingDependency
        If rasterio is not installed.
    """
    with quiet_rasterio() as rasterio:
        try:
            return parse_crs(text, rasterio).to_wkt()
        except rasterio.errors.CRSError as error:
            raise InputError(f"{text!r} is not a CRS that PROJ knows: {error}.") from error


def same_crs(left: str | None, right: str | None) -> bool:
    """Whether two texts name the same CRS, in whatever words.

    Their names have to be the same, their codes where both have one, and PROJ has to take their
    datums, projections and parameters for equivalent. In which order a geographic CRS has its axes
    does not matter: columns lead along the longitude whichever is named first, since rasterio and
    QGIS have it so.
    """
    if left == right or not left or not right:
        return left == right
    with quiet_rasterio() as rasterio:
        try:
            a, b = (parse_crs(text, rasterio) for text in (left, right))
            texts = a.to_wkt(), b.to_wkt()
            if texts[0] == texts[1]:
                return True
            # of two CRS of which one has a shift to WGS 84, PROJ looks at the rest alone
            said = {(_name(text), "TOWGS84[" in text) for text in texts}
            codes = {code for text in texts for code in _CODE.findall(text)}
            names, shifts = (set(values) - {""} for values in zip(*said))
            if len(names) > 1 or len(shifts) > 1 or len(codes) > 1:
                return False
            if a == b:
                return True
            # a code would say which axes there are
            texts = tuple(_AXIS.sub("", _CODE.sub("]", text)) for text in texts)
            a, b = map(rasterio.crs.CRS.from_wkt, texts)
            return all(text.startswith("GEOGCS[") for text in texts) and bool(a == b)
        except rasterio.errors.CRSError:
            return False


def _name(wkt: str) -> str:
    """Return kind and name of a CRS, nothing of one that formats without names have made."""
    found = _KIND_AND_NAME.match(wkt)
    return "" if found is None or found[1].lower() in ("unnamed", "unknown") else found[0]


#: Of a WKT; two quotation marks are one that belongs to the name.
_KIND_AND_NAME = re.compile(r'\w+\["((?:[^"]|"")*)"')
#: Of a WKT: the code of the whole CRS, and axes.
_CODE = re.compile(r',AUTHORITY\["\w+","\w+"\]\]$')
_AXIS = re.compile(r',AXIS\["[^"]*",\w+\]')
