"""Read and write the file of a collection: JSON, with gzip or without."""

from __future__ import annotations

import gzip
import json
import os
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..errors import CorruptFile, InputError
from ..format.strict_json import parse_json
from ..job import NO_JOB, Job
from ..storage.name_parts import HTTP_SCHEMES, scheme_of
from ..storage.open import open_local, open_source
from ..storage.output import PathLike, atomic_write
from ..storage.urls import redact

#: Largest file in bytes, and largest text in it: 300,000 items take 50 MB and 360 MB.
MAX_BYTES, MAX_TEXT = 64 << 20, 512 << 20
_GZIP = b"\x1f\x8b"


def read_document(name: str, *, job: Job = NO_JOB) -> dict[str, Any]:
    """Return the JSON object of a file or URL.

    Raises
    ------
    InputError, RemoteError
        If it cannot be read, or is larger than `MAX_BYTES`.
    CorruptFile
        If it holds no JSON object.
    Cancelled
    """
    return parse_document(name, _bytes(name, job))


def parse_document(name: str, data: bytes) -> dict[str, Any]:
    """Return the JSON object of a file that has been read; see `read_document`."""
    shown = redact(name)
    try:
        document = parse_json(_text(data))
    except (ValueError, zlib.error, EOFError) as error:
        raise CorruptFile("collection.json", shown, reason=error) from error
    if not isinstance(document, dict):
        raise CorruptFile("collection.json", shown, reason="it is no object")
    return document


def _bytes(name: str, job: Job) -> bytes:
    scheme = scheme_of(name)
    if scheme in HTTP_SCHEMES:
        # not at the top: a local collection needs no requests
        from ..storage.remote.document import fetch_document

        return fetch_document(name, MAX_BYTES, job=job)
    source = open_local(name) if scheme is None else open_source(name, job=job)
    try:
        if source.size > MAX_BYTES:
            raise InputError("collection.size", redact(name), expected=MAX_BYTES >> 20)
        return b"".join(source.read([(0, source.size)], job=job))
    finally:
        source.close()


def _text(data: bytes) -> bytes:
    if not data.startswith(_GZIP):
        return data
    inflater = zlib.decompressobj(wbits=31)
    text = inflater.decompress(data, MAX_TEXT)
    if inflater.unconsumed_tail:
        raise ValueError(f"it unpacks to more than {MAX_TEXT >> 20} MiB")
    if not inflater.eof:
        raise ValueError("it is truncated")
    return text


def write_document(path: PathLike, document: Mapping[str, Any]) -> None:
    """Write a JSON object; with gzip if the name ends in ``.gz``.

    The same object gives the same bytes. Raises `OutputError` if the file cannot be written.
    """
    target = Path(os.fspath(path))
    text = json.dumps(document, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    data = text.encode()
    if target.suffix.lower() == ".gz":
        data = gzip.compress(data, compresslevel=9, mtime=0)
    with atomic_write(target) as temporary:
        temporary.write_bytes(data)
