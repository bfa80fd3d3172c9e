"""Log lines as JSON, one a line, without what people wrote and without what names them.

Sentences of a line are ours; what comes with them is looked at: of an exception only its type and where it was raised
are written, since its message may quote what an owner wrote. What still looks like an address, a number or a token is
masked.
"""

import hashlib
import json
import logging
import re
import secrets
import sys
import traceback
from collections.abc import Mapping
from contextvars import ContextVar
from datetime import datetime, timezone
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Any, TextIO

_request: ContextVar[Mapping[str, str]] = ContextVar("request", default=MappingProxyType({}))

# The last frames of a stack, which say where it went wrong.
FRAMES = 8
MASK = "…"
ROOT = Path(__file__).resolve().parents[1]
_PERSONAL = re.compile(
    r"""
    [^\s@"'<>]+@[^\s@"'<>]+\.\w+                                                  # an e-mail address
    | (?<![\w-])(?!\d{4}-\d\d-\d\d)\+?\d(?:[ .\u00a0\u202f-]?\d){8,}(?![\w-])   # nine digits or more, grouped or not
    | [A-Za-z0-9_-]{40,}(?:\.[A-Za-z0-9_-]+)*                                     # a token or a key, signed or not
    """,
    re.VERBOSE,
)
# One word of ours that some exceptions carry: why the dialogue engine is away, for example.
_REASON = re.compile(r"[a-z][a-z_]{0,30}")
# Ties the lines of a conversation together while this process runs, and leads nobody to the conversation.
_MARK_KEY = secrets.token_bytes(16)


class JsonLines(logging.Formatter):
    """Writes a record as one line of JSON; what `told_of` was told of the request under way stands in it too."""

    def __init__(self, process: str) -> None:
        super().__init__()
        self._process = process

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        event = {
            "process": self._process,
            "event": record.getMessage(),
            "level": record.levelname.lower(),
            "logger": record.name,
            **getattr(record, "facts", {}),
            **_request.get(),
            **_error_of(record),
        }
        moment = datetime.fromtimestamp(record.created, timezone.utc).isoformat().replace("+00:00", "Z")
        line = {**{name: _mask(value) for name, value in event.items()}, "timestamp": moment}
        return json.dumps(line, ensure_ascii=False, default=_type_name)


def configure(process: str, stream: TextIO | None = None) -> logging.Handler:
    """Make the root logger write JSON lines of this process to `stream` (standard output); return its handler."""
    handler = logging.StreamHandler(stream or sys.stdout)
    handler.setFormatter(JsonLines(process))
    handler.addFilter(_without_words)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    # Their lines hold whole addresses.
    for chatty in ("httpx", "httpcore"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    return handler


def mark(identifier: str) -> str:
    """Return what stands for an identifier in the lines of this process: the same for the same one, and no way back."""
    return hashlib.blake2b(identifier.encode(), key=_MARK_KEY, digest_size=4).hexdigest()


def begin(**values: str) -> None:
    """Let every line from here on carry these values, and none of those before: a new request is under way."""
    _request.set(values)


def told_of(**values: str) -> None:
    """Let every line of the request under way carry these values too."""
    _request.set({**_request.get(), **values})


def told() -> Mapping[str, str]:
    """Return what the lines of the request under way carry."""
    return _request.get()


def _without_words(record: logging.LogRecord) -> bool:
    """Put the types of exceptions in place of their words; of several lines the first is kept.

    asyncio writes whole exceptions, with what they say, into the lines below.
    """
    if isinstance(record.msg, BaseException):
        record.msg = summary(record.msg)
    if isinstance(record.msg, str):
        record.msg = record.msg.partition("\n")[0]
    if isinstance(record.args, tuple):
        record.args = tuple(
            summary(each) if isinstance(each, BaseException) else each for each in record.args
        )
    return True


def _error_of(record: logging.LogRecord) -> dict[str, Any]:
    """Return what went wrong, in place of a stack with its messages."""
    error = record.exc_info[1] if record.exc_info else None
    return {"error": {"type": summary(error), "at": _places(error.__traceback__)}} if error else {}


def summary(error: BaseException) -> str:
    """Return the type of an exception with those behind it, and its reason where that is one word of ours."""
    reason = getattr(error, "reason", None)
    told = type(error).__name__
    if isinstance(reason, str) and _REASON.fullmatch(reason):
        told += f" ({reason})"
    behind = error.__cause__ or getattr(error, "orig", None)
    return f"{told} from {summary(behind)}" if isinstance(behind, BaseException) else told


def _places(stack: TracebackType | None) -> list[str]:
    frames = traceback.extract_tb(stack)[-FRAMES:]
    return [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]


def _short(path: str) -> str:
    """Return a file's path without where the machine keeps it."""
    for start in ("site-packages/", f"{ROOT}/"):
        if start in path:
            return path.rpartition(start)[2]
    return path.rpartition("/")[2]


def _mask(value: Any) -> Any:
    return _PERSONAL.sub(MASK, value) if isinstance(value, str) else value


def _type_name(value: Any) -> str:
    return type(value).__name__
