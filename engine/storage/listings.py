"""Rasters that a folder of a web server lists, or a text file with one name per line.

A listing is the page that nginx, Apache and others make of a folder, or the JSON of nginx. It comes
from a server that may be hostile: only what lies below the folder, on the same server, counts.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from typing import NamedTuple
from urllib.parse import quote, unquote, urljoin

from ..errors import InputError
from .file_urls import local_path
from .name_parts import HTTP_SCHEMES, scheme_of, strip_query
from .urls import (
    LIST_SUFFIX,
    Address,
    check_path,
    check_store,
    file_name,
    has_flac_suffix,
    is_collection,
    redact,
)

#: Largest listing or list in bytes.
MAX_SIZE = 4 << 20
#: Most entries that are returned of one.
MAX_ENTRIES = 10_000
#: Each one is parsed by itself, because html.parser takes quadratic time for some defects.
_ANCHOR = re.compile(r"<a\s[^<>]{1,4096}>", re.IGNORECASE)
#: Characters that a name in a folder cannot have.
_NOT_IN_NAMES = re.compile(r"[\x00-\x1f\x7f/\\]")


class Entry(NamedTuple):
    """A raster, or a collection of more entries, in a collection.

    ``name`` is for people, ``target`` is a URL or a path.
    """

    name: str
    target: str
    is_collection: bool


class Entries(NamedTuple):
    """What a collection has; ``skipped`` counts what is too much or not allowed."""

    entries: list[Entry]
    skipped: int


def parse_collection(name: str, data: bytes) -> Entries:
    """Return the entries of a collection, from its bytes."""
    is_list = strip_query(name).lower().endswith(LIST_SUFFIX)
    return parse_list(name, data) if is_list else parse_listing(name, data)


def same_server(name: str, other: str) -> bool:
    """Return whether two URLs have the same scheme, host and port, to which credentials belong."""
    try:
        return Address.parse(name).origin == Address.parse(other).origin
    except InputError:
        return False


# ---------------------------------------------------------------- listings


def parse_listing(url: str, data: bytes) -> Entries:
    """Return FLAC files and folders in the listing of a folder; the folders come first.

    Links to anything else, such as the parent folder or another order, are ignored. A query of the
    URL, such as a key, is that of all entries.
    """
    text = data.decode("utf-8", "replace")
    is_json = text.lstrip("\ufeff \t\r\n").startswith("[")
    folder = Address.parse(url)
    links = list(dict.fromkeys(_json_links(text) if is_json else _links(text)))
    found = {_child(folder, link) for link in links[: 3 * MAX_ENTRIES]}
    known = (entry for entry in found if entry is not None)
    entries = sorted(known, key=lambda entry: (not entry.is_collection, entry.name.casefold()))
    return _limited(entries, len(links[3 * MAX_ENTRIES :]))


class _Anchor(HTMLParser):
    """Finds the link of an anchor."""

    href: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """See `HTMLParser`."""
        self.href = dict(attrs).get("href")


def _links(text: str) -> Iterator[str]:
    for found in _ANCHOR.finditer(text):
        anchor = _Anchor()
        anchor.feed(found[0])
        if anchor.href:
            yield anchor.href


def _json_links(text: str) -> Iterator[str]:
    try:
        items = json.loads(text.lstrip("\ufeff"))
    except (ValueError, RecursionError):
        return
    for item in items:
        name = item.get("name") if isinstance(item, dict) else None
        if isinstance(name, str):
            link = quote(name, safe="", errors="replace")
            yield f"{link}/" if item.get("type") == "directory" else link


def _child(folder: Address, link: str) -> Entry | None:
    """Return what a link leads to, if it is a FLAC file or a folder below a folder."""
    path, mark, query = folder.target.partition("?")
    path += "" if path.endswith("/") else "/"
    base = replace(folder, target=path).url
    try:
        child = Address.parse(urljoin(base, link.strip()))
    except (InputError, ValueError):
        return None
    target = child.target
    if child.origin != folder.origin or child.login or not target.startswith(path):
        return None
    *folders, last = (unquote(part) for part in target[len(path) :].split("/"))
    names = [*folders, last] if last else folders
    if not names or any(name in ("", ".", "..") or _NOT_IN_NAMES.search(name) for name in names):
        return None
    if "?" in target or not (last == "" or has_flac_suffix(last)):
        return None
    return Entry("/".join(names), child.url + mark + query, last == "")


# ---------------------------------------------------------------- lists


def parse_list(name: str, data: bytes) -> Entries:
    """Return the entries of a text file with one URL, path, or name relative to it per line.

    Empty lines and those that start with # are ignored. A list on a server cannot name local files.
    """
    lines = [line.strip() for line in data.decode("utf-8-sig", "replace").splitlines()]
    targets: dict[str, None] = {}
    wrong = len(lines[3 * MAX_ENTRIES :])
    for line in lines[: 3 * MAX_ENTRIES]:
        if line and not line.startswith("#"):
            try:
                targets[_target(name, line)] = None
            except InputError:
                wrong += 1
    entries = [Entry(_title(target), target, is_collection(target)) for target in targets]
    return _limited(_distinct(entries), wrong)


def _target(name: str, line: str) -> str:
    """Return the absolute form of a line; raise `InputError` if it is not valid."""
    is_remote = scheme_of(name) is not None
    if scheme_of(line) is None:
        check_path(line)
        if not is_remote:
            return os.path.join(os.path.dirname(os.path.abspath(name)), line)
        line = urljoin(Address.parse(name).url, quote(line, safe="%/~:@!$&'()*+,;="))
        if not same_server(name, line):
            raise InputError("list.elsewhere", redact(line))
    if scheme_of(line) in HTTP_SCHEMES:
        address = Address.parse(line)
        if address.login is not None:
            raise InputError("list.login", redact(line))
        return address.url  # normalized: no text in it can be taken for an option
    if scheme_of(line) == "file" and not is_remote:
        return local_path(line)
    check_store(line)
    return line


def _title(target: str) -> str:
    name = file_name(target) if scheme_of(target) else os.path.basename(target)
    return name or redact(target)


def _distinct(entries: list[Entry]) -> list[Entry]:
    """Return entries; those whose name is not unique have the whole target, redacted, as name."""
    count = Counter(entry.name for entry in entries)
    return [
        entry if count[entry.name] == 1 else entry._replace(name=redact(entry.target))
        for entry in entries
    ]


def _limited(entries: list[Entry], skipped: int) -> Entries:
    return Entries(entries[:MAX_ENTRIES], skipped + len(entries[MAX_ENTRIES:]))
