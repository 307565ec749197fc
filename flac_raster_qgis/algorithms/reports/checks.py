"""Results of `compare` and `verify` as headlines and pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ...core.error_text import error_text
from ...core.formatting import counted, format_number, format_size, shorten
from ...core.translation import tr
from .html import BAD, GOOD, facts, heading, page, paragraph, table

Found = dict[str, Any]


# ---------------------------------------------------------------- compare


def comparison_headline(found: Found) -> str:
    """Return one line about how two rasters compare."""
    entries = len(found["differences"])
    metadata = counted(
        entries,
        tr("one entry of the metadata differs"),
        tr("{count} entries of the metadata differ"),
    )
    if found["identical"] and found["statistics_differences"]:
        return tr("Identical: every pixel and all metadata except statistics and histograms")
    if found["identical"]:
        return tr("Identical: every pixel and all metadata")
    if found["pixels_identical"]:
        return tr("Every pixel is identical, but {metadata}").format(metadata=metadata)
    if found["pixels_identical"] is None:
        return tr("Different: sizes, bands or data types do not match")
    differing = sum(band["differing"] for band in found["bands"])
    pixels = counted(differing, tr("One pixel value differs"), tr("{count} pixel values differ"))
    if found["max_difference"]:  # 0 where bits differ but no valid value does
        pixels = tr("{pixels}, by {largest} at most").format(
            pixels=pixels, largest=format_number(found["max_difference"])
        )
    if entries:
        return tr("{pixels}, and {metadata}").format(pixels=pixels, metadata=metadata)
    if found["statistics_differences"]:
        return tr("{pixels}; all metadata except statistics and histograms are identical").format(
            pixels=pixels
        )
    return tr("{pixels}; all metadata are identical").format(pixels=pixels)


def comparison_report(found: Found) -> str:
    """Return a page that compares two rasters."""
    parts = [facts([(tr("A"), found["a"]), (tr("B"), found["b"])])]
    if found["bands"]:
        parts += [heading(tr("Pixels")), _pixel_table(found["bands"])]
        parts.append(
            paragraph(tr("Minimum, maximum and mean are those of valid pixels, without nodata."))
        )
    parts.append(heading(tr("Metadata")))
    if found["differences"]:
        parts.append(_difference_table(found["differences"]))
    else:
        parts.append(paragraph(tr("No entry differs.")))
    if found["statistics_differences"]:
        parts += [
            heading(tr("Statistics and histograms")),
            paragraph(
                tr(
                    "Programs compute these from the pixels and leave them beside a raster, so "
                    "they do not make rasters different."
                )
            ),
            _difference_table(found["statistics_differences"]),
        ]
    color = GOOD if found["identical"] else BAD
    return page(tr("Comparison of rasters"), comparison_headline(found), color, *parts)


def _difference_table(differences: Sequence[Found]) -> str:
    rows = [
        (what, shorten(a), shorten(b))
        for difference in differences
        for what, a, b in _leaves(difference["field"], difference["a"], difference["b"])
    ]
    return table((tr("Entry"), tr("A"), tr("B")), rows, numbers_from=3)


def _leaves(what: str, a: Any, b: Any) -> Iterator[tuple[str, Any, Any]]:
    """Yield the entries that differ between two mappings."""
    if isinstance(a or {}, dict) and isinstance(b or {}, dict) and (a or b):
        a, b = a or {}, b or {}
        for key in sorted({*a, *b}):
            if a.get(key) != b.get(key):
                yield from _leaves(f"{what} · {key}" if key else what, a.get(key), b.get(key))
    else:
        yield what, a, b


def _pixel_table(bands: Sequence[Found]) -> str:
    columns = ["", *(tr("Band {number}").format(number=band["band"]) for band in bands)]
    rows: list[list[str]] = [
        [label, *(format_number(band[key]) for band in bands)]
        for label, key in (
            (tr("Pixels that differ"), "differing"),
            (tr("Largest difference"), "max_difference"),
            (tr("Mean difference"), "mean_difference"),
            (tr("Root mean square difference"), "rmse"),
        )
    ]
    for label, key in (
        (tr("Valid pixels"), "valid"),
        (tr("Minimum"), "minimum"),
        (tr("Maximum"), "maximum"),
        (tr("Mean"), "mean"),
    ):
        for side in ("a", "b"):
            values = (format_number(band[side][key]) for band in bands)
            rows.append([f"{label}, {side.upper()}", *values])
    return table(columns, rows, numbers_from=1, has_labels=True)


# ---------------------------------------------------------------- verify


def verification_headline(found: Found) -> str:
    """Return one line about whether a file is intact."""
    tiles, damaged = format_number(found["tiles"]), len(found["damaged_tiles"])
    if damaged:
        if found["tiles"] == 1:
            return tr("Damaged: the only tile")
        return tr("Damaged: {damaged} of {tiles} tiles").format(
            damaged=format_number(damaged), tiles=tiles
        )
    intact = tr("Intact: all {tiles} tiles match their checksums").format(tiles=tiles)
    if found["tiles"] == 1:
        intact = tr("Intact: the only tile matches its checksum")
    if not found["uncertain_values"]:
        return intact
    text = tr("{intact}, but {uncertain} of {values} values are uncertain")
    if found["uncertain_values"] == 1:
        text = tr("{intact}, but one of {values} values is uncertain")
    return text.format(
        intact=intact,
        uncertain=format_number(found["uncertain_values"]),
        values=format_number(found["values"]),
    )


def verification_report(found: Found) -> str:
    """Return a page about what was checked and what is damaged."""
    rows = [
        (tr("File"), found["name"]),
        (tr("Size"), format_size(found["file_bytes"])),
        (tr("Tiles checked"), format_number(found["tiles"])),
    ]
    if not found["has_md5"]:
        uncertain = format_number(found["uncertain_values"])
        rows.append((tr("Checked by"), tr("the checksum of each frame; the file has no MD5")))
        rows.append((tr("Values that may differ from the original"), uncertain))
    parts = [facts(rows), *(paragraph(error_text(text)) for text in found["warnings"])]
    if found["damaged_tiles"]:
        parts += [heading(tr("Damaged tiles")), _tile_table(found["damaged_tiles"])]
    if found.get("all_tiles"):
        parts += [heading(tr("All tiles")), _tile_table(found["all_tiles"])]
    if found["codings"]:
        codings = [(name, format_number(count)) for name, count in found["codings"].items()]
        parts += [
            heading(tr("Codings of the tiles")),
            table((tr("Coding"), tr("Tiles")), codings, numbers_from=1),
        ]
    color = GOOD if found["valid"] and not found["uncertain_values"] else BAD
    return page(tr("Verification of a FLAC raster"), verification_headline(found), color, *parts)


def _tile_table(tiles: Sequence[Found]) -> str:
    columns = map(tr, ("Error", "Level", "Row", "Column", "First band", "Offset", "Size in bytes"))
    keys = ("level", "row", "column", "band", "offset", "size")
    rows = [
        (
            error_text(tile["error"] or "") or tr("none ({coding})").format(coding=tile["coding"]),
            *(format_number(tile[key]) for key in keys),
        )
        for tile in tiles
    ]
    return table(columns, rows, numbers_from=1)
