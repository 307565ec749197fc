"""Redact credentials in the logs and errors of rasterio."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from ..storage.urls import redact, redact_text


def cause_of(name: str, error: Exception) -> Exception | None:
    """Return an error as the cause of another one, or None if its text may contain credentials."""
    return error if redact(name) == name else None


@contextmanager
def redacted_logs(name: str) -> Iterator[None]:
    """Redact the name of a raster in the logs of rasterio, which quotes URLs even at level INFO."""
    if redact(name) == name:
        yield
        return

    def redact_record(record: logging.LogRecord) -> bool:
        record.msg, record.args = redact_text(name, record.getMessage()), ()
        return True

    # filters do not apply to child loggers
    names = [key for key in logging.root.manager.loggerDict if key.partition(".")[0] == "rasterio"]
    loggers = list(map(logging.getLogger, names))
    for logger in loggers:
        logger.addFilter(redact_record)
    try:
        yield
    finally:
        for logger in loggers:
            logger.removeFilter(redact_record)
