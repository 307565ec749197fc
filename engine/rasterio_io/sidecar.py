"""Write the ``.aux.xml`` of a GeoTIFF: metadata that TIFF or rasterio cannot store.

GDAL calls it PAM (persistent auxiliary metadata), writes it in the same cases and reads it with the
raster. Its contents are determined by reading the finished TIFF.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from ..model.attribute_table import COLUMN_TYPES, COLUMN_USAGES, AttributeTable
from ..model.metadata import (
    BLACK,
    Band,
    Color,
    Histogram,
    Number,
    RasterMetadata,
    Tags,
    is_same_colormap,
    is_same_rpcs,
    number_to_json,
)
from ..model.nodata import cast_nodata
from ..model.transform import Transform
from .crs import same_crs
from .description import gdal_interpretation
from .reader import RasterioRaster
from .tags import JSON, XML
from .xml_tree import parse_xml

#: Suffix that is appended to the name of the raster.
SIDECAR = ".aux.xml"
#: Largest integer up to which all are exact in float64, rasterio's type of nodata.
_EXACT_IN_FLOAT64 = 1 << 53
#: Maximum number of colors in a table of GDAL.
_MAX_COLORS = 1 << 16
#: Characters that XML cannot represent.
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
#: Characters that GDAL strips from the start of a text.
_SPACES = (" ", "\t", "\n")


def sidecars(path: Path) -> list[Path]:
    """Return the files that GDAL reads with a raster: metadata, overviews and mask."""
    return [path.with_name(path.name + suffix) for suffix in (SIDECAR, ".ovr", ".msk")]


def write_sidecar(raster: Path, metadata: RasterMetadata) -> bool:
    """Write what a finished GeoTIFF lacks to its sidecar; return whether that is anything."""
    written = RasterioRaster(str(raster))
    written.close()
    parts = [*_raster_xml(metadata, written.metadata), *_bands_xml(metadata, written.metadata)]
    if parts:
        sidecar = raster.with_name(raster.name + SIDECAR)
        sidecar.write_text(f"<PAMDataset>{''.join(parts)}</PAMDataset>", encoding="utf-8")
    return bool(parts)


def tiff_nodata(metadata: RasterMetadata, rasterio: ModuleType) -> Number | None:
    """Return the nodata value for the TIFF, which has one for all bands, or None."""
    value = metadata.nodata[0]
    shared = len({number_to_json(value) for value in metadata.nodata}) == 1
    pixel: Any = cast_nodata(np.dtype(metadata.dtype), value)
    if not shared or value is None or pixel is None:
        return None
    if isinstance(value, int) and abs(value) > _EXACT_IN_FLOAT64:
        return None
    if has_swapped_types(rasterio) and metadata.dtype in ("int64", "uint64"):
        return None
    if metadata.dtype.startswith("complex") and not abs(value) <= _EXACT_IN_FLOAT64:
        return None  # rasterio considers such values out of range
    # rasterio accepts values that are finite in the type, infinity and NaN
    if np.isinf(pixel) and np.isfinite(value):
        return None
    is_beyond = metadata.dtype == "float32" and abs(value) > np.finfo("float32").max
    return float(pixel) if is_beyond and np.isfinite(value) else value


def has_swapped_types(rasterio: ModuleType) -> bool:
    """Whether rasterio swaps int64 and uint64, as before 1.3.7; GDAL's number of UInt64 is 12."""
    return bool(rasterio.dtypes.dtype_fwd.get(12) == "int64")


def _raster_xml(wanted: RasterMetadata, written: RasterMetadata) -> Iterator[str]:
    epoch = wanted.coordinate_epoch
    has_epoch = epoch is None or epoch == written.coordinate_epoch
    if wanted.crs is not None and not (has_epoch and same_crs(wanted.crs, written.crs)):
        attribute = "" if epoch is None else f' coordinateEpoch="{epoch!r}"'
        yield f"<SRS{attribute}>{_text(wanted.crs)}</SRS>"
    if wanted.has_transform and not written.has_transform:
        yield f"<GeoTransform>{', '.join(map(repr, _as_gdal(wanted.transform)))}</GeoTransform>"
    if wanted.rpcs is not None and not is_same_rpcs(wanted.rpcs, written.rpcs):
        yield f'<Metadata domain="RPC">{_items_xml(wanted.rpcs)}</Metadata>'
    yield from _domains(wanted.tags, written.tags)


def _as_gdal(transform: Transform) -> Transform:
    a, b, c, d, e, f = transform
    return (c, a, b, f, d, e)


def _bands_xml(wanted: RasterMetadata, written: RasterMetadata) -> Iterator[str]:
    for number, bands in enumerate(zip(wanted.bands, written.bands), start=1):
        parts = list(_band_xml(*bands))
        if parts:
            yield f'<PAMRasterBand band="{number}">{"".join(parts)}</PAMRasterBand>'


def _band_xml(wanted: Band, written: Band) -> Iterator[str]:
    if wanted.nodata is not None and not _is_same_number(wanted.nodata, written.nodata):
        yield f"<NoDataValue>{wanted.nodata!r}</NoDataValue>"
    if wanted.color_interpretation not in ("undefined", written.color_interpretation):
        name = gdal_interpretation(wanted.color_interpretation)
        yield f"<ColorInterp>{_text(name)}</ColorInterp>"
    if wanted.colormap is not None and not is_same_colormap(wanted.colormap, written.colormap):
        yield _colors_xml(wanted.colormap)
    if wanted.category_names != written.category_names:
        names = "".join(f"<Category>{_text(name)}</Category>" for name in wanted.category_names)
        yield f"<CategoryNames>{names}</CategoryNames>"
    table = wanted.attribute_table
    if table is not None and table != written.attribute_table:
        yield _table_xml(table)
    if wanted.histograms != written.histograms:
        yield f"<Histograms>{''.join(map(_histogram_xml, wanted.histograms))}</Histograms>"
    yield from _domains(wanted.tags, written.tags)


def _is_same_number(a: Number, b: Number | None) -> bool:
    return a == b or (a != a and b is not None and b != b)


def _domains(wanted: Tags, written: Tags) -> Iterator[str]:
    """Yield named domains: items that the TIFF lacks, and documents that differ."""
    for domain, items in wanted.items():
        document = items.get(domain, "")
        held = written.get(domain, {})
        if not domain or items == held:
            continue
        if not domain.startswith((JSON, XML)):
            missing = {key: text for key, text in items.items() if key not in held}
            if missing:  # COG does not store them
                yield f'<Metadata domain="{_text(domain)}">{_items_xml(missing)}</Metadata>'
            continue
        if not document:
            continue
        if domain.startswith(JSON):
            yield f'<Metadata domain="{_text(domain)}" format="json">{_text(document)}</Metadata>'
        elif domain.startswith(XML) and _is_xml(document):
            yield f'<Metadata domain="{_text(domain)}" format="xml">{document}</Metadata>'


def _items_xml(items: Mapping[str, str]) -> str:
    return "".join(f'<MDI key="{_text(key)}">{_text(text)}</MDI>' for key, text in items.items())


def _is_xml(document: str) -> bool:
    try:
        parse_xml(document.encode("utf-8"))
    except ValueError:
        return False
    return True


def _colors_xml(colormap: Mapping[int, Color]) -> str:
    held = [value for value in colormap if 0 <= value < _MAX_COLORS]
    entries = (colormap.get(value, BLACK) for value in range(max(held, default=-1) + 1))
    text = "".join(
        f'<Entry c1="{red}" c2="{green}" c3="{blue}" c4="{alpha}"/>'
        for red, green, blue, alpha in entries
    )
    return f"<ColorTable>{text}</ColorTable>"


def _table_xml(table: AttributeTable) -> str:
    bins = ""
    if table.first_bin is not None:
        bins = f' Row0Min="{table.first_bin!r}" BinSize="{table.bin_size!r}"'
    fields = "".join(
        f'<FieldDefn index="{index}"><Name>{_text(column.name)}</Name>'
        f"<Type>{COLUMN_TYPES.index(column.type)}</Type>"
        f"<Usage>{COLUMN_USAGES.index(column.usage)}</Usage></FieldDefn>"
        for index, column in enumerate(table.columns)
    )
    rows = "".join(
        f'<Row index="{index}">{"".join(f"<F>{_text(cell)}</F>" for cell in cells)}</Row>'
        for index, cells in enumerate(zip(*(column.values for column in table.columns)))
    )
    return (
        f'<GDALRasterAttributeTable{bins} tableType="{table.type}">{fields}{rows}'
        "</GDALRasterAttributeTable>"
    )


def _histogram_xml(histogram: Histogram) -> str:
    return (
        f"<HistItem><HistMin>{histogram.minimum!r}</HistMin><HistMax>{histogram.maximum!r}</HistMax>"
        f"<BucketCount>{len(histogram.counts)}</BucketCount>"
        f"<IncludeOutOfRange>{int(histogram.include_out_of_range)}</IncludeOutOfRange>"
        f"<Approximate>{int(histogram.approximate)}</Approximate>"
        f"<HistCounts>{'|'.join(map(str, histogram.counts))}</HistCounts></HistItem>"
    )


def _text(text: str) -> str:
    """Escape a text, with leading white space, which GDAL strips, and carriage returns."""
    found = html.escape(_NO_XML.sub("", text)).replace("\r", "&#13;")
    return f"&#{ord(found[0])};{found[1:]}" if found[:1] in _SPACES else found
