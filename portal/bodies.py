"""Reads what a call brings, for routes that the framework does not read for."""

from typing import TypeVar

from pydantic import BaseModel, ValidationError
from starlette.requests import Request

from portal.problems import Problem

Content = TypeVar("Content", bound=BaseModel)


async def content_of(request: Request, model: type[Content]) -> Content:
    """Return the JSON body as `model`.

    Raises the problem that names the fields at fault, none where the body as a whole cannot be read.
    """
    raw = await request.body()
    if not _is_json(request.headers.get("content-type")):
        raise Problem(422, "invalid", fields=[])
    try:
        return model.parse_raw(raw)
    except ValidationError as error:
        fields = {str(each["loc"][0]) for each in error.errors()} - {"__root__"}
        raise Problem(422, "invalid", fields=sorted(fields)) from error
    except RecursionError as error:
        raise Problem(400, "invalid", fields=[]) from error


def _is_json(media_type: str | None) -> bool:
    """Tell whether a body may be read as JSON: one that a form of another site sends may not."""
    kind = (media_type or "application/json").partition(";")[0].strip().lower()
    return kind == "application/json" or (kind.startswith("application/") and kind.endswith("+json"))
