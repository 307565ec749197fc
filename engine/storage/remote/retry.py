"""How long to wait for a server, and how often to ask again."""

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
    """A failure that may be gone a moment later.

    Parameters
    ----------
    code : str
        Key of `MESSAGES`, a part of a sentence.
    retry_after : str, optional
        What the server said about when: seconds, or a date.
    **values
        What the placeholders of the message stand for.
    """

    def __init__(self, code: str, retry_after: str | None = None, **values: Any):
        self.message = Message(code, **values)
        super().__init__(self.message)
        self.retry_after = retry_after


@dataclass(frozen=True)
class RetryPolicy:
    """Limits of every exchange with a server.

    Parameters
    ----------
    connect_timeout, read_timeout : float
        Seconds until there is a connection, and between two pieces of data.
    total_timeout : float
        Seconds that one request may take, all attempts and waiting counted, plus the time that its
        bytes take at ``min_bytes_per_second``.
    min_bytes_per_second : float
        Bytes a second below which a connection is of no use.
    attempts : int
        Times that a request is sent at most.
    backoff : float
        Seconds before the second attempt; doubled before each further one.
    max_wait : float
        Seconds between two attempts at most, whatever the server asks for.
    """

    connect_timeout: float = 10
    read_timeout: float = 20
    total_timeout: float = 60
    min_bytes_per_second: float = 16_000
    attempts: int = 5
    backoff: float = 0.25
    max_wait: float = 20

    def seconds_for(self, size: int) -> float:
        """Time for a request of so many bytes."""
        return self.total_timeout + size / self.min_bytes_per_second

    def wait_before(self, attempt: int, retry_after: str | None = None) -> float:
        """Seconds to wait before an attempt, from 2 on; different each time.

        Readers that failed together must not come back together.
        """
        seconds: float = self.backoff * 2 ** (attempt - 2) * _random.uniform(0.5, 1.5)
        if retry_after is not None:
            try:
                asked: float = Retry(0).parse_retry_after(retry_after)
            except (HTTPError, ValueError, OverflowError):  # neither a number nor a date
                asked = 0
            seconds += max(0, min(asked, self.max_wait))
        return min(seconds, self.max_wait)

    def run(self, attempt: Callable[[], T], task: FetchTask) -> T:
        """Call ``attempt`` until it does not raise `RetryableError`.

        Raises
        ------
        RemoteError
            After the last attempt, or where the next one would come after the deadline.
        """
        number = 1
        while True:
            try:
                return attempt()
            except RetryableError as failure:
                task.check()
                number += 1
                wait = self.wait_before(number, failure.retry_after)
                if number > self.attempts or wait >= task.remaining:
                    code = "remote.once" if number == 2 else "remote.times"
                    attempts = Message(code, number=number - 1)
                    raise RemoteError(
                        "remote.failed", task=task.what, attempts=attempts, reason=failure
                    ) from failure
                task.pause(wait)
