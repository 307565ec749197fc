"""Widgets for bands, time, level and tile: lists of those of a raster, in which one can type.

While the raster is not known, because it is a URL that is not open, they list nothing and say what
to type.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from qgis.core import QgsProcessingContext
from qgis.gui import QgsAbstractProcessingParameterWidgetWrapper
from qgis.PyQt.QtCore import QRegularExpression
from qgis.PyQt.QtGui import QRegularExpressionValidator
from qgis.PyQt.QtWidgets import QComboBox, QWidget

from ..core.formatting import color_name, format_number, format_pixels
from ..core.hints import fade_hint
from ..core.plain_text import printable
from ..core.translation import tr
from .dialog_wrapper import DialogWrapper, find_wrapper, in_container

if TYPE_CHECKING:
    from ..engine.format.header import FileHeader
    from ..engine.model.band_times import BandTimes
    from ..engine.model.times import Time
    from .raster_input_widget import RasterInputWrapper


class AreaWrapper(DialogWrapper):
    """Base of all: a list with a line that can be edited."""

    def createWidget(self) -> QWidget:
        """Make the widget."""
        self._header: FileHeader | None = None
        self._input: RasterInputWrapper | None = None
        self.combo = combo = QComboBox()
        combo.setEditable(True)
        fade_hint(combo.lineEdit())
        combo.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        combo.setCompleter(None)
        combo.setMinimumContentsLength(20)
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        combo.lineEdit().textChanged.connect(self._text_changed)
        combo.activated.connect(self._activated)
        self._fill("")
        return in_container(combo)

    def postInitialize(self, wrappers: list[QgsAbstractProcessingParameterWidgetWrapper]) -> None:
        """Follow the raster that is chosen; called by QGIS."""
        self._input = find_wrapper(wrappers, "INPUT") or find_wrapper(wrappers, "INPUT_A")
        if self._input is not None:
            self._input.widgetValueHasChanged.connect(self._input_changed)
            self._input_changed()

    def _input_changed(self, *_: Any) -> None:
        self._header = self._input.known_header()
        self._fill(self.combo.currentText())

    def _fill(self, text: str) -> None:
        """List the choices, and keep the text that is entered."""
        blocked = self.combo.blockSignals(True)
        self.combo.clear()
        for choice in self.choices(self._header) if self._header else ():
            self.combo.addItem(choice)
        self.combo.setCurrentIndex(-1)
        self.combo.setEditText(text)
        self.combo.blockSignals(blocked)
        self.combo.lineEdit().setPlaceholderText(self.hint(self._header))

    def choices(self, header: FileHeader) -> Iterable[str]:
        """Return the texts of the list."""
        raise NotImplementedError

    def hint(self, header: FileHeader | None) -> str:
        """Return what to type, shown in the empty line."""
        raise NotImplementedError

    def setWidgetValue(self, value: Any, context: QgsProcessingContext) -> None:
        """Show a value."""
        self.combo.setEditText("" if value is None else str(value))

    def widgetValue(self) -> Any:
        """Return what is entered, None if nothing is."""
        return self.combo.currentText().strip() or None

    def _text_changed(self, text: str) -> None:
        self.widgetValueHasChanged.emit(self)

    def _activated(self, index: int) -> None:
        """Note that an item is chosen from the list."""


class BandsWrapper(AreaWrapper):
    """Band numbers: each choice from the list adds a band, or removes it."""

    def choices(self, header: FileHeader) -> Iterable[str]:
        """Return numbers and descriptions of the bands, with their times if they have any."""
        found = _find_times(header)
        for number, band in enumerate(header.metadata.bands, start=1):
            color = band.color_interpretation
            name = band.description or ("" if color == "undefined" else color_name(color))
            if found is not None:
                time, label = str(found.times[number - 1]), band.description or ""
                name = label if time in label else f"{time} {label}".rstrip()
            yield f"{number}: {printable(name)}" if name else str(number)

    def hint(self, header: FileHeader | None) -> str:
        """Return an example."""
        if header is None:
            return tr("All bands, or numbers such as 1,3")
        if header.metadata.count == 1:
            return tr("Band 1")
        return tr("All bands, or some of 1 to {count}, such as 1,2").format(
            count=format_number(header.metadata.count)
        )

    def createWidget(self) -> QWidget:
        """Make the widget."""
        #: What is entered: a choice from the list replaces the text first.
        self._entered = ""
        widget = super().createWidget()
        self.combo.lineEdit().textEdited.connect(self._edited)
        return widget

    def setWidgetValue(self, value: Any, context: QgsProcessingContext) -> None:
        """Show a value."""
        super().setWidgetValue(value, context)
        self._entered = self.combo.currentText()

    def _edited(self, text: str) -> None:
        self._entered = text

    def _activated(self, index: int) -> None:
        number = str(index + 1)
        entered = [part.strip() for part in self._entered.split(",") if part.strip()]
        if number in entered:
            entered.remove(number)
        else:
            entered.append(number)
        self._entered = ",".join(entered)
        self.combo.setCurrentIndex(-1)
        self.combo.setEditText(self._entered)


class TimeWrapper(AreaWrapper):
    """Time: a date of the bands, or a range of them."""

    def choices(self, header: FileHeader) -> Iterable[str]:
        """Return the dates, as texts that select them."""
        return map(str, _dates(header))

    def hint(self, header: FileHeader | None) -> str:
        """Return what times there are."""
        if header is None:
            return tr("All times, or such as 2020-07 or 2020-01..2020-06")
        dates = _dates(header)
        if not dates:
            return tr("The bands have no times")
        return tr("All times, or some of {first} to {last}").format(first=dates[0], last=dates[-1])


def _dates(header: FileHeader) -> tuple[Time, ...]:
    found = _find_times(header)
    return () if found is None else found.dates


def _find_times(header: FileHeader) -> BandTimes | None:
    # not at the top: needs packages that may be missing
    from ..engine.model.band_times import find_times

    return find_times(header.metadata, [])


class LevelWrapper(AreaWrapper):
    """Level: its number, chosen by its size."""

    def createWidget(self) -> QWidget:
        """Make the widget."""
        widget = super().createWidget()
        # QGIS would take any other text for 0
        self.combo.setValidator(QRegularExpressionValidator(QRegularExpression(r"\d{0,3}(:.*)?")))
        return widget

    def choices(self, header: FileHeader) -> Iterable[str]:
        """Return numbers and sizes of the levels."""
        for level in header.index.grid.levels:
            yield f"{level.number}: {format_pixels(level.width, level.height)}"

    def hint(self, header: FileHeader | None) -> str:
        """Return what levels there are."""
        if header is None:
            return tr("0 = full resolution, 1 = half of it, …")
        last = len(header.index.grid.levels) - 1
        if not last:
            return tr("0 = full resolution")
        return tr("0 (full resolution) to {last}").format(last=last)

    def widgetValue(self) -> int | None:
        """Return the number, None if nothing is entered."""
        number = self.combo.currentText().partition(":")[0].strip()
        return int(number) if number.isdecimal() else None


class TileWrapper(AreaWrapper):
    """Tile of the chosen level: its number or name."""

    def createWidget(self) -> QWidget:
        """Make the widget."""
        self._level = 0
        self._level_wrapper: QgsAbstractProcessingParameterWidgetWrapper | None = None
        return super().createWidget()

    def postInitialize(self, wrappers: list[QgsAbstractProcessingParameterWidgetWrapper]) -> None:
        """Follow the level as well; called by QGIS."""
        super().postInitialize(wrappers)
        self._level_wrapper = find_wrapper(wrappers, "LEVEL")
        if self._level_wrapper is not None:
            self._level_wrapper.widgetValueHasChanged.connect(self._level_changed)
            self._level_changed()

    def _level_changed(self, *_: Any) -> None:
        text = str(self._level_wrapper.parameterValue())
        self._level = int(text) if text.isdecimal() else 0
        self.combo.lineEdit().setPlaceholderText(self.hint(self._header))

    def choices(self, header: FileHeader) -> Iterable[str]:
        """Return the names of tiles."""
        from ..engine.operations.area import CENTER, LAST

        return CENTER, LAST

    def hint(self, header: FileHeader | None) -> str:
        """Return what tiles there are."""
        if header is None or self._level >= len(header.index.grid.levels):
            return tr("A number from 0, or center or last")
        level = header.index.grid.levels[self._level]
        return tr("0 to {last}, or center or last").format(
            last=format_number(level.tile_rows * level.tile_columns - 1)
        )
