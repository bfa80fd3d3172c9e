"""Who sees which counts, and what the files hold."""

import csv
import io
import zipfile
from datetime import date

import pytest
from bs4 import BeautifulSoup
from typer.testing import CliRunner

from console.__main__ import cli
from console.needs.atlas import limits_of
from console.needs.files import as_csv, as_xlsx
from console.needs.tables import Table
from console.needs.view import LONGEST, view_of
from console.viewers import Role
from tests.console.needs.conftest import NOW, fill, follow

TODAY = date(2026, 11, 27)


def table(html, key):
    """Return the rows of a table of a page, by their first word."""
    caption = BeautifulSoup(html, "html.parser").find(id=f"caption-{key}")
    rows = caption.find_parent("table").find("tbody").find_all("tr")
    return {
        row.find("th").get_text(strip=True): [cell.get_text(strip=True) for cell in row.find_all("td")]
        for row in rows
    }


async def test_an_advisor_counts_their_own_territory_exactly(visitor):
    page = (await visitor(Role.ADVISOR).get("/besoins")).text
    assert table(page, "needs")["Site internet"][0] == "3"
    assert table(page, "departements") == {"Finistère (29)": ["12"]}
    assert "Ille-et-Vilaine (35) : 0" in page


async def test_other_territories_are_given_without_small_counts(visitor):
    page = (await visitor(Role.ADVISOR).get("/besoins?vue=publiee&besoin=website")).text
    assert "Finistère (29)" not in table(page, "departements")
    assert "Ille-et-Vilaine (35)" not in table(page, "departements")
    assert table(page, "needs")["Site internet"][0] == "71"
    assert "n. c." in page


async def test_the_month_that_has_not_ended_is_not_given(visitor):
    page = (await visitor(Role.ADVISOR).get("/besoins?vue=publiee&mois=2026-11")).text
    assert 'value="2026-11"' not in page
    assert 'value="2026-10" selected' in page


async def test_whoever_reads_everything_counts_everything(visitor):
    page = (await visitor(Role.REVIEWER).get("/besoins?du=2026-10-01&au=2026-10-31&region=53")).text
    assert table(page, "departements") == {"Ille-et-Vilaine (35)": ["21"], "Finistère (29)": ["12"]}


async def test_what_followed_is_told_exactly_and_to_nobody_else(visitor):
    client = visitor(Role.ADVISOR)
    page = (await client.get("/besoins")).text
    assert table(page, "barriers")["L’argent"] == ["9"]
    assert table(page, "people")["Faites"][0] == "0"
    assert "Freins entendus" not in (await client.get("/besoins?vue=publiee")).text


@pytest.mark.parametrize("asked", ["", "?besoin=website", "?du=2026-10-01&au=2026-11-27", "?region=11"])
@pytest.mark.parametrize("path", ["/besoins", "/besoins/fichier.csv"])
async def test_what_an_advisor_may_not_read_changes_no_figure(visitor, record, path, asked):
    advisor, reviewer = visitor(Role.ADVISOR), visitor(Role.REVIEWER)
    before = [(await client.get(f"{path}{asked}")).text for client in (advisor, reviewer)]
    fill(record, NOW, "75", "11", 4, "grants")
    follow(record, "75")
    after = [(await client.get(f"{path}{asked}")).text for client in (advisor, reviewer)]
    assert after[0] == before[0]
    assert after[1] != before[1]


async def test_a_request_to_their_body_is_counted_wherever_it_comes_from(visitor, record):
    client = visitor(Role.ADVISOR)
    follow(record, "75", body="cma-29")
    page = (await client.get("/besoins")).text
    assert table(page, "departements") == {"Paris (75)": ["47"], "Finistère (29)": ["12"]}
    assert table(page, "people")["Avec une réponse"][0] == "47"
    assert table(page, "satisfaction")["Oui"] == ["47"]
    assert table(page, "schemes") == {"Aide A": ["47"]}
    assert table(page, "unanswered") == {"Site internet": ["47", "47"]}


async def test_files_hold_what_the_page_shows(visitor):
    client = visitor(Role.ADVISOR)
    answer = await client.get("/besoins/fichier.csv?vue=publiee&besoin=website")
    assert answer.headers["content-disposition"] == 'attachment; filename="besoins-publiee-2026-10.csv"'
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert ["Site internet", "71", *["n. c."] * 5] in rows
    assert not any(row and row[0].startswith("Finistère") for row in rows)
    book = await client.get("/besoins/fichier.xlsx?vue=publiee")
    assert zipfile.ZipFile(io.BytesIO(book.content)).testzip() is None
    assert (await client.get("/besoins/fichier.pdf")).status_code == 404


async def test_open_data_hold_all_published_months_and_say_what_they_are(visitor):
    client = visitor(Role.ADVISOR)
    answer = await client.get("/besoins/donnees/besoins.csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert {row["mois"] for row in rows} == {"2026-10"}
    assert all(int(row["nombre"]) >= 5 for row in rows)
    assert {"région", "pays"} <= {row["tableau"] for row in rows}
    described = (await client.get("/besoins/donnees/besoins.schema.json")).json()
    assert [field["name"] for field in described["fields"]] == list(rows[0])
    assert (await client.get("/besoins/donnees/autre")).status_code == 404


def test_open_data_are_written_by_a_command(tmp_path, monkeypatch, record, book):
    monkeypatch.setattr("console.__main__.open_record", lambda url: record)
    result = CliRunner().invoke(cli, ["open-data", str(tmp_path / "out")])
    assert result.exit_code == 0
    assert result.output.startswith("1 months")
    assert (tmp_path / "out" / "besoins.csv").read_bytes().startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("words", ["=1+1", "+33", "-2", "@SUM(A1)", "\t=1", "＝1"])
def test_no_cell_is_run_as_a_formula(words):
    tables = [Table("needs", words, (words, "n"), ((words, 1), ("b", None)))]
    for row in csv.reader(io.StringIO(as_csv(tables, "n. c.").decode("utf-8-sig")), delimiter=";"):
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "＝")) for cell in row)
    sheet = zipfile.ZipFile(io.BytesIO(as_xlsx(tables, "n. c.")))
    assert "<f>" not in "".join(sheet.read(name).decode() for name in sheet.namelist() if "sheet" in name)


@pytest.mark.parametrize(
    ("asked", "since", "until"),
    [
        ({}, date(2026, 10, 29), TODAY),
        ({"du": "2026-11-01", "au": "2026-11-03"}, date(2026, 11, 1), date(2026, 11, 3)),
        ({"du": "2026-12-01", "au": "2027-01-01"}, TODAY, TODAY),
        ({"du": "hier", "au": "'; DROP TABLE"}, date(2026, 10, 29), TODAY),
        ({"du": "1900-01-01"}, date(2024, 11, 25), TODAY),
    ],
)
def test_an_address_means_days_or_nothing(asked, since, until):
    view = view_of(asked, TODAY, [], set())
    assert (view.since, view.until) == (since, until)
    assert (view.until - view.since).days <= LONGEST


def test_what_an_address_cannot_mean_is_left_out():
    asked = {"vue": "x", "mois": "2026-13", "besoin": "<script>", "region": "999"}
    view = view_of(asked, TODAY, ["2026-10"], {"53"})
    assert (view.kind, view.month, view.need, view.region) == ("exacte", "2026-10", None, None)


@pytest.mark.parametrize(
    ("numbers", "limits"), [([], []), ([7], [7]), ([1, 2, 3, 4, 5], [1, 2, 3, 4, 5]), ([5] * 9, [5])]
)
def test_shades_are_parted_by_equal_lots(numbers, limits):
    assert limits_of(numbers) == limits
