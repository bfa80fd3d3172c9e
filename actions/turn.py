"""One message of the owner, as it was understood, and what it adds to the memory."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from rasa_sdk import Tracker

from actions.memory import AWAITING_PLACE, OWED, Memory
from actions.sums import is_no_cost, is_turnover
from knowledge.codes import ABROAD

NEED_PREFIX = "need_"
DOUBTS = ("invalid_siret", "unknown_postcode")
# A French place undoes both.
HERE = {"abroad": False, "place_declined": False}
# The area of `wording/areas.yml` for trade with the overseas territories, and how their codes begin.
OVERSEAS, OVERSEAS_CODES = "overseas", ("97", "98")
FACTS = ("company_size", "amount", "country")
CONTACTS = ("email", "phone")


def nowhere(text: str) -> list[str]:
    """Find no area."""
    return []


def nothing(text: str) -> dict[str, Any]:
    """Find no fact."""
    return {}


def never(words: str) -> bool:
    """Say no to anything."""
    return False


@dataclass(frozen=True)
class Turn:
    """The owner's message: its text, intent, the ranking of all intents, its needs and its other entities.

    `confidence` is that in the intent, `sure` tells whether it is enough to name no other, `sender` is the conversation
    as the dialogue engine knows it. `about` is the need that a wish for a person is about, `areas` are those that are
    said instead of a country (« en Afrique »). `told` are facts of the firm: `turnover`, `age_years`, `legal_form`.
    """

    text: str
    intent: str
    ranking: list[str]
    needs: list[str]
    entities: list[dict[str, Any]]
    denied: Callable[[str], bool] = never
    foreign: bool = False
    confidence: float = 1.0
    sender: str = ""
    about: str | None = None
    sure: bool = True
    areas: list[str] = field(default_factory=list)
    told: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        tracker: Tracker,
        denied: Callable[[str], bool] = never,
        foreign: Callable[[str], bool] = never,
        areas: Callable[[str], list[str]] = nowhere,
        told: Callable[[str], dict[str, Any]] = nothing,
    ) -> Turn:
        """Read the latest message of the tracker; `denied` tells whether words take back what comes after them,
        `foreign` whether a message is in another language than French; `areas` finds areas abroad, `told` the age and
        the legal form of the firm.
        """
        message = tracker.latest_message
        found = message.get("entities") or []
        intent = (message.get("intent") or {}).get("name") or ""
        needs = [each["value"] for each in found if each["entity"] == "need"]
        if not needs and intent.startswith(NEED_PREFIX):
            needs = [intent.removeprefix(NEED_PREFIX)]
        ranking = [each["name"] for each in message.get("intent_ranking") or []]
        others = [each for each in found if each["entity"] != "need"]
        text = message.get("text") or ""
        main = message.get("intent") or {}
        about = (message.get("about") or {}).get("need")
        return cls(
            text,
            intent,
            ranking,
            needs,
            others,
            denied,
            foreign(text),
            confidence=main.get("confidence", 0.0),
            sender=tracker.sender_id,
            about=about,
            sure=main.get("sure", True),
            areas=areas(_without_countries(text, others)),
            told=told(text) | _turnover(text, others),
        )

    def all(self, kind: str) -> list[dict[str, Any]]:
        """Return the entities of one kind, in the order of the message; of sums those that a project may cost."""
        found = [each for each in self.entities if each["entity"] == kind]
        owed = OWED in self.needs
        return (
            [each for each in found if not is_no_cost(self.text, each, owed)] if kind == "amount" else found
        )

    def last(self, kind: str) -> dict[str, Any] | None:
        """Return the last entity of one kind that is not denied: the new value comes after the old one."""
        told = [each for each in self.all(kind) if not self._denied(each)]
        return next(reversed(told), None)

    @property
    def countries(self) -> list[str]:
        """Return the countries of the message that are not denied, in its order."""
        return list(dict.fromkeys(each["value"] for each in self.all("country") if not self._denied(each)))

    @property
    def sells_overseas(self) -> bool:
        """Tell whether an overseas territory is named beside the place of the firm: « à Tahiti, depuis Bordeaux »."""
        own = self.place["additional_info"]["departement"] if self.place else None
        others = {each["additional_info"].get("departement") or "" for each in self.all("location")} - {own}
        return any(code.startswith(OVERSEAS_CODES) for code in others)

    @property
    def place(self) -> dict[str, Any] | None:
        """Return the last place told; of « Fort-de-France, Martinique » the commune, which says more."""
        last = self.last("location")
        wide = last and last["additional_info"]["level"] != "commune"
        inside = [
            each
            for each in self.all("location")
            if wide and not self._denied(each) and _lies_in(each["additional_info"], last["additional_info"])
        ]
        return inside[-1] if inside else last

    def _denied(self, entity: dict[str, Any]) -> bool:
        return self.denied(self.text[: entity.get("start", 0)])

    @property
    def doubts(self) -> list[str]:
        """Return what looks like a fact but cannot be one: `invalid_siret`, `unknown_postcode`."""
        return [name for name in DOUBTS if self.all(name)]

    @property
    def informs(self) -> bool:
        """Tell whether the message holds any fact about the firm or the project."""
        return bool(self.told) or any(each["entity"] not in DOUBTS for each in self.entities)


def _lies_in(info: dict[str, Any], wider: dict[str, Any]) -> bool:
    return info["level"] == "commune" and info[wider["level"]] == wider["code"]


def _turnover(text: str, entities: list[dict[str, Any]]) -> dict[str, int]:
    sums = [each["value"] for each in entities if each["entity"] == "amount" and is_turnover(text, each)]
    return {"turnover": sums[-1]} if sums else {}


def _without_countries(text: str, entities: list[dict[str, Any]]) -> str:
    """Return the text without the countries: « Afrique du Sud » is no area."""
    countries = [each for each in entities if each["entity"] == "country" and "end" in each]
    for each in sorted(countries, key=lambda each: -each["start"]):
        text = text[: each["start"]] + text[each["end"] :]
    return text


def learn(memory: Memory, turn: Turn) -> Memory:
    """Return the memory with every fact of the message; a later fact replaces an earlier one."""
    facts = {kind: turn.last(kind)["value"] for kind in FACTS if turn.last(kind)}
    facts |= _markets(memory, turn)
    sector = turn.last("sector")
    if sector:
        info = sector.get("additional_info") or {}
        facts["sector"] = {
            "division": sector["value"],
            "trade": info.get("trade"),
            "craft": info.get("craft"),
        }
    if turn.told:
        facts["told"] = memory.told | turn.told
    return _learn_place(replace(learn_contact(memory, turn), **facts), turn)


def _markets(memory: Memory, turn: Turn) -> dict[str, Any]:
    """Return the countries of the message, or its areas where it is about abroad (« fonds européens » is not)."""
    if turn.countries:
        return {"markets": turn.countries, "country_declined": False}
    areas = turn.areas or ([OVERSEAS] if turn.sells_overseas else [])
    abroad = any(need in ABROAD for need in turn.needs or memory.needs)
    return {"markets": areas, "country": None} if areas and abroad else {}


def learn_contact(memory: Memory, turn: Turn) -> Memory:
    """Return the memory with the e-mail address and the telephone number of the message, and nothing else of it."""
    told = {kind: turn.last(kind)["value"] for kind in CONTACTS if turn.last(kind)}
    return replace(memory, contact=memory.contact | told) if told else memory


def _learn_place(memory: Memory, turn: Turn) -> Memory:
    """Take the place of the message: settled, or as choices to ask back."""
    named = turn.place
    if named is None:
        return memory
    info = named["additional_info"]
    place = {"level": info["level"], "code": info["code"]}
    settled = _among(memory.place_choices, info)
    choices = [] if settled else _choices(info)
    if choices:
        return replace(memory, place=None, place_choices=choices, awaiting=AWAITING_PLACE, **HERE)
    return replace(memory, place=settled or place, place_choices=[], awaiting=None, **HERE)


def _choices(info: dict[str, Any]) -> list[dict[str, str]]:
    """Return the places a name may mean, the likeliest first; none where it means one only."""
    others = info.get("alternatives") or []
    if not others:
        return []
    everything = [info, *(each for each in others if each["code"] != info["code"])]
    return [
        {"level": each["level"], "code": each["code"], "departement": each["departement"]}
        for each in everything
    ]


def _among(choices: list[dict[str, str]], info: dict[str, Any]) -> dict[str, str] | None:
    """Return the choice that the place named in answer points to: itself, or the only one of its département."""
    inside = [
        each
        for each in choices
        if each["code"] == info["code"]
        or (info["level"] != "commune" and each["departement"] == info["departement"])
    ]
    return {"level": inside[0]["level"], "code": inside[0]["code"]} if len(inside) == 1 else None
