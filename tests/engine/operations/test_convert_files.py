"""Many rasters into a folder: names, failures among others, progress, cancel."""

import numpy as np
import pytest
from flac_raster_qgis.engine import WriteOptions, compare, convert_files, write_raster
from flac_raster_qgis.engine.errors import Cancelled, InputError, OutputError
from flac_raster_qgis.engine.job import Job
from flac_raster_qgis.engine.operations import batch


@pytest.fixture
def folder(tmp_path, make_raster, terrain):
    for n, name in enumerate("abc"):
        path = tmp_path / f"{name}.flac"
        write_raster(make_raster(terrain(40, 50, seed=n)), path, WriteOptions(tile_size=16))
    (tmp_path / "out").mkdir()
    return tmp_path


def run(folder, *names, **options):
    return list(convert_files([folder / name for name in names], folder / "out", **options))


def statuses(outcomes):
    return [outcome.status for outcome in outcomes]


def listing(folder):
    return sorted(path.name for path in (folder / "out").iterdir())


def test_all_are_converted(folder):
    outcomes = run(folder, "a.flac", "b.flac")
    assert statuses(outcomes) == ["done", "done"]
    assert [outcome.output for outcome in outcomes] == [
        str(folder / "out" / name) for name in ("a.tif", "b.tif")
    ]
    assert compare(folder / "b.flac", folder / "out" / "b.tif").identical


def test_one_that_fails_does_not_stop_the_rest(folder):
    (folder / "b.flac").write_bytes(b"no raster")
    outcomes = run(folder, "a.flac", "b.flac", "none.flac", "c.flac")
    assert statuses(outcomes) == ["done", "failed", "failed", "done"]
    assert "b.flac is not a FLAC raster" in str(outcomes[1].error)
    assert "none.flac does not exist" in str(outcomes[2].error)
    assert listing(folder) == ["a.tif", "c.tif"]
    assert outcomes[1].to_dict()["error"]["message"] and outcomes[0].to_dict()["size_ratio"] > 0


def test_not_even_a_bug_stops_the_rest(folder, monkeypatch):
    def buggy(source, *args, **options):
        if source.name == "b.flac":
            raise KeyError("bug")
        return real(source, *args, **options)

    real = batch.convert
    monkeypatch.setattr(batch, "convert", buggy)
    outcomes = run(folder, "a.flac", "b.flac", "c.flac")
    assert statuses(outcomes) == ["done", "failed", "done"]
    assert str(outcomes[1].error).endswith("b.flac failed unexpectedly with KeyError: 'bug'.")


def test_a_rerun_does_only_what_is_missing(folder):
    run(folder, "a.flac", "b.flac", "c.flac")
    (folder / "out" / "b.tif").unlink()
    before = (folder / "out" / "a.tif").stat()
    assert statuses(run(folder, "a.flac", "b.flac", "c.flac")) == ["skipped", "done", "skipped"]
    assert (folder / "out" / "a.tif").stat().st_mtime_ns == before.st_mtime_ns


def test_an_output_that_differs_fails_unless_it_may_be_replaced(folder):
    run(folder, "a.flac", "b.flac")
    (folder / "out" / "a.tif").replace(folder / "out" / "b.tif")
    outcomes = run(folder, "a.flac", "b.flac")
    assert statuses(outcomes) == ["done", "failed"]
    assert "does not hold exactly what" in str(outcomes[1].error)
    assert statuses(run(folder, "a.flac", "b.flac", overwrite=True)) == ["skipped", "done"]
    assert compare(folder / "b.flac", folder / "out" / "b.tif").identical


def test_nothing_is_skipped_where_that_is_not_asked_for(folder):
    run(folder, "a.flac")
    assert statuses(run(folder, "a.flac", skip_identical=False)) == ["failed"]
    assert statuses(run(folder, "a.flac", skip_identical=False, overwrite=True)) == ["done"]


@pytest.mark.parametrize("other", ["more/a.flac", "a.flac", "more/../a.flac"])
def test_two_of_the_same_output_are_refused_before_anything_is_done(folder, other):
    (folder / "more").mkdir()
    with pytest.raises(InputError) as caught:
        run(folder, "b.flac", "a.flac", other)
    text = str(caught.value)
    assert str(folder / "a.flac") in text and str(folder / other) in text
    assert str(folder / "out" / "a.tif") in text
    assert listing(folder) == []


def test_an_output_that_is_an_input_is_refused(folder):
    sources = [folder / "a.flac", folder / "a.tif"]
    with pytest.raises(InputError, match="a.flac would become .*a.tif, which is an input"):
        list(convert_files(sources, folder))


def test_the_folder_is_made(folder):
    (outcome,) = convert_files([folder / "a.flac"], folder / "new" / "deep")
    assert outcome.status == "done" and (folder / "new" / "deep" / "a.tif").exists()


def test_nothing_is_made_where_names_are_wrong(folder):
    sources = [folder / "a.flac", folder / "x" / ".." / "a.flac"]
    with pytest.raises(InputError, match="would both become"):
        list(convert_files(sources, folder / "new"))
    assert not (folder / "new").exists()


def test_a_file_in_the_place_of_the_folder(folder):
    with pytest.raises(OutputError, match="b.flac is a file. Give the name of a folder"):
        list(convert_files([folder / "a.flac"], folder / "b.flac"))


def test_no_rasters(folder):
    with pytest.raises(InputError, match="No raster is given"):
        run(folder)


def test_progress_is_of_all_together(folder):
    told = []
    (folder / "b.flac").write_bytes(b"no raster")
    run(folder, "a.flac", "b.flac", "c.flac", job=Job(lambda *args: told.append(args)))
    done, totals = zip(*told)
    assert list(done) == sorted(done) and set(totals) == {3000} and done[-1] == 3000


def test_cancel_keeps_what_is_complete(folder):
    outcomes, stop = [], []
    with pytest.raises(Cancelled):
        for outcome in convert_files(
            [folder / "a.flac", folder / "b.flac"],
            folder / "out",
            job=Job(is_cancelled=lambda: bool(stop)),
        ):
            outcomes.append(outcome)
            stop.append(True)
    assert statuses(outcomes) == ["done"] and listing(folder) == ["a.tif"]
    assert np.all(compare(folder / "a.flac", folder / "out" / "a.tif").identical)
