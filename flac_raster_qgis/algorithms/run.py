"""One run of a tool: its parameters, its job and its log."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsProcessingAlgorithm, QgsProcessingContext, QgsProcessingFeedback

from ..core.error_text import error_text
from ..core.plain_text import push_info, push_warning


class Run:
    """One run of a tool: its parameters by name, and the job that its feedback cancels."""

    def __init__(
        self,
        tool: QgsProcessingAlgorithm,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ):
        from ..engine.job import Job

        self._tool = tool
        self.parameters, self.context, self.feedback = parameters, context, feedback
        #: Reports to the feedback and is cancelled with it.
        self.job = Job(
            lambda done, total: feedback.setProgress(100.0 * done / (total or 1)),
            feedback.isCanceled,
        )

    def given(self, name: str) -> bool:
        """Whether a parameter is set."""
        return self.parameters.get(name) not in (None, "")

    def flag(self, name: str) -> bool:
        """Return a parameter that is true or false."""
        return self._tool.parameterAsBoolean(self.parameters, name, self.context)

    def integer(self, name: str) -> int | None:
        """Return a whole number, None if it is not set."""
        value = self._tool.parameterAsInt(self.parameters, name, self.context)
        return value if self.given(name) else None

    def number(self, name: str) -> float | None:
        """Return a number, None if it is not set."""
        value = self._tool.parameterAsDouble(self.parameters, name, self.context)
        return value if self.given(name) else None

    def text(self, name: str) -> str:
        """Return a text without spaces around it."""
        return self._tool.parameterAsString(self.parameters, name, self.context).strip()

    def choice(self, name: str) -> str:
        """Return one of the words of an enumeration, empty if it is not set."""
        return self._tool.parameterAsEnumString(self.parameters, name, self.context)

    @property
    def output(self) -> str:
        """Path of the raster to write."""
        return self._tool.parameterAsOutputLayer(self.parameters, "OUTPUT", self.context)

    def say(self, *texts: str) -> None:
        """Write texts to the log."""
        for text in texts:
            push_info(self.feedback, error_text(text))

    def warn(self, *texts: str) -> None:
        """Write warnings to the log."""
        for text in texts:
            push_warning(self.feedback, error_text(text))
