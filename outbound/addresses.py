"""Which addresses of the network somebody outside may be sent to."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

IPAddress = IPv4Address | IPv6Address

# Ways to write an IPv4 address inside an IPv6 one, and what is no longer for anybody's use.
_INDIRECT = tuple(
    ip_network(block)
    for block in ("64:ff9b::/96", "64:ff9b:1::/48", "2001::/32", "2002::/16", "::/96", "fec0::/10")
)


def address_of(text: str) -> IPAddress:
    """An address as the resolver writes it, without its zone (“fe80::1%eth0”)."""
    return ip_address(text.partition("%")[0])


def is_public(address: IPAddress) -> bool:
    """Whether an address is of the public internet: neither private, loopback, link-local,
    multicast, reserved nor a provider's own (100.64.0.0/10), not even wrapped in IPv6."""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return is_public(address.ipv4_mapped)
        if any(address in block for block in _INDIRECT):
            return False
    return address.is_global and not (
        address.is_multicast
        or address.is_reserved
        or address.is_unspecified
        or address.is_loopback
        or address.is_link_local
        or address.is_private
    )
