"""French territories: official codes, names as people say them, and how to say them back."""

from knowledge.territories.loading import load_territories
from knowledge.territories.names import normalise_name
from knowledge.territories.place import Place, UnknownTerritory
from knowledge.territories.territories import Territories

__all__ = ["Place", "Territories", "UnknownTerritory", "load_territories", "normalise_name"]
