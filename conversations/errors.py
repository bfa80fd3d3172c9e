"""What can be wrong with a call on the record."""


class UnknownConversation(LookupError):
    """No conversation answers to this token or id: never opened, or erased since."""


class UnknownRequest(LookupError):
    """No request for advice answers to this reference: never made, or erased since."""


class UnknownMessage(LookupError):
    """The conversation has no message of this number that an owner could judge."""


class RecordUnreachable(Exception):
    """The database of the record does not answer, or refuses to write."""


class RecordClash(RecordUnreachable):
    """Somebody else wrote the same, or erased what this depends on, at the same moment: it may be tried again."""


class AlreadyTaken(Exception):
    """Somebody else has taken the request: `name`, for `body` (None where for none)."""

    def __init__(self, name: str, body: str | None) -> None:
        super().__init__("taken")
        self.name = name
        self.body = body


class NotTaken(Exception):
    """Only who has taken the request may do this."""


class NotCovered(Exception):
    """The owner did not agree to this body receiving what they left."""


class NoAddress(Exception):
    """The owner left no address for this way of replying, or it cannot be used now; `why` says which in one word."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class UnknownGroup(LookupError):
    """No group of a shared expert has this id: never was, or has fallen apart."""
