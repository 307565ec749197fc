"""Describe a raster by what GDAL writes into a VRT, which is more than rasterio reports.

rasterio has no attribute tables, category names or epochs, does not distinguish an identity
transform from none, ignores nodata outside the data type, uses one name for several data types, and
swaps int64 and uint64 before 1.3.7. GDAL's VRT driver writes all of these. Numbers that rasterio
reports as float64 are taken from rasterio, because a VRT may have fewer digits.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from ..errors import Message
from ..job import NO_JOB, Job
from ..model.attribute_table import COLUMN_TYPES, COLUMN_USAGES, TABLE_TYPES, AttributeTable, Column
from ..model.metadata import Band, Histogram, is_epoch
from .data_axes import changed_axes
from .encoding import to_utf8
from .nodata import has_lost_digits, parse_nodata, rounded_nodata
from .tiff_directories import domains_to_ask_for, has_epoch
from .xml_tree import Element, parse_xml

_LIKE_NUMPY = "UInt8 Int8 UInt16 Int16 UInt32 Int32 UInt64 Int64 Float16 Float32 Float64".split()
#: numpy's data types by GDAL's names.
DATA_TYPES: Mapping[str, str] = {
    **{name: name.lower() for name in _LIKE_NUMPY},
    "Byte": "uint8",
    "CFloat32": "complex64",
    "CFloat64": "complex128",
}


@dataclass(frozen=True)
class Description:
    """Metadata of a raster according to its VRT.

    Parameters
    ----------
    has_transform : bool
    crs, gcps_crs : str, optional
        As WKT; rasterio's own CRS may have been converted from ESRI's dialect by mistake.
    coordinate_epoch : float, optional
    gdal_types : tuple of str
        GDAL's name of the data type of each band.
    bands : tuple of Band
        Without scale, offset, color table and tags. Integer nodata is exact; texts may lack
        control characters.
    recoded : str
        Example of a text that was not in UTF-8, empty if there is none; see `to_utf8`.
    unlisted_domains : frozenset of str, optional
        Metadata domains, if GDAL must not be asked to list them.
    warnings : tuple of Message
        Properties that cannot be described.
    """

    has_transform: bool
    crs: str | None
    gcps_crs: str | None
    coordinate_epoch: float | None
    gdal_types: tuple[str, ...]
    bands: tuple[Band, ...]
    recoded: str = ""
    unlisted_domains: frozenset[str] | None = None
    warnings: tuple[Message, ...] = ()


def vrt_text(dataset: Any, rasterio: ModuleType) -> bytes:
    """Return the text of a VRT of a dataset, without reading pixels."""
    with rasterio.MemoryFile(ext=".vrt") as file:
        rasterio.shutil.copy(dataset, file.name, driver="VRT")
        return bytes(file.read())


#: Elements that are skipped: pixels, and properties that rasterio reports.
_NOT_READ = ("SimpleSource", "ComplexSource", "ColorTable", "GCP", "MaskBand")


def read_description(
    dataset: Any, name: str, rasterio: ModuleType, job: Job = NO_JOB
) -> Description:
    """Describe an open dataset of rasterio; its name is for warnings.

    Raises `ValueError` if the VRT cannot be parsed.
    """
    text, example = to_utf8(vrt_text(dataset, rasterio))
    root = parse_xml(text, without=(*_NOT_READ, "Metadata"), job=job)
    sidecar, warnings = _sidecar(dataset, name, job)
    beside = _bands_of(sidecar)
    gdal_types, bands = [], []
    for number, element in enumerate(root.iterfind("VRTRasterBand"), start=1):
        gdal_types.append(element.get("dataType", "Byte"))
        bands.append(_band(element, gdal_types[-1], beside.get(number)))
        rounded = None if bands[-1].nodata is None else element.findtext("NoDataValue")
        warnings += rounded_nodata(rounded, gdal_types[-1], number, name)
        if dataset.driver != "VRT" and not _has_table(beside.get(number)):
            warnings += _perhaps_rounded(bands[-1].attribute_table, number, name)
    gcps = root.find("GCPList")
    epoch = _epoch(root.find("SRS"))
    unlisted = domains_to_ask_for(dataset)
    if unlisted is not None:
        beside_it = () if sidecar is None else sidecar.iterfind("Metadata")
        unlisted |= {domain.get("domain", "") for domain in beside_it}
        warnings.append(Message("note.color_profile", name))
    return Description(
        has_transform=root.find("GeoTransform") is not None,
        crs=root.findtext("SRS") or None,
        gcps_crs=None if gcps is None else gcps.get("Projection") or None,
        coordinate_epoch=epoch if epoch is not None and is_epoch(epoch) else None,
        gdal_types=tuple(gdal_types),
        bands=tuple(bands),
        recoded=example,
        unlisted_domains=None if unlisted is None else frozenset(unlisted),
        warnings=(*warnings, *_not_described(root, dataset, name, rasterio)),
    )


def sidecar_of(dataset: Any) -> str | None:
    """Return the path of the ``.aux.xml``, if there is one; some drivers do not list it."""
    paths = [path for path in dataset.files if path.endswith(".aux.xml")]
    unlisted = f"{dataset.name}.aux.xml"
    is_unlisted = dataset.driver in _READ_UNLISTED and os.path.exists(unlisted)
    return next(iter(paths), unlisted if is_unlisted else None)


def _has_table(beside: Element | None) -> bool:
    return beside is not None and beside.find("GDALRasterAttributeTable") is not None


def _perhaps_rounded(table: AttributeTable | None, band: int, name: str) -> Iterator[Message]:
    """Warn of the first real number in a table that the 16 digits of a VRT may have rounded."""
    columns = table.columns if table else ()
    for column in (column for column in columns if column.type == "real"):
        for text in filter(_is_ambiguous, column.values):
            yield Message("note.table_digits", name, band=band, found=text, column=column.name)
            return


def _is_ambiguous(text: str) -> bool:
    """Whether several non-integers have this text with 16 digits."""
    return not float(text or 0).is_integer() and has_lost_digits(text)


def _not_described(
    root: Element, dataset: Any, name: str, rasterio: ModuleType
) -> Iterator[Message]:
    """Yield warnings about properties that a description does not have."""
    epoch = _epoch(root.find("SRS"))
    if epoch is not None and not is_epoch(epoch):
        yield Message("note.epoch_no_year", name, found=epoch)
    elif epoch is not None and round(epoch, 5) != epoch:
        yield Message("note.epoch_digits", name, found=epoch)
    epoch = _epoch(root.find("GCPList"))
    if epoch is not None:
        yield Message("note.gcps_epoch_value", name, found=epoch)
    elif root.find("GCPList") is not None and has_epoch(dataset):
        yield Message("note.gcps_epoch", name)
    yield from changed_axes(root.find("SRS"), "note.axes", name, rasterio)
    yield from changed_axes(root.find("GCPList"), "note.gcps_axes", name, rasterio)


def _epoch(element: Element | None) -> float | None:
    text = None if element is None else element.get("coordinateEpoch")
    return float(text) if text else None


def _band(element: Element, gdal_type: str, beside: Element | None) -> Band:
    table = element.find("GDALRasterAttributeTable[FieldDefn]")
    # only the VRT of a VRT has histograms
    owners = [owner for owner in (element, beside) if owner is not None]
    histograms = next(filter(None, (owner.findall("Histograms/HistItem") for owner in owners)), [])
    is_hidden = (element.findtext("HideNoDataValue") or "").strip().upper() in _YES
    return Band(
        nodata=None if is_hidden else parse_nodata(element.findtext("NoDataValue"), gdal_type),
        color_interpretation=_interpretation(element.findtext("ColorInterp")),
        description=element.findtext("Description"),
        unit=element.findtext("UnitType"),
        category_names=tuple(map(_text, element.iterfind("CategoryNames/Category"))),
        attribute_table=None if table is None else _table(table),
        histograms=tuple(map(_histogram, histograms)),
    )


def _text(element: Element) -> str:
    return element.text or ""


def _interpretation(text: str | None) -> str:
    name = text or "Undefined"
    return name[len(_YCBCR) :] if name.startswith(_YCBCR) else name.lower()


def gdal_interpretation(name: str) -> str:
    """Return GDAL's name of a color interpretation; GDAL ignores the case."""
    return f"{_YCBCR}{name}" if name in ("Y", "Cb", "Cr") else name


_YCBCR = "YCbCr_"
#: Drivers that read an ``.aux.xml`` without listing it.
_READ_UNLISTED = ("MRF",)
#: Spellings of true in GDAL.
_YES = ("1", "YES", "TRUE", "ON")


def _table(element: Element) -> AttributeTable:
    rows = [list(map(_text, row.iterfind("F"))) for row in element.iterfind("Row")]
    first_bin, bin_size = (element.get(key) for key in ("Row0Min", "BinSize"))
    columns = tuple(
        Column(
            field.findtext("Name") or "",
            _named(COLUMN_TYPES, field.findtext("Type"), "type"),
            _named(COLUMN_USAGES, field.findtext("Usage"), "usage"),
            tuple(row[n] for row in rows),
        )
        for n, field in enumerate(element.iterfind("FieldDefn"))
    )
    has_bins = first_bin is not None and bin_size is not None
    return AttributeTable(
        columns,
        element.get("tableType") or TABLE_TYPES[0],
        float(first_bin) if first_bin is not None and has_bins else None,
        float(bin_size) if bin_size is not None and has_bins else None,
    )


def _named(names: tuple[str, ...], code: str | None, what: str) -> str:
    try:
        return names[int(code or 0)]
    except IndexError as error:
        raise ValueError(f"an attribute table has a column of the unknown {what} {code}") from error


def _histogram(element: Element) -> Histogram:
    counts = element.findtext("HistCounts") or ""
    return Histogram(
        float(element.findtext("HistMin") or 0),
        float(element.findtext("HistMax") or 0),
        tuple(int(count) for count in counts.split("|") if count),
        element.findtext("IncludeOutOfRange") == "1",
        element.findtext("Approximate") == "1",
    )


def _sidecar(dataset: Any, name: str, job: Job) -> tuple[Element | None, list[Message]]:
    """Parse the ``.aux.xml``, the only source of histograms; return it and warnings."""
    path = sidecar_of(dataset)
    if path is None:
        return None, []
    if path.startswith("/vsi"):  # only GDAL can read files in archives and virtual file systems
        return None, [Message("note.sidecar_unread", name, path=path)]
    try:
        with open(path, "rb") as file:
            data, _ = to_utf8(file.read())
        sidecar = parse_xml(data, without=_NOT_READ, job=job)
        is_of_file = path == f"{dataset.files[0]}.aux.xml"
        return _part_of(sidecar, dataset.name) if is_of_file else sidecar, []
    except (OSError, ValueError) as error:
        return None, [Message("note.sidecar_broken", name, path=path, reason=error)]


def _part_of(sidecar: Element, name: str) -> Element | None:
    """Return the part of a sidecar for one of the rasters in a file, or for the file."""
    if os.path.exists(name):
        parts = sidecar.findall("Subdataset")
        # some formats, such as HDF4, call a single raster a subdataset as well
        is_part = len(parts) == 1 and sidecar.find("PAMRasterBand") is None
        return parts[0].find("PAMDataset") if is_part else sidecar
    for part in sidecar.iterfind("Subdataset"):
        own = part.get("name")
        if own and name.endswith((f":{own}", f"/{own}")):
            return part.find("PAMDataset")
    return None


def _bands_of(sidecar: Element | None) -> dict[int, Element]:
    bands = () if sidecar is None else sidecar.iterfind("PAMRasterBand")
    numbered = ((band.get("band", ""), band) for band in bands)
    return {int(number): band for number, band in numbered if number.isdigit()}
