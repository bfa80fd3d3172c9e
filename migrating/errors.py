"""What can be wrong with the form of a database; the words are for the operator."""


class FormProblem(Exception):
    """The tables cannot be brought to the form that is wanted; nothing was changed."""


class DatabaseNewer(FormProblem):
    """The tables are of a form that this program does not know."""

    def __init__(self, name: str, found: str, head: str) -> None:
        super().__init__(
            f"the tables of the {name} are of form {found}, and this program knows forms up to {head}. Start the newer "
            "program again, or put back a backup of before it (docs/migrations.md)."
        )


class UnknownForm(FormProblem):
    """No step leads to this form."""

    def __init__(self, name: str, asked: str, known: list[str]) -> None:
        super().__init__(f"the tables of the {name} have no form {asked}; there are {', '.join(known)}.")


class BrokenReferences(FormProblem):
    """After a change, rows would name others that are not there."""

    def __init__(self, tables: list[str]) -> None:
        super().__init__(
            f"rows of {', '.join(tables)} would name rows that are not there: the tables were left as they were."
        )
