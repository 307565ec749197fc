"""Items and documents in all kinds of domains."""

from .registry import KINDS, LONG, ODD, Kind, bands

DOCUMENT = '<?xml version="1.0"?>\n<a x="1=2"><b>Gr\u00fc\u00dfe &amp; c</b>\n</a>\n'
JSON = '{"IsisCube":{"Core":{"StartByte":65537,"x=y":[1,null]},"note":"Gr\\u00fcn = gr\u00fcn"}}'
ITEMS = {
    "usual": {"AUTHOR": "somebody", "YEAR": "2024"},
    "with equals signs": {"A": "b=c", "D": "=e=", "F": "g="},
    "odd": {"NAME": ODD, "Stra\u00dfe": "x"},
    "of odd keys": {"a b": "1", "x#y": "2", "<k>&": "3", "a.b/c": "4"},
    "with colons": {"a:b": "1"},
    "of empty values": {"EMPTY": "", "B": "x"},
    "of spaces": {"A": "  x  ", "B": " ", "C": "\t"},
    "of lines": {"A": "one\ntwo\r\nthree\n"},
    "of control characters": {"A": "a\x01b\x1f"},
    "long": {"A": LONG * 4},
    "many": {f"KEY_{n}": str(n) for n in range(1500)},
    "that look like numbers": {"A": "1.490e+00", "B": "007", "C": "nan", "D": "True"},
    "that look like markup": {"A": "<Metadata>]]></Metadata>", "B": "&#0;&lt;"},
    "of equal keys but for case": {"Key": "1", "KEY": "2"},
}
LISTS = {
    "without keys": ["just text", "and more"],
    "with keys given twice": ["A=1", "A=2"],
    "with colons for equals signs": ["A:1"],
}


def _said(owner, domain, items):
    def apply(ds):
        (ds if owner == "dataset" else ds.GetRasterBand(1)).SetMetadata(items, domain)

    return Kind("metadata", apply)


for _owner in ("dataset", "band"):
    for _domain in ("", "MY_DOMAIN"):
        for _name, _items in {**ITEMS, **LISTS}.items():
            KINDS[f"metadata: {_owner}, {_domain or 'default'} domain, {_name}"] = _said(
                _owner, _domain, _items
            )
    for _domain in ("xml:MINE", "xml:XMP", "xml:ESRI", "xml:gml.root-instance", "xml:TIMESTAMPS"):
        KINDS[f"metadata: {_owner}, {_domain}"] = _said(_owner, _domain, [DOCUMENT])
    for _domain in ("json:ISIS3", "json:mine"):
        KINDS[f"metadata: {_owner}, {_domain}"] = _said(_owner, _domain, [JSON])
    for _domain in ("json:text", "xml:text"):
        KINDS[f"metadata: {_owner}, {_domain}, not what it says"] = _said(
            _owner, _domain, ["a=b", "c"]
        )
    for _domain in (
        "a b",
        "\u00fc",
        "x:y",
        "a=b",
        "geo/tiff",
        "<d>",
        "tiff",
        "Esri",
        "EXIF",
        "IMD",
        "RAD",
    ):
        KINDS[f"metadata: {_owner}, domain {_domain}"] = _said(_owner, _domain, {"A": "1"})
    for _domain in (
        "GEOLOCATION",
        "COLOR_PROFILE",
        "LocationInfo",
        "NITF_METADATA",
        "RPB",
        "TRE",
        "FGDC",
    ):
        KINDS[f"metadata: {_owner}, domain {_domain}"] = _said(
            _owner, _domain, {"A": "1", "B": "2 3"}
        )
    for _domain in ("IMAGE_STRUCTURE", "SUBDATASETS", "DERIVED_SUBDATASETS"):
        KINDS[f"metadata: {_owner}, domain {_domain}"] = _said(_owner, _domain, {"MINE": "1"})

TIFF_ITEMS = {
    "TIFFTAG_DOCUMENTNAME": "doc",
    "TIFFTAG_IMAGEDESCRIPTION": "two\nlines",
    "TIFFTAG_SOFTWARE": "mine",
    "TIFFTAG_DATETIME": "2021:03:04 05:06:07",
    "TIFFTAG_ARTIST": "somebody",
    "TIFFTAG_HOSTCOMPUTER": "host",
    "TIFFTAG_COPYRIGHT": "none",
    "TIFFTAG_XRESOLUTION": "72",
    "TIFFTAG_YRESOLUTION": "72.5",
    "TIFFTAG_RESOLUTIONUNIT": "2 (pixels/inch)",
    "TIFFTAG_MINSAMPLEVALUE": "1",
    "TIFFTAG_MAXSAMPLEVALUE": "200",
}
for _key, _value in TIFF_ITEMS.items():
    KINDS[f"metadata: {_key}"] = _said("dataset", "", {_key: _value})
KINDS["metadata: all TIFFTAG"] = _said("dataset", "", TIFF_ITEMS)
KINDS["metadata: TIFFTAG_SOFTWARE, odd"] = _said("dataset", "", {"TIFFTAG_SOFTWARE": ODD})
KINDS["metadata: TIFFTAG_DATETIME, odd"] = _said("dataset", "", {"TIFFTAG_DATETIME": "yesterday"})
KINDS["metadata: TIFFTAG_XRESOLUTION, odd"] = _said("dataset", "", {"TIFFTAG_XRESOLUTION": "a lot"})
KINDS["metadata: TIFFTAG_RESOLUTIONUNIT, odd"] = _said(
    "dataset", "", {"TIFFTAG_RESOLUTIONUNIT": "cubit"}
)
for _type in ("thematic", "athematic"):
    KINDS[f"metadata: LAYER_TYPE {_type}"] = _said("band", "", {"LAYER_TYPE": _type})
KINDS["metadata: PIXELTYPE of the band"] = _said(
    "band", "IMAGE_STRUCTURE", {"PIXELTYPE": "SIGNEDBYTE"}
)
KINDS["metadata: two domains and bands"] = Kind(
    "metadata",
    lambda ds: [
        (ds.SetMetadata({"A": str(n)}, d), band.SetMetadata({"B": str(n)}, d))
        for n, band in enumerate(bands(ds))
        for d in ("", "ONE", "TWO")
    ],
    count=3,
)
