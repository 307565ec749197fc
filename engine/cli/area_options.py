"""Options that select an area of a raster, the same for all commands."""

from __future__ import annotations

import typer

from .. import Area
from ..model.transform import Bounds
from ..operations.area import CENTER, LAST

BBOX = typer.Option(
    None,
    "--bbox",
    "-b",
    metavar="W,S,E,N",
    help="The pixels that this bounding box overlaps: xmin,ymin,xmax,ymax.",
)
CRS = typer.Option(
    None, metavar="CRS", help="CRS of the bbox, such as EPSG:4326. Default: that of the raster."
)
TILE = typer.Option(
    None,
    "--tile",
    metavar="N",
    min=0,
    help="A tile by its number, counted row by row from 0, as in query.",
)
CENTER_TILE = typer.Option(False, "--center", help="The tile in the middle.")
LAST_TILE = typer.Option(False, "--last", help="The last tile.")
LEVEL = typer.Option(
    None,
    metavar="N",
    min=0,
    help="Pyramid level: 0 is full resolution; each further level halves it.",
)
RESOLUTION = typer.Option(
    None,
    metavar="SIZE",
    help="Instead of a level: the coarsest level with pixels no larger than this, in units of the "
    "raster.",
)
BANDS = typer.Option(None, metavar="1,3", help="Only these bands. Default: all.")


TIME = typer.Option(
    None,
    metavar="TIME",
    help="Only the bands of this time: 2020-07, 2020-01..2020-06, 2020.., or all.",
)


def chosen_area(
    bbox: str | None, crs: str | None, tile: int | None, center: bool, last: bool
) -> Area:
    """Return the area that the options name."""
    if sum((bbox is not None, tile is not None, center, last)) > 1:
        raise typer.BadParameter("Give only one of --bbox, --tile, --center and --last.")
    if crs is not None and bbox is None:
        raise typer.BadParameter("--crs is that of --bbox; give both, or neither.")
    bounds = None if bbox is None else _bounds(bbox)
    return Area(bounds, crs, CENTER if center else LAST if last else tile)


def chosen_bands(text: str | None) -> list[int] | None:
    """Return the band numbers in a list, None for all."""
    if text is None:
        return None
    try:
        return [int(part) for part in text.split(",")]
    except ValueError as error:
        raise typer.BadParameter(
            f"--bands is {text!r}, expected numbers such as 1,3 without spaces."
        ) from error


def _bounds(text: str) -> Bounds:
    try:
        xmin, ymin, xmax, ymax = (float(part) for part in text.split(","))
    except ValueError as error:
        raise typer.BadParameter(
            f"--bbox is {text!r}, expected four numbers such as 5.9,45.8,10.5,47.8 without spaces."
        ) from error
    return (xmin, ymin, xmax, ymax)
