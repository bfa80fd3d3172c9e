"""Draws from the tables of `month.yml`; everything that is drawn comes from one seeded source."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from conversations.areas import area_of
from yaml_files import read_yaml

FILE = Path(__file__).with_name("month.yml")
PARIS = ZoneInfo("Europe/Paris")


@lru_cache
def load_month() -> Mapping[str, Any]:
    """Read the tables."""
    return read_yaml(FILE)


class Place(NamedTuple):
    """A commune; `departement_name` as it is written."""

    name: str
    code: str
    departement: str
    departement_name: str

    @property
    def territory(self) -> dict[str, str]:
        """Return the place as the record keeps it."""
        return {"level": "commune", "code": self.code, "name": self.name}

    def body(self, family: str) -> tuple[str, str]:
        """Return id and name of the chamber of this family here."""
        return f"{family}-{self.departement.lower()}", f"{family.upper()} – {self.departement_name}"


@dataclass(frozen=True)
class Firm:
    """Who speaks: a place, a trade with its NAF division, a headcount."""

    place: Place
    trade: str
    division: str
    size: int


class Draws:
    """Everything that is drawn, from one seed."""

    def __init__(self, seed: int, tables: Mapping[str, Any] | None = None) -> None:
        self.random = random.Random(seed)
        self.tables = tables or load_month()

    def weighted(self, weights: Mapping[Any, int]) -> Any:
        """Return one key, the likelier the greater its weight."""
        return self.random.choices(list(weights), weights=list(weights.values()))[0]

    def row(self, rows: Sequence[Sequence[Any]]) -> Sequence[Any]:
        """Return one row without the weight it begins with."""
        return self.random.choices(rows, weights=[row[0] for row in rows])[0][1:]

    def happens(self, share: str) -> bool:
        """Tell whether something of this share (in hundredths) happens."""
        return self.random.random() * 100 < self.tables["shares"][share]

    def firm(self) -> Firm:
        """Return a firm."""
        name, code, departement_name = self.row(self.tables["places"])
        trade, division = self.row(self.tables["trades"])
        departement = area_of({"level": "commune", "code": code}).departement or ""
        place = Place(name, code, departement, departement_name)
        return Firm(place, trade, division, self.weighted(self.tables["sizes"]))

    def moment(self, last: date, days: int) -> datetime:
        """Return a moment of the `days` days that end with `last`, at hours when people write."""
        weekdays = self.tables["days"]
        all_days = [last - timedelta(days=number) for number in range(days)]
        day = self.random.choices(all_days, weights=[weekdays[each.weekday()] for each in all_days])[0]
        minutes = time(
            self.weighted(self.tables["hours"]), self.random.randrange(60), self.random.randrange(60)
        )
        return datetime.combine(day, minutes, PARIS).astimezone(timezone.utc)

    def need(self) -> str:
        """Return a need."""
        return self.weighted({need: held["weight"] for need, held in self.tables["needs"].items()})

    def confidence(self, sure: bool) -> float:
        """Return how sure a message was understood."""
        drawn = self.random.betavariate(9, 1.4) if sure else self.random.uniform(0.12, 0.58)
        return round(max(0.6, drawn) if sure else drawn, 4)
