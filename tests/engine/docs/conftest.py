"""A server and rasters for the examples of the documents."""

import pytest
from kits.documents import make_rasters


@pytest.fixture(scope="session")
def rasters(tmp_path_factory):
    folder = tmp_path_factory.mktemp("rasters")
    make_rasters(folder)
    return folder


@pytest.fixture(scope="session")
def example_server(nginx_process, rasters):
    """The server that stands for example.org; ``folder`` is also the bucket."""
    (nginx_process.folder / "dem.flac").write_bytes((rasters / "dem.flac").read_bytes())
    return nginx_process
