"""What a server says about a file and what it sends, checked before a byte of it is used."""

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

#: Bytes taken at once, which is what is lost when a connection breaks.
_PIECE = 16 << 10

#: Content-Range of a part of a file, and of a file that has no such part.
_PART = re.compile(r"\s*bytes\s+(\d{1,18})-(\d{1,18})/(\d{1,18})\s*", re.ASCII)
_NO_PART = re.compile(r"\s*bytes\s+\*/(\d{1,18})\s*", re.ASCII)
_LENGTH = re.compile(r"\s*(\d{1,18})\s*", re.ASCII)

#: Statuses that say nothing about the file, only that it cannot be had right now.
_PASSING = {408, 429, 500, 502, 503, 504}
_REFUSALS = {401, 403, 404, 407, 410}


@dataclass(frozen=True)
class ContentVersion:
    """What tells one content of a file from another.

    Parameters
    ----------
    size : int
    etag : str, optional
        Only where it is strong: a weak one may stay when bytes change.
    modified : str, optional
        The header Last-Modified.
    """

    size: int
    etag: str | None
    modified: str | None

    @classmethod
    def of(cls, headers: Mapping[str, str], size: int) -> ContentVersion:
        """Read the headers of a reply."""
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
    """Let 200, 206 and 416 pass.

    Raises
    ------
    RetryableError
        If asking again may help.
    RemoteError
    """
    status = response.status_code
    if status in (200, 206, 416):
        return
    try:
        said = f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        said = str(status)
    if status in _PASSING:
        raise RetryableError("network.status", response.headers.get("Retry-After"), found=said)
    code = f"http.{status if status in _REFUSALS else 'status'}"
    raise RemoteError(code, name=name, found=said)


def check_encoding(response: requests.Response, name: str) -> None:
    """Refuse a body that is not the bytes of the file: positions in it would mean nothing."""
    encoding = response.headers.get("Content-Encoding", "identity").strip().lower()
    if encoding not in ("", "identity"):
        raise RemoteError("http.compressed", name=name, found=encoding)


def check_partial_response(
    response: requests.Response, offset: int, size: int, name: str
) -> ContentVersion:
    """Check that a reply with status 206 is the range that was asked for.

    Raises
    ------
    RemoteError
        If it is another range, several ranges, or compressed.
    """
    check_encoding(response, name)
    said = response.headers.get("Content-Range", "")
    match = _PART.fullmatch(said)
    total = int(match[3]) if match else 0
    expected = (offset, min(offset + size, total) - 1)
    if match is None or (int(match[1]), int(match[2])) != expected:
        kind = response.headers.get("Content-Type", "")
        found = (
            Message("http.content_range", found=said)
            if said
            else Message("http.no_content_range", found=kind or "no")
        )
        raise RemoteError("http.wrong_range", name=name, offset=offset, size=size, found=found)
    return ContentVersion.of(response.headers, total)


def size_from_416(response: requests.Response) -> int | None:
    """Return the length of the file from a reply that says that a range lies beyond its end."""
    said = response.headers.get("Content-Range", "")
    match = _NO_PART.fullmatch(said)
    return int(match[1]) if match else None


def announced_length(response: requests.Response) -> int | None:
    """Return the length of the body, None where the server does not say any that is one."""
    match = _LENGTH.fullmatch(response.headers.get("Content-Length", ""))
    return int(match[1]) if match else None


def check_unchanged(now: ContentVersion, pinned: ContentVersion, name: str) -> None:
    """Raise `RemoteChanged` where a reply is about another content than the first one was."""
    difference = now.difference_from(pinned)
    if difference:
        code, expected, found = difference
        raise RemoteChanged(
            "remote.changed", name=name, property=Message(code), expected=expected, found=found
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
    """Append to ``data`` what arrives, until it has ``end`` bytes; more are not looked at.

    Raises
    ------
    RetryableError
        If the body ends early or the connection breaks; what arrived until then is in ``data``.
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
