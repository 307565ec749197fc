"""All that GDAL says of a raster, as plain values that compare; runs in a process of GDAL's own."""

import hashlib

from osgeo import gdal


def describe(path):
    """Describe a raster, or say that GDAL cannot open it."""
    try:
        ds = gdal.OpenEx(str(path), gdal.OF_RASTER)
    except RuntimeError as error:
        return {"error": str(error)}
    bands = [ds.GetRasterBand(n + 1) for n in range(ds.RasterCount)]
    points = ds.GetGCPs() or ()
    return {
        "size": [ds.RasterXSize, ds.RasterYSize, ds.RasterCount],
        "geotransform": _numbers(ds.GetGeoTransform(can_return_null=True)),
        "CRS": _crs(ds.GetSpatialRef()),
        "GCPs": [
            [*map(repr, (p.GCPPixel, p.GCPLine, p.GCPX, p.GCPY, p.GCPZ)), p.Id, p.Info]
            for p in points
        ],
        "CRS of GCPs": _crs(ds.GetGCPSpatialRef()) if points else None,
        "metadata": _metadata(ds),
        "bands": [_band(band) for band in bands],
    }


def _numbers(values):
    return None if values is None else [repr(float(v)) for v in values]


def _crs(crs):
    if crs is None:
        return None
    return {
        "wkt": crs.ExportToWkt(["FORMAT=WKT2_2019"]),
        "axes": _directions(crs),
        "epoch": repr(crs.GetCoordinateEpoch()),
    }


def _directions(crs):
    """Return where columns and rows lead to, as numbers of OAO; axes may come in any order.

    Axes of one direction, as around a pole, are told apart by their numbers.
    """
    mapping = list(crs.GetDataAxisToSRSAxisMapping())[:2]
    directions = [crs.GetAxisOrientation(None, abs(n) - 1) for n in mapping]
    return directions if len({*directions}) > 1 else mapping


def _metadata(owner):
    owner.GetMetadata("RPC")  # some drivers read and list them only when they are asked for
    domains = {*(owner.GetMetadataDomainList() or []), "", "RPC"}
    found = {str(d): [str(item) for item in owner.GetMetadata_List(d) or []] for d in domains}
    return {domain: items for domain, items in found.items() if items}


def _band(band):
    size = band.XSize, band.YSize
    mask = band.GetMaskBand()
    try:
        pixels = bytes(band.ReadRaster(0, 0, *size))
        valid = bytes(mask.ReadRaster(0, 0, *size))
    except RuntimeError as error:
        return {"error": str(error)}
    return {
        "type": gdal.GetDataTypeName(band.DataType),
        "pixels": hashlib.sha256(pixels).hexdigest(),
        "nodata": repr(band.GetNoDataValue()),  # the bindings choose the call for 64-bit integers
        "description": band.GetDescription(),
        "unit": band.GetUnitType(),
        "scale": repr(band.GetScale()),
        "offset": repr(band.GetOffset()),
        "color interpretation": gdal.GetColorInterpretationName(band.GetColorInterpretation()),
        "color table": _color_table(band.GetColorTable()),
        "category names": band.GetCategoryNames(),
        "attribute table": _attribute_table(band.GetDefaultRAT()),
        "histogram": _histogram(band),
        "metadata": _metadata(band),
        "NBITS": band.GetMetadataItem("NBITS", "IMAGE_STRUCTURE"),
        "PIXELTYPE": band.GetMetadataItem("PIXELTYPE", "IMAGE_STRUCTURE"),
        "mask flags": band.GetMaskFlags(),
        "mask": hashlib.sha256(valid).hexdigest(),
        "overviews": [
            [level.XSize, level.YSize]
            for level in (band.GetOverview(n) for n in range(band.GetOverviewCount()))
            if level
        ],
    }


def _color_table(table):
    if table is None:
        return None
    return {
        "model": gdal.GetPaletteInterpretationName(table.GetPaletteInterpretation()),
        "entries": [list(table.GetColorEntry(n)) for n in range(table.GetCount())],
    }


def _attribute_table(table):
    if table is None:
        return None
    columns, rows = range(table.GetColumnCount()), range(table.GetRowCount())
    kinds = [table.GetTypeOfCol(c) for c in columns]
    get = {
        gdal.GFT_Integer: table.GetValueAsInt,
        gdal.GFT_Real: lambda r, c: repr(table.GetValueAsDouble(r, c)),
        gdal.GFT_String: table.GetValueAsString,
    }
    binned, *binning = table.GetLinearBinning()
    return {
        "type": table.GetTableType(),
        "binning": _numbers(binning) if binned else None,
        "columns": [[table.GetNameOfCol(c), kinds[c], table.GetUsageOfCol(c)] for c in columns],
        "rows": [[get[kinds[c]](r, c) for c in columns] for r in rows],
    }


def _histogram(band):
    found = band.GetDefaultHistogram(force=False)
    if not found:
        return None
    low, high, _, counts = found
    return [repr(low), repr(high), list(counts)] if counts else None
