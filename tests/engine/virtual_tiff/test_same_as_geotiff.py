"""GDAL says the same of a virtual TIFF as of the raster converted to GeoTIFF."""

import pytest
from kits.sweep import runner

pytestmark = pytest.mark.skipif(
    runner.python_of_gdal() is None, reason="there is no Python with GDAL's own bindings here"
)
#: Of these each kind is tried, of all others every fourth.
ALL_OF = ("type", "NBITS", "mask", "signed", "nodata", "everything", "GCPs", "RPCs")


@pytest.fixture(scope="module")
def cases(tmp_path_factory):
    chosen = [
        triple
        for number, triple in enumerate(runner.kinds_once())
        if triple[1].startswith(ALL_OF) or number % 4 == 0
    ]
    return runner.compare_virtual(chosen, tmp_path_factory.mktemp("virtual"))


def test_descriptions_pixels_and_masks(cases):
    wrong = {case["kind"]: case["wrong"] for case in cases if case.get("wrong")}
    assert wrong == {}


def test_nearly_all_can_be_compared(cases):
    refused = [case["kind"] for case in cases if "refused" in case]
    assert len(cases) > 200
    assert len(refused) < 0.05 * len(cases)
