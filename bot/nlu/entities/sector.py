"""Trades and activities, to the divisions of NAF rév. 2."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from bot.nlu.entities.entity import Entity
from bot.nlu.entities.inflection import phrase_forms
from bot.nlu.entities.message import Message
from bot.nlu.entities.other_people import OtherPeople
from bot.nlu.entities.phrases import Phrases, phrases
from knowledge.territories import normalise_name

# Sections of things made, sold or let: « mes bijoux » tells the trade, « mes cours » does not.
_THINGS = frozenset("ACGI")
# Sections of places and firms: « mon salon » tells the trade, « notre transitaire » does not.
_PLACES = frozenset("ACGIS")
_LONGEST_LEAD = 5
_RETAIL = "47"
_SHORT_ANSWER = 6


@dataclass(frozen=True, slots=True)
class Trade:
    """What a word says of the owner's activity.

    `craft`: registers with the chamber of trades in general; `sure`: the word alone is enough; `context`: a
    thing or service, no trade without words of one's own activity; `adviser`: looked for more often than
    had; `structure`: the word is of a firm and not of a person.
    """

    label: str
    word: str
    division: str
    section: str
    craft: bool
    sure: bool
    context: bool
    adviser: bool
    structure: bool


class Sectors:
    """Finds trades; built from `vocabularies/sectors.yml`."""

    def __init__(self, vocabulary: Mapping):
        self._trades = Phrases(_trades(vocabulary))
        self._own = _keys(vocabulary["own"])
        self._possessive = _keys(vocabulary["possessive"])
        self._between = _keys(vocabulary["between"])
        self._only_trades = _keys(vocabulary["only_trades"])
        self._not_trades = phrases({"no": vocabulary["not_trades"]})
        self._other_words = frozenset(vocabulary["other_words"])
        self._resale = _keys(vocabulary["resale"])
        self._purpose = _keys(vocabulary["purpose"])
        self._sought = _keys(vocabulary["sought"])
        self._others = OtherPeople(vocabulary)

    def find(self, message: Message) -> list[Entity]:
        """Return the trades by NAF division; where the owner's own trade is said, only that."""
        found = []
        elsewhere = {at for first, last, _ in self._not_trades.scan(message) for at in range(first, last + 1)}
        for first, last, trade in self._trades.scan(message):
            if first in elsewhere or message.words[first].raw.lower() in self._other_words:
                continue
            if self._others.practise(message, first, last):
                continue
            owned = self._owned(message, first, last, trade)
            if owned or self._enough(message, first, last, trade):
                sold = trade.context and self._lead(message, first) in self._resale
                entity = _entity(message, first, last, self._retail(trade) if sold else trade)
                found.append((2 * (not trade.context) + owned, entity))
        best = max((rank for rank, _ in found), default=0)
        return [entity for rank, entity in found if rank == best]

    def _lead(self, message: Message, first: int) -> str:
        """Return the word before the trade, articles and small adjectives left out."""
        for at in range(first - 1, max(-1, first - 1 - _LONGEST_LEAD), -1):
            if message.keys[at] not in self._between:
                return "" if message.starts_sentence(at + 1) else message.keys[at]
        return "dans" if "dans" in message.keys[max(0, first - _LONGEST_LEAD) : first] else ""

    def _retail(self, trade: Trade) -> Trade:
        """Return the trade of a shop that sells what another makes: « un commerce de vêtements »."""
        return replace(trade, division=_RETAIL, section="G", craft=False)

    def _owned(self, message: Message, first: int, last: int, trade: Trade) -> bool:
        lead = self._lead(message, first)
        if trade.section == "C" and (lead in self._purpose or _done_by_me(message, last)):
            return True
        if lead in self._possessive:
            if trade.adviser:
                # « Mon cabinet d’avocats » is the owner's, « mon agence web » one he pays.
                told = any(key in self._own for key in message.keys[max(0, first - _LONGEST_LEAD) : first])
                return trade.structure and (told or not trade.context)
            return trade.sure or trade.section in (_THINGS if trade.context else _PLACES)
        if trade.context and lead in self._only_trades:
            return False
        return lead in self._own and not self._wanted(message, first, last)

    def _enough(self, message: Message, first: int, last: int, trade: Trade) -> bool:
        """Whether the word tells the trade by itself: a plain trade, or the head of a short answer."""
        if self._wanted(message, first, last):
            return False
        if trade.sure and not trade.adviser:
            return True
        begins = first == 0 or message.starts_sentence(first)
        if begins and trade.sure:
            return True
        alone = message.isolated(first, last) and len(message) > last - first + 1
        return not trade.context and (alone or (begins and len(message) <= _SHORT_ANSWER))

    def _wanted(self, message: Message, first: int, last: int) -> bool:
        """Whether it is somebody else: « je cherche un développeur », « un menuisier m’a dit »."""
        before = [message.key(first - step) for step in (1, 2, 3)]
        article = before[0] in ("un", "une", "des", "d", "de")
        if article and message.key(last + 1) in ("m", "me", "nous"):
            return True
        return article and any(key in self._sought for key in before[1:])


def _done_by_me(message: Message, last: int) -> bool:
    """« Les lampes que je dessine »."""
    return message.key(last + 1) in ("que", "qu") and message.key(last + 2) in ("je", "j", "on", "nous")


def _entity(message: Message, first: int, last: int, trade: Trade) -> Entity:
    info = {"trade": trade.label, "said": trade.word, "section": trade.section, "craft": trade.craft}
    return message.entity("sector", first, last, trade.division, info)


def _keys(words: list[str]) -> frozenset[str]:
    return frozenset(normalise_name(word) for word in words)


def _trades(vocabulary: Mapping) -> dict[str, Trade]:
    weak, structures = _keys(vocabulary["weak"]), _keys(vocabulary["structures"])
    not_sought = _keys(vocabulary["not_sought"])
    found: dict[str, Trade] = {}
    for sure in (True, False):
        for division, content, label, word in _words(vocabulary["divisions"], sure):
            key = normalise_name(word)
            trade = Trade(
                label=label,
                word=word,
                division=division,
                section=content["section"],
                craft=_is_craft(content["craft"], {label, word}),
                sure=sure and key not in weak,
                context=not sure,
                adviser=content.get("adviser", False) and key not in not_sought,
                structure=key.partition(" ")[0] in structures,
            )
            for form in (word, *sorted(phrase_forms(word))):
                found.setdefault(normalise_name(form), trade)
    return found


def _words(divisions: Mapping, sure: bool) -> Iterator[tuple[str, Mapping, str, str]]:
    """Yield division, its content, label and word: the trades first, then the words in context."""
    for division, content in divisions.items():
        if not sure:
            yield from ((division, content, word, word) for word in content.get("in_context", ()))
            continue
        for label, others in content["trades"].items():
            yield from ((division, content, label, word) for word in (label, *others))


def _is_craft(craft: str | list[str], words: set[str]) -> bool:
    return craft == "all" or (craft != "none" and not words.isdisjoint(craft))
