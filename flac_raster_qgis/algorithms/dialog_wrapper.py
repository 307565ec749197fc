"""Base of the widgets that this plugin has for parameters of its own in dialogs of Processing."""

from __future__ import annotations

from collections.abc import Iterable

from qgis.core import QgsProcessingParameterDefinition
from qgis.gui import QgsAbstractProcessingParameterWidgetWrapper, QgsGui, QgsProcessingGui
from qgis.PyQt.QtWidgets import QHBoxLayout, QWidget


class DialogWrapper(QgsAbstractProcessingParameterWidgetWrapper):
    """Joins a widget to a dialog; the metadata of its parameter names a subclass.

    In a batch dialog it has a ``cell``, its row and column.
    """

    def __new__(
        cls,
        parameter: QgsProcessingParameterDefinition,
        dialog: QWidget,
        *cell: int,
        **options: object,
    ):
        """Leave the model designer its own widget, which also offers outputs of other steps."""
        if type(dialog).__name__ == "ModelerParametersDialog":
            return QgsGui.processingGuiRegistry().createModelerParameterWidget(
                dialog.model, dialog.childId, parameter, dialog.context
            )
        return super().__new__(cls, parameter)

    def __init__(self, parameter: QgsProcessingParameterDefinition, dialog: QWidget, *cell: int):
        kinds = QgsProcessingGui.WidgetType
        self._is_batch = type(dialog).__name__ == "BatchAlgorithmDialog"
        super().__init__(parameter, kinds.Batch if self._is_batch else kinds.Standard)
        self.setDialog(dialog)


def find_wrapper(
    wrappers: Iterable[QgsAbstractProcessingParameterWidgetWrapper], name: str
) -> QgsAbstractProcessingParameterWidgetWrapper | None:
    """Return the wrapper of the parameter of this name, if the dialog has it."""
    return next((one for one in wrappers if one.parameterDefinition().name() == name), None)


def in_container(widget: QWidget, *others: QWidget) -> QWidget:
    """Return a new widget that holds others in a row, the first one as wide as possible.

    QGIS hands the result of `createWidget` through a function that makes a second Python wrapper
    for it, which cuts off the first one; those inside keep theirs.
    """
    container = QWidget()
    layout = QHBoxLayout(container)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(widget, 1)
    for other in others:
        layout.addWidget(other)
    container.setFocusProxy(widget)
    return container
