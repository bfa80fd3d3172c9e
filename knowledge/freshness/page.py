"""The report as one French page: nothing is asked from anywhere, everything stands in it."""

from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from knowledge.codes import Need
from knowledge.freshness.charts import columns, shares
from knowledge.freshness.coverage import NATIONAL
from knowledge.freshness.report import Report
from knowledge.freshness.shapes import AROUND_PARIS, MAGNIFIED, SHADES, Drawing, Shape, read_drawing, shade
from knowledge.freshness.tables import Table, Tables
from knowledge.freshness.text import sizes
from knowledge.freshness.words import Words
from knowledge.typography import french

TEMPLATES = Path(__file__).parent / "templates"
PAGE, STYLE = "report.html", "report.css"


@dataclass(frozen=True)
class Area:
    """A territory on the map of one need: its shape, shade and what is said of it."""

    shape: Shape
    shade: str
    title: str


@dataclass(frozen=True)
class NeedMap:
    """The map of one need with its table."""

    need: str
    name: str
    table: Table
    areas: list[Area]
    lacking: int


def write_page(report: Report, words: Words) -> str:
    """Return the page as HTML."""
    tables, drawing = Tables(report, words), read_drawing(report.coverage.places)
    maps = [_map(need, report, words, tables, drawing) for need in Need]
    return (
        _environment()
        .get_template(PAGE)
        .render(
            report=report,
            words=words,
            tables=tables,
            drawing=drawing,
            maps=maps,
            shades=SHADES,
            around_paris=AROUND_PARIS,
            magnified=MAGNIFIED,
            age_columns=columns(tables.ages()),
            scheme_columns=columns(tables.schemes()),
            most_of_a_kind=_most(tables.kinds()),
            most_of_a_level=_most(tables.levels()),
            sizes=sizes(report, words),
            style=Markup((TEMPLATES / STYLE).read_text(encoding="utf-8")),  # ours, not a record's
        )
    )


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["french"] = french
    environment.globals["shares"] = shares
    return environment


def _map(need: Need, report: Report, words: Words, tables: Tables, drawing: Drawing) -> NeedMap:
    areas = []
    for shape in drawing.shapes:
        cell = report.coverage.cell(need, shape.code)
        said = words.say(
            "cell",
            place=f"{shape.name} ({shape.code})",
            near=cell.near_verified,
            partly=cell.partly,
            to_check=cell.near_to_check,
            national=cell.verified[NATIONAL] + cell.to_check[NATIONAL],
        )
        areas.append(Area(shape, shade(cell), said))
    lacking = sum(area.shade in SHADES[:3] for area in areas)
    return NeedMap(need.value, words.say("needs", need), tables.need(need), areas, lacking)


def _most(table: Table) -> int:
    """Return the largest total of a table of bodies: its bar is full."""
    return max((row[1] for row in table.rows), default=0)
