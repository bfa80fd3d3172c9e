"""The templates: one folder a subject, each page inside `layout.html`."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, format_timedelta
from babel.units import format_unit
from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PrefixLoader, StrictUndefined

from console.sections import Section
from console.viewers import Viewer
from console.wording import Wording
from conversations.letters import dialled
from knowledge import typography

HERE = Path(__file__).parent
STATIC = HERE / "static"
PARIS = ZoneInfo("Europe/Paris")
DAY = 86_400  # seconds


def _loader() -> ChoiceLoader:
    """`layout.html` is the console's own, `requests/list.html` stands in console/requests/templates/."""
    subjects = {folder.parent.name: FileSystemLoader(folder) for folder in HERE.glob("*/templates")}
    return ChoiceLoader([FileSystemLoader(HERE / "templates"), PrefixLoader(subjects)])


def moment(at: datetime) -> str:
    """Return day and hour in Paris: « 3 mars 2025, 9:05 »."""
    return format_datetime(at.astimezone(PARIS), "d MMM y, H:mm", locale="fr_FR")


def day(at: date) -> str:
    """Return a day, that of Paris for a moment: « 3 mars 2025 »."""
    local = at.astimezone(PARIS) if isinstance(at, datetime) else at
    return format_date(local, "d MMM y", locale="fr_FR")


def duration(seconds: float) -> str:
    """Return a length of time in its largest unit: « 3 heures »."""
    return format_timedelta(seconds, locale="fr_FR")


def wait(seconds: float) -> str:
    """Return for how long something has waited, in days from the second one on: « 11 jours »."""
    days = int(seconds // DAY)
    return format_unit(days, "duration-day", locale="fr_FR") if days > 1 else duration(seconds)


def partial_day(text: str) -> str:
    """Return a date as precise as it is known: « 2024 », « juin 2024 », « 28 juin 2024 »."""
    return typography.day(text, first="1er")


class Pages:
    """Renders the templates; `static` is the address of the console's files without its root."""

    def __init__(self, static: str, wording: Wording, sections: Sequence[Section]) -> None:
        self.wording = wording
        self._sections = sections
        self._static = static
        self._environment = Environment(
            loader=_loader(), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
        )
        self._environment.filters |= {
            "moment": moment,
            "day": day,
            "partial_day": partial_day,
            "duration": duration,
            "wait": wait,
            "dialled": dialled,
            "number": typography.number,
            "french": typography.french,
        }
        self._environment.globals |= {"say": wording.say, "names": wording.names}

    def render(self, template: str, root: str, viewer: Viewer | None, values: Mapping[str, Any]) -> str:
        """Return the page; `root` is the path that the console is mounted at."""
        listed = [each for each in self._sections if viewer and each.title and viewer.role in each.roles]
        known = {"root": root, "static": f"{root}{self._static}", "viewer": viewer, "navigation": listed}
        return self._environment.get_template(template).render(known | dict(values))


def shown(
    request: Request, template: str, viewer: Viewer | None, status: int = 200, **values: Any
) -> HTMLResponse:
    """Return the page made of a template as an answer to `request`; it is kept nowhere."""
    root = request.scope.get("root_path", "")
    path = request.url.path.removeprefix(root) or "/"
    text = request.app.state.pages.render(template, root, viewer, {"path": path} | values)
    return HTMLResponse(text, status, headers={"Cache-Control": "no-store"})
