"""The widget for a choice between some words: a list of their translated labels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from qgis.core import QgsProcessingContext, QgsProcessingParameterEnum
from qgis.PyQt.QtWidgets import QComboBox, QWidget

from ..core.translation import tr
from .dialog_wrapper import DialogWrapper, in_container


class ChoiceWrapper(DialogWrapper):
    """Shows a label for each value; scripts, models and the history have the values."""

    def __init__(
        self,
        parameter: QgsProcessingParameterEnum,
        dialog: QWidget,
        *cell: int,
        labels: Sequence[str],
    ):
        super().__init__(parameter, dialog, *cell)
        self._values: list[str | None] = list(parameter.options())
        self._labels = list(labels)
        if not parameter.defaultValue():
            self._values.insert(0, None)
            self._labels.insert(0, tr("Not set"))

    def createWidget(self) -> QWidget:
        """Make the widget."""
        self.combo = QComboBox()
        for label, value in zip(self._labels, self._values):
            self.combo.addItem(label, value)
        self.combo.currentIndexChanged.connect(self._changed)
        return in_container(self.combo)

    def setWidgetValue(self, value: Any, context: QgsProcessingContext) -> None:
        """Show a value, or the one with a number."""
        if isinstance(value, int):
            value = self.parameterDefinition().options()[value]
        self.combo.setCurrentIndex(self._values.index(value) if value in self._values else 0)

    def widgetValue(self) -> str | None:
        """Return the chosen value."""
        return self._values[self.combo.currentIndex()]

    def _changed(self, index: int) -> None:
        self.widgetValueHasChanged.emit(self)
