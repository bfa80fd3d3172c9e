"""`make start` as an operator meets it: one clear line for what is wrong, everything stopped at the end."""

import os
import shutil
import signal
import subprocess
import sys
import time

import httpx
import pytest

from deploy.announce import announce
from settings import ROOT, Settings
from tests.conftest import free_ports

# Seconds; beside other work on a slow machine rasa alone takes more than a minute to read its model.
STARTING, RESTARTING = 300, 90


def start(environment, **options):
    command = [sys.executable, "-m", "deploy", "start"]
    return subprocess.Popen(
        command,
        cwd=ROOT,
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        **options,
    )


@pytest.fixture
def ports():
    return dict(zip(("PORTAL_PORT", "RASA_PORT", "ACTIONS_PORT"), map(str, free_ports(3)), strict=True))


def test_broken_content_stops_with_file_and_line(tmp_path, ports):
    content = tmp_path / "content"
    shutil.copytree(ROOT / "knowledge" / "content", content)
    record = next((content / "advisors").glob("cci-29.yml"))
    record.write_text(record.read_text(encoding="utf-8") + "surprise: 1\n", encoding="utf-8")
    process = start(ports | {"BOUSSOLE_VAR": str(tmp_path / "var"), "BOUSSOLE_CONTENT": str(content)})
    said, _ = process.communicate(timeout=60)
    assert process.returncode != 0
    assert "cci-29.yml:" in said
    assert "surprise" in said
    assert said.strip().splitlines()[-1].startswith("Cannot start: ")
    assert "Traceback" not in said


@pytest.mark.served
def test_a_process_that_dies_is_restarted_and_ctrl_c_leaves_nothing(tmp_path, ports, model):
    var = tmp_path / "var"
    (var / "models").mkdir(parents=True)
    os.link(model, var / "models" / model.name)
    process = start(ports | {"BOUSSOLE_VAR": str(var)}, start_new_session=True)
    portal = f"http://127.0.0.1:{ports['PORTAL_PORT']}"
    try:
        assert wait_for(lambda: ready(portal), STARTING), "not ready"  # what it said may never end
        assert wait_for(lambda: len(children(process.pid)) == 3, 10)
        group = children(process.pid)
        victim = next(pid for pid in group if "actions" in command_of(pid))
        os.kill(victim, signal.SIGKILL)
        assert wait_for(lambda: not ready(portal), 10)
        assert wait_for(lambda: ready(portal), RESTARTING)
    finally:
        before = children(process.pid)
        os.killpg(process.pid, signal.SIGINT)
        said, _ = process.communicate(timeout=30)
    assert "answers at " + portal in said
    assert wait_for(lambda: not any(os.path.exists(f"/proc/{pid}") for pid in before), 5)


def test_what_never_gets_ready_says_where_to_look(tmp_path, capsys):
    seconds = iter(range(0, 1000, 10))
    settings = Settings(var=tmp_path, portal_port=free_ports(1)[0])
    assert announce(settings, clock=lambda: next(seconds), pause=lambda _: None) is False
    assert str(tmp_path / "log") in capsys.readouterr().out


def ready(portal):
    try:
        return httpx.get(f"{portal}/readyz", timeout=2).status_code == 200
    except httpx.HTTPError:
        return False


def wait_for(condition, seconds):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if condition():
            return True
        time.sleep(0.2)
    return False


def children(pid):
    listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True)
    return [int(line) for line in listed.stdout.split()]


def command_of(pid):
    with open(f"/proc/{pid}/cmdline", "rb") as file:
        return file.read().decode()


@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        ("PORTAL_PORT", "abc", "the setting PORTAL_PORT is wrong"),
        ("TURN_TIMEOUT", "-1", "the setting TURN_TIMEOUT is wrong"),
        ("DATABASE_URL", "nonsense", "the setting DATABASE_URL is wrong"),
        ("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none", "the knowledge database cannot be used"),
    ],
)
def test_a_wrong_setting_is_one_line(tmp_path, ports, variable, value, said):
    process = start(ports | {"BOUSSOLE_VAR": str(tmp_path / "var"), variable: value})
    words, _ = process.communicate(timeout=60)
    assert process.returncode != 0
    assert said in words
    assert "Traceback" not in words


def test_a_damaged_store_is_one_line(tmp_path, ports):
    var = tmp_path / "var"
    var.mkdir()
    (var / "knowledge.db").write_bytes(b"no database at all, " * 100)
    words, _ = start(ports | {"BOUSSOLE_VAR": str(var)}).communicate(timeout=60)
    assert "the knowledge database cannot be used" in words
    assert "Traceback" not in words
