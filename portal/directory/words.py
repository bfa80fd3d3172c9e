"""The names that the directory's pages give to codes and places."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from knowledge.codes import Need
from knowledge.directory.sheets import Area
from knowledge.sentences import Sentences, read_sentences
from knowledge.territories import Place, Territories
from knowledge.typography import french
from yaml_files import read_yaml

WORDING_FILE = Path(__file__).with_name("wording.yml")


@dataclass(frozen=True)
class Words:
    """Names; `own` are the tables of `wording.yml`, `shared` those of the report, `wishes` what each need is after
    « vouloir ».
    """

    own: dict[str, Any]
    shared: Sentences
    wishes: Sentences
    territories: Territories

    def need(self, code: str) -> str:
        """Return the short name of a need."""
        return self.shared.say("needs", code)

    def wish(self, code: str) -> str:
        """Return a need as a verb: « créer ou refaire un site »."""
        return self.wishes.say("needs", code)

    def kind(self, code: str) -> str:
        """Return what sort of body a code stands for."""
        return self.shared.say("kinds", code)

    def name(self, table: str, code: str) -> str:
        """Return the name of a code in one of the tables."""
        return self.own[table][code]

    def groups(self) -> list[tuple[str, list[str]]]:
        """Return the needs by subject, each with the subject's name."""
        return [(group["name"], group["needs"]) for group in self.own["groups"]]

    def place(self, place: Place) -> str:
        """Return a place so that it cannot be taken for another one: « Quimper (29) »."""
        return french(self.own["places"][place.level].format(**asdict(place)))

    def where(self, place: Place) -> str:
        """Return a place with its preposition: « dans le Finistère »."""
        return self.territories.in_words(place)

    def asking(self, need: str, place: Place | None) -> str:
        """Return how an owner would ask the assistant about a need at a place."""
        asked = self.own["asking"]["somewhere" if place else "anywhere"]
        wish = self.own["of_oneself"].get(need) or self.wish(need)
        return asked.format(wish=wish, where=self.where(place) if place else "")

    def area(self, area: Area) -> str:
        """Return where something holds, in words."""
        told = [self.own["areas"]["union"]] if area.union else []
        told += [self.own["areas"]["country"]] if area.country else []
        text = ", ".join(told + [self.place(place) for place in area.places])
        if not area.without:
            return text
        return self.own["areas"]["without"].format(
            area=text, without=", ".join(self.place(place) for place in area.without)
        )


def read_words(territories: Territories, path: Path = WORDING_FILE) -> Words:
    """Return the names; raises ValueError where a need stands in no group or in two."""
    own = read_yaml(path)
    grouped = [need for group in own["groups"] for need in group["needs"]]
    if sorted(grouped) != sorted(Need.values()):
        raise ValueError(f"{path.name}: each need stands in one group")
    return Words(own, read_sentences("freshness"), read_sentences("contacts"), territories)
