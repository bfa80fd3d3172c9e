"""Makes up what one turn holds: words, what was understood of them, what was answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from conversations.synthetic.drawing import Draws, Firm, Place

OFFER, ANSWER = "action_offer_choices", "action_answer_need"


@dataclass(frozen=True)
class MadeTurn:
    """One turn; `failure` is a word where it was not answered."""

    text: str
    understood: dict[str, Any]
    messages: list[dict[str, Any]]
    place: Place | None = None
    failure: str | None = None

    @property
    def answers(self) -> bool:
        """Tell whether the turn brought contacts, which an owner may judge."""
        return self.failure is None and any(each.get("custom") for each in self.messages)


class Turns:
    """The turns of one conversation of one firm; what was said before is known later."""

    def __init__(self, draws: Draws, firm: Firm, model_id: str) -> None:
        self._draws = draws
        self._tables = draws.tables
        self._firm = firm
        self._model_id = model_id
        self._slots: dict[str, Any] = {}

    def need(self, need: str, place_known: bool) -> MadeTurn:
        """Return a turn that states a need, answered or, without a place, asked back."""
        says = self._draws.random.choice(self._tables["needs"][need]["says"])
        text = self._fill(says)
        self._slots["need"] = need
        self._learn("{place}" in says or place_known, "{trade}" in says)
        messages = self._answers(need) if "place" in self._slots else [{"text": self._say("asks_place")}]
        understood = self._understood(text, f"need_{need}", [need], ANSWER)
        return MadeTurn(text, understood, messages, self._place())

    def place(self) -> MadeTurn:
        """Return a turn that answers where the firm is."""
        text = self._firm.place.name
        self._learn(True, False)
        messages = self._answers(self._slots.get("need", "grants"))
        return MadeTurn(
            text, self._understood(text, "inform", [], "action_take_information"), messages, self._place()
        )

    def doubt(self) -> MadeTurn:
        """Return a turn that was not understood."""
        drawn = self._draws.random.choice(self._tables["doubts"])
        sure = self._draws.confidence(sure=False)
        understood = self._understood(drawn["says"], drawn["guesses"][0], [], OFFER, sure, drawn["guesses"])
        buttons = [{"title": each, "payload": each} for each in ("Autre chose", "Parler à un conseiller")]
        return MadeTurn(
            drawn["says"], understood, [{"text": self._say("doubt"), "buttons": buttons}], self._place()
        )

    def follow_up(self) -> MadeTurn:
        """Return a turn after an answer."""
        acts = self._tables["follow_ups"]
        act = self._draws.weighted({name: held["weight"] for name, held in acts.items()})
        says = self._draws.random.choice(acts[act]["says"])
        text = self._fill(says)
        self._learn("{place}" in says, "{trade}" in says)
        messages = [{"text": self._say("follow_up")}]
        return MadeTurn(text, self._understood(text, act, [], acts[act]["action"]), messages, self._place())

    def failed(self, need: str) -> MadeTurn:
        """Return a turn that nobody answered."""
        text = self._fill(self._draws.random.choice(self._tables["needs"][need]["says"]))
        why = self._draws.random.choice(self._tables["failures"])
        return MadeTurn(text, {}, [{"text": self._say("failed")}], failure=why)

    def _learn(self, place: bool, trade: bool) -> None:
        if place:
            self._slots["place"] = {"level": "commune", "code": self._firm.place.code}
        if trade:
            self._slots["sector"] = {"division": self._firm.division, "trade": self._firm.trade}
            self._slots["company_size"] = self._firm.size

    def _place(self) -> Place | None:
        return self._firm.place if "place" in self._slots else None

    def _answers(self, need: str) -> list[dict[str, Any]]:
        """Return the contacts for a need, and what may pay for it where schemes are known."""
        answers = [self._contacts(need)]
        known = self._tables["schemes"].get(need)
        if known:
            drawn = dict(self._draws.row(known) for _ in range(3))
            items = [{"id": code, "title": title} for code, title in drawn.items()]
            card = {"type": "funding", "need": need, "items": items}
            answers.append({"text": self._say("funding", titles=", ".join(drawn.values())), "custom": card})
        return answers

    def _contacts(self, need: str) -> dict[str, Any]:
        """Return an answer with the two chambers of the place, now and then with a national body alone or nobody."""
        card = {"type": "contacts", "need": need, "items": [], "more": False}
        if self._draws.happens("nobody"):
            return {"text": self._say("nobody"), "custom": card}
        items = self._nationals() if self._draws.happens("only_national") else self._chambers()
        names = "\n".join(f"{at}. {each['name']}" for at, each in enumerate(items, start=1))
        return {"text": self._say("contacts", names=names), "custom": card | {"items": items, "more": True}}

    def _chambers(self) -> list[dict[str, str]]:
        whys = (("cma", "first_why"), ("cci", "second_why"))
        return [
            self._item(*self._firm.place.body(family), "departement", self._say(why)) for family, why in whys
        ]

    def _nationals(self) -> list[dict[str, str]]:
        return [
            self._item(*each, "national", self._say("national_why")) for each in self._tables["nationals"]
        ]

    def _item(self, key: str, name: str, level: str, why: str) -> dict[str, str]:
        return {"id": key, "name": name, "level": level, "why": why, "status": "to_check"}

    def _understood(
        self,
        text: str,
        intent: str,
        needs: list[str],
        action: str,
        confidence: float | None = None,
        guesses: Sequence[str] = (),
    ) -> dict[str, Any]:
        sure = self._draws.confidence(sure=True) if confidence is None else confidence
        names = [intent, *(guesses[1:] or ("need_grants", "inform"))]
        left = round((1 - sure) / len(names), 4)
        ranking = [{"name": intent, "confidence": sure}]
        ranking += [{"name": name, "confidence": left} for name in names[1:] if name != intent]
        return {
            "intent": dict(ranking[0]),
            "intent_ranking": ranking,
            "needs": needs,
            "entities": self._entities(text),
            "slots": dict(self._slots),
            "actions": [action],
            "timings": [{"action": action, "ms": self._draws.random.randint(4, 60)}],
            "model_id": self._model_id,
        }

    def _entities(self, text: str) -> list[dict[str, Any]]:
        place = self._firm.place
        codes = {"level": "commune", "code": place.code, "departement": place.departement}
        found = [("location", place.name, place.name, codes)]
        found.append(("sector", self._firm.trade, self._firm.division, None))
        entities = []
        for kind, words, value, info in found:
            at = text.find(words)
            if at >= 0:
                known = {"entity": kind, "start": at, "end": at + len(words), "value": value, "text": words}
                entities.append(known | ({"additional_info": info} if info else {}))
        return entities

    def _fill(self, says: str) -> str:
        return says.replace("{place}", self._firm.place.name).replace("{trade}", self._firm.trade)

    def _say(self, key: str, **values: str) -> str:
        place = self._firm.place
        known = {"place": place.name, "departement": place.departement_name}
        return self._tables["answers"][key].format(**known, **values)
