"""GeoTIFFs as GDAL understands them, whatever rasterio calls their data types."""

import rasterio

#: rasterio before 1.3.7 writes int64 as UInt64 and the other way round; GDAL's UInt64 is number 12.
SWAPPED = rasterio.dtypes.dtype_fwd.get(12) == "int64"
_OTHER = {"int64": "uint64", "uint64": "int64"}


def for_rasterio(array):
    """Return the array under the data type that makes rasterio write what the array is."""
    return array.view(_OTHER[array.dtype.name]) if SWAPPED and array.dtype.name in _OTHER else array


def declare_nodata(path, value, bands=1):
    """Declare a nodata value that rasterio does not take, in the file beside the GeoTIFF."""
    band = '<PAMRasterBand band="{}"><NoDataValue>{}</NoDataValue></PAMRasterBand>'
    text = "".join(band.format(number, value) for number in range(1, bands + 1))
    path.with_name(path.name + ".aux.xml").write_text(f"<PAMDataset>{text}</PAMDataset>")
