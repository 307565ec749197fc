"""What the engine shows to programs."""

import flac_raster_qgis.engine as engine
import pytest


@pytest.mark.parametrize("name", engine.__all__)
def test_every_public_name_is_there(name):
    assert getattr(engine, name) is not None


def test_other_names_are_not():
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        engine.nonsense  # noqa: B018


def test_the_package_itself_shows_what_writes_arrays():
    import flac_raster_qgis

    pytest.importorskip("xarray", reason="xarray is not installed")
    assert flac_raster_qgis.to_flac is engine.to_flac
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        flac_raster_qgis.nonsense  # noqa: B018
