"""What stops a start, in one line that says what to do."""


class CannotStart(Exception):
    """A fact that stops a start; its words are for the operator."""


class PortTaken(CannotStart):
    """Another program listens on a port we need."""

    def __init__(self, port: int, setting: str, what: str) -> None:
        super().__init__(
            f"port {port} is taken, {what} cannot listen on it. Stop the program that uses it, "
            f"or choose another port: {setting}={port + 1} make start"
        )


class WrongSetting(CannotStart):
    """A setting has a value that cannot be."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"the setting {name} is wrong: {why}; docs/settings.md lists what each one takes.")


class UnusableAddress(CannotStart):
    """This machine does not let us listen there."""

    def __init__(self, host: str, port: int, setting: str, why: str) -> None:
        super().__init__(f"cannot listen on {host} port {port} ({why}). Choose another: {setting}")


class DiskFull(CannotStart):
    """Too little space is left for models, databases and logs."""

    def __init__(self, folder: str, free_mb: int, needed_mb: int) -> None:
        super().__init__(
            f"{free_mb} MB are free where {folder} stands and {needed_mb} MB are needed. "
            "Free some space and start again."
        )


class UnusableFolder(CannotStart):
    """The folder of everything that is made at run time cannot be written."""

    def __init__(self, folder: str, why: str) -> None:
        super().__init__(
            f"{folder} cannot be written ({why}). Make it writable, or name another: BOUSSOLE_VAR"
        )


class UnusableDatabase(CannotStart):
    """A database does not answer, or is damaged."""

    def __init__(self, why: str) -> None:
        super().__init__(
            f"the knowledge database cannot be used ({why}). With PostgreSQL, check DATABASE_URL and the server; "
            "with SQLite, remove var/knowledge.db: it is made again from the content."
        )


class UnusableRecord(CannotStart):
    """The record's database does not answer, or is damaged."""

    def __init__(self, why: str) -> None:
        super().__init__(
            f"the record's database cannot be used ({why}). With PostgreSQL, check DATABASE_URL and the server; "
            "a damaged one is put back from a backup (docs/backup.md)."
        )


class BrokenContent(CannotStart):
    """The knowledge content has errors, which were printed."""

    def __init__(self) -> None:
        super().__init__("the knowledge content has the errors above; correct those files and start again.")


class TrainingFailed(CannotStart):
    """rasa could not train."""

    def __init__(self, log: str) -> None:
        super().__init__(f"the model could not be trained; the reason is at the end of {log}")


class NothingToTeach(Exception):
    """An export holds no message that training data does not hold already."""


class NoPresentModel(Exception):
    """The model that answers owners is not in its folder."""


class NotCompared(Exception):
    """Two models could not be measured; the reason is in the log."""
