"""Who may read an output: whoever could read the file that it replaces, and nobody earlier."""

import os
import shutil
import stat
import struct
import subprocess
import sys
import threading
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from flac_raster_qgis.engine import (
    ArrayRaster,
    Band,
    RasterMetadata,
    WriteOptions,
    convert,
    extract,
    write_raster,
)
from flac_raster_qgis.engine.cli.commands import app
from flac_raster_qgis.engine.errors import OutputError, OutputExists
from flac_raster_qgis.engine.storage.output import atomic_write
from kits.durability import (
    contents,
    let_others_in,
    noise,
    run_apart,
    unchanged,
    write_either,
    write_flac,
)
from kits.rasters import array_raster
from typer.testing import CliRunner

import flac_raster_qgis

pytestmark = pytest.mark.skipif(os.name == "nt", reason="there are no modes")
NOBODY = 65534
WAYS = pytest.mark.parametrize(
    "source, output, options",
    [
        ("in.tif", "out.flac", {}),
        ("in.tif", "out.flac", {"layout": "streaming"}),
        ("in.flac", "out.tif", {}),
        ("in.flac", "out.tif", {"cog": True}),
    ],
    ids=["FLAC", "streaming", "GeoTIFF", "COG"],
)


@pytest.fixture
def umask():
    """Set the umask, and set it back."""
    before = os.umask(0o022)
    yield os.umask
    os.umask(before)


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


@WAYS
@pytest.mark.parametrize("former", [0o600, 0o640, 0o444, 0o666, 0o4755])
def test_mode_of_the_replaced_file_stays(tmp_path, umask, source, output, options, former):
    write_either(tmp_path / source)
    (tmp_path / output).write_bytes(b"old")
    (tmp_path / output).chmod(former)
    convert(tmp_path / source, tmp_path / output, overwrite=True, **options)
    assert mode(tmp_path / output) == former & 0o777


@WAYS
@pytest.mark.parametrize("mask, expected", [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_mode_of_a_new_file(tmp_path, umask, source, output, options, mask, expected):
    write_either(tmp_path / source)
    umask(mask)
    convert(tmp_path / source, tmp_path / output, **options)
    assert mode(tmp_path / output) == expected
    assert os.umask(mask) == mask


def nodata_per_band(path):
    bands = tuple(Band(nodata=value) for value in (1, 2))
    raster = ArrayRaster(RasterMetadata(40, 30, "uint16", bands), noise(count=2))
    write_raster(raster, path, WriteOptions(tile_size=16))
    return path


def test_sidecar(tmp_path, umask):
    source, output = nodata_per_band(tmp_path / "in.flac"), tmp_path / "out.tif"
    sidecar = tmp_path / "out.tif.aux.xml"
    for path in (output, sidecar):
        path.write_bytes(b"old")
        path.chmod(0o600)
    convert(source, output, overwrite=True)
    assert mode(sidecar) == mode(output) == 0o600
    assert b"NoDataValue" in sidecar.read_bytes()


def test_reports_of_the_command_line(tmp_path, umask):
    write_flac(tmp_path / "in.flac")
    for name, arguments in {
        "a.json": ["compare", "in.flac", "in.flac", "--export"],
        "b.json": ["query", "in.flac", "--json", "--overwrite", "--output"],
    }.items():
        (tmp_path / name).touch(0o600)
        words = [str(tmp_path / w) if w == "in.flac" else w for w in arguments]
        result = CliRunner().invoke(app, [*words, str(tmp_path / name)])
        assert result.exit_code == 0 and (tmp_path / name).stat().st_size
        assert mode(tmp_path / name) == 0o600


# ---------------------------------------------------------------- while it is written


@WAYS
def test_nobody_else_can_open_anything_before_it_is_done(
    tmp_path, umask, source, output, options, monkeypatch
):
    """What GDAL makes beside its output as well: overviews of a COG are files of their own."""
    umask(0)
    write_either(tmp_path / source, noise(600, 600))
    folder = tmp_path / "out"
    folder.mkdir()
    stop, seen, reachable = threading.Event(), set(), set()

    def watch():
        while not stop.is_set():
            for path in folder.iterdir():
                try:
                    status = path.lstat()
                except FileNotFoundError:
                    continue
                seen.add(path.name)
                if path.name != output and status.st_mode & 0o077:
                    reachable.add(path.name)

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        convert(tmp_path / source, folder / output, **options)
    finally:
        stop.set()
        watcher.join()
    assert any(name.startswith(".") for name in seen) and not reachable
    assert mode(folder / output) == 0o666


def test_the_umask_is_never_changed(tmp_path, umask):
    """It is that of all threads: files that others make meanwhile would be open to everybody."""
    source = write_either(tmp_path / "in.tif")
    trace = tmp_path / "trace"
    if not shutil.which("strace"):
        pytest.skip("needs strace")
    code = (
        "import sys; from flac_raster_qgis.engine import convert; print('begin', flush=True); "
        "convert(*sys.argv[1:])"
    )
    command = ["strace", "-f", "-e", "trace=umask,write", "-o", str(trace), sys.executable, "-c"]
    done = subprocess.run(
        [*command, code, str(source), str(tmp_path / "out.flac")],
        env={**os.environ, "PYTHONPATH": str(Path(flac_raster_qgis.__file__).parents[1])},
        capture_output=True,
    )
    if done.returncode and not (tmp_path / "out.flac").exists():
        pytest.skip(f"strace does not work here: {done.stderr[-200:]}")
    after = trace.read_text(errors="replace").partition('"begin')[2]
    assert after and "umask(" not in after


# ---------------------------------------------------------------- owners, groups, lists


def as_root():
    if os.geteuid() != 0:
        pytest.skip("only root can give files away")


def test_owner_stays_where_the_system_allows_it(tmp_path, umask):
    as_root()
    source, output = write_either(tmp_path / "in.tif"), tmp_path / "out.flac"
    output.touch(0o640)
    os.chown(output, NOBODY, NOBODY)
    convert(source, output, overwrite=True)
    status = output.stat()
    assert (status.st_uid, status.st_gid, mode(output)) == (NOBODY, NOBODY, 0o640)


def convert_as_nobody(source, output):
    with TemporaryDirectory() as folder:  # imports all, while this user may read where Python lies
        write_flac(Path(folder, "x.flac"))
    os.setgroups([])
    os.setgid(NOBODY)
    os.setuid(NOBODY)
    write_raster(array_raster(noise()), output, WriteOptions(tile_size=16))


def test_another_group_gets_no_more_than_everybody(tmp_path, umask):
    as_root()
    let_others_in(tmp_path)
    folder = tmp_path / "folder"
    folder.mkdir()
    os.chown(folder, NOBODY, NOBODY)
    for former, expected in ((0o640, 0o600), (0o664, 0o644), (0o660, 0o600)):
        output = folder / "out.flac"
        output.unlink(missing_ok=True)
        output.touch()
        os.chown(output, 0, 0)
        output.chmod(former)
        outcome = run_apart(convert_as_nobody, None, output)
        assert not outcome.error, outcome
        assert output.stat().st_gid == NOBODY and mode(output) == expected


#: Of the kernel: version, then (tag, permissions, id) of each entry; here user 65534 may read.
ACL = b"".join(
    struct.pack("<HHI", *entry)
    for entry in ((1, 6, 2**32 - 1), (2, 4, NOBODY), (4, 4, 2**32 - 1), (16, 4, 2**32 - 1))
)
ACL = struct.pack("<I", 2) + ACL + struct.pack("<HHI", 32, 0, 2**32 - 1)
ACCESS, DEFAULT = "system.posix_acl_access", "system.posix_acl_default"


def set_acl(path, name):
    try:
        os.setxattr(path, name, ACL)
    except (AttributeError, OSError):
        pytest.skip("there are no access control lists here")


def test_access_control_list_stays(tmp_path, umask):
    source, output = write_either(tmp_path / "in.tif"), tmp_path / "out.flac"
    output.touch(0o640)
    set_acl(output, ACCESS)
    convert(source, output, overwrite=True)
    assert os.getxattr(output, ACCESS) == ACL


def test_a_list_that_new_files_get_does_not_open_a_private_one(tmp_path, umask):
    source, output = write_either(tmp_path / "in.tif"), tmp_path / "out.flac"
    output.touch(0o640)
    set_acl(tmp_path, DEFAULT)
    convert(source, output, overwrite=True)
    assert ACCESS not in os.listxattr(output) and mode(output) == 0o640
    convert(source, tmp_path / "new.flac")
    assert ACCESS in os.listxattr(tmp_path / "new.flac")


# ---------------------------------------------------------------- what is no file


def fifo(path):
    os.mkfifo(path)


def socket(path):
    from socket import AF_UNIX, socket

    with socket(AF_UNIX) as made:
        here = os.getcwd()
        os.chdir(path.parent)  # names of sockets are short
        try:
            made.bind(path.name)
        finally:
            os.chdir(here)


def device(path):
    try:
        os.mknod(path, stat.S_IFCHR | 0o600, os.makedev(1, 3))
    except OSError:
        pytest.skip("devices cannot be made here")


def link_to_a_device(path):
    path.symlink_to("/dev/null")


def link_to_nothing(path):
    path.symlink_to(path.parent / "nothing")


def link_to_itself(path):
    path.symlink_to(path)


KINDS = pytest.mark.parametrize(
    "make, said",
    [
        (fifo, "is a named pipe"),
        (socket, "is a socket"),
        (device, "is a device"),
        (link_to_a_device, "is a device"),
        (link_to_nothing, "does not exist"),
        (link_to_itself, "does not exist"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)


def kind(path):
    return stat.S_IFMT(path.lstat().st_mode)


@KINDS
@WAYS
def test_nothing_but_files_is_replaced(tmp_path, source, output, options, make, said):
    write_either(tmp_path / source)
    make(tmp_path / output)
    before = kind(tmp_path / output)
    for asked in ({"overwrite": True}, {}, {"skip_identical": True}):
        with pytest.raises(OutputError, match=said):
            convert(tmp_path / source, tmp_path / output, **options, **asked)
    assert kind(tmp_path / output) == before


@KINDS
@pytest.mark.parametrize("suffix", [".aux.xml", ".ovr", ".msk"])
def test_sidecars_neither(tmp_path, make, said, suffix):
    source = nodata_per_band(tmp_path / "in.flac")
    output = tmp_path / "out.tif"
    output.write_bytes(b"old")
    make(tmp_path / f"out.tif{suffix}")
    for function in (convert, extract):
        with pytest.raises(OutputError, match=said):
            function(source, output, overwrite=True)
    assert output.read_bytes() == b"old"


def test_a_sidecar_that_is_a_folder(tmp_path):
    source, output = write_flac(tmp_path / "in.flac"), tmp_path / "out.tif"
    (tmp_path / "out.tif.ovr").mkdir()
    with unchanged(tmp_path), pytest.raises(OutputError, match="is a folder"):
        convert(source, output)


def test_what_becomes_a_pipe_meanwhile_is_not_replaced(tmp_path):
    path = tmp_path / "out.json"
    with pytest.raises(OutputError, match="named pipe"), atomic_write(path) as part:
        part.write_text("{}")
        fifo(path)
    assert kind(path) == stat.S_IFIFO and set(contents(tmp_path)) == {"out.json"}


# ---------------------------------------------------------------- links


@WAYS
def test_of_a_link_the_target_is_replaced(tmp_path, source, output, options):
    """As if it had been opened for writing; and the temporary file is on the target's disk."""
    write_either(tmp_path / source)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    target = elsewhere / f"target{Path(output).suffix}"
    target.write_bytes(b"old")
    target.chmod(0o600)
    (tmp_path / output).symlink_to(Path("elsewhere", target.name))
    convert(tmp_path / source, tmp_path / output, overwrite=True, **options)
    assert (tmp_path / output).is_symlink()
    assert target.read_bytes()[:3] != b"old" and mode(target) == 0o600
    assert set(contents(elsewhere)) == {target.name}


def test_a_link_that_another_user_has_put_there(tmp_path):
    as_root()
    source = write_either(tmp_path / "in.tif")
    shared, target = tmp_path / "shared", tmp_path / "target.flac"
    shared.mkdir()
    target.write_bytes(b"old")
    (shared / "out.flac").symlink_to(target)
    os.lchown(shared / "out.flac", NOBODY, NOBODY)
    shared.chmod(0o1777)
    with unchanged(tmp_path), pytest.raises(OutputError, match="another user has made"):
        convert(source, shared / "out.flac", overwrite=True)
    shared.chmod(0o755)
    convert(source, shared / "out.flac", overwrite=True)
    assert target.read_bytes() != b"old"


@pytest.mark.parametrize("suffix", [".tif.aux.xml", ".tif.ovr", ".TFW", ".IMD"])
@pytest.mark.parametrize("make", [fifo, device, link_to_a_device])
def test_gdal_waits_for_nothing_beside_an_input(tmp_path, suffix, make):
    source, output = write_either(tmp_path / "in.tif"), tmp_path / "out.flac"
    make(tmp_path / f"in{suffix}")
    outcome = run_apart(convert, source, output)
    assert outcome.error == "InputError" and f"in{suffix} beside it" in outcome.text, outcome


def test_a_link_is_something_that_exists(tmp_path):
    source = write_either(tmp_path / "in.tif")
    (tmp_path / "target.flac").write_bytes(b"old")
    (tmp_path / "out.flac").symlink_to("target.flac")
    with unchanged(tmp_path), pytest.raises(OutputExists):
        convert(source, tmp_path / "out.flac")


def test_of_a_sidecar_that_is_a_link_only_the_link_goes(tmp_path):
    source, output = write_flac(tmp_path / "in.flac"), tmp_path / "out.tif"
    (tmp_path / "precious.ovr").write_bytes(b"precious")
    (tmp_path / "out.tif.ovr").symlink_to("precious.ovr")
    convert(source, output)
    assert (tmp_path / "precious.ovr").read_bytes() == b"precious"
    assert not (tmp_path / "out.tif.ovr").is_symlink()
