"""Masks and overviews."""

from osgeo import gdal

from .colors import COLORS, colors
from .registry import KINDS, Kind, bands, each, kind, shared_mask

KINDS["mask: shared"] = Kind("mask", shared_mask)
KINDS["mask: shared by three bands"] = Kind("mask", shared_mask, count=3)


@each("mask", all_valid=255, none_valid=0, half=128)
def uniform_mask(ds, value):
    ds.CreateMaskBand(gdal.GMF_PER_DATASET)
    size = ds.RasterXSize, ds.RasterYSize
    ds.GetRasterBand(1).GetMaskBand().WriteRaster(0, 0, *size, bytes([value]) * size[0] * size[1])


@kind("mask", "per band", count=2)
def mask_per_band(ds):
    size = ds.RasterXSize, ds.RasterYSize
    for n, band in enumerate(bands(ds)):
        band.CreateMaskBand(0)
        values = bytes(255 * (k % (n + 2) > 0) for k in range(size[0] * size[1]))
        band.GetMaskBand().WriteRaster(0, 0, *size, values)


@kind("mask", "of the band")
def mask_of_one_band(ds):
    mask_per_band(ds)


@kind("mask", "beside nodata")
def mask_and_nodata(ds):
    ds.GetRasterBand(1).SetNoDataValue(3)
    shared_mask(ds)


@kind("mask", "beside alpha", "Byte", 4)
def mask_and_alpha(ds):
    colors(ds, COLORS["RGBA"])
    shared_mask(ds)


@each("overviews", average=("AVERAGE", [2]), two=("NEAREST", [2, 4]), odd=("NEAREST", [3]))
def overviews(ds, value):
    ds.BuildOverviews(*value)


@kind("overviews", "with a mask")
def overviews_and_mask(ds):
    shared_mask(ds)
    ds.BuildOverviews("NEAREST", [2])
