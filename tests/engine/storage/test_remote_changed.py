"""Files that are replaced while they are open: never a mixture of old and new."""

import pytest
from flac_raster_qgis.engine import FlacRaster, Window
from flac_raster_qgis.engine.errors import RemoteChanged, RemoteError
from flac_raster_qgis.engine.operations import compare, convert, extract, verify
from kits.remote import noise, open_hasty, part, read_all, says, write_flac

FAR = [(100_000, 50)]
OLD, NEW = "Mon, 01 Jan 2024 00:00:00 GMT", "Tue, 02 Jan 2024 00:00:00 GMT"


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ({}, {"ETag": '"two"'}, 'ETag was "one" and now is "two"'),
        ({}, {"ETag": '"two"', "Last_Modified": OLD}, "ETag"),
        ({"ETag": None, "Last_Modified": OLD}, {"ETag": None, "Last_Modified": NEW}, "of modif"),
        ({"ETag": 'W/"1"', "Last_Modified": OLD}, {"ETag": 'W/"1"', "Last_Modified": NEW}, NEW),
    ],
)  # fmt: skip
def test_another_version(serve, flac, before, after, words):
    server = serve(part(flac, **before), part(flac, **after))
    source = open_hasty(server.url)
    with pytest.raises(RemoteChanged, match="changed while it was open.*Open it again") as caught:
        read_all(source, FAR)
    assert words in str(caught.value)
    source.close()


@pytest.mark.parametrize("validators", [{}, {"ETag": None}])
def test_another_length(serve, flac, validators):
    server = serve(part(flac, **validators), part(flac + b"x", **validators))
    source = open_hasty(server.url)
    with pytest.raises(RemoteChanged, match=f"size was {len(flac)} and now is {len(flac) + 1}"):
        read_all(source, FAR)
    source.close()


def test_shorter_than_the_range(serve, flac):
    server = serve(part(flac), says(416, Content_Range="bytes */5000"))
    source = open_hasty(server.url)
    with pytest.raises(RemoteChanged, match="now is 5000"):
        read_all(source, FAR)
    source.close()


def test_the_whole_new_file_instead_of_a_range(serve, flac):
    server = serve(part(flac), says(200, b"new" * 1000, ETag='"two"'))
    source = open_hasty(server.url)
    with pytest.raises(RemoteChanged):
        read_all(source, FAR)
    source.close()


def test_between_two_attempts_at_the_same_range(serve, flac):
    """The rest of a range must come from the same version as its start."""
    from kits.remote import cut

    server = serve(part(flac), cut(flac, 20), part(flac, ETag='"two"'))
    source = open_hasty(server.url)
    with pytest.raises(RemoteChanged):
        read_all(source, FAR)
    source.close()


def test_during_the_first_read(serve, flac):
    from kits.remote import cut

    server = serve(cut(flac, 20), part(flac, ETag='"two"'))
    with pytest.raises(RemoteChanged):
        open_hasty(server.url)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"Last_Modified": OLD}, {"Last_Modified": NEW}),  # the ETag is the same
        ({}, {"ETag": None}),  # not every reply has one
        ({"ETag": None}, {}),
        ({"ETag": 'W/"a"'}, {"ETag": 'W/"b"'}),  # weak ones say nothing about bytes
        ({"ETag": "unquoted"}, {"ETag": "other"}),
    ],
)
def test_what_does_not_count_as_change(serve, flac, before, after):
    server = serve(part(flac, **before), part(flac, **after))
    source = open_hasty(server.url)
    assert read_all(source, FAR) == [flac[100_000:100_050]]
    source.close()


def test_reopening_reads_the_new_file_and_nothing_of_the_old(nginx):
    """With the cache that all readers share."""
    old, new = noise(seed=1), noise(seed=2)
    path = write_flac(nginx.folder / "replaced.flac", old)
    url = nginx.url("replaced.flac")
    with FlacRaster.open(url) as raster:
        assert (raster.read() == old).all()
        other = write_flac(nginx.folder / "other.flac", new)
        other.replace(path)
        assert (raster.read() == old).all()  # all of it is in the cache
        raster.source._cache.clear()
        with pytest.raises(RemoteChanged):
            raster.read()
    with FlacRaster.open(url) as raster:
        assert (raster.read() == new).all()


@pytest.fixture
def replaced(tmp_path, serve):
    """Serve a file whose versions change as a script says: its server, and the newer pixels."""
    old, new = noise(seed=3), noise(seed=4)
    first = write_flac(tmp_path / "first.flac", old).read_bytes()
    then = write_flac(tmp_path / "then.flac", new).read_bytes()
    versions = [part(first, ETag='"replaced 1"'), part(then, ETag='"replaced 2"')]
    versions += [part(then, ETag='"replaced 3"')]

    def served(*script, always=None):
        return serve(*(versions[n - 1] for n in script), always=always and versions[always - 1])

    return served, new


@pytest.fixture
def long_heads(tmp_path, serve):
    """Serve files whose heads take two reads, as versions of one that change by a script."""
    pixels = [noise(seed=seed) for seed in (5, 6, 7)]
    history = {"": {"HISTORY": noise(seed=8)[0, :160].tobytes().hex()}}
    files = [
        write_flac(tmp_path / "long.flac", array, tags=history).read_bytes() for array in pixels
    ]

    def served(*script):
        return serve(*(part(files[n - 1], ETag=f'"long {n}"') for n in script))

    return served, pixels


def test_a_raster_that_is_replaced_while_it_is_opened(long_heads):
    served, pixels = long_heads
    server = served(1, 2, 2, 2, 2)  # first read, rest of the head; first read, rest, a tile
    with FlacRaster.open(server.url) as raster:
        window = Window(0, 0, 16, 16)
        assert (raster.read(window) == pixels[1][:, :16, :16]).all()


def test_a_raster_that_is_replaced_again_and_again(long_heads):
    served, _ = long_heads
    with pytest.raises(RemoteChanged, match="changed while it was open"):
        FlacRaster.open(served(1, 2, 2, 3).url)


def test_operations_start_over_once(replaced, tmp_path):
    """From the opening on: what they return is all of the newer file."""
    served, new = replaced
    server = served(1, 2, 2, 2)  # head, tiles; head, tiles
    result = extract(server.url, tmp_path / "x.tif")
    with FlacRaster.open(tmp_path / "then.flac") as raster:
        assert (raster.read() == new).all()
        assert compare(result.output, raster).pixels_identical
    assert verify(served(1, 2, 2, 2).url).valid
    convert(served(1, 2, 2, always=2).url, tmp_path / "y.tif")  # reads row by row
    assert compare(tmp_path / "y.tif", tmp_path / "x.tif").pixels_identical
    assert compare(served(1, 2, 2, always=2).url, tmp_path / "x.tif").pixels_identical


def test_operations_start_over_no_more_than_once(replaced, tmp_path):
    served, _ = replaced
    server = served(1, 2, 2, 3)
    with pytest.raises(RemoteChanged, match="changed while it was open"):
        extract(server.url, tmp_path / "x.tif")
    assert not list(tmp_path.glob("*x.tif*"))


def test_an_open_raster_keeps_to_its_version(replaced, tmp_path):
    """Whoever opened it has seen size and CRS, which may be others now."""
    served, _ = replaced
    with FlacRaster.open(served(1, 2).url) as raster, pytest.raises(RemoteChanged):
        extract(raster, tmp_path / "x.tif")


def test_a_removed_file(nginx, flac):
    path = nginx.folder / "removed.flac"
    path.write_bytes(flac)
    with FlacRaster.open(nginx.url("removed.flac")) as raster:
        path.unlink()
        with pytest.raises(RemoteError, match="404"):
            raster.read()


def test_identity(serve, flac):
    def identity(path="x.flac", **headers):
        server = serve(part(flac, **headers))
        server.url = f"{server.url.rpartition('/')[0]}/{path}"
        source = open_hasty(server.url)
        source.close()
        return source.identity.replace(str(server.port), "")

    assert len({identity(), identity(ETag='"two"')}) == 2
    unknown = {"ETag": None}
    assert len({identity(**unknown) for _ in range(3)}) == 3  # may be the same file, or may not
