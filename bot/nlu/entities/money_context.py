"""Whether the words around a number without unit make it a sum of money."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.nlu.entities.message import Message
from knowledge.territories.names import normalise_name

# Euros: a smaller number after « budget » is more likely a number of months or of a year.
SMALLEST = 100
_SMALLEST_ROUND = 500
_SMALLEST_PRICE = 10
_SMALLEST_ALONE = 1_000_000
# « 2000 » is more likely a sum.
_YEARS = frozenset(range(1950, 2041)) - {2000}
_LONGEST_LEAD = 4
_MOST_BETWEEN = 6
_MARKED = re.compile(r"[,.;:!?()«»\n…=+]|\s[-–—]\s")
_STOP = re.compile(r"[.;!?\n…()]")
_NOT_EUROS = re.compile(r"[%°$£/²@#]")


@dataclass(frozen=True, slots=True)
class Bare:
    """A number without unit: its words, its value, and whether its figures may be a postcode or a year."""

    first: int
    last: int
    value: int
    postcode: bool = False
    year: bool = False

    @property
    def round(self) -> bool:
        """Whether it is a number that people say of money they have in mind."""
        return self.value >= _SMALLEST_ROUND and self.value % (500 if self.postcode else 50) == 0


class MoneyContext:
    """Words of money around numbers; built from `vocabularies/amount.yml`."""

    def __init__(self, vocabulary: Mapping):
        lists = {name: _forms(words) for name, words in vocabulary.items() if isinstance(words, list)}
        self._lists = lists
        self._leads = dict.fromkeys(lists["answers"], "answers")
        self._leads |= dict.fromkeys(lists["vague"], "vague")
        self._leads |= dict.fromkeys(lists["verbs"], "verbs")
        self._leads |= dict.fromkeys(lists["money"], "money")

    def is_money(self, message: Message, number: Bare) -> bool:
        """Return whether the number is a sum; one that is denied (« et pas 5 000 ») is none."""
        if number.year or number.value < _SMALLEST_PRICE or self._other(message, number):
            return False
        if self._priced(message, number):
            return True
        if number.value < SMALLEST or self._denied(message, number):
            return False
        if self._follows(message, number.last, "after"):
            return True
        lead = self._lead(message, number.first) or self._beside(message, number.first)
        if not self._ends(message, number, lead):
            return False
        return lead == "money" or (number.round and self._round_sum(message, number, lead))

    def is_answer(self, message: Message, first: int, last: int) -> bool:
        """Return whether a number in words is all that is said, or the sum before its tax."""
        if message.key(last) not in self._lists["thousands"]:
            return False
        return (first == 0 and last + 1 == len(message)) or self._follows(message, last, "taxes")

    def _round_sum(self, message: Message, number: Bare, lead: str | None) -> bool:
        if number.value >= _SMALLEST_ALONE:
            return True
        goods = message.key(number.last + 1) in self._lists["of"]
        sum_of = goods or not number.postcode or (lead == "beside" and self._has(message, "topic"))
        if lead in ("verbs", "answers") or (lead in ("vague", "beside") and sum_of):
            return not self._has(message, "not_money")
        if self._follows(message, number.last, "after_round") or self._corrected(message, number):
            return not number.postcode and not self._has(message, "not_money")
        marked = number.first == 0 or bool(_MARKED.search(message.gap(number.first - 1)))
        return marked and not number.postcode and self._has(message, "topic")

    def _other(self, message: Message, number: Bare) -> bool:
        """Whether a mark or a word beside the number makes it a percentage or a sum of another country."""
        beside = message.gap(number.last)[:2]
        if _NOT_EUROS.search(beside) and not self._follows(message, number.last, "every"):
            return True
        if _NOT_EUROS.search(message.gap(number.first - 1)[-1:]):
            return True
        following = message.key(number.last + 1), message.key(number.last + 2)
        if following[0] in ("pourcent", "fois") or following == ("pour", "cent"):
            return True
        if number.value == SMALLEST and message.key(number.first - 1) == "pour":
            return True
        return not self._lists["foreign"].isdisjoint(following)

    def _denied(self, message: Message, number: Bare) -> bool:
        at = number.first - 1
        if message.key(at) == "plus":
            return True
        while message.key(at) in ("de", "les", "c", "est", "a") and at > number.first - 4:
            at -= 1
        if message.key(at) in ("que", "lieu") and at > 0:
            return message.key(at) == "lieu" or self._rather(message, at)
        return message.key(at) in self._lists["denied"]

    def _rather(self, message: Message, at: int) -> bool:
        return not self._lists["rather"].isdisjoint(message.keys[:at])

    def _priced(self, message: Message, number: Bare) -> bool:
        """« Un abonnement à 39 par mois », « mettre 200 par mois »."""
        if not self._follows(message, number.last, "every"):
            return False
        before = message.key(number.first - 1)
        return before in self._lists["price"] or self._lead(message, number.first) in ("money", "verbs")

    def _corrected(self, message: Message, number: Bare) -> bool:
        """« 5000 et pas 50 000 »: another large number follows, as the one that was not meant."""
        for length in (3, 2, 1):
            end = number.last + 1 + length
            if " ".join(message.keys[number.last + 1 : end]) in self._lists["instead"]:
                return message.key(end).isdecimal() and len(message.key(end)) != 5
        return False

    def _lead(self, message: Message, first: int) -> str | None:
        """Return « money » if words of money stand before the number, else the list of the nearest words that lead."""
        at, nearest = first, None
        for _ in range(_MOST_BETWEEN):
            if at == 0 or _STOP.search(message.gap(at - 1)):
                break
            for length in range(min(_LONGEST_LEAD, at), 0, -1):
                lead = self._leads.get(" ".join(message.keys[at - length : at]))
                if lead == "money":
                    return lead
                nearest = nearest or lead
            at -= 1
            if message.keys[at] not in self._lists["between"]:
                break
        return nearest

    def _beside(self, message: Message, first: int) -> str | None:
        return "beside" if message.key(first - 1) in self._lists["beside"] else None

    def _ends(self, message: Message, number: Bare, lead: str | None) -> bool:
        """Whether nothing that is counted follows."""
        at, gap = number.last + 1, message.gap(number.last)
        key = message.key(at)
        if at >= len(message) or _MARKED.search(gap) or key in self._lists["ends"]:
            return True
        if self._follows(message, number.last, "every"):
            return True
        worth = lead == "money" or message.key(number.first - 1) in self._lists["worth"]
        return worth and key in self._lists["of"]

    def _follows(self, message: Message, last: int, name: str) -> bool:
        phrases = self._lists[name]
        if name == "every" and message.gap(last).strip() == "/":
            return message.key(last + 1) in self._lists["each"]
        for skip in (1, 2):
            if skip == 2 and message.key(last + 1) not in ("max", "maxi", "maximum", "environ"):
                break
            for length in (5, 4, 3, 2, 1):
                if " ".join(message.keys[last + skip : last + skip + length]) in phrases:
                    return True
        return False

    def _has(self, message: Message, name: str) -> bool:
        return not self._lists[name].isdisjoint(message.keys)


def is_year(value: int) -> bool:
    """Return whether a number of four figures may be a year."""
    return value in _YEARS


def _forms(words: Iterable[str]) -> frozenset[str]:
    return frozenset(normalise_name(word) for word in words)
