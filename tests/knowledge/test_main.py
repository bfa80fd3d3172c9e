import pytest
from typer.testing import CliRunner

from knowledge.__main__ import app
from settings import get_settings


@pytest.fixture
def run(sample, tmp_path, monkeypatch):
    """Run one command on the sample content and a store of its own."""
    monkeypatch.setenv("BOUSSOLE_CONTENT", str(sample))
    monkeypatch.setenv("BOUSSOLE_VAR", str(tmp_path / "var"))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    get_settings.cache_clear()
    yield lambda *words: CliRunner().invoke(app, words)
    get_settings.cache_clear()


def test_check_says_how_much_is_sound(run):
    result = run("check")

    assert (result.exit_code, result.stdout) == (
        0,
        "2 bodies, 1 schemes and 7 pieces of guidance: no error\n",
    )


def test_check_names_every_error(run, sample):
    (sample / "advisors" / "france-num.yml").write_bytes(b"id: \xff\n")
    (sample / "schemes" / "pass-29.yml").write_text("- no record\n", "utf-8")
    result = run("check")

    assert result.exit_code == 1
    assert "france-num.yml:1: the file is not UTF-8" in result.output
    assert "pass-29.yml:1: the file holds no `key: value` lines" in result.output
    assert "2 errors" in result.output


def test_load_then_show(run):
    assert run("load").output == "content loaded\n"
    assert run("load").output == "the store is up to date\n"
    result = run("find", "website", "--place", "Quimper", "--headcount", "3")

    assert result.exit_code == 0
    assert "place: Quimper (commune 29232)" in result.output
    assert "cci-29  [verified 2026-06-12]  02 98 98 29 29" in result.output
    assert "pass-29  [open, eligible: unknown]" in result.output


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["find", "lunch"], "unknown need `lunch`"),
        (["find", "website", "--place", "zzzz"], "no territory is called « zzzz »"),
    ],
)
def test_what_is_not_known_is_said_in_one_line(run, words, message):
    run("load")
    result = run(*words)

    assert result.exit_code == 1
    assert message in result.output
    assert "Traceback" not in result.output


def test_an_empty_store_says_what_to_do(run):
    result = run("find", "website")

    assert result.exit_code == 1
    assert "run `python -m knowledge load` first" in result.output
