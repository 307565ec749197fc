"""What tests of the dock share."""

from __future__ import annotations

import nginx_kit
import pytest


@pytest.fixture
def server(tmp_path):
    """An nginx of its own, which may be stopped."""
    if nginx_kit.NGINX is None:
        pytest.skip("nginx is not installed; `make setup` installs it")
    (tmp_path / "nginx").mkdir()
    server = nginx_kit.Nginx(tmp_path / "nginx")
    yield server
    server.stop()
