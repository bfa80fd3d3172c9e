import csv
import json

import pytest
import typer
from typer.testing import CliRunner

from knowledge.bootstrap import load_knowledge
from knowledge.commands.exporting import export
from settings import get_settings


@pytest.fixture
def run(sample, tmp_path, monkeypatch):
    """Run the command on a store that holds the sample content."""
    monkeypatch.setenv("BOUSSOLE_VAR", str(tmp_path / "var"))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    get_settings.cache_clear()
    load_knowledge(sample, get_settings().sql_url("knowledge"))
    yield lambda *words: CliRunner().invoke(_app(), words)
    get_settings.cache_clear()


def _app():
    app = typer.Typer()
    app.command()(export)
    return app


def test_schemes_as_the_national_schema(run, tmp_path):
    target = tmp_path / "schemes.csv"
    result = run("national", "--to", str(target))

    assert (result.exit_code, result.output) == (0, f"1 records written to {target}\n")
    with target.open(encoding="utf-8", newline="") as file:
        assert [len(row) for row in csv.reader(file)] == [26, 26]


def test_a_table_begins_with_the_mark_spreadsheets_know(run, tmp_path):
    target = tmp_path / "advisors.csv"

    assert run("csv", "--kind", "advisors", "--to", str(target)).exit_code == 0
    assert target.read_bytes().startswith(b"\xef\xbb\xbfIdentifiant;Nom;")


def test_json_holds_both_kinds(run, tmp_path):
    target = tmp_path / "all.json"
    run("json", "--to", str(target))
    read = json.loads(target.read_text("utf-8"))

    assert {kind: len(read[kind]) for kind in ("advisors", "schemes")} == {"advisors": 2, "schemes": 1}


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("csv",), "add --kind advisors or --kind schemes"),
        (("national", "--kind", "advisors"), "describes schemes only"),
    ],
)
def test_what_cannot_be_written_is_refused_and_leaves_no_file(run, tmp_path, words, message):
    result = run(*words, "--to", str(tmp_path / "out"))

    assert result.exit_code == 1
    assert message in result.output
    assert not (tmp_path / "out").exists()


def test_a_missing_folder_is_said(run, tmp_path):
    result = run("json", "--to", str(tmp_path / "none" / "out.json"))

    assert result.exit_code == 1
    assert "cannot be written: No such file or directory" in result.output


def test_an_empty_store_is_said(run, tmp_path, monkeypatch):
    monkeypatch.setenv("BOUSSOLE_VAR", str(tmp_path / "other"))
    get_settings.cache_clear()
    result = run("json", "--to", str(tmp_path / "out.json"))

    assert result.exit_code == 1
    assert "python -m knowledge load" in result.output
    assert not (tmp_path / "out.json").exists()
