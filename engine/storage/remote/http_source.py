"""A file on a web server, read by range requests."""

from __future__ import annotations

import uuid

import requests

from ...errors import RemoteError
from ...job import NO_JOB, Job
from ..byte_source import FIRST_READ, ByteRange
from .fetch_pool import FetchPool, FetchTask
from .probe import probe
from .range_source import PARALLEL, RangeSource
from .response_checks import (
    ContentVersion,
    announced_length,
    check_partial_response,
    check_status,
    check_unchanged,
    receive,
    size_from_416,
)
from .retry import RetryPolicy
from .transport import Transport


class HttpSource(RangeSource):
    """A file on a web server; see `flac_raster_qgis.engine.storage.byte_source.ByteSource`.

    The first request reads the start of the file, its size, and whether the server supports ranges.
    The start is kept, so that no byte is downloaded twice. A session that is given stays open when
    the source is closed; the job cancels opening and all reads.
    """

    def __init__(
        self,
        url: str,
        *,
        session: requests.Session | None = None,
        retry: RetryPolicy = RetryPolicy(),  # noqa: B008 (frozen)
        first_read: int = FIRST_READ,
        origin: str | None = None,
        job: Job = NO_JOB,
    ):
        self._transport = Transport(url, session, retry, origin)
        super().__init__(self._transport.name, FetchPool(PARALLEL), retry, job, first_read)
        try:
            self._found, self._start = self._run((0, first_read), self._open)
        except BaseException:
            self.close()
            raise
        self.size = self._found.size
        self.version = self._found.etag
        validator = self._found.etag or self._found.modified or uuid.uuid4().hex
        self._identify(url, [validator])

    def close(self) -> None:
        """Cancel all requests, and close the connections."""
        super().close()
        self._transport.close()

    # ------------------------------------------------------------ in threads of the pool

    def _fetch(
        self, byte_range: ByteRange, task: FetchTask, *, bypass_cache: bool = False
    ) -> bytearray:
        """Fetch a range; a broken connection is resumed where it ended."""
        offset, size = byte_range
        data = bytearray()

        def attempt() -> None:
            rest = (offset + len(data), size - len(data))
            with self._transport.get(rest, task, bypass_cache=bypass_cache) as response:
                check_status(response, self.name)
                check_unchanged(self._version_in(response, rest), self._found, self.name)
                receive(response, data, size, task, self.name)

        self._retry.run(attempt, task)
        return data

    def _version_in(self, response: requests.Response, byte_range: ByteRange) -> ContentVersion:
        if response.status_code == 206:
            return check_partial_response(response, *byte_range, self.name)
        if response.status_code == 416:
            size = size_from_416(response)
            if size is not None and size != self.size:
                return ContentVersion(size, None, None)
        else:  # 200
            length = announced_length(response)
            if length is not None:
                now = ContentVersion.of(response.headers, length)
                check_unchanged(now, self._found, self.name)
        offset, size = byte_range
        raise RemoteError(
            "http.range_status", self.name, offset=offset, size=size, found=response.status_code
        )

    def _open(self, task: FetchTask) -> tuple[ContentVersion, bytes]:
        """Read the start of the file; a broken connection is resumed like any other."""
        self._found, start = probe(self._transport, self._retry, task, self.first_read)
        self.size = self._found.size
        missing = min(self.first_read, self.size) - len(start)
        if missing > 0:
            start += self._fetch((len(start), missing), task)
        return self._found, start
