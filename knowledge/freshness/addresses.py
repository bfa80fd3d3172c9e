"""Every web address of the content, with the records that use it; and which hosts may be asked."""

import asyncio
import ipaddress
import socket
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import urldefrag

from knowledge.schema import Advisor, Scheme

_FIELDS = ("url", "url_source", "source_url", "official_url")


def used_addresses(
    advisors: Iterable[Advisor],
    schemes: Iterable[Scheme],
    guidance: Mapping[str, Mapping[str, Any]] | None = None,
) -> dict[str, list[str]]:
    """Return the addresses without their fragment, each with its users (`advisors/cci-29`), in order."""
    users: dict[str, list[str]] = defaultdict(list)
    for user, record in _records(advisors, schemes, guidance or {}):
        for address in dict.fromkeys(map(_page, _addresses(record))):
            users[address].append(user)
    return dict(users)


async def is_public(host: str) -> bool:
    """Say whether every address of a host is on the public internet; a host without any is not refused."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return True  # no address at all: the request itself will say so
    return all(ipaddress.ip_address(entry[4][0].partition("%")[0]).is_global for entry in found)


def _records(advisors, schemes, guidance) -> Iterator[tuple[str, Any]]:
    yield from ((f"advisors/{advisor.id}", advisor) for advisor in advisors)
    yield from ((f"schemes/{scheme.id}", scheme) for scheme in schemes)
    for section, records in guidance.items():
        yield from ((f"{section}/{key}", record) for key, record in records.items())


def _addresses(record: Any) -> Iterator[str]:
    for field in _FIELDS:
        if address := getattr(record, field, None):
            yield address
    yield from getattr(record, "other_sources", ())
    yield from (basis.lien for basis in getattr(record, "base_juridique", ()))
    for point in (*getattr(record, "bodies", ()), getattr(record, "contact", None)):
        yield from filter(None, (getattr(point, field, None) for field in _FIELDS))


def _page(address: str) -> str:
    return urldefrag(address).url
