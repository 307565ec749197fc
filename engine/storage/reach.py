"""Which machines the requests for one URL may reach.

A user may name any server, be it on this machine. Where that server sends the reader on to, and
what its name means a moment later, is up to strangers: they must not reach what only this machine
or its networks can reach.
"""

from __future__ import annotations

import ipaddress
import socket
import threading
from collections.abc import Collection, Sequence
from contextlib import suppress
from typing import Union

from ..errors import Message, RemoteError

PUBLIC = Message("reach.public")
PRIVATE = Message("reach.private")
LINK = Message("reach.link")
THIS_MACHINE = Message("reach.this_machine")

#: Names that hosts files have for this machine, on one system or another.
_OWN_NAMES = ("localhost", "localhost.localdomain", "localhost6", "ip6-localhost", "ip6-loopback")
#: What gateways translate into IPv4 addresses, which are the last 32 bits.
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_THIS_NETWORK = ipaddress.IPv4Network("0.0.0.0/8")

_IpAddress = Union[ipaddress.IPv4Address, ipaddress.IPv6Address]


def meaning_of(host: str) -> str | None:
    """Say what a host means without looking it up; None for most names."""
    name = host.lower().rstrip(".")
    short = socket.gethostname().lower().partition(".")[0]
    own = (*_OWN_NAMES, socket.gethostname().lower(), short, f"{short}.local")
    if name in own or name.endswith(".localhost"):
        return THIS_MACHINE
    with suppress(ValueError):
        return _meaning(_ipv4_of(ipaddress.ip_address(name.partition("%")[0])))
    return None


def _meaning(address: _IpAddress) -> str:
    if address.is_loopback or address.is_unspecified or address in _THIS_NETWORK:
        return THIS_MACHINE
    if address.is_link_local:
        return LINK
    local = getattr(address, "is_site_local", False)  # what IPv6 had before private addresses
    return PUBLIC if address.is_global and not local else PRIVATE


def _ipv4_of(address: _IpAddress) -> _IpAddress:
    """Return the IPv4 address that an IPv6 address stands for, or the address itself."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if inner := address.ipv4_mapped or address.sixtofour:
        return inner
    if address in _NAT64 or 1 < int(address) < 1 << 32:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address


def is_own(address: str) -> bool:
    """Whether an IP address is one of this machine's: it would be reached from itself.

    Nothing is sent; the system only chooses an address to send from.
    """
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.connect((address, 9))
            own: str = probe.getsockname()[0]
            return own.partition("%")[0] == address.partition("%")[0]
    except OSError:  # not reachable at all
        return False


class Reach:
    """Where the first connection for a URL leads, and who may be connected to from then on.

    From the internet, requests lead nowhere else; from a private network, to the internet as well;
    from this machine, to all but the local link. The first server's own addresses stay allowed.

    Parameters
    ----------
    name : str
        The URL, as messages show it.
    host : str
        Its host.
    """

    def __init__(self, name: str, host: str):
        self._name, self._host = name, host
        self._lock = threading.Lock()
        self._first: frozenset[str] = frozenset()

    def admit(self, host: str, addresses: Sequence[str]) -> list[str]:
        """Return those of a host's IP addresses that may be connected to.

        The first call, which is for the URL that the user named, sets the measure.

        Raises
        ------
        RemoteError
            If there are none.
        """
        with self._lock:
            if not self._first and host == self._host:
                self._first = _beginning(addresses)
                return [address for address in addresses if address in self._first]
        known = self._first or self._looked_up()
        home = {meaning_of(address) for address in known} or {PUBLIC}
        admitted = [a for a in addresses if a in known or _is_within(_meaning_for_all(a), home)]
        if addresses and not admitted:
            raise RemoteError(
                "url.reach",
                name=self._name,
                host=host,
                address=addresses[0],
                found=_meaning_for_all(addresses[0]),
            )
        return admitted

    def check(self, host: str) -> None:
        """Judge a host by its name alone, where a proxy looks it up and connects to it.

        Raises
        ------
        RemoteError
        """
        if meaning_of(host) is not None:
            self.admit(host, [host])

    def _looked_up(self) -> frozenset[str]:
        """Return the addresses of the first server where the connection to it was not seen."""
        if meaning_of(self._host) is not None:
            return frozenset([self._host])
        with suppress(OSError):
            found = socket.getaddrinfo(self._host, None, type=socket.SOCK_STREAM)
            return _beginning([str(place[4][0]) for place in found])
        return frozenset()


def _beginning(addresses: Sequence[str]) -> frozenset[str]:
    """Choose among a server's addresses: a name of the internet does not mean this machine too."""
    meanings = {address: meaning_of(address) for address in addresses}
    outside = frozenset(a for a, meaning in meanings.items() if meaning in (PUBLIC, PRIVATE))
    return outside or frozenset(addresses)


def _meaning_for_all(address: str) -> str:
    """Say what an address means, knowing which ones are this machine's."""
    return THIS_MACHINE if is_own(address) else meaning_of(address) or PUBLIC


def _is_within(meaning: str, home: Collection[str | None]) -> bool:
    return meaning in home or meaning == PUBLIC or (meaning == PRIVATE and PUBLIC not in home)
