"""Whether the adjective of a people is a language: « en anglais », « traductrice du russe »."""

from collections.abc import Mapping

from bot.nlu.entities.inflection import feminines
from bot.nlu.entities.message import Message
from knowledge.territories import normalise_name

_SILENT = {"ais": "ai", "ois": "oi", "and": "an", "ands": "ans"}


def without_silent(key: str) -> str:
    """Return a folded word without its silent last letter: « anglai », « alleman »."""
    for ending, heard in _SILENT.items():
        if key.endswith(ending):
            return key.removesuffix(ending) + heard
    return key


class Languages:
    """Tells languages from peoples; built from `vocabularies/countries.yml`."""

    def __init__(self, vocabulary: Mapping):
        sets = ("language", "lessons", "pages", "elsewhere", "acts", "translators")
        self._sets = {name: frozenset(map(normalise_name, vocabulary[name])) for name in sets}
        singular = {normalise_name(word) for word in vocabulary["languages"]}
        feminine = {normalise_name(form) for word in vocabulary["languages"] for form in feminines(word)}
        self._masculine = singular | {without_silent(key) for key in singular}
        self._tongues = self._masculine | feminine

    def spoken(self, message: Message, first: int, key: str) -> bool:
        """Return whether the word at `first`, in its right spelling `key`, is a language."""
        if key not in self._tongues:
            return False
        before, language = message.key(first - 1), self._sets["language"]
        if first and message.gap(first - 1) == "-" and self.spoken(message, first - 1, before):
            return True
        if before in language or (before in ("et", "ou") and message.key(first - 3) in language):
            return True
        if before in ("pas", "bien", "mal", "couramment") and message.key(first - 2) in language:
            return True
        if before in self._sets["pages"]:
            return not self._another_site(message, first)
        return self._after_article(message, first, key)

    def _after_article(self, message: Message, first: int, key: str) -> bool:
        """« Parler l’allemand », « trois mots d’anglais »; « un couple d’Anglais » is of people."""
        before = message.key(first - 1)
        if before not in ("l", "le", "d", "du") or message.capital(first) or key not in self._masculine:
            return False
        if not self._sets["translators"].isdisjoint(message.keys):
            return True
        taught = self._sets["language"] | self._sets["lessons"]
        if before == "d" and not key.endswith("s"):
            return True
        return message.key(first - 2) in taught

    def _another_site(self, message: Message, first: int) -> bool:
        """Whether the site of an adjective is a foreign one and not a translation of the owner's.

        « Un site allemand » may be either and stays open: only a site that is gone to, or that acts, counts.
        """
        indefinite = message.key(first - 2) in ("un", "une", "des")
        spoken = self._sets["language"] & set(message.keys[max(0, first - 5) : first + 4])
        elsewhere, acts = self._sets["elsewhere"], self._sets["acts"]
        goes_on = message.key(first - 3) in elsewhere or message.key(first + 1) in acts
        return indefinite and goes_on and not spoken
