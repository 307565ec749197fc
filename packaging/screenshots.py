"""Take the pictures in docs/images: real QGIS, real server, a real raster.

The raster is the EGM96 geoid that PROJ's data package brings, as FLAC on a local nginx, which
answers for example.org because it is the proxy; the one with dates is made here.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
GEOID = Path("/usr/share/proj/egm96_15.gtx")
IMAGES = ROOT / "docs" / "images"
#: Scripts in tests/gui/desktop, what their pictures are called at the end, settings, and the
#: pictures that the documents show.
WANTED = (
    ("pictures.py", "", {}, ("dock", "streamed")),
    ("pictures.py", "-night", {"theme": "Night Mapping"}, ("dock-night",)),
    (
        "pictures_elsewhere.py",
        "",
        {},
        ("live-layer", "browser-panel", "data-source-page", "toolbox", "tool-convert")
        + ("tool-extract", "compare-report"),
    ),
    ("pictures_dates.py", "", {}, ("time-layer",)),
    ("history.py", "", {}, ("history",)),
)
#: Enough for an interface and a map; halves the size of the files.
COLORS = "160"
LARGEST = 200_000
#: What the picture of a terminal shows.
COMMANDS = [
    "flac-raster convert egm96.tif --tile-size 128",
    "flac-raster compare egm96.tif egm96.flac --no-bands",
    "flac-raster verify egm96.flac",
    "flac-raster query http://example.org/egm96.flac --bbox 60,4,104,36",
    "flac-raster extract http://example.org/egm96.flac --bbox 60,4,104,36 -o india.tif",
]

sys.path.append(str(ROOT / "tests"))


def main() -> None:
    """Take all pictures."""
    import numpy as np
    from flac_raster_qgis.engine import convert
    from kits.desktop import Desktop
    from kits.landscape import PLACE, temperatures, write_temperatures
    from kits.nginx import Nginx
    from terminal import draw

    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder)
        server = Nginx(base)
        try:
            convert(GEOID, server.folder / "egm96.flac", tile_size=128)
            corrected(server.folder / "egm96.flac", server.folder / "egm96-corrected.flac")
            write_months(server.folder / "snow.flac")
            cube = temperatures()
            write_temperatures(server.folder / "temperature.flac", cube)
            np.save(base / "temperature.npy", cube)
            os.environ.update(http_proxy=server.url(""), no_proxy="")
            for number, (script, suffix, look, names) in enumerate(WANTED):
                place = base / f"desktop{number}"
                place.mkdir()
                given = {
                    "url": "http://example.org/egm96.flac",
                    "other_url": "http://example.org/egm96-corrected.flac",
                    "months_url": "http://example.org/snow.flac",
                    "packaging": str(ROOT / "packaging"),
                    "suffix": suffix,
                }
                if script == "history.py":
                    given["url"] = "http://example.org/temperature.flac"
                    given["array"] = str(base / "temperature.npy")
                    given |= {"left": PLACE[2], "top": PLACE[5]}
                # nothing from the last time, whatever it is that QGIS keeps
                look = {**look, "settings": "cache\\enabled=false"}
                Desktop(script, place, given, pictures=place, **look).wait(120)
                for name in names:
                    shrink(place / f"{name}.png", IMAGES / f"{name}.png")
            convert(server.folder / "egm96.flac", base / "egm96.tif")
            draw(COMMANDS, base, IMAGES / "terminal.svg")
        finally:
            server.stop()


def corrected(source: Path, target: Path) -> None:
    """Write the same raster with some other pixels, for a report of differences."""
    from flac_raster_qgis.engine import ArrayRaster, FlacRaster, write_raster

    with FlacRaster.open(source) as raster:
        pixels = raster.read()
        pixels[:, 200:240, 300:400] += 0.25
        write_raster(ArrayRaster(raster.metadata, pixels), target)


def write_months(target: Path) -> None:
    """Write twelve months of a landscape whose snow comes and goes."""
    import numpy as np
    from flac_raster_qgis.engine import Band
    from kits.landscape import mountains, write_flac

    relief = mountains(500, 700)[0].astype(float)
    lines = [1400 + 900 * (1 - np.cos(2 * np.pi * (month - 1) / 12)) for month in range(12)]
    depths = np.stack([np.clip(relief - line, 0, None) * 2 for line in lines])
    starts = [f"2021-{month:02d}-01T00:00:00Z" for month in range(1, 13)]
    ends = [*starts[1:], "2022-01-01T00:00:00Z"]
    tags = [{"TIME_START": start, "TIME_END": end} for start, end in zip(starts, ends)]
    bands = tuple(Band(tags={"": each}) for each in tags)
    write_flac(target, depths.astype("uint16"), bands=bands)


def shrink(source: Path, target: Path) -> None:
    """Copy a picture with few colours."""
    subprocess.run(
        ["convert", source, "-dither", "None", "-colors", COLORS, "-strip", f"PNG8:{target}"],
        check=True,
    )
    size = target.stat().st_size
    print(f"{target.relative_to(ROOT)}: {size:,} bytes")
    if size > LARGEST:
        sys.exit(f"{target.name} is larger than {LARGEST:,} bytes; show less of the map")


if __name__ == "__main__":
    main()
