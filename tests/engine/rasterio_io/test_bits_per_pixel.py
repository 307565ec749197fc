"""Bits per pixel (NBITS): kept where all bands say the same, else named."""

import numpy as np
import pytest
from flac_raster_qgis.engine import FlacRaster, compare, convert

rasterio = pytest.importorskip("rasterio", exc_type=ImportError)
rasterio_shutil = pytest.importorskip("rasterio.shutil", exc_type=ImportError)
pytestmark = pytest.mark.filterwarnings("ignore::rasterio.errors.NotGeoreferencedWarning")


def write_vrt(path, bits, top=7):
    """Write a VRT of one byte band per entry, which says what the entry says."""
    count = len(bits)
    tif = path.with_suffix(".tif")
    pixels = np.arange(12 * count, dtype="u1").reshape(count, 3, 4) % (top + 1)
    with rasterio.open(tif, "w", "GTiff", 4, 3, count, dtype="uint8") as dataset:
        dataset.write(pixels)
    rasterio_shutil.copy(tif, path, driver="VRT")
    head, *bands = path.read_text().split("<VRTRasterBand")
    for n, text in enumerate(bits):
        if text is not None:
            item = f'<Metadata domain="IMAGE_STRUCTURE"><MDI key="NBITS">{text}</MDI></Metadata>'
            start, end, rest = bands[n].partition(">")
            bands[n] = f"{start}{end}{item}{rest}"
    path.write_text("<VRTRasterBand".join([head, *bands]))
    return path


@pytest.mark.parametrize("bits", [["3"], ["3", "3"], [None, None]])
def test_kept_where_all_bands_say_the_same(tmp_path, bits):
    source, flac, back = (
        write_vrt(tmp_path / "a.vrt", bits),
        tmp_path / "a.flac",
        tmp_path / "b.tif",
    )
    assert convert(source, flac).warnings == ()
    with FlacRaster.open(flac) as raster:
        assert raster.metadata.nbits == (bits[0] and int(bits[0]))
    assert convert(flac, back).warnings == ()
    assert compare(source, back).identical


@pytest.mark.parametrize(
    ("bits", "named"),
    [
        ([None, "3"], "band 2 says 3"),
        (["3", None], "band 1 says 3"),
        (["3", "4", "3"], "band 1 says 3"),
        (["many"], "band 1 says many"),
        (["-1"], "band 1 says -1"),
    ],
)
def test_named_where_they_do_not(tmp_path, bits, named):
    source, flac, back = (
        write_vrt(tmp_path / "a.vrt", bits, 200),
        tmp_path / "a.flac",
        tmp_path / "b.tif",
    )
    (warning,) = convert(source, flac).warnings
    assert f"The bits per pixel (NBITS) of {source} are not kept" in warning and named in warning
    with FlacRaster.open(flac) as raster:
        assert raster.metadata.nbits is None
    assert convert(flac, back).warnings == ()  # pixels of all bands fit
    assert compare(flac, back).identical
