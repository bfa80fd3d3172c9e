"""What an owner is told when the dialogue engine does not answer."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from knowledge.errors import StoreUnreachable
from portal.wording import Wording

Territory = Mapping[str, Any]

# As many as the bot itself shows at once.
SHOWN = 3


class Contact(Protocol):
    """A body to turn to; `to_dict` gives the fields of a contact card."""

    def to_dict(self) -> dict[str, Any]:
        """Return the card."""


class Knowledge(Protocol):
    """The part of the knowledge base that is needed when nothing else answers."""

    def general_contacts(self, place: Any | None) -> Sequence[Contact]:
        """Return whom to call in this place when the need is not known."""


# Turns {"level", "code"} into the knowledge base's own place; None when there is no such place.
FindPlace = Callable[[Territory], Any]


class Fallback:
    """Builds the message that says the assistant cannot answer, with the general contacts there are.

    `last_copy` gives those that were kept when the store last answered.
    """

    def __init__(
        self,
        wording: Wording,
        knowledge: Knowledge,
        find_place: FindPlace,
        last_copy: Callable[[Any | None], list[dict[str, Any]]] = lambda place: [],
    ) -> None:
        self._last_copy = last_copy
        self._wording = wording
        self._knowledge = knowledge
        self._find_place = find_place

    def message(self, territory: Territory | None) -> dict[str, Any]:
        """Return one bot message: its text is complete, its card holds the same contacts."""
        return self._message("unavailable", territory)

    def waiting(self, territory: Territory | None) -> dict[str, Any]:
        """Return the same message for an owner who gets the answer later without asking again."""
        return self._message("waiting", territory)

    def opening(self, territory: Territory | None) -> dict[str, Any]:
        """Return the same message for an owner who has not said anything yet."""
        return self._message("unavailable_at_opening", territory)

    def _message(self, sentence: str, territory: Territory | None) -> dict[str, Any]:
        place = self._find_place(territory) if territory else None
        items, more = self._contacts(place)
        notice = self._say(sentence)
        if not items:
            return {"text": notice, "custom": None}
        card = {
            "type": "contacts",
            "need": None,
            "territory": dict(territory) if territory else None,
            "items": items,
            "more": more,
            "lead": f"{notice} {self._say('contacts_lead')}",
        }
        return {"text": f"{notice}\n{self._say('contacts', contacts=items)}", "custom": card}

    def _contacts(self, place: Any | None) -> tuple[list[dict[str, Any]], bool]:
        """Return whom to call, and whether there are more; those of the last copy where the store does not answer
        either. The notice is said even without anybody.
        """
        try:
            found = self._knowledge.general_contacts(place)
            return [contact.to_dict() for contact in found[:SHOWN]], len(found) > SHOWN
        except StoreUnreachable:
            return self._last_copy(place)[:SHOWN], False

    def _say(self, sentence: str, **values: Any) -> str:
        return self._wording.say("messages", sentence, **values)
