"""Keep secrets in the name of a raster out of what rasterio logs and says of it."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from ..storage.urls import redact, redact_text


def cause_of(name: str, error: Exception) -> Exception | None:
    """Return an error of GDAL as the cause of one of ours; none where it may quote a secret."""
    return error if redact(name) == name else None


@contextmanager
def discreet_logs(name: str) -> Iterator[None]:
    """Take what is secret in a name out of what rasterio logs; other names cost nothing.

    Even at its level INFO rasterio quotes the whole address of what it cannot open.
    """
    if redact(name) == name:
        yield
        return

    def redact_record(record: logging.LogRecord) -> bool:
        record.msg, record.args = redact_text(name, record.getMessage()), ()
        return True

    # a filter sees only what is logged by the very logger it belongs to
    names = [key for key in logging.root.manager.loggerDict if key.partition(".")[0] == "rasterio"]
    loggers = list(map(logging.getLogger, names))
    for logger in loggers:
        logger.addFilter(redact_record)
    try:
        yield
    finally:
        for logger in loggers:
            logger.removeFilter(redact_record)
