"""Rasa's side of entity extraction: hands each message to `bot.nlu.entities` and stores what it finds."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.entities import Entity, EntityExtractor, find_invalid_siret, find_unknown_postcode
from knowledge.territories import load_territories


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class OwnerEntityExtractor(GraphComponent):
    """Finds places, countries, trades, headcounts, amounts and identifiers by vocabularies and check digits."""

    def __init__(self, extractor: EntityExtractor) -> None:
        self._extractor = extractor

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> OwnerEntityExtractor:
        """Load the vocabularies once for the process."""
        return cls(EntityExtractor.load())

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the entities found to each message."""
        for message in messages:
            text = message.get(TEXT) or ""
            found = [as_rasa(entity) for entity in self._extractor.extract(text)] + doubtful(text)
            message.set(ENTITIES, message.get(ENTITIES, []) + found, add_to_output=True)
        return messages


def doubtful(text: str) -> list[dict[str, Any]]:
    """Return what looks like a fact and cannot be one: a SIRET with a wrong check digit, a postcode nobody has."""
    found = {
        "invalid_siret": find_invalid_siret(text),
        "unknown_postcode": find_unknown_postcode(text, load_territories()),
    }
    return [
        {"entity": kind, "value": digits, "extractor": OwnerEntityExtractor.__name__}
        for kind, digits in found.items()
        if digits
    ]


def as_rasa(entity: Entity) -> dict[str, Any]:
    """Return the entity in the shape rasa gives on /model/parse (docs/labels.md, "Entities")."""
    shape = {
        "entity": entity.entity,
        "start": entity.start,
        "end": entity.end,
        "value": entity.value,
        "text": entity.text,
        "confidence_entity": entity.confidence,
        "extractor": OwnerEntityExtractor.__name__,
    }
    if entity.additional_info is not None:
        shape["additional_info"] = entity.additional_info
    return shape
