"""Countries other than France: names, adjectives, people and well-known cities."""

from collections.abc import Mapping
from dataclasses import dataclass

from babel import Locale

from bot.nlu.entities.country_slips import CountrySlips
from bot.nlu.entities.entity import Entity
from bot.nlu.entities.inflection import feminines, forms, phrase_forms
from bot.nlu.entities.message import Message
from bot.nlu.entities.phrases import Phrases, phrases
from knowledge.territories import normalise_name

# French territories and what is no country in the CLDR list.
_FRENCH = frozenset(["FR", "GP", "MQ", "GF", "RE", "YT", "PM", "BL", "MF", "PF", "NC", "WF", "TF", "CP"])
_NO_COUNTRY = frozenset(
    ["SX", "EU", "EZ", "UN", "XA", "XB", "ZZ", "QO", "AC", "TA", "DG", "IO", "EA", "IC", "UM"]
)
_TO = frozenset(["a", "au", "aux", "en", "vers", "depuis", "pour", "sur", "chez"])
_OF = frozenset(["de", "du", "des", "d"])
_ARTICLES = frozenset(["le", "la", "les", "l"])
# Words of somebody else's site: « copié sur un site chinois ».
_ELSEWHERE = frozenset(["sur", "par", "chez", "avec", "de", "d", "depuis", "via"])


# Of a site that does something: « un site russe a pris mes photos ».
_ACTS = frozenset(
    ["a", "ont", "vend", "vendent", "copie", "copient", "utilise", "reprend", "me", "m", "nous", "qui"]
)


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a phrase says: a country by its `kind` (`name`, `cldr`, `people` or `city`)."""

    code: str
    kind: str
    guarded: bool


class Countries:
    """Finds foreign countries; built from `vocabularies/countries.yml` and the CLDR names."""

    def __init__(self, vocabulary: Mapping):
        guarded = {normalise_name(word) for word in vocabulary["guarded"]}
        self._countries = Phrases(_meanings(vocabulary, guarded))
        self.slips = CountrySlips(self._countries, vocabulary["never_countries"])
        set_phrases = {form for phrase in vocabulary["not_countries"] for form in phrase_forms(phrase)}
        self._not_countries = phrases({"no": [*vocabulary["not_countries"], *set_phrases]})
        self._given = frozenset(normalise_name(word) for word in vocabulary["given_names"])
        self._things = frozenset(normalise_name(word) for word in vocabulary["things"])
        self._cuisine = frozenset(normalise_name(word) for word in vocabulary["cuisine"])
        self._language = frozenset(normalise_name(word) for word in vocabulary["language"])
        self._pages = frozenset(normalise_name(word) for word in vocabulary["pages"])
        tongues = [form for word in vocabulary["languages"] for form in (word, *feminines(word))]
        self._tongues = frozenset(normalise_name(form) for form in tongues)
        self._feminine = _feminine_only(vocabulary["people"])

    def find(self, message: Message) -> list[Entity]:
        """Return the countries, by ISO 3166-1 alpha-2 code; a foreign city gives its country."""
        spoken_of = {
            at for first, last, _ in self._not_countries.scan(message) for at in range(first, last + 1)
        }
        found = [
            message.entity("country", first, last, meaning.code, {"kind": meaning.kind})
            for first, last, meaning in self._countries.scan(message)
            if first not in spoken_of and self._meant(message, first, last, meaning)
        ]
        return found or self.slips.find(message)

    def _meant(self, message: Message, first: int, last: int, meaning: Meaning) -> bool:
        if meaning.guarded and not self._placed(message, first):
            return False
        if " ".join(message.keys[first : last + 1]) in self._given and not _led(message, first):
            return False
        if meaning.kind == "people":
            spoken = self._cooking(message, first) or self._speaking(message, first)
            return not spoken and not self._manner(message, first)
        return not (meaning.kind == "city" and message.key(first - 1) in ("rue", "avenue", "boulevard"))

    def _placed(self, message: Message, first: int) -> bool:
        """Whether a preposition of place, or a capital inside the sentence, says that a place is meant."""
        if (
            len(message) == 1
            or _led(message, first)
            or (message.capital(first) and not message.starts_sentence(first))
        ):
            return True
        return message.key(first - 1) in _OF and message.keys[first] not in self._things

    def _cooking(self, message: Message, first: int) -> bool:
        near = (message.key(first - 1), message.key(first - 2))
        return any(key in self._cuisine for key in near)

    def _speaking(self, message: Message, first: int) -> bool:
        """Whether a singular adjective is a language: « en anglais », « parler l’allemand »."""
        key, before = message.keys[first], message.key(first - 1)
        if key not in self._tongues:
            return False
        if before in self._language or (before in ("et", "ou") and message.key(first - 3) in self._language):
            return True
        if before in ("pas", "bien", "mal", "couramment") and message.key(first - 2) in self._language:
            return True
        if before in self._pages:
            return not self._another_site(message, first)
        article = before in ("l", "le", "d") and not message.capital(first)
        return (
            article and (before == "d" or message.key(first - 2) in self._language) and not key.endswith("s")
        )

    def _another_site(self, message: Message, first: int) -> bool:
        """Whether the site of an adjective is a foreign one and not a translation of the owner's.

        « Un site allemand » may be either and stays open: only a site that is gone to, or that acts, counts.
        """
        indefinite = message.key(first - 2) in ("un", "une", "des")
        spoken = self._language & set(message.keys[max(0, first - 5) : first + 4])
        acts = message.key(first - 3) in _ELSEWHERE or message.key(first + 1) in _ACTS
        return indefinite and acts and not spoken

    def _manner(self, message: Message, first: int) -> bool:
        """« À l’anglaise », « à la turque »: a way of doing, where a country would be « à l’Angleterre »."""
        lead = message.key(first - 2), message.key(first - 1)
        if lead not in (("a", "la"), ("a", "l")) or message.capital(first):
            return False
        return message.keys[first] in self._feminine or lead[1] == "la"


def _led(message: Message, first: int) -> bool:
    before = message.key(first - 1)
    return (message.key(first - 2) if before in _ARTICLES else before) in _TO


def _meanings(vocabulary: Mapping, guarded: set[str]) -> dict[str, Meaning]:
    """Return what each phrase means; where two countries share one, the first list that has it decides."""
    lists = {"name": vocabulary["names"], "cldr": _official_names(), "people": vocabulary["people"]}
    found: dict[str, Meaning] = {}
    for kind, phrases_by_code in (*lists.items(), ("city", vocabulary["cities"])):
        for code, written in phrases_by_code.items():
            for key in _keys(written, kind):
                found.setdefault(key, Meaning(code, kind, key in guarded))
    return found


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
