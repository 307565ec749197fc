"""Examples of the documents: found, made to fit this machine, and the rasters that they need.

docs/contributing.md lists what is put in the place of what.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import NamedTuple

import numpy as np
from flac_raster_qgis.engine import convert
from rasterio import Affine

from kits.cli import ROOT
from kits.cubes import climate, grib
from kits.geotiff import write_tif

DOCS = ROOT / "docs"
#: Whose examples are run. Those of the format have tests of their own.
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md"]
PAGES += sorted(p for p in DOCS.glob("*.md") if p.name != "format.md")
#: In the folder of a page that does not make it itself.
PREPARED = {
    "xarray.md": "dem.flac",
    "user-guide.md": "dem.flac",
    "coming-from-flac-raster.md": "old.flac",
}
LANGUAGES = {"", "sh", "python", "json", "nginx", "apache"}


class Block(NamedTuple):
    """A block of a page."""

    page: Path
    line: int
    language: str
    text: str

    @property
    def place(self) -> str:
        return f"{self.page.name}:{self.line}"


def blocks(page: Path) -> list[Block]:
    """Return the blocks of a page: fenced ones, and indented ones as ``sh``."""
    found, fence, start, lines = [], None, 0, []
    before = ""
    for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), start=1):
        if fence is not None:
            if line.strip() == "```":
                found.append(Block(page, start, fence, "\n".join(lines)))
                fence, lines = None, []
            else:
                lines.append(line)
            continue
        if line.startswith("    ") and (lines or not before.strip()):
            start = start if lines else number
            lines.append(line[4:])
        elif lines and line.strip():
            found.append(Block(page, start, "sh", "\n".join(lines).rstrip()))
            lines = []
        elif lines:
            lines.append("")
        if line.startswith("```"):
            fence, start = line[3:].strip(), number + 1
        before = line
    if lines:
        found.append(Block(page, start, "sh", "\n".join(lines).rstrip()))
    return found


def of_language(page: Path, language: str) -> list[Block]:
    return [block for block in blocks(page) if block.language == language]


def runs_in_qgis(block: Block) -> bool:
    pattern = r"^(from qgis|import processing|qgis_process )"
    return re.search(pattern, block.text, re.MULTILINE) is not None


def commands(block: Block) -> list[str]:
    """Return the lines of a shell block, continued ones as one, without comments of their own."""
    text = block.text.replace("\\\n", " ")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


def fit(text: str, server: str, store: Path) -> str:
    """Put this machine in the place of the servers that the pages name."""
    return text.replace("https://example.org/", server).replace("s3://bucket/", f"file://{store}/")


def make_rasters(folder: Path) -> None:
    """Write ``dem.tif``, ``bands.tif``, ``scene.tif`` where the examples have areas, and cubes."""
    rows, columns = np.mgrid[:1125, :1250]  # more than one tile, so that there are overviews
    heights = 1400 + 900 * np.sin(rows / 180) * np.cos(columns / 220)
    dem = heights.astype("int16")[None]
    place = {"crs": "EPSG:32632", "transform": Affine(40, 0, 370000, 0, -40, 5140000)}
    write_tif(folder / "dem.tif", dem, nodata=-32768, **place)
    write_tif(folder / "bands.tif", np.repeat(dem[:, :100, :100], 3, axis=0), **place)
    write_tif(folder / "scene.tif", dem[:, :200, :200], **place)
    convert(folder / "dem.tif", folder / "dem.flac", tile_size=64)
    climate(folder / "cube.nc")
    grib(folder / "forecast.grib2", [(0, 0, 2), (2, 2, 10)], [0, 6])
    times = "start,end,label\n2020-01,,red\n2020-01,,nir\n2020-03-01,2020-03-17,red\n"
    (folder / "times.csv").write_text(times, encoding="utf-8")


def folder_for(page: Path, rasters: Path, target: Path) -> Path:
    """Return a folder in which the examples of a page can run."""
    target.mkdir()
    others = ("times.csv", "cube.nc", "forecast.grib2")
    for path in (*rasters.glob("*.tif"), *(rasters / name for name in others)):
        shutil.copy(path, target)
    if page.name in PREPARED:
        shutil.copy(rasters / "dem.flac", target / PREPARED[page.name])
    return target
