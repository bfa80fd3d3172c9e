"""All forms by name."""

from __future__ import annotations

from actions.form import Form

FORMS: dict[str, Form] = {form.name: form for form in ()}
