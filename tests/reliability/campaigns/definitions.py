"""Look whether every CRS of PROJ's database, in each version of WKT, passes the check of CRS."""

import sys
import time

from flac_raster_qgis.engine.model.crs import refusal
from kits import crs_texts

from . import save


def main():
    started, found, refused = time.monotonic(), 0, []
    for code in crs_texts.codes():
        for text in [code, *crs_texts.spellings(code)]:
            found += 1
            reason = refusal(text)
            if reason is not None:
                refused.append([code, reason])
    result = {"definitions": found, "refused": refused, "PROJ": crs_texts.proj_version()}
    save("definitions", result, started)
    sys.exit(1 if refused or not found else 0)
