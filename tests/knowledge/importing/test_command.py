"""The command that operators run, and the report that they read."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from knowledge.__main__ import app
from knowledge.bootstrap import load_knowledge
from knowledge.commands.importing import lines_of
from knowledge.importing.report import EXAMPLES, OTHER_REASONS, REASONS, Report
from settings import get_settings

DUMPS = Path(__file__).parent / "aides_entreprises"


@pytest.fixture
def run(sample, tmp_path, monkeypatch):
    """Run `import` on a store of its own that holds the sample content."""
    monkeypatch.setenv("BOUSSOLE_VAR", str(tmp_path / "var"))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    get_settings.cache_clear()
    load_knowledge(sample, get_settings().sql_url("knowledge"))
    yield lambda *words: CliRunner().invoke(app, ["import", *map(str, words)])
    get_settings.cache_clear()


@pytest.fixture
def numbered(tmp_path):
    """A dump that gives its territory by number only, as the territories file explains it."""
    aid = json.loads((DUMPS / "aides.json").read_text("utf-8"))["data"][0]
    aid["cache_indexation"]["territoires"] = [{"id_ter": "901"}]
    path = tmp_path / "aides.json"
    path.write_text(json.dumps([aid]), encoding="utf-8")
    return path


@pytest.mark.parametrize("option", ["--companion", "--competences"])
def test_the_territories_of_a_dump_may_stand_in_its_companion(run, numbered, option):
    alone = run("aides-entreprises", numbered)
    assert alone.exit_code == 1
    assert "no territories file (`--companion`) says what number `901` is" in alone.output
    beside = run("aides-entreprises", numbered, option, DUMPS / "territoires.json")
    assert (beside.exit_code, "1 added" in beside.output) == (0, True)


@pytest.mark.parametrize(
    ("source", "companion", "message"),
    [
        ("les-aides", "territoires.json", "les-aides has no companion file, only dila: which communes"),
        ("aides-entreprises", "none.json", "none.json, the companion file, cannot be read: no such file"),
        ("aides-entreprises", "aides.json", "aides.json: no record of it has `id_ter`"),
        ("dila", "territoires.json", "territoires.json: it lacks one of the columns code_insee_commune"),
    ],
)
def test_a_companion_that_does_not_fit_is_refused(run, stream, source, companion, message, tmp_path):
    file = DUMPS / "aides.json"
    result = run(source, file, "--companion", DUMPS / companion)
    assert result.exit_code == 1
    assert message in result.output
    assert result.output.strip().endswith("nothing was imported")


def test_the_report_says_everything_that_happened():
    report = Report(dry_run=True)
    report.add("cci-29")
    report.change("cci-22", ["hours", "phone"])
    report.leave("cci-56")
    report.refuse("record 3", "u3", "no commune")
    report.skipped["sdis"] += 2
    text = "\n".join(lines_of(report))
    for words in (
        "dry run",
        "1 added",
        "cci-22: hours, phone",
        "1 gone",
        "record 3 (u3): no commune",
        "2 × sdis",
    ):
        assert words in text


def test_reasons_are_counted_where_several_records_share_one():
    report = Report()
    for number in range(3):
        report.refuse(f"record {number}", None, "no commune")
    assert list(lines_of(report))[-2:] == ["refused, by reason:", "  3 × no commune"]
    report = Report()
    report.refuse("record 1", None, "no commune")
    assert list(lines_of(report))[-1] == "  record 1 (no id): no commune"


def test_a_file_that_changed_nothing_says_so():
    assert "the store already held all of this" in list(lines_of(Report(unchanged=3)))


def test_a_report_is_bounded():
    report = Report()
    for number in range(1000):
        report.refuse(f"record {number}", None, f"reason {number}")
    assert (report.refused, len(report.refusals), len(report.reasons)) == (1000, EXAMPLES, REASONS + 1)
    assert report.reasons[OTHER_REASONS] == 1000 - REASONS
