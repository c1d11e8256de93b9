"""An address about to be dialled is let through, or refused.

The check stands where the socket is made, after names are resolved: neither an odd spelling, nor a
redirect, nor a name that answers differently the second time gets round it.
"""

import socket
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from aiohttp import AddrInfoType

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

# iana.org/assignments/iana-ipv4-special-registry and -ipv6-special-registry; 168.63.129.16 is Azure's
# host agent. `is_global` alone lets 192.0.0.192 (Oracle's metadata), 6to4 and fec0:: through.
_REFUSED: tuple[Network, ...] = tuple(
    ip_network(text)
    for text in (
        "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 "
        "192.0.2.0/24 192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 "
        "224.0.0.0/4 240.0.0.0/4 168.63.129.16/32 2001::/23 2001:db8::/32 3fff::/20"
    ).split()
)
_GLOBAL_V6 = ip_network("2000::/3")  # all that is handed out for the public internet
_NAT64 = ip_network("64:ff9b::/96")
_V4_BITS = 0xFFFFFFFF


_WHY = (
    "not a public address"  # the same for all of a name's addresses: only then asyncio raises ours as it is
)


class AddressRefused(OSError):
    """No connection is made: the address is none of the public internet's."""


class AddressGuard:
    """Lets public addresses through, and what the operator named: `ip`, `ip:port`, `[ip]:port` or a CIDR."""

    def __init__(self, allow: Sequence[str] = ()) -> None:
        """Raise ValueError where an item of `allow` is none of these."""
        self._allowed = tuple(_allowed(item) for item in allow)

    def permits(self, address: Address, port: int) -> bool:
        """Return whether a connection to `address` may be made."""
        if any(_covers(network, its_port, address, port) for network, its_port in self._allowed):
            return True
        return is_public(address)

    def socket_for(self, addr_info: AddrInfoType) -> socket.socket:
        """Return a socket for a connection to `addr_info`: aiohttp's `socket_factory`.

        Raises:
            AddressRefused: the address is private.
        """
        family, kind, protocol, _, dialled = addr_info
        host, port = str(dialled[0]).split("%")[0], int(dialled[1])
        if not self.permits(ip_address(host), port):
            raise AddressRefused(_WHY)
        return socket.socket(family, kind, protocol)


def is_public(address: Address) -> bool:
    """Return whether `address`, and the IPv4 address it may carry, lies in the public internet."""
    if isinstance(address, IPv4Address):
        return not any(address in network for network in _REFUSED if network.version == 4)
    carried = _carried_v4(address)
    if carried is not None:
        return is_public(carried)
    return address in _GLOBAL_V6 and not any(address in net for net in _REFUSED if net.version == 6)


def _carried_v4(address: IPv6Address) -> IPv4Address | None:
    """Return the IPv4 address that a mapped, 6to4 or NAT64 address leads to. (Teredo is refused whole.)"""
    if address in _NAT64:
        return IPv4Address(int(address) & _V4_BITS)
    return address.ipv4_mapped or address.sixtofour


def _allowed(item: str) -> tuple[Network, int | None]:
    try:
        return ip_network(item, strict=False), None
    except ValueError:
        host, _, port = item.rpartition(":")
        return ip_network(host.strip("[]")), int(port)


def _covers(network: Network, its_port: int | None, address: Address, port: int) -> bool:
    return address in network and its_port in (None, port)
