"""GeoTIFFs as GDAL understands them, whatever rasterio calls their data types."""

import warnings
from pathlib import Path

import rasterio

from kits.rasters import slope

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


def write_tif(path, array=None, describe=None, mask=None, **profile):
    """Write an array, a slope where none is given; return the path.

    ``describe`` is called with the open dataset, ``profile`` is what rasterio calls so.
    """
    array = for_rasterio(slope() if array is None else array)
    count, height, width = array.shape
    shape = {"width": width, "height": height, "count": count, "dtype": array.dtype.name}
    with warnings.catch_warnings(), rasterio.Env(GDAL_TIFF_INTERNAL_MASK=True):
        warnings.simplefilter("ignore")
        with rasterio.open(path, "w", **{"driver": "GTiff", **shape, **profile}) as dataset:
            if describe:
                describe(dataset)
            dataset.write(array)
            if mask is not None:
                dataset.write_mask(mask)
    return Path(path)
