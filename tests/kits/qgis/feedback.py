"""A feedback that tests can look into."""

from __future__ import annotations

from qgis.core import QgsProcessingFeedback


class RecordingFeedback(QgsProcessingFeedback):
    """Keeps what a tool says, and cancels it where a test asks for that.

    Parameters
    ----------
    cancel_at : float
        Percent of progress.
    """

    def __init__(self, cancel_at: float = 1000):
        super().__init__(False)
        self.said, self.warnings, self.errors = [], [], []
        self.progress = []
        self.cancel_at = cancel_at
        self.progressChanged.connect(self._progressed)

    def _progressed(self, percent: float) -> None:
        self.progress.append(percent)
        if percent >= self.cancel_at:
            self.cancel()

    def pushInfo(self, info: str) -> None:  # noqa: N802
        self.said.append(info)

    def pushWarning(self, warning: str) -> None:  # noqa: N802
        self.warnings.append(warning)

    def reportError(self, error: str, fatalError: bool = False) -> None:  # noqa: N802, N803
        self.errors.append((error, fatalError))
