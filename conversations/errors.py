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
