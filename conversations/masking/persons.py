"""Names of persons: what announces them, and what is known to be one."""

import re
from collections.abc import Callable, Iterator

from conversations.masking.numbers import Found
from conversations.masking.phrases import compiled_phrases
from conversations.masking.tokens import Token, tokens_of
from conversations.masking.words import fold, load_names, load_towns, load_words

# Words in one name, at most.
MOST_WORDS = 5
# Letters of an unknown word from which it is no slip or abbreviation.
SHORTEST_STRANGE = 4


def find_names(text: str) -> Iterator[Found]:
    """Yield start, end and kind of what looks like the name of a person."""
    yield from ((start, end, "name") for start, end in Reader(text).names())


class Reader:
    """One text, read for names."""

    def __init__(self, text: str) -> None:
        self._plain = fold(text)
        self._phrases, self._names = compiled_phrases(), load_names()
        self._words, self._towns = load_words(), load_towns()
        self._tokens = tokens_of(text, self._plain)
        self._at = {token.start: number for number, token in enumerate(self._tokens)}
        self._firms = [match.span() for match in self._phrases.firms.finditer(self._plain)]

    def names(self) -> Iterator[tuple[int, int]]:
        """Yield the spans, the surest first; some overlap."""
        phrases = self._phrases
        for pattern, first in (
            (phrases.introductions, self._any_word),
            (phrases.titles, self._titled),
            (phrases.relations, self._related),
            (phrases.person_verbs, self._meant),
            (phrases.callers, self._announced),
        ):
            for match in pattern.finditer(self._plain):
                yield from self._name_at(match.end(), first)
        yield from self._signatures()
        for number, token in enumerate(self._tokens):
            if self._known(token) or self._is_pair(number) or self._is_initialled(number):
                yield from self._name_from(number, self._plain_word)
        yield from self._lines()

    def _signatures(self) -> Iterator[tuple[int, int]]:
        for match in self._phrases.closings.finditer(self._plain):
            number = self._at.get(match.end())
            if number is None:
                continue
            for start, end in self._name_from(number, self._signs):
                # A signature has its line for itself, or stands before a job, an address, a number.
                if re.match(r"\s*(?:$|[,\n/|–.!\-(\d])", self._plain[end:]):
                    yield start, end

    def _lines(self) -> Iterator[tuple[int, int]]:
        """Yield names that stand alone, on a line or before a comma or a dash at the beginning."""
        for match in re.finditer(r"(?:^|\n)\s*([^\n,:/–|!?.]+?)\s*(?:$|\n|,|/|–|\||\s-\s)", self._plain):
            words = [token for token in self._tokens if match.start(1) <= token.start < match.end(1)]
            if words and len(words) <= MOST_WORDS and self._is_whole_name(words):
                yield match.start(1), match.end(1)

    def _is_whole_name(self, words: list[Token]) -> bool:
        levels = [self._given(token) for token in words]
        if any(
            token.plain in self._phrases.never and token.plain not in self._phrases.particles
            for token in words
        ):
            return False
        strange = len(words) > 1 and all(token.capital and self._is_strange(token) for token in words)
        if not strange and not any(level in ("sure", "capital", "phrase") for level in levels):
            return False
        return all(token.capital or level == "sure" for token, level in zip(words, levels, strict=True))

    def _name_at(self, position: int, first: Callable[[Token], bool]) -> Iterator[tuple[int, int]]:
        number = self._at.get(position)
        if number is not None:
            yield from self._name_from(number, first)

    def _name_from(self, number: int, first: Callable[[Token], bool]) -> Iterator[tuple[int, int]]:
        """Yield the name that begins at a token which `first` accepts, with the family names around it."""
        leads = first in (self._any_word, self._titled)
        begin = self._past_particles(number) if leads else number
        if begin is None or not first(self._tokens[begin]) or self._is_no_person(number):
            return
        if begin > number and first == self._any_word and not self._is_family(self._tokens[begin]):
            return
        end = begin
        while end - begin < MOST_WORDS:
            after = self._goes_on(end + 1, leads)
            if after is None:
                break
            end = after
        yield self._tokens[self._family_before(number)].start, self._with_initial(end)

    def _past_particles(self, number: int) -> int | None:
        """Return the number of the first word that is no particle, if one follows at once."""
        while number < len(self._tokens) and self._tokens[number].word:
            token = self._tokens[number]
            follows = number + 1 < len(self._tokens) and self._tokens[number + 1].word
            if not (token.plain in self._phrases.particles and follows):
                return number
            number += 1
        return None

    def _goes_on(self, number: int, announced: bool) -> int | None:
        """Return the number of the last token that lengthens a name from here, or None.

        « de » goes before towns as well: an unknown word is a family where a name was announced.
        """
        if number < len(self._tokens) and self._tokens[number].plain == "." and self._is_initial(number - 1):
            number += 1
        begin = self._past_particles(number)
        if begin is None:
            return None
        token = self._tokens[begin]
        small = {each.plain for each in self._tokens[number:begin]}
        if token.plain in self._phrases.never or "et" in small:
            return None
        if small & self._phrases.between:
            family = self._is_family(token) if announced else self._names.family.get(token.plain) == "sure"
            return begin if token.capital and family else None
        known = self._given(token) in ("sure", "capital") or self._names.family.get(token.plain) == "sure"
        return begin if known or token.capital or self._is_strange(token) else None

    def _is_initial(self, number: int) -> bool:
        token = self._tokens[number]
        return token.end - token.start == 1

    def _family_before(self, number: int) -> int:
        """Return the number of the token where a name begins that is written family name first."""
        if number == 0:
            return number
        token = self._tokens[number - 1]
        family = self._names.family.get(token.plain)
        fits = token.word and token.plain not in self._phrases.never and family is not None
        if fits and (family == "sure" or token.capital) and not self._is_no_person(number - 1):
            return number - 1
        return number

    def _with_initial(self, number: int) -> int:
        """Return where the name ends, with the point of an initial."""
        end = self._tokens[number].end
        return end + (self._is_initial(number) and self._plain[end : end + 1] == ".")

    def _is_no_person(self, number: int) -> bool:
        """Tell whether what stands before makes a place or a firm of the name."""
        token = self._tokens[number]
        if any(start <= token.start < end for start, end in self._firms):
            return True
        before = number - 1
        if before < 0:
            return False
        if self._tokens[before].plain in self._phrases.saints | self._phrases.firm_words:
            return True
        # « rue du Général Leclerc », « rue Victor Hugo »: small words and given names may stand between.
        while before >= 0 and (
            self._tokens[before].plain in self._phrases.between or self._given(self._tokens[before])
        ):
            before -= 1
        return before >= 0 and self._tokens[before].plain in self._phrases.streets

    def _any_word(self, token: Token) -> bool:
        saint = token.plain in self._phrases.saints or token.plain.split("-")[0] in self._phrases.saints
        return token.word and token.plain not in self._phrases.never and not saint

    def _is_strange(self, token: Token) -> bool:
        """Tell whether a word is neither one that owners use nor a town, so that it may well be a name."""
        parts = [part for part in re.split("[-']", token.plain) if len(part) >= SHORTEST_STRANGE]
        town = token.plain.replace("-", " ") in self._towns
        return self._any_word(token) and not town and any(part not in self._words for part in parts)

    def _is_family(self, token: Token) -> bool:
        """Tell whether a word may follow a particle that begins a name."""
        return self._names.family.get(token.plain) == "sure" or self._is_strange(token)

    def _plain_word(self, token: Token) -> bool:
        return self._any_word(token)

    def _titled(self, token: Token) -> bool:
        known = token.plain in self._names.family or self._given(token) is not None
        return self._any_word(token) and (token.capital or known or self._is_strange(token))

    def _related(self, token: Token) -> bool:
        return self._announced(token) or self._is_strange(token)

    def _meant(self, token: Token) -> bool:
        """Tell whether a word after « je suis » is a name.

        In small letters it may be a slip of a trade, which stands alone: a name stands before another, or a comma.
        """
        if self._announced(token):
            return True
        number = self._at[token.start] + 1
        after = self._tokens[number] if number < len(self._tokens) else None
        stands = token.capital or (after is not None and (after.plain == "," or self._is_strange(after)))
        return stands and self._is_strange(token)

    def _announced(self, token: Token) -> bool:
        if not self._any_word(token):
            return False
        level = self._given(token)
        return level == "sure" or (token.capital and level is not None)

    def _signs(self, token: Token) -> bool:
        level = self._given(token)
        return self._any_word(token) and (
            token.capital or level not in (None, "place") or self._is_strange(token)
        )

    def _known(self, token: Token) -> bool:
        level = self._given(token)
        return level == "sure" or (token.capital and level == "capital")

    def _is_initialled(self, number: int) -> bool:
        """Tell whether an initial with its point stands here before a word with a capital: « T. Bernard »."""
        signs = self._tokens[number : number + 3]
        if len(signs) < 3 or signs[1].plain != "." or not signs[0].capital:
            return False
        return self._is_initial(number) and signs[2].capital and self._any_word(signs[2])

    def _is_pair(self, number: int) -> bool:
        """Tell whether two words make a name that neither would make alone: « jean yves », « rose hoarau »."""
        if number + 1 >= len(self._tokens):
            return False
        token, after = self._tokens[number : number + 2]
        if all(each.capital and self._is_strange(each) for each in (token, after)):
            return True
        if self._given(token) in (None, "place"):
            return False
        return self._given(after) in ("sure", "capital") or self._names.family.get(after.plain) == "sure"

    def _given(self, token: Token) -> str | None:
        """Return how sure a word is a given name; of a double name, both parts are asked."""
        if not token.word or token.plain in self._phrases.never:
            return None
        whole = self._names.given.get(token.plain)
        if whole or "-" not in token.plain:
            return whole
        first, second = token.plain.split("-", 1)
        both = first in self._names.given and (second in self._names.given or second in self._names.family)
        return self._names.given[first] if both else None
