"""What a kind is, and how one is registered."""

from typing import Callable, NamedTuple, Optional

from osgeo import gdal, osr

gdal.UseExceptions()
osr.UseExceptions()

NAN, INF = float("nan"), float("inf")
ODD = 'Gr\u00f6\u00dfe <b>&amp; "\u6c34"\' \U0001f30a'
LONG = "0123456789" * 3000


class Kind(NamedTuple):
    """One kind: what to say, and of which raster where the driver's usual one does not do."""

    item: str  #: Names the kind of thing, for tables: "nodata", "attribute table", ...
    apply: Callable
    dtype: Optional[str] = None
    count: Optional[int] = None
    options: tuple = ()  #: Of CreateCopy, for drivers that know them.


KINDS = {}


def kind(item, name, dtype=None, count=None, options=()):
    def register(function):
        KINDS[f"{item}: {name}"] = Kind(item, function, dtype, count, options)
        return function

    return register


def each(item, dtype=None, count=None, **values):
    """Register a kind for each value, which the function gets as its second argument."""

    def register(function):
        for name, value in values.items():
            apply = lambda ds, value=value: function(ds, value)  # noqa: E731
            KINDS[f"{item}: {name.replace('_', ' ')}"] = Kind(item, apply, dtype, count)
        return function

    return register


def bands(ds):
    return [ds.GetRasterBand(n + 1) for n in range(ds.RasterCount)]


def nothing(ds):
    pass


def shared_mask(ds):
    """Leave out the first row, and every third pixel of the others."""
    ds.CreateMaskBand(gdal.GMF_PER_DATASET)
    width, height = ds.RasterXSize, ds.RasterYSize
    values = bytes(255 * (n >= width and n % 3 > 0) for n in range(width * height))
    ds.GetRasterBand(1).GetMaskBand().WriteRaster(0, 0, width, height, values)


def crs_of(text, epoch=None):
    crs = osr.SpatialReference()
    crs.SetFromUserInput(text)
    crs.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    if epoch:
        crs.SetCoordinateEpoch(epoch)
    return crs
