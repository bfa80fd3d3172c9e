"""What the files of the project must be, whoever writes them."""

import re
import subprocess

from knowledge.records_page import page as records_page
from settings import ROOT
from settings.__main__ import page

TRACKED = subprocess.run(
    ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
).stdout.split("\n")
FILES = [ROOT / name for name in TRACKED if name and (ROOT / name).is_file()]


def test_the_settings_page_is_made_from_the_settings():
    assert (ROOT / "docs" / "settings.md").read_text(encoding="utf-8") == page(), "run `make docs`"


def test_the_page_of_records_is_made_from_the_models():
    assert (ROOT / "docs" / "records.md").read_text(encoding="utf-8") == records_page() + "\n", (
        "run `make docs`"
    )


def test_python_files_are_short():
    long = {
        path.name: lines
        for path in FILES
        if path.suffix == ".py" and (lines := len(path.read_text().splitlines())) > 300
    }
    assert long == {}


def test_the_lock_holds_hashes_and_no_address():
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    packages = re.findall(r"^[a-z0-9][a-z0-9._-]*==\S+ \\\n    --hash=sha256:", lock, re.M)
    assert len(packages) == len(re.findall(r"^[a-z0-9][a-z0-9._-]*==", lock, re.M)) > 100
    assert "://" not in lock


def test_every_command_of_the_makefile_is_documented():
    targets = re.findall(r"^([a-z]+):(.*)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)
    assert {name for name, rest in targets if "## " not in rest} == set()
    assert {"start", "test", "evaluate", "bench", "help"} <= {name for name, _ in targets}


def test_no_file_names_a_machine_or_a_neighbour():
    here = re.compile(r"\.\./" + "shared" + r"|(^|[^\w./-])/(" + "|".join(("work", "root", "home")) + r")/")
    guilty = [
        path.relative_to(ROOT).as_posix()
        for path in FILES
        if path.suffix in {".py", ".yml", ".md", ".toml", ".sh", ".conf", ""}
        and here.search(path.read_text(encoding="utf-8", errors="replace"))
    ]
    assert guilty == []
