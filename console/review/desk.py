"""What the pages of the review ask."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from console.review.checks import Checks, Finding
from console.viewers import Role, Viewer
from conversations.reading_log import ReadingLog
from conversations.review_candidates import Candidates
from conversations.review_exports import Exports
from conversations.review_masking import Teaching
from conversations.review_queue import NOBODY
from conversations.review_reading import understood_entities
from conversations.review_views import (
    APPROVED,
    PROPOSED,
    Candidate,
    HeardTurn,
    QueueItem,
    Reading,
    State,
    Who,
)
from conversations.reviews import Reviews, open_turns

MOST_CHOICES = 9
# Who reviews: they see the conversations of all places, so any of them may be given any of these.
REVIEWING = (Role.REVIEWER, Role.ADMINISTRATOR)
ME, NO_ONE = "moi", "personne"
Names = Mapping[str, str]


@dataclass(frozen=True)
class Choice:
    """One label that a message may have, and how sure the assistant was of it (0 to 1)."""

    label: str
    confidence: float


@dataclass(frozen=True)
class ReviewDesk:
    """The record's reviews, with the masking and the checks around them.

    `reviewers` gives the names of those who may be given a conversation, `people` those of all accounts, by id.
    """

    reviews: Reviews
    candidates: Candidates
    exports: Exports
    teaching: Teaching
    checks: Checks
    reads: ReadingLog
    reviewers: Callable[[], Names] = dict
    people: Callable[[], Names] = dict

    def heard(self, turn: HeardTurn) -> Reading:
        """Return what the assistant understood of a turn, in words that name nobody."""
        understood: Mapping = turn.understood or {}
        entities = understood_entities(turn.text, understood)
        text, entities = self.teaching.masked(turn.text, entities)
        needs = tuple(understood.get("needs") or ())
        label = (understood.get("intent") or {}).get("name") or ""
        return Reading(text, label, needs, None, entities)

    def hidden(self, text: str) -> str:
        """Return an owner's words, or those of an answer to them, without what names somebody."""
        return self.teaching.hidden(text)

    def following(self, turn_id: str | None = None) -> HeardTurn | None:
        """Return the next turn to look at: after this one in its conversation, else of the next one that waits.

        None where nothing else waits. Raises UnknownTurn.
        """
        conversation = self.reviews.conversation_of(turn_id) if turn_id else None
        turns = self.reviews.turns(conversation) if conversation else []
        place = next((place for place, each in enumerate(turns) if each.id == turn_id), -1)
        if left := open_turns(turns[place + 1 :]) if conversation else []:
            return left[0]
        waiting = [each.conversation_id for each in self.reviews.queue("new")]
        after = waiting.index(conversation) + 1 if conversation in waiting else 0
        others = [each for each in waiting[after:] + waiting[:after] if each != conversation]
        return self.first(others[0]) if others else next(iter(open_turns(turns[:place])), None)

    def first(self, conversation_id: str) -> HeardTurn | None:
        """Return the turn of a conversation to look at first, None where nobody spoke."""
        turns = self.reviews.turns(conversation_id)
        return next(iter(open_turns(turns) or turns), None)

    def queue(self, state: State, viewer: Viewer, whose: str) -> list[QueueItem]:
        """Return the conversations that wait: all, or those given to an account, to the viewer (ME) or to NO_ONE."""
        given_to = {"": None, ME: viewer.account_id, NO_ONE: NOBODY}
        return self.reviews.queue(state, given_to.get(whose, whose))

    def findings(self, reading: Reading, turn_id: str | None = None) -> list[Finding]:
        """Return what is to be known before a message is taught."""
        return self.checks.findings(reading, self.candidates.listed(PROPOSED, APPROVED), turn_id)

    def findings_of(self, candidate: Candidate, others: list[Candidate]) -> list[Finding]:
        """Return what a second person should know of a proposal."""
        rest = [each for each in others if each.id != candidate.id]
        return self.checks.findings(candidate.reading, rest)


def choices(turn: HeardTurn) -> list[Choice]:
    """Return the likeliest labels of a turn, the likeliest first."""
    ranking = (turn.understood or {}).get("intent_ranking") or []
    return [Choice(each["name"], float(each["confidence"])) for each in ranking[:MOST_CHOICES]]


def who(viewer: Viewer) -> Who:
    """Return the viewer as the record names them."""
    return Who(viewer.account_id, viewer.name)
