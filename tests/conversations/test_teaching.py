"""``python -m conversations teach``: approved messages become training files."""

from typer.testing import CliRunner

from conversations.__main__ import cli
from conversations.bootstrap import open_record, utc_now
from conversations.log import ConversationLog
from conversations.review_bootstrap import open_candidates, open_exports
from conversations.training_lines import read_training
from settings import Settings
from tests.conversations.test_reviews import ANNE, BOB, SITE, said


def test_approved_messages_become_files_and_the_export_is_noted(monkeypatch, tmp_path):
    settings = Settings(var=tmp_path)
    monkeypatch.setattr("conversations.__main__.get_settings", lambda: settings)
    record = open_record(settings.sql_url("conversations"))
    candidates, exports, folder = open_candidates(record), open_exports(record), tmp_path / "nlu"
    _, (turn,) = said(ConversationLog(record, utc_now), ("un site à Quimper", 0.2))
    candidate = candidates.propose(turn.id, SITE, ANNE)
    folder.mkdir()

    assert "0 added" in CliRunner().invoke(cli, ["teach", str(folder)]).output, "nobody has approved it"
    candidates.approve(candidate.id, BOB)
    said_so = CliRunner().invoke(cli, ["teach", str(folder), "--dry-run"]).output
    assert "need_website: 0 +1" in said_so
    assert list(folder.iterdir()) == []
    assert "1 added, 0 removed" in CliRunner().invoke(cli, ["teach", str(folder)]).output
    (line,) = read_training(folder)
    assert (line.text, line.voice, line.file) == (SITE.text, "owners", "website")
    assert [each.lines for each in exports.listed()] == [1, 0]
    record.dispose()
