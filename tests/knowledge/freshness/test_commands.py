import json
import re

import pytest
import typer
from typer.testing import CliRunner

from knowledge.bootstrap import load_knowledge
from knowledge.commands import freshness
from settings import get_settings

NOBODY = "http://127.0.0.1:9/"


@pytest.fixture
def run(sample, tmp_path, monkeypatch):
    """Run one command on the sample content and a store of its own; no address in it leads outside."""
    for file in sample.rglob("*.yml"):
        file.write_text(re.sub(r"https?://\S+", f"{NOBODY}{file.stem}", file.read_text("utf-8")), "utf-8")
    monkeypatch.setenv("BOUSSOLE_CONTENT", str(sample))
    monkeypatch.setenv("BOUSSOLE_VAR", str(tmp_path / "var"))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    get_settings.cache_clear()
    app = typer.Typer()
    for command in (freshness.stale, freshness.links, freshness.report):
        app.command()(command)
    yield lambda *words: CliRunner().invoke(app, words)
    get_settings.cache_clear()


@pytest.fixture
def stored(run):
    """The sample in the store, so that the folder is no longer read."""
    settings = get_settings()
    load_knowledge(settings.content, settings.sql_url("knowledge"))
    for file in settings.content.rglob("*.yml"):
        file.write_text("broken: [", "utf-8")


def test_stale_lists_what_to_verify(run):
    result = run("stale")

    assert result.exit_code == 0
    assert re.search(r"^\d fiches? à vérifier", result.output)
    assert "pass-29" in result.output


def test_stale_keeps_to_a_kind_and_a_limit(run):
    assert "pass-29" not in run("stale", "--kind", "advisor").output
    assert "pass-29" in run("stale", "--kind", "scheme").output
    assert "la première ci-dessous" in run("stale", "--limit", "1").output
    assert "pass-29" not in run("stale", "--kind", "guidance").output
    assert run("stale", "--kind", "statistics").exit_code == 0


def test_stale_refuses_a_kind_that_is_none(run):
    result = run("stale", "--kind", "bodies")

    assert result.exit_code == 1
    assert "unknown kind `bodies`; known: advisor, scheme, guidance, costs" in result.output


def test_links_says_what_became_of_each_address(run):
    result = run("links")

    assert result.exit_code == 0
    assert re.search(r"\d adresses? : \d refusée", result.output.replace("\N{NO-BREAK SPACE}", " "))
    assert "not public" in result.output


def test_links_as_json_names_the_users(run):
    found = json.loads(run("links", "--json").stdout)

    assert {link["state"] for link in found} == {"refused"}
    assert ["advisors/cci-29"] in [link["used_by"] for link in found]


def test_report_is_text_or_a_page(run, tmp_path):
    assert "Couverture : nombre de départements" in run("report").output.replace("\N{NO-BREAK SPACE}", " ")

    written = run("report", "--html", str(tmp_path / "new" / "report.html"))

    assert written.output.startswith("Page écrite")
    assert (tmp_path / "new" / "report.html").read_text("utf-8").startswith("<!doctype html>")


@pytest.mark.usefixtures("stored")
def test_the_store_is_read_where_it_is_loaded(run):
    assert "pass-29" in run("stale").output
    assert re.search(r"2 interlocuteurs, 1 aide, \d+ repères?\.", run("report").output)


def test_wrong_content_is_named(run):
    (get_settings().content / "schemes" / "pass-29.yml").write_text("broken: [", "utf-8")
    result = run("report")

    assert result.exit_code == 1
    assert "pass-29.yml" in result.output
