"""Finds records by the words an owner uses for them."""

from collections.abc import Iterable, Mapping

from knowledge.guidance.words import alike, stems

_SMALL = 2  # words of so few letters (« de », « un ») need not be typed, unless they stand alone
_TELLING = 4  # a word of fewer letters (« mon », « une ») says nothing outside its phrase


class Finder:
    """Phrases of many records; a phrase is found where each of its words stands in the text, in any order.

    `phrases` gives those of each record by its id.
    """

    def __init__(self, phrases: Mapping[str, Iterable[str]]):
        self._phrases = {key: [_needed(stems(phrase)) for phrase in given] for key, given in phrases.items()}

    def scores(self, text: str) -> dict[str, int]:
        """Return the records that `text` names, with the number of letters that speak for each.

        Where no phrase stands in the text, two words from phrases of one record do.
        """
        typed = stems(text)
        return self.named(text) or _found(
            {key: _letters(_loose(phrases, typed)) for key, phrases in self._phrases.items()}
        )

    def named(self, text: str) -> dict[str, int]:
        """Return the records of which a whole phrase stands in `text`, with the number of letters that do."""
        typed = stems(text)
        return _found({key: _letters(_whole(phrases, typed)) for key, phrases in self._phrases.items()})


def _found(scores: dict[str, int]) -> dict[str, int]:
    return {key: score for key, score in scores.items() if score}


def _needed(words: list[str]) -> list[str]:
    return [word for word in words if len(word) > _SMALL] or words


def _letters(words: set[str]) -> int:
    return sum(map(len, words))


def _whole(phrases: list[list[str]], typed: list[str]) -> set[str]:
    """Return the words of the phrases that stand in the text."""
    return {
        word
        for phrase in phrases
        if phrase and all(_typed(word, typed) for word in phrase)
        for word in phrase
    }


def _loose(phrases: list[list[str]], typed: list[str]) -> set[str]:
    """Return the telling words that stand in the text, or none where there is one only."""
    telling = {word for phrase in phrases for word in phrase if len(word) >= _TELLING}
    found = {word for word in telling if _typed(word, typed)}
    return found if len(found) > 1 else set()


def _typed(known: str, typed: list[str]) -> bool:
    return any(alike(word, known) for word in typed)
