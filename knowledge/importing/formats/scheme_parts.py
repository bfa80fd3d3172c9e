"""Parts of a scheme that every format of schemes needs: texts cut to size, zones of today, level, status."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from knowledge.codes import AidKind, SchemeLevel, SchemeStatus
from knowledge.coverage import COUNTRY, LEVEL_OF_ZONE, UNION, split_zone, zone_of
from knowledge.importing.fields import clip, text_of
from knowledge.importing.formats.aid_words import Words, kinds_of, mapping
from knowledge.importing.mailboxes import masked
from knowledge.territories import Territories, UnknownTerritory

TITLE, PROMISE, DESCRIPTION = 120, 180, 5000  # characters, the limits of `knowledge/schema/scheme.py`
CONDITION, PAYER = 500, 200  # characters: five times the longest of the shipped content
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s|\n")
_BULLET = re.compile(r"\s*(?:[•●▪◦‣·*]|[-–—](?=\s)|\d+[.)](?=\s))\s*")
_LEVEL_OF_KIND = {
    "COM": "epci",
    "EPCI": "epci",
    "DEP": "departement",
    "REG": "region",
    "PAYS": "national",
    "UE": "eu",
}
_SMALLEST_FIRST = ["epci", "departement", "region", "national", "eu"]


class Refused(ValueError):
    """A record cannot become a scheme; the message is the reason, for the report."""


class NotForFirms(Refused):
    """The scheme is for others than firms: no fault of the file."""


class Notes:
    """What an editor should know about how a record was read; the wording is in `mappings/schemes.yml`."""

    def __init__(self) -> None:
        self._lines: list[str] = []

    def add(self, name: str, text: object = "") -> None:
        """Add the note of this name, filled with `text`."""
        self._lines.append(mapping("schemes")["notes"][name].format(text=text))

    def text(self) -> str | None:
        """Return all notes, or None where there is none; cut to what a record may hold."""
        return "\n".join(dict.fromkeys(self._lines))[:DESCRIPTION] or None


def said(cell: object) -> str:
    """Return a cell as plain text, mailboxes that may be a person's masked."""
    return masked(text_of(str(cell or "")))


def said_on_a_line(cell: object) -> str:
    """Return a cell as `said` does, on one line."""
    return " ".join(said(cell).split())


def section(kind: str, **values: str) -> str:
    """Return a sentence of `mappings/schemes.yml` around `values`."""
    return mapping("schemes")["sections"][kind].format(**values)


def clipped(text: str, notes: Notes, limit: int = DESCRIPTION) -> str:
    """Return `text` cut after a sentence so that it fits, the cut said in it and in the notes."""
    if len(text) <= limit:
        return text
    notes.add("cut")
    end = mapping("schemes")["cut"]
    return f"{clip(text, limit - len(end) - 1)[0]} {end}"


def shortened(text: str, limit: int) -> str:
    """Return `text` on one line, cut after a word so that it fits."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    return f"{line[: limit - 1].rsplit(' ', 1)[0].rstrip(' ,;:.')}{mapping('schemes')['ellipsis']}"


def title(text: str, notes: Notes) -> str:
    """Return the title cut to what a record holds; the whole title is then in the notes."""
    short = shortened(text, TITLE)
    if short.endswith(mapping("schemes")["ellipsis"]) and short != text:
        notes.add("title_cut", text)
    return short


def promise(*texts: str) -> str:
    """Return the first of `texts` that says something: its first sentence, without a full stop, cut to fit."""
    first = next((text for text in texts if text.strip()), "")
    sentence = _SENTENCE_END.split(first.strip(), maxsplit=1)[0]
    return shortened(sentence.rstrip("."), PROMISE)


def conditions(text: str) -> list[str]:
    """Return one condition an item from a list with bullets, numbers or line ends; bullets inside a line too.

    A condition is read aloud beside others: one that is longer than `CONDITION` is cut after a word.
    """
    lines = (part for line in text.splitlines() for part in re.split(r"\s+(?=[•●▪◦‣])", line))
    items = (" ".join(_BULLET.sub("", line, count=1).split()).rstrip(" ;.") for line in lines)
    return list(dict.fromkeys(shortened(item, CONDITION) for item in items if item))


def zones_of(codes: Iterable[str], territories: Territories) -> list[str]:
    """Return the zones of today: merged communes and arrondissements give their commune.

    Raises `Refused` for a code that is not one, or of no territory.
    """
    return list(dict.fromkeys(_zone(code.strip(), territories) for code in codes if code.strip()))


def level_of(payers: Iterable[str], zones: Iterable[str]) -> SchemeLevel:
    """Return the size of the payer's territory: by the words of its name, else by the widest zone."""
    for payer in payers:
        named = _levels().codes(payer)
        if named:
            return SchemeLevel(named[0])
    kinds = {_LEVEL_OF_KIND[split_zone(zone)[0]] for zone in zones}
    return SchemeLevel(max(kinds, key=_SMALLEST_FIRST.index))


def status_of(closing: str | None, listed: bool, day: str | None, today: str) -> SchemeStatus:
    """Return whether a scheme takes requests.

    Ended past its last day. Open where its source shows it (`listed`) on a day recent enough to be trusted
    (`open_since`). Else unknown: taken offline says nothing about why.
    """
    if closing and closing < today[: len(closing)]:
        return SchemeStatus.ENDED
    recent = day is not None and day >= mapping("schemes")["open_since"]
    return SchemeStatus.OPEN if listed and recent else SchemeStatus.UNKNOWN


def kinds_noted(words: Iterable[str], notes: Notes) -> list[AidKind]:
    """Return the kinds that `words` name; words that name none are noted."""
    kinds, unknown = kinds_of(words)
    for word in unknown:
        notes.add("unknown_kind", word)
    return kinds


def _zone(code: str, territories: Territories) -> str:
    if code in (COUNTRY, UNION):
        return code
    kind, number = split_zone(code)
    level = LEVEL_OF_ZONE.get(kind)
    if level is None:
        raise Refused(f"`{code}` is not a zone of the official geographic code")
    try:
        return zone_of(level, territories.get(level, number).code)
    except UnknownTerritory as error:
        raise Refused(f"no territory of today has the code `{code}`") from error


@lru_cache(maxsize=1)
def _levels() -> Words:
    return Words(mapping("schemes")["levels"])


def nonempty(values: Iterable[str]) -> Iterator[str]:
    """Yield the values that hold more than spaces, without the spaces around."""
    return (value.strip() for value in values if value and value.strip())
