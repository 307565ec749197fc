"""Data types, and pixels with their ends; NBITS."""

import struct

from osgeo import gdal

from .registry import INF, KINDS, NAN, Kind, bands, nothing, shared_mask

INTEGERS = ["Byte", "UInt16", "Int16", "UInt32", "Int32", "UInt64", "Int64"]
FLOATS = ["Float32", "Float64", "CInt16", "CInt32", "CFloat32", "CFloat64"]
TYPES = (
    INTEGERS + FLOATS + [t for t in ("Int8", "Float16", "CFloat16") if gdal.GetDataTypeByName(t)]
)


def nodata_of_type(ds):
    low = {"Int64": -(2**63), "UInt64": 2**64 - 1, "Float32": -3.4028234663852886e38}
    for band in bands(ds):
        band.SetNoDataValue(low.get(gdal.GetDataTypeName(band.DataType), 1))


for _type in TYPES:
    KINDS[f"type: {_type}"] = Kind("type", nothing, _type)
    KINDS[f"type: {_type}, two bands"] = Kind("type", nothing, _type, 2)
    KINDS[f"type: {_type} with nodata"] = Kind("type", nodata_of_type, _type)
    KINDS[f"type: {_type} with a mask"] = Kind("type", shared_mask, _type)
for _type in ("Byte", "UInt16", "Int32", "Float32"):
    KINDS[f"type: {_type}, five bands"] = Kind("type", nothing, _type, 5)
KINDS["type: signed bytes"] = Kind("type", nothing, "Byte", options=("PIXELTYPE=SIGNEDBYTE",))
for _bits, _type in (
    (1, "Byte"),
    (2, "Byte"),
    (4, "Byte"),
    (7, "Byte"),
    (12, "UInt16"),
    (20, "UInt32"),
):
    KINDS[f"NBITS: {_bits}"] = Kind("NBITS", nothing, _type, options=(f"NBITS={_bits}",))
KINDS["NBITS: 16 of Float32"] = Kind("NBITS", nothing, "Float32", options=("NBITS=16",))


def pixels(dtype, size):
    """Bytes of one band, the ends of the data type and odd values among them."""
    count = size[0] * size[1]
    if dtype == "Byte":
        return bytes(n * 3 % 200 for n in range(count))
    ends = {
        "Int8": ("b", [-128, 127]),
        "UInt16": ("H", [0, 65535]),
        "Int16": ("h", [-32768, 32767]),
        "UInt32": ("I", [0, 2**32 - 1]),
        "Int32": ("i", [-(2**31), 2**31 - 1]),
        "UInt64": ("Q", [0, 2**64 - 1, 2**53 + 1]),
        "Int64": ("q", [-(2**63), 2**63 - 1, 2**53 + 1, -1]),
        "Float16": ("e", [NAN, -0.0, 65504.0, INF]),
        "Float32": ("f", [NAN, -0.0, 3.4028234663852886e38, INF, 1e-45]),
        "Float64": ("d", [NAN, -0.0, 1.7976931348623157e308, -INF, 5e-324, 1 / 3]),
        "CInt16": ("h", [-32768, 32767]),
        "CInt32": ("i", [-(2**31), 2**31 - 1, 2**24 + 1]),
        "CFloat16": ("e", [NAN, -0.0, 65504.0]),
        "CFloat32": ("f", [NAN, -0.0, INF, 1e-45]),
        "CFloat64": ("d", [NAN, -0.0, -INF, 1 / 3]),
    }
    code, odd = ends[dtype]
    count *= 1 + dtype.startswith("C")
    usual = [n % 101 for n in range(count - len(odd))]
    if code in "efd":
        usual = [n / 4 for n in usual]
    return struct.pack(f"={count}{code}", *usual, *odd)
