"""The labels that a message may have, as they are named to people."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from conversations.training_lines import NEED

KINDS = ("location", "country", "sector", "company_size", "amount", "email", "phone", "siret")
WISH_FOR_A_PERSON = "talk_to_human"


@dataclass(frozen=True)
class Labels:
    """French names by code: of the needs (`website`) and of the dialogue acts (`greet`)."""

    needs: Mapping[str, str]
    acts: Mapping[str, str]

    def __post_init__(self) -> None:
        named = {NEED + code: name for code, name in self.needs.items()} | dict(self.acts)
        object.__setattr__(self, "_named", named)

    @property
    def all(self) -> Mapping[str, str]:
        """Return the names by label, needs first (`need_website`)."""
        return self._named

    def name(self, label: str) -> str:
        """Return the name of a label; one that is no longer among them is itself."""
        return self._named.get(label, label)

    def sentence(self, label: str, needs: Sequence[str] = (), about: str | None = None) -> str:
        """Return what a message says in a few words: « Site internet, puis Aides et subventions »."""
        names = [self.needs.get(each, each) for each in needs] or [self.name(label)]
        subject = f" ({self.needs.get(about, about)})" if about else ""
        return ", puis ".join(names) + subject
