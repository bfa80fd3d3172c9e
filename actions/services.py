"""What actions need from the rest of the product, wired once and handed over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from actions.areas import area_finder
from actions.denials import denial_test
from actions.firm_words import FirmWords
from actions.languages import foreign_test
from actions.responses import RESPONSES, read_responses
from actions.routes import RULES, read_routes
from actions.stated_needs import NeedWords
from actions.wording_store import Wording
from conversations.interests import Interests
from conversations.mailer import Mailer, NoMailer
from conversations.requests import RequestDesk
from conversations.sending import AnswerPost
from knowledge.guidance.finder import Finder
from knowledge.last_copy import LastCopy
from knowledge.rules.legal_forms import legal_forms
from knowledge.service import KnowledgeBase
from knowledge.territories import Place, Territories


@dataclass(frozen=True)
class Services:
    """The knowledge base, the territories and the wording; `today` says which day it is.

    `requests` and `interests` are kept in the record; `mailer` says whether e-mails are sent at all. `last_copy`
    holds whom to call when the knowledge base does not answer; `answer_post` sends answers by e-mail; `kept_days` tells
    for how many days conversations, then requests, are kept.
    """

    knowledge: KnowledgeBase
    territories: Territories
    wording: Wording
    today: Callable[[], date] = date.today
    last_copy: LastCopy | None = None
    requests: RequestDesk | None = None
    interests: Interests | None = None
    mailer: Mailer = field(default_factory=NoMailer)
    answer_post: AnswerPost | None = None
    kept_days: tuple[int, int] = (90, 365)

    @cached_property
    def denied(self) -> Callable[[str], bool]:
        """Return the test of words that take back the place behind them."""
        return denial_test(**self.wording.denials)

    @cached_property
    def foreign(self) -> Callable[[str], bool]:
        """Return the test of messages in another language than French."""
        return foreign_test(**self.wording.languages)

    @cached_property
    def areas(self) -> Callable[[str], list[str]]:
        """Return what finds the areas abroad that a text names."""
        return area_finder(self.wording.areas)

    @cached_property
    def firm_words(self) -> FirmWords:
        """Return what reads the age and the legal form of a firm."""
        return FirmWords(self.wording.firm, self.wording.what_if["numbers"], legal_forms(), self.today)

    @cached_property
    def need_words(self) -> NeedWords:
        """Return what reads which of the needs of a message are meant."""
        return NeedWords(self.wording.need_words)

    @cached_property
    def cost_topics(self) -> Finder:
        """Return the finder of the need whose price a question asks for."""
        topics = self.wording.cost_topics["topics"]
        return Finder({need: [*topic["words"], *topic.get("unread", ())] for need, topic in topics.items()})

    @cached_property
    def routes(self) -> dict[str, str]:
        """Return the action or response that the rules give each intent."""
        return read_routes(RULES)

    @cached_property
    def responses(self) -> dict[str, str]:
        """Return the first text of each response by its name."""
        return read_responses(RESPONSES)

    def place(self, reference: dict[str, str] | None) -> Place | None:
        """Return the place that a `{"level", "code"}` of the memory stands for."""
        return self.territories.get(reference["level"], reference["code"]) if reference else None
