"""The backends of FLAC that can be imported; pyflac is on Linux only, where it was compiled."""

from importlib import import_module

import pytest
from flac_raster_qgis.engine import flac


def _imported():
    for name in ("pyflac", "soundfile"):
        try:
            yield name, import_module(f"{flac.__name__}.{name}_backend")
        except ImportError:
            continue


BACKENDS = dict(_imported())
needs_pyflac = pytest.mark.skipif("pyflac" not in BACKENDS, reason="pyflac is not installed")
