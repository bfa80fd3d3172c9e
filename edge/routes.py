"""Routes that the framework does not read for."""

from starlette.routing import Match, Route
from starlette.types import Scope


class PlainRoute(Route):
    """A route that is handed the request as it came, and that the log of requests can name as it names the others."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Tell whether the request is for this route, and leave the route with it."""
        match, child = super().matches(scope)
        if match != Match.NONE:
            child["route"] = self
        return match, child
