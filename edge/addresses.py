"""Which addresses of the network are counted as one client."""

from ipaddress import IPv6Address, IPv6Network, ip_address


def network_of(address: str | None) -> str | None:
    """Return what is counted as one client, None for this machine itself and for what is no IP address.

    Whoever has an IPv6 address may take any other of its /64 (RFC 4291, section 2.5.1).
    """
    try:
        ip = ip_address(address or "")
    except ValueError:
        return None
    if isinstance(ip, IPv6Address):
        if ip.ipv4_mapped is None:
            return None if ip.is_loopback else str(IPv6Network((int(ip), 64), strict=False))
        ip = ip.ipv4_mapped
    return None if ip.is_loopback else str(ip)
