"""Files of other versions of the format, and tags that are not what their checksum says."""

import pytest
from flac_raster_qgis.engine import convert, info, verify
from flac_raster_qgis.engine.errors import CorruptFile, NotFlacRaster, UnsupportedVersion
from kits.durability import pixels, refused, retag, unchanged, write_flac
from mutagen.flac import FLAC


@pytest.fixture
def path(tmp_path):
    return write_flac(tmp_path / "in.flac")


@pytest.mark.parametrize("version", ["2.0", "10.0", "2", "", "x", "01.0"])
def test_other_major_version(path, version):
    retag(path, VERSION=version)
    for operation in (info, verify, convert):
        with unchanged(path.parent), refused(UnsupportedVersion, path, "reads version 1.1"):
            operation(path)


def test_newer_minor_version_is_read(path):
    before = pixels(path)
    retag(path, VERSION="1.9")
    assert (pixels(path) == before).all()


@pytest.mark.parametrize("version", ["2" * 5000, "\x1b[2J\x1b[31m2", "2\n\nAll is well."])
def test_hostile_version_does_not_garble_the_message(path, version):
    retag(path, VERSION=version)
    with refused(UnsupportedVersion, path):
        info(path)


def test_file_that_lost_its_version_is_not_taken_for_one_of_flac_raster(path):
    file = FLAC(path)
    del file["GEOSPATIAL_VERSION"]
    file.save()
    with refused(CorruptFile, path, "GEOSPATIAL_VERSION is missing"):
        info(path)


def test_no_geospatial_tags_at_all(path):
    file = FLAC(path)
    file.delete()
    with refused(NotFlacRaster, path, "not a FLAC raster"):
        info(path)


@pytest.mark.parametrize("checksum", ["0" * 64, "", "none", None])
def test_wrong_checksum(path, checksum):
    file = FLAC(path)
    if checksum is None:
        del file["GEOSPATIAL_CHECKSUM"]
    else:
        file["GEOSPATIAL_CHECKSUM"] = checksum
    file.save()
    for operation in (info, verify, convert):
        with unchanged(path.parent), refused(CorruptFile, path, "checksum", "Fetch or convert"):
            operation(path)


@pytest.mark.parametrize("tag", ["WIDTH", "CRS", "UNKNOWN"])
def test_tag_edited_without_its_checksum(path, tag):
    file = FLAC(path)
    file[f"GEOSPATIAL_{tag}"] = "17"
    file.save()
    with refused(CorruptFile, path, "checksum"):
        info(path)


def test_tag_given_twice(path):
    file = FLAC(path)
    file.tags.insert(0, ("GEOSPATIAL_WIDTH", "17"))
    file.save()
    with refused(CorruptFile, path, "GEOSPATIAL_WIDTH"):
        info(path)


def test_tags_for_people_may_be_edited(path):
    before = pixels(path)
    file = FLAC(path)
    file["TITLE"], file["ARTIST"] = "Île-de-France", "x" * 5000
    file.save()
    assert verify(path).valid
    assert (pixels(path) == before).all()
