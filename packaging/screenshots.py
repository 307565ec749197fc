"""Take the pictures of the dock in docs/images: real QGIS, real server, a real raster.

The raster is the EGM96 geoid that PROJ's data package brings, as FLAC on a local nginx.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
GEOID = Path("/usr/share/proj/egm96_15.gtx")
IMAGES = ROOT / "docs" / "images"
#: Pictures that the documents show, by the settings that they are taken with.
WANTED = {
    "": ({}, ("dock", "streamed")),
    "-night": ({"theme": "Night Mapping"}, ("dock-night",)),
}
#: Enough for an interface and a map; halves the size of the files.
COLORS = "160"

sys.path += [str(ROOT / "tests" / folder) for folder in ("gui", "engine/remote")]


def main() -> None:
    """Take all pictures."""
    from desktop_kit import Desktop
    from flac_raster_qgis.engine import convert
    from nginx_kit import Nginx

    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder)
        server = Nginx(base)
        try:
            convert(GEOID, server.folder / "egm96.flac", tile_size=128)
            for suffix, (look, names) in WANTED.items():
                place = base / f"desktop{suffix}"
                place.mkdir()
                given = {"url": server.url("egm96.flac"), "suffix": suffix}
                # nothing from the last time, whatever it is that QGIS keeps
                look = {**look, "settings": "cache\\enabled=false"}
                Desktop("pictures.py", place, given, pictures=place, **look).wait(120)
                for name in names:
                    shrink(place / f"{name}.png", IMAGES / f"{name}.png")
        finally:
            server.stop()


def shrink(source: Path, target: Path) -> None:
    """Copy a picture with few colours."""
    subprocess.run(
        ["convert", source, "-dither", "None", "-colors", COLORS, "-strip", f"PNG8:{target}"],
        check=True,
    )
    print(f"{target.relative_to(ROOT)}: {target.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
