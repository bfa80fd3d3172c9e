"""Countries other than France: names, adjectives, people and well-known cities."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from babel import Locale

from bot.nlu.entities.country_slips import CountrySlips
from bot.nlu.entities.entity import Entity
from bot.nlu.entities.inflection import feminines, forms, phrase_forms
from bot.nlu.entities.language import Languages, without_silent
from bot.nlu.entities.message import Message
from bot.nlu.entities.phrases import Phrases, phrases
from knowledge.territories import normalise_name

# French territories and what is no country in the CLDR list.
_FRENCH = frozenset(["FR", "GP", "MQ", "GF", "RE", "YT", "PM", "BL", "MF", "PF", "NC", "WF", "TF", "CP"])
_NO_COUNTRY = frozenset(
    ["SX", "EU", "EZ", "UN", "XA", "XB", "ZZ", "QO", "AC", "TA", "DG", "IO", "EA", "IC", "UM"]
)
_VOWELS = tuple("aeiouyh")
# Letters: a shorter name with a glued article is another word (« linde », « dinde »).
_SHORTEST_GLUED = 5
_SLIP_CONFIDENCE = 0.7


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a phrase says: a country by its `kind` (`name`, `cldr`, `people` or `city`)."""

    code: str
    kind: str
    guarded: bool


class Countries:
    """Finds foreign countries; built from `vocabularies/countries.yml` and the CLDR names."""

    def __init__(self, vocabulary: Mapping):
        guarded = _normal(vocabulary["guarded"])
        self._countries = Phrases(_meanings(vocabulary, guarded))
        self.slips = CountrySlips(
            self._countries, vocabulary["never_countries"], _normal(vocabulary["slips_after"])
        )
        set_phrases = {form for phrase in vocabulary["not_countries"] for form in phrase_forms(phrase)}
        self._not_countries = phrases({"no": [*vocabulary["not_countries"], *set_phrases]})
        self._given, self._things = _normal(vocabulary["given_names"]), _normal(vocabulary["things"])
        self._cuisine, self._short_after = _normal(vocabulary["cuisine"]), _normal(vocabulary["short_after"])
        self._to, self._of = _normal(vocabulary["to"]), _normal(vocabulary["of"])
        self._articles = _normal(vocabulary["articles"])
        self._townsmen = {form for word in vocabulary["townspeople"] for form in _keys([word], "people")}
        self._language = Languages(vocabulary)
        self._feminine = _feminine_only(vocabulary["people"])
        self._twins = {code: _normal(cities) for code, cities in vocabulary["twin_cities"].items()}

    def find(self, message: Message) -> list[Entity]:
        """Return the countries, by ISO 3166-1 alpha-2 code; a foreign city gives its country."""
        spoken_of = {
            at for first, last, _ in self._not_countries.scan(message) for at in range(first, last + 1)
        }
        exact = list(self._countries.scan(message))
        held = spoken_of | {at for first, last, _ in exact for at in range(first, last + 1)}
        found = [
            message.entity("country", first, last, meaning.code, {"kind": meaning.kind})
            for first, last, meaning in exact
            if first not in spoken_of and self._meant(message, first, last, meaning)
        ]
        return self._settled(found) + self._misspelt(message, held)

    def _misspelt(self, message: Message, held: set[int]) -> list[Entity]:
        found = []
        for at, name in self.slips.find(message, held):
            meaning = self._countries.meanings[name]
            if meaning.kind != "people" or not self._spoken(message, at, name):
                entity = message.entity("country", at, at, meaning.code, {"kind": meaning.kind})
                found.append(replace(entity, confidence=_SLIP_CONFIDENCE))
        return found

    def _settled(self, found: list[Entity]) -> list[Entity]:
        """Return the cities of the same name in two countries as those of the one that is named too."""
        named = {str(entity.value) for entity in found if entity.additional_info["kind"] != "city"}
        settled = []
        for entity in found:
            city = entity.additional_info["kind"] == "city" and normalise_name(entity.text)
            twin = next((code for code in sorted(named) if city in self._twins.get(code, ())), entity.value)
            settled.append(replace(entity, value=twin))
        return settled

    def _meant(self, message: Message, first: int, last: int, meaning: Meaning) -> bool:
        name = " ".join(message.keys[first : last + 1])
        if meaning.guarded and not self._placed(message, first, last):
            return False
        if name in self._given and not self._led(message, first):
            return False
        if meaning.kind == "people":
            return not self._spoken(message, first, name)
        return not (meaning.kind == "city" and message.key(first - 1) in ("rue", "avenue", "boulevard"))

    def _placed(self, message: Message, first: int, last: int) -> bool:
        """Whether a preposition of place, or a capital inside the sentence, says that a place is meant."""
        key, before = message.keys[first], message.key(first - 1)
        if first == last and len(key) == 2 and before in self._of and message.key(first - 2) == "pres":
            # « Près d’Us » is a French village.
            return False
        if len(message) == 1 or self._led(message, first):
            return True
        if message.capital(first) and not message.starts_sentence(first):
            return True
        if first == last and len(key) == 2:
            return before in self._short_after
        of = before in self._of or before in self._articles and message.key(first - 2) in self._of
        return of and key not in self._things

    def _spoken(self, message: Message, first: int, name: str) -> bool:
        """Whether the adjective of a people is a language, a way of cooking or a way of doing."""
        cooking = name not in self._townsmen and self._cooking(message, first)
        return cooking or self._language.spoken(message, first, name) or self._manner(message, first)

    def _cooking(self, message: Message, first: int) -> bool:
        near = (message.key(first - 1), message.key(first - 2))
        return any(key in self._cuisine for key in near)

    def _manner(self, message: Message, first: int) -> bool:
        """« À l’anglaise », « à la turque »: a way of doing, where a country would be « à l’Angleterre »."""
        lead = message.key(first - 2), message.key(first - 1)
        if lead not in (("a", "la"), ("a", "l")) or message.capital(first):
            return False
        return message.keys[first] in self._feminine or lead[1] == "la"

    def _led(self, message: Message, first: int) -> bool:
        before = message.key(first - 1)
        return (message.key(first - 2) if before in self._articles else before) in self._to


def _normal(words: Iterable[str]) -> frozenset[str]:
    return frozenset(normalise_name(word) for word in words)


def _meanings(vocabulary: Mapping, guarded: frozenset[str]) -> dict[str, Meaning]:
    """Return what each phrase means; where two countries share one, the first list that has it decides.

    Forms with a glued article (« lallemagne ») or without their last letter (« anglai ») come after all others.
    """
    lists = {"name": vocabulary["names"], "cldr": _official_names(), "people": vocabulary["people"]}
    found: dict[str, Meaning] = {}
    for kind, phrases_by_code in (*lists.items(), ("city", vocabulary["cities"])):
        for code, written in phrases_by_code.items():
            for key in _keys(written, kind):
                found.setdefault(key, Meaning(code, kind, key in guarded))
    ordinary = _normal(vocabulary["never_glued"])
    for key, meaning in list(found.items()):
        for form in _worn(key, meaning):
            if form not in ordinary:
                found.setdefault(form, meaning)
    return found


def _worn(key: str, meaning: Meaning) -> Iterator[str]:
    """Yield the forms of one word that many write: a glued article, a silent last letter left out."""
    if " " in key or meaning.guarded:
        return
    bare = [key]
    if meaning.kind == "people":
        bare += [cut for cut in (without_silent(key),) if cut != key]
        yield from bare[1:]
    if key.startswith(_VOWELS) and len(key) >= _SHORTEST_GLUED:
        yield from (article + form for article in ("l", "d") for form in bare)


def _official_names() -> dict[str, list[str]]:
    names = Locale("fr").territories
    return {code: [names[code]] for code in names if len(code) == 2 and code not in _FRENCH | _NO_COUNTRY}


def _feminine_only(people: Mapping[str, list[str]]) -> frozenset[str]:
    """Return the feminine singular adjectives, those that are the masculine too left in."""
    words = [word for found in people.values() for word in found]
    return frozenset(normalise_name(form) for word in words for form in feminines(word))


def _keys(written: list[str], kind: str) -> set[str]:
    every = (forms(word) if kind == "people" else {word} for word in written)
    return {normalise_name(form) for found in every for form in found}
