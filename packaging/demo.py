"""The main job on a real raster, entirely through QGIS: demo.py [RASTER].

Converts the raster to FLAC, verifies the file, converts it back, compares what came back with the
original, weighs it against a cloud-optimized GeoTIFF, and lets QGIS draw it. Ends with an error
unless everything is identical.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

HERE = Path(__file__).resolve().parent
BUILD = HERE.parent / "build" / "demo"
GEOID = Path("/usr/share/proj/egm96_15.gtx")
# What one would use instead of FLAC: a strong common setting, with overviews as the FLAC has them.
COG = "-of COG -co COMPRESS=ZSTD -co LEVEL=9 -co PREDICTOR=YES".split()

console = Console(highlight=False)


class StepFailed(Exception):
    """A step of the demonstration did not do what it should."""


def run(*command: str | Path) -> str:
    """Run a program and return what it printed; what it said is the error where it fails."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=3600)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise StepFailed(str(error)) from error
    if done.returncode:
        said = (done.stderr or done.stdout).strip()
        raise StepFailed(f"{Path(command[0]).name} ended with {done.returncode}:\n{said}")
    return done.stdout


def algorithm(name: str, **parameters: str | Path) -> dict:
    """Run a Processing algorithm of the plugin and return its outputs."""
    assignments = [f"{key}={value}" for key, value in parameters.items()]
    printed = run(HERE / "qgis_process", "--json", "run", f"flacraster:{name}", "--", *assignments)
    try:
        return json.loads(printed[printed.index("{") :])["results"]
    except (ValueError, KeyError) as error:
        raise StepFailed(f"flacraster:{name} printed no results:\n{printed}") from error


def step(title: str, action, *arguments, **named):
    """Do one step in sight of the reader; return what it returns and its seconds."""
    start = time.monotonic()
    with console.status(title):
        result = action(*arguments, **named)
    seconds = time.monotonic() - start
    console.print(f"  {title} [dim]{seconds:.1f} s[/dim]")
    return result, seconds


def demo(raster: Path) -> None:
    """Do all steps, then print the table and the path of the picture."""
    BUILD.mkdir(parents=True, exist_ok=True)
    flac = BUILD / f"{raster.stem}.flac"
    restored = BUILD / f"{raster.stem}_restored.tif"
    cog = BUILD / f"{raster.stem}_cog.tif"
    picture = BUILD / f"{raster.stem}.png"
    for old in (flac, restored, cog, picture):
        old.unlink(missing_ok=True)
        # GDAL keeps statistics there, which would count as the new file's metadata.
        old.with_name(f"{old.name}.aux.xml").unlink(missing_ok=True)

    _, writing = step("convert to FLAC", algorithm, "convert", INPUT=raster, OUTPUT=flac)
    verified, _ = step("verify the FLAC file", algorithm, "verify", INPUT=flac)
    if verified["VALID"] is not True:
        raise StepFailed(f"{flac} is damaged: {verified}")
    _, reading = step("convert back to GeoTIFF", algorithm, "convert", INPUT=flac, OUTPUT=restored)
    compared, _ = step(
        "compare with the original", algorithm, "compare", INPUT_A=raster, INPUT_B=restored
    )
    if compared["IDENTICAL"] is not True:
        raise StepFailed(f"{restored} is not identical to {raster}: {compared}")
    _, cog_writing = step("convert to COG", run, "gdal_translate", "-q", *COG, raster, cog)
    draw = (HERE / "qgis_env.sh", sys.executable, HERE / "draw_raster.py", flac, restored, picture)
    drawn_by, _ = step("draw", run, *draw)

    size = raster.stat().st_size
    table = Table(title=raster.name, title_justify="left")
    table.add_column("file")
    for heading in ("bytes", "of the input", "written in", "read back in"):
        table.add_column(heading, justify="right")
    for label, path, *seconds in (
        ("input", raster, "", ""),
        ("COG (ZSTD 9)", cog, f"{cog_writing:.1f} s", ""),
        ("FLAC", flac, f"{writing:.1f} s", f"{reading:.1f} s"),
    ):
        bytes_ = path.stat().st_size
        table.add_row(label, f"{bytes_:,}", f"{bytes_ / size:.1%}", *seconds)
    console.print()
    console.print(table)
    console.print("The times of FLAC include some two seconds of starting QGIS.", style="dim")
    tiles = verified["TILES"]
    counted = f"{tiles} tile{'s' if tiles != 1 else ''}"
    console.print(f"identical: yes ({counted} verified)", style="bold green")
    console.print(f"picture: {picture} ({drawn_by.strip()})", soft_wrap=True)


def main() -> int:
    """Run the demonstration on the raster named on the command line, or on the geoid."""
    raster = Path(sys.argv[1]).expanduser().resolve() if len(sys.argv) > 1 else GEOID
    if raster == GEOID:
        console.print("The EGM96 geoid, from PROJ's data (Debian package proj-data):")
    console.print(raster, soft_wrap=True)
    if not raster.is_file() or raster.suffix.lower() == ".flac":
        console.print("demo: needs a raster file that GDAL opens, and not a FLAC", style="red")
        return 1
    try:
        demo(raster)
    except StepFailed as error:
        console.print(f"demo: {error}", style="red", markup=False, soft_wrap=True)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
