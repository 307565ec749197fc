"""Raster attribute tables, as in GDAL."""

from __future__ import annotations

from dataclasses import dataclass

#: GDAL's types of columns, in the order of its codes (GDALRATFieldType).
COLUMN_TYPES = ("integer", "real", "string", "boolean", "datetime", "wkb_geometry")
#: GDAL's usages of columns, in the order of its codes (GDALRATFieldUsage).
COLUMN_USAGES = (
    *("generic", "pixel_count", "name", "min", "max", "min_max", "red", "green", "blue", "alpha"),
    *("red_min", "green_min", "blue_min", "alpha_min"),
    *("red_max", "green_max", "blue_max", "alpha_max"),
)
#: Types of tables.
TABLE_TYPES = ("thematic", "athematic")


@dataclass(frozen=True)
class Column:
    """Column of an attribute table; raises `ValueError`.

    Parameters
    ----------
    name : str
    type : str
        One of `COLUMN_TYPES`.
    usage : str
        One of `COLUMN_USAGES`.
    values : tuple of str
        Cells as GDAL writes them; real numbers have 16 or 17 significant digits.
    """

    name: str
    type: str
    usage: str
    values: tuple[str, ...]

    def __post_init__(self) -> None:
        for what, value, known in (
            ("type", self.type, COLUMN_TYPES),
            ("usage", self.usage, COLUMN_USAGES),
        ):
            if value not in known:
                raise ValueError(
                    f"the {what} of column {self.name!r} is {value!r}, expected one of "
                    f"{', '.join(known)}"
                )


@dataclass(frozen=True)
class AttributeTable:
    """Attribute table of a band; raises `ValueError` if columns differ in length.

    Parameters
    ----------
    columns : tuple of Column
    type : str
        One of `TABLE_TYPES`.
    first_bin, bin_size : float, optional
        Lower edge of the first bin and width of bins, if rows are bins of equal width.
    """

    columns: tuple[Column, ...]
    type: str = TABLE_TYPES[0]
    first_bin: float | None = None
    bin_size: float | None = None

    def __post_init__(self) -> None:
        lengths = {len(column.values) for column in self.columns}
        if len(lengths) > 1:
            raise ValueError(f"columns of an attribute table have {sorted(lengths)} rows")
        if self.type not in TABLE_TYPES:
            raise ValueError(f"the type of an attribute table is {self.type!r}")
        if (self.first_bin is None) != (self.bin_size is None):
            raise ValueError(
                "an attribute table has one of first_bin and bin_size without the other"
            )
