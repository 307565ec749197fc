"""Names of members inside a collection: relative where that is possible, so that it can move."""

from __future__ import annotations

import os
from urllib.parse import quote, unquote, urljoin

from ..errors import InputError
from ..storage.file_urls import local_path
from ..storage.name_parts import HTTP_SCHEMES, scheme_of
from ..storage.urls import Address, check_named, check_path, check_store, redact

#: Characters of paths that a URL need not quote.
_PLAIN = "/!$&'()*+,;=:@~"


def href_of(collection: str, name: str) -> str:
    """Return what a collection says for the path or URL of a member."""
    if scheme_of(name) is not None:
        return name
    folder = os.path.dirname(os.path.abspath(collection))
    try:
        relative = os.path.relpath(os.path.abspath(name), folder)
    except ValueError:  # another drive of Windows
        relative = os.path.abspath(name)
    parts = relative.replace(os.sep, "/")
    if scheme_of(parts) is not None:  # a colon in the first part
        parts = f"./{parts}"
    return quote(parts, safe=_PLAIN)


def target_of(collection: str, href: str) -> str:
    """Return the path or URL of a member.

    Raises `InputError` for what a collection must not lead to: a collection on a server to a file
    or a server of this computer, or any one to a URL with a login.
    """
    is_remote = scheme_of(collection) is not None
    if scheme_of(href) is None:
        if not is_remote:
            check_path(href)
            folder = os.path.dirname(os.path.abspath(collection))
            return os.path.normpath(os.path.join(folder, unquote(href)))
        href = urljoin(Address.parse(collection).url, href)
    if scheme_of(href) in (*HTTP_SCHEMES, None):  # data:, for example, is refused
        address = Address.parse(href)
        if address.login is not None:
            raise InputError("list.login", redact(href))
        if scheme_of(collection) in HTTP_SCHEMES:
            check_named(address, Address.parse(collection))
        return address.url
    if scheme_of(href) == "file" and not is_remote:
        return local_path(href)
    check_store(href)
    return href
