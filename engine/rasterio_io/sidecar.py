"""The ``.aux.xml`` beside a GeoTIFF: what the TIFF cannot hold, or rasterio cannot put into it.

GDAL calls it PAM, persistent auxiliary metadata, writes it in the same cases, and reads it along
with the raster.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from ..attribute_table import COLUMN_TYPES, COLUMN_USAGES, AttributeTable
from ..grid import IDENTITY
from ..metadata import Band, Histogram, Number, RasterMetadata, number_to_json
from ..output import replacing
from ..tile import nodata_as
from .library import quiet_rasterio
from .tags import JSON

#: rasterio takes and hands out nodata as float64, in which larger whole numbers are not exact.
_EXACT_IN_FLOAT64 = 1 << 53
#: Characters that XML cannot hold in any way.
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def sidecars(path: Path) -> list[Path]:
    """Files that GDAL reads along with a raster: metadata, overviews and mask."""
    return [path.with_name(path.name + suffix) for suffix in (".aux.xml", ".ovr", ".msk")]


@contextmanager
def sidecar(path: Path, metadata: RasterMetadata) -> Iterator[bool]:
    """Write the sidecar of a GeoTIFF, if it needs one.

    Yields
    ------
    bool
        Whether there is a sidecar; it takes its place when the block ends well.
    """
    text = sidecar_text(metadata)
    if text is None:
        yield False
        return
    with replacing(sidecars(path)[0]) as part:
        part.write_text(text, encoding="utf-8")
        yield True


def sidecar_text(metadata: RasterMetadata) -> str | None:
    """Return the sidecar of a GeoTIFF, None if it needs none."""
    with quiet_rasterio() as rasterio:
        parts = [*_raster_xml(metadata), *_bands_xml(metadata, rasterio)]
    return f"<PAMDataset>{''.join(parts)}</PAMDataset>" if parts else None


def tiff_nodata(metadata: RasterMetadata, rasterio: ModuleType) -> Number | None:
    """Return the nodata value that rasterio puts into the TIFF, which holds one for all bands."""
    value = metadata.nodata[0]
    shared = len({number_to_json(value) for value in metadata.nodata}) == 1
    if not shared or nodata_as(np.dtype(metadata.dtype), value) is None:
        return None
    if isinstance(value, int) and abs(value) > _EXACT_IN_FLOAT64:
        return None
    if has_swapped_types(rasterio) and metadata.dtype in ("int64", "uint64"):
        return None
    if metadata.dtype.startswith("complex") and not np.isfinite(value):
        return None
    # rasterio takes what is finite for the type, infinity and NaN
    pixel = nodata_as(np.dtype(metadata.dtype), value)
    return None if np.isinf(pixel) and np.isfinite(value) else value


def has_swapped_types(rasterio: ModuleType) -> bool:
    """Whether rasterio calls int64 uint64 and the other way round, as it does before 1.3.7.

    In GDAL the number of UInt64 is 12.
    """
    return rasterio.dtypes.dtype_fwd.get(12) == "int64"


def _raster_xml(metadata: RasterMetadata) -> Iterator[str]:
    if metadata.coordinate_epoch is not None and metadata.crs is not None:
        epoch = metadata.coordinate_epoch
        yield f'<SRS coordinateEpoch="{epoch!r}">{_text(metadata.crs)}</SRS>'
    if metadata.has_transform and metadata.transform == IDENTITY:
        yield "<GeoTransform>0, 1, 0, 0, 0, 1</GeoTransform>"
    yield from _documents(metadata.tags)


def _bands_xml(metadata: RasterMetadata, rasterio: ModuleType) -> Iterator[str]:
    nodata_in_tiff = tiff_nodata(metadata, rasterio) is not None
    for number, band in enumerate(metadata.bands, start=1):
        parts = list(_band_xml(band, nodata_in_tiff))
        if parts:
            yield f'<PAMRasterBand band="{number}">{"".join(parts)}</PAMRasterBand>'


def _band_xml(band: Band, nodata_in_tiff: bool) -> Iterator[str]:
    if band.nodata is not None and not nodata_in_tiff:
        yield f"<NoDataValue>{band.nodata!r}</NoDataValue>"
    if band.category_names:
        names = "".join(f"<Category>{_text(name)}</Category>" for name in band.category_names)
        yield f"<CategoryNames>{names}</CategoryNames>"
    if band.attribute_table is not None:
        yield _table_xml(band.attribute_table)
    if band.histograms:
        yield f"<Histograms>{''.join(map(_histogram_xml, band.histograms))}</Histograms>"
    yield from _documents(band.tags)


def _documents(tags: Any) -> Iterator[str]:
    """Yield the domains that hold JSON; in a TIFF, GDAL breaks them at the first colon."""
    for domain, items in tags.items():
        if domain.startswith(JSON):
            document = _text(items.get(domain, ""))
            yield f'<Metadata domain="{_text(domain)}" format="json">{document}</Metadata>'


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
    return html.escape(_NO_XML.sub("", text))
