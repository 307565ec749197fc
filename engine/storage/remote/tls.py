"""TLS contexts: without client certificate for other hosts, and for IP addresses as hosts."""

from __future__ import annotations

import ssl
from typing import Any
from weakref import WeakKeyDictionary

#: By their original, because loading all authorities is slow.
_without_certificate: WeakKeyDictionary[ssl.SSLContext, ssl.SSLContext] = WeakKeyDictionary()


def without_certificate(context: ssl.SSLContext) -> ssl.SSLContext:
    """Return a context with the same authorities but without client certificate.

    A certificate can be neither detected in a context nor removed from it.
    """
    copy = _without_certificate.get(context)
    if copy is None:
        copy = ssl.create_default_context()
        authorities = context.get_ca_certs(binary_form=True)
        if authorities:
            copy.load_verify_locations(cadata=b"".join(authorities))
        for name in ("minimum_version", "maximum_version", "verify_flags", "options"):
            setattr(copy, name, getattr(context, name))
        _without_certificate[context] = copy
    return copy


class ContextForAddress:
    """Wrapper of a context for a host that is an IP address.

    urllib3 1.26 passes no host name then, and a context that checks host names raises `ValueError`.
    TLS checks addresses like names.
    """

    def __init__(self, context: ssl.SSLContext, address: str):
        self.__dict__.update(_context=context, _address=address)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._context, name)

    def __setattr__(self, name: str, value: Any) -> None:
        setattr(self._context, name, value)

    def wrap_socket(self, *args: Any, **options: Any) -> ssl.SSLSocket:
        """See `ssl.SSLContext.wrap_socket`."""
        options["server_hostname"] = options.get("server_hostname") or self._address
        wrapped: ssl.SSLSocket = self._context.wrap_socket(*args, **options)
        return wrapped
