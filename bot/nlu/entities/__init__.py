"""Entities of an owner's message, normalised; pure functions over vocabularies, without rasa."""

from bot.nlu.entities.entity import Entity
from bot.nlu.entities.extractor import EntityExtractor
from bot.nlu.entities.place_numbers import find_unknown_postcode
from bot.nlu.entities.siret import find_invalid_siret

__all__ = ["Entity", "EntityExtractor", "find_invalid_siret", "find_unknown_postcode"]
