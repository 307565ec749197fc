"""xarray fetches no more of a remote raster than the pixels that are asked for."""

import pytest
from kits.remote import noise, write_flac

xarray = pytest.importorskip("xarray", reason="xarray is not installed")


def test_only_tiles_that_are_asked_for_are_fetched(nginx):
    array = noise(640, 640, 2)
    path = write_flac(nginx.folder / "xarray.flac", array)
    url = nginx.url("xarray.flac")  # netCDF4, where it is installed, takes it without an engine
    opened = xarray.open_dataset(url, engine="flac_raster", mask_and_scale=False)
    part = opened["band_data"].isel(band=0, x=slice(100, 120), y=slice(300, 310))
    assert (part.values == array[0, 300:310, 100:120]).all()
    requests = nginx.requests()
    assert len(requests) == 2 and sum(int(r[3]) for r in requests) < path.stat().st_size / 5
