"""Say how GDAL's descriptions of two rasters differ, in a process of its own; a case a line."""

import json
import sys

from osgeo import gdal

from kits.sweep.describe import describe

#: How pixels are stored, which is different on purpose.
STORAGE = {"COMPRESSION", "INTERLEAVE", "PREDICTOR", "OVERVIEW_RESAMPLING"}


def differences(a, b, place=""):
    """List the values that two descriptions do not share."""
    if isinstance(a, dict) and isinstance(b, dict):
        pairs = [(a.get(key), b.get(key), f"{place}/{key}") for key in sorted({*a, *b})]
    elif isinstance(a, list) and isinstance(b, list) and len(a) == len(b):
        pairs = [(x, y, f"{place}[{n}]") for n, (x, y) in enumerate(zip(a, b))]
    else:
        return [] if a == b else [f"{place}: {a!r:.90} != {b!r:.90}"]
    return [line for x, y, where in pairs for line in differences(x, y, where)]


def described(path):
    """Describe a raster but for its storage; of overviews say how many there are."""
    found = describe(path)
    for owner in [found, *found.get("bands", [])]:
        for domain, items in list(owner.get("metadata", {}).items()):
            kept = [item for item in items if item.partition("=")[0] not in STORAGE]
            owner["metadata"][domain] = sorted(kept)
            if not kept or domain == "DERIVED_SUBDATASETS":  # they have the path in their names
                del owner["metadata"][domain]
        if "overviews" in owner:
            owner["overviews"] = len(owner["overviews"])
    return found


if __name__ == "__main__":
    gdal.UseExceptions()
    gdal.PushErrorHandler("CPLQuietErrorHandler")
    for line in sys.stdin:
        case = json.loads(line)
        if "back" in case:
            a, b = described(case["back"]), described(case["virtual"])
            for band in a.get("bands", []):
                if "overviews" in band:  # those of the FLAC raster, not what `convert` made
                    band["overviews"] = case["levels"] - 1
            case["wrong"] = differences(a, b)
        print(json.dumps(case), flush=True)
