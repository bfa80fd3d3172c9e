"""How many people work in the firm."""

from collections.abc import Iterable, Mapping

from bot.nlu.entities.entity import Entity
from bot.nlu.entities.message import Message
from bot.nlu.entities.numbers import Number, find_numbers
from bot.nlu.entities.phrases import phrases
from knowledge.territories import normalise_name

_LARGEST = 5_000
_WHOLE_STAFF = frozenset(["mes", "nos", "les"])
_PART_OF = frozenset(["de", "des", "d", "parmi"])
_THRESHOLD = frozenset(["moins", "plus", "maximum", "minimum"])
_HAVE = frozenset(["ai", "g", "jai", "avons", "emploie", "employons", "seul", "seule", "compte", "juste"])
# Roles that a partner abroad has too: « deux agents commerciaux ».
_PARTNERS = ("agent", "commerc", "cadre")
_NOT_WHOLE_AFTER = frozenset(["que", "qui", "a", "pour"])


class CompanySizes:
    """Finds headcounts; built from `vocabularies/company_size.yml`."""

    def __init__(self, vocabulary: Mapping):
        kinds = {name: _with_plurals(vocabulary[name]) for name in ("staff", "contracts", "roles", "people")}
        kinds["roles"] += vocabulary["roles_plural"]
        self._who = phrases(kinds)
        self._partners = frozenset(normalise_name(word) for word in vocabulary["not_staff_after"])
        self._firm = _ends(vocabulary["firm"])
        self._firm |= _ends(f"{place} de" for place in vocabulary["workplaces"])
        self._serves = _ends(vocabulary["serves"])
        self._paid = _ends(vocabulary["paid"])
        self._capacity = frozenset(normalise_name(word) for word in vocabulary["capacity"])
        self._behind = phrases({"firm": vocabulary["firm_after"]})
        self._part = frozenset(normalise_name(word) for word in vocabulary["part"])
        self._said = phrases({"alone": vocabulary["alone"], "couple": vocabulary["couple"]})
        self._at_end = phrases({"alone": vocabulary["alone_at_end"]})
        self._after_alone = frozenset(normalise_name(word) for word in vocabulary["after_alone"])
        self._collective: dict[str, int] = vocabulary["collective"]

    def find(self, message: Message) -> list[Entity]:
        """Return the headcount, an integer as said; 0 for an owner alone unless a number is said."""
        counted = self._counted(message) or self._grouped(message)
        return counted or self._couples(message) or self._alone(message)

    def _counted(self, message: Message) -> list[Entity]:
        for number in find_numbers(message):
            size = self._size(message, number)
            if size:
                return [size]
        return []

    def _size(self, message: Message, number: Number) -> Entity | None:
        if not 0 <= number.value <= _LARGEST or self._not_whole(message, number):
            return None
        who = self._who.at(message, number.last + 1) if number.last + 1 < len(message) else None
        firm = self._after_firm(message, number.first) or self._before_firm(message, number.last)
        if who and (firm or self._served(message, number) or self._told(message, number, who)):
            value = number.value + (who[1] == "roles" and self._and_me(message, who[0]))
            return message.entity("company_size", number.first, who[0], value)
        if firm and number.value > 1 and self._bare(message, number):
            return message.entity("company_size", number.first, number.last, number.value)
        return None

    def _not_whole(self, message: Message, number: Number) -> bool:
        """Whether the number counts a part of the staff, a threshold, or people still to be found."""
        before, after = message.key(number.first - 1), message.key(number.last + 1)
        if after in _PART_OF and message.key(number.last + 2) in _WHOLE_STAFF | {"ses", "leurs", "entre"}:
            return True
        threshold = before == "de" and message.key(number.first - 2) in _THRESHOLD
        if threshold and not self._after_firm(message, number.first - 2):
            return True
        near = {message.key(number.first - step) for step in (1, 2)}
        return bool(near & self._part) and before not in _WHOLE_STAFF

    def _served(self, message: Message, number: Number) -> bool:
        """Whether the number is that of a whole staff: « un ERP pour 45 personnes », « les salaires des 19 »."""
        before, further = (
            message.key(number.first - 1),
            message.keys[max(0, number.first - 4) : number.first - 1],
        )
        if before == "pour":
            return number.value > 1 and not self._serves.isdisjoint(further)
        return before == "des" and message.key(number.first - 2) in self._paid

    def _told(self, message: Message, number: Number, who: tuple[int, str]) -> bool:
        """Whether the people counted are the staff of the firm, without words of the firm before them.

        « 3 salariés » are; « deux vendeuses », « 6 personnes » or « un salarié » after « j’ai » or alone; of
        contracts, « 9 CDI » and not « un CDI ».
        """
        last, kind = who
        if kind == "contracts":
            return number.value > 1
        if kind == "staff" and (number.value != 1 or not number.spelled):
            return True
        if message.isolated(number.first, last) or (kind == "roles" and self._and_me(message, last)):
            return True
        abroad = message.key(number.first - 1) != "de"
        partner = (
            abroad and message.keys[last].startswith(_PARTNERS) and message.key(last + 1) in self._partners
        )
        if kind == "roles" and partner:
            return False
        opens = message.starts_sentence(number.first)
        if kind == "roles" and number.value > 1 and opens and message.key(last + 1) in ("et", "plus"):
            return True
        before = message.key(number.first - 1)
        if before == "de" and number.value > 1:
            return message.key(number.first - 2) not in self._capacity
        have = before in _HAVE or (before == "a" and message.key(number.first - 2) == "on")
        with_one = before == "avec" and _clause_ends_here(message, last)
        return kind != "people" and (have or with_one) and message.key(last + 1) not in _NOT_WHOLE_AFTER

    def _and_me(self, message: Message, last: int) -> bool:
        return message.key(last + 1) in ("et", "plus") and message.key(last + 2) == "moi"

    def _after_firm(self, message: Message, first: int) -> bool:
        for length in (5, 4, 3, 2, 1):
            if first >= length and " ".join(message.keys[first - length : first]) in self._firm:
                return True
        return False

    def _before_firm(self, message: Message, last: int) -> bool:
        return last + 1 < len(message) and self._behind.at(message, last + 1) is not None

    def _bare(self, message: Message, number: Number) -> bool:
        """Whether nothing that is counted follows: « on est deux » but not « on est deux boutiques »."""
        at = number.last + 1
        gap = message.gap(number.last)
        if self._before_firm(message, number.last):
            return True
        ends = (
            at >= len(message)
            or any(mark in gap for mark in ",.;!?)\n")
            or message.key(at) in self._after_alone
        )
        return ends or message.key(at) in (
            "au",
            "ici",
            "la",
            "maintenant",
            "en",
            "seulement",
            "que",
            "je",
            "on",
            "nous",
        )

    def _grouped(self, message: Message) -> list[Entity]:
        """« Une dizaine de salariés »."""
        for at, key in enumerate(message.keys[:-2]):
            if key in self._collective and message.key(at + 1) in ("de", "d"):
                who = self._who.at(message, at + 2)
                if who and (
                    who[1] != "people" or self._after_firm(message, at) or self._after_firm(message, at - 1)
                ):
                    return [message.entity("company_size", at, who[0], self._collective[key])]
        return []

    def _couples(self, message: Message) -> list[Entity]:
        return [
            message.entity("company_size", first, last, 2)
            for first, last, kind in self._said.scan(message)
            if kind == "couple"
        ]  # fmt: skip

    def _alone(self, message: Message) -> list[Entity]:
        found = [(first, last) for first, last, kind in self._said.scan(message) if kind == "alone"]
        found += [
            (first, last) for first, last, _ in self._at_end.scan(message) if self._clause_ends(message, last)
        ]
        return [message.entity("company_size", first, last, 0) for first, last in found[:1]]

    def _clause_ends(self, message: Message, last: int) -> bool:
        gap = message.gap(last)
        return last + 1 >= len(message) or bool(gap.strip()) or message.key(last + 1) in self._after_alone


def _clause_ends_here(message: Message, last: int) -> bool:
    return last + 1 >= len(message) or bool(message.gap(last).strip(" -"))


def _with_plurals(words: Iterable[str]) -> list[str]:
    return [form for word in words for form in (word, f"{word}s")]


def _ends(found: Iterable[str]) -> frozenset[str]:
    return frozenset(normalise_name(phrase) for phrase in found)
