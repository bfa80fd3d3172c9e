"""Tables as files for spreadsheets; no cell of them is ever run as a formula."""

import csv
import io
from collections.abc import Sequence

import xlsxwriter

from console.needs.tables import Table
from knowledge.importing.formulas import neutral

CSV, XLSX = "csv", "xlsx"
TYPES = {
    CSV: "text/csv; charset=utf-8",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
SHEET_NAME = 31  # characters, the most that spreadsheets take
_FORBIDDEN = str.maketrans("", "", "[]:*?/\\")


def as_csv(tables: Sequence[Table], not_given: str) -> bytes:
    """Return the tables one below the other: `;`, UTF-8 with the mark that spreadsheets know."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    for table in tables:
        writer.writerow([neutral(table.title)])
        writer.writerow([neutral(heading) for heading in table.headings])
        for row in table.rows:
            writer.writerow([_cell(value, not_given) for value in row])
        writer.writerow([])
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(tables: Sequence[Table], not_given: str) -> bytes:
    """Return the tables as a workbook, a sheet each. Texts are written as texts, whatever they begin with."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        bold = book.add_format({"bold": True})
        for table in tables:
            sheet = book.add_worksheet(table.title.translate(_FORBIDDEN)[:SHEET_NAME])
            sheet.set_column(0, 0, 40)
            for column, heading in enumerate(table.headings):
                sheet.write_string(0, column, heading, bold)
            for at, row in enumerate(table.rows, start=1):
                for column, value in enumerate(row):
                    if isinstance(value, (int, float)):
                        sheet.write_number(at, column, value)
                    else:
                        sheet.write_string(at, column, not_given if value is None else neutral(str(value)))
    return out.getvalue()


def _cell(value: object, not_given: str) -> object:
    if value is None:
        return not_given
    return neutral(value) if isinstance(value, str) else value
