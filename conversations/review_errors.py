"""What a call on the review may refuse."""


class UnknownTurn(LookupError):
    """No turn of an owner answers to this id: never spoken, or erased since."""


class UnknownCandidate(LookupError):
    """No message proposed for training answers to this id: never proposed, or erased since."""


class OwnProposal(Exception):
    """Two people are needed, and this would be the same one (or, for taking it back, another one)."""


class AlreadyProposed(Exception):
    """The same words are proposed or approved already; the message names that candidate."""


class AlreadyDecided(Exception):
    """Somebody has decided on this candidate, or it was taken back; the message is its state."""
