"""Tells whether a message is written in another language than French."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection

from py3langid.langid import MODEL_FILE, LanguageIdentifier

# Those that owners in France write; among all that the identifier knows, hurried French resembles some small one.
LANGUAGES = ("fr", "en", "es", "de", "it", "pt", "nl", "pl", "ro", "tr", "ar", "zh", "ru", "uk", "vi")
# Short messages and hurried French resemble anything: « la banke a di non » passes for Italian.
LEAST_WORDS = 6
SURE = 0.999


def foreign_test(french: Collection[str]) -> Callable[[str], bool]:
    """Return a test of a message: is it surely in another language? A third of a second to build.

    A message that holds one of the words `french` (without accents) is not.
    """
    known = frozenset(french)
    identifier = LanguageIdentifier.from_pickled_model(MODEL_FILE, norm_probs=True)
    identifier.set_languages(LANGUAGES)

    def foreign(text: str) -> bool:
        words = _words(text)
        if len(words) < LEAST_WORDS or known.intersection(words):
            return False
        language, probability = identifier.classify(text)
        return language != "fr" and probability >= SURE

    return foreign


def _words(text: str) -> list[str]:
    bare = "".join(
        each for each in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(each)
    )
    return re.findall(r"[a-z]+", bare)
