"""Texts that are not in UTF-8 are read as Latin-1, with a warning: GDAL hands them on as bytes."""

import logging

import numpy as np
import pytest
from flac_raster_qgis.engine import FlacRaster, compare, convert
from flac_raster_qgis.engine.errors import UnsupportedRaster

rasterio = pytest.importorskip("rasterio")
pytestmark = pytest.mark.filterwarnings("ignore::rasterio.errors.NotGeoreferencedWarning")

BAND = '<PAMRasterBand band="1">{}</PAMRasterBand>'
HISTOGRAM = (
    "<Histograms><HistItem><HistMin>0</HistMin><HistMax>2</HistMax><BucketCount>2</BucketCount>"
    "<IncludeOutOfRange>0</IncludeOutOfRange><Approximate>0</Approximate>"
    "<HistCounts>1|2</HistCounts></HistItem></Histograms>"
)
TABLE = (
    '<GDALRasterAttributeTable tableType="thematic"><FieldDefn index="0"><Name>Fluß</Name>'
    '<Type>2</Type><Usage>0</Usage></FieldDefn><Row index="0"><F>See</F></Row>'
    "</GDALRasterAttributeTable>"
)


def with_sidecar(folder, text):
    """Write a GeoTIFF and, beside it, a text in Windows-1252."""
    path = folder / "x.tif"
    with rasterio.open(
        path, "w", driver="GTiff", width=8, height=6, count=1, dtype="uint8"
    ) as dataset:
        dataset.write(np.arange(48, dtype="uint8").reshape(1, 6, 8))
        dataset.update_tags(OWN="grün")
    (folder / "x.tif.aux.xml").write_bytes(f"<PAMDataset>{text}</PAMDataset>".encode("cp1252"))
    return path


def kept(folder, text):
    """Convert to FLAC, and return its metadata and the warnings."""
    path = with_sidecar(folder, text)
    warnings = convert(path, folder / "x.flac").warnings
    with FlacRaster.open(folder / "x.flac") as raster:
        return raster.metadata, warnings


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('<Metadata><MDI key="K">Fluß</MDI></Metadata>', lambda m: m.tags[""]["K"]),
        ('<Metadata><MDI key="Fluß">Fluß</MDI></Metadata>', lambda m: m.tags[""]["Fluß"]),
        (
            '<Metadata domain="d"><MDI key="K">Fluß</MDI><MDI key="L">x</MDI></Metadata>',
            lambda m: m.tags["d"]["L"] == "x" and m.tags["d"]["K"],
        ),
        (
            BAND.format('<Metadata><MDI key="K">Fluß</MDI></Metadata>'),
            lambda m: m.bands[0].tags[""]["K"],
        ),
        (
            BAND.format('<Metadata domain="d"><MDI key="K">Fluß</MDI></Metadata>'),
            lambda m: m.bands[0].tags["d"]["K"],
        ),
        (BAND.format("<Description>Fluß</Description>"), lambda m: m.bands[0].description),
        (
            BAND.format("<CategoryNames><Category>Fluß</Category></CategoryNames>"),
            lambda m: m.bands[0].category_names[0],
        ),
        (BAND.format(TABLE), lambda m: m.bands[0].attribute_table.columns[0].name),
    ],
    ids=[
        *("value", "key", "domain", "of a band", "domain of a band"),
        *("description", "category", "attribute table"),
    ],
)
def test_texts_of_every_kind(tmp_path, text, found):
    metadata, (warning,) = kept(tmp_path, text)
    assert found(metadata) == "Fluß"
    assert "not in UTF-8 and were read as Latin-1, such as 'Fluß'" in warning
    assert "x.tif.aux.xml in UTF-8" in warning
    assert metadata.tags[""]["OWN"] == "grün"
    convert(tmp_path / "x.flac", tmp_path / "back.tif")
    assert compare(tmp_path / "x.flac", tmp_path / "back.tif").identical


def test_nothing_else_is_lost(tmp_path):
    """Domains and documents that are in UTF-8 come along; a text has one encoding throughout."""
    metadata, (warning,) = kept(
        tmp_path,
        '<Metadata><MDI key="K">“Fluß” €</MDI></Metadata>'
        '<Metadata domain="other"><MDI key="x">ok</MDI></Metadata>'
        '<Metadata domain="xml:foo" format="xml"><r a="b">t</r></Metadata>'
        '<Metadata domain="IMAGE_STRUCTURE"><MDI key="y">z</MDI></Metadata>'
        + BAND.format(f'{HISTOGRAM}<Metadata domain="b"><MDI key="x">ok</MDI></Metadata>'),
    )
    assert metadata.tags[""]["K"] == "“Fluß” €" and "“Fluß” €" in warning
    assert metadata.tags["other"] == {"x": "ok"} and "IMAGE_STRUCTURE" not in metadata.tags
    assert '<r a="b">t</r>' in metadata.tags["xml:foo"]["xml:foo"]
    assert metadata.bands[0].tags == {"b": {"x": "ok"}}
    assert metadata.bands[0].histograms[0].counts == (1, 2)


def test_texts_in_the_tiff_itself(tmp_path):
    path = with_sidecar(tmp_path, "")
    (tmp_path / "x.tif.aux.xml").unlink()
    data = path.read_bytes()
    assert data.count("grün".encode()) == 1
    path.write_bytes(data.replace("grün".encode(), "groß".encode("latin-1") + b" "))
    (warning,) = convert(path, tmp_path / "x.flac").warnings
    assert "such as 'groß'" in warning
    with FlacRaster.open(tmp_path / "x.flac") as raster:
        assert raster.metadata.tags[""]["OWN"] == "groß "


@pytest.mark.parametrize("level", [logging.NOTSET, logging.CRITICAL])
def test_domains_in_the_tiff_itself(tmp_path, level):
    """rasterio leaves such items out, and does no more than log them."""
    path = with_sidecar(tmp_path, "")
    (tmp_path / "x.tif.aux.xml").unlink()
    with rasterio.open(path, "r+") as dataset:
        dataset.update_tags(ns="mine", **{"A": "grün=: ", "Größe": "x", "B": "é"})
        dataset.update_tags(1, ns="mine", A="grün", B="fine")
    data = path.read_bytes()
    # of the same length, so that no tag of the TIFF moves
    for text in ("grün", "Größe"):
        data = data.replace(text.encode(), text.encode("cp1252").ljust(len(text.encode()), b"_"))
    path.write_bytes(data)
    logger = logging.getLogger("rasterio")
    logger.setLevel(level)
    try:
        (warning,) = convert(path, tmp_path / "x.flac").warnings
    finally:
        logger.setLevel(logging.NOTSET)
    assert "were read as Latin-1" in warning
    with FlacRaster.open(tmp_path / "x.flac") as raster:
        metadata = raster.metadata
    assert metadata.tags["mine"] == {"A": "grün_=: ", "Größe__": "x", "B": "é"}
    assert metadata.bands[0].tags["mine"] == {"A": "grün_", "B": "fine"}


def test_the_header_of_another_format(tmp_path):
    (tmp_path / "x").write_bytes(bytes(12))
    header = (
        "ENVI\nsamples = 4\nlines = 3\nbands = 1\ndata type = 1\ninterleave = bsq\nsite = Höh\n"
    )
    (tmp_path / "x.hdr").write_bytes(header.encode("latin-1"))
    (warning,) = convert(tmp_path / "x", tmp_path / "x.flac").warnings
    assert "such as 'Höh'" in warning
    with FlacRaster.open(tmp_path / "x.flac") as raster:
        assert raster.metadata.tags["ENVI"]["site"] == "Höh"


def test_an_xml_document(tmp_path):
    metadata, (warning,) = kept(
        tmp_path, '<Metadata domain="xml:foo" format="xml"><r a="b">Fluß</r></Metadata>'
    )
    assert "<r" in metadata.tags["xml:foo"]["xml:foo"] and "Fluß" in warning
    assert "Fluß</r>" in metadata.tags["xml:foo"]["xml:foo"]


def test_nothing_is_said_of_utf8(tmp_path):
    path = with_sidecar(tmp_path, "")
    text = '<PAMDataset><Metadata><MDI key="K">Fluß</MDI></Metadata></PAMDataset>'
    (tmp_path / "x.tif.aux.xml").write_text(text, encoding="utf-8")
    assert convert(path, tmp_path / "x.flac").warnings == ()


def test_the_name_of_a_domain_is_refused_with_the_remedy(tmp_path):
    path = with_sidecar(tmp_path, '<Metadata domain="Fluß"><MDI key="K">x</MDI></Metadata>')
    with pytest.raises(UnsupportedRaster, match="'Fluß' of a metadata domain.*Save .*aux.xml in"):
        convert(path, tmp_path / "x.flac")


@pytest.mark.parametrize("element", ["Description", "UnitType"])
def test_what_xml_cannot_hold_is_refused_with_file_and_place(tmp_path, element):
    text = BAND.format(f"<{element}>a\x01b</{element}>")
    path = with_sidecar(tmp_path, text)
    try:
        (warning,) = convert(path, tmp_path / "x.flac").warnings
    except UnsupportedRaster as error:
        warning = str(error)
        assert "Correct or remove that text in" in warning
    assert "x.tif.aux.xml" in warning and "a\\x01b" in warning and "line 1" in warning
