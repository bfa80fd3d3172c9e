"""Who is looking at the console, and how far they may see."""

from dataclasses import dataclass
from enum import Enum


class Role(str, Enum):
    """What somebody does in the network; the value is what is stored."""

    ADVISOR = "advisor"
    REVIEWER = "reviewer"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True)
class Scope:
    """What an advisor sees: the bodies they work for and the territories they serve.

    `bodies` are ids of the knowledge base; `departments` are codes (« 29 », « 2A », « 971 »), `regions` too.
    """

    bodies: frozenset[str] = frozenset()
    departments: frozenset[str] = frozenset()
    regions: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Viewer:
    """Somebody who is signed in.

    `session_id` names this session and nothing that opens it; `csrf` is the token that this session's forms carry.
    """

    account_id: str
    email: str
    name: str
    role: Role
    session_id: str
    csrf: str
    scope: Scope = Scope()

    @property
    def within(self) -> Scope | None:
        """What this viewer may see, None for everything."""
        return self.scope if self.role is Role.ADVISOR else None

    @property
    def reads_names(self) -> bool:
        """Whether names and addresses of owners stand in the logs of conversations.

        Reviewers do their work without them. Advisors read the whole territory's conversations to learn from them, and
        see names where an owner agreed to it: in a request, and in the conversation shared with it.
        """
        return self.role is Role.ADMINISTRATOR
