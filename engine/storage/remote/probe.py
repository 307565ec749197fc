"""The first request for a remote file: size, version, and whether the server supports ranges."""

from __future__ import annotations

from contextlib import suppress

import requests

from ...errors import NotFlacRaster, RemoteError
from ...flac.stream import MAGIC
from ..byte_source import FIRST_READ
from .fetch_pool import FetchTask
from .response_checks import (
    ContentVersion,
    announced_length,
    check_encoding,
    check_partial_response,
    check_status,
    receive,
    size_from_416,
)
from .retry import RetryableError, RetryPolicy
from .transport import Transport

#: Largest file that is downloaded whole from a server without range requests.
WHOLE_FILE = 16 << 20


def probe(
    transport: Transport, retry: RetryPolicy, task: FetchTask, first_read: int = FIRST_READ
) -> tuple[ContentVersion, bytes]:
    """Request the start of a file, and return it with the version of the file.

    It has at most ``first_read`` bytes, fewer if the connection broke; it is the whole file if the
    server does not support ranges. Raises `NotFlacRaster` if the response is a web page, and
    `RemoteError` if the request fails, or the server does not support ranges and the file is large.
    """
    requested = first_read

    def attempt() -> tuple[ContentVersion, bytes]:
        nonlocal requested
        name = transport.name
        with transport.get((0, requested), task) as response:
            check_status(response, name)
            if response.status_code == 206:
                version = check_partial_response(response, 0, requested, name)
                data = _magic(response, task, name)
                with suppress(RetryableError):  # the caller requests the rest
                    receive(response, data, min(requested, version.size), task, name)
                return version, bytes(data)
            if response.status_code == 200:
                return _whole(response, task, name)
            size = size_from_416(response)
            if size == 0:
                return ContentVersion(0, None, None), b""
            if size is None or size >= requested:
                raise RemoteError("http.refuses_start", name, offset=0, size=requested)
            requested = size
            raise RetryableError("network.range_beyond_end")

    return retry.run(attempt, task)


def _magic(response: requests.Response, task: FetchTask, name: str) -> bytearray:
    """Receive the first bytes; raise `NotFlacRaster` for a web page, such as a login."""
    data = bytearray()
    receive(response, data, len(MAGIC), task, name, may_be_shorter=True)
    kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if data != MAGIC and kind in ("text/html", "application/xhtml+xml"):
        raise NotFlacRaster("http.web_page", name, found=kind)
    return data


def _whole(response: requests.Response, task: FetchTask, name: str) -> tuple[ContentVersion, bytes]:
    """Receive a whole file, if it is small."""
    check_encoding(response, name)
    size = announced_length(response)
    data = _magic(response, task, name)
    if size is None or size <= WHOLE_FILE:
        end = WHOLE_FILE + 1 if size is None else size
        receive(response, data, end, task, name, may_be_shorter=size is None)
    if max(size or 0, len(data)) > WHOLE_FILE:
        raise RemoteError("http.no_ranges", name, expected=WHOLE_FILE >> 20)
    return ContentVersion.of(response.headers, len(data)), bytes(data)
