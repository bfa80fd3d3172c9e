"""The general contacts of every territory, kept in a file: whom to call when the store does not answer."""

from __future__ import annotations

import json
import logging
from json import JSONDecodeError
from pathlib import Path
from typing import Any

from knowledge.service import KnowledgeBase
from knowledge.territories import Place, Territories

SHOWN = 3  # as many as are shown at once
COUNTRY = "FR"
LAST_CONTACTS = "last_contacts.json"  # its name under the folder of what is made at run time
logger = logging.getLogger(__name__)


class LastCopy:
    """The copy at `path`; it is small (three contacts a département), and replaced as a whole."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def keep(self, knowledge: KnowledgeBase, territories: Territories) -> None:
        """Write the contacts anew where a record has changed; what cannot be written is logged, no more."""
        version = knowledge.version
        if self._read().get("version") == version:
            return
        contacts = {COUNTRY: _first(knowledge, None)}
        contacts |= {place.code: _first(knowledge, place) for place in territories.departements}
        if not contacts[COUNTRY]:
            return  # a store without contacts is no good copy
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            fresh = self._path.with_suffix(".new")
            fresh.write_text(json.dumps({"version": version, "contacts": contacts}), encoding="utf-8")
            fresh.replace(self._path)
        except OSError:
            logger.exception("the copy of the general contacts was not kept")

    def contacts(self, place: Place | None) -> list[dict[str, Any]]:
        """Return the contacts of the département of `place`, else those of the country; none without a copy."""
        contacts = self._read().get("contacts", {})
        code = place and (place.code if place.level == "departement" else place.departement)
        return contacts.get(code) or contacts.get(COUNTRY) or []

    def _read(self) -> dict[str, Any]:
        try:
            held = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, JSONDecodeError):
            return {}
        return held if isinstance(held, dict) else {}


def _first(knowledge: KnowledgeBase, place: Place | None) -> list[dict[str, Any]]:
    return [each.to_dict() for each in knowledge.general_contacts(place)[:SHOWN]]
