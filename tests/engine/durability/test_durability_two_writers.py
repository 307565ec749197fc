"""Two conversions to the same output at once: one whole file, whichever comes last."""

import pytest
from flac_raster_qgis.engine import compare, convert
from kits.durability import noise, start_apart, write_either


def convert_over(source, output):
    convert(source, output, tile_size=32, overwrite=True)


@pytest.mark.parametrize("suffixes", [(".tif", ".flac"), (".flac", ".tif")])
def test_two_processes(tmp_path, suffixes):
    array = noise(200, 200)
    sources = [
        write_either(tmp_path / f"first{suffixes[0]}", array),
        write_either(tmp_path / f"second{suffixes[0]}", array[:, ::-1].copy()),
    ]
    output = tmp_path / "folder" / f"out{suffixes[1]}"
    output.parent.mkdir()
    for _ in range(2):
        processes = [start_apart(convert_over, source, output) for source in sources]
        for process in processes:
            process.join(30)
            assert process.exitcode == 0
        assert [path.name for path in output.parent.iterdir()] == [output.name]
        assert sum(bool(compare(source, output).pixels_identical) for source in sources) == 1
