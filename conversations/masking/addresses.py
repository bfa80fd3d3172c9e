"""E-mail addresses and postal ones."""

import re
from collections.abc import Iterator

from conversations.masking.numbers import Found
from conversations.masking.words import fold, load_towns

_EMAIL = re.compile(r"(?<![\w.+\-])[\w.+\-]{1,64} ?@ ?[\w\-]{1,63}(?:(?:\.|,(?=\w{2,3}\b)) ?[\w\-]+)*")
_SAID_EMAIL = re.compile(
    r"(?<![\w\-])[\w\-]{1,40}(?:(?: point | tiret |\.|_)[\w\-]{1,40}){0,3} ?(?:\barobase\b|\(at\)|\[at\]|\(a\)) ?"
    r"[\w\-]+(?:(?: point | dot |\.)[\w\-]+){1,3}"
    r"|(?<![\w.\-])[\w.\-]{1,64} (?:at|chez) [\w\-]+(?:\.| point )(?:fr|com|net|org|eu|re|bzh)\b",
    re.IGNORECASE,
)
_KINDS_OF_STREET = (
    r"rues?|r\.|avenue|ave?\.?|boulevard|blvd|bd\.?|chemin|chem\.|ch\.|impasse|imp\.|all[ée]es?|all\.|places?|pl\.|"
    r"quai|cours|route|rte\.?|square|sq\.|passage|faubourg|fbg|venelle|ruelle|lotissement|lot\.?|r[ée]sidence|hameau|"
    r"esplanade|promenade|sentier|mont[ée]e|traverse|cit[ée]|villa|voie|rond[ -]point|grande? rue|parvis|rocade|"
    r"chauss[ée]e|zone (?:artisanale|industrielle|d'activit[ée]s?|commerciale)|z\.?[ai]\.?c?\.?|mail|clos|domaine"
)
_NUMBER = r"\d{1,4}(?: ?(?:bis|ter|quater|[a-d])\b)?"
# A name of a street goes on over small words, names and numbers; it ends before a postcode, a comma or other words.
_LINK = r"(?:de la|de l['’]|de|du|des|d['’]|la|le|les|l['’]|et|aux?|en|sur)"
_END = r"(?:[àa]|au|en|dans|et|je|j['’]|mon|ma|pour|à|chez|est|qui|tel|t[ée]l|svp|merci|mais|ou|nous|on|près|\d{5})\b"
_PROPER = rf"(?:{_LINK} ?){{0,3}}[^\W_][\w\-'’.]{{0,40}}"
_STREET = re.compile(
    rf"\b{_NUMBER}\s?,?\s?(?P<kind>{_KINDS_OF_STREET})(?![\w])(?:\s(?!{_END}){_PROPER}){{0,5}}", re.IGNORECASE
)
# Without a number: places where few live or work. What names them has a capital or an article.
_NAMED = r"(?:(?:[Ll]es?|[Ll]a|[Dd]u|[Dd]es|[Dd]e la|[Dd]e)\s[^\W\d_][\w\-'’]*|[A-ZÉÈ][\w\-'’]*)(?:\s[A-ZÉÈ][\w\-'’]*)*"
_PLACE = re.compile(
    r"\b(?:[Ll]ieu[ -]?dit|[Rr][ée]sidence|[Ll]otissement|[Hh]ameau|Z\.?[AI]\.?C?\.?|"
    rf"[Zz]one (?:artisanale|industrielle|d'activit[ée]s?))\s{_NAMED}"
)
_FLAT = re.compile(
    r"\b(?:b[âa]t(?:iment|\.)?|appt?\.?|appartement|escalier)\s(?:[a-h]|\d{1,3})\b", re.IGNORECASE
)
_WORDS = re.compile(r"[\w'’\-]+")


def find_emails(text: str) -> Iterator[Found]:
    """Yield start, end and kind of what looks like an e-mail address, spaced or spelled out too."""
    for pattern in (_EMAIL, _SAID_EMAIL):
        yield from ((*match.span(), "email") for match in pattern.finditer(text))


def find_addresses(text: str) -> Iterator[Found]:
    """Yield start, end and kind of postal addresses: a street with a number, or a place of few houses.

    A street alone stays readable, as a town does.
    """
    for match in _STREET.finditer(text):
        yield match.start(), _before_town(text, match), "address"
    for pattern in (_PLACE, _FLAT):
        yield from ((*match.span(), "address") for match in pattern.finditer(text))


def _before_town(text: str, street: re.Match[str]) -> int:
    """Return where the street ends, so that a town named right after it stays readable."""
    towns = load_towns()
    words = list(_WORDS.finditer(text, street.start("kind"), street.end()))
    proper = [number for number, word in enumerate(words) if word.group()[0].isupper()]
    first = (proper[0] if proper else 1) + 1
    for number in range(first, len(words)):
        rest = fold(text[words[number].start() : street.end()]).replace("-", " ").strip()
        if not towns.isdisjoint(_beginnings(rest)):
            return len(text[: words[number].start()].rstrip())
    return street.end()


def _beginnings(text: str) -> list[str]:
    words = text.split()
    return [" ".join(words[:length]) for length in range(1, len(words) + 1)]
