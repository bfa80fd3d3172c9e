"""Which mailboxes are a body's and which a person's; the words are data (`mappings/mailboxes.yml`)."""

import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from knowledge.fields import Email
from knowledge.territories import load_territories
from knowledge.territories.names import fold, normalise_name
from yaml_files import read_yaml

_MAPPING = Path(__file__).parent / "mappings" / "mailboxes.yml"
_MAILBOX = re.compile(r"[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
MASK = "***"


@lru_cache(maxsize=1)
def _words() -> dict[str, frozenset[str]]:
    known = read_yaml(_MAPPING)
    return {name: frozenset(map(str, known[name])) for name in ("functions", "given_names", "free_domains")}


def email_of(text: str | None) -> str | None:
    """Return a mailbox of a body, in lower case; None for a person's, an unclear or a malformed one.

    In doubt the mailbox is left out: a body is also reached by its number or its site, while a person who is
    written to by strangers is harmed.
    """
    address = re.sub(r"^mailto:", "", str(text or "").strip().lower())
    if not address.isascii() or not Email.accept(address):
        return None
    local, _, domain = address.rpartition("@")
    return address if is_of_a_body(local, domain) else None


def is_of_a_body(local: str, domain: str) -> bool:
    """Say whether the part before `@` names a function, a service or the body itself."""
    parts = [part for part in re.split(r"[^a-z]+", fold(local)) if part]
    if not parts or any(part in _words()["given_names"] for part in parts):
        return False
    unknown = [part for part in parts if not _is_function(part)]
    if len(unknown) < len(parts):
        return len(unknown) <= 1 or is_place(unknown)
    if domain in _words()["free_domains"]:
        return False
    return is_place(parts) or _is_the_body(parts, domain)


def _is_function(part: str) -> bool:
    known = _words()["functions"]
    return part in known or any(len(word) >= 6 and part.startswith(word) for word in known)


def is_place(parts: Iterable[str]) -> bool:
    """Say whether the parts together are the name of a French territory."""
    return bool(load_territories().named(normalise_name(" ".join(parts))))


def _is_the_body(parts: list[str], domain: str) -> bool:
    names = set(re.split(r"[^a-z]+", fold(domain).rpartition(".")[0]))
    return all(part in names for part in parts)


def names_a_person(name: str) -> bool:
    """Say whether the name of a firm looks like a person's: a given name and one or two other words."""
    words = re.findall(r"[^\W\d_]+", fold(name))
    if words and words[0] in ("m", "mr", "mme", "mlle", "monsieur", "madame"):
        return True
    given = _words()["given_names"]
    return 2 <= len(words) <= 4 and (words[0] in given or words[-1] in given)


def masked(text: str) -> str:
    """Return `text` with every mailbox that is not clearly a body's masked, its domain left to see."""

    def mask(match: re.Match) -> str:
        found = match[0]
        return found if email_of(found) else f"{MASK}@{found.rpartition('@')[2]}"

    return _MAILBOX.sub(mask, text)


def excerpt(record: object, limit: int = 300) -> str:
    """Return the beginning of a record for a report, mailboxes masked."""
    return masked(" ".join(str(record)[: limit * 2].split()))[:limit]
