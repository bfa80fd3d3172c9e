"""Hands requests over to the State's service Conseillers-Entreprises, through the API that it documents.

`POST /api/v1/solicitations`, as `swagger/v1/swagger.yaml` of betagouv/conseillers-entreprises describes it (read in
November 2026). The service gives each partner a token, a landing page and its subjects; their numbers are settings.
It knows no key that would make a second call harmless: whatever may have arrived is never sent again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from conversations.mailer import MailDelayed, MailRefused
from conversations.outbox import Mail
from conversations.request_views import Request

if TYPE_CHECKING:  # read where a call is made: few installations make any
    import httpx

RECIPIENT = "conseillers-entreprises"
TIMEOUT = 20.0
# Answers after which nothing was taken: a wrong token is answered so too, and may be mended by the operator.
_LATER = {401, 403, 404, 408, 429, 503}


class Unconfirmed(Exception):
    """The request may have arrived, or not; nobody can tell."""


@dataclass(frozen=True)
class Partner:
    """What the service gave us: address, token, landing page, and the subject of each need; `page` is ours."""

    url: str
    token: str
    landing: int
    subjects: Mapping[str, int]
    page: str
    timeout: float = TIMEOUT


class HandOver:
    """The way to the service. `transport` stands in for the network in tests."""

    def __init__(self, partner: Partner, transport: httpx.BaseTransport | None = None) -> None:
        self._partner = partner
        self._transport = transport

    def takes(self, need: str | None, name: str | None, contact: Mapping[str, str], place: Any) -> bool:
        """Tell whether a request can be handed over: the service wants all of these, and a subject."""
        return bool(
            need in self._partner.subjects
            and name
            and contact.get("email")
            and contact.get("phone")
            and place
        )

    def letter(self, request: Request, description: str) -> Mail:
        """Return the request in the service's form, for the outbox; `description` is what an advisor reads."""
        partner = self._partner
        asked = {
            "landing_id": partner.landing,
            "landing_subject_id": partner.subjects[request.need or ""],
            "description": description,
            "full_name": request.name,
            "email": request.email,
            "phone_number": request.phone,
            "location": location_of(request.place),
            "origin_url": partner.page,
        }
        return Mail(RECIPIENT, request.reference, json.dumps({"solicitation": asked}, ensure_ascii=False))

    def send(self, mail: Mail) -> None:
        """Hand over what `letter` wrote; raises MailRefused, MailDelayed where nothing was taken, or Unconfirmed."""
        import httpx

        try:
            with self._client() as client:
                answer = client.post(
                    "/api/v1/solicitations",
                    content=mail.body.encode(),
                    headers={"Content-Type": "application/json"},
                )
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            raise MailDelayed(type(error).__name__) from None
        except httpx.HTTPError as error:
            raise Unconfirmed(type(error).__name__) from None
        if answer.is_success:
            return
        if answer.status_code in _LATER:
            raise MailDelayed(str(answer.status_code))
        raise (MailRefused if answer.is_client_error else Unconfirmed)(_fault(answer))

    def subjects(self) -> list[dict[str, Any]]:
        """Return the subjects of our landing page as the service lists them; raises httpx.HTTPError."""
        with self._client() as client:
            answer = client.get(f"/api/v1/landings/{self._partner.landing}/landing_subjects")
            answer.raise_for_status()
            return answer.json()["data"]

    def _client(self) -> httpx.Client:
        import httpx

        return httpx.Client(
            base_url=self._partner.url,
            headers={"Authorization": f"Bearer {self._partner.token}", "Accept": "application/json"},
            timeout=self._partner.timeout,
            transport=self._transport,
        )


def fits(subject: Mapping[str, Any]) -> bool:
    """Tell whether a request of ours is enough for a subject: it knows a place, no SIRET, no further answers."""
    return not subject.get("requires_siret") and not subject.get("questions_additionnelles")


def location_of(place: Mapping[str, Any] | None) -> str | None:
    """Return a place in the words that are handed over: « Quimper (29) »."""
    if not place:
        return None
    code = {
        "commune": place["code"][: 3 if place["code"].startswith("9") and place["code"][1] in "78" else 2]
    }
    number = code.get(place["level"]) or (place["code"] if place["level"] == "departement" else None)
    return f"{place['name']} ({number})" if number else place["name"]


def _fault(answer: httpx.Response) -> str:
    """Return the status and which fields are at fault; never what was in them."""
    try:
        sources = [str(error["source"]) for error in answer.json()["errors"]]
    except (ValueError, KeyError, TypeError):
        sources = []
    return " ".join([str(answer.status_code), *sources])
