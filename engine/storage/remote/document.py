"""Read a small file of a web server whole, such as the listing of a folder."""

from __future__ import annotations

import requests

from ...errors import Message, RemoteError
from ...job import NO_JOB, Job
from .fetch_pool import FetchPool, FetchTask
from .response_checks import (
    announced_length,
    check_encoding,
    check_status,
    receive,
    size_from_416,
)
from .retry import RetryableError, RetryPolicy
from .transport import Transport


def fetch_document(
    url: str,
    limit: int,
    *,
    session: requests.Session | None = None,
    retry: RetryPolicy = RetryPolicy(),  # noqa: B008 (frozen)
    job: Job = NO_JOB,
) -> bytes:
    """Return a file of at most ``limit`` bytes, by one request.

    Raises
    ------
    InputError
        If the URL is not valid.
    RemoteError
        If the file is larger, or cannot be read.
    Cancelled
    """
    transport, pool = Transport(url, session, retry), FetchPool(1)
    task = FetchTask(Message("remote.document", transport.name), retry.seconds_for(limit))

    def attempt() -> bytes:
        name, data = transport.name, bytearray()
        with transport.get((0, limit + 1), task) as response:
            if response.status_code == 416 and size_from_416(response) == 0:
                return b""
            check_status(response, name)
            check_encoding(response, name)
            length = announced_length(response)
            receive(response, data, limit + 1, task, name, may_be_shorter=True)
        if len(data) > limit:
            raise RemoteError("remote.document_size", name, expected=limit // 1000)
        if length is not None and len(data) < length:
            raise RetryableError("network.short", missing=length - len(data))
        return bytes(data)

    try:
        pool.start(task, lambda task: retry.run(attempt, task))
        data: bytes = pool.result(task, job)
        return data
    finally:
        pool.close()
        transport.close()
