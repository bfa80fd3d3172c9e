"""Hides names from readers who need none, in texts and in texts with entities."""

from collections.abc import Sequence

from conversations.masking import mask, spans
from conversations.masking.words import load_phrases
from conversations.review_ranges import Marked, Replacement, replaced


class NamesHidden:
    """The veil of a reader who needs no names."""

    def text(self, text: str) -> str:
        """Return `text` with what leads to a person replaced by the word for its kind."""
        return mask(text)

    def marked(self, text: str, entities: Sequence[Marked]) -> tuple[str, Sequence[Marked]]:
        """Return the same, and the entities at their new places; one that was hidden is gone."""
        words = load_phrases()["masks"]
        hidden = [Replacement(each.start, each.end, words[each.kind]) for each in spans(text)]
        return replaced(text, entities, hidden)
