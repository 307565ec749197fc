"""TLS contexts: one for strangers, and one that checks IP addresses with any urllib3."""

from __future__ import annotations

import ssl
from typing import Any
from weakref import WeakKeyDictionary

#: By the context that they were made from; reading all authorities takes a moment.
_for_strangers: WeakKeyDictionary[ssl.SSLContext, ssl.SSLContext] = WeakKeyDictionary()


def for_strangers(context: ssl.SSLContext) -> ssl.SSLContext:
    """Return a context that trusts the same authorities and shows no client certificate.

    A context does not tell whether it has a client certificate, and none can be taken out of it.
    """
    made = _for_strangers.get(context)
    if made is None:
        made = ssl.create_default_context()
        authorities = context.get_ca_certs(binary_form=True)
        if authorities:
            made.load_verify_locations(cadata=b"".join(authorities))
        made.minimum_version, made.maximum_version = (
            context.minimum_version,
            context.maximum_version,
        )
        made.verify_flags, made.options = context.verify_flags, context.options
        _for_strangers[context] = made
    return made


class ContextForAddress:
    """A context for a host that is an IP address.

    urllib3 1.26 does not say whom it connects to where that is an address, and a context that
    checks names then raises `ValueError`. TLS itself checks addresses as well as names.

    Parameters
    ----------
    context : ssl.SSLContext
        Does everything else.
    address : str
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
