"""The operators' commands, as they are typed."""

import os
import subprocess
import sys

from tests.deploy.backups.installation import record


def run(settings, *arguments, **given):
    environment = {
        **os.environ,
        "BOUSSOLE_VAR": str(settings.var),
        "PORTAL_PORT": str(settings.portal_port),
        **given,
    }
    environment.pop("DATABASE_URL", None)
    command = [sys.executable, "-m", "deploy", *map(str, arguments)]
    return subprocess.run(command, env=environment, capture_output=True, text=True)


def test_a_backup_is_made_and_put_back(sqlite_settings, tmp_path):
    folder, key = tmp_path / "backups", {"BACKUP_KEY_FILE": str(sqlite_settings.backup_key_file)}
    with record(sqlite_settings):
        pass
    refused = run(sqlite_settings, "backup", folder, BACKUP_KEY_FILE="", BACKUP_PASSPHRASE="")
    assert refused.returncode == 1
    assert refused.stderr.startswith("Stopped: backups are sealed: set BACKUP_KEY_FILE or BACKUP_PASSPHRASE")
    assert run(sqlite_settings, "backup", folder, **key).returncode == 0
    (file,) = folder.glob("*.backup")
    again = run(sqlite_settings, "restore", file, **key)
    assert again.stderr == "Stopped: there is a record already; --replace puts the backup in its place\n"
    done = run(sqlite_settings, "restore", "--replace", file, **key)
    assert done.stdout.count("restored:") == 3, done.stderr
