"""Rasa's side of the need model: trains it on the NLU data, gives intents and `need` entities."""

from __future__ import annotations

import json
from typing import Any

import joblib
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, INTENT, METADATA, METADATA_EXAMPLE, METADATA_INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.entities import EntityExtractor
from bot.nlu.guard import says_nothing
from bot.nlu.masking import mask
from bot.nlu.need_example import NEED_PREFIX, Example
from bot.nlu.need_model import NeedModel, Understanding

INTENT_RANKING = "intent_ranking"
ABOUT = "about"
OUT_OF_SCOPE = "out_of_scope"
_FILE = "need_model.joblib"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class NeedClassifier(GraphComponent):
    """Says the main intent, how sure it is, and each need that the message states."""

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        model: NeedModel | None = None,
    ) -> None:
        self._config, self._storage, self._resource, self._model = config, model_storage, resource, model

    @staticmethod
    def required_packages() -> list[str]:
        """Return the packages that must be installed."""
        return ["sklearn"]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the defaults of `NeedModel`.

        `false_second_needs` and `sure_and_wrong` are the shares allowed on unseen messages, `mistyped_share` that
        of the messages also trained on with slips of the fingers, `mistyped_rates` from what to what part of a message.
        """
        return {
            "cost": 1.0,
            "folds": 5,
            "false_second_needs": 0.05,
            "sure_and_wrong": 0.03,
            "most_needs": 3,
            "situations": [],
            "situated_share": 0.3,
            "manners": [],
            "unmannered": [],
            "polite_share": 0.3,
            "mistyped_share": 0.5,
            "mistyped_rates": [0.03, 0.15],
        }

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> NeedClassifier:
        """Build an untrained component."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> NeedClassifier:
        """Build the component with the model that was trained."""
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, joblib.load(folder / _FILE))

    def train(self, training_data: TrainingData) -> Resource:
        """Train on the labelled examples and store the model."""
        settings = {name: self._config[name] for name in self.get_default_config()}
        examples = examples_of(training_data, EntityExtractor.load())
        self._model = NeedModel(**settings).fit(examples)
        with self._storage.write_to(self._resource) as folder:
            joblib.dump(self._model, folder / _FILE, compress=3)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Add to each message its intent (`sure`: no other need be named), the ranking of all and its needs.

        A wish for a person gets `about`, `{"need", "confidence"}`, where it clearly says what it is about.
        """
        for message in messages:
            understood = self._understand(message.get(TEXT) or "", message.get(ENTITIES, []))
            ranking = [{"name": name, "confidence": confidence} for name, confidence in understood.ranking]
            message.set(INTENT, ranking[0] | {"sure": understood.sure}, add_to_output=True)
            message.set(INTENT_RANKING, ranking, add_to_output=True)
            needs = [need_entity(code, confidence) for code, confidence in understood.needs]
            message.set(ENTITIES, needs + message.get(ENTITIES, []), add_to_output=True)
            if understood.about:
                code, confidence = understood.about
                message.set(ABOUT, {"need": code, "confidence": confidence}, add_to_output=True)
        return messages

    def _understand(self, text: str, entities: list[dict[str, Any]]) -> Understanding:
        """Ask the model, unless nothing was said at all."""
        if says_nothing(text):
            others = tuple((label, 0.0) for label in self._model.labels if label != OUT_OF_SCOPE)
            return Understanding(((OUT_OF_SCOPE, 1.0), *others), ())
        return self._model.understand(mask(text, entities))


def need_entity(code: str, confidence: float) -> dict[str, Any]:
    """Return a stated need in the shape of an entity; it has no place of its own in the text."""
    return {"entity": "need", "value": code, "confidence": confidence, "extractor": NeedClassifier.__name__}


def examples_of(training_data: TrainingData, extractor: EntityExtractor) -> list[Example]:
    """Return the labelled examples, masked as messages will be; two-need ones name their needs in their metadata."""
    return [_example(message, extractor) for message in training_data.intent_examples]


def _example(message: Message, extractor: EntityExtractor) -> Example:
    label = message.get(INTENT)
    metadata, block = (_metadata(message, kind) for kind in (METADATA_EXAMPLE, METADATA_INTENT))
    own = (label.removeprefix(NEED_PREFIX),) if label.startswith(NEED_PREFIX) else ()
    text = message.get(TEXT)
    masked = mask(text, (vars(entity) for entity in extractor.extract(text)))
    needs = tuple(metadata.get("needs") or own)
    return Example(masked, label, needs, block.get("voice", ""), metadata.get("about", ""))


def _metadata(message: Message, kind: str) -> dict[str, Any]:
    """Return the metadata of an example or of its block, which rasa may give back as the text of the file."""
    found = (message.get(METADATA) or {}).get(kind) or {}
    return json.loads(found) if isinstance(found, str) else found
