"""Checks of responses, before any byte of them is used."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

import requests

from ...errors import Message, RemoteChanged, RemoteError
from .exceptions import mapped_exceptions
from .fetch_pool import FetchTask
from .retry import RetryableError

#: Bytes per read, which are lost if a connection breaks.
_PIECE = 16 << 10

#: Content-Range of a range, and of a range beyond the end.
_PART = re.compile(r"\s*bytes\s+(\d{1,18})-(\d{1,18})/(\d{1,18})\s*", re.ASCII)
_NO_PART = re.compile(r"\s*bytes\s+\*/(\d{1,18})\s*", re.ASCII)
_LENGTH = re.compile(r"\s*(\d{1,18})\s*", re.ASCII)

#: Statuses that say nothing about the file, only that it cannot be had right now.
_PASSING = {408, 429, 500, 502, 503, 504}
_REFUSALS = {401: "http.401", 403: "http.403", 404: "http.404", 407: "http.407", 410: "http.410"}


@dataclass(frozen=True)
class ContentVersion:
    """Version of the content of a file, by its size and headers.

    ``etag`` is a strong ETag, for a weak one may stay when bytes change; ``modified`` is the header
    Last-Modified.
    """

    size: int
    etag: str | None
    modified: str | None

    @classmethod
    def of(cls, headers: Mapping[str, str], size: int) -> ContentVersion:
        """Return the version that headers describe."""
        etag = headers.get("ETag", "").strip()
        return cls(size, etag if etag.startswith('"') else None, headers.get("Last-Modified"))

    def difference_from(self, other: ContentVersion) -> tuple[str, object, object] | None:
        """Return what differs, and both values; what one of them lacks is not compared."""
        pairs: list[tuple[str, object, object]] = [("remote.size", other.size, self.size)]
        if self.etag and other.etag:
            pairs.append(("remote.etag", other.etag, self.etag))
        elif self.modified and other.modified:
            pairs.append(("remote.modified", other.modified, self.modified))
        return next((pair for pair in pairs if pair[1] != pair[2]), None)


def check_status(response: requests.Response, name: str) -> None:
    """Let 200, 206 and 416 pass; raise `RetryableError` if asking again may help."""
    status = response.status_code
    if status in (200, 206, 416):
        return
    try:
        text = f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        text = str(status)
    if status in _PASSING:
        raise RetryableError("network.status", response.headers.get("Retry-After"), found=text)
    raise RemoteError(_REFUSALS.get(status, "http.status"), name, found=text)


def check_encoding(response: requests.Response, name: str) -> None:
    """Refuse a compressed body, in which byte ranges are meaningless."""
    encoding = response.headers.get("Content-Encoding", "identity").strip().lower()
    if encoding not in ("", "identity"):
        raise RemoteError("http.compressed", name, found=encoding)


def check_partial_response(
    response: requests.Response, offset: int, size: int, name: str
) -> ContentVersion:
    """Return the version from a response with status 206.

    Raises `RemoteError` if it is another range than requested, several ranges, or compressed.
    """
    check_encoding(response, name)
    text = response.headers.get("Content-Range", "")
    match = _PART.fullmatch(text)
    total = int(match[3]) if match else 0
    expected = (offset, min(offset + size, total) - 1)
    if match is None or (int(match[1]), int(match[2])) != expected:
        kind = response.headers.get("Content-Type", "")
        found = (
            Message("http.content_range", found=text)
            if text
            else Message("http.no_content_range", found=kind or "no")
        )
        raise RemoteError("http.wrong_range", name, offset=offset, size=size, found=found)
    return ContentVersion.of(response.headers, total)


def size_from_416(response: requests.Response) -> int | None:
    """Return the size of a file from a response to a range beyond its end."""
    return _integer(_NO_PART.fullmatch(response.headers.get("Content-Range", "")))


def announced_length(response: requests.Response) -> int | None:
    """Return the Content-Length; None if it is missing or not valid."""
    return _integer(_LENGTH.fullmatch(response.headers.get("Content-Length", "")))


def _integer(match: re.Match[str] | None) -> int | None:
    return int(match[1]) if match else None


def check_unchanged(now: ContentVersion, pinned: ContentVersion, name: str) -> None:
    """Raise `RemoteChanged` if a response belongs to another version than the first one."""
    difference = now.difference_from(pinned)
    if difference:
        code, expected, found = difference
        raise RemoteChanged(
            "remote.changed", name, property=Message(code), expected=expected, found=found
        )


def receive(
    response: requests.Response,
    data: bytearray,
    end: int,
    task: FetchTask,
    name: str,
    *,
    may_be_shorter: bool = False,
) -> None:
    """Append the body to ``data`` until it has ``end`` bytes; further bytes are ignored.

    Raises `RetryableError` if the body ends early or the connection breaks; ``data`` has the bytes
    received so far.
    """
    with mapped_exceptions(name, response.url):
        while len(data) < end:
            piece = response.raw.read(min(_PIECE, end - len(data)), decode_content=False)
            if not piece:
                break
            data += piece
            task.received += len(piece)
    if len(data) < end and not may_be_shorter:
        raise RetryableError("network.short", missing=end - len(data))
