"""Format values for users: numbers with separated thousands, sizes with units, shortened texts.

Numbers have the separators of QGIS's locale, which may differ from its language.
"""

from __future__ import annotations

import json
from typing import Any, Union

from qgis.PyQt.QtCore import QLocale

from .translation import tr

Number = Union[int, float, str, None]  # the engine writes "nan" and "inf" as strings
#: Longest text in characters that a page shows in full; the JSON report has everything.
_MAX_LENGTH = 2000


def localized(number: str) -> str:
    """Return a number as Python formats it with the separators of QGIS's locale.

    Examples
    --------
    >>> localized("1,234.5")
    '1,234.5'
    """
    locale = QLocale()
    return number.translate({ord(","): locale.groupSeparator(), ord("."): locale.decimalPoint()})


def format_number(value: Number, digits: int = 7) -> str:
    """Format whole numbers in full with separated thousands, others to some significant digits.

    Examples
    --------
    >>> format_number(1234567), format_number(0.1 + 0.2), format_number(None), format_number("nan")
    ('1,234,567', '0.3', '–', 'nan')
    """
    if value is None:
        return "–"
    if isinstance(value, float):
        if value.is_integer() and abs(value) < 1e15:
            return localized(f"{value:,.0f}")
        return localized(f"{value:,.{digits}g}")
    return localized(f"{value:,}") if isinstance(value, int) else str(value)


def format_value(value: Number) -> str:
    """Format the value of a pixel, without separated thousands.

    Examples
    --------
    >>> format_value(-9999), format_value(0.1 + 0.2), format_value(1e-45)
    ('-9999', '0.3', '1e-45')
    """
    return localized(f"{value:.9g}" if isinstance(value, float) else str(value))


def counted(number: int, one: str, many: str) -> str:
    """Return the text for one, or that for many with its ``{count}`` filled in.

    Examples
    --------
    >>> counted(1, "one tile", "{count} tiles"), counted(1234, "one tile", "{count} tiles")
    ('one tile', '1,234 tiles')
    """
    return one if number == 1 else many.format(count=format_number(number))


def format_size(size: int | None) -> str:
    """Format a number of bytes, by the same rule as the command line.

    Units are powers of 1000; values below 100 have one decimal.

    Examples
    --------
    >>> format_size(812), format_size(45_678), format_size(151_180), format_size(3_100_000)
    ('812 bytes', '45.7 kB', '151 kB', '3.1 MB')
    """
    if size is None:
        return "–"
    if size < 1000:
        return tr("1 byte") if size == 1 else tr("{count} bytes").format(count=size)
    value, units = size / 1000, ["kB", "MB", "GB", "TB"]
    while value >= 999.5 and len(units) > 1:
        value /= 1000
        units.pop(0)
    return localized(f"{value:.{1 if value < 99.95 else 0}f}") + f" {units[0]}"


def format_pixels(width: int, height: int) -> str:
    """Format a number of columns and rows.

    Examples
    --------
    >>> format_pixels(1200, 10)
    '1,200 × 10 pixels'
    """
    return tr("{width} × {height} pixels").format(
        width=format_number(width), height=format_number(height)
    )


def format_seconds(seconds: float) -> str:
    """Format seconds with one decimal.

    Examples
    --------
    >>> format_seconds(0.1234)
    '0.1 s'
    """
    return localized(f"{seconds:,.1f}") + " s"


def format_percent(fraction: float) -> str:
    """Format a fraction as percent; only exact 0 and 1 are shown as 0 % and 100 %.

    Examples
    --------
    >>> format_percent(0.4567), format_percent(0), format_percent(0.00002), format_percent(0.99997)
    ('45.7 %', '0 %', '< 0.1 %', '> 99.9 %')
    """
    if fraction in (0, 1):
        return f"{100 * fraction:.0f} %"
    if 0 < fraction < 0.0005:
        return "< " + localized("0.1 %")
    if 0.9995 <= fraction < 1:
        return "> " + localized("99.9 %")
    if 1 < fraction < 1.0005:
        return "> 100 %"
    return localized(f"{100 * fraction:,.1f} %")


def color_name(interpretation: str) -> str:
    """Return the name of a color interpretation in the language of QGIS.

    Examples
    --------
    >>> color_name("gray"), color_name("nir")
    ('gray', 'nir')
    """
    names = {
        "undefined": tr("undefined"),
        "gray": tr("gray"),
        "palette": tr("palette"),
        "red": tr("red"),
        "green": tr("green"),
        "blue": tr("blue"),
        "alpha": tr("alpha"),
        "hue": tr("hue"),
        "saturation": tr("saturation"),
        "lightness": tr("lightness"),
        "cyan": tr("cyan"),
        "magenta": tr("magenta"),
        "yellow": tr("yellow"),
        "black": tr("black"),
    }
    return names.get(interpretation, interpretation)


def shorten(value: Any) -> str:
    """Format a metadata value as text, cut off where it is too long for a page.

    Examples
    --------
    >>> shorten({"AREA_OR_POINT": "Area"}), shorten(None)
    ('{"AREA_OR_POINT": "Area"}', '–')
    """
    if value is None:
        return "–"
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _MAX_LENGTH else text[:_MAX_LENGTH] + " …"
