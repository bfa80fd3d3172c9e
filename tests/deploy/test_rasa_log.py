"""How the processes beside the portal log: JSON lines, without what owners wrote."""

import json
import logging
import logging.config
import subprocess
import sys

import pytest
import yaml

from deploy.engine import rasa_command
from deploy.rasa_log import NamesOnly
from settings import ROOT

WROTE = "ma crêperie à Quimper, anne@atelier.example"
CONFIGURE = """
import logging, logging.config, sys, yaml
from rasa.utils.log_utils import configure_structlog
import structlog
logging.config.dictConfig(yaml.safe_load(open("deploy/rasa_logging.yml")))
configure_structlog(logging.INFO)
structlog.get_logger("rasa.x").warning("rest.message.received.failure", text=sys.argv[1])
logging.getLogger("rasa.core").info("Rasa server is up and running.")
logging.getLogger("rasa.core").debug(sys.argv[1])
try:
    raise ValueError(sys.argv[1])
except ValueError:
    logging.getLogger("rasa.core").exception("an action failed")
"""


def record(message, *args):
    return logging.LogRecord("rasa", logging.WARNING, "x.py", 1, message, args, None)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (json.dumps({"event": "http.parse.text", "text": WROTE}), "http.parse.text"),
        (json.dumps({"event": WROTE}), "a line without a name"),
        (json.dumps({"text": WROTE}), "a line without a name"),
        ("{" + WROTE, "a line without a name"),
        ("Rasa server is up and running.", "Rasa server is up and running."),
    ],
)
def test_of_a_structured_line_its_name_alone_is_left(line, told):
    kept = record(line)
    assert NamesOnly().filter(kept)
    assert kept.getMessage() == told


def test_rasa_writes_json_lines_without_what_was_said():
    done = subprocess.run(
        [sys.executable, "-c", CONFIGURE, WROTE], cwd=ROOT, capture_output=True, text=True, timeout=120
    )
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["event"] for line in lines] == [
        "rest.message.received.failure",
        "Rasa server is up and running.",
        "an action failed",
    ]
    assert {line["process"] for line in lines} == {"rasa"}
    assert "Quimper" not in done.stdout + done.stderr
    assert "atelier" not in done.stdout + done.stderr


def test_rasa_is_told_to_log_so():
    command = rasa_command({"BOUSSOLE_VAR": "/nowhere", "MODEL": "m", "RASA_PORT": "1"})
    assert (ROOT / command[command.index("--logging-config-file") + 1]).exists()
    assert yaml.safe_load((ROOT / "deploy" / "rasa_logging.yml").read_text())["root"]["level"] == "INFO"


def test_the_process_of_mail_writes_json_lines(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "deploy", "mail"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        env={"BOUSSOLE_VAR": str(tmp_path), "PATH": "/usr/bin:/bin"},
    )
    (line,) = [json.loads(each) for each in done.stdout.splitlines()]
    assert (line["process"], line["level"]) == ("mail", "info")
    assert done.returncode == 0
    assert done.stderr == ""
