"""What can be wrong with a call on the record."""


class UnknownConversation(LookupError):
    """No conversation answers to this token or id: never opened, or erased since."""
