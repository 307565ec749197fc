"""What a server says about a file and what it sends, checked before a byte of it is used."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

import requests

from ...errors import RemoteChanged, RemoteError
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
_ADVICE = {
    401: "it wants a user name and password; give them, or ask whoever runs the server",
    403: "it does not allow access; check the rights, and whether a signed address has expired",
    404: "there is no such file; check the address",
    407: "the proxy wants a user name and password; check the proxy settings",
    410: "the file is gone for good; ask whoever runs the server",
}


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

    def difference_from(self, other: ContentVersion) -> str | None:
        """Say what differs, None where nothing does; what one of them lacks is not compared."""
        pairs: list[tuple[str, object, object]] = [("size", other.size, self.size)]
        if self.etag and other.etag:
            pairs.append(("ETag", other.etag, self.etag))
        elif self.modified and other.modified:
            pairs.append(("time of modification", other.modified, self.modified))
        for what, before, now in pairs:
            if before != now:
                return f"its {what} was {before} and now is {now}"
        return None


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
        raise RetryableError(f"the server answered {said}", response.headers.get("Retry-After"))
    advice = _ADVICE.get(status, "expected 206 Partial Content; check the address")
    raise RemoteError(f"{name}: the server answered {said}: {advice}.")


def check_encoding(response: requests.Response, name: str) -> None:
    """Refuse a body that is not the bytes of the file: positions in it would mean nothing."""
    encoding = response.headers.get("Content-Encoding", "identity").strip().lower()
    if encoding not in ("", "identity"):
        raise RemoteError(
            f"{name}: the server sent the file compressed ({encoding}) though it was asked not to, "
            "so no part of it can be found; have compression switched off for .flac files."
        )


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
        found = f"Content-Range {said!r}" if said else f"no Content-Range, but {kind or 'no'} type"
        raise RemoteError(
            f"{name}: bytes {offset} to {offset + size - 1} were asked for, the server answered "
            f"with {found}; its support of ranges is broken, so use another server, or a copy of "
            "the file."
        )
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
        raise RemoteChanged(f"{name} changed while it was open: {difference}; open it again.")


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
        raise RetryableError(
            f"the server sent fewer bytes than it announced, {end - len(data)} lack"
        )
