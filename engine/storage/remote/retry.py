"""Timeouts, and retries with exponential backoff."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from urllib3.exceptions import HTTPError
from urllib3.util.retry import Retry

from ...errors import Message, RemoteError
from .fetch_pool import FetchTask

T = TypeVar("T")
_random = random.SystemRandom()


class RetryableError(Exception):
    """A temporary failure: the code of a part of a sentence, and its values.

    ``retry_after`` is the header Retry-After: seconds, or a date.
    """

    def __init__(self, code: str, retry_after: str | None = None, **values: Any):
        self.message = Message(code, **values)
        super().__init__(self.message)
        self.retry_after = retry_after


@dataclass(frozen=True)
class RetryPolicy:
    """Timeouts and retries of requests.

    Parameters
    ----------
    connect_timeout, read_timeout : float
        Seconds until the connection is made, and between two packets.
    total_timeout : float
        Seconds for all attempts of a request and the waits between them, in addition to the time
        for its bytes at ``min_bytes_per_second``.
    min_bytes_per_second : float
        Minimum throughput; slower connections time out.
    attempts : int
        Maximum number of attempts.
    backoff : float
        Seconds before the second attempt, doubled before each further one.
    max_wait : float
        Maximum number of seconds between two attempts, whatever Retry-After says.
    on_failure : callable, optional
        Called in the thread of the request with the number of each attempt that failed, and the
        error that it would be without a further one.
    """

    connect_timeout: float = 10
    read_timeout: float = 20
    total_timeout: float = 60
    min_bytes_per_second: float = 16_000
    attempts: int = 5
    backoff: float = 0.25
    max_wait: float = 20
    on_failure: Callable[[int, RemoteError], None] | None = None

    def seconds_for(self, size: int) -> float:
        """Return the timeout of a request of ``size`` bytes, in seconds."""
        return self.total_timeout + size / self.min_bytes_per_second

    def wait_before(self, attempt: int, retry_after: str | None = None) -> float:
        """Return the seconds to wait before an attempt, from 2 on.

        They are random, so that readers that failed together do not retry together.
        """
        seconds: float = self.backoff * 2 ** (attempt - 2) * _random.uniform(0.5, 1.5)
        if retry_after is not None:
            try:
                delay: float = Retry(0).parse_retry_after(retry_after)
            except (HTTPError, ValueError, OverflowError):  # neither a number nor a date
                delay = 0
            seconds += max(0, min(delay, self.max_wait))
        return min(seconds, self.max_wait)

    def run(self, attempt: Callable[[], T], task: FetchTask) -> T:
        """Call ``attempt`` until it does not raise `RetryableError`.

        Raises `RemoteError` after the last attempt, or if the next one would come after the
        deadline.
        """
        number = 1
        while True:
            try:
                return attempt()
            except RetryableError as failure:
                task.check()
                code = "remote.once" if number == 1 else "remote.times"
                attempts = Message(code, number=number)
                error = RemoteError(
                    "remote.failed", attempts=attempts, reason=failure, **task.label.values
                )
                if self.on_failure is not None:
                    self.on_failure(number, error)
                number += 1
                wait = self.wait_before(number, failure.retry_after)
                if number > self.attempts or wait >= task.remaining:
                    raise error from failure
                task.pause(wait)
