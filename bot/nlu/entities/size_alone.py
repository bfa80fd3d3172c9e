"""Owners who say that they work alone, with one other person, or « à quatre »."""

from collections.abc import Iterable, Iterator, Mapping

from bot.nlu.entities.entity import Entity
from bot.nlu.entities.message import Message
from bot.nlu.entities.numbers import Number, is_part
from bot.nlu.entities.phrases import Phrases, phrases
from knowledge.territories.names import normalise_name

# The endings of trades that are people: « plombier », « coiffeuse », « fleuriste ».
_PEOPLE = (
    "ier",
    "iere",
    "eur",
    "euse",
    "iste",
    "ien",
    "ienne",
    "rice",
    "ere",
    "er",
    "logue",
    "pathe",
    "graphe",
    "ron",
    "ger",
    "tor",
)

_WE = frozenset(["on", "nous", "ns", "sommes"])
_FEMININE = {"ier": "iere", "eur": "euse", "ien": "ienne", "er": "ere", "ron": "ronne"}


class Alone:
    """Finds the words of owners alone; built from `vocabularies/company_size.yml` and the trades of `sectors.yml`."""

    def __init__(self, vocabulary: Mapping, trades: Iterable[str]):
        self._said = phrases({"alone": vocabulary["alone"], "couple": vocabulary["couple"]})
        self._at_end = phrases({"alone": vocabulary["alone_at_end"]})
        self._solo = phrases({"solo": vocabulary["solo"]})
        self._micro = phrases({"micro": vocabulary["micro"]})
        lists = (
            "after_alone",
            "micro_not_before",
            "micro_after",
            "solo_opening",
            "solo_opening_after",
            "denied",
        )
        self._lists = {
            name: forms(vocabulary[name])
            for name in (*lists, "couple_not_before", "not_alone_after", "in_all_before")
        }
        self._first_words = {
            vocabulary_of: frozenset(form.partition(" ")[0] for form in vocabulary_of.meanings)
            for vocabulary_of in (self._said, self._at_end, self._solo, self._micro)
        }
        people = {key for key in forms(trades) if " " not in key and key.endswith(_PEOPLE)}
        self._owners = forms(vocabulary["owners"]) | people | {_feminine(key) for key in people}

    def is_trade(self, key: str) -> bool:
        """Return whether a word, singular or plural, is a trade of a person."""
        return key in self._owners or key.removesuffix("s") in self._owners

    def in_all(self, message: Message, numbers: list[Number]) -> list[Entity]:
        """« On est charpentiers à quatre », « en SARL à deux »."""
        if _WE.isdisjoint(message.keys):
            return []
        for number in numbers:
            at = number.first - 1
            if message.key(at) != "a" or not 1 < number.value < 20 or is_part(message, number):
                continue
            before = message.key(at - 1)
            ends = number.last + 1 >= len(message) or bool(message.gap(number.last).strip())
            trade = self.is_trade(before) or before in self._lists["in_all_before"]
            if ends and (message.gap(at - 1).strip() == "," or trade):
                return [message.entity("company_size", at, number.last, number.value)]
            if trade and message.key(number.last + 1) in ("et", "dans", "depuis"):
                return [message.entity("company_size", at, number.last, number.value)]
        return []

    def _scan(self, said: Phrases[str], message: Message) -> Iterator[tuple[int, int, str]]:
        """Scan only messages that hold a first word: most hold none."""
        if self._first_words[said].isdisjoint(message.keys):
            return iter(())
        return said.scan(message)

    def couples(self, message: Message) -> list[Entity]:
        """Return « mon mari et moi », two people."""
        return [
            message.entity("company_size", first, last, 2)
            for first, last, kind in self._scan(self._said, message)
            if kind == "couple" and message.key(first - 1) not in self._lists["couple_not_before"]
        ]

    def alone(self, message: Message) -> list[Entity]:
        """Return the first words of an owner alone, 0 people."""
        found = [
            (first, last)
            for first, last, kind in self._scan(self._said, message)
            if kind == "alone" and self._holds(message, first, last)
        ]
        found += [
            (first, last)
            for first, last, _ in self._scan(self._at_end, message)
            if self._clause_ends(message, last)
        ]
        found = found or self._in_trade(message) or self._status(message)
        return [message.entity("company_size", first, last, 0) for first, last in found[:1]]

    def _holds(self, message: Message, first: int, last: int) -> bool:
        """Whether the status is not denied, and no other place is meant: « pas de salarié à l'étranger »."""
        if (
            message.key(first - 1) in self._lists["denied"]
            or "plus" in message.keys[max(0, first - 2) : first]
        ):
            return False
        return not any(
            " ".join(message.keys[last + 1 : last + 1 + length]) in self._lists["not_alone_after"]
            for length in (1, 2, 3)
        )

    def _in_trade(self, message: Message) -> list[tuple[int, int]]:
        """« Seule », « plombier tout seul », « kiné libérale, seule », « Tout seul dans mon atelier, … »."""
        found = []
        for first, last, _ in self._scan(self._solo, message):
            said = " ".join(message.keys[first : last + 1])
            opens = first == 0 and said in self._lists["solo_opening"]
            placed = opens and message.key(last + 1) in self._lists["solo_opening_after"]
            alone = first == 0 and last + 1 >= len(message)
            named = message.key(first - 1) in self._owners and self._free(message, last)
            if placed or alone or named or self._set_off(message, first, last):
                found.append((first, last))
        return found

    def _set_off(self, message: Message, first: int, last: int) -> bool:
        """Whether the words are a fact among others: « Vallauris, seule, Etsy »."""
        around = (message.gap(first - 1).strip(), message.gap(last).strip())
        ends = last + 1 >= len(message) or around[1] == "," and message.key(last + 1) not in ("ne", "n")
        return first > 0 and around[0] == "," and ends

    def _free(self, message: Message, last: int) -> bool:
        return self._clause_ends(message, last) or message.key(last + 1) not in (
            "responsable",
            "client",
            "maître",
        )

    def _status(self, message: Message) -> list[tuple[int, int]]:
        """« Réforme 2026, micro concerné ? », « je suis en micro »."""
        return [
            (first, last)
            for first, last, _ in self._scan(self._micro, message)
            if self._is_status(message, first, last)
        ]

    def _is_status(self, message: Message, first: int, last: int) -> bool:
        before = message.key(first - 1)
        if before in self._lists["micro_not_before"] or "plus" in message.keys[max(0, first - 3) : first]:
            return False
        if "passer" in message.keys[max(0, first - 3) : first]:
            return False
        gap = message.gap(last)
        ends = last + 1 >= len(message) or any(mark in gap for mark in ",.;:!?)\n")
        return ends or (gap.isspace() and message.key(last + 1) in self._lists["micro_after"])

    def _clause_ends(self, message: Message, last: int) -> bool:
        gap = message.gap(last)
        ends = last + 1 >= len(message) or bool(gap.strip())
        return ends or message.key(last + 1) in self._lists["after_alone"]


def _feminine(trade: str) -> str:
    for ending, feminine in _FEMININE.items():
        if trade.endswith(ending):
            return trade.removesuffix(ending) + feminine
    return trade


def forms(words: Iterable[str]) -> frozenset[str]:
    """Return the comparison forms of the words of a list."""
    return frozenset(normalise_name(str(word)) for word in words)


def with_plurals(words: Iterable[str]) -> list[str]:
    """Return the words and their plurals in -s."""
    return [form for word in words for form in (word, f"{word}s")]


def trades_of(sectors: Mapping) -> list[str]:
    """Return the names of trades in `vocabularies/sectors.yml`."""
    return [
        word
        for content in sectors["divisions"].values()
        for label, others in content["trades"].items()
        for word in (label, *others)
    ]
