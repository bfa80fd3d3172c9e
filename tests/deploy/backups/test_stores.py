"""PostgreSQL's own programs, as the backup calls them."""

import subprocess

import pytest

from deploy.backups import commands
from deploy.backups.errors import ToolFailed, ToolMissing, UnreachableRecord
from deploy.backups.stores import open_stores, tool
from settings import Settings


def test_what_postgresql_says_is_said_on(tmp_path):
    away = Settings(var=tmp_path, database_url="postgresql+psycopg2://nobody:word@127.0.0.1:1/none")
    with pytest.raises(ToolFailed, match="pg_dump failed: .*") as failed:
        open_stores(away).copy(tmp_path)
    assert "word" not in str(failed.value)
    with pytest.raises(UnreachableRecord):
        commands.erasures(away, tmp_path)
    with pytest.raises(ToolMissing):
        tool("pg_nothing", tmp_path)


def test_the_password_stays_out_of_the_list_of_processes(tmp_path, monkeypatch):
    seen = {}

    def run(command, env, **_):
        seen.update(command=command, env=env)
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr("deploy.backups.stores.subprocess.run", run)
    settings = Settings(
        var=tmp_path, database_url="postgresql+psycopg2://anne:mot@db.example/boussole?sslmode=require"
    )
    open_stores(settings).copy(tmp_path)
    assert "mot" not in " ".join(seen["command"])
    assert seen["env"]["PGPASSWORD"] == "mot"
    assert any("sslmode=require" in each for each in seen["command"])
