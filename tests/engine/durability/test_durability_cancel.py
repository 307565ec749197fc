"""Cancelling: every operation stops within a second and leaves nothing."""

import threading
import time

import pytest
from flac_raster_qgis.engine import compare, convert, verify
from flac_raster_qgis.engine.errors import Cancelled
from flac_raster_qgis.engine.job import Job
from kits.durability import assert_sentence, noise, unchanged, write_flac, write_tif

pytestmark = pytest.mark.usefixtures("side_by_side")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("cancel")
    write_flac(folder / "in.flac", noise(700, 700), tile_size=64)
    write_tif(folder / "in.tif", noise(700, 700))
    (folder / "old.flac").write_bytes(b"old")
    (folder / "old.tif").write_bytes(b"old")
    return folder


OPERATIONS = {
    "to FLAC": (convert, "in.tif", "old.flac", {"overwrite": True, "tile_size": 64}),
    "to GeoTIFF": (convert, "in.flac", "old.tif", {"overwrite": True}),
    "to COG": (convert, "in.flac", "old.tif", {"overwrite": True, "cog": True}),
    "compare": (compare, "in.flac", "in.tif", {}),
    "verify": (verify, "in.flac", None, {}),
}


class Switch:
    """Cancels after some progress, and notes when."""

    def __init__(self, part):
        self.part, self.when = part, None

    def progress(self, done, total):
        if self.when is None and done >= self.part * total:
            self.when = time.monotonic()

    def is_cancelled(self):
        if self.part == 0 and self.when is None:
            self.when = time.monotonic()
        return self.when is not None


@pytest.mark.parametrize("part", [0, 0.1, 0.5])
@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("operation", OPERATIONS.values(), ids=OPERATIONS)
def test_cancel(folder, operation, workers, part):
    function, source, other, options = operation
    names = [folder / name for name in (source, other) if name]
    switch = Switch(part)
    threads = threading.active_count()
    with unchanged(folder), pytest.raises(Cancelled) as caught:
        function(
            *names,
            workers=workers,
            job=Job(switch.progress, switch.is_cancelled),
            **options,
        )
    assert time.monotonic() - switch.when < 1
    assert threading.active_count() == threads
    assert_sentence(str(caught.value))


@pytest.mark.parametrize("operation", ["to FLAC", "to GeoTIFF", "to COG"])
def test_cancel_when_the_last_tile_is_done(folder, operation):
    """There is a file to be put together or rewritten yet, which may take long."""
    function, source, other, options = OPERATIONS[operation]
    switch = Switch(1)
    with unchanged(folder), pytest.raises(Cancelled):
        function(
            folder / source,
            folder / other,
            job=Job(switch.progress, switch.is_cancelled),
            **options,
        )


def test_cancel_while_a_cog_is_made_of_the_geotiff(folder):
    """GDAL does that in one go; what it made must not replace the older file any more."""

    def is_cancelled():
        sizes = [path.stat().st_size for path in folder.glob(".old.*.part.tif/new.tif")]
        return sizes != [0]

    with unchanged(folder), pytest.raises(Cancelled):
        convert(
            folder / "in.flac",
            folder / "old.tif",
            cog=True,
            overwrite=True,
            job=Job(is_cancelled=is_cancelled),
        )


def test_progress_counts_up_to_the_total(folder, tmp_path):
    for function, source, other, options in OPERATIONS.values():
        told = []
        names = [folder / source]
        if function is convert:
            names.append(tmp_path / other)
        elif other:
            names.append(folder / other)
        function(*names, job=Job(lambda *args, told=told: told.append(args)), **options)
        done, totals = zip(*told)
        assert list(done) == sorted(done)
        assert len(set(totals)) == 1 and done[-1] == totals[0]
