"""Rasters of other formats whose few bytes ask for more than there is: said in a sentence.

What is only very much is read in proportion, and until somebody cancels it.
"""

import numpy as np
import pytest
from flac_raster_qgis.engine import Window, WriteOptions, convert, write_raster
from flac_raster_qgis.engine.errors import Cancelled, UnsupportedRaster
from flac_raster_qgis.engine.job import Job
from flac_raster_qgis.engine.operations.info import gdal_info
from flac_raster_qgis.engine.writing import pyramid
from kits.durability import assert_sentence, run_apart, write_tif
from kits.rasters import array_raster

rasterio = pytest.importorskip("rasterio")
from flac_raster_qgis.engine.rasterio_io import reader  # noqa: E402
from flac_raster_qgis.engine.rasterio_io.reader import RasterioRaster  # noqa: E402
from flac_raster_qgis.engine.rasterio_io.xml_tree import parse_xml  # noqa: E402


@pytest.mark.parametrize("side", [2**31 - 1, 2 * 10**9, 10**9])
def test_more_tiles_than_there_is_memory_for(tmp_path, side):
    vrt = tmp_path / "x.vrt"
    vrt.write_text(
        f'<VRTDataset rasterXSize="{side}" rasterYSize="{side}">'
        '<VRTRasterBand dataType="Float64" band="1"/></VRTDataset>'
    )
    with pytest.raises(UnsupportedRaster, match="more tiles of") as caught:
        convert(vrt, tmp_path / "x.flac")
    assert_sentence(str(caught.value))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["x.vrt"]


# ---------------------------------------------------------------- blocks larger than the raster


def write_in_blocks(path, side, count=1, dtype="uint8"):
    """Write a TIFF of 4 x 4 pixels in one block, which takes no bytes in the file."""
    profile = {"count": count, "dtype": dtype, "compress": "deflate", "interleave": "pixel"}
    blocks = {"tiled": True, "blockxsize": side, "blockysize": side, "sparse_ok": True}
    with rasterio.open(path, "w", "GTiff", 4, 4, **profile, **blocks):
        pass
    return path


@pytest.mark.parametrize(
    ("side", "count", "dtype"), [(32768, 1, "uint8"), (8192, 4, "uint8"), (4096, 3, "float64")]
)
def test_blocks_far_larger_than_the_raster(tmp_path, side, count, dtype):
    source = write_in_blocks(tmp_path / "x.tif", side, count, dtype)
    assert gdal_info(source)["width"] == 4
    outcome = run_apart(convert, source, tmp_path / "x.flac")
    assert outcome.error == "UnsupportedRaster" and outcome.megabytes < 64, outcome
    assert_sentence(outcome.text)
    assert str(source) in outcome.text
    assert [path.name for path in tmp_path.iterdir()] == ["x.tif"]


@pytest.mark.parametrize(("side", "count"), [(8192, 1), (512, 600)])
def test_blocks_that_are_in_use(tmp_path, side, count):
    source = write_in_blocks(tmp_path / "x.tif", side, count)
    assert convert(source, tmp_path / "x.flac", effort="fast").warnings == ()


# ---------------------------------------------------------------- very many of something


def vrt_of(path, inside, bands=1):
    band = '<VRTRasterBand dataType="Byte" band="{}">{}</VRTRasterBand>'
    text = "".join(band.format(number + 1, inside) for number in range(bands))
    path.write_text(f'<VRTDataset rasterXSize="4" rasterYSize="4">{text}</VRTDataset>')
    return path


def many_points(path):
    write_tif(path.with_suffix(".tif"))
    point = '<GCP Id="" Pixel="1" Line="1" X="1" Y="1"/>'
    sidecar = path.with_suffix(".tif.aux.xml")
    sidecar.write_text(f"<PAMDataset><GCPList>{point * 20_000}</GCPList></PAMDataset>")
    return path.with_suffix(".tif")


COLOR = '<Entry c1="1" c2="2" c3="3" c4="4"/>'
MANY = {
    "bands": lambda path: vrt_of(path, "", 2000),
    "colors": lambda path: vrt_of(path, f"<ColorTable>{COLOR * 20_000}</ColorTable>"),
    "points": many_points,
}


class After:
    """Cancels at a certain question."""

    def __init__(self, questions):
        self.left = questions

    def __call__(self):
        self.left -= 1
        return self.left < 0


@pytest.mark.parametrize("make", MANY.values(), ids=MANY)
def test_reading_metadata_is_cancelled(tmp_path, make):
    source = make(tmp_path / "x.vrt")
    for questions in (0, 1, 3):
        with pytest.raises(Cancelled):
            RasterioRaster(str(source), Job(is_cancelled=After(questions)))
        with pytest.raises(Cancelled):
            convert(source, tmp_path / "x.flac", job=Job(is_cancelled=After(questions)))
    assert not (tmp_path / "x.flac").exists()


@pytest.mark.parametrize("workers", [1, 2])
def test_a_square_of_many_bands_is_cancelled(tmp_path, monkeypatch, workers):
    """All of its tiles are one call for the workers."""
    encoded, encode_tile = [], pyramid.encode_tile

    def counting(key, *others, **options):
        encoded.append(key)
        return encode_tile(key, *others, **options)

    monkeypatch.setattr(pyramid, "encode_tile", counting)
    raster = array_raster(np.zeros((400, 4, 4), "uint8"))
    options = WriteOptions(interleave="band", workers=workers, effort="fast")
    with pytest.raises(Cancelled):
        write_raster(
            raster, tmp_path / "x.flac", options, job=Job(is_cancelled=lambda: len(encoded) >= 10)
        )
    assert 10 <= len(encoded) < 400
    assert list(tmp_path.iterdir()) == []


def test_bands_are_not_looked_up_one_by_one(tmp_path):
    """rasterio does so in a tuple, in a time that grows with the square of their number."""
    array = np.arange(300, dtype="uint16").reshape(300, 1, 1)
    raster = RasterioRaster(str(write_tif(tmp_path / "x.tif", array)))
    assert isinstance(raster._dataset.indexes, range)
    assert (raster.read_window(Window(0, 0, 1, 1))[0] == array).all()
    raster.close()


@pytest.mark.parametrize("dtype", ["uint8", "int64", "complex_int16"])
@pytest.mark.parametrize("interleave", ["pixel", "band"])
def test_bands_are_read_some_at_a_time(tmp_path, monkeypatch, interleave, dtype):
    source, kind = tmp_path / "x.tif", "complex64" if dtype == "complex_int16" else dtype
    array = np.arange(45).reshape(5, 3, 3).astype(kind)
    profile = {"count": 5, "dtype": dtype, "interleave": interleave}
    with rasterio.open(source, "w", "GTiff", 3, 3, **profile) as dataset:
        dataset.write(array)
    cancelled = []
    raster = RasterioRaster(str(source), Job(is_cancelled=lambda: bool(cancelled)))
    monkeypatch.setattr(reader, "_BANDS_AT_ONCE", 2)
    assert (raster.read_window(Window(0, 0, 3, 3))[0] == array).all()
    cancelled.append(True)
    with pytest.raises(Cancelled):
        raster.read_window(Window(0, 0, 3, 3))
    raster.close()


@pytest.mark.parametrize("pasted", [b"<?xml ", b"<!DOCTYPE ", b"<!DOCTYPE [", b"<!DOCTYPE a[<!"])
def test_documents_pasted_without_end(pasted):
    outcome = run_apart(parse_xml, b"<a>" + pasted * 300_000)
    assert outcome.error == "ValueError" and outcome.processor < 2, outcome


def test_what_is_left_out_of_a_document():
    root = parse_xml(b"<a x='1'>t<b><c>u</c><b/></b>v<c>w</c></a>", without=("b",))
    assert (root.tag, root.text, root.attrib) == ("a", "tv", {"x": "1"})
    assert [(child.tag, child.text) for child in root] == [("c", "w")]
