"""What the engine shows to programs, and where some of it was before."""

import importlib

import flac_raster_qgis.engine as engine
import pytest


@pytest.mark.parametrize("name", engine.__all__)
def test_every_public_name_is_there(name):
    assert getattr(engine, name) is not None


def test_other_names_are_not():
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        engine.nonsense  # noqa: B018


@pytest.mark.parametrize(
    "module, name",
    [("remote", "open_url"), ("remote.session", "new_session"), ("remote.disk_cache", "DiskCache")],
)
def test_names_are_found_where_they_were(module, name):
    with pytest.warns(DeprecationWarning, match="import from flac_raster_qgis.engine"):
        moved = importlib.reload(importlib.import_module(f"flac_raster_qgis.engine.{module}"))
    assert getattr(moved, name) is getattr(engine, name)
