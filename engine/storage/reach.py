"""Restrict the servers that requests for one URL may connect to.

A user may name any server, even on this computer. Its redirects, and later lookups of its name, are
not trusted: they must not reach servers that only this computer or its networks can reach.
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

#: Names of this computer in the hosts files of various systems.
_OWN_NAMES = ("localhost", "localhost.localdomain", "localhost6", "ip6-localhost", "ip6-loopback")
#: Gateways translate these into IPv4 addresses, which are the last 32 bits.
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_THIS_NETWORK = ipaddress.IPv4Network("0.0.0.0/8")

_IpAddress = Union[ipaddress.IPv4Address, ipaddress.IPv6Address]


def network_of(host: str) -> str | None:
    """Return the network of a host without looking it up; None for most names."""
    name = host.lower().rstrip(".")
    short = socket.gethostname().lower().partition(".")[0]
    own_names = (*_OWN_NAMES, socket.gethostname().lower(), short, f"{short}.local")
    if name in own_names or name.endswith(".localhost"):
        return THIS_MACHINE
    with suppress(ValueError):
        return _network(_ipv4_of(ipaddress.ip_address(name.partition("%")[0])))
    return None


def _network(address: _IpAddress) -> str:
    if address.is_loopback or address.is_unspecified or address in _THIS_NETWORK:
        return THIS_MACHINE
    if address.is_link_local:
        return LINK
    local = getattr(address, "is_site_local", False)  # predecessor of private addresses in IPv6
    return PUBLIC if address.is_global and not local else PRIVATE


def _ipv4_of(address: _IpAddress) -> _IpAddress:
    """Return the IPv4 address that an IPv6 address contains, or the address itself."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if inner := address.ipv4_mapped or address.sixtofour:
        return inner
    if address in _NAT64 or 1 < int(address) < 1 << 32:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address


def is_own_address(address: str) -> bool:
    """Return whether an IP address belongs to this computer.

    It does if the system chooses it as the local address of a socket to itself; nothing is sent.
    """
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.connect((address, 9))
            own: str = probe.getsockname()[0]
            return own.partition("%")[0] == address.partition("%")[0]
    except OSError:  # not reachable
        return False


class Reach:
    """Servers allowed for a URL, depending on the network of the first connection.

    A URL on the internet reaches only the internet; one in a private network also that; one on this
    computer everything but the local link. The addresses of the first server stay allowed. ``name``
    is the redacted URL for messages, ``host`` its host.
    """

    def __init__(self, name: str, host: str):
        self._name, self._host = name, host
        self._lock = threading.Lock()
        self._first: frozenset[str] = frozenset()

    def admit(self, host: str, addresses: Sequence[str]) -> list[str]:
        """Return the allowed IP addresses of a host; the first call sets the rule.

        Raises `RemoteError` if none is allowed.
        """
        with self._lock:
            if not self._first and host == self._host:
                self._first = _usable_addresses(addresses)
                return [address for address in addresses if address in self._first]
        known = self._first or self._look_up()
        home = {network_of(address) for address in known} or {PUBLIC}
        admitted = [a for a in addresses if a in known or _is_within(_network_for_all(a), home)]
        if addresses and not admitted:
            raise RemoteError(
                "url.reach",
                self._name,
                host=host,
                address=addresses[0],
                found=_network_for_all(addresses[0]),
            )
        return admitted

    def check(self, host: str) -> None:
        """Raise `RemoteError` for a host whose name is not allowed, if a proxy connects to it."""
        if network_of(host) is not None:
            self.admit(host, [host])

    def _look_up(self) -> frozenset[str]:
        """Return the addresses of the first server if another session connected to it."""
        if network_of(self._host) is not None:
            return frozenset([self._host])
        with suppress(OSError):
            found = socket.getaddrinfo(self._host, None, type=socket.SOCK_STREAM)
            return _usable_addresses([str(entry[4][0]) for entry in found])
        return frozenset()


def _usable_addresses(addresses: Sequence[str]) -> frozenset[str]:
    """Return the addresses of a server, those of this computer only if it has no others."""
    networks = {address: network_of(address) for address in addresses}
    outside = frozenset(a for a, network in networks.items() if network in (PUBLIC, PRIVATE))
    return outside or frozenset(addresses)


def _network_for_all(address: str) -> str:
    """Return the network of an address; this computer for its own addresses."""
    return THIS_MACHINE if is_own_address(address) else network_of(address) or PUBLIC


def _is_within(network: str, home: Collection[str | None]) -> bool:
    return network in home or network == PUBLIC or (network == PRIVATE and PUBLIC not in home)
