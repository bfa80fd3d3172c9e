"""``python -m console administrator``, and the console beside the portal."""

from typer.testing import CliRunner

from console.__main__ import cli
from console.bootstrap import open_desk, public_address
from console.viewers import Role
from settings import Settings


def run(monkeypatch, settings, *words):
    monkeypatch.setattr("console.__main__.get_settings", lambda: settings)
    return CliRunner().invoke(cli, words)


def test_the_first_administrator_gets_a_link_that_works(monkeypatch, tmp_path):
    settings = Settings(var=tmp_path, console_url="https://console.example.org/")
    done = run(monkeypatch, settings, "administrator", "chef@example.org", "--name", "Claude")
    assert done.exit_code == 0
    address, _, token = done.output.strip().rpartition("/")
    assert address == "https://console.example.org/lien"
    account = open_desk(settings).links.account(token)
    assert (account.email, account.role, account.name) == ("chef@example.org", Role.ADMINISTRATOR, "Claude")


def test_the_command_makes_nobody_administrator_who_is_something_else(monkeypatch, tmp_path):
    settings = Settings(var=tmp_path)
    open_desk(settings).register.create("anne@example.org", "Anne", Role.ADVISOR)
    assert run(monkeypatch, settings, "administrator", "anne@example.org").exit_code == 1
    assert run(monkeypatch, settings, "administrator", "no address").exit_code == 1


def test_mails_point_to_an_address_that_was_set_and_to_no_other():
    assert public_address(Settings(portal_url="https://exemple.fr/")) == "https://exemple.fr/console"
    assert public_address(Settings(portal_url="https://exemple.fr/", console_mounted=False)) == ""
    assert public_address(Settings()) == ""
