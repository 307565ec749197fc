"""The plugin's zip, as a stranger gets it."""

import pytest
from kits.plugin_zip import build, copy_checkout


@pytest.fixture(scope="session")
def checkout(tmp_path_factory):
    return copy_checkout(tmp_path_factory.mktemp("checkout"))


@pytest.fixture(scope="session")
def plugin_zip(checkout):
    return build(checkout)
