"""What all tests share."""

import gc


def pytest_collection_finish():
    """Leave what is imported by now to itself; many tests ask for collections of what they left.

    Each would go through all of it again, which takes a tenth of a second once QGIS is loaded.
    """
    gc.collect()
    gc.freeze()
