"""Take the pictures in docs/images: real QGIS, real server, a real raster.

The raster is the EGM96 geoid that PROJ's data package brings, as FLAC on a local nginx, which
answers for example.org because it is the proxy.
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
    from flac_raster_qgis.engine import convert
    from kits.desktop import Desktop
    from kits.nginx import Nginx
    from terminal import draw

    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder)
        server = Nginx(base)
        try:
            convert(GEOID, server.folder / "egm96.flac", tile_size=128)
            corrected(server.folder / "egm96.flac", server.folder / "egm96-corrected.flac")
            os.environ.update(http_proxy=server.url(""), no_proxy="")
            for number, (script, suffix, look, names) in enumerate(WANTED):
                place = base / f"desktop{number}"
                place.mkdir()
                given = {
                    "url": "http://example.org/egm96.flac",
                    "other_url": "http://example.org/egm96-corrected.flac",
                    "packaging": str(ROOT / "packaging"),
                    "suffix": suffix,
                }
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
