"""What a page of the console may refuse."""


class Problem(Exception):
    """A request that cannot be served; `name` is a key of `problems` in wording.yml, `values` fill its sentence."""

    def __init__(self, status: int, name: str, **values: object) -> None:
        super().__init__(name)
        self.status = status
        self.name = name
        self.values = values


class NotSignedIn(Exception):
    """Nobody is signed in, or no longer."""


class NotFound(Problem):
    """It is not there, or not for this viewer: both are told the same."""

    def __init__(self) -> None:
        super().__init__(404, "not_found")
