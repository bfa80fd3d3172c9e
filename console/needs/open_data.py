"""All published months as open data: one long table for programs, and what its columns mean."""

import csv
import io
import json
from collections.abc import Iterable, Mapping
from typing import Any

from console.needs.tables import Tables
from console.wording import Wording
from conversations.statistics.desk import Month
from conversations.statistics.tables import ALL, COUNTRY, DEPARTEMENT, OUTCOME, REGION, SIZE, TRADE, Cell
from knowledge.importing.formulas import neutral
from knowledge.territories import Territories

DATA, DESCRIPTION = "besoins.csv", "besoins.schema.json"
MARK = "utf-8-sig"


class OpenData:
    """Writes what is given to everybody; nothing of it is about a person."""

    def __init__(self, wording: Wording, territories: Territories) -> None:
        self._words: Mapping[str, Any] = wording.names("open_data")
        self._page: Mapping[str, Any] = wording.names("needs_page")
        self._tables = Tables(wording, territories, exact=False, need=None)
        self._names = {
            REGION: {place.code: place.name for place in territories.regions},
            DEPARTEMENT: {place.code: place.name for place in self._tables.areas},
            SIZE: self._page["sizes"],
            TRADE: self._page["trades"],
            OUTCOME: self._page["outcomes"],
        }

    def data(self, months: Iterable[Month]) -> bytes:
        """Return the table: a row for each number that is given, months in order."""
        out = io.StringIO()
        writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
        writer.writerow([column["name"] for column in self._words["columns"]])
        for month in sorted(months, key=lambda each: each.month):
            for cell, count in sorted(month.counts.items()):
                writer.writerow([neutral(str(value)) for value in self._row(month.month, cell, count)])
        return out.getvalue().encode(MARK)

    def description(self) -> bytes:
        """Return what the table is, as a Table Schema (Frictionless)."""
        described = {
            "name": "besoins",
            "title": self._words["title"],
            "description": " ".join(self._words["description"].split()),
            "fields": [
                {"name": column["name"], "type": column["type"], "description": column["means"]}
                for column in self._words["columns"]
            ],
            "primaryKey": ["mois", "tableau", "code", "besoin"],
        }
        return (json.dumps(described, ensure_ascii=False, indent=2) + "\n").encode()

    def _row(self, month: str, cell: Cell, count: int) -> tuple[Any, ...]:
        named = self._words["all"] if cell.need == ALL else self._tables.need(cell.need)
        need = "" if cell.need == ALL else cell.need
        return month, self._words["tables"][cell.table], cell.row, self._name(cell), need, named, count

    def _name(self, cell: Cell) -> str:
        if cell.table == COUNTRY:
            return self._words["country"]
        if cell.row.startswith("R") and cell.table == DEPARTEMENT:
            return f"{self._names[REGION].get(cell.row[1:], cell.row)} ({self._words['no_departement']})"
        return self._names[cell.table].get(cell.row, self._page["unknown"])
