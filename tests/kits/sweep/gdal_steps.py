"""GDAL's part of the sweep, in a process of its own: ``python gdal_steps.py make|judge < cases``.

Every line that comes in is a case, every line that goes out the answer, in JSON.
"""

import json
import shutil
import sys
from contextlib import suppress
from itertools import product
from pathlib import Path

from osgeo import gdal

from kits.sweep.describe import describe
from kits.sweep.judge import judge
from kits.sweep.kinds import KINDS, crs_of, pixels

gdal.UseExceptions()
gdal.PushErrorHandler("CPLQuietErrorHandler")
#: What a driver is asked to write where a kind does not say; the first that it takes. Some write no
#: raster that lies nowhere, or only one that is a square degree.
SIZES = [(20, 14), (128, 128), (1201, 1201)]
USUAL = [
    ("Byte", 1),
    ("Int16", 1),
    ("Float32", 1),
    ("UInt16", 1),
    ("Byte", 3),
    ("Float32", 4),
    ("Float32", 2),
]
USUAL += [("Int16", 5)]
PLACES = {
    "none": None,
    "geographic": ("EPSG:4326", (7 - 1 / 2400, 1 / 1200, 0, 47 + 1 / 2400, 0, -1 / 1200)),
    "projected": ("EPSG:32632", (400000, 30, 0, 5200000, 0, -30)),
}
#: They write what is no raster file, or have one fetched from somewhere.
NO_FILES = {
    "MEM",
    "PostGISRaster",
    "WMS",
    "WMTS",
    "NGW",
    "HTTP",
    "PDF",
    "KMLSUPEROVERLAY",
    "Rasterlite",
}
#: Names that a driver insists on.
NAMES = {
    "ADRG": "ABCDEF01.GEN",
    "BYN": "x.byn",
    "HDF4Image": "x.hdf",
    "ILWIS": "x.mpr",
    "ROI_PAC": "x.dem",
    "SAGA": "x.sdat",
    "SRTMHGT": "N46E007.hgt",
}
#: Options that a driver cannot do without.
OPTIONS = {
    "Leveller": ("MINUSERPIXELVALUE=0",),
    "Terragen": ("MINUSERPIXELVALUE=0", "MAXUSERPIXELVALUE=300"),
}


def drivers():
    """List the drivers of this GDAL that write raster files."""
    found = []
    for n in range(gdal.GetDriverCount()):
        driver = gdal.GetDriver(n)
        if driver.ShortName in NO_FILES or not driver.GetMetadataItem("DCAP_RASTER"):
            continue
        if driver.GetMetadataItem("DCAP_CREATE") or driver.GetMetadataItem("DCAP_CREATECOPY"):
            found.append(driver.ShortName)
    return sorted(found)


def source(dtype, count, size, place="none"):
    """Make the raster that has nothing but pixels, and a place where it needs one."""
    ds = gdal.GetDriverByName("MEM").Create("", *size, count, gdal.GetDataTypeByName(dtype))
    for n in range(count):
        data = pixels(dtype, size)
        ds.GetRasterBand(n + 1).WriteRaster(0, 0, *size, data[n:] + data[:n])
    if PLACES[place]:
        crs, transform = PLACES[place]
        ds.SetSpatialRef(crs_of(crs))
        ds.SetGeoTransform(transform)
    return ds


def write(driver, ds, path, options=()):
    """Have a driver write a raster; raise RuntimeError where it does not."""
    shutil.rmtree(path.parent, ignore_errors=True)
    path.parent.mkdir(parents=True)
    known = driver.GetMetadataItem("DMD_CREATIONOPTIONLIST") or ""
    if not all(f"'{o.partition('=')[0]}'" in known for o in options):
        raise RuntimeError("the driver has no such option")
    if driver.ShortName == "VRT":  # which has no pixels itself
        pixels_of = path.with_name("pixels.tif")
        ds = gdal.GetDriverByName("GTiff").CreateCopy(str(pixels_of), ds)
    options = [*options, *OPTIONS.get(driver.ShortName, ())]
    copied = driver.CreateCopy(str(path), ds, strict=False, options=options)
    if copied is None:
        raise RuntimeError("the driver wrote nothing")
    copied = None
    if gdal.OpenEx(str(path), gdal.OF_RASTER).RasterCount < ds.RasterCount:
        raise RuntimeError("the driver left bands out")


class Maker:
    """Makes cases of one driver, and leaves out those that say nothing new."""

    def __init__(self, name, folder):
        self.name, self.driver, self.folder = name, gdal.GetDriverByName(name), Path(folder)
        suffix = (self.driver.GetMetadataItem("DMD_EXTENSION") or "").lstrip(".")
        self.file = NAMES.get(name, f"x.{suffix}" if suffix else "x")
        self.size, self.dtype, self.count, self.place = self._usual()
        self.plain, self.seen = {}, set()

    def _usual(self):
        path = self.folder / "usual" / self.file
        for size, place in product(SIZES, PLACES):
            for dtype, count in USUAL:
                with suppress(RuntimeError, AttributeError, ValueError):
                    write(self.driver, source(dtype, count, size, place), path)
                    if not any("error" in band for band in describe(path)["bands"]):
                        return size, dtype, count, place
        raise RuntimeError(f"{self.name} writes none of the rasters that it was given")

    def _plain(self, dtype, count):
        if (dtype, count) not in self.plain:
            path = self.folder / "plain" / self.file
            write(self.driver, source(dtype, count, self.size, self.place), path)
            self.plain[dtype, count] = describe(path)
        return self.plain[dtype, count]

    def make(self, name, way):
        """Make a case; return its path, or None where this driver cannot say such a thing."""
        kind = KINDS[name]
        if self.size == SIZES[-1] and list(KINDS).index(name) % 12:
            return None  # a few of its large rasters are enough
        dtype, count = kind.dtype or self.dtype, kind.count or self.count
        path = self.folder / f"{list(KINDS).index(name)}-{way}" / self.file
        ds = source(dtype, count, self.size, self.place)
        try:
            if way == "copied":
                kind.apply(ds)
                write(self.driver, ds, path, kind.options)
            else:
                write(self.driver, ds, path, kind.options)
                ds = self._open(path)
                kind.apply(ds)
                ds = None
            found = describe(path)
            if "error" in found or any("error" in band for band in found["bands"]):
                raise RuntimeError("GDAL cannot read what it wrote")
            if kind.item != "type" and found == self._plain(dtype, count):
                raise RuntimeError("the file does not say it")
            text = json.dumps(found, sort_keys=True)
            if text in self.seen:
                raise RuntimeError("another file says the same")
            self.seen.add(text)
        except (RuntimeError, AttributeError, TypeError, ValueError):
            shutil.rmtree(path.parent, ignore_errors=True)
            return None
        return str(path)

    def _open(self, path):
        try:
            return gdal.OpenEx(str(path), gdal.OF_RASTER | gdal.OF_UPDATE)
        except RuntimeError:
            return gdal.OpenEx(str(path), gdal.OF_RASTER)  # what is said goes into an .aux.xml


MAKERS = {}


def make(case):
    """Make a case; return the path of the raster, or None where the driver cannot say this."""
    name = case["driver"]
    if name not in MAKERS:
        try:
            MAKERS[name] = Maker(name, case["folder"])
        except RuntimeError:
            MAKERS[name] = None
    return MAKERS[name] and MAKERS[name].make(case["kind"], case["way"])


def about(_):
    """Return what there is to choose from."""
    return {"version": gdal.__version__, "drivers": drivers(), "kinds": list(KINDS)}


def main():
    does = {"make": make, "judge": judge, "about": about}[sys.argv[1]]
    for line in sys.stdin:
        print(json.dumps(does(json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
