"""Postcodes and numbers of départements."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from bot.nlu.entities.message import Message
from bot.nlu.entities.place_lists import around
from knowledge.territories import Place, Territories

_IN = around["number_in"]
_HERE = around["number_here"]
_LEADS = around["postcode_leads"]
_COUNTED = around["counted"]
_COUNTING = around["counting"]
_AFTER = around["number_after"]
_MONEY = around["money"]
_SUMS = around["sums"]
_POSTAL = around["postal"]
_OPENS, _ENDS = re.compile(r"[(\[]\s*$"), re.compile(r"^\s*[)\],.;!?\n]")
_DATED = around["dated"]
_GIVES = around["gives"]
_MAY_GIVE = around["may_give"]
_HELPS = around["helps"]
_GIVEN = around["given"]
_GIFTS = around["gifts"]
_DEPARTEMENT = around["departement"]
_LAST_DAY = 31
# Words and marks between two numbers of a list.
_JOINS = around["joins"]
_FARTHEST_LISTED, _BREAKS = 3, ("", ",", "/")
# Words: a longer message is no bare correction.
_LONGEST_CORRECTION = 14
# How sure a number without a word of place is: « pardon 22 ».
_BARE = 0.6


@dataclass(frozen=True, slots=True)
class Code:
    """Words `first` to `last` are a postcode or a département's number; `places` as that code says."""

    first: int
    last: int
    places: tuple[Place, ...]
    postcode: bool
    sure: float = 1.0


class PlaceCodes:
    """Finds postcodes in use and numbers of départements that are meant as such.

    `corrections` are the words of which an answer or a correction consists: « pardon, c’est le 22 ».
    """

    def __init__(self, territories: Territories, corrections: Iterable[str] = ()):
        self._territories = territories
        self._corrections = frozenset(corrections)
        areas = territories.departements + territories.collectivities
        self._departements = {place.code.lower(): place for place in areas}

    def departement(self, key: str) -> Place | None:
        """Return the département of this number."""
        return self._departements.get(key)

    def postcode(self, key: str) -> tuple[Place, ...]:
        """Return the communes of this postcode, none where it is not in use."""
        if len(key) != 5 or not key.isdecimal():
            return ()
        return tuple(self._territories.by_postcode(key))

    def find(self, message: Message, named: Collection[str] = ()) -> list[Code]:
        """Return the codes that stand for a place by themselves, and the postcodes of a commune `named`."""
        every = (self._at(message, at, named) for at in range(len(message)) if not message.taken[at])
        found = self._chained(message, [code for code in every if code])
        return [code for code in found if not _denied(message, code)] or found

    def _chained(self, message: Message, found: list[Code]) -> list[Code]:
        """Add the numbers that a département's number is listed with: « dans le 31, le 32 et le 81 », « 31/32 »."""
        codes = {code.first: code for code in found}
        waiting = [code for code in found if not code.postcode and code.sure == 1]
        while waiting:
            code = waiting.pop()
            for at in _listed(message, code):
                area = self.departement(message.keys[at])
                if area and at not in codes and not message.taken[at]:
                    codes[at] = Code(at, at, (area,), False)
                    waiting.append(codes[at])
        return [codes[at] for at in sorted(codes)]

    def _at(self, message: Message, at: int, named: Collection[str]) -> Code | None:
        key = message.keys[at]
        if not key[0].isdecimal():
            return None
        if len(key) == 1:
            return self._split(message, at)
        communes = self.postcode(key)
        if communes:
            stands = _stands(message, at) or any(place.code in named for place in communes)
            return Code(at, at, communes, True) if stands else None
        area = self.departement(key)
        if area is None:
            return None
        if len(message) == 1:
            return Code(at, at, (area,), False, _BARE)
        if _meant(message, at):
            return Code(at, at, (area,), False)
        return self._corrected(message, at, area)

    def _corrected(self, message: Message, at: int, area: Place) -> Code | None:
        """« Je me suis trompé de département, c’est le 22 »; « rendez-vous le 22 » is a date."""
        if len(message) > _LONGEST_CORRECTION or not _stops(message, at):
            return None
        told = not _DEPARTEMENT.isdisjoint(message.keys)
        if told and message.keys[max(0, at - 3) : at] == ["c", "est", "le"]:
            return Code(at, at, (area,), False)
        bare = all(key in self._corrections or self.departement(key) for key in message.keys)
        return Code(at, at, (area,), False, 1.0 if told else _BARE) if bare else None

    def _split(self, message: Message, at: int) -> Code | None:
        """« Dans le 9-3 »."""
        if (
            at + 1 >= len(message)
            or message.gap(at) != "-"
            or message.key(at - 1) not in ("le", "du", "dans")
        ):
            return None
        area = self.departement(message.keys[at] + message.keys[at + 1])
        return Code(at, at + 1, (area,), False) if area else None


def _listed(message: Message, code: Code) -> list[int]:
    """Return the words, at most one on each side, that a list joins to a number: « 31, 32 », « le 31 et le 32 »."""
    found = []
    for step, at in ((1, code.last), (-1, code.first)):
        passed = ""
        for end in range(at + step, at + step * (_FARTHEST_LISTED + 1), step):
            if not 0 <= end < len(message):
                break
            passed += message.gap(min(end, end - step)).strip()
            if passed.strip(",/-") or message.key(end) not in _JOINS:
                if passed in _BREAKS and message.keys[end].isalnum() and message.key(end + 1) not in _COUNTED:
                    found += [end] if end != at + step or passed else []
                break
    return found


def _denied(message: Message, code: Code) -> bool:
    """« C’est pas le 29 »."""
    before = message.key(code.first - 1)
    return "pas" in (message.key(code.first - 2) if before in ("le", "du", "dans") else before,)


def _stops(message: Message, at: int) -> bool:
    """Whether no unit, slash or decimal makes the number another thing."""
    between = message.gap(at - 1) if at else ""
    return (
        not between.strip(" .!?,;:('’")
        and not message.gap(at).strip(" .!?,;)")
        and message.key(at + 1) not in _COUNTED
    )


def _stands(message: Message, at: int) -> bool:
    """Whether five digits are no sum or count; round thousands need a word or mark of place."""
    after = message.key(at + 1)
    if after in _COUNTED:
        return False
    round_sum = message.keys[at].endswith("000")
    named = at + 1 < len(message) and message.words[at + 1].raw[:1].isupper()
    marked = (
        message.key(at - 1) in _LEADS
        or bool(_OPENS.search(message.gap(at - 1)))
        or "," in message.gap(at - 1)
    )
    if not round_sum or named:
        return True
    if message.key(at - 1) in _SUMS or not (marked and _POSTAL & set(message.keys)) and _of_money(message):
        # « Besoin de 15000 remboursables », « la banque refuse 15000 ».
        return False
    return marked or not after or bool(_ENDS.match(message.gap(at)))


def _of_money(message: Message) -> bool:
    return not _MONEY.isdisjoint(message.keys)


def _meant(message: Message, at: int) -> bool:
    """Whether two or three digits are a département: « dans le 29 », « (56) », « le 974 »."""
    before, gap = message.key(at - 1), message.gap(at)
    if _OPENS.search(message.gap(at - 1)) and gap.lstrip()[:1] in (")", "]"):
        return True
    if message.key(at + 1) in _COUNTED or "/" in gap or "%" in gap or "€" in gap:
        return False
    if before in ("dans", "ds"):
        # « Dans 14 conversations » counts.
        return _ends(message, at)
    if before in _IN:
        return True
    if before == "numero":
        return message.key(at - 2) in _DEPARTEMENT
    if before not in ("le", "du"):
        return _trails(message, at)
    if before == "le" and _gives(message, at):
        return True
    within = message.key(at - 2) if message.key(at - 2) != "tout" else message.key(at - 3)
    return within in ("dans", "ds") or _ends(message, at) and _no_day(message, at)


def _gives(message: Message, at: int) -> bool:
    """Whether the number is the subject of a help: « le 29 donne quelque chose », « le 13 a une aide »."""
    if message.gap(at).strip() or message.key(at - 2) in _DATED:
        return False
    verb = at + (2 if message.key(at + 1) in ("ne", "n") else 1)
    said, then, last = (message.key(verb + step) for step in range(3))
    if said in _GIVES:
        # « Le 12 donne-t-on … », « le 12 donne-moi … » have another subject.
        return (then, last) != ("t", "on") and then != "moi"
    if said == "prend":
        return (then, last) == ("en", "charge")
    if said in ("a", "aurait", "fait", "ferait") and then in _GIVEN:
        return last in _GIFTS
    if said in _MAY_GIVE:
        return not _HELPS.isdisjoint(message.keys[verb + 1 : verb + 4])
    return False


def _trails(message: Message, at: int) -> bool:
    """Whether a number ends the message behind a word that counts nothing: « plombier 38 », « subvention 44 ; »."""
    before = message.key(at - 1)
    if before in _GIFTS and at and not message.gap(at - 1).strip() and _ENDS.match(message.gap(at)):
        return True
    tight = not message.gap(at).strip(" .!?") and not message.gap(at - 1).strip(" ,-")
    return (
        tight
        and 1 < at == len(message) - 1
        and before.isalpha()
        and len(before) > 3
        and before not in _COUNTING | _DATED
    )


def _ends(message: Message, at: int) -> bool:
    return at + 1 >= len(message) or bool(_ENDS.match(message.gap(at))) or message.key(at + 1) in _AFTER


def _no_day(message: Message, at: int) -> bool:
    """Whether « le 29 » is no day of the month."""
    key = message.keys[at]
    if not key.isdecimal() or int(key) > _LAST_DAY:
        return True
    said = message.key(at - 2)
    if said == "pour" and _GIFTS.isdisjoint(message.keys):
        # « Un contrôle annoncé pour le 18 ».
        return False
    return said in _HERE or (len(message) <= 3 and said not in _DATED)


def find_unknown_postcode(text: str, territories: Territories) -> str | None:
    """Return the five digits that the message gives as a postcode although no commune has them."""
    message = Message(text)
    codes = PlaceCodes(territories)
    for at, key in enumerate(message.keys):
        called = message.key(at - 1) in ("postal", "cp") or len(message) == 1
        named = message.capital(at + 1) if at + 1 < len(message) else False
        digits = len(key) == 5 and key.isdecimal() and key.isascii()
        if digits and (called or named) and not codes.postcode(key) and "cedex" not in message.keys:
            return key
    return None
