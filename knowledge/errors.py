"""Facts about the knowledge base that stop a caller."""

from dataclasses import dataclass
from pathlib import Path


class UnknownNeed(ValueError):
    """The need is not one of the codes of `knowledge.codes.Need`."""


class EmptyStore(LookupError):
    """The store holds no content: nothing was ever loaded into it."""


class StoreUnreachable(ConnectionError):
    """The store does not answer: its server is down, or its file cannot be read."""


@dataclass(frozen=True, order=True)
class ContentError:
    """One thing wrong in one file, with the line an editor has to look at (from 1)."""

    path: Path
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


class InvalidContent(ValueError):
    """The content breaks the schema; `errors` lists everything that was found, sorted by file and line."""

    def __init__(self, errors: list[ContentError]):
        self.errors = sorted(errors)
        super().__init__("\n".join(map(str, self.errors)))
