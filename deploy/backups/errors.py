"""What stops a backup or its restore, in one line that says what to do."""


class BackupProblem(Exception):
    """A fact that stops a backup or a restore; its words are for the operator."""


class NoKey(BackupProblem):
    """Nothing was given to seal with."""

    def __init__(self) -> None:
        super().__init__("backups are sealed: set BACKUP_KEY_FILE or BACKUP_PASSPHRASE (docs/backup.md)")


class UnusableKey(BackupProblem):
    """The key file is missing or too short."""

    def __init__(self, file: str, why: str) -> None:
        super().__init__(f"the key file {file} cannot be used ({why})")


class NoBackup(BackupProblem):
    """The file is none of ours, or of a later version."""

    def __init__(self, file: str, why: str) -> None:
        super().__init__(f"{file} is no backup that can be read here ({why})")


class WrongKey(BackupProblem):
    """The first piece does not open."""

    def __init__(self) -> None:
        super().__init__(
            "the backup does not open: it was sealed with another key, or its beginning was altered"
        )


class AlteredBackup(BackupProblem):
    """A later piece does not open."""

    def __init__(self) -> None:
        super().__init__("the backup was altered after it was made; nothing was restored. Take another one")


class TruncatedBackup(BackupProblem):
    """The end is missing."""

    def __init__(self) -> None:
        super().__init__("the backup has no end: it was cut off. Nothing was restored. Take another one")


class ToolMissing(BackupProblem):
    """PostgreSQL's own program is not here."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is not on this machine; it comes with PostgreSQL's client programs")


class ToolFailed(BackupProblem):
    """PostgreSQL's own program gave up."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"{name} failed: {why}")


class DamagedStore(BackupProblem):
    """A store in the backup, or one to back up, is not whole."""

    def __init__(self, name: str) -> None:
        super().__init__(f"the store {name} is damaged")


class WrongDatabase(BackupProblem):
    """The backup is of the other kind of database."""

    def __init__(self, made_of: str, present: str) -> None:
        super().__init__(f"the backup is of {made_of}, and the settings name {present}: see DATABASE_URL")


class StillRunning(BackupProblem):
    """Something answers on the portal's port."""

    def __init__(self, port: int) -> None:
        super().__init__(f"something answers on port {port}: stop Boussole PME everywhere before a restore")


class StoresPresent(BackupProblem):
    """There is a record already."""

    def __init__(self) -> None:
        super().__init__("there is a record already; --replace puts the backup in its place")


class UnreachableRecord(BackupProblem):
    """The record does not answer."""

    def __init__(self, why: str) -> None:
        super().__init__(f"the record does not answer ({why}): what was erased cannot be listed")
