"""Operators' commands: ``python -m deploy start|train|migrate|serve|mail|retrain|announce|backup|restore|erasures``."""

from __future__ import annotations

import sys
from pathlib import Path

import typer
from click import BadParameter, ClickException
from pydantic import ValidationError
from sqlalchemy.exc import SQLAlchemyError

from deploy.announce import announce as announce_address
from deploy.backups.errors import BackupProblem
from deploy.errors import BrokenContent, CannotStart, UnusableDatabase, WrongSetting
from deploy.model import model_for, serving_model
from deploy.preflight import check_disk, check_ports
from deploy.progress import say
from deploy.supervise import supervise
from knowledge import bootstrap as knowledge
from knowledge.errors import EmptyStore, InvalidContent
from migrating.errors import FormProblem
from settings import ROOT, Settings, get_settings

# Between two rounds of the e-mails that wait.
MAIL_SECONDS = 15.0
cli = typer.Typer(add_completion=False, help=__doc__)


@cli.command()
def start() -> None:
    """Check, train, load, then run everything until Ctrl-C."""
    settings = get_settings()
    check_ports(settings)
    check_disk(settings.var)
    load_knowledge(settings)
    migrate_record(settings)
    model = serving_model(ROOT, settings.var / "models")
    say("starting rasa, the action server and the portal (about 25 s)")
    supervise(settings, model)


@cli.command()
def train() -> None:
    """Train the model if its sources changed."""
    settings = get_settings()
    check_disk(settings.var)
    say(str(model_for(ROOT, settings.var / "models")))


@cli.command()
def migrate(
    which: str = typer.Argument("", help="`record` or `accounts`; all without it."),
    form: str = typer.Argument("head", help="The form to bring them to, also an earlier one."),
) -> None:
    """Bring the tables of the record's database to the form that this program reads; `start` does so too."""
    from deploy import forms

    if which and which not in forms.CHAINS:
        raise BadParameter(f"there are {' and '.join(forms.CHAINS)}", param_hint="which")
    forms.bring(get_settings(), which, form) if which else forms.bring_all(get_settings())


@cli.command()
def serve() -> None:
    """Serve the portal, and the console at its side (CONSOLE_MOUNTED), until stopped."""
    # What the commands beside it do not need takes a second to read.
    from deploy.serve import serve as serve_both

    try:
        serve_both(get_settings())
    except EmptyStore as error:
        sys.exit(f"the knowledge base is empty ({error}): run `python -m knowledge load` first")


@cli.command()
def mail() -> None:
    """Send the e-mails that wait, every fifteen seconds, until stopped; without a mail server, end at once."""
    from conversations.__main__ import send
    from edge.logs import configure

    configure("mail")
    send(every=MAIL_SECONDS)


@cli.command()
def retrain(run: str = typer.Argument(help="The training that was asked for in the console.")) -> None:
    """Train with what was approved in the console and compare; the console starts this."""
    from deploy.retraining import be_nice, open_retraining

    be_nice()
    open_retraining(get_settings()).run(run)


@cli.command()
def backup(folder: Path = typer.Argument(help="Where backups are kept, best on another machine.")) -> None:
    """Write a sealed backup of all stores while everything runs; delete those older than BACKUP_DAYS."""
    from deploy.backups import commands

    commands.backup(get_settings(), folder)


@cli.command()
def restore(
    file: Path = typer.Argument(help="The backup."),
    replace: bool = typer.Option(False, "--replace", help="Put it in place of the record that is there."),
) -> None:
    """Put a backup in place, with everything stopped; what was erased since is erased again."""
    from deploy.backups import commands

    commands.restore(get_settings(), file, replace)


@cli.command()
def erasures(folder: Path = typer.Argument(help="Where backups are kept.")) -> None:
    """Add what was erased to the list beside the backups; cheap, so do it often."""
    from deploy.backups import commands

    commands.erasures(get_settings(), folder)


@cli.command()
def announce() -> None:
    """Say when the service answers."""
    raise typer.Exit(0 if announce_address(get_settings()) else 1)


def load_knowledge(settings: Settings) -> None:
    """Load the content into its store; print every error and stop where there is one."""
    try:
        changed = knowledge.load_knowledge(settings.content, settings.sql_url("knowledge"))
    except InvalidContent as invalid:
        for error in invalid.errors:
            say(str(error))
        raise BrokenContent from None
    except SQLAlchemyError as error:
        raise UnusableDatabase(str(getattr(error, "orig", error)).strip().splitlines()[0]) from None
    say("knowledge: loaded" if changed else "knowledge: up to date")


def migrate_record(settings: Settings) -> None:
    """Bring the record's tables to their present form before the processes start, which would do so one by one."""
    from deploy import forms

    forms.bring_all(settings)


def main() -> None:
    """Run a command; a fact that stops it is one line."""
    try:
        _check_settings()
        sys.exit(cli(standalone_mode=False))
    except CannotStart as error:
        sys.exit(f"Cannot start: {error}")
    except (BackupProblem, FormProblem) as error:
        sys.exit(f"Stopped: {error}")
    except ClickException as misuse:
        misuse.show()
        sys.exit(misuse.exit_code)


def _check_settings() -> None:
    try:
        get_settings()
    except ValidationError as invalid:
        first = invalid.errors()[0]
        (variable,) = Settings.__fields__[first["loc"][0]].field_info.extra["env_names"]
        raise WrongSetting(variable.upper(), first["msg"]) from None


if __name__ == "__main__":
    main()
