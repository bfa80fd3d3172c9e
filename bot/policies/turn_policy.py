"""Decides what rules cannot see: whether a message answers the question just asked, and whether it was understood.

Both are read from the tracker, two thresholds and a list of words, so that every decision can be explained.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from rasa.core.featurizers.tracker_featurizers import TrackerFeaturizer
from rasa.core.policies.policy import Policy, PolicyPrediction
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import UserUttered
from rasa.shared.core.generator import TrackerWithCachedStates
from rasa.shared.core.trackers import DialogueStateTracker

TAKE_INFORMATION = "action_take_information"
OFFER_CHOICES = "action_offer_choices"
ANSWER_QUESTION = "action_answer_question"
OTHER_BUSINESS_NEED = "action_other_business_need"
COURTESIES = {"greet", "thank", "goodbye", "affirm", "deny", "feedback_positive", "feedback_negative"}
ASK_COST = "action_ask_cost"
RASAS_OWN = {"action_restart", "action_session_start"}
PLACES = {"location", "country", "unknown_postcode"}
# What a refusal of the choices offered sounds like: « c'est pas ça », « autre chose », « aucun des trois ».
REFUSALS, MORE, DENY = {"deny", "feedback_negative", "more_results"}, "more_results", "action_deny"
TALK_TO_HUMAN, REACHED = "talk_to_human", {"phone", "email"}
CALL_BACK, SAYS_ONLY_FACTS = "action_talk_to_human", {"inform", "affirm"}
FACTS = PLACES | {"sector", "company_size", "amount"}
# A message this short that looks like a need, less sure than this, is taken for a place that nobody knows.
WORDS_OF_A_PLACE = 5
WORDS_OF_A_FOLLOW_UP = 14
UNSURE = 0.6


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=False)
class TurnPolicy(Policy):
    """Overrules the rules for a doubtful message and for the answer to a question about the place."""

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        featurizer: TrackerFeaturizer | None = None,
    ) -> None:
        super().__init__(config, model_storage, resource, execution_context, featurizer=featurizer)
        self._rules = TurnRules(
            config["doubt"],
            frozenset(config["function_words"]),
            config["commands"],
            frozenset(config["undecided"]),
            config["follow_ups"],
            config["distress"],
            config["weary"],
        )

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the defaults.

        Below the confidence `doubt` the likeliest needs are offered instead of an answer; a message of `function_words`
        around facts (« et à Brest ? ») is an answer or an addition, whatever need it resembles; `commands` are
        messages that buttons send, by the action that they start. A few words with one of `undecided` answer the
        question about the country; `follow_ups` are patterns of short messages about the need at hand, by action;
        `distress` those of somebody in danger, `weary` the same where no need is stated.
        """
        lists = {"function_words": [], "undecided": [], "distress": [], "weary": []}
        return {"priority": 7, "doubt": 0.35, "commands": {}, "follow_ups": {}} | lists

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> TurnPolicy:
        """Build the policy; it has learnt nothing that could be loaded."""
        return cls(config, model_storage, resource, execution_context)

    def train(
        self, training_trackers: list[TrackerWithCachedStates], domain: Domain, **kwargs: Any
    ) -> Resource:
        """Learn nothing."""
        return self._resource

    def predict_action_probabilities(
        self,
        tracker: DialogueStateTracker,
        domain: Domain,
        rule_only_data: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> PolicyPrediction:
        """Return certainty for the action this policy wants, or nothing so that the rules decide."""
        probabilities = self._default_predictions(domain)
        wanted = self._rules.next_action(tracker)
        if wanted:
            probabilities[domain.index_for_action(wanted)] = 1.0
        return self._prediction(probabilities)


@dataclass(frozen=True)
class TurnRules:
    """The decisions themselves; see `get_default_config` for the values."""

    doubt: float
    function_words: frozenset[str]
    commands: Mapping[str, Sequence[str]] = field(default_factory=dict)
    undecided: frozenset[str] = frozenset()
    follow_ups: Mapping[str, Sequence[str]] = field(default_factory=dict)
    distress: Sequence[str] = ()
    weary: Sequence[str] = ()

    def next_action(self, tracker: DialogueStateTracker) -> str | None:
        """Return the action that must come next whatever the rules say; None where they decide."""
        message = tracker.latest_message
        if message is None or tracker.latest_action_name is None:
            return None
        if tracker.latest_action_name != ACTION_LISTEN_NAME:
            # Every message is answered by one action; what rasa does by itself is its own affair.
            return None if tracker.latest_action_name in RASAS_OWN else ACTION_LISTEN_NAME
        if self._alarming(message):
            return OTHER_BUSINESS_NEED
        if tracker.get_slot("awaiting") == "form":
            # The page has buttons of its own (« Recevoir par e-mail »), which may be pressed at any time.
            return self._command(message) or ANSWER_QUESTION
        return self._in_its_place(tracker, message) or (OFFER_CHOICES if self._doubtful(message) else None)

    def _in_its_place(self, tracker: DialogueStateTracker, message: UserUttered) -> str | None:
        """Return the action for a message that means something where it stands, whatever it resembles."""
        awaiting = tracker.get_slot("awaiting")
        command = self._command(message)
        if command:
            return command
        if _refuses_choices(tracker, message):
            return DENY
        if self._answers(awaiting, message):
            return TAKE_INFORMATION
        if awaiting == "cost" and self._names_what_is_paid(message):
            return ASK_COST
        if not tracker.get_slot("need"):
            return None
        if self._leaves_a_number(message):
            return CALL_BACK
        return self._follow_up(message) or (TAKE_INFORMATION if self._adds_a_fact(message) else None)

    def _leaves_a_number(self, message: UserUttered) -> bool:
        """Tell whether a message leaves a number or an address and wants nothing else: its owner hopes for a call."""
        wants_nothing = message.intent.get("name") in SAYS_ONLY_FACTS or self._doubtful(message)
        return wants_nothing and bool(_named(message, REACHED))

    def _alarming(self, message: UserUttered) -> bool:
        """Tell whether somebody may be in distress."""
        text = (message.text or "").lower().replace("\u2019", "'")
        needs = _named(message, {"need"}) and not self._doubtful(message)
        patterns = self.distress if needs else [*self.distress, *self.weary]
        return any(re.search(each, text) for each in patterns)

    def _adds_a_fact(self, message: UserUttered) -> bool:
        """Tell whether a message adds to the need at hand: it names facts alone, or around words that say nothing sure
        of another subject (« merci, en fait c'est à Rennes », « j'ai 10 000 euros de travaux »).
        """
        courtesy = message.intent.get("name") in COURTESIES
        unsure = self._doubtful(message) or courtesy
        return self._only_names(message, FACTS) or (unsure and bool(_named(message, FACTS - {"sector"})))

    def _command(self, message: UserUttered) -> str | None:
        """Return the action that a message starts word for word, case and marks aside."""
        said = _words(message.text or "")
        starts = (action for action, texts in self.commands.items() if said in map(_words, texts))
        return next(starts, None)

    def _doubtful(self, message: UserUttered) -> bool:
        return message.intent.get("confidence", 0.0) < self.doubt and not _wants_a_person(message)

    def _follow_up(self, message: UserUttered) -> str | None:
        """Return the action for a few words that ask more about the need at hand: « et si j'embauche ? »."""
        text = (message.text or "").lower().replace("\u2019", "'")
        if len(_words(text)) > WORDS_OF_A_FOLLOW_UP:
            return None
        asks = (
            action
            for action, patterns in self.follow_ups.items()
            if any(re.search(each, text) for each in patterns)
        )
        return next(asks, None)

    def _answers(self, awaiting: str | None, message: UserUttered) -> bool:
        """Tell whether a message answers the open question about the place or the country."""
        if awaiting == "country":
            few = len(_words(message.text or "")) <= WORDS_OF_A_PLACE
            undecided = few and not self.undecided.isdisjoint(_words(message.text or ""))
            return undecided or self._answers_with(PLACES, message)
        return awaiting == "place" and self._answers_with(PLACES, message)

    def _answers_with(self, kinds: set[str], message: UserUttered) -> bool:
        """Tell whether a message is the answer to a question about facts of these kinds, known or not."""
        states_a_need = (message.intent.get("name") or "").startswith("need_")
        if not _named(message, kinds):
            unsure = (
                message.intent.get("confidence", 0.0) < UNSURE if states_a_need else self._doubtful(message)
            )
            return unsure and len(_words(message.text)) <= WORDS_OF_A_PLACE
        return not states_a_need or self._doubtful(message) or self._only_names(message, FACTS)

    def _names_what_is_paid(self, message: UserUttered) -> bool:
        """Tell whether a few words answer the question which price is meant: « la caisse »."""
        states_a_need = (message.intent.get("name") or "").startswith("need_")
        return (states_a_need or self._doubtful(message)) and len(_words(message.text)) <= WORDS_OF_A_PLACE

    def _only_names(self, message: UserUttered, kinds: set[str]) -> bool:
        """Tell whether a message names something of these kinds and says nothing else."""
        named = _named(message, kinds)
        return bool(named) and self.function_words.issuperset(_words(_without(message.text, named)))


def _refuses_choices(tracker: DialogueStateTracker, message: UserUttered) -> bool:
    """Tell whether a few words refuse the needs just offered in doubt, however unsure they are.

    With a need at hand « d'autres ? » asks for more contacts, as ever.
    """
    means = message.intent.get("name")
    more = means == MORE and tracker.get_slot("need")
    few = len(_words(message.text or "")) <= WORDS_OF_A_FOLLOW_UP
    return bool(tracker.get_slot("doubts")) and means in REFUSALS and few and not more


def _wants_a_person(message: UserUttered) -> bool:
    """Tell whether a message that sounds like a wish for a person says more of it: a number to ring, or a subject."""
    more = _named(message, REACHED) or (message.parse_data or {}).get("about")
    return message.intent.get("name") == TALK_TO_HUMAN and bool(more)


def _named(message: UserUttered, kinds: set[str]) -> list[dict[str, Any]]:
    return [entity for entity in message.entities if entity.get("entity") in kinds]


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _without(text: str, entities: list[dict[str, Any]]) -> str:
    for entity in sorted(entities, key=lambda each: -each.get("start", 0)):
        text = text[: entity.get("start", 0)] + text[entity.get("end", 0) :]
    return text
