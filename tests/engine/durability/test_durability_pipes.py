"""Pipes and devices that are named inside an input: GDAL would wait for them for ever."""

import os
import time

import numpy as np
import pytest
import rasterio
from flac_raster_qgis.engine import convert
from flac_raster_qgis.engine.errors import InputError
from flac_raster_qgis.engine.operations.info import info
from flac_raster_qgis.engine.storage.pipes import check_references
from kits.durability import run_apart, write_either

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")


def vrt(source, relative=1, kind="", more=""):
    place = '<SrcRect xOff="0" yOff="0" xSize="40" ySize="30"/>'
    place += place.replace("Src", "Dst")
    name = f'<SourceFilename relativeToVRT="{relative}">{source}</SourceFilename>'
    inner = (
        name if kind else f"<SimpleSource>{name}<SourceBand>1</SourceBand>{place}</SimpleSource>"
    )
    return (
        f'<VRTDataset rasterXSize="40" rasterYSize="30">{more}'
        f'<VRTRasterBand dataType="UInt16" band="1"{kind}>{inner}</VRTRasterBand></VRTDataset>'
    )


RAW = ' subClass="VRTRawRasterBand"'
TEXTS = {
    "beside": ("in.vrt", lambda folder: vrt("pipe")),
    "absolute": ("in.vrt", lambda folder: vrt(folder / "pipe", 0)),
    "called TIFF": ("in.tif", lambda folder: vrt("pipe")),
    "raw": ("in.vrt", lambda folder: vrt("pipe", kind=RAW)),
    "part of a file": ("in.vrt", lambda folder: vrt(f"/vsisubfile/0_9,{folder}/pipe", 0)),
    "packed": ("in.vrt", lambda folder: vrt(f"/vsigzip/{folder}/pipe", 0)),
    "archive": ("in.vrt", lambda folder: vrt(f"/vsizip/{folder}/pipe/x.tif", 0)),
    "escaped": ("in.vrt", lambda folder: vrt("&#112;ipe")),
    "as a URL": ("in.vrt", lambda folder: vrt(f"file://{folder}/pip%65", 0)),
    "variable": ("in.vrt", lambda folder: vrt(f"NETCDF:&quot;{folder}/pipe&quot;:t", 0)),
    "overview": ("in.vrt", lambda folder: vrt("in.dat", more="<OverviewList>pipe</OverviewList>")),
    "JSON": ("in.json", lambda folder: f'{{"href":"{folder}/pipe"}}'.replace("/", "\\/")),
    "header": ("in.ers", lambda folder: 'DatasetHeader Begin\n DataFile = "pipe"\n'),
    "device": ("in.vrt", lambda folder: vrt("/dev/zero", 0)),
}


@pytest.mark.parametrize("file, text", TEXTS.values(), ids=TEXTS)
def test_named_in_a_text(tmp_path, file, text):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / file).write_text(text(tmp_path))
    for function in (info, convert):
        outcome = run_apart(function, tmp_path / file)
        assert outcome.error == "InputError" and "named pipe or device" in outcome.text, outcome
        assert file in outcome.text and "Save what comes from it" in outcome.text


def test_named_in_a_file_that_is_named(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "inner.vrt").write_text(vrt("pipe"))
    (tmp_path / "outer.vrt").write_text(vrt("inner.vrt"))
    outcome = run_apart(convert, tmp_path / "outer.vrt")
    assert outcome.error == "InputError" and "inner.vrt cannot be opened" in outcome.text


@pytest.mark.parametrize("sidecar", ["in.tif.aux.xml", "in.aux.xml"])
@pytest.mark.parametrize("start", ["", ":::BASE:::"])
def test_named_as_overviews(tmp_path, sidecar, start):
    write_either(tmp_path / "in.tif")
    os.mkfifo(tmp_path / "pipe")
    item = f'<MDI key="OVERVIEW_FILE">{start or tmp_path}/pipe</MDI>'.replace(":::/", ":::")
    (tmp_path / sidecar).write_text(
        f'<PAMDataset><Metadata domain="OVERVIEWS">{item}</Metadata></PAMDataset>'
    )
    (tmp_path / "outer.vrt").write_text(vrt("in.tif"))
    for name in ("in.tif", "outer.vrt"):
        outcome = run_apart(info, tmp_path / name)
        assert outcome.error == "InputError" and sidecar in outcome.text, outcome


def test_named_as_overviews_in_the_tiff_itself(tmp_path):
    write_either(tmp_path / "in.tif")
    os.mkfifo(tmp_path / "pipe")
    with rasterio.open(tmp_path / "in.tif", "r+") as dataset:
        dataset.update_tags(ns="OVERVIEWS", OVERVIEW_FILE=str(tmp_path / "pipe"))
    assert not (tmp_path / "in.tif.aux.xml").exists()
    for function in (info, convert):
        outcome = run_apart(function, tmp_path / "in.tif")
        assert outcome.error == "InputError" and "in.tif cannot be opened" in outcome.text, outcome


def test_in_the_text_that_is_given_for_a_name(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for name in (vrt(tmp_path / "pipe", 0), f"/vsigzip/{tmp_path}/pipe"):
        outcome = run_apart(info, name)
        assert outcome.error == "InputError" and "named pipe or device" in outcome.text, outcome


def test_what_names_none_is_opened(tmp_path):
    source = write_either(tmp_path / "in.tif")
    text = '<Metadata><MDI key="a">/dev/null</MDI><MDI key="b">from /dev/stdin</MDI></Metadata>'
    (tmp_path / "in.vrt").write_text(vrt(source.name, more=text))
    convert(tmp_path / "in.vrt", tmp_path / "out.flac")
    with rasterio.open(source) as dataset:
        np.testing.assert_array_equal(dataset.read(1), convert_back(tmp_path / "out.flac"))


def convert_back(path):
    convert(path, path.with_suffix(".tif"))
    with rasterio.open(path.with_suffix(".tif")) as dataset:
        return dataset.read(1)


@pytest.mark.parametrize("name", ["\ud800<x", "<VRTDataset>\udce9", "a\0b<", "<", "\ud800.tif"])
def test_names_that_are_none(name):
    with pytest.raises(InputError):
        info(name)


def test_files_that_name_each_other(tmp_path):
    (tmp_path / "a.vrt").write_text(vrt("b.vrt"))
    (tmp_path / "b.vrt").write_text(vrt("a.vrt") + "b.vrt\n" + "\0")
    check_references(str(tmp_path / "a.vrt"))


@pytest.mark.parametrize(
    "piece", ["<a>1</a>", "/vsizip/" + "../" * 1300 + '"', "a" * 4096 + '"', "::::", "&amp;"]
)
def test_long_texts(tmp_path, piece):
    """They cost little: a look at each name of a file."""
    (tmp_path / "in.vrt").write_text("<" + piece * (200_000 // len(piece)))
    before = time.process_time()
    check_references(str(tmp_path / "in.vrt"))
    assert time.process_time() - before < 2


def test_nothing_is_opened_that_waits(tmp_path):
    os.mkfifo(tmp_path / "in.aux.xml")
    write_either(tmp_path / "in.tif")
    with pytest.raises(InputError, match="beside it"):
        convert(tmp_path / "in.tif", tmp_path / "out.flac")
