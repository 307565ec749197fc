"""Worker processes that live as long as a module of tests, for they take a second to start."""

import pytest
from flac_raster_qgis.engine.parallel.processes import ProcessExecutor


@pytest.fixture(scope="module")
def processes():
    with ProcessExecutor(2) as executor:
        yield executor
