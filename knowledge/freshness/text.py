"""The report as text: aligned tables, for a terminal or a file."""

from io import StringIO

from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text

from knowledge.freshness.report import GROUPS, Report
from knowledge.freshness.tables import Table, Tables
from knowledge.freshness.words import Words

WIDTH = 132
LONGEST_ID = 40  # that is kept on one line


def write_report(report: Report, words: Words, width: int = WIDTH) -> str:
    """Return the whole report, at most `width` columns wide."""
    tables = Tables(report, words)
    parts = [words.say("report", "title", day=report.today.isoformat()), sizes(report, words), ""]
    shown = (
        tables.counts(),
        tables.levels(),
        tables.kinds(),
        tables.coverage(),
        tables.holes(),
        tables.ages(),
        tables.schemes(),
        tables.reasons(),
        tables.first(),
        tables.departements(),
    )
    parts += [write_table(table, width) for table in shown]
    return "\n".join(parts)


def sizes(report: Report, words: Words) -> str:
    """Return how many records of each group there are, and how many are to be verified."""
    counted = {group if group == "guidance" else f"{group}s": report.sizes[group] for group in GROUPS}
    return words.say("report", "sizes", **counted, to_verify=report.to_verify)


def write_table(table: Table, width: int = WIDTH) -> str:
    """Return a table with its title, words on the left and numbers on the right."""
    drawn = RichTable(title=Text(table.title, style="bold"), title_justify="left", box=SIMPLE)
    for rank, heading in enumerate(table.headings):
        side = "left" if rank < table.labels else "right"
        drawn.add_column(Text(heading), justify=side, overflow="fold", no_wrap=_whole(table, rank))
    for row in table.rows:
        drawn.add_row(*(Text(str(cell)) for cell in row))
    out = StringIO()
    Console(file=out, width=width, color_system=None, legacy_windows=False).print(drawn)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def _whole(table: Table, rank: int) -> bool:
    """Say whether a column holds ids, which are to be copied whole."""
    cells = [str(row[rank]) for row in table.rows]
    return all(" " not in cell and len(cell) <= LONGEST_ID for cell in cells)
