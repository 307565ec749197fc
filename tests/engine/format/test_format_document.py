"""docs/format.md says what is so: its dump, tables, links and commands fit files and code."""

import hashlib
import json
import re
import shutil
import struct
import subprocess
import sys
import zlib

import numpy as np
import pytest
from kits import ROOT, VECTORS

pytest.importorskip("soundfile", reason="the independent reader decodes FLAC with soundfile")

from flac_raster_qgis.engine.coding import mask
from flac_raster_qgis.engine.coding import words as pixels
from flac_raster_qgis.engine.coding.effort import MASK_PIXELS_PER_CHANGE
from flac_raster_qgis.engine.coding.interpolation import range_folding, refinement
from flac_raster_qgis.engine.coding.interpolation.parameters import InterpolationParameters
from flac_raster_qgis.engine.coding.labels import codec as labels
from flac_raster_qgis.engine.coding.labels import mispredictions
from flac_raster_qgis.engine.coding.prediction import zero_runs
from flac_raster_qgis.engine.coding.registry import CODECS
from flac_raster_qgis.engine.coding.segment import Flag
from flac_raster_qgis.engine.flac import stream
from flac_raster_qgis.engine.format import header as container
from flac_raster_qgis.engine.format import index_text, metadata_blocks, statistics
from flac_raster_qgis.engine.format.tag_text import decode_text, encode_text
from flac_raster_qgis.engine.model import data_types, grid
from flac_raster_qgis.engine.model import limits as memory
from flac_raster_qgis.engine.tile import header as tile_header
from kits import independent_reader
from kits.format_vectors import EXAMPLE, block_starts, dump

PATH = ROOT / "docs" / "format.md"
pytestmark = pytest.mark.skipif(not PATH.exists(), reason="no docs/ here: not a checkout")
TEXT = PATH.read_text(encoding="utf-8") if PATH.exists() else ""
EXAMPLE_BYTES = (VECTORS / f"{EXAMPLE}.flac").read_bytes()


def section(start):
    """Return the text from the heading that starts so to the next heading of the same level."""
    heading = re.search(rf"^(#+) {re.escape(start)}.*$", TEXT, re.MULTILINE)
    following = re.search(rf"^#{{1,{len(heading[1])}}} ", TEXT[heading.end() :], re.MULTILINE)
    return TEXT[heading.start() :][: heading.end() - heading.start() + following.start()]


def table(text):
    """Return the rows of the first table, as lists of cells without backticks."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    rows = [[cell.strip(" `") for cell in line.strip("|").split("|")] for line in lines]
    return rows[2:]


# ---------------------------------------------------------------- the example


def test_dump_in_the_document_is_the_file():
    data, zeros = bytearray(), False
    for line in section("11 Example").splitlines():
        if line == "*":
            zeros = True
        match = re.match(r"([0-9a-f]{8})  ((?:[0-9a-f]{2} ){1,15}[0-9a-f]{2}) +\|", line)
        if match:
            offset = int(match[1], 16)
            assert zeros or offset == len(data)
            data += bytes(offset - len(data)) + bytes.fromhex(match[2])
            zeros = False
    assert data == EXAMPLE_BYTES
    for part in dump(EXAMPLE_BYTES, block_starts(EXAMPLE_BYTES)).split("\n\n"):
        assert part.strip("\n") in TEXT


def test_numbers_that_the_example_explains():
    text = " ".join(section("11 Example").split())
    blocks, frames = independent_reader.metadata_blocks(EXAMPLE_BYTES)
    header = next(body for kind, body in blocks if kind == 2)
    tags = next(body for kind, body in blocks if kind == 4)
    info = blocks[0][1]
    samples = np.frombuffer(EXAMPLE_BYTES[frames + 8 : -2], ">i2")
    assert f"has {len(EXAMPLE_BYTES)} bytes" in text
    assert f"`{len(tags).to_bytes(3, 'big').hex(' ')}`: {len(tags)} bytes" in text
    assert f"`F` = {frames};" in text
    assert f"file ends, at {len(EXAMPLE_BYTES)}." in text
    crc = struct.pack(">I", zlib.crc32(info + header[4:28] + header[32:]))
    assert header[28:32] == crc
    assert zlib.decompress(header[32:]).hex(" ") in text
    assert f"CRC-32 `{crc.hex(' ')}`" in text
    assert f"CRC-16 `{EXAMPLE_BYTES[-2:].hex(' ')}`" in text
    little = samples.astype("<i2").tobytes()
    assert f"MD5 of `{little.hex(' ')}`" in text
    assert hashlib.md5(little).digest() == info[18:]
    for sample in samples.tolist():
        assert f"`{sample & 0xFFFF:04x}` (−{-sample})" in text
    raster = independent_reader.read(EXAMPLE_BYTES)
    first, second = raster.levels[0][0][0].tolist()
    for row in (first, second):
        assert f"| {row[0]} | {row[1]} | {row[2]} |" in text
    assert " | ".join(f"`{value:04x}`" for value in second) in text
    found = decode_text(independent_reader.read_tags(blocks)["GEOSPATIAL_SPATIAL_INDEX"], 999)
    assert found.decode() in text


def test_example_of_an_index_fits_its_pyramid():
    example = re.search(r"```json\n(.+?)```", section("4 Index"), re.DOTALL)[1]
    document = json.loads(example)
    found = index_text.read_index(
        encode_text(example.encode()),
        width=document["levels"][-1]["width"],
        height=document["levels"][-1]["height"],
        bands=document["tile_bands"],
        frames_start=0,
        name="example",
    )
    assert found.grid.level_count == len(document["levels"])


# ---------------------------------------------------------------- tables


def test_data_types_are_the_engines():
    rows = table(section("6.1 Data types"))
    assert [row[1] for row in rows] == list(data_types.DTYPES)
    for code, name, _, n, planes, words in rows:
        dtype = np.dtype(name)
        assert code == str(data_types.DTYPES.index(name))
        assert int(n) == 8 * data_types.real_dtype(dtype).itemsize
        assert int(planes) == data_types.planes_per_band(dtype)
        assert words == {"u": "unsigned", "i": "signed"}.get(dtype.kind, "float")


def test_codings_are_the_engines():
    rows = table(section("6.4 Codings"))
    names = {number: codec.name for number, codec in CODECS.items()}
    assert {int(row[0]): row[1] for row in rows if row[1]} == names
    assert rows[-1][0] == f"{len(names)} to 255"
    for number, name in names.items():
        assert re.search(rf"^### 6\.{number + 7} Coding {number}, {name}$", TEXT, re.MULTILINE)


def test_layout_of_predicted_parts_is_the_engines():
    layout = section("6.6 Layout of codings 0 to 3")
    assert f": {', '.join(f'{flag.name} {flag.value}' for flag in Flag)} |" in layout
    assert sum(Flag) == 511, "others must be refused"
    four, three = (InterpolationParameters(refinements=n).weight_count(2) for n in (4, 3))
    assert f"{four}·(`P` − 1), with THREE {three}·(`P` − 1) | weights" in layout
    assert f"`⌈R / {zero_runs.CHUNK}⌉` chunks of {zero_runs.CHUNK}," in layout
    conditions = [row[2] for row in table(layout)]
    assert conditions == [
        *2 * [""],
        *4 * ["HOLES"],
        *2 * ["INTEGERS"],
        *2 * ["SPARSE"],
        *2 * ["LIMITS"],
        "coding 3",
    ]


def test_packed_masks_are_the_engines():
    text = " ".join(section("5.3 Mask").split())
    kinds = {row[0]: row[1] for row in table(section("5.3 Mask"))}
    assert kinds == {str(mask.BITS): "bits", str(mask.CHANGES): "changes", "2 to 255": ""}
    assert (
        f"⌊distance / {mask._FAR}⌋" in text
        and f"more than one pixel in {MASK_PIXELS_PER_CHANGE}" in text
    )
    rows, *packed = re.search(
        r"the rows (\d+ and \d+) is either of these: bits `([^`]+)`, changes `([^`]+)`", text
    ).groups()
    bits = np.array([[bit == "1" for bit in row] for row in rows.split(" and ")])
    for data in map(bytes.fromhex, packed):
        assert (mask.unpack(data, bits.shape) == bits).all()
        assert (independent_reader.bitmap(data, *bits.shape) == bits).all()
    assert bytes.fromhex(packed[mask.BITS])[0] == mask.BITS


def test_example_of_limits():
    text = " ".join(section("6.10 Coding 3, lattice").split())
    low, high, prediction, residuals, differences = re.search(
        r"with `low` = (\d+), `high` = (\d+) and the prediction (\d+), the residuals ([^a-z]+) "
        r"stand for the differences ([^a-z]+)\. ",
        text.replace("−", "-"),
    ).groups()
    words = np.array([int(n) % 256 for n in residuals.split(",")], np.uint8)
    found = words.copy()
    prediction, low, high = (np.uint8(int(each)) for each in (prediction, low, high))
    range_folding.unfold_range(found, np.full_like(words, prediction), low, high)
    assert found.view(np.int8).tolist() == [int(n) for n in differences.split(",")]


def test_lattice_and_labels_are_the_engines():
    text = " ".join(section("6.10 Coding 3, lattice").split())
    four, three = InterpolationParameters(), InterpolationParameters(refinements=3)
    steps = [", ".join(map(str, variant.steps)) for variant in (four, three)]
    assert f"have the steps `s` = {steps[0]}, with THREE {steps[1]}." in text
    assert f"rounded up to multiples of {four.multiple}, with THREE of {three.multiple}." in text
    assert f"both multiples of {four.base_spacing}, with THREE of {three.base_spacing}." in text
    text = " ".join(section("6.11 Coding 4, labels").split())
    assert f"at most {labels.MAX_LABELS} distinct values" in text
    assert f"`s` = {', '.join(map(str, labels.STEPS))}, of three phases" in text
    assert f"both multiples of {labels.MULTIPLE}." in text
    assert f"| {4 * labels.SUBGRIDS * mispredictions.CLASSES} | number of mispredictions" in text
    centre, *edges = labels.PHASES
    assert refinement.PASSES == ((centre,), tuple(edges)) == (((1, 1),), ((0, 1), (1, 0)))


def test_tile_header_is_the_engines():
    rows = table(section("5.2 Tile header"))
    fields = [(int(offset), int(size)) for offset, size, _ in rows if size.isdigit()]
    sizes = [size for _, size in fields]
    assert [offset for offset, _ in fields] == [sum(sizes[:n]) for n in range(len(sizes))]
    names = {1: "B", 2: "H", 4: "I"}
    assert tile_header.LAYOUT.format == ">" + "".join(names[size] for size in sizes[1:])
    assert f"tile version, {tile_header.TILE_VERSION}" in TEXT


def test_version_and_limits_are_the_engines():
    assert TEXT.startswith(f"# FLAC raster, file format version {container.FORMAT_VERSION}\n")
    limits = section("8 Reading")
    assert (metadata_blocks.MAX_HEAD, "together | 64 MiB |" in limits) == (64 << 20, True)
    assert (index_text.MAX_INDEX, "inflated | 32 MiB |" in limits) == (32 << 20, True)
    assert (statistics.MAX_ENTRIES, "41-statistics) | 2²¹ |" in limits) == (2**21, True)
    assert (stream._MAX_BLOCKS, "| 1024 |" in limits) == (1024, True)
    assert (container.MAX_PIXELS, "| 2³¹ each |" in limits) == (2**31, True)
    assert (container.MAX_BANDS, "| 65535 |" in limits) == (65535, True)
    assert (container.MAX_TILE_BYTES, "| 2 GiB |" in limits) == (2 << 30, True)
    assert (index_text.MAX_OTHER_COMMAS, "| 2¹⁶; `2·L + 8`" in limits) == (2**16, True)
    assert memory.max_tile_size(3, 50, 20) == 16 * 3 * 50 * 20 + 3 * 2**14 + 2**16
    assert "| `16 · P · height · width + 2¹⁴ · P + 2¹⁶` |" in limits
    assert (memory.ANY_TILE_COST, "| 4 MiB, or " in limits) == (4 << 20, True)
    assert f"or {memory.MOST_TIMES} times the bytes of the file" in limits
    assert memory.decode_cost(1, 1, 1, 2) == 4 and f"`{memory.VARIABLE}`" in limits
    assert (grid.TILE_SIZES, "multiple of 16 from 16 to 8192" in TEXT) == (
        range(16, 8193, 16),
        True,
    )


@pytest.mark.parametrize("row", table(section("6.12 Examples")) if TEXT else [], ids=str)
def test_value_of_the_document(row):
    name, text, bits, word, coded, samples = (cell.replace("−", "-") for cell in row)
    dtype = np.dtype(name)
    unsigned = np.dtype(f"u{dtype.itemsize}")
    pixel = np.array(int(bits, 16), unsigned).view(dtype)
    assert np.isnan(pixel) if text == "NaN" else pixel == dtype.type(text)
    assert len(bits) == len(word) == len(coded) == 2 * dtype.itemsize
    words = pixels.to_words(pixel.reshape(1, 1, 1))
    assert words.item() == int(word, 16)
    residuals = CODECS[0].difference(words)
    assert residuals.item() == int(coded, 16)
    values = [int(value) for value in samples.split(",")]
    assert pixels.to_samples(residuals).tolist() == values
    total = sum(value << 16 * n for n, value in enumerate(reversed(values)))
    assert total % 2 ** (8 * dtype.itemsize) == int(coded, 16)
    array = np.array(int(coded, 16), unsigned).reshape(1, 1, 1)
    words = independent_reader.simple(array, 0)
    assert independent_reader.word_to_bits(words, dtype.kind).tobytes() == pixel.tobytes()


# ---------------------------------------------------------------- links and commands


def test_links_lead_to_headings():
    headings = re.findall(r"^#+ (.+)$", TEXT, re.MULTILINE)
    anchors = {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in headings}
    links = re.findall(r"\]\(#([^)]+)\)", TEXT)
    assert links
    assert set(links) <= anchors


@pytest.mark.skipif(not shutil.which("flac"), reason="flac is not installed")
@pytest.mark.skipif(not shutil.which("sh"), reason="there is no shell")
@pytest.mark.parametrize("name", ["tiny", "int16-3-levels-nodata", "uint16-no-overviews"])
def test_commands_cut_out_and_check_every_tile(tmp_path, name):
    tools = section("10 Other tools")
    script = re.search(r"```python\n(.+?)```", tools, re.DOTALL)[1]
    loop = re.search(r"```sh\n(.+?)```", tools, re.DOTALL)[1]
    (tmp_path / "tiles.py").write_text(script)
    data = (VECTORS / f"{name}.flac").read_bytes()
    raster = independent_reader.read(data)
    ranges = [(offset, size) for _, offset, size in raster.tiles if size]

    def run(content):
        (tmp_path / "raster.flac").write_bytes(content)
        lines = loop.replace("python3", f"'{sys.executable}'") + "\ncp tile.flac last.flac\n"
        return subprocess.run(
            ["sh", "-e", "-c", lines], cwd=tmp_path, capture_output=True, text=True
        )

    command = [sys.executable, "tiles.py", "raster.flac"]
    whole = run(data)
    listed = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert [tuple(map(int, line.split())) for line in listed.stdout.splitlines()] == ranges
    assert (whole.returncode, whole.stdout, whole.stderr) == (0, "", "")
    offset, size = ranges[-1]
    assert (tmp_path / "last.flac").read_bytes() == data[offset : offset + size]
    damaged = bytearray(data)
    damaged[-3] ^= 1
    assert f"damaged: {size} bytes at {offset}" in run(bytes(damaged)).stdout
    dd = re.search(r"`(dd [^`]+)`", tools)[1]
    if "coreutils" in subprocess.run(["dd", "--version"], capture_output=True, text=True).stdout:
        lines = f"offset={offset} size={size}\n{dd}"
        subprocess.run(["sh", "-e", "-c", lines], cwd=tmp_path, check=True, capture_output=True)
        assert (tmp_path / "tile.flac").read_bytes() == damaged[offset : offset + size]
