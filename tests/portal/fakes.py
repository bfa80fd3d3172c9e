"""Stand-ins that implement the portal's real interfaces."""

import asyncio
from dataclasses import dataclass, field
from typing import Any

from knowledge.territories import Place, UnknownTerritory
from portal.rasa_client import DialogueUnavailable, Reply

GREETING = "Bonjour. Dites ce dont vous avez besoin, avec vos mots."

CONTACT = {
    "id": "chambre-essai",
    "name": "Chambre d’essai du Finistère",
    "kind": "cma",
    "level": "departement",
    "territory": {"level": "departement", "code": "29", "name": "Finistère"},
    "phone": "02 99 00 00 00",
    "email": "contact@example.org",
    "url": "https://example.org/numerique",
    "hours": "Du lundi au vendredi, 9 h – 12 h",
    "cost": "free",
    "why": "Elle accompagne les artisans de votre département (Finistère) pour leur site.",
    "status": "verified",
    "verified_on": "2025-03-03",
    "source_url": "https://example.org/source",
}

TO_CHECK = {
    **CONTACT,
    "id": "reseau-essai",
    "name": "Réseau d’essai",
    "phone": None,
    "email": None,
    "hours": None,
    "cost": "unknown",
    "level": "national",
    "territory": None,
    "status": "to_check",
    "verified_on": "2025-01",
}

SCHEME = {
    "id": "cheque-essai",
    "title": "Chèque d’essai",
    "promise": "Une partie de la facture de votre site est remboursée.",
    "funder": "Région d’essai",
    "kinds": ["grant"],
    "status": "open",
    "eligible": "unknown",
    "reasons": ["Votre département est couvert.", "Effectif demandé : 7 salariés au plus."],
    "missing": ["headcount", "inconnu"],
    "estimate": {"min": 500, "max": 1500, "formula": "50 % de 3 000 €, 1 500 € au plus"},
    "closing_date": "2025-12-31",
    "url": "https://example.org/cheque",
    "source_url": "https://example.org/cheque/source",
    "verified_on": "2025-02-10",
}

CONTACTS_TEXT = (
    "Voici à qui vous adresser :\n– Chambre d’essai du Finistère, 02 99 00 00 00\n– Réseau d’essai"
)


def contacts_message() -> dict[str, Any]:
    return {
        "text": CONTACTS_TEXT,
        "buttons": [
            {"title": "D’autres contacts", "payload": "D’autres contacts"},
            {"title": "Pourquoi ce contact ?", "payload": "Pourquoi ce contact ?"},
        ],
        "custom": {
            "type": "contacts",
            "lead": "Voici à qui vous adresser pour votre site.",
            "need": "website",
            "territory": CONTACT["territory"],
            "items": [CONTACT, TO_CHECK],
            "more": True,
            "next_step": "Pour commencer : appelez la Chambre d’essai.",
        },
    }


def funding_message() -> dict[str, Any]:
    return {
        "text": "Ce qui peut financer votre site : Chèque d’essai.",
        "custom": {
            "type": "funding",
            "need": "grants",
            "territory": None,
            "items": [
                SCHEME,
                {**SCHEME, "id": "fini", "title": "Aide finie", "status": "ended", "estimate": None},
            ],
            "more": False,
        },
    }


def guidance_message() -> dict[str, Any]:
    return {
        "text": "Ce qu’il faut savoir avant de choisir.",
        "custom": {
            "type": "guidance",
            "topic": "website",
            "facts": [
                {
                    "text": "Un nom de domaine se loue à l’année.",
                    "source_url": "https://example.org",
                    "as_of": "2025-02",
                }
            ],
        },
    }


def duty_message() -> dict[str, Any]:
    source = "https://example.org/regles"
    return {
        "text": "Envoyer des factures électroniques : à partir du 1er septembre 2027.",
        "custom": {
            "type": "guidance",
            "topic": "e_invoicing",
            "lead": "Voici ce qui est obligatoire pour vous.",
            "facts": [
                {
                    "id": "regle-essai",
                    "topic": "Envoyer des factures électroniques",
                    "text": "À partir du 1er septembre 2027, vous devrez envoyer vos factures au format électronique.",
                    "from_date": "2027-09-01",
                    "source_url": source,
                    "as_of": "2025-02-01",
                    "status": "verified",
                },
                {
                    "id": "regle-ancienne",
                    "topic": "Recevoir des factures",
                    "text": "Depuis le 1er février 2025, vous devez les recevoir.",
                    "from_date": "2025-02-01",
                    "source_url": source,
                    "as_of": "2025-02",
                    "status": "to_check",
                },
            ],
            "steps": ["Demandez à votre logiciel s’il est prêt.", "Choisissez une plateforme."],
            "next_step": "Prochaine étape : dites combien vous êtes.",
        },
    }


def request_message() -> dict[str, Any]:
    return {
        "text": "Votre demande BP-7K3M-42 est enregistrée. Gardez cette référence.",
        "custom": {"type": "request", "id": "BP-7K3M-42", "status": "new"},
    }


ANSWERS = (
    ("site", contacts_message),
    ("aide", funding_message),
    ("savoir", guidance_message),
    ("obligatoire", duty_message),
    ("conseiller", request_message),
    ("Tout effacer", lambda: {"text": "Rien n’est encore effacé.", "custom": {"type": "erase"}}),
    ("imprimer", lambda: {"text": "Voici la page.", "custom": {"type": "take_along", "url": "/x"}}),
)


@dataclass
class FakeDialogue:
    """A dialogue engine whose answers are known in advance.

    `broken` makes every call fail with that reason, `refuses` openings only; with `comes_back` only the next call
    fails. `gate`, when set, holds each turn until it is opened.
    """

    broken: str | None = None
    refuses: str | None = None
    comes_back: bool = False
    gate: asyncio.Event | None = None
    territory: dict[str, Any] | None = None
    opened: list[tuple[str, Any, Any]] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    senders: set[str] = field(default_factory=set)
    forgotten: list[str] = field(default_factory=list)

    async def open(self, sender, territory, need):
        self._fail_if_broken()
        if self.refuses:
            raise DialogueUnavailable(self.refuses)
        self.opened.append((sender, territory, need))
        return Reply(messages=[{"text": GREETING}], understood={"model_id": "essai"})

    async def turn(self, sender, text, message_id):
        if self.gate is not None:
            await self.gate.wait()
        self._fail_if_broken()
        self.said.append(text)
        self.senders.add(sender)
        return Reply(messages=self._messages(text), understood={"intent": {"name": "x"}, "model_id": "essai"})

    async def forget(self, sender):
        self._fail_if_broken()
        self.forgotten.append(sender)

    async def ready(self):
        return self.broken is None

    def _fail_if_broken(self):
        if self.broken:
            broken = self.broken
            self.broken = None if self.comes_back else broken
            raise DialogueUnavailable(broken)

    def _messages(self, text):
        said = next((message for word, message in ANSWERS if word in text), None)
        return [said() if said else {"text": f"Vous avez dit : {text}", "custom": None}]


@dataclass(frozen=True)
class FakeContact:
    fields: dict[str, Any]

    def to_dict(self):
        return self.fields


@dataclass
class FakeKnowledge:
    asked: list[Any] = field(default_factory=list)
    empty: bool = False

    def general_contacts(self, place):
        self.asked.append(place)
        return [] if self.empty else [FakeContact(CONTACT), FakeContact(TO_CHECK)]


class FakeTerritories:
    finistere = Place(level="departement", code="29", name="Finistère", departement="29", region="53")

    def get(self, level, code):
        if (level, code) != ("departement", "29"):
            raise UnknownTerritory(code)
        return self.finistere

    def search(self, text):
        return [self.finistere] if text in ("29", "Finistère") else []
