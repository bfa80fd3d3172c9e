"""The secret shared by the portal and rasa's portal channel."""

from edge.secret_file import shared_secret
from settings import Settings


def turn_secret(settings: Settings) -> str:
    """Return the operator's secret, or without one that of the file `secret` under `settings.var`."""
    given = settings.turn_secret.get_secret_value() if settings.turn_secret else ""
    return given or shared_secret(settings.var / "secret")
