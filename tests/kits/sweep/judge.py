"""What GDAL says of a raster before and after, held against each other by value.

A difference that no rule here allows has to be named: in a warning of the conversions, or in the
sentence with which one of them refused the raster.
"""

import json
import re
import struct
from contextlib import suppress
from datetime import datetime, timezone
from typing import NamedTuple

#: What a warning or a refusal that names an item has to say.
WORDS = {
    "size": r"\b(size|width|height|bands)\b",
    "type": r"\b(data )?types?\b|C(omplex )?Int(16|32)|complex_int",
    "pixels": r"\bpixels\b",
    "geotransform": r"transform",
    "CRS": r"\bcrs\b|coordinate (reference )?system",
    "axes": r"\bax[ei]s\b",
    "coordinate epoch": r"epoch",
    "GCPs": r"\bgcps\b|ground control point",
    "CRS of GCPs": r"gcps?_crs|crs of (the )?(gcps|ground control)",
    "RPCs": r"\brpcs?\b",
    "nodata": r"no.?data",
    "scale": r"\bscale",
    "offset": r"\boffset",
    "unit": r"\bunit",
    "description": r"\bdescription",
    "color table": r"colou?r ?(table|map)|palette",
    "color interpretation": r"interpretation",
    "category names": r"categor",
    "attribute table": r"attribute table",
    "histogram": r"histogram",
    "statistics": r"statistics|\btags\b|metadata",
    "metadata": r"\btags\b|metadata|\bdomain",
    "AREA_OR_POINT": r"AREA_OR_POINT|\btags\b|metadata",
    "NBITS": r"\bnbits\b|\bbits\b",
    "mask": r'\bmasks?\b|it was "alpha"',
    "overviews": r"overview",
}

#: Why a raster may be refused: what the sentence says, and whether it is true of the raster.
REFUSALS = [
    ("different data types", lambda d: len({band["PIXELTYPE"] for band in d["bands"]}) > 1),
    (r"different data types", lambda d: len({b["type"] for b in d["bands"]}) > 1),
    (
        r"(their|its) own masks?|masks? of (their|its) own",
        lambda d: any(not b["mask flags"] & 15 for b in d["bands"]),
    ),
    (
        r"mask has values between 0 and 255",
        lambda d: any(not b["mask flags"] & 5 for b in d["bands"]),
    ),
    (
        r"CInt|complex_int|complex integer",
        lambda d: any(b["type"].startswith("CInt") for b in d["bands"]),
    ),
    (r"Float16", lambda d: any(b["type"].endswith("Float16") for b in d["bands"])),
    (r"color table .* expected red, green, blue", lambda d: any(map(_has_odd_color, d["bands"]))),
]


def _has_odd_color(band):
    entries = (band["color table"] or {"entries": []})["entries"]
    return not all(0 <= value <= 255 for entry in entries for value in entry)


class Difference(NamedTuple):
    """One thing that GDAL says otherwise of the raster that came back."""

    item: str
    place: str
    before: object
    after: object

    def named_in(self, text):
        """Whether a text names it."""
        return bool(re.search(WORDS[self.item], text, re.I))

    def __str__(self):
        short = [json.dumps(value, ensure_ascii=False)[:120] for value in (self.before, self.after)]
        return f"{self.item}{self.place and ' of ' + self.place}: {short[0]} -> {short[1]}"


# ---------------------------------------------------------------- rules: the same, in other words


def number(text):
    """Compare numbers by value: 1.49 and 1.490e+00, 0.0 and -0.0, 7 and 7.0; NaN is NaN."""
    if text in (None, "None"):
        return None
    try:
        return int(text)
    except ValueError:
        pass
    try:
        value = float(text)
    except ValueError:
        return text
    if value != value:
        return "nan"
    return int(value) if value.is_integer() and abs(value) < 2**53 else value


def numbers(texts):
    """Compare a list of numbers, or of texts among them."""
    return None if texts is None else [number(t) if isinstance(t, str) else t for t in texts]


#: Of the file, not of the raster: how it is stored, and names of its parts and of what GDAL derives
#: from them by functions of its own.
_OF_THE_FILE = {
    *("IMAGE_STRUCTURE", "SUBDATASETS", "DERIVED_SUBDATASETS", "OVERVIEWS", "xml:VRT", "RPC"),
}


#: Items of the default domain that are looked at by themselves, and one that GDAL makes of others.
_ELSEWHERE = ("AREA_OR_POINT=", "STATISTICS_", "METADATATYPE=")


def metadata(domains):
    """Sort items and leave out domains that are no metadata of the raster.

    GDAL takes ``key:value`` for ``key=value``.
    """
    found = {}
    for domain, items in domains.items():
        if domain in _OF_THE_FILE:
            continue
        if not domain.startswith(("xml:", "json:")):
            items = sorted(re.sub(r"^([^=:]*):", r"\1=", item) for item in items)
            if domain == "":
                items = [i for i in items if not i.startswith(_ELSEWHERE)]
        if items:
            found[domain] = items
    return found


def _as_geotiff_copies(document):
    """Break a JSON document as GDAL's GeoTIFF driver does, which takes it for key and value."""
    return re.sub(r"^([^=:]*):", r"\1=", document)


def items(domains, domain=""):
    """Items of a domain by their keys."""
    pairs = (re.match(r"([^=:]*)[=:](.*)", i, re.DOTALL) for i in domains.get(domain, ()))
    return {pair[1]: pair[2] for pair in pairs if pair}


def rpcs(domains):
    """Compare RPCs by value; an error that is not said is not known, which GDAL spells -1 or 0."""
    found = items(domains, "RPC")
    said = {
        key: numbers(re.sub(r"\s+", " ", text.strip()).split(" ")) for key, text in found.items()
    }
    return {
        k: v for k, v in said.items() if not (k in ("ERR_BIAS", "ERR_RAND") and v in ([-1], [0]))
    }


def color_table(table):
    """No entries are no table."""
    return table if table and table["entries"] else None


def same_colors(a, b):
    """Whether two tables are equal, apart from black at the end with which TIFF fills them up."""
    if a is None or b is None or a["model"] != b["model"]:
        return a == b
    shorter, longer = sorted((a["entries"], b["entries"]), key=len)
    more = longer[len(shorter) :]
    return longer[: len(shorter)] == shorter and not any(any(entry[:3]) for entry in more)


def attribute_table(table):
    """Compare numbers in cells by value; a table without columns and rows says nothing."""
    if table is None or not table["columns"] and not table["rows"]:
        return None
    real = [column[1] == 1 for column in table["columns"]]
    rows = [[number(c) if is_real else c for c, is_real in zip(row, real)] for row in table["rows"]]
    return {**table, "rows": rows, "binning": numbers(table["binning"])}


def category_names(names):
    """No names at the end are no names."""
    names = list(names or ())
    while names and not names[-1]:
        names.pop()
    return names


def nodata(band):
    """Nodata of 32-bit floats is a 32-bit float: GDAL compares it as one.

    Of integers, the ones that no pixel can have are the same to the 16 digits that GDAL writes.
    """
    value = number(band["nodata"])
    if ("Int" in band["type"] or band["type"] == "Byte") and isinstance(value, float):
        return f"{value:.15e}"
    if band["type"] in ("Float32", "CFloat32") and isinstance(value, (int, float)):
        with suppress(OverflowError):
            return number(repr(struct.unpack("f", struct.pack("f", value))[0]))
    return value


def data_type(band):
    """Since GDAL 3.7 signed bytes are a type; before, a note beside the type."""
    signed = band["type"] == "Byte" and band["PIXELTYPE"] == "SIGNEDBYTE"
    return "Int8" if signed else band["type"]


def histogram(values):
    """Compare the ends by value."""
    return values and [number(values[0]), number(values[1]), values[2]]


def same_crs(a, b):
    """Whether PROJ takes two CRS for equivalent, and they have the same name and ellipsoid.

    Codes have to be the same where both have one; a shift to WGS 84 both have or neither.
    Names of axes and units may be others, and the datum of WGS 84 may be an ensemble or not. In
    which order a geographic CRS has its axes does not matter, where columns and rows lead to does.
    """
    if a is None or b is None:
        return a is b
    if a["wkt"] == b["wkt"]:
        return True
    from osgeo import osr

    left, right = osr.SpatialReference(), osr.SpatialReference()
    left.ImportFromWkt(a["wkt"])
    right.ImportFromWkt(b["wkt"])
    if a["wkt"].startswith("BOUNDCRS[SOURCECRS[COMPOUNDCRS["):
        # as gdal_translate has it in any VRT or GeoTIFF: the shift belongs to the horizontal part
        left.ImportFromWkt(left.ExportToWkt(["FORMAT=WKT1_GDAL"]))
    rules = ["CRITERION=EQUIVALENT_EXCEPT_AXIS_ORDER_GEOGCRS"]
    rules.append("IGNORE_DATA_AXIS_TO_SRS_AXIS_MAPPING=YES")
    shifted = ["BOUNDCRS[" in crs["wkt"] for crs in (a, b)]
    said = list(zip((left.GetName(), right.GetName()), map(_ellipsoids, (a, b)), shifted))
    codes = {crs.GetAuthorityCode(None) for crs in (left, right)} - {None}
    is_unnamed = any(name in ("unnamed", "unknown") for name, *_ in said)
    has_one_name = said[0] == said[1] or (is_unnamed and said[0][1:] == said[1][1:])
    return has_one_name and len(codes) < 2 and bool(left.IsSame(right, rules))


def _ellipsoids(crs):
    """Return the lengths and flattenings, as exactly as GeoTIFF has them."""
    found = re.findall(r'ELLIPSOID\["[^"]*",([-\d.e]+),([-\d.e]+)', crs["wkt"])
    return [[f"{float(n):.9e}" for n in numbers] for numbers in found]


def color_interpretation(a, b):
    """Whether two bands say the same: TIFF has no undefined colour, its first band is then gray."""
    return a == b or (a, b) == ("Undefined", "Gray")


_ALL_VALID, _SHARED, _ALPHA, _NODATA = 1, 2, 4, 8


def mask(band, count):
    """With one band, a mask of the band is a mask of all."""
    flags = band["mask flags"]
    return [_SHARED if count == 1 and flags == 0 else flags, band["mask"]]


def mask_follows(a, b):
    """A mask that GDAL makes of nodata or of an alpha band is no more where these are no more."""
    flags = a["mask flags"], b["mask flags"]
    made = _NODATA | _ALPHA | _ALL_VALID
    return all(f & made for f in flags) and nodata(a) != nodata(b)


def statistics_kept(a, b):
    """GDAL and QGIS add statistics where there are none; those that are there stay as they are.

    One without a value says nothing.
    """
    before, after = (
        {k: number(v) for k, v in items(m).items() if k.startswith("STATISTICS_") and v}
        for m in (a, b)
    )
    return all(after.get(k) == v for k, v in before.items()), before, after


def time_of(items):
    """Return the tag that a conversion adds where GRIB says when a band is valid."""
    found = [re.match(r"GRIB_VALID_TIME=\s*(\d+)", item) for item in items]
    seconds = [int(match[1]) for match in found if match]
    if not seconds:
        return None
    return f"TIME_START={datetime.fromtimestamp(seconds[0], timezone.utc):%Y-%m-%dT%H:%M:%SZ}"


# ---------------------------------------------------------------- all of it


def _has_unset(description):
    """Whether a raster has anything that comes from memory which a driver has not set."""
    return None in _pixels(description) or _is_unset(numbers(description["geotransform"]))


def _is_unset(transform):
    """Whether terms are memory that a driver has not set, as GDAL's of FITS does not."""
    return transform is not None and any(0 < abs(term) < 1e-290 for term in transform)


def leave_out_unset_pixels(before, again):
    """Leave out pixels, and masks made of them, that are other ones whenever GDAL opens the raster.

    Its ILWIS driver does not set half of each pixel where a range is that of a float64 and the
    pixels are of 32 bits.
    """
    for band, other in zip(before["bands"], again.get("bands", ())):
        for item in ("pixels", "mask"):
            if band.get(item) != other.get(item):
                band[item] = None


def _pixels_and_masks(description):
    return [(band.get("pixels"), band.get("mask")) for band in description.get("bands", ())]


def _pixels(description):
    return [band.get("pixels") for band in description.get("bands", ())]


def differences(a, b):
    """List what two descriptions say that no rule takes for the same."""
    found = []

    def check(item, before, after, place="", same=None):
        if not (before == after if same is None else same):
            found.append(Difference(item, place, before, after))

    check("size", a["size"], b["size"])
    left, right = numbers(a["geotransform"]), numbers(b["geotransform"])
    check("geotransform", left, right, same=left == right or _is_unset(left))
    for item in ("CRS", "CRS of GCPs"):
        left, right = a[item], b[item]
        check(item, left and left["wkt"], right and right["wkt"], same=same_crs(left, right))
        if left and right:
            check("axes", left["axes"], right["axes"], item)
        epochs = [number(crs["epoch"]) if crs else 0 for crs in (left, right)]
        check("coordinate epoch", *epochs, place="" if item == "CRS" else item)
    check(
        "GCPs",
        [numbers(p[:5]) + p[5:] for p in a["GCPs"]],
        [numbers(p[:5]) + p[5:] for p in b["GCPs"]],
    )
    check("RPCs", rpcs(a["metadata"]), rpcs(b["metadata"]))
    areas = [items(d["metadata"]).get("AREA_OR_POINT", "Area") for d in (a, b)]
    check("AREA_OR_POINT", *areas)
    _check_metadata(check, a, b, "")
    for n, (left, right) in enumerate(zip(a["bands"], b["bands"]), start=1):
        _check_band(check, left, right, f"band {n}", a["size"][2])
    return found


def _check_metadata(check, a, b, place):
    left, right = (metadata(d["metadata"]) for d in (a, b))
    for domain in sorted({*left, *right}):
        where = f"{place} domain {domain}".strip() if domain else place
        before, after = left.get(domain, []), right.get(domain, [])
        if domain.startswith("json:") and before == [_as_geotiff_copies(item) for item in after]:
            continue
        lost = [i for i in before if i not in after]
        if domain == "":
            after = [i for i in after if i in before or i != time_of(before)]
        new = [i for i in after if i not in before]
        check("metadata", lost, new, where, before == after)
    same, before, after = statistics_kept(a["metadata"], b["metadata"])
    check("statistics", before, after, place, same)


def _check_band(check, a, b, place, count):
    if "error" in a or "error" in b:
        check("pixels", a.get("error"), b.get("error"), place)
        return
    check("type", data_type(a), data_type(b), place)
    check("pixels", a["pixels"], b["pixels"], place, a["pixels"] in (None, b["pixels"]))
    check("nodata", nodata(a), nodata(b), place)
    check("description", a["description"], b["description"], place)
    check("unit", a["unit"], b["unit"], place)
    # where nothing is said, values are what they are
    check("scale", number(a["scale"]) or _one(a), number(b["scale"]) or _one(b), place)
    check("offset", number(a["offset"]) or 0, number(b["offset"]) or 0, place)
    key = "color interpretation"
    check(key, a[key], b[key], place, color_interpretation(a[key], b[key]))
    left, right = color_table(a["color table"]), color_table(b["color table"])
    check("color table", left, right, place, same_colors(left, right))
    check("category names", *(category_names(d["category names"]) for d in (a, b)), place)
    check("attribute table", *(attribute_table(d["attribute table"]) for d in (a, b)), place)
    check("histogram", histogram(a["histogram"]), histogram(b["histogram"]), place)
    check("NBITS", a["NBITS"], b["NBITS"], place)
    left, right = mask(a, count), mask(b, count)
    is_unset = a["mask"] is None and left[0] == right[0]
    check("mask", left, right, place, left == right or is_unset or mask_follows(a, b))
    check("overviews", a["overviews"], b["overviews"], place)
    _check_metadata(check, a, b, place)


def _one(band):
    return 1 if band["scale"] == "None" else 0


#: What `compare` does not look at: what others leave beside a raster, and, since no file of ours
#: has any other, that columns lead to the east; a conversion warns where they did not.
NOT_COMPARED = {"statistics", "overviews", "axes"}


#: In warnings that do not say that anything is lost.
_POSSIBLE = re.compile("may be lost")
#: What warnings say of rasters that lie nowhere, and what GDAL then says of these.
_NOWHERE = {
    "has no CRS, so maps": lambda before: before["CRS"] is None and before["geotransform"],
    "has no even grid": lambda before: "GEOLOCATION" in before["metadata"],
}
#: In warnings of what no reader of GDAL's text sees, so that `compare` cannot either.
_AS_READ = re.compile("epoch.* of the ground control points")


def judge_case(case, before, after):
    """Return the verdict on a case, and what is wrong with it.

    Verdicts: ``equal``, ``named`` (something is lost, and the warnings say what), ``refused``, and
    ``failed``.
    """
    if case.get("crash"):
        return "failed", [f"no FlacRasterError: {case['crash']}"]
    if case.get("refused"):
        true = any(re.search(words, case["refused"], re.I) and of(before) for words, of in REFUSALS)
        return (
            ("refused", [])
            if true
            else ("failed", [f"refused ({case['step']}): {case['refused']}"])
        )
    if "error" in after:
        return "failed", [f"what came back cannot be opened: {after['error']}"]
    found = differences(before, after)
    said = [*case["warnings"], *case.get("notes", ())]
    wrong = [f"in silence: {d}" for d in found if not any(map(d.named_in, said))]
    wrong += [
        f"untrue: {warning}"
        for warning in case["warnings"]
        if not any(d.named_in(warning) for d in found)
        and not _POSSIBLE.search(warning)
        and not any(words in warning and is_so(before) for words, is_so in _NOWHERE.items())
    ]
    compared = [d for d in found if d.item not in NOT_COMPARED]
    if compared and case["identical"] and not any(map(_AS_READ.search, said)):
        wrong.append(f"compare says identical: {compared[0]}")
    if not compared and not case["identical"] and not _has_unset(before):
        wrong.append(f"compare says different: {'; '.join(case['compared'])}")
    return "failed" if wrong else "named" if found else "equal", wrong


def judge(case):
    """Have GDAL describe both rasters of a case, and judge it."""
    from kits.sweep.describe import describe

    before = describe(case["path"])
    after = {} if case.get("refused") or case.get("crash") else describe(case["back"])
    if _pixels_and_masks(before) != _pixels_and_masks(after):
        leave_out_unset_pixels(before, describe(case["path"]))
    verdict, wrong = judge_case(case, before, after)
    return {**case, "verdict": verdict, "wrong": wrong}
