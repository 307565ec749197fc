"""What tests of CRS share: definitions real and hostile, and a file that must not be opened."""

import ctypes
import os
import sqlite3
from contextlib import closing, contextmanager
from pathlib import Path

import rasterio
from rasterio.crs import CRS
from rasterio.warp import transform

MERCATOR = CRS.from_epsg(3857).to_wkt()
_ELLIPSOID = 'ELLIPSOID["WGS 84",6378137,298.257223563]'
_WGS84 = f'DATUM["World Geodetic System 1984",{_ELLIPSOID}]'
_DEGREES = 'ANGLEUNIT["degree",0.0174532925199433]'
_LAT_LON = f'CS[ellipsoidal,2],AXIS["lat",north],AXIS["lon",east],{_DEGREES}'
_GEOGCRS = f'GEOGCRS["WGS 84",{_WGS84},{_LAT_LON},ID["EPSG",4326]]'
_OWN_GEOGCRS = f'GEOGCRS["x",DATUM["y",ELLIPSOID["z",6378000,298]],{_LAT_LON}]'
_BASE = f'BASEGEOGCRS["WGS 84",{_WGS84}]'
#: Of PROJ's database, and what others write; version None is GDAL's default.
VERSIONS = ["WKT1_GDAL", "WKT1_ESRI", "WKT2_2015", "WKT2_2019"]


def mercator(grids):
    """Return web mercator as GDAL wrote it of old, with other grids than @null."""
    assert "+nadgrids=@null" in MERCATOR
    return MERCATOR.replace("+nadgrids=@null", f"+nadgrids={grids}")


def custom(proj):
    """Return WKT1 that says all in PROJ's notation."""
    return (
        'PROJCS["x",GEOGCS["y",DATUM["z",SPHEROID["WGS 84",6378137,298.257223563]],'
        'PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]],PROJECTION["custom_proj4"],'
        f'UNIT["metre",1],EXTENSION["PROJ4","{proj}"]]'
    )


def datum_grids(grids):
    """Return WKT1 whose datum is shifted by grids."""
    return (
        'GEOGCS["x",DATUM["d",SPHEROID["WGS 84",6378137,298.257223563],'
        f'EXTENSION["PROJ4_GRIDS","{grids}"]],PRIMEM["Greenwich",0],'
        'UNIT["degree",0.0174532925199433]]'
    )


def heights(grids):
    """Return WKT1 with heights above a geoid."""
    flat = datum_grids("").replace(',EXTENSION["PROJ4_GRIDS",""]', "")
    return (
        f'COMPD_CS["c",{flat},VERT_CS["v",VERT_DATUM["d",2005,EXTENSION["PROJ4_GRIDS","{grids}"]],'
        'UNIT["metre",1],AXIS["Up",UP]]]'
    )


def geoid(model):
    """Return WKT2 with heights above a geoid."""
    vertical = f'VERTCRS["v",VDATUM["d"],CS[vertical,1],AXIS["h",up],LENGTHUNIT["metre",1],{model}]'
    return f'COMPOUNDCRS["c",{_GEOGCRS},{vertical}]'


def bound(method, grids):
    """Return WKT2 of a CRS with its own way to WGS 84."""
    return (
        f'BOUNDCRS[SOURCECRS[{_OWN_GEOGCRS}],TARGETCRS[{_GEOGCRS}],ABRIDGEDTRANSFORMATION["y",'
        f'METHOD["{method}"],PARAMETERFILE["Latitude and longitude difference file","{grids}"]]]'
    )


def projected(method, parameter="x"):
    """Return WKT2 of a projection."""
    return (
        f'PROJCRS["x",{_BASE},CONVERSION["y",METHOD["{method}"],PARAMETER["{parameter}",1]],'
        'CS[Cartesian,2],AXIS["x",east],AXIS["y",north],LENGTHUNIT["metre",1]]'
    )


def derived(method, parameter="x"):
    """Return WKT2 of a CRS that is derived from another by some operation."""
    return (
        f'GEOGCRS["x",{_BASE},DERIVINGCONVERSION["y",METHOD["{method}"],'
        f'PARAMETER["{parameter}",1]],{_LAT_LON}]'
    )


def remarked(remark):
    """Return WKT2 with a remark."""
    return _GEOGCRS.replace(',ID["EPSG",4326]', f',REMARK["{remark}"]')


def hostile(path):
    """Return definitions that have PROJ open a file, by PROJ's way to say so."""
    shift = f"hgridshift grids={path}"
    return {
        "extension": custom(f"+proj=longlat +ellps=intl +nadgrids={path}"),
        "extension, optional": custom(f"+proj=utm +zone=33 +ellps=intl +nadgrids=@{path}"),
        "extension, second": custom(f"+proj=utm +zone=33 +ellps=intl +nadgrids=@null,{path}"),
        "extension, heights": custom(f"+proj=longlat +datum=WGS84 +geoidgrids={path}"),
        "extension, init": custom(f"+init={path}:1"),
        "extension, pipeline": custom(f"+proj=pipeline +step +proj={shift}"),
        "mercator": mercator(path),
        "datum": datum_grids(path),
        "datum, optional": datum_grids(f"@{path}"),
        "datum in small letters": datum_grids(path).replace("EXTENSION", "extension"),
        "datum in parentheses": datum_grids(path).replace("[", " ( ").replace("]", " ) "),
        "heights": heights(path),
        "geoid model": geoid(f'GEOIDMODEL["PROJ {path}"]'),
        "file of parameters": bound("NTv2", path),
        "file of parameters, spaced": bound("NTv2", path).replace("[", "[ ").replace(",", " , "),
        "operation": bound(f"PROJ-based operation method: +proj={shift}", "null"),
        "method": projected(f"PROJ {shift}"),
        "method, step": projected(f"PROJ pipeline step proj={shift}"),
        "method, parameter": projected("PROJ hgridshift", f"grids={path} +x"),
        "derived": derived(f"PROJ {shift}"),
        "derived, rotated": derived(f"PROJ ob_tran o_proj=longlat nadgrids={path}"),
        "derived, parameter": derived("PROJ vgridshift", f"grids={path} +x"),
        "authority": mercator("@null").replace(
            '"EPSG","3857"', f'"EPSG","PROJ CRS string: +proj=longlat +ellps=intl +nadgrids={path}"'
        ),
        "remark": remarked(f"PROJ CRS string: +proj=longlat +ellps=intl +nadgrids={path}"),
        "remark in small letters": remarked(f"proj crs string: +proj=longlat +nadgrids={path}"),
        "remark, second": remarked(
            f"PROJ CRS string: +proj=longlat PROJ CRS string: +proj=longlat +nadgrids={path}"
        ),
        # in capitals these letters are two or three
        "remark after letters that grow": remarked(
            f"{'ßŉǰﬀﬃ' * 20}PROJ CRS string: +proj=longlat +ellps=intl +nadgrids={path}"
        ),
        # at these characters Python splits a text, and PROJ does not
        **{
            f"extension, white space {ord(space):x}": custom(
                f"+proj=longlat +ellps=intl +nadgrids=@null{space}R=1,{path}"
            )
            for space in "\u00a0\u1680\u2003\u2028\u205f\u3000"
        },
    }


#: Definitions as rasters of other programs have them.
HONEST = {
    "mercator": MERCATOR,
    "grid of PROJ": mercator("us_noaa_conus.tif"),
    "grids of PROJ": mercator("@conus,BETA2007.gsb"),
    "weather satellite": custom("+proj=geos +lon_0=-75 +h=35786023 +sweep=x +ellps=GRS80 +units=m"),
    "rotated pole": custom(
        "+proj=ob_tran +o_proj=longlat +o_lat_p=39.25 +o_lon_p=0 +lon_0=18 +to_meter=0.0174532925"
    ),
    "feet": custom("+proj=utm +zone=11 +datum=NAD27 +to_meter=1200/3937 +no_defs"),
    "towgs84": datum_grids("").replace(
        'EXTENSION["PROJ4_GRIDS",""]', "TOWGS84[-87,-98,-121,0,0,0,0]"
    ),
    "datum of a grid": datum_grids("ntv2_0.gsb"),
    "heights above EGM96": heights("egm96_15.gtx"),
    "geoid model": geoid('GEOIDMODEL["GEOID12B"]'),
    "bound to a grid": bound("NTv2", "BETA2007.gsb"),
    "derived by PROJ": derived("PROJ ob_tran o_proj=longlat", "o_lat_p"),
    "two roots": 'PROJCS["a",GEOGCS["b",DATUM["c",SPHEROID["d",6378137,298]],PRIMEM["e",0],'
    'UNIT["Degree",0.01]],PROJECTION["Transverse_Mercator"],UNIT["Meter",1]],'
    'VERTCS["f",VDATUM["g"],PARAMETER["Vertical_Shift",0],UNIT["Meter",1]]',
    "a slash and quotation marks": MERCATOR.replace(
        "WGS 84 / Pseudo-Mercator", 'C:\\a / "grids=" [é]'.replace('"', '""')
    ),
}


class Trap:
    """A file, and whether anybody opened it since the last question; Linux only.

    Parameters
    ----------
    folder : Path
        Empty.
    """

    def __init__(self, folder):
        self.path = Path(folder, "trap.gsb")
        self.path.write_bytes(bytes(200))
        self._events = _c("inotify_init1", os.O_NONBLOCK)
        _c("inotify_add_watch", self._events, os.fsencode(folder), _IN_OPEN)

    def opened(self):
        """Whether it was."""
        try:
            return bool(os.read(self._events, 1 << 16))
        except BlockingIOError:
            return False

    def close(self):
        """Watch no longer."""
        os.close(self._events)


_IN_OPEN = 0x20


def _c(name, *args):
    found = getattr(ctypes.CDLL(None, use_errno=True), name)(*args)
    assert found >= 0, os.strerror(ctypes.get_errno())
    return found


@contextmanager
def trap(folder):
    """Provide a `Trap`."""
    with closing(Trap(folder)) as made:
        yield made


def use(crs):
    """Have PROJ do with a CRS what opens grids: find a way to another one and go it, and export."""
    for pair in [(crs, CRS.from_epsg(4979)), (CRS.from_epsg(4979), crs)]:
        try:
            transform(*pair, [1.0], [1.0], [1.0])
        except Exception:  # rasterio's and GDAL's own classes
            continue
    crs.to_wkt(version="WKT2_2019")


def _database(question):
    """Ask PROJ's own database; nothing where it is not found."""
    folders = [Path(rasterio.__file__).parent / "proj_data", Path("/usr/share/proj")]
    path = next((folder / "proj.db" for folder in folders if (folder / "proj.db").exists()), None)
    if path is None:
        return []
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
        return database.execute(question).fetchall()


def codes():
    """Return all codes of CRS in PROJ's database."""
    rows = _database("SELECT auth_name, code FROM crs_view ORDER BY 1, 2")
    return [f"{authority}:{code}" for authority, code in rows]


def grids():
    """Return the names under which PROJ itself has had the grids of its table."""
    found = _database("SELECT old_proj_grid_name, proj_grid_name FROM grid_alternatives")
    names = {name for row in found for name in row if name}
    return sorted(name for name in names if not name.endswith(".json"))


def proj_version():
    """Return the version of PROJ that the database came with."""
    ((version,),) = _database("SELECT value FROM metadata WHERE key = 'PROJ.VERSION'")
    return version


def spellings(code):
    """Yield a CRS in each version of WKT that has it."""
    crs = CRS.from_user_input("urn:ogc:def:crs:{}::{}".format(*code.split(":")))
    for version in VERSIONS:
        try:
            yield crs.to_wkt(version=version)
        except Exception:  # not every CRS can be said in each of them
            continue
