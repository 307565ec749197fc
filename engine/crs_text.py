"""What a CRS from a file must not say: where on this computer, or elsewhere, PROJ should look."""

from __future__ import annotations

import re

#: Parameters of PROJ that name files, and WKT's own; a bare name means one of PROJ's own grids.
_PLACE = re.compile(
    r"""\b(?:nadgrids|geoidgrids|xy_grids|z_grids|grids|file|model|catalog|init)"""
    r"""\s*=(?:""|[^"\s])*[/\\]"""
    r"""|\b(?:PARAMETERFILE)\s*[\[(]\s*"(?:[^"]|"")*"\s*,\s*"(?:[^"]|"")*[/\\]""",
    re.IGNORECASE,
)


def names_a_file(text: str) -> bool:
    """Whether a CRS asks for a file outside of PROJ's own folders.

    PROJ would open it, be it a pipe or, on Windows, a folder of some server.
    """
    return _PLACE.search(text) is not None
