"""Names of outputs, made from strangers' names: in their folder, and valid on any system."""

import os
import unicodedata
from pathlib import Path, PurePosixPath, PureWindowsPath
from types import SimpleNamespace

import pytest
from flac_raster_qgis.engine import FlacRasterError
from flac_raster_qgis.engine.errors import InputError, OutputError
from flac_raster_qgis.engine.operations.batch import output_paths
from flac_raster_qgis.engine.operations.convert import default_output, default_streaming_output
from flac_raster_qgis.engine.operations.opening import is_flac_name, local_name
from flac_raster_qgis.engine.storage import file_names
from flac_raster_qgis.engine.storage.file_names import (
    append_ending,
    is_reserved,
    longest_name,
    safe_name,
)
from flac_raster_qgis.engine.storage.output import check_output
from hypothesis import example, given
from hypothesis import strategies as st

#: What a name may consist of, and what it is best attacked with.
PIECES = st.sampled_from(
    r".. / \ %2F %2f %5C %5c %2e %2E%2e %00 : C: con . nul COM1 lpt9 %0A ~ $HOME -rf a ? # % %25 "
    r"%252F %ff .flac .tif * < > | \"".split()
    + [" ", "\0", "\n", "\u202e", "\x1b[2J", "\ud800", "x" * 90, "ü" * 90, "数" * 90]
)
NAMES = st.lists(PIECES, max_size=8).map("".join) | st.text(max_size=40)


def check(name):
    """Whether a name is one that every system takes, in the folder that it is put into."""
    for kind in (PurePosixPath, PureWindowsPath):
        path = kind("/folder" if kind is PurePosixPath else "C:/folder") / name
        assert path.name == name and path.parent.name == "folder" and ".." not in path.parts
    assert name and name not in (".", "..") and not name.startswith((".", " "))
    assert not name.endswith((".", " ")) and not is_reserved(name)
    assert not set(name) & set('<>:"/\\|?*')
    assert not any(unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp") for c in name)
    assert len(name.encode()) <= 255


@given(NAMES)
@example("..%2F..%2Fautostart%2Fevil.flac")
@example("CON")
def test_a_safe_name(text):
    name = safe_name(text)
    check(name)
    assert safe_name(name) == name


@given(NAMES)
@example("..%2F..%2Fautostart%2Fevil.flac")
@example("..%5C..%5Cevil.flac")
@example("%2e%2e")
@example("..")
@example("x%00.flac")
@example("con.flac")
@example("C:evil.flac")
@example("x.flac:stream")
def test_no_url_leaves_the_folder(text):
    for url in (f"https://example.org/{text}", f"s3://bucket/{text}", f"/vsicurl/http://h/{text}"):
        for name in (default_output, default_streaming_output):
            try:
                output = name(url)
            except InputError:
                continue
            assert output.parent == Path() and output.suffix in (".flac", ".tif")
            check(output.name)


@pytest.mark.parametrize(
    "last, output",
    [
        ("dem.flac", "dem.tif"),
        ("dem.tif", "dem.flac"),
        ("..%2F..%2Fautostart%2Fevil.flac", "evil.tif"),
        ("..%5C..%5Cautostart%5Cevil.flac", "evil.tif"),
        ("%2e%2e%2fevil.flac", "evil.tif"),
        ("%2e%2e", "raster.flac"),
        ("a%2F..", "raster.flac"),
        ("C%3A%5CWindows%5Cevil.flac", "evil.tif"),
        ("C:evil.flac", "C_evil.tif"),
        ("x.flac%3Astream.flac", "x.flac_stream.tif"),
        ("con.flac", "_con.tif"),
        ("NUL.tar.flac", "_NUL.tar.tif"),
        ("com1%20.flac", "_com1.tif"),
        ("COM%C2%B9.flac", "_COM¹.tif"),
        ("console.flac", "console.tif"),
        ("x%00y%0A.flac", "x_y_.tif"),
        ("x%20.flac", "x.tif"),
        ("x...flac", "x.tif"),
        (".bashrc.flac", "bashrc.tif"),
        ("r%E2%80%AEfit.flac", "r_fit.tif"),
        ("%252Fx.flac", "%2Fx.tif"),
        ("h%C3%B6he.flac?sig=../../x#y", "höhe.tif"),
    ],
)
def test_names_of_urls(last, output):
    assert default_output(f"https://example.org/data/{last}") == Path(output)


@pytest.mark.parametrize("letter", ["n", "ü", "数", "🗻"])
def test_long_names_are_cut_between_characters_and_keep_their_suffix(letter, tmp_path):
    name = safe_name(f"{letter * 400}.flac", tmp_path)
    assert name.endswith(".flac") and set(name[: -len(".flac")]) == {letter}
    longest = os.pathconf(tmp_path, "PC_NAME_MAX") if hasattr(os, "pathconf") else 255
    assert longest - 8 - 4 < len(name.encode()) + len(".aux.xml") <= longest
    (tmp_path / f"{name}.aux.xml").touch()


@pytest.mark.parametrize("name", [default_output, default_streaming_output])
def test_long_names_of_local_files(name, tmp_path):
    source = tmp_path / f"{'n' * 251}.tif"
    output = name(source)
    assert output.parent == tmp_path and output.name.endswith(".flac")
    output.touch()


def test_a_file_system_of_short_names(monkeypatch, tmp_path):
    monkeypatch.setattr(os, "pathconf", lambda *_: 143)  # encrypted home folders
    assert len(safe_name("n" * 200 + ".flac", tmp_path)) == 143 - len(".aux.xml")


def test_long_folders_on_windows(monkeypatch):
    monkeypatch.setattr(file_names, "os", SimpleNamespace(**{**vars(os), "name": "nt"}))
    folder = Path("/" + "f" * 199)
    assert longest_name(folder) == 259 - 200 - 1
    assert len(str(folder / safe_name("n" * 200 + ".flac", folder))) <= 259
    assert longest_name(Path("/" + "f" * 300)) == 32


def test_names_of_local_files_stay_as_they_are(tmp_path):
    for name in ("a:b.tif", "con.tif", ".hidden.tif", "x..tif", "y .tif", "ü\n.tif"):
        assert default_output(tmp_path / name) == (tmp_path / name).with_suffix(".flac")
    assert append_ending(tmp_path / "x.", ".flac").name == "x..flac"


@pytest.mark.parametrize(
    "name", ["", ".", "..", "a/..", "https://example.org", "https://h/", "s3://b"]
)
def test_names_of_which_no_file_can_be_named(name):
    with pytest.raises(InputError, match="Give the (output a )?name"):
        default_output(name)


def test_the_suffix_of_a_url_is_still_its_own():
    assert is_flac_name("https://h/..%2Fx.flac?y=z.tif")
    assert not is_flac_name("https://h/x.tif?.flac")
    assert local_name("https://h/a%2Fb.flac") == Path("b.flac")


def test_a_batch_of_urls_stays_in_its_folder(tmp_path):
    urls = ["https://h/1/..%2F..%2Fa.flac", "https://h/2/b.flac", "https://h/3/%2e%2e"]
    expected = ["a.tif", "b.tif", "raster.flac"]
    assert output_paths(tmp_path, urls) == [tmp_path / name for name in expected]
    with pytest.raises(InputError, match="would both become") as caught:
        output_paths(tmp_path, ["https://u:hush@h/..%2Fa.flac", "https://h/a.flac?sig=hush"])
    assert "hush" not in str(caught.value)


def test_outputs_that_no_system_can_name(tmp_path, monkeypatch):
    with pytest.raises(OutputError, match="not a valid file name"):
        check_output(tmp_path / "a\0b.tif", overwrite=True)
    from flac_raster_qgis.engine.storage import output

    monkeypatch.setattr(output, "os", SimpleNamespace(**{**vars(os), "name": "nt"}))
    for name in ("nul.tif", "Aux.flac", "com1"):
        with pytest.raises(FlacRasterError, match="name of a device"):
            check_output(tmp_path / name, overwrite=True)
