"""The secret shared by the portal and rasa's portal channel, and the keys of the owners' tokens."""

from edge.secret_file import shared_secret
from settings import Settings


def turn_secret(settings: Settings) -> str:
    """Return the operator's secret, or without one that of the file `secret` under `settings.var`."""
    given = settings.turn_secret.get_secret_value() if settings.turn_secret else ""
    return given or shared_secret(settings.var / "secret")


def token_keys(settings: Settings) -> list[str]:
    """Return the keys of the owners' tokens, the newest first: the operator's, or without any the secret above."""
    given = settings.token_keys.get_secret_value().split() if settings.token_keys else []
    return given or [turn_secret(settings)]
