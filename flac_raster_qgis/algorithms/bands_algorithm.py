"""Base of the tools that work on some bands of a raster, with the parameters that select them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsProcessingException,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterString,
)

from ..core.translation import tr
from .base import FlacRasterAlgorithm
from .run import Run
from .wrapper_metadata import wrapper_metadata

if TYPE_CHECKING:
    from ..core.layer_uri import LayerUri


class BandsAlgorithm(FlacRasterAlgorithm):
    """Base of the tools that take some bands: by their numbers or by their time."""

    def add_bands(self) -> None:
        """Declare the parameters."""
        self.add(
            shown_by(
                "BandsWrapper",
                QgsProcessingParameterString("BANDS", tr("Bands"), None, False, True),
            ),
            tr("Band numbers, such as 1,3. Not set: all bands."),
        )
        self.add_time(
            tr(
                "Instead of band numbers: the bands of a time, such as 2020-07, "
                "2020-01..2020-06 or 2020.."
            )
        )

    def add_time(self, help_text: str) -> None:
        """Declare the parameter that selects bands by their time."""
        time = QgsProcessingParameterString("TIME", tr("Time"), None, False, True)
        self.add(shown_by("TimeWrapper", time), help_text)


def shown_by(
    widget: str, parameter: QgsProcessingParameterDefinition
) -> QgsProcessingParameterDefinition:
    """Return a parameter with a widget of `area_widgets`."""
    parameter.setMetadata(wrapper_metadata("area_widgets", widget))
    return parameter


def chosen_bands(run: Run, source: LayerUri) -> dict[str, Any]:
    """Return the engine's arguments ``bands`` and ``time``, by default the dates of a layer."""
    bands, time = _band_numbers(run.text("BANDS")), run.text("TIME")
    return {"bands": bands, "time": time or (source.time if bands is None else "") or None}


def _band_numbers(text: str) -> list[int] | None:
    if not text.strip():
        return None
    try:
        return [int(part) for part in text.replace(";", ",").split(",")]
    except ValueError as error:
        raise QgsProcessingException(
            tr("The bands are {text}. Give band numbers, such as 1,3.").format(text=text)
        ) from error
