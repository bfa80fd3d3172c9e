"""Changes made in a line."""

import json

from knowledge.store import ADVISOR as BODY
from tests.knowledge.editing.conftest import ADMINISTRATOR

PHONE = "02 98 00 38 00"


def values(desk, kind, slug, /, **changes):
    record = json.loads(desk.record(ADMINISTRATOR, kind, slug).json(exclude_none=True))
    return {name: value for name, value in {**record, **changes}.items() if value is not None}


def draft(desk, editor, slug="cci-29", kind=BODY, /, **changes):
    return desk.draft(editor, kind, slug, values(desk, kind, slug, **changes))


def served(desk, slug="cci-29", kind=BODY):
    return desk.record(ADMINISTRATOR, kind, slug)
